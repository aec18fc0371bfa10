/** What the timer on Node and the cron on Workers do: it may run never, once or twice at a time. */
import type { Deps } from './deps.ts'
import { retireCancelled } from './events/retire.ts'

export async function runScheduled(deps: Deps): Promise<void> {
  await retireCancelled(deps)
}
