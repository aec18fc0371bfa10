/** What a group did in a period, read from its calendar, its members, its answers and its talks. */
import type { Db } from '../db/db.ts'
import { isSeries } from '../events/occurrences.ts'
import { eventOf } from '../events/row.ts'
import { type Dated, readDates } from '../events/upcoming.ts'
import type { GroupRow } from '../groups/queries.ts'
import { readKept, readOpenActions, readUncounted } from '../minutes/queries.ts'
import { countedOf, linksOf, type Present } from '../minutes/rules.ts'
import { readTalks } from '../talks/list.ts'
import type { FullTalk } from '../talks/queries.ts'
import { toInstant, toIso } from '../time/zone.ts'
import type { Access } from '../tokens/access.ts'
import { readAttendance, readMembership } from './queries.ts'
import { dayAfter, type Period, periodBefore } from './rules.ts'

const DATES_MAX = 1000
const TALKS_MAX = 200
const ACTIONS_MAX = 100
/** How far after its end a report looks, and how many things it names. */
const AHEAD_SECONDS = 120 * 86_400
const COMING_MAX = 20
const KINDS = ['meeting', 'hangout', 'meetup', 'talk', 'stream', 'conference'] as const

export type Held = {
  event: string
  recurrenceId: string
  title: string
  start: string
  timeZone: string | null
  startsAt: number
  isCancelled: boolean
  reason: string | null
  minutes: { url: string | null } | null
  recording: string | null
  slides: string | null
  /** How many said in chat that they are there. */
  attended: number
  seats: number
  came: number
}
export type Given = Pick<FullTalk, 'slug' | 'title' | 'conferenceTitle' | 'startsAt'> & {
  speakers: string[]
  slides: string | null
  recording: string | null
}
export type Counts = {
  members: number
  joined: number
  talks: number
  minutes: number
  seats: number
  came: number
} & { [K in (typeof KINDS)[number]]: number }
export type Report = Awaited<ReturnType<typeof makeReport>>

const spanOf = ({ from, to }: Period, zone: string) => ({
  start: toInstant(`${from}T00:00:00`, zone),
  end: toInstant(`${dayAfter(to)}T00:00:00`, zone),
})

/** The report of a group: what was, beside the same length of time before, and what is still missing. */
export async function makeReport(db: Db, access: Access, group: GroupRow, period: Period, now: number) {
  const before = periodBefore(period)
  const { end } = spanOf(period, group.timeZone)
  const [this_, last, upcoming, coming, actions] = await Promise.all([
    gather(db, access, group, period, now),
    gather(db, access, group, before, now),
    talksFrom(db, access, group.slug, end),
    datesFrom(db, access, group, end),
    readOpenActions(db, group.id, ACTIONS_MAX),
  ])
  return {
    group: { slug: group.slug, name: group.name },
    period,
    ...this_,
    upcoming,
    coming,
    actions: actions.map(({ text, owner, eventId, occurrence, title }) => ({
      text,
      owner,
      of: title,
      path: `/e/${eventId}/${occurrence}`,
    })),
    before: { ...before, counts: last.counts },
  }
}

async function gather(db: Db, access: Access, group: GroupRow, period: Period, now: number) {
  const { start, end } = spanOf(period, group.timeZone)
  const [membership, dates, given] = await Promise.all([
    readMembership(db, group.id, period.from, period.to),
    readDates(db, access, { groupId: group.id, from: start, to: end }, DATES_MAX),
    talksBetween(db, access, group.slug, start, end),
  ])
  const begun = dates.filter(({ occurrence }) => occurrence.startsAt >= start)
  const held = await withRecords(db, group.id, begun)
  const count = (kind: string) => held[kind]?.filter(({ isCancelled }) => !isCancelled).length ?? 0
  const counts = {
    members: membership.total,
    joined: membership.counts.joined,
    talks: given.length,
    ...sumsOf(Object.values(held).flat()),
    ...(Object.fromEntries(KINDS.map((kind) => [kind, count(kind)])) as Pick<Counts, (typeof KINDS)[number]>),
  } satisfies Counts
  return { membership, held, given, counts, missing: missingOf(held, given, now) }
}

/** How many dates have minutes, how many had a place and how many were there, over all kinds. */
const sumsOf = (all: Held[]) => ({
  minutes: all.filter(({ minutes }) => minutes !== null).length,
  seats: all.reduce((sum, { seats }) => sum + seats, 0),
  came: all.reduce((sum, { came, attended }) => sum + Math.max(came, attended), 0),
})

