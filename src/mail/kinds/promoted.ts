import { type MailKind, standing } from './kind.ts'

/** Somebody in line got a place. */
export const promoted: MailKind = {
  of: ['rsvp.promoted'],
  isState: true,
  subject: ({ title }) => `A place is yours: ${title}`,
  body: (facts) => [
    `A place at “${facts.title}” of ${facts.group} has become free, and it is yours.`,
    ...standing(facts),
    `If you can’t come any more, please say so: the next in line gets the place.\n${facts.manageUrl}`,
  ],
}
