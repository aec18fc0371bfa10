import { link, type MailKind, standing } from './kind.ts'

/** The time, the place or the title of the event changed. */
export const eventChanged: MailKind = {
  of: ['event.updated'],
  isState: false,
  subject: ({ title }) => `Changed: ${title}`,
  body: (facts) => [
    `“${facts.title}” of ${facts.group} has changed. This is how it stands now.`,
    ...standing(facts),
    link(facts),
  ],
}
