import { link, type MailKind, standing } from './kind.ts'

/** The first mail: what the guest got, or the question whether it was them. */
export const answered: MailKind = {
  of: ['rsvp.answered', 'rsvp.confirmed', 'rsvp.approved'],
  isState: true,
  subject: (facts, { confirm, answered }) => (facts.isUnconfirmed ? confirm : answered).subject(facts),
  body: (facts, words) =>
    facts.isUnconfirmed
      ? [
          words.confirm.said(facts),
          words.confirm.doIt,
          { link: words.confirm.button, href: facts.manageUrl },
          words.confirm.orNot,
        ]
      : [words.answered.said(facts), ...standing(facts, words), link(facts, words)],
}
