import { link, type MailKind } from './kind.ts'

/** A date is over: its minutes, recording and slides, and the question how it was. */
export const over: MailKind = {
  of: ['event.over'],
  isState: false,
  isOptional: true,
  subject: (facts, { over }) => over.subject(facts),
  body: (facts, words) => [
    words.over.said(facts),
    ...facts.material.map(({ kind, url }) => ({ link: words.over[kind], href: url })),
    { link: words.over.howWasIt, href: `${facts.manageUrl}#feedback` },
    link(facts, words),
  ],
}
