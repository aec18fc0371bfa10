import { link, type MailKind, standing } from './kind.ts'

/** The time, the place or the title of the event changed. */
export const eventChanged: MailKind = {
  of: ['event.updated'],
  isState: false,
  subject: (facts, { eventChanged }) => eventChanged.subject(facts),
  body: (facts, words) => [words.eventChanged.said(facts), ...standing(facts, words), link(facts, words)],
}
