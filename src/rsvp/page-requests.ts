/** What the page of an event and the frame for other websites share: which date is shown, how it stands, the answer sent. */

import { withJoin, withRecording } from '../events/joins.ts'
import { countsOf } from '../events/json.ts'
import { isSeries, type Occurrence, occurrenceAt, occurrencesBetween, originalStartOf } from '../events/occurrences.ts'
import { type EventOfGroup, findEvent, readSeatCounts } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import type { AppContext } from '../http/app-env.ts'
import { faults } from '../http/faults.ts'
import { preferredLanguage } from '../languages/index.ts'
import { stampOf } from '../limits/stamp.ts'
import { type Fault, type Refused, refused } from '../outcome.ts'
import { anonymous } from '../tokens/access.ts'
import { isSecret } from '../tokens/capability.ts'
import type { Entered } from './form.tsx'
import { allFaults, bodyOf } from './form-data.ts'
import { TRAP } from './form-parts.tsx'
import { respondTo } from './requests.ts'
import { occurrenceOf, whyNotOpen } from './rules.ts'
import { NewRsvp } from './schema.ts'
import { isFull } from './seat-parts.tsx'
import { trustOf } from './trust-requests.ts'

const YEAR = 366 * 86_400

export type Shown = { row: EventOfGroup; occurrence: Occurrence; isDate: boolean }

/** The event and the date that an address names; a series without a date shows its next one. */
export async function shownBy(c: AppContext, id: string, recurrenceId?: string): Promise<Shown | Refused> {
  const row = await findEvent(c.env.db, id, anonymous)
  if (!row) return refused('not_found')
  if (row.deletedAt !== null || row.groupDeletedAt !== null) return refused('gone')
  const event = eventOf(row)
  if (recurrenceId !== undefined) {
    const original = originalStartOf(event, recurrenceId)
    if (original === null || event.recurrenceOverrides[original]?.excluded) return refused('not_found')
    return { row, occurrence: occurrenceAt(event, original), isDate: isSeries(event) }
  }
  const next = isSeries(event) ? occurrencesBetween(event, c.env.now(), c.env.now() + YEAR, 1)[0] : undefined
  return { row, occurrence: next ?? occurrenceAt(event, event.start), isDate: false }
}

export const isRefused = (shown: Shown | Refused): shown is Refused => 'reason' in shown

/** The invitation by whose link the page was opened. */
export const invitedBy = (c: AppContext) => {
  const invitation = c.req.query('invitation')
  return invitation ? { invitation } : {}
}

/** The date as it is shown, with its own changes, and whether it takes answers. */
export async function standingOf(c: AppContext, { row, occurrence, isDate }: Shown) {
  const whole = eventOf(row)
  const page = `${c.env.baseUrl}/e/${row.id}${isDate ? `/${occurrence.recurrenceId}` : ''}`
  const shown = {
    ...whole,
    ...occurrence.override,
    links: [...whole.links, ...(occurrence.override.links ?? [])],
    recurrenceOverrides: whole.recurrenceOverrides,
    duration: row.duration,
  }
  const event = withRecording(withJoin(shown, page))
  const key = isDate ? occurrence.recurrenceId : ''
  const isInvited = c.req.query('invitation') !== undefined
  const closed = whyNotOpen(row, whole, occurrenceOf(event, key || undefined), c.env.now(), { isInvited })
  const counts = countsOf(row.rsvpEnabled ? await readSeatCounts(c.env.db, [row.id], key) : [], row.id)
  return { event, key, closed, counts, full: isFull(row, event, counts), hasWaitlist: event.rsvp?.waitlist !== false }
}

const sentAs = ({ stamp, proof }: Record<string, unknown>) => ({
  ...(typeof stamp === 'string' ? { stamp } : {}),
  ...(typeof proof === 'string' ? { proof } : {}),
})

/** What a form that is shown to somebody new carries: its secret, and when that was. */
export async function shownForm(c: AppContext) {
  const secret = c.env.newSecret()
  return { secret, stamp: await stampOf(c.env, secret), ...invitedBy(c) }
}

/** What a form that came back is filled with. */
export type Filled = { entered?: Entered; faults?: Fault[]; refusal?: Refused }

/**
 * Takes the answer that a form sent, once however often it was sent.
 *
 * The token is null where the address has to prove itself by mail first. Refuses what the schema and `respond` refuse, with
 * what was typed.
 */
export async function answerSent(
  c: AppContext,
  shown: Shown,
): Promise<({ ok: false } & Filled) | { ok: true; manageToken: string | null }> {
  const event = eventOf(shown.row)
  const fields = await c.req.parseBody({ all: true })
  const body = bodyOf(event, fields)
  const secret = typeof fields.secret === 'string' && isSecret(fields.secret) ? fields.secret : undefined
  const invitation = typeof fields.invitation === 'string' ? { invitation: fields.invitation } : {}
  const language = preferredLanguage(c.req.header('Accept-Language'))
  const parsed = NewRsvp.safeParse({
    ...(language ? { language } : {}),
    ...body,
    ...invitation,
    ...(shown.isDate ? { occurrence: shown.occurrence.recurrenceId } : {}),
  })
  const entered = body as Entered
  // A person whose browser filled it in sends the form again: it comes back with all that was typed, and without that.
  if (fields[TRAP])
    return { ok: false, entered, refusal: refused('invalid', 'It looked like a program. Please send it again.') }
  if (!parsed.success)
    return { ok: false, entered, faults: allFaults(event, body, faults(parsed.error.issues as never)) }
  const trust = await trustOf(c, { ...sentAs(fields), ...(secret ? { secret } : {}) })
  if (!trust.ok) return { ok: false, entered, refusal: trust }
  const outcome = await respondTo(c.env, anonymous, shown.row.id, parsed.data, { secret, mustProve: trust.mustProve })
  if (!outcome.ok)
    return outcome.errors ? { ok: false, entered, faults: outcome.errors } : { ok: false, entered, refusal: outcome }
  const isUnconfirmed = outcome.isNew && outcome.isUnconfirmed
  return { ok: true, manageToken: isUnconfirmed ? null : outcome.manageToken }
}
