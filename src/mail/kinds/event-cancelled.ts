import { type MailKind, reasonOf } from './kind.ts'

/** The event, or a date of it, was called off. */
export const eventCancelled: MailKind = {
  of: ['event.cancelled'],
  isState: false,
  subject: (facts, { eventCancelled }) => eventCancelled.subject(facts),
  body: (facts, words) => [
    words.eventCancelled.said(facts),
    reasonOf(facts, words),
    { link: words.more, href: facts.eventUrl },
  ],
}
