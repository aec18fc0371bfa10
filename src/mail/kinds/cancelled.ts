import type { MailKind } from './kind.ts'

/** The answer was cancelled, by its guest or by an organizer. */
export const cancelled: MailKind = {
  of: ['rsvp.cancelled'],
  isState: true,
  subject: ({ title }) => `You are not coming: ${title}`,
  body: ({ title, group, when, reason, eventUrl }) => [
    `Your answer to “${title}” of ${group} (${when}) is cancelled.`,
    reason ? `The organizers say: ${reason}` : null,
    `The event: ${eventUrl}`,
  ],
}
