import { link, type MailKind, standing } from './kind.ts'

/** A date is near; the organizer chooses how long before it this is told. */
export const reminder: MailKind = {
  of: ['event.reminder'],
  isState: false,
  subject: ({ title }) => `Reminder: ${title}`,
  body: (facts) => [`“${facts.title}” of ${facts.group} is soon.`, ...standing(facts), facts.eventUrl, link(facts)],
}
