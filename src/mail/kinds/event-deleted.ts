import type { MailKind } from './kind.ts'

/** The event was taken out: there is no page of it any more. */
export const eventDeleted: MailKind = {
  of: ['event.deleted'],
  isState: false,
  subject: ({ title }) => `Cancelled: ${title}`,
  body: ({ title, group, when }) => [`“${title}” of ${group} (${when}) does not take place.`],
}
