import type { MailKind } from './kind.ts'

/** The event, or a date of it, was called off. */
export const eventCancelled: MailKind = {
  of: ['event.cancelled'],
  isState: false,
  subject: ({ title }) => `Cancelled: ${title}`,
  body: ({ title, group, when, reason, eventUrl }) => [
    `“${title}” of ${group} (${when}) is cancelled.`,
    reason ? `The organizers say: ${reason}` : null,
    `More: ${eventUrl}`,
  ],
}
