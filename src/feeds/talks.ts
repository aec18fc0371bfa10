/** Talks in a feed, each told as an event at one date: their VEVENTs are rendered when a version of the feed is read first. */
import type { SQL } from 'drizzle-orm'
import { kindOf } from '../events/kinds/index.ts'
import type { EventInput } from '../events/schema.ts'
import { renderOnce } from '../events/vevent.ts'
import { plainText } from '../formats/plain-text.ts'
import { captionsOf, mediaOf, type Resource } from '../talks/media.ts'
import { type ArchivedTalk, archivedTalks, type TimedTalk, timedTalks } from '../talks/queries.ts'
import { type FeedSource, type Item, reading, type Vevents } from './feed.ts'

/** More than the largest conference has; a limit, so that no feed grows without one. */
const TALKS_MAX = 10_000

/** The public talks with a known start that fit. */
export const talksWhere = (where: SQL): FeedSource => ({
  vevents: (baseUrl) => reading([timedTalks(where, 'date', TALKS_MAX)], (rows) => veventsOf(baseUrl, rows)),
  items: (order, limit) => reading([timedTalks(where, order, limit)], (rows) => rows.map(itemOf)),
})

/** The public talks that fit, with or without a known start: for news of the archive, not for calendars. */
export const newsOfTalks = (where: SQL): FeedSource => ({
  ...talksWhere(where),
  items: (order, limit) => reading([archivedTalks(where, order, limit)], (rows) => rows.map(itemOf)),
})

function veventsOf(baseUrl: string, rows: TimedTalk[]): Vevents {
  let text = ''
  const zones: Vevents['zones'] = []
  for (const { path, ...item } of rows.map(itemOf)) {
    const event = { ...item.event, description: plainText(item.event.description) }
    const vevent = renderOnce({ ...item, event }, `${baseUrl}${path}`)
    text += vevent.text
    if (vevent.zone) zones.push({ zone: vevent.zone, since: event.start })
  }
  return { text, zones }
}

function itemOf(row: ArchivedTalk): Item {
  const { uid, sequence, createdAt, updatedAt, startsLocal } = row
  const resources = JSON.parse(row.resources) as Resource[]
  const start = startsLocal ?? `${String(row.year ?? 1970)}-01-01T00:00:00`
  return {
    uid,
    sequence,
    createdAt,
    updatedAt,
    path: `/talks/${row.slug}`,
    event: eventOf({ ...row, startsLocal: start }, resources),
    ...(startsLocal === null ? { isUndated: true } : {}),
    media: mediaOf(resources),
    captions: captionsOf(resources),
  }
}

function eventOf(row: TimedTalk, resources: Resource[]): EventInput {
  const speakers = (JSON.parse(row.speakers) as { name: string }[]).map(({ name }) => ({ name }))
  const keywords = JSON.parse(row.keywords) as string[]
  const { kind, duration } = kindOf('talk')
  return {
    kind,
    title: row.title,
    start: row.startsLocal,
    timeZone: row.timeZone ?? 'UTC',
    // Without an end it would have no length (CHECKLIST 3.7).
    duration: row.duration ?? duration,
    showWithoutTime: false,
    recurrenceOverrides: {},
    description: row.abstract || row.description,
    status: row.status,
    locations: placeOf(row),
    virtualLocations: [],
    links: resources.map(linkOf),
    keywords: [...new Set(row.track ? [...keywords, row.track] : keywords)],
    ...(speakers.length > 0 ? { speakers } : {}),
  }
}

/** The room, the venue and the city, as far as they are known. */
function placeOf({ room, venue, city }: TimedTalk): EventInput['locations'] {
  const [name, ...rest] = [room, venue, city].filter((part) => part !== null)
  if (name === undefined) return []
  return [{ name, ...(rest.length > 0 ? { address: rest.join(', ') } : {}) }]
}

const linkOf = ({ type, url, title, mimeType }: Resource) => ({
  rel: type,
  href: url,
  ...(title ? { title } : {}),
  ...(mimeType ? { contentType: mimeType } : {}),
})
