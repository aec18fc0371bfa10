import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { waitOnFullDates } from '../events/full-dates.ts'
import { type Cause, promoteWaiting } from '../events/promote.ts'
import { type Answers, limitedOptions } from '../events/questions.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import type { EventInput } from '../events/schema.ts'
import { fromDateAt } from '../events/seats.ts'
import { languageOf } from '../languages/index.ts'
import { invalid, type Refused } from '../outcome.ts'
import { capabilityWith, isCapability } from '../tokens/capability.ts'
import { type Ask, isDecided, type Needs } from './places.ts'
import type { RsvpRow } from './queries.ts'
import { whyNotStored } from './repeat.ts'
import { type Attendance, capacityOf, faultsOf, occurrenceOf, scopeOf, usualAttendance, whyNotOpen } from './rules.ts'
import { type Place, storeAnswer, type Terms } from './store.ts'

export type Respond = {
  name: string
  email: string
  response: 'accepted' | 'tentative' | 'declined'
  attendance?: Attendance | undefined
  waitsFor?: 'inPerson' | undefined
  guests: number
  answers: Answers
  note: string
  showName?: boolean | undefined
  occurrence?: string | undefined
  language?: string | null | undefined
  timeZone?: string | undefined
}

/** Who answers, and how they came to it. */
export type Asker = {
  /** Whether an organizer answers for somebody: no confirmation, no approval, closed or by invitation or not. */
  isOrganizer: boolean
  /** The invitation whose link was opened. */
  invitationId: string | null
  /** Where it comes from, if not from them. */
  source?: 'file'
  /** Who answers in a chat: there is no address, and mails go nowhere. */
  chat?: string
  /** The secret of the manage token, where a form brought one: the same form sent twice finds its own answer. */
  secret?: string | undefined
  /** Whether their address has to prove itself, whatever the event asks for. */
  mustProve?: boolean
  /** The guest's own answer to all dates, by whose link one date is answered. */
  ofAll?: RsvpRow | undefined
}

export type Responded =
  | { ok: true; isNew: true; rsvp: RsvpRow; manageToken: string; isUnconfirmed: boolean }
  /** The address has answered already: nothing changed, and its owner is sent the link. The token is the asker's own. */
  | { ok: true; isNew: false; manageToken: string | null }
  | Refused

/**
 * One person's answer to an event. The seat is counted and given in one statement, so a full event is never oversold.
 *
 * Refuses what `whyNotOpen` and `faultsOf` refuse, an option without a place, `event_full` where there is no waitlist, and
 * `stale` where the event was changed since `row` was read: read it again and repeat.
 */
export async function respond(deps: Deps, row: EventRow, input: Respond, asker: Asker): Promise<Responded> {
  const made = await makeAnswer(deps, row, input, asker)
  if ('reason' in made) return made
  const { rsvp, ask, terms, secret, manageToken } = made
  const place = await store(deps, row, rsvp, ask, terms)
  const isUnconfirmed = ask.needs === 'confirmation'
  if (place) return { ok: true, isNew: true, rsvp: { ...rsvp, ...place }, manageToken, isUnconfirmed }

  const why = await whyNotStored(deps, rsvp, row.groupId, terms)
  if ('reason' in why) return why
  const own = secret && capabilityWith('rsvp', why.id, secret)
  return { ok: true, isNew: false, manageToken: own && (await isCapability(own, why.manageHash)) ? own : null }
}

