/** What the routes and pages of answers share: finding the answer of a request and who is asking. */
import type { Db } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { type EventOfGroup, findEvent } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import type { AppContext } from '../http/app-env.ts'
import { capabilityOf, isAllowed } from '../http/auth.ts'
import { type Refused, refused } from '../outcome.ts'
import { type Access, may } from '../tokens/access.ts'
import { idOfCapability, isCapability } from '../tokens/capability.ts'
import { type ChangeRsvp, type Changer, changeRsvp } from './change.ts'
import { findFeedback } from './feedback.ts'
import { invitationOf } from './invite.ts'
import { historyJson, rsvpJson } from './json.ts'
import { proveAddress } from './prove.ts'
import { findRsvp, isLinkOf, type RsvpRow, readHistory, readTheirs } from './queries.ts'
import { type Asker, type Respond, type Responded, respond } from './respond.ts'
import { occurrenceOf, scopeOf, whyNotOnDate } from './rules.ts'

/** A guest may see the event of an answer that is theirs, whatever group it is in. */
export const everything: Access = { kind: 'everything' }

export type Found = { ok: true; rsvp: RsvpRow; event: EventOfGroup; isByMail?: boolean } | Refused

/** The answer that a manage token is for. Unknown, malformed and foreign tokens are all the same: not found. */
export async function rsvpOfToken(c: AppContext, token: string): Promise<Found> {
  const id = idOfCapability('rsvp', token)
  const rsvp = id === null ? undefined : await findRsvp(c.env.db, id)
  if (!rsvp) return refused('not_found')
  // The token that was given with the answer, or one that a mail brought later.
  const isByMail = !(await isCapability(token, rsvp.manageHash))
  if (isByMail && !(await isLinkOf(c.env.db, rsvp.id, token))) return refused('not_found')
  const event = await findEvent(c.env.db, rsvp.eventId, everything)
  return event ? { ok: true, rsvp, event, isByMail } : refused('not_found')
}

/** The answer with this id, for its guest or an organizer of its group; for everybody else there is none. */
export async function rsvpForCaller(c: AppContext, id: string): Promise<Found> {
  const token = capabilityOf(c, 'rsvp')
  if (token !== undefined) {
    const found = await rsvpOfToken(c, token)
    return found.ok && found.rsvp.id === id ? found : refused('not_found')
  }
  if (c.get('access').kind === 'anonymous') return refused('unauthorized')
  const rsvp = await findRsvp(c.env.db, id)
  const event = rsvp && (await findEvent(c.env.db, rsvp.eventId, everything))
  return rsvp && event && isAllowed(c, event.groupId) ? { ok: true, rsvp, event } : refused('not_found')
}

/** All that is kept of a guest at an event. */
export async function exportOf(db: Db, { rsvp, event }: Extract<Found, { ok: true }>) {
  const theirs = await readTheirs(db, rsvp)
  const history = await readHistory(db, { of: rsvp })
  const said = await Promise.all(theirs.map(({ id }) => findFeedback(db, id)))
  return {
    event: event.id,
    rsvps: theirs.map(rsvpJson),
    history: history.map(historyJson),
    feedback: said.filter((text) => text !== null),
  }
}

/** Who changes an answer: its guest, or an organizer who has no token of the guest. */
export const changerOf = (c: AppContext, { event }: Extract<Found, { ok: true }>): Changer => ({
  isOrganizer: isAllowed(c, event.groupId),
})

/** The same for organizers only. */
export async function rsvpForOrganizer(c: AppContext, id: string): Promise<Found> {
  const found = await rsvpForCaller(c, id)
  return found.ok && !isAllowed(c, found.event.groupId) ? refused('forbidden') : found
}

/** How often it is tried again when the event is being changed at the same time. */
const TRIES = 3
/** Of one guest in several windows, too. */
const DATE_TRIES = 10

/** Events as they were last answered: an answer that finds a newer version in the database reads it and comes again. */
const known = new WeakMap<Db, Map<string, EventOfGroup>>()
const KNOWN_MAX = 200

function remember(db: Db, event: EventOfGroup): void {
  const events = known.get(db)
  if (events && events.size < KNOWN_MAX) events.set(event.id, event)
  else known.set(db, new Map([[event.id, event]]))
}