async function withRecords(db: Db, groupId: string, dates: Dated[]): Promise<{ [kind: string]: Held[] }> {
  const ids = [...new Set(dates.map(({ event }) => event.id))]
  const [records, attendance, hidden] = await Promise.all([
    readKept(db, ids),
    readAttendance(db, ids),
    readUncounted(db, groupId),
  ])
  const uncounted = new Set(hidden.map(({ nick }) => nick))
  const held: { [kind: string]: Held[] } = {}
  for (const { event, occurrence } of dates) {
    const input = eventOf(event)
    const record = records.find((one) => one.eventId === event.id && one.occurrence === occurrence.recurrenceId)
    const of = isSeries(input) ? ['', occurrence.recurrenceId] : ['']
    const counted = attendance.filter((one) => one.eventId === event.id && of.includes(one.occurrence))
    const own = attendance.find((one) => one.eventId === event.id && one.occurrence === of.at(-1))
    const links = linksOf(input, occurrence)
    held[event.kind] ??= []
    held[event.kind]!.push({
      event: event.id,
      recurrenceId: occurrence.recurrenceId,
      title: occurrence.title,
      start: occurrence.start,
      timeZone: input.timeZone,
      startsAt: occurrence.startsAt,
      isCancelled: event.status === 'cancelled' || occurrence.status === 'cancelled',
      reason: occurrence.override.reason ?? input.reason ?? null,
      minutes: record?.minutes ? { url: record.url } : null,
      recording: linkOf(links, 'recording'),
      slides: linkOf(links, 'slides'),
      attended: record ? countedOf(JSON.parse(record.attended) as Present[], uncounted).length : 0,
      seats: counted.reduce((sum, { seats }) => sum + seats, 0),
      came: own?.came ?? 0,
    })
  }
  return held
}

const linkOf = (links: { href: string; rel?: string | undefined }[], rel: string): string | null =>
  links.find((one) => one.rel === rel)?.href ?? null

type Resource = { type: string; url: string }

function givenOf({ slug, title, conferenceTitle, startsAt, speakers, resources }: FullTalk): Given {
  const all = JSON.parse(resources) as Resource[]
  const first = (type: string) => all.find((one) => one.type === type)?.url ?? null
  const names = (JSON.parse(speakers) as { name: string }[]).map(({ name }) => name)
  return {
    slug,
    title,
    conferenceTitle,
    startsAt,
    speakers: names,
    slides: first('slides'),
    recording: first('recording'),
  }
}

/** The talks of a group that began in a window, in order. */
async function talksBetween(db: Db, access: Access, group: string, start: number, end: number): Promise<Given[]> {
  const rows = await readTalks(db, access, { group }, { limit: TALKS_MAX, after: { value: end, key: 0 } })
  return rows
    .filter(({ startsAt, status }) => startsAt >= start && status !== 'cancelled')
    .map(givenOf)
    .reverse()
}

export type Coming = {
  title: string
  kind: string
  start: string
  timeZone: string | null
  startsAt: number
  path: string
}

/** What people travel for: not the regular meetings. */
const COMING_KINDS = ['meetup', 'conference', 'stream']

/** The dates of the months after a period that are worth a word in it. */
async function datesFrom(db: Db, access: Access, group: GroupRow, start: number): Promise<Coming[]> {
  const window = { groupId: group.id, kinds: COMING_KINDS, from: start, to: start + AHEAD_SECONDS }
  const dates = await readDates(db, access, window, COMING_MAX)
  return dates
    .filter(({ occurrence }) => occurrence.startsAt >= start && occurrence.status !== 'cancelled')
    .map(({ event, occurrence: { title, start: at, startsAt, recurrenceId } }) => {
      return {
        title,
        kind: event.kind,
        start: at,
        timeZone: event.timeZone,
        startsAt,
        path: `/e/${event.id}/${recurrenceId}`,
      }
    })
}

/** The talks that are to come, the next first. */
async function talksFrom(db: Db, access: Access, group: string, start: number): Promise<Given[]> {
  const rows = await readTalks(db, access, { group }, { limit: TALKS_MAX })
  return rows
    .filter(({ startsAt, status }) => startsAt >= start && startsAt < start + AHEAD_SECONDS && status !== 'cancelled')
    .map(givenOf)
    .reverse()
    .slice(0, COMING_MAX)
}

export type Missing = { what: 'minutes' | 'slides' | 'recording'; of: string; when: string; path: string }

/** What was held or given, and has no record yet. */
function missingOf(held: { [kind: string]: Held[] }, given: Given[], now: number): Missing[] {
  const meetings = (held.meeting ?? []).filter(
    ({ isCancelled, minutes, startsAt }) => !isCancelled && minutes === null && startsAt < now,
  )
  const streams = (held.stream ?? []).filter(
    ({ isCancelled, recording, startsAt }) => !isCancelled && recording === null && startsAt < now,
  )
  return [
    ...streams.map(({ event, recurrenceId, title, startsAt }): Missing => {
      return { what: 'recording', of: title, when: toIso(startsAt).slice(0, 10), path: `/e/${event}/${recurrenceId}` }
    }),
    ...meetings.map(({ event, recurrenceId, title, startsAt }): Missing => {
      return { what: 'minutes', of: title, when: toIso(startsAt).slice(0, 10), path: `/e/${event}/${recurrenceId}` }
    }),
    ...given.flatMap(({ slug, title, startsAt, slides, recording }) => {
      const at = { of: title, when: toIso(startsAt).slice(0, 10), path: `/talks/${slug}` }
      return [
        ...(slides === null ? [{ what: 'slides' as const, ...at }] : []),
        ...(recording === null ? [{ what: 'recording' as const, ...at }] : []),
      ]
    }),
  ]
}
