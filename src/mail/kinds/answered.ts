import { link, type MailKind, standing } from './kind.ts'

/** The first mail: what the guest got, or the question whether it was them. */
export const answered: MailKind = {
  of: ['rsvp.answered', 'rsvp.confirmed', 'rsvp.approved'],
  isState: true,
  subject: ({ isUnconfirmed, title }) =>
    isUnconfirmed ? `Please confirm your answer: ${title}` : `Your answer: ${title}`,
  body: (facts) =>
    facts.isUnconfirmed
      ? [
          `Somebody, hopefully you, answered “${facts.title}” of ${facts.group} with this address.`,
          `If it was you, open this link and confirm. A place is kept for an hour at most.\n${facts.manageUrl}`,
          'If it was not you, do nothing: the answer does not count.',
        ]
      : [`Thank you for your answer to “${facts.title}” of ${facts.group}.`, ...standing(facts), link(facts)],
}
