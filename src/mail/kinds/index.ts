/** Every kind of mail: a new one is a file and a line here. */
import { answered } from './answered.ts'
import { cancelled } from './cancelled.ts'
import { changed } from './changed.ts'
import { eventCancelled } from './event-cancelled.ts'
import { eventChanged } from './event-changed.ts'
import { eventDeleted } from './event-deleted.ts'
import type { MailKind } from './kind.ts'
import { linkRequested } from './link-requested.ts'
import { message } from './message.ts'
import { over } from './over.ts'
import { promoted } from './promoted.ts'
import { reminder } from './reminder.ts'
import { replied } from './replied.ts'

export const kinds: readonly MailKind[] = [
  answered,
  promoted,
  changed,
  cancelled,
  linkRequested,
  eventCancelled,
  eventChanged,
  eventDeleted,
  message,
  replied,
  reminder,
  over,
]

/** The kind of mail that tells of a change; undefined where nobody is told. */
export const mailOf = (change: string): MailKind | undefined => kinds.find(({ of }) => of.some((one) => one === change))

/** Every change that is told by mail. */
export const told = kinds.flatMap(({ of }) => of)

/** What only who comes is told, and only of the date that it is about. */
export const DATE_CHANGES = [...reminder.of, ...over.of]
/** Changes of one answer, and changes of an event, of which all its guests are told. */
export const RSVP_CHANGES = told.filter((kind) => kind.startsWith('rsvp.'))
export const EVENT_CHANGES = told.filter(
  (kind) => kind.startsWith('event.') && !DATE_CHANGES.some((one) => one === kind),
)
/** Changes whose mail tells how things stand. */
export const STATE_CHANGES = kinds.filter(({ isState }) => isState).flatMap(({ of }) => of)
