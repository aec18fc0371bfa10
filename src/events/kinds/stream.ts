import type { EventKind } from './kind.ts'

/** A live stream on a channel. */
export const stream = {
  kind: 'stream',
  label: 'Stream',
  color: 'crimson',
  members: ['channel'],
  record: ['recording'],
  duration: 'PT1H',
} as const satisfies EventKind
