import { link, type MailKind, standing } from './kind.ts'

/** Somebody in line got a place. */
export const promoted: MailKind = {
  of: ['rsvp.promoted'],
  isState: true,
  subject: (facts, { promoted }) => promoted.subject(facts),
  body: (facts, words) => [
    words.promoted.said(facts),
    ...standing(facts, words),
    words.promoted.orNot,
    link(facts, words),
  ],
}
