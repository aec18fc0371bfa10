/** Does what a guest's calendar program says, as the form on the page would. */
import { sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { isSeries, originalStartOf, recurrenceIdOf } from '../events/occurrences.ts'
import { type EventOfGroup, findEvent } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import type { Moment } from '../imports/icalendar-time.ts'
import { type Changer, changeRsvp } from '../rsvp/change.ts'
import { answerDate } from '../rsvp/change-date.ts'
import { proveAddress } from '../rsvp/prove.ts'
import { type RsvpRow, readTheirs } from '../rsvp/queries.ts'
import { guestCalendars, mailReplies } from '../rsvp/tables.ts'
import { toBasic, toInstant } from '../time/zone.ts'
import type { Answer } from './answer.ts'

export type Guest = { eventId: string; emailKey: string }
/** What became of it: it changed the answer, it was answered by a mail that says why not, or nothing came of it. */
export type Applied = 'changed' | 'answered' | 'late' | 'foreign'

const TRIES = 5
/** By how much the clock of a guest's computer may be slow. */
const SLOW_SECONDS = 120
const BY_MAIL: Changer = { isOrganizer: false, via: 'mail' }

/**
 * Applies an answer that is known to come from this guest, by the rules of the form: a full event gives a place in line, a
 * closed one refuses. The guest is told what came of it: by the mail about the change, or else by one that says why nothing
 * changed.
 *
 * Nothing happens where it is about another event, about what was changed since (SEQUENCE), or older than what the guest
 * said last (DTSTAMP).
 *
 * @param isOnly whether it came alone: of several dates at once nobody is told which ones were known
 */
export async function applyAnswer(deps: Deps, guest: Guest, answer: Answer, isOnly = true): Promise<Applied> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const row = await findEvent(deps.db, guest.eventId, { kind: 'everything' })
    const target = row && row.deletedAt === null ? await targetOf(deps, guest, answer, row) : null
    if (!row || !target) return 'foreign'
    if (await isLate(deps, target, answer)) return 'late'
    if (tries === 1) await proveAddress(deps, guest)
    const outcome = await say(deps, target, row, answer)
    if (outcome === 'stale') continue
    await record(deps, target, row, answer, outcome === 'same' && !isOnly ? 'changed' : outcome)
    return outcome === 'changed' ? 'changed' : 'answered'
  }
  throw new Error('the answer was changed again and again')
}

type Target = { rsvp: RsvpRow; occurrence: string }

/** The guest's answer that this one is about, and the date: the one to that date, else the one to all dates. */
async function targetOf(deps: Deps, guest: Guest, { uid, date }: Answer, row: EventOfGroup): Promise<Target | null> {
  const event = eventOf(row)
  const named = dateOfUid(uid, row.uid)
  if (named === undefined) return null
  const id = date ? recurrenceId(date, event.timeZone) : named
  const original = id === null ? null : originalStartOf(event, id)
  if (id !== null && original === null) return null
  const theirs = (await readTheirs(deps.db, guest)).filter(({ purgedAt }) => purgedAt === null)
  const occurrence = original !== null && isSeries(event) ? recurrenceIdOf(event, original) : ''
  const dates = theirs.filter((one) => one.occurrence !== '')
  const rsvp =
    theirs.find((one) => one.occurrence === occurrence) ??
    theirs.find((one) => one.occurrence === '') ??
    // Some programs leave the date out where they were asked for one alone.
    (occurrence === '' && dates.length === 1 ? dates[0] : undefined)
  return rsvp ? { rsvp, occurrence: occurrence || rsvp.occurrence } : null
}

/** The date whose VEVENT has this UID; null for the event itself, undefined for what is of another event. */
function dateOfUid(given: string, uid: string): string | null | undefined {
  const [name, ...host] = uid.toLowerCase().split('@')
  const text = given.toLowerCase()
  if (text === uid.toLowerCase()) return null
  const end = host.length > 0 ? `@${host.join('@')}` : ''
  const isOfDate = text.startsWith(`${name}-`) && text.endsWith(end)
  return isOfDate ? text.slice(name!.length + 1, text.length - end.length).toUpperCase() : undefined
}

