import type { EventKind } from './kind.ts'

/** A video call: its join link is a virtual location with the feature video. */
export const hangout = {
  kind: 'hangout',
  label: 'Hangout',
  color: 'mediumseagreen',
  members: [],
  record: [],
  duration: 'PT1H',
} as const satisfies EventKind
