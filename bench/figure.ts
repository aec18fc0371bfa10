/** One line of docs/benchmarks.md. Ratios hold on other machines, absolute times don't: a claim of speed is a ratio. */
export type Figure = {
  what: string
  /** What it is compared with, or counted in. */
  against: string
  value: number
  goal: { atLeast: number } | { atMost: number } | null
  note?: string
}

/** A benchmark: one file and one line in main.ts. */
export type Benchmark = { name: string; run(): Promise<Figure[]> }

export const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

/** The median of `ours / theirs` over rounds that take turns, so that whatever else the machine does hits both. */
export async function ratioOf(
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
  rounds = 7,
): Promise<{ ratio: number; ours: number; theirs: number }> {
  const pairs: [number, number][] = []
  await ours()
  await theirs()
  for (let round = 0; round < rounds; round++) {
    // Who goes first takes turns too.
    const first = round % 2 === 0 ? await ours() : await theirs()
    const second = round % 2 === 0 ? await theirs() : await ours()
    pairs.push(round % 2 === 0 ? [first, second] : [second, first])
  }
  return {
    ratio: median(pairs.map(([a, b]) => a / b)),
    ours: median(pairs.map(([a]) => a)),
    theirs: median(pairs.map(([, b]) => b)),
  }
}

/** Milliseconds that a call takes. */
export async function timeOf(call: () => unknown): Promise<number> {
  const start = performance.now()
  await call()
  return performance.now() - start
}

export const isMet = ({ value, goal }: Figure): boolean =>
  goal === null || ('atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost)
