/**
 * The recording of a talk as a small page to be shown inside others: our own, and those that find it by oEmbed
 * (https://oembed.com). It loads nothing from elsewhere until somebody asks it to, by a link that needs no script.
 */
import { Hono } from 'hono'
import { element, text } from '../formats/xml.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { showBare } from '../http/page.tsx'
import { problem, titleOf } from '../http/problem.ts'
import { invalid, refused } from '../outcome.ts'
import { anonymous } from '../tokens/access.ts'
import { clock } from './moments.ts'
import { type Player, playersOf, secondOf } from './player.ts'
import { findConference, findTalk } from './queries.ts'
import { findSpeaker } from './speakers.ts'
import { resourcesOf } from './update.ts'

export const playerPages = new Hono<AppEnv>()

const WIDTH = 640
const RATIO = 16 / 9
const WIDTH_MIN = 200
const CACHE_SECONDS = 86_400

/** What a page may load that shows this: of files any server, since large sites send on to their mirrors. */
const embedsOf = (player: Player) =>
  player.kind === 'file'
    ? { media: player.url.startsWith('https:') ? 'https:' : 'https: http:' }
    : { frames: new URL(player.src).origin }

const Playing = ({ player, title }: { player: Player; title: string }) => {
  if (player.kind === 'frame')
    return (
      <iframe
        class="fill"
        src={player.src}
        title={title}
        allow="autoplay; fullscreen; picture-in-picture"
        sandbox="allow-scripts allow-same-origin allow-popups allow-presentation"
        referrerpolicy={player.wantsReferrer ? 'strict-origin' : 'no-referrer'}
      />
    )
  const { kind, url } = player.medium
  return kind === 'video' ? (
    // biome-ignore lint/a11y/useMediaCaption: captions of another server are not let in by browsers; the talk's page links to them
    <video class="fill" src={url} controls autoplay playsinline aria-label={title} />
  ) : (
    // biome-ignore lint/a11y/useMediaCaption: the same
    <audio class="fill" src={url} controls autoplay aria-label={title} />
  )
}

playerPages.get('/embed/talks/:slug', async (c) => {
  c.set('embeds', { isFramable: true })
  const { t, play } = c.req.query()
  const second = secondOf(t)
  const talk = await findTalk(c.env.db, c.req.param('slug'), anonymous)
  const players = talk && talk.deletedAt === null ? playersOf(resourcesOf(talk), second) : []
  const reason = talk && talk.deletedAt !== null ? 'gone' : 'not_found'
  if (!talk || talk.deletedAt !== null || players.length === 0)
    return showBare(
      c,
      titleOf(reason),
      <h1 class="poster title">There is no recording here.</h1>,
      reason === 'gone' ? 410 : 404,
    )
  const asked = play === undefined ? undefined : players[Number(play)]
  if (asked) {
    c.set('embeds', { isFramable: true, ...embedsOf(asked) })
    return showBare(c, talk.title, <Playing player={asked} title={talk.title} />)
  }
  const [first, ...others] = players as [Player, ...Player[]]
  const linkTo = (at: number) => `/embed/talks/${talk.slug}?play=${at}${second > 0 ? `&t=${second}` : ''}`
  return showBare(
    c,
    talk.title,
    <div class="poster">
      <h1 class="title">{talk.title}</h1>
      <p>
        <a class="button" href={linkTo(0)}>
          <span aria-hidden="true">▶ </span>
          {first.kind === 'file' && first.medium.kind === 'audio' ? 'Listen' : 'Play'}
          {second > 0 ? ` from ${clock(second)}` : ''}
        </a>
      </p>
      <p class="meta">
        Loads from {first.host}
        {others.length > 0 ? (
          <>
            , or{' '}
            {others.slice(0, 4).map((player, at) => (
              <>
                {at > 0 ? ', ' : ''}
                <a href={linkTo(at + 1)}>{player.label}</a>
              </>
            ))}
          </>
        ) : null}
      </p>
    </div>,
  )
})

type OEmbed = Record<string, string | number>

/** What an address of ours is to who embeds it; null where there is nothing public. */
async function described(c: AppContext, path: string, width: number, second: number): Promise<OEmbed | null> {
  const { db, baseUrl } = c.env
  const [, kind, slug] = /^\/(talks|conferences|speakers)\/([a-z0-9-]{1,80})$/.exec(path) ?? []
  if (kind === 'talks') {
    const talk = await findTalk(db, slug!, anonymous)
    if (!talk || talk.deletedAt !== null) return null
    const author: OEmbed = talk.speakerNames ? { author_name: talk.speakerNames } : {}
    if (playersOf(resourcesOf(talk)).length === 0) return { type: 'link', title: talk.title, ...author }
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
  if (kind === 'conferences') {
    const conference = await findConference(db, slug!, anonymous)
    return conference && conference.deletedAt === null ? { type: 'link', title: conference.title } : null
  }
  const speaker = kind === 'speakers' ? await findSpeaker(db, slug!, anonymous) : undefined
  return speaker ? { type: 'link', title: speaker.name } : null
}

playerPages.get('/oembed', async (c) => {
  const { url = '', format = 'json', maxwidth, maxheight } = c.req.query()
  c.header('Access-Control-Allow-Origin', '*')
  if (format !== 'json' && format !== 'xml') return c.text('Only json and xml are given.\n', 501)
  const asked = URL.canParse(url) ? new URL(url) : null
  if (!asked || asked.origin !== c.env.baseUrl)
    return problem(c, invalid({ path: 'url', message: 'must be the address of a page here' }))
  const limit = (text: string | undefined) => (/^\d{1,5}$/.test(text ?? '') ? Number(text) : WIDTH)
  const width = Math.max(WIDTH_MIN, Math.floor(Math.min(WIDTH, limit(maxwidth), limit(maxheight) * RATIO)))
  const found = await described(c, asked.pathname, width, secondOf(asked.searchParams.get('t') ?? undefined))
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
