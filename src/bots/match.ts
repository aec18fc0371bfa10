/** Which date a meeting was of: by its name and its room, and by when it began. Pure. */
import type { Occurrence } from '../events/occurrences.ts'
import type { EventInput } from '../events/schema.ts'
import { toIso } from '../time/zone.ts'
import { factsOf, type LogFile, type Meeting } from './log.ts'

export type Candidate = { id: string; event: EventInput; date: Occurrence }
export type Matched = { ok: true; candidate: Candidate } | { ok: false; path: string; message: string }

/** People are early by so much, and late by so much after the end. */
const EARLY_SECONDS = 3600
const LATE_SECONDS = 2 * 3600
/** How far around a start to look for dates. */
export const AROUND_SECONDS = 12 * 3600

/** `#CentOS-Hyperscale:fedoraproject.org`, `hyperscale_sig` and `Hyperscale SIG` as they are compared. */
export const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^[#&!@]+/, '')
    .replace(/:[\w.-]+$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')

/** The names that a meeting goes by, and the rooms and folders it was in. */
function namesOf(meeting: Meeting, file: LogFile): { names: string[]; rooms: string[] } {
  const { name, folders } = factsOf(file.path)
  const rooms = [meeting.channel, file.channel].flatMap((one) => (one ? [keyOf(one)] : []))
  const names = [meeting.name, name]
    .flatMap((one) => (one ? [keyOf(one)] : []))
    .filter((one) => one !== '' && !rooms.includes(one))
  return { names: [...new Set(names)], rooms: [...new Set([...rooms, ...folders.map(keyOf)])] }
}

/** The rooms of an event, as they are compared. */
const roomsOf = ({ event, date }: Candidate): string[] =>
  (date.override.virtualLocations ?? event.virtualLocations).flatMap(({ name = '', uri }) => {
    const inUri = decodeURIComponent(uri.replace(/%(?![0-9a-f]{2})/gi, '')).match(/[#/]([\w#.!-]+)(?::[\w.-]+)?$/)?.[1]
    const inName = name.match(/#[\w.-]+/g) ?? []
    return [inUri, ...inName].flatMap((one) => (one ? [keyOf(one)] : []))
  })

type Verdict = 'same' | 'other' | 'unknown'

const isAlike = (a: string, b: string) => a === b || a.startsWith(`${b}-`) || b.startsWith(`${a}-`)

/** Who says how its meetings are called means no other; one that nobody named is named after its room (`here`). */
function nameVerdict({ bot, title }: EventInput, names: string[], rooms: string[], here: string[]): Verdict {
  const own = [bot?.meeting, title].flatMap((one) => (one ? [keyOf(one)] : []))
  if (names.some((name) => own.some((one) => isAlike(name, one))) || rooms.some((room) => own.includes(room)))
    return 'same'
  return bot?.meeting && names.some((name) => !here.includes(name)) ? 'other' : 'unknown'
}

function roomVerdict(candidate: Candidate, rooms: string[]): Verdict {
  return roomsOf(candidate).some((one) => rooms.includes(one)) ? 'same' : 'unknown'
}

/** The date a meeting was of; in words why it was of none. `teams` are the folders, rooms and names of the group, if it said so. */
export function matchMeeting(meeting: Meeting, file: LogFile, teams: string[], candidates: Candidate[]): Matched {
  const { names, rooms } = namesOf(meeting, file)
  const when = `${toIso(meeting.startedAt).slice(0, 16).replace('T', ' ')} UTC`
  const allowed = teams.map(keyOf)
  const isOurs = allowed.length > 0 && [...names, ...rooms].some((one) => allowed.includes(one))
  if (allowed.length > 0 && !isOurs)
    return {
      ok: false,
      path: 'path',
      message: `is of another team: ${[...names, ...rooms].join(', ') || 'nothing says which'}`,
    }
  const near = candidates.filter(
    ({ date }) => meeting.startedAt >= date.startsAt - EARLY_SECONDS && meeting.startedAt <= date.endsAt + LATE_SECONDS,
  )
  if (near.length === 0) return { ok: false, path: 'started', message: `is ${when}, and the group has no date then` }
  const fitting = near
    .map((candidate) => {
      const [name, room] = [
        nameVerdict(candidate.event, names, rooms, roomsOf(candidate)),
        roomVerdict(candidate, rooms),
      ]
      return { candidate, name, room, away: Math.abs(meeting.startedAt - candidate.date.startsAt) }
    })
    .filter(({ name, room }) => name !== 'other' && (isOurs || name === 'same' || room === 'same'))
    .sort((a, b) => rank(b) - rank(a) || a.away - b.away)
  const held = fitting.find(({ candidate }) => candidate.date.status !== 'cancelled')
  if (held) return { ok: true, candidate: held.candidate }
  if (fitting.length > 0) return { ok: false, path: 'started', message: `is ${when}, and that date was called off` }
  const said = [...names, ...rooms].join(', ') || 'nothing'
  return { ok: false, path: 'path', message: `is of another team or room (${said}) than what the group has at ${when}` }
}

const rank = ({ name, room, candidate }: { name: Verdict; room: Verdict; candidate: Candidate }): number =>
  (name === 'same' ? 4 : 0) + (room === 'same' ? 2 : 0) + (candidate.event.kind === 'meeting' ? 1 : 0)
