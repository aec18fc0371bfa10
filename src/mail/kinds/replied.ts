import type { Words } from '../../languages/index.ts'
import { link, type MailKind, standing } from './kind.ts'

/** The outcomes that have words of their own. */
const OUTCOMES = [
  'same',
  'counter',
  'delegated',
  'event_full',
  'event_past',
  'event_cancelled',
  'rsvp_closed',
  'rsvp_not_open',
  'invalid',
] as const

const outcomeIn = (words: Words['mail']['replied'], outcome: string | null): string =>
  words[OUTCOMES.find((one) => one === outcome) ?? 'other']

/** An answer that came by mail and changed nothing: what came of it. */
export const replied: MailKind = {
  of: ['rsvp.replied'],
  isState: false,
  subject: (facts, { replied }) => replied.subject(facts),
  body: (facts, words) => [
    words.replied.said(facts),
    outcomeIn(words.replied, facts.outcome),
    ...standing(facts, words),
    link(facts, words),
  ],
}
