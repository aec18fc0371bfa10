import type { EventKind } from './kind.ts'

/** A conference in the calendar, linked with its talks in the archive. */
export const conference = {
  kind: 'conference',
  label: 'Conference',
  color: 'goldenrod',
  members: ['conference'],
  record: [],
  duration: 'P1D',
} as const satisfies EventKind
