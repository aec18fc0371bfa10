import type { EventKind } from './kind.ts'

/** One talk, shown in the calendar: its speakers, and the conference it is given at. */
export const talk = {
  kind: 'talk',
  label: 'Talk',
  color: 'mediumpurple',
  members: ['speakers', 'conference'],
  record: ['slides', 'recording'],
  duration: 'PT30M',
} as const satisfies EventKind
