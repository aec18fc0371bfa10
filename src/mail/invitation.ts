/** What a mail tells the guest's calendar program beside its text: an invitation, a change of it, or that it is off. */
import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { guestCopy } from '../events/guest-copy.ts'
import { isSeries, originalStartOf } from '../events/occurrences.ts'
import { type EventOfGroup, findEvent } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import { type RsvpRow, readTheirs, rsvpById } from '../rsvp/queries.ts'
import { guestAddresses, guestCalendars, mailReplies, rsvps } from '../rsvp/tables.ts'
import type { Mail } from './mailer.ts'
import { addressWith, type CalendarMail, replySecret } from './reply-address.ts'

type Due = { seq: number; rsvpId: string; kind: string }
type Payload = { occurrence?: string; takenBack?: string; sequence?: number; via?: string }
type Told = { sequence: number; asks: number }

/** Whether the answer stands in its guest's calendar: with a seat, or as a maybe. */
const isIn = ({ place, response }: RsvpRow): boolean => place === 'seat' || (place === null && response === 'tentative')

/**
 * The part of a mail for the guest's calendar, and where it is to answer. Nothing where the calendar knows: only who has a
 * place is invited, only who was invited is told that it is off, and the same is not told twice. What is told is noted
 * before it is sent, by the mail's number, so that each try tells the same.
 */
export async function invitationOf(deps: Deps, mail: Due): Promise<Pick<Mail, 'calendar' | 'replyTo'>> {
  const settings = deps.calendarMail
  if (!settings) return {}
  const [[rsvp], [change], invited] = await deps.db.batch([
    rsvpById(mail.rsvpId),
    sql<{ payload: string }>`SELECT payload FROM changes WHERE seq = ${mail.seq}`,
    // Who was told nothing yet is told of all dates first.
    sql`SELECT 1 FROM ${guestCalendars} WHERE rsvp_id = ${mail.rsvpId} AND first_seq <> ${mail.seq}`,
  ])
  const row = rsvp && (await findEvent(deps.db, rsvp.eventId, { kind: 'everything' }))
  if (!rsvp || !row || rsvp.email === '') return {}
  const payload = JSON.parse(change?.payload ?? '{}') as Payload
  // The calendar program that answered knows what it said.
  if (payload.via === 'mail' || (await isSaidByMail(deps, mail, rsvp))) return {}
  const wanted = wantedOf(mail, rsvp, row, invited.length > 0 ? payload : {})
  const told = await tell(deps, mail, rsvp, wanted)
  if (!told) return {}
  const { address, replies } = await replyAddress(deps, settings, rsvp)
  const theirs = wanted.occurrence === '' && isSeries(eventOf(row)) ? await readTheirs(deps.db, rsvp) : []
  const said = rsvp.response === 'tentative' ? ('TENTATIVE' as const) : ('ACCEPTED' as const)
  const text = guestCopy({ ...row, event: eventOf(row), sequence: told.sequence }, deps.baseUrl, {
    method: wanted.method,
    organizer: { name: row.name, address },
    guest: { address: rsvp.email, status: told.asks ? 'NEEDS-ACTION' : said, replies },
    occurrence: wanted.occurrence,
    without: theirs.filter((own) => own.occurrence !== '' && !isIn(own)).map((own) => own.occurrence),
    now: deps.now(),
  })
  return { ...(replies ? { replyTo: address } : {}), ...(text ? { calendar: { method: wanted.method, text } } : {}) }
}

/** Whether an answer to one date was made by the guest's calendar program. */
async function isSaidByMail(deps: Deps, { kind }: Due, rsvp: RsvpRow): Promise<boolean> {
  const { eventId, emailKey, occurrence, response } = rsvp
  if (kind !== 'rsvp.answered' || occurrence === '') return false
  const found = await deps.db.all(
    sql`SELECT 1 FROM ${mailReplies} WHERE event_id = ${eventId} AND email_key = ${emailKey}
      AND occurrence = ${occurrence} AND said = ${response}`,
  )
  return found.length > 0
}

type Wanted = {
  method: 'REQUEST' | 'CANCEL'
  occurrence: string
  /** What the calendar holds of the answer after it: of a series, one date less is still the series. */
  holds: 'REQUEST' | 'CANCEL'
  /** The event's own SEQUENCE that it tells of. */
  base: number
  /** Whether it is told though nothing of the event or the answer is new. */
  isNew: boolean
}