const recurrenceId = ({ local, zone }: Moment, ofEvent: string | null): string =>
  zone === null ? local.slice(0, 10).replaceAll('-', '') : toBasic(toInstant(local, zone ?? ofEvent ?? 'UTC'))

type Last = { stamp: number | null; sequence: number | null; isKnown: number }

/** Whether it was said to an older invitation, or before what the guest said last. */
async function isLate(deps: Deps, { rsvp, occurrence }: Target, answer: Answer): Promise<boolean> {
  const stamp = stampOf(deps, answer)
  const [last] = await deps.db.all(
    sql<Last>`SELECT (SELECT sequence FROM ${guestCalendars} WHERE rsvp_id = ${rsvp.id}) AS sequence,
      (SELECT max(stamp) FROM ${mailReplies} WHERE ${isOf(rsvp, occurrence)}) AS stamp,
      EXISTS (SELECT 1 FROM ${mailReplies} WHERE ${isOf(rsvp, occurrence)} AND occurrence = ${occurrence}
        AND stamp = ${stamp} AND said = ${answer.said}) AS "isKnown"`,
  )
  if (answer.sequence < (last?.sequence ?? 0) || stamp < (last?.stamp ?? 0) || last?.isKnown) return true
  return stamp < rsvp.updatedAt - SLOW_SECONDS
}

/** What was said to a date, and to all dates. */
const isOf = ({ eventId, emailKey }: RsvpRow, occurrence: string) =>
  sql`event_id = ${eventId} AND email_key = ${emailKey} AND occurrence IN ('', ${occurrence})`

/** A clock that is ahead does not outdate what is said tomorrow. */
const stampOf = (deps: Deps, { stamp }: Answer): number => Math.min(stamp ?? deps.now(), deps.now() + 86_400)

/** Changes the answer; else why not, as the mail about it says. */
async function say(deps: Deps, { rsvp, occurrence }: Target, row: EventOfGroup, { said }: Answer): Promise<string> {
  if (said === 'delegated' || said === 'counter') return said
  const outcome =
    rsvp.occurrence === occurrence
      ? await changeRsvp(deps, rsvp, row, { response: said }, BY_MAIL)
      : await answerDate(deps, rsvp, row, occurrence, { response: said }, BY_MAIL)
  if (!outcome.ok) return outcome.reason
  return outcome.rsvp.changeId === rsvp.changeId ? 'same' : 'changed'
}

/** Notes what was said and when, and what the calendar knows by that; a change has its own mail, all else gets one here. */
async function record(deps: Deps, { rsvp, occurrence }: Target, row: EventOfGroup, answer: Answer, outcome: string) {
  const changeId = deps.newId()
  const now = deps.now()
  const { eventId, emailKey } = rsvp
  const reply = { eventId, emailKey, occurrence, stamp: stampOf(deps, answer), said: answer.said, changeId }
  await deps.db.batch([
    sql`INSERT INTO ${mailReplies} (${columnNames(mailReplies)}) SELECT ${values(mailReplies, reply)} WHERE true
      ON CONFLICT (event_id, email_key, occurrence) DO UPDATE SET stamp = excluded.stamp, said = excluded.said,
        change_id = excluded.change_id
      WHERE excluded.stamp > stamp OR (excluded.stamp = stamp AND excluded.said <> said)`,
    sql`UPDATE ${guestCalendars} SET response = ${answer.said} WHERE rsvp_id = ${rsvp.id} AND ${rsvp.occurrence === occurrence}`,
    sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
      SELECT ${changeId}, 'rsvp.replied', ${rsvp.id}, ${row.groupId}, ${now},
        ${JSON.stringify({ event: eventId, outcome, via: 'mail', ...(occurrence ? { occurrence } : {}) })}
      FROM ${mailReplies} WHERE change_id = ${changeId} AND event_id = ${eventId} AND email_key = ${emailKey}
        AND ${outcome !== 'changed'}`,
  ])
}
