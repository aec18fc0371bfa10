import { link, type MailKind } from './kind.ts'

/** What the organizers write to their guests. */
export const message: MailKind = {
  of: ['rsvp.message'],
  isState: false,
  subject: ({ message, title }) => message?.subject ?? title,
  body: (facts) => [
    facts.message?.text ?? '',
    `You get this because you answered “${facts.title}” of ${facts.group}.`,
    link(facts),
  ],
}
