/** How long the tests of reliability run: shortly in each run of all tests, at length by `npm run test:long`. */
import { engine } from '#engine'

declare const LONG_TESTS: boolean

export const isLong = LONG_TESTS
/** Milliseconds that such a test may take. */
export const LONG_MS = isLong ? 3_600_000 : 120_000

/** Tells figures of a long run, which `npm run test:long` writes into docs/reliability.md. */
export function noteFigures(test: string, figures: Record<string, string | number>, on: string = engine): void {
  if (isLong) console.log(`FIGURES ${JSON.stringify({ test, engine: on, figures })}`)
}
