import type { ChangeKind } from '../../changes/kinds.ts'

/** What a mail can speak of, as it is when the mail is sent. */
export type Facts = {
  /** The event's title, and of which group. */
  title: string
  group: string
  when: string
  /** The venue for who comes, the ways to join for who takes part from elsewhere. */
  where: string[]
  /** What the guest has, in a sentence. */
  place: string
  response: 'accepted' | 'tentative' | 'declined'
  /** Whether the address is still to be confirmed: nothing that somebody typed is repeated to it then. */
  isUnconfirmed: boolean
  manageUrl: string
  eventUrl: string
  /** What an organizer said. */
  reason: string | null
  /** What became of an answer by mail that changed nothing. */
  outcome: string | null
  /** What organizers wrote to their guests. */
  message: { subject: string; text: string } | null
}

/** One kind of mail: a file here, and a line in the index. */
export type MailKind = {
  /** The changes of the journal that it tells of. */
  of: readonly ChangeKind[]
  /** Whether it tells how things stand now: a newer one makes it needless. */
  isState: boolean
  subject(facts: Facts): string
  /** Paragraphs of plain text. */
  body(facts: Facts): (string | null)[]
}

/** How things stand: the last lines of most mails. */
export const standing = ({ when, where, place }: Facts): string[] => [
  `When: ${when}${where.map((line) => `\n${line}`).join('')}`,
  place,
]

export const link = ({ manageUrl }: Facts): string => `See, change or cancel your answer:\n${manageUrl}`
