import { link, type MailKind, standing } from './kind.ts'

/** The guest or an organizer changed the answer. */
export const changed: MailKind = {
  of: ['rsvp.changed', 'rsvp.moved'],
  isState: true,
  subject: ({ title }) => `Your answer has changed: ${title}`,
  body: (facts) => [
    `Your answer to “${facts.title}” of ${facts.group} was changed.`,
    facts.reason ? `The organizers say: ${facts.reason}` : null,
    ...standing(facts),
    link(facts),
  ],
}
