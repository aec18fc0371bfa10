import type { ChangeKind } from '../../changes/kinds.ts'
import type { Part } from '../../formats/letter.ts'
import type { Language, Words } from '../../languages/index.ts'

/** What a mail can speak of, as it is when the mail is sent. */
export type Facts = {
  /** Of the guest. */
  language: Language
  /** The event's title, and of which group. */
  title: string
  group: string
  when: string
  /** The same by the guest's clock, where that is another one. */
  whenForThem: string | null
  /** The venue for who comes, the ways to join for who takes part from elsewhere; each with its name. */
  where: [name: string, value: string][]
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
  /** What there is of a date that is over. */
  material: { kind: 'minutes' | 'recording' | 'slides'; url: string }[]
}

type Said = Words['mail']

/** One kind of mail: a file here, and a line in the index. */
export type MailKind = {
  /** The changes of the journal that it tells of. */
  of: readonly ChangeKind[]
  /** Whether it tells how things stand now: a newer one makes it needless. */
  isState: boolean
  /** Whether guests can have none of these and still come: such a mail says how (RFC 8058). */
  isOptional?: true
  subject(facts: Facts, words: Said): string
  body(facts: Facts, words: Said): (Part | null)[]
}

/** How things stand: the last lines of most mails. */
export const standing = ({ when, whenForThem, where, place }: Facts, words: Said): Part[] => [
  { facts: [[words.when, when], ...(whenForThem ? [[words.forYou, whenForThem] as [string, string]] : []), ...where] },
  place,
]

export const link = ({ manageUrl }: Facts, words: Said): Part => ({ link: words.see, href: manageUrl })

export const reasonOf = ({ reason }: Facts, words: Said): Part | null => (reason ? words.reason(reason) : null)
