/** The archive as the API gives it. */
import { grouped } from '../grouped.ts'
import { endOf } from '../time/duration.ts'
import { toInstant, toIso, toLocal, toOffsetString } from '../time/zone.ts'
import { type Checked, deadOf, type GapRow } from './gaps.ts'
import type { HandInLink } from './handin.ts'
import { HIT_END, HIT_START } from './marks.ts'
import { clock, recordingAt } from './moments.ts'
import type { ConferenceOfGroup, FullTalk } from './queries.ts'
import type { FoundTalk, Said } from './search.ts'
import type { SpeakerRow } from './speakers.ts'
import { resourcesOf, talkOf } from './update.ts'
import { captionedIn } from './update-captions.ts'

export const conferenceJson = (baseUrl: string, row: ConferenceOfGroup) => ({
  id: row.id,
  slug: row.slug,
  title: row.title,
  acronym: row.acronym,
  description: row.description,
  starts: row.startsOn,
  ends: row.endsOn,
  timeZone: row.timeZone,
  venue: row.venue,
  city: row.city,
  website: row.sourceUrl,
  rooms: JSON.parse(row.rooms) as string[],
  group: row.groupSlug,
  created: toIso(row.createdAt),
  updated: toIso(row.updatedAt),
  url: `${baseUrl}/conferences/${row.slug}`,
})

/** What the talks of a conference make of it: days by its clocks, rooms in the order of its schedule, tracks by name. */
export function programmeJson({ timeZone, rooms }: ConferenceOfGroup, talks: FullTalk[]) {
  const on = talks.filter(({ status }) => status !== 'cancelled')
  const timed = on.flatMap(({ startsLocal, timeZone: own, duration }) => {
    if (startsLocal === null) return []
    const zone = own ?? timeZone
    const start = toInstant(startsLocal, zone)
    return [
      {
        date: toLocal(start, timeZone).slice(0, 10),
        start,
        end: duration ? endOf(startsLocal, zone, duration) : start,
      },
    ]
  })
  const named = (of: (talk: FullTalk) => string | null, known: string[] = []) => {
    const counts = new Map(known.map((name) => [name, 0]))
    for (const name of on.flatMap((talk) => of(talk) ?? []).sort()) counts.set(name, (counts.get(name) ?? 0) + 1)
    return [...counts].map(([name, talks]) => ({ name, talks }))
  }
  return {
    days: [...grouped(timed, ({ date }) => date)].sort().map(([date, ofDay]) => ({
      date,
      start: toOffsetString(Math.min(...ofDay.map(({ start }) => start)), timeZone),
      end: toOffsetString(Math.max(...ofDay.map(({ end }) => end)), timeZone),
      talks: ofDay.length,
    })),
    rooms: named(({ room }) => room, JSON.parse(rooms)),
    tracks: named(({ track }) => track),
  }
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A snippet as HTML: the hits marked, everything else escaped. */
export const snippetHtml = (snippet: string): string =>
  snippet
    .replace(/[&<>"']/g, (char) => ENTITIES[char]!)
    .replaceAll(HIT_START, '<mark>')
    .replaceAll(HIT_END, '</mark>')

/** Who speaks, in a line. */
export const namesIn = (row: FullTalk): string =>
  speakersIn(row)
    .map(({ name }) => name)
    .join(', ')

/** The speakers of a talk, in order. */
export const speakersIn = (row: FullTalk): { slug: string; name: string }[] => JSON.parse(row.speakers)

export const talkJson = (baseUrl: string, row: FullTalk) => ({
  id: row.id,
  slug: row.slug,
  ...talkOf(row),
  startUtc: row.startsLocal === null ? null : toIso(toInstant(row.startsLocal, row.timeZone ?? 'UTC')),
  year: row.year,
  speakers: speakersIn(row),
  captions: captionedIn(row).flatMap((language) =>
    language ? [{ language, url: `${baseUrl}/api/v1/talks/${row.slug}/captions/${language}` }] : [],
  ),
  conference: row.conferenceSlug,
  group: row.groupSlug,
  created: toIso(row.createdAt),
  updated: toIso(row.updatedAt),
  url: `${baseUrl}/talks/${row.slug}`,
})

/** Where it is said, with the page and the recording from there on. */
export const saidJson = (baseUrl: string, row: FullTalk, { second, language, excerpt }: Said) => ({
  second,
  clock: clock(second),
  language,
  snippet: snippetHtml(excerpt),
  url: `${baseUrl}/talks/${row.slug}?t=${second}`,
  recording: recordingAt(resourcesOf(row), second),
})

/** A talk that a search found. */
export const foundJson = (baseUrl: string, row: FoundTalk) => ({
  ...talkJson(baseUrl, row),
  snippet: snippetHtml(row.snippet ?? row.said?.excerpt ?? ''),
  said: row.said && saidJson(baseUrl, row, row.said),
})

export const speakerJson = (baseUrl: string, row: SpeakerRow) => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  aliases: JSON.parse(row.aliases) as string[],
  biography: row.biography,
  website: row.url,
  url: `${baseUrl}/speakers/${row.slug}`,
})

/** The resources of a talk with what is known of their links. */
export function checkedJson(row: FullTalk, checked: Checked[]) {
  const dead = deadOf(checked, row.startsAt)
  return resourcesOf(row).map((resource) => {
    const found = checked.find(({ url }) => url === resource.url)
    return {
      ...resource,
      status: found?.status ?? 'unknown',
      detail: found?.detail ?? null,
      checkedAt: found?.checkedAt ? toIso(found.checkedAt) : null,
      fallback: dead.find(({ url }) => url === resource.url)?.fallback ?? null,
    }
  })
}

export const gapJson = (baseUrl: string, row: GapRow) => ({
  slug: row.slug,
  title: row.title,
  conference: row.conferenceSlug,
  speakers: row.speakers,
  start: row.startsLocal,
  lacks: row.lacks,
  dead: row.dead.map(({ checkedAt, ...link }) => ({ ...link, checked: checkedAt === null ? null : toIso(checkedAt) })),
  url: `${baseUrl}/talks/${row.slug}`,
})

export const handInJson = (baseUrl: string, { id, name, given, createdAt, endsAt }: HandInLink, token?: string) => ({
  id,
  name,
  given: JSON.parse(given) as string[],
  created: toIso(createdAt),
  until: toIso(endsAt),
  ...(token ? { token, url: `${baseUrl}/hand-in/${token}` } : {}),
})
