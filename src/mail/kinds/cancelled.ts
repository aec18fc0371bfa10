import { type MailKind, reasonOf } from './kind.ts'

/** The answer was cancelled, by its guest or by an organizer. */
export const cancelled: MailKind = {
  of: ['rsvp.cancelled'],
  isState: true,
  subject: (facts, { cancelled }) => cancelled.subject(facts),
  body: (facts, words) => [
    words.cancelled.said(facts),
    reasonOf(facts, words),
    { link: words.event, href: facts.eventUrl },
  ],
}
