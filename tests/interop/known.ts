/**
 * What is known to go wrong with a case of the recurrence oracle: a list that only shrinks, since a case that comes right
 * fails the test until its line goes. docs/interop.md shows what each program made of them.
 */
export type Known = {
  /** Who shows other instants: our API, or clients by name. `refused` where the API does not take the event at all. */
  wrong: 'refused' | readonly string[]
  reason: string
}

export const PYTHON = ['khal', 'recurring-ical-events']

const FLOATING = 'on purpose: a meeting has a time zone'

export const KNOWN: Record<string, Known> = {
  'floating-daily-over-dst': { wrong: 'refused', reason: FLOATING },
  'floating-single': { wrong: 'refused', reason: FLOATING },
  'single-in-gap-berlin': { wrong: 'refused', reason: 'on purpose: a start that the clocks skip is a mistake' },
  'exdate-no-match-day': { wrong: 'refused', reason: 'on purpose: an excluded date that is none is a mistake' },
}
