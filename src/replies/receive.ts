/** Takes in a message that came to the address in guests' invitations, however it came: the one path for all of them. */
import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { type CalendarMail, secretIn } from '../mail/reply-address.ts'
import { guestAddresses } from '../rsvp/tables.ts'
import { type Answer, answersIn } from './answer.ts'
import { type Applied, applyAnswer, type Guest } from './apply-answer.ts'
import { verdictOf } from './authentication.ts'
import { type Message, readMessage } from './message.ts'

export type Incoming = {
  raw: Uint8Array
  /** To whom it was delivered, where the server tells. */
  recipients?: string[]
  /** The name of the server that received it, where it is always the same. */
  authserv?: string
  /** Whether a provider holds its sender for forged, where it tells that apart from the message. */
  isForged?: boolean
}

/** What came of a message; all but the first two change nothing and are not answered. */
export type Received =
  | Applied
  | 'off'
  | 'unreadable'
  | 'automatic'
  | 'no-answer'
  | 'unknown-address'
  | 'not-the-guest'
  | 'not-authentic'

/**
 * Applies an answer of a guest's calendar program. It counts where it came to the guest's own secret address, its one From
 * is the guest and the attendee who answers, and its sender is not forged; all else changes nothing and gets no answer.
 */
export async function receive(deps: Deps, incoming: Incoming): Promise<Received> {
  const received = await take(deps, incoming)
  deps.log({ level: 'info', what: 'mail-in', received })
  return received
}

async function take(deps: Deps, incoming: Incoming): Promise<Received> {
  const settings = deps.calendarMail
  if (!settings?.secret) return 'off'
  const message = await readMessage(incoming.raw)
  if (!message) return 'unreadable'
  if (message.isAutomatic) return 'automatic'
  const answers = answersOf(message)
  if (!answers) return 'no-answer'
  const guest = await guestOf(deps, settings, [...(incoming.recipients ?? []), ...message.recipients])
  if (!guest) return 'unknown-address'
  const isGuest = message.from !== null && isSame(message.from, guest.emailKey)
  if (!isGuest || !answers[0]!.attendees.some((one) => isSame(one, guest.emailKey))) return 'not-the-guest'
  if (!isAuthentic(settings, incoming, message)) return 'not-authentic'
  const applied: Applied[] = []
  // What is said to all dates comes before what is said to single ones.
  for (const answer of answers.toSorted((a, b) => Number(a.date !== null) - Number(b.date !== null)))
    applied.push(await applyAnswer(deps, guest, answer, answers.length === 1))
  return (['changed', 'answered'] as const).find((one) => applied.includes(one)) ?? applied[0]!
}

/** The answers of a message. Programs send them twice, as a part and as a file: who sends anything else beside them sends none. */
function answersOf({ calendars }: Message): Answer[] | null {
  const [first, ...others] = calendars.map(answersIn)
  return first && others.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : null
}

/** Whose secret address it came to; null where to none, or to those of several guests. */
async function guestOf(deps: Deps, { mailbox }: CalendarMail, recipients: string[]): Promise<Guest | null> {
  const secrets = new Set(recipients.flatMap((address) => secretIn(mailbox, address) ?? []))
  const [secret] = secrets
  if (secrets.size !== 1 || !secret) return null
  const [guest] = await deps.db.all(
    sql<Guest>`SELECT event_id AS "eventId", email_key AS "emailKey" FROM ${guestAddresses}
      WHERE reply_hash = ${await sha256(secret)}`,
  )
  return guest ?? null
}

/** The same mailbox: what follows a plus is the guest's own note, and some programs leave it out. */
const isSame = (a: string, b: string): boolean => a !== '' && withoutNote(a) === withoutNote(b)
const withoutNote = (address: string): string => address.toLowerCase().replace(/\+[^@]*@/, '@')

function isAuthentic({ authserv }: CalendarMail, incoming: Incoming, { from, results }: Message): boolean {
  if (incoming.isForged) return false
  const known = authserv ?? incoming.authserv ?? null
  const verdict = verdictOf(results, known, from ?? '')
  return known === null ? verdict !== 'fail' : verdict === 'pass'
}
