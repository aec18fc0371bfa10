import { link, type MailKind } from './kind.ts'

/** What the organizers write to their guests. */
export const message: MailKind = {
  of: ['rsvp.message'],
  isState: false,
  isOptional: true,
  subject: ({ message, title }) => message?.subject ?? title,
  body: (facts, words) => [facts.message?.text ?? '', words.message.why(facts), link(facts, words)],
}