/** An answer as it is to be stored, and by which terms; a refusal where the event takes none like it. */
export async function makeAnswer(deps: Deps, row: EventRow, input: Respond, asker: Asker) {
  const event = eventOf(row)
  const occurrence = occurrenceOf(event, input.occurrence)
  const now = deps.now()
  const { isOrganizer, invitationId, ofAll } = asker
  const isInvited = invitationId !== null || ofAll !== undefined
  const closed = whyNotOpen(row, event, occurrence, now, { isOrganizer, isInvited })
  const skips = ofAll !== undefined && input.response === 'declined'
  if (closed && !(skips && closed.reason.startsWith('rsvp_'))) return closed
  const faults = faultsOf(event, input)
  if (faults.length > 0) return invalid(...faults)

  const id = deps.newId()
  // Only the mail brings the token of an answer that is to be confirmed.
  const needs = needsOf(event, asker)
  const secret = needs === 'confirmation' ? undefined : asker.secret
  const manageToken = capabilityWith('rsvp', id, secret ?? deps.newSecret())
  const attendance = input.attendance ?? (input.waitsFor ? 'remote' : usualAttendance(event))
  const options = input.response === 'accepted' ? limitedOptions(event.rsvp?.questions ?? [], input.answers) : {}
  const rsvp: Omit<RsvpRow, 'rank'> = {
    id,
    eventId: row.id,
    occurrence,
    emailKey: asker.chat ?? input.email.toLowerCase(),
    email: input.email,
    name: input.name,
    response: input.response,
    attendance,
    guests: input.guests,
    place: null,
    position: null,
    answers: JSON.stringify(input.answers),
    note: input.note,
    manageHash: asker.ofAll ? '' : await sha256(manageToken),
    checkedInAt: null,
    createdAt: now,
    updatedAt: now,
    changeId: id,
    waitsFor: input.waitsFor ?? null,
    heldUntil: null,
    confirmedAt: asker.ofAll ? now : null,
    options: Object.keys(options).length > 0 ? JSON.stringify(Object.keys(options)) : null,
    standing: 0,
    standingAttendance: null,
    source: asker.source ?? (isOrganizer ? 'organizer' : 'guest'),
    invitationId,
    showName: Number(input.showName ?? false),
    came: null,
    reason: null,
    purgedAt: null,
    language: languageOf(input.language),
    timeZone: input.timeZone ?? null,
  }
  const ask: Ask = {
    scope: scopeOf(event, occurrence),
    isAccepted: input.response === 'accepted',
    needs,
    waits: input.waitsFor !== undefined && attendance === 'remote',
  }
  const terms: Terms = {
    version: row.changeId,
    capacity: capacityOf(event, attendance),
    room: capacityOf(event, 'inPerson'),
    waitlist: event.rsvp?.waitlist ?? true,
    options,
    insider: isOrganizer || ofAll !== undefined,
    ofAll: ofAll?.id ?? null,
  }
  return { rsvp, ask, terms, secret, manageToken }
}

/** One statement, or one batch where places must first fall free or other answers are concerned. */
async function store(deps: Deps, row: EventRow, rsvp: Omit<RsvpRow, 'rank'>, ask: Ask, terms: Terms) {
  const answer = storeAnswer(rsvp, ask, terms)
  const { id, createdAt: now, occurrence } = rsvp
  const promote = (cause: Cause, only?: { occurrence: string; by: string }) =>
    promoteWaiting({
      event: { ...row, isSeries: ask.scope !== 'event' },
      changeId: deps.newId(),
      now,
      cause,
      ...(only ? { only } : {}),
    })
  const before = row.rsvpConfirmation === 'email' ? promote('hold-expired') : []
  const concerned = () => {
    // It may need fewer seats than the guest's answer to every date.
    if (ask.scope === 'date' && isDecided(ask)) return promote('answer-changed', { occurrence, by: id })
    const mayFillDates = ask.scope === 'series' && ask.isAccepted && ask.needs === 'nothing'
    return mayFillDates ? [waitOnFullDates(id, deps.newId(), now, fromDateAt(now))] : []
  }
  const others = concerned()
  if (before.length + others.length === 0) return (await deps.db.all(answer))[0]
  const rows = await deps.db.batch([...before, answer, ...others])
  return (rows[before.length] as Place[])[0]
}

const needsOf = ({ rsvp }: EventInput, { isOrganizer, ofAll, mustProve }: Asker): Needs => {
  if (isOrganizer) return 'nothing'
  // Its link proves the address, and who is in on all dates is approved.
  if (ofAll) return rsvp?.approval && ofAll.place !== 'seat' && ofAll.place !== 'waitlist' ? 'approval' : 'nothing'
  return mustProve || rsvp?.confirmation === 'email' ? 'confirmation' : rsvp?.approval ? 'approval' : 'nothing'
}
