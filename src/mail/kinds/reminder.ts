import { link, type MailKind, standing } from './kind.ts'

/** A date is near; the organizer chooses how long before it this is told. */
export const reminder: MailKind = {
  of: ['event.reminder'],
  isState: false,
  isOptional: true,
  subject: (facts, { reminder }) => reminder.subject(facts),
  body: (facts, words) => [
    words.reminder.said(facts),
    ...standing(facts, words),
    { link: words.event, href: facts.eventUrl },
    link(facts, words),
  ],
}