function wantedOf({ kind }: Due, rsvp: RsvpRow, row: EventOfGroup, payload: Payload): Wanted {
  const ofDate = rsvp.occurrence === '' ? (payload.occurrence ?? payload.takenBack) : undefined
  const occurrence = ofDate ?? rsvp.occurrence
  const isAllOff = row.status === 'cancelled' || row.deletedAt !== null
  const isOff = isAllOff || (occurrence !== '' && isCalledOff(row, occurrence))
  const isCancelled = isOff || !isIn(rsvp)
  return {
    method: isCancelled ? 'CANCEL' : 'REQUEST',
    occurrence: isAllOff ? rsvp.occurrence : occurrence,
    holds: isCancelled && (ofDate === undefined || isAllOff || !isIn(rsvp)) ? 'CANCEL' : 'REQUEST',
    base: (kind.startsWith('event.') && ofDate !== undefined ? payload.sequence : undefined) ?? row.sequence,
    isNew: payload.takenBack !== undefined,
  }
}

function isCalledOff(row: EventOfGroup, occurrence: string): boolean {
  const event = eventOf(row)
  const original = originalStartOf(event, occurrence)
  const override = original === null ? undefined : event.recurrenceOverrides[original]
  return override?.status === 'cancelled' || override?.excluded === true
}

/**
 * Notes what the calendar is told, by one statement; undefined where it knows. SEQUENCE is the event's own, and more where
 * this guest was told more than the event has changed: it grows with each CANCEL (RFC 5546, 2.1.4), and what comes after.
 */
async function tell(deps: Deps, { seq }: Due, rsvp: RsvpRow, wanted: Wanted): Promise<Told | undefined> {
  const { method, holds, base, isNew } = wanted
  const before = sql`SELECT id FROM ${rsvps} WHERE event_id = ${rsvp.eventId} AND email_key = ${rsvp.emailKey} AND occurrence = ''`
  const isAgain = sql`guest_calendars.mail_seq = excluded.mail_seq`
  const isKnown = sql`${holds === method} AND guest_calendars.method = excluded.method
    AND guest_calendars.base >= excluded.base AND NOT ${isNew}`
  const nothing =
    method === 'CANCEL'
      ? sql`guest_calendars.method = 'CANCEL' OR (${holds === 'REQUEST'} AND guest_calendars.base >= excluded.base)`
      : sql`${isKnown} AND guest_calendars.response = excluded.response`
  const [told] = await deps.db.all(
    sql<Told>`INSERT INTO ${guestCalendars} (rsvp_id, method, sequence, base, response, asks, mail_seq, first_seq)
      SELECT ${rsvp.id}, ${holds}, max(${base}, coalesce((SELECT sequence + ${Number(method === 'CANCEL')}
          FROM ${guestCalendars} WHERE rsvp_id = (${before})), 0)), ${base}, ${rsvp.response}, 1, ${seq}, ${seq}
      WHERE ${method === 'REQUEST'} OR EXISTS (SELECT 1 FROM ${guestCalendars}
        WHERE rsvp_id = ${rsvp.id} OR (rsvp_id = (${before}) AND method = 'REQUEST'))
      ON CONFLICT (rsvp_id) DO UPDATE SET method = excluded.method, base = max(guest_calendars.base, excluded.base),
        sequence = CASE WHEN ${isAgain} OR (${method === 'REQUEST'} AND ${isKnown}) THEN guest_calendars.sequence
          ELSE max(excluded.base, guest_calendars.sequence + 1) END,
        asks = CASE WHEN ${isAgain} THEN guest_calendars.asks WHEN ${isKnown} THEN 0 ELSE 1 END,
        response = excluded.response, mail_seq = excluded.mail_seq
      WHERE ${isAgain} OR NOT (${nothing})
      RETURNING sequence AS sequence, asks AS asks`,
  )
  return told
}

/** The address that the guest's program answers to; its secret's hash is kept from the first mail on. */
async function replyAddress(deps: Deps, { mailbox, secret }: CalendarMail, rsvp: RsvpRow) {
  if (secret === null) return { address: mailbox, replies: false }
  const made = await replySecret(secret, rsvp.eventId, rsvp.emailKey)
  await deps.db.all(
    sql`INSERT INTO ${guestAddresses} (event_id, email_key, reply_hash)
      SELECT ${rsvp.eventId}, ${rsvp.emailKey}, ${await sha256(made)} WHERE true
      ON CONFLICT (event_id, email_key) DO UPDATE SET reply_hash = excluded.reply_hash
        WHERE reply_hash IS NOT excluded.reply_hash`,
  )
  return { address: addressWith(mailbox, made), replies: true }
}
