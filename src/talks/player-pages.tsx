/**
 * The recording of a talk as a small page to be shown inside others: our own, and those that find it by oEmbed. It
 * loads nothing from elsewhere until somebody asks it to, by a link that needs no script.
 */
import { Hono } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { showBare } from '../http/page.tsx'
import { titleOf } from '../http/problem.ts'
import { anonymous } from '../tokens/access.ts'
import { clock } from './moments.ts'
import { type Player, playersOf, secondOf } from './player.ts'
import { findTalk } from './queries.ts'
import { resourcesOf } from './update.ts'

export const playerPages = new Hono<AppEnv>()

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
      { title: titleOf(reason) },
      <h1 class="poster title">There is no recording here.</h1>,
      reason === 'gone' ? 410 : 404,
    )
  const asked = play === undefined ? undefined : players[Number(play)]
  if (asked) {
    c.set('embeds', { isFramable: true, ...embedsOf(asked) })
    return showBare(c, { title: talk.title }, <Playing player={asked} title={talk.title} />)
  }
  const [first, ...others] = players as [Player, ...Player[]]
  const linkTo = (at: number) => `/embed/talks/${talk.slug}?play=${at}${second > 0 ? `&t=${second}` : ''}`
  return showBare(
    c,
    { title: talk.title },
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
