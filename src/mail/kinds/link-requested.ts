import { link, type MailKind, standing } from './kind.ts'

/** The address was used for an answer again: its owner gets the link to the answer there is. */
export const linkRequested: MailKind = {
  of: ['rsvp.link-requested'],
  isState: false,
  subject: (facts, { linkRequested }) => linkRequested.subject(facts),
  body: (facts, words) => [words.linkRequested.said(facts), ...standing(facts, words), link(facts, words)],
}
