import type { EventKind } from './kind.ts'

/** In person, or hybrid: a venue among the locations, and for remote guests a bridge among the virtual ones. */
export const meetup = {
  kind: 'meetup',
  label: 'Meetup',
  color: 'darkorange',
  members: [],
  record: ['minutes'],
  duration: 'PT3H',
} as const satisfies EventKind
