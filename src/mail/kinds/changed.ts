import { link, type MailKind, reasonOf, standing } from './kind.ts'

/** The guest or an organizer changed the answer. */
export const changed: MailKind = {
  of: ['rsvp.changed', 'rsvp.moved'],
  isState: true,
  subject: (facts, { changed }) => changed.subject(facts),
  body: (facts, words) => [
    words.changed.said(facts),
    reasonOf(facts, words),
    ...standing(facts, words),
    link(facts, words),
  ],
}
