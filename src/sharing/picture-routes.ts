/** The pictures of pages for where their links are shown: one for each event, group, conference and talk. */

import { Hono } from 'hono'
import { kindOf } from '../events/kinds/index.ts'
import { isSeries, occurrenceAt } from '../events/occurrences.ts'
import { findEvent } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import { findGroup } from '../groups/queries.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { namesIn } from '../talks/json.ts'
import { findConference, findTalk } from '../talks/queries.ts'
import { formatDate, formatDay, formatRule, formatTime } from '../time/english.ts'
import { anonymous } from '../tokens/access.ts'
import { type Card, cardOf } from './card.ts'

export const pictureRoutes = new Hono<AppEnv>()

type Pictured = { card: Card; version: string } | null

/** Raised when pictures are drawn in another way. */
const DRAWING = 1

const leafOf = (day: string): Card['leaf'] => {
  const [, date, month, year] = day.split(' ')
  return [month!.slice(0, 3).toUpperCase(), date!, year!]
}

const pictures: Record<string, (c: AppContext, name: string) => Promise<Pictured>> = {
  async e(c, id) {
    const row = await findEvent(c.env.db, id, anonymous)
    if (!row || row.deletedAt !== null || row.groupDeletedAt !== null) return null
    const event = eventOf(row)
    const { startsAt, endsAt } = occurrenceAt(event, event.start)
    const zone = row.timeZone ?? 'UTC'
    const day = formatDay(startsAt, zone)
    const time =
      row.timeZone === null
        ? ''
        : `${formatTime(startsAt, zone)}–${formatTime(endsAt, zone)} (${zone.replaceAll('_', ' ')})`
    // A series has no one date; its rule is what stays true while its picture is kept.
    const when = isSeries(event) ? [event.recurrenceRule ? formatRule(event.recurrenceRule) : ''] : [day]
    const where = event.locations[0]?.name ?? (event.virtualLocations.length > 0 ? 'Online' : '')
    return {
      version: row.changeId,
      card: {
        above: `${kindOf(row.kind).label} · ${row.name}`,
        title: row.title,
        below: [...when, time, where],
        leaf: isSeries(event) ? null : leafOf(day),
        isCancelled: row.status === 'cancelled',
      },
    }
  },
  async g(c, slug) {
    const row = await findGroup(c.env.db, slug, anonymous)
    if (!row || row.deletedAt !== null) return null
    return { version: row.changeId, card: { above: 'Calendar', title: row.name, below: [], leaf: null } }
  },
  async conferences(c, slug) {
    const row = await findConference(c.env.db, slug, anonymous)
    if (!row || row.deletedAt !== null) return null
    const below = [row.startsOn ? formatDate(row.startsOn) : '', [row.venue, row.city].filter(Boolean).join(', ')]
    return { version: row.changeId, card: { above: 'Talks', title: row.title, below, leaf: null } }
  },
  async talks(c, slug) {
    const row = await findTalk(c.env.db, slug, anonymous)
    if (!row || row.deletedAt !== null) return null
    const above = row.conferenceTitle ?? 'Talk'
    return { version: row.changeId, card: { above, title: row.title, below: [namesIn(row)], leaf: null } }
  },
}

/** The picture of what a page is about. It is drawn once for each version of that. */
pictureRoutes.get('/pictures/:of/:file{[0-9a-z-]+\\.png}', async (c) => {
  const { of, file } = c.req.param()
  const { drawPicture, bodies } = c.env
  const found = Object.hasOwn(pictures, of) ? await pictures[of]!(c, file.slice(0, -'.png'.length)) : null
  if (!found || !drawPicture) return problem(c, refused('not_found'))
  const key = `picture/${DRAWING}/${of}/${found.version}`
  let body = await bodies?.get(key)
  if (!body) {
    body = await drawPicture(cardOf(found.card))
    await bodies?.put(key, body)
  }
  return c.body(body, 200, {
    'Content-Type': 'image/png',
    'Cache-Control': 'public, max-age=86400',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
  })
})
