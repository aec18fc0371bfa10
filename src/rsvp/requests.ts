/** What the routes and pages of answers share: finding the answer of a request and who is asking. */
import { type EventOfGroup, findEvent } from '../events/queries.ts'
import type { AppContext } from '../http/app-env.ts'
import { capabilityOf } from '../http/auth.ts'
import { type Refused, refused } from '../outcome.ts'
import type { Access } from '../tokens/access.ts'
import { organizes } from '../tokens/access.ts'
import { idOfCapability, isCapability } from '../tokens/capability.ts'
import { findRsvp, type RsvpRow } from './queries.ts'
import { type Respond, type Responded, respond } from './respond.ts'

/** A guest may see the event of an answer that is theirs, whatever group it is in. */
const everything: Access = { kind: 'everything' }

export type Found = { ok: true; rsvp: RsvpRow; event: EventOfGroup } | Refused

/** The answer that a manage token is for. Unknown, malformed and foreign tokens are all the same: not found. */
export async function rsvpOfToken(c: AppContext, token: string): Promise<Found> {
  const id = idOfCapability('rsvp', token)
  const rsvp = id === null ? undefined : await findRsvp(c.env.db, id)
  if (!rsvp || !(await isCapability(token, rsvp.manageHash))) return refused('not_found')
  const event = await findEvent(c.env.db, rsvp.eventId, everything)
  return event ? { ok: true, rsvp, event } : refused('not_found')
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
  return rsvp && event && organizes(c.get('access'), event.groupId) ? { ok: true, rsvp, event } : refused('not_found')
}

/** How often an answer is tried again when the event is being changed at the same time. */
const TRIES = 3

/** Answers the event as it stands: where it was changed between reading and writing, the new one is answered. */
export async function respondToCurrent(c: AppContext, event: EventOfGroup, input: Respond): Promise<Responded> {
  let current: EventOfGroup | undefined = event
  for (let tries = 1; current; tries++) {
    const outcome = await respond(c.env, current, input)
    if (outcome.ok || outcome.reason !== 'stale') return outcome
    if (tries === TRIES) return refused('busy')
    current = await findEvent(c.env.db, event.id, everything)
  }
  return refused('not_found')
}