type Answer = Respond & { invitation?: string | undefined }

/**
 * Answers an event as it stands. What was read for the answer before is tried first, since the statement that gives the
 * seat asks for the version and for who may see it; where that refuses for any reason, the event is read.
 */
export async function respondTo(
  deps: Deps,
  access: Access,
  id: string,
  { invitation, ...answer }: Answer,
  { secret, mustProve = false }: Pick<Asker, 'secret' | 'mustProve'> = {},
): Promise<Responded> {
  const to = async (event: EventOfGroup): Promise<Responded> =>
    respond(deps, event, answer, {
      isOrganizer: may(access, 'guests', event.groupId),
      invitationId: invitation ? await invitationOf(deps.db, event.id, invitation) : null,
      secret,
      mustProve,
    })
  const before = known.get(deps.db)?.get(id)
  const first = before && (await to(before))
  if (first?.ok) return first
  for (let tries = 1; tries <= TRIES; tries++) {
    const event = await findEvent(deps.db, id, access)
    if (!event) return refused('not_found')
    if (event.deletedAt !== null || event.groupDeletedAt !== null) return refused('gone')
    remember(deps.db, event)
    const outcome = await to(event)
    if (outcome.ok || outcome.reason !== 'stale') return outcome
  }
  return refused('busy')
}

/**
 * Changes an answer as it stands, by the event as it stands: where either was changed meanwhile, both are read again.
 *
 * @param follows whether the answer may have changed: not for who said which version they mean
 */
export async function changeToCurrent(
  c: AppContext,
  { rsvp, event, isByMail }: Extract<Found, { ok: true }>,
  patch: ChangeRsvp,
  changer?: Changer,
  follows = true,
): ReturnType<typeof changeRsvp> {
  if (isByMail) await proveAddress(c.env, rsvp)
  let current: { rsvp: RsvpRow; event: EventOfGroup } = { rsvp, event }
  for (let tries = 1; tries <= TRIES; tries++) {
    const outcome = await changeRsvp(c.env, current.rsvp, current.event, patch, changer)
    if (outcome.ok || outcome.reason !== 'stale') return outcome
    const [newer, of] = [await findRsvp(c.env.db, rsvp.id), await findEvent(c.env.db, event.id, everything)]
    if (!newer || !of || newer.purgedAt !== null) return refused('not_found')
    if (newer.changeId !== rsvp.changeId && !follows) return outcome
    current = { rsvp: newer, event: of }
  }
  return refused('busy')
}

type OnDate = (ofAll: RsvpRow, row: EventOfGroup, occurrence: string) => ReturnType<typeof changeRsvp>

/** Does something to one date of an answer to all dates, as both stand: where they were changed meanwhile, they are read again. */
export async function dateToCurrent(
  c: AppContext,
  { rsvp, event, isByMail }: Extract<Found, { ok: true }>,
  date: string,
  change: OnDate,
): ReturnType<typeof changeRsvp> {
  if (isByMail) await proveAddress(c.env, rsvp)
  if (scopeOf(eventOf(event), rsvp.occurrence) !== 'series') return refused('not_found')
  let [ofAll, row]: [RsvpRow | undefined, EventOfGroup | undefined] = [rsvp, event]
  for (let tries = 1; ofAll && ofAll.purgedAt === null && row; tries++) {
    const occurrence = occurrenceOf(eventOf(row), date)
    const wrong = whyNotOnDate(eventOf(row), occurrence, 0)
    const outcome = wrong ?? (await change(ofAll, row, occurrence))
    if (outcome.ok || outcome.reason !== 'stale' || tries === DATE_TRIES) return outcome
    ofAll = await findRsvp(c.env.db, rsvp.id)
    row = await findEvent(c.env.db, event.id, everything)
  }
  return refused('not_found')
}

/** The address of who opens an answer by the link of a mail: that proves it. The link that was shown after answering does not. */
export async function provenAddress(c: AppContext, token: string): Promise<string | null> {
  const id = idOfCapability('rsvp', token)
  if (id === null || !(await isLinkOf(c.env.db, id, token))) return null
  const rsvp = await findRsvp(c.env.db, id)
  return rsvp && rsvp.email !== '' ? rsvp.emailKey : null
}
