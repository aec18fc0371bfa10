import type { MailKind } from './kind.ts'

/** The event was taken out: there is no page of it any more. */
export const eventDeleted: MailKind = {
  of: ['event.deleted'],
  isState: false,
  subject: (facts, { eventCancelled }) => eventCancelled.subject(facts),
  body: (facts, { eventCancelled }) => [eventCancelled.deleted(facts)],
}
