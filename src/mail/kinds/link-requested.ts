import { link, type MailKind, standing } from './kind.ts'

/** The address was used for an answer again: its owner gets the link to the answer there is. */
export const linkRequested: MailKind = {
  of: ['rsvp.link-requested'],
  isState: false,
  subject: ({ title }) => `Your link: ${title}`,
  body: (facts) => [
    `Somebody, hopefully you, answered “${facts.title}” of ${facts.group} again with this address. Nothing was changed.`,
    ...standing(facts),
    link(facts),
  ],
}
