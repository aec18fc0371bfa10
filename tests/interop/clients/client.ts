/**
 * The contract of a calendar program that reads our feeds: feeds with a window in, the dates it shows out.
 *
 * An adapter is a file with a `Client` and a line in `index.ts`. It corrects nothing that its program gets wrong, and
 * shows a date twice where the program does.
 */
export type Ask = {
  url: string
  /** The first day, at midnight UTC. */
  from: string
  /** The day after the last. */
  to: string
}

export type Instance = {
  /** Null where the program keeps none of ours. */
  uid: string | null
  /** `2023-01-18T22:00:00Z`, or `2023-02-04` for an all-day date, or without `Z` where the program sees no zone. */
  startUtc: string
  /** Exclusive. */
  endUtc: string
  summary: string
  description: string
  /** In lower case; empty where there is none. */
  status: string
}

/** What one feed became, or the program's own words where it gave up. */
export type Reading = { instances: Instance[] } | { error: string }

export type Client = {
  name: string
  /** Debian packages beyond npm's. */
  packages: readonly string[]
  /** Reads all feeds in one start of the program. */
  read(asks: Ask[]): Promise<Reading[]>
}

/** The dates of a reading that start in the window, in order; throws what the program said instead. */
export function datesOf(reading: Reading, { from, to }: Omit<Ask, 'url'>): Instance[] {
  if ('error' in reading) throw new Error(reading.error)
  return reading.instances.filter(({ startUtc }) => startUtc >= from && startUtc < to).sort(byStart)
}

export const byStart = (a: Instance, b: Instance) => {
  const [one, other] = [a, b].map(({ startUtc, summary, uid }) => `${startUtc} ${summary} ${uid}`) as [string, string]
  return one < other ? -1 : one > other ? 1 : 0
}
