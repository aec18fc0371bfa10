/** A conference as the c3voc schedule has it (https://c3voc.de/wiki/schedule): days, rooms, events. XML and JSON share it. */
import { endOf } from '../time/duration.ts'
import { toInstant, toIso, toLocal, toOffsetString } from '../time/zone.ts'
import { speakersIn } from './json.ts'
import { guidOf, numberOf, sourceNumber, uuidOf } from './numbers.ts'
import type { ConferenceRow, FullTalk } from './queries.ts'
import { resourcesOf } from './update.ts'

export type ScheduledEvent = ReturnType<typeof eventOf>
export type ScheduledDay = {
  index: number
  date: string
  start: string
  end: string
  rooms: { name: string; events: ScheduledEvent[] }[]
}
export type Schedule = {
  version: string
  title: string
  acronym: string
  start: string | null
  end: string | null
  timeZone: string
  website: string | null
  url: string
  days: ScheduledDay[]
}

/** What the format can say of a conference. Talks nobody knows the time of have no day, and are left out. */
export function scheduleOf(
  baseUrl: string,
  conference: ConferenceRow,
  talks: FullTalk[],
  personIds: Map<string, string>,
): Schedule {
  const zone = conference.timeZone
  // The format has no word for a talk that was called off: it is not in the schedule any more.
  const timed = talks.filter(({ startsLocal, status }) => startsLocal !== null && status !== 'cancelled')
  const guids = new Set<string>()
  const events = timed.map((talk) => {
    const event = eventOf(baseUrl, talk, zone, personIds)
    // Two talks of a source may have one guid, in its schedule no two: the later keeps ours.
    if (guids.has(event.guid)) event.guid = uuidOf(talk.id)
    guids.add(event.guid)
    return event
  })
  const dates = [...new Set(events.map(({ day }) => day))].sort()
  // The format wants one day at least.
  const shown = dates.length > 0 ? dates : conference.startsOn ? [conference.startsOn] : []
  const known = JSON.parse(conference.rooms) as string[]
  return {
    // Of the rows, never of the clock: the same data gives the same bytes.
    version: toIso(Math.max(conference.updatedAt, ...talks.map(({ updatedAt }) => updatedAt))),
    title: conference.title,
    acronym: acronymOf(conference),
    start: conference.startsOn ?? dates[0] ?? null,
    end: conference.endsOn ?? dates.at(-1) ?? null,
    timeZone: zone,
    website: conference.sourceUrl,
    url: `${baseUrl}/conferences/${conference.slug}`,
    days: shown.map((date, at) => dayOf(at + 1, date, zone, events, known)),
  }
}

function dayOf(index: number, date: string, zone: string, all: ScheduledEvent[], known: string[]): ScheduledDay {
  const events = all.filter(({ day }) => day === date)
  const midnight = toInstant(`${date}T00:00:00`, zone)
  const names = new Set(events.map(({ room }) => room))
  const inOrder = [...known.filter((name) => names.delete(name)), ...[...names].sort()]
  return {
    index,
    date,
    start: toOffsetString(Math.min(...events.map(({ startsAt }) => startsAt), ...(events[0] ? [] : [midnight])), zone),
    end: toOffsetString(Math.max(...events.map(({ endsAt }) => endsAt), ...(events[0] ? [] : [midnight])), zone),
    rooms: inOrder.map((name) => ({ name, events: events.filter(({ room }) => room === name) })),
  }
}

function eventOf(baseUrl: string, talk: FullTalk, zone: string, personIds: Map<string, string>) {
  const ownZone = talk.timeZone ?? zone
  const startsAt = toInstant(talk.startsLocal!, ownZone)
  const endsAt = talk.duration ? endOf(talk.startsLocal!, ownZone, talk.duration) : startsAt
  const local = toLocal(startsAt, zone)
  const resources = resourcesOf(talk)
  const isFile = ({ type }: { type: string }) => type === 'slides' || type === 'paper'
  return {
    id: numberOf(talk),
    guid: guidOf(talk),
    day: local.slice(0, 10),
    startsAt,
    endsAt,
    date: toOffsetString(startsAt, zone),
    start: local.slice(11, 16),
    duration: hoursAndMinutes(endsAt - startsAt),
    room: talk.room ?? '',
    slug: talk.slug,
    title: talk.title,
    subtitle: talk.subtitle,
    track: talk.track ?? '',
    type: talk.type ?? '',
    language: talk.language,
    licence: talk.licence ?? '',
    doNotRecord: talk.doNotRecord === 1,
    abstract: talk.abstract,
    description: talk.description,
    url: talk.sourceUrl ?? `${baseUrl}/talks/${talk.slug}`,
    persons: speakersIn(talk).map(({ slug, name }) => ({ id: sourceNumber(personIds.get(slug) ?? null), name })),
    attachments: resources.filter(isFile),
    links: resources.filter((one) => !isFile(one)),
  }
}

const two = (n: number) => String(n).padStart(2, '0')
const hoursAndMinutes = (seconds: number) =>
  `${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}`

/** Four characters at least, of a small alphabet; the slug where the conference's own does not fit. */
const acronymOf = ({ acronym, slug }: ConferenceRow): string =>
  [acronym ?? '', slug].find((one) => /^[a-z0-9_-]{4,}$/.test(one)) ?? `conf-${slug}`
