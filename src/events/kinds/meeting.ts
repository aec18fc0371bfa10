import type { EventKind } from './kind.ts'

/** A meeting in chat: its rooms are virtual locations with the feature chat; a bot may keep its minutes. */
export const meeting = {
  kind: 'meeting',
  label: 'Meeting',
  color: 'steelblue',
  members: ['bot'],
  record: ['minutes', 'log'],
  duration: 'PT1H',
} as const satisfies EventKind
