/** What an address of ours is to a website that shows it inside its own pages (https://oembed.com). */

import { Hono } from 'hono'
import { originalStartOf } from '../events/occurrences.ts'
import { findEvent } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import { element, text } from '../formats/xml.ts'
import { findGroup } from '../groups/queries.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { problem } from '../http/problem.ts'
import { invalid, refused } from '../outcome.ts'
import { namesIn } from '../talks/json.ts'
import { playersOf, secondOf } from '../talks/player.ts'
import { findConference, findTalk } from '../talks/queries.ts'
import { findSpeaker } from '../talks/speakers.ts'
import { resourcesOf } from '../talks/update.ts'
import { anonymous } from '../tokens/access.ts'
import { CARD } from './card.ts'

export const oembedRoutes = new Hono<AppEnv>()

const WIDTH = 640
const RATIO = 16 / 9
const WIDTH_MIN = 200
/** Enough for a form with a few questions. */
const HEIGHT = 720
const CACHE_SECONDS = 86_400

type OEmbed = Record<string, string | number>

type Size = { width: number; height: number }

/** A page of ours in a frame. */
function framed(c: AppContext, title: string, src: string, picture: string | null, { width, height }: Size): OEmbed {
  const html = element('iframe', { src, width, height, title, frameborder: 0 }, ' ').replace('> <', '><')
  const thumbnail: OEmbed =
    picture && c.env.drawPicture
      ? { thumbnail_url: `${c.env.baseUrl}${picture}`, thumbnail_width: CARD.width, thumbnail_height: CARD.height }
      : {}
  return { type: 'rich', title, width, height, html, ...thumbnail }
}

/** An event's form, a group's calendar or a conference's talks; null of anything else. */
async function describedPage(c: AppContext, path: string, size: Size): Promise<OEmbed | null> {
  const { db, baseUrl } = c.env
  const frame = `${baseUrl}/embed${path}`
  const [, kind, name, date] = /^\/(e|g|conferences)\/([a-z0-9-]{1,80})(\/\d{8}(?:T\d{6}Z)?)?$/.exec(path) ?? []
  if (kind === 'e') {
    const row = await findEvent(db, name!, anonymous)
    if (!row || row.deletedAt !== null || row.groupDeletedAt !== null) return null
    if (date && originalStartOf(eventOf(row), date.slice(1)) === null) return null
    return { ...framed(c, row.title, frame, `/pictures/e/${row.id}.png`, size), author_name: row.name }
  }
  if (date || !kind) return null
  const row = kind === 'g' ? await findGroup(db, name!, anonymous) : await findConference(db, name!, anonymous)
  if (!row || row.deletedAt !== null) return null
  return framed(c, 'name' in row ? row.name : row.title, frame, `/pictures${path}.png`, size)
}

/** What an address of ours is to who embeds it; null where there is nothing public. */
async function described(c: AppContext, path: string, size: Size, second: number): Promise<OEmbed | null> {
  const { db, baseUrl } = c.env
  const page = await describedPage(c, path, size)
  if (page) return page
  const [, kind, slug] = /^\/(talks|speakers)\/([a-z0-9-]{1,80})$/.exec(path) ?? []
  if (kind === 'talks') {
    const talk = await findTalk(db, slug!, anonymous)
    if (!talk || talk.deletedAt !== null) return null
    const names = namesIn(talk)
    const author: OEmbed = names ? { author_name: names } : {}
    if (playersOf(resourcesOf(talk)).length === 0) return { type: 'link', title: talk.title, ...author }
    const width = Math.max(WIDTH_MIN, Math.floor(Math.min(size.width, size.height * RATIO)))
    const height = Math.round(width / RATIO)
    const src = `${baseUrl}/embed/talks/${talk.slug}${second > 0 ? `?t=${second}` : ''}`
    const frame = {
      src,
      width,
      height,
      title: talk.title,
      allow: 'autoplay; fullscreen',
      allowfullscreen: '',
      frameborder: 0,
    }
    const html = element('iframe', frame, ' ').replace('> <', '><')
    return { type: 'video', title: talk.title, ...author, width, height, html }
  }
  const speaker = kind === 'speakers' ? await findSpeaker(db, slug!, anonymous) : undefined
  return speaker ? { type: 'link', title: speaker.name } : null
}

oembedRoutes.get('/oembed', async (c) => {
  const { url = '', format = 'json', maxwidth, maxheight } = c.req.query()
  c.header('Access-Control-Allow-Origin', '*')
  if (format !== 'json' && format !== 'xml') return c.text('Only json and xml are given.\n', 501)
  const asked = URL.canParse(url) ? new URL(url) : null
  if (!asked || asked.origin !== c.env.baseUrl)
    return problem(c, invalid({ path: 'url', message: 'must be the address of a page here' }))
  const limit = (text: string | undefined, most: number) =>
    /^\d{1,5}$/.test(text ?? '') ? Math.min(most, Number(text)) : most
  const size = { width: Math.max(WIDTH_MIN, limit(maxwidth, WIDTH)), height: Math.max(1, limit(maxheight, HEIGHT)) }
  const found = await described(c, asked.pathname, size, secondOf(asked.searchParams.get('t') ?? undefined))
  if (!found) return problem(c, refused('not_found'))
  const site = { version: '1.0', provider_name: 'Convene', provider_url: c.env.baseUrl, cache_age: CACHE_SECONDS }
  c.header('Cache-Control', 'public, max-age=3600')
  if (format === 'json') return c.json({ ...site, ...found })
  const members = Object.entries({ ...site, ...found }).map(([name, value]) => text(name, value))
  return c.body(
    `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n${element('oembed', {}, members.join(''))}\n`,
    200,
    {
      'Content-Type': 'text/xml; charset=utf-8',
    },
  )
})
