/** Takes in the log of a meeting: reads it, finds its date, and writes the record of that date anew from all its logs. */
import { sql } from 'drizzle-orm'
import { assertThat, columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { type EventOfGroup, findEvent } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import { readDates } from '../events/upcoming.ts'
import { logs } from '../minutes/tables.ts'
import { writeRecord } from '../minutes/update-record.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import type { Access } from '../tokens/access.ts'
import { withoutAddresses } from './decode.ts'
import { readLog } from './formats/index.ts'
import { factsOf, type LogFile, type Meeting } from './log.ts'
import { AROUND_SECONDS, type Candidate, matchMeeting } from './match.ts'
import { mergeMeetings, minutesText } from './merge.ts'
import { findLogByHash, type KnownLog, readLogsOf } from './queries.ts'

export type GivenLog = LogFile & { text: string; url: string | null }
export type TakenLog = {
  ok: true
  /** `known`: the same log was taken in before, and nothing was done. */
  status: 'taken' | 'known'
  event: string
  recurrenceId: string
}

const everything: Access = { kind: 'everything' }
/** A value of D1 has at most 2 MB. */
const BYTES_MAX = 1_500_000
const LOGS_MAX = 20
const TRIES = 5

/**
 * Takes in a log of a group. The same log twice is once, and in whatever order logs come, the record is the same.
 *
 * Refuses what no format reads, what is of no date of the group, of one that was called off or of another team (`invalid`,
 * with the place), a text that is too long, and the twenty-first log of a date.
 */
export async function takeLog(
  deps: Deps,
  group: { id: string },
  teams: string[],
  given: GivenLog,
): Promise<TakenLog | Refused> {
  const text = withoutAddresses(given.text.replace(/\0/g, '')).toWellFormed()
  if (new TextEncoder().encode(text).length > BYTES_MAX) return refused('too_large', 'A log has at most 1.5 MB.')
  const hash = await sha256(text)
  const read = readLog(text, given)
  if (!read.ok) return invalid({ path: read.path, message: read.message })
  for (let tries = 1; tries <= TRIES; tries++) {
    const known = await findLogByHash(deps.db, group.id, hash)
    if (known) return { ok: true, status: 'known', event: known.eventId, recurrenceId: known.occurrence }
    const found = await dateOf(deps, group, teams, given, read.meetings)
    if ('reason' in found) return found
    const outcome = await write(deps, group, found, { ...given, text, hash })
    if (outcome.ok || outcome.reason !== 'stale') return outcome
  }
  return refused('busy')
}

type Found = { candidate: Candidate; meetings: Meeting[] }

/** The date that the most of it is of, with those of its meetings that are. */
async function dateOf(
  deps: Deps,
  group: { id: string },
  teams: string[],
  file: LogFile,
  meetings: Meeting[],
): Promise<Found | Refused> {
  const starts = meetings.map(({ startedAt }) => startedAt)
  const [from, to] = [Math.min(...starts) - AROUND_SECONDS, Math.max(...starts) + AROUND_SECONDS]
  const dated = await readDates(deps.db, everything, { groupId: group.id, from, to }, 500)
  const candidates = dated.map(({ event, occurrence }) => ({ id: event.id, event: eventOf(event), date: occurrence }))
  const matched = meetings.map((meeting) => ({ meeting, match: matchMeeting(meeting, file, teams, candidates) }))
  const hits = matched.flatMap(({ meeting, match }) => (match.ok ? [{ meeting, candidate: match.candidate }] : []))
  const most = hits.sort((a, b) => b.meeting.lines - a.meeting.lines)[0]
  if (!most) {
    const why = matched.flatMap(({ match }) => (match.ok ? [] : [{ path: match.path, message: match.message }]))
    return invalid(...why.slice(0, 1))
  }
  const own = hits.filter(
    ({ candidate: { id, date } }) => id === most.candidate.id && date.recurrenceId === most.candidate.date.recurrenceId,
  )
  return { candidate: most.candidate, meetings: own.map(({ meeting }) => meeting) }
}

async function write(
  deps: Deps,
  group: { id: string },
  { candidate, meetings }: Found,
  log: GivenLog & { hash: string },
): Promise<TakenLog | Refused> {
  const { original, recurrenceId } = candidate.date
  const row = await findEvent(deps.db, candidate.id, everything)
  if (!row || row.deletedAt !== null) return refused('stale')
  const known = await readLogsOf(deps.db, row.id, recurrenceId)
  if (known.length >= LOGS_MAX)
    return invalid({ path: 'text', message: `is one too many: a date has ${LOGS_MAX} logs at most` })
  const file = { name: factsOf(log.path).name ?? 'log', url: log.url, meeting: JSON.stringify(meetings) }
  const whole = mergeMeetings([...known, file].flatMap(({ meeting }) => JSON.parse(meeting) as Meeting[]))
  const here = sql`event_id = ${row.id} AND occurrence = ${recurrenceId}`
  const stored = {
    ...file,
    groupId: group.id,
    eventId: row.id,
    occurrence: recurrenceId,
    hash: log.hash,
    startedAt: Math.min(...meetings.map(({ startedAt }) => startedAt)),
    text: log.text,
    receivedAt: deps.now(),
  }
  const text = minutesText(whole)
  const outcome = await writeRecord(
    deps,
    row,
    { original, recurrenceId },
    {
      ...whole,
      actions: whole.actions.map((one) => ({ ...one, done: false })),
      ...(text === '' ? {} : { minutes: { text, url: linksOf([...known, file]).minutes ?? null } }),
      links: logLinks(deps, row, recurrenceId, [...known, file]),
      isFromLog: true,
      also: [
        assertThat(sql`(SELECT count(*) FROM ${logs} WHERE ${here}) = ${known.length}`),
        sql`INSERT INTO ${logs} (${columnNames(logs)}) SELECT ${values(logs, { ...stored, key: sql`NULL` })}`,
      ],
    },
  )
  return outcome.ok ? { ok: true, status: 'taken', event: row.id, recurrenceId } : outcome
}

/** Where they stand elsewhere: web pages before texts, whichever came first. */
function linksOf(all: KnownLog[]): { log?: string; minutes?: string } {
  const urls = all.flatMap(({ url }) => (url ? [url] : [])).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  const log = urls.find((url) => /\.log\.(txt|html)$/.test(url)) ?? urls.find((url) => !/\.(txt|html)$/.test(url))
  const minutes = urls.find((url) => /(?<!\.log)\.(txt|html)$/.test(url))
  return { ...(log ? { log } : {}), ...(minutes ? { minutes } : {}) }
}
const rank = (url: string): number => Number(!url.endsWith('.html'))

/** What calendars link to: the log where it stands, else ours; a link that somebody wrote stays. */
function logLinks(deps: Deps, row: EventOfGroup, recurrenceId: string, all: KnownLog[]) {
  const { log, minutes } = linksOf(all)
  const ours = `${deps.baseUrl}/e/${row.id}/${recurrenceId}/log`
  return {
    log: { href: log ?? ours, title: 'Log' },
    ...(minutes ? { minutes: { href: minutes, title: 'Minutes' } } : {}),
  }
}
