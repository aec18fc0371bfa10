/** The page of a hand-in link, and the list of what the archive lacks. A GET changes nothing. */

import { Hono } from 'hono'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { faults } from '../http/faults.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { type Fault, invalid, refused } from '../outcome.ts'
import { formatDate } from '../time/english.ts'
import { toIso } from '../time/zone.ts'
import { anonymous } from '../tokens/access.ts'
import { readDead } from './gaps.ts'
import { findHandIn, type HandInLink, handIn, takeBack } from './handin.ts'
import { GapList, Given, HandInForm } from './handin-parts.tsx'
import { namesIn } from './json.ts'
import { findTalk, readConferences } from './queries.ts'
import { gapQuery, readGapPage } from './requests.ts'
import { HandedIn } from './schema.ts'
import { resourcesOf } from './update.ts'

const CONFERENCES_MAX = 200

export const handInPages = new Hono<AppEnv>()

/** The open link of a request; unknown, revoked and over are all the same. */
const linkOf = (c: AppContext) => findHandIn(c.env.db, c.req.param('token') ?? '', c.env.now())

type Shown = { entered?: Record<string, string>; faults?: Fault[]; done?: string | undefined }

async function showHandIn(c: AppContext, link: HandInLink & { slug: string }, { entered = {}, ...shown }: Shown = {}) {
  const talk = await findTalk(c.env.db, link.slug, { kind: 'everything' })
  if (!talk) return showRefusal(c, refused('not_found'))
  const resources = resourcesOf(talk)
  const dead = await readDead(c.env.db, talk)
  const action = `/hand-in/${c.req.param('token')}`
  const given = JSON.parse(link.given) as string[]
  return showPage(
    c,
    { title: `Hand in slides: ${talk.title}`, isPrivate: true },
    <>
      <p class="kind">{link.name}</p>
      <h1>{talk.title}</h1>
      <p class="meta">{[talk.conferenceTitle, namesIn(talk)].filter(Boolean).join(' · ')}</p>
      {shown.done ? (
        <div class="notice" role="status">
          <p>
            {shown.done === 'given' ? (
              <>
                <strong>Thank you.</strong> It is on <a href={`/talks/${talk.slug}`}>the talk’s page</a> now.
              </>
            ) : (
              'Taken back.'
            )}
          </p>
        </div>
      ) : null}
      <p>
        Give the address at which your slides can be read: on your website, at the conference, or wherever they are.
        Nothing is uploaded here, and no account is needed. Whoever has the address of this page can do the same until{' '}
        <time datetime={toIso(link.endsAt)}>{formatDate(toIso(link.endsAt).slice(0, 10))}</time>.
      </p>
      <HandInForm action={action} entered={entered} faults={shown.faults ?? []} />
      <h2>What the talk has</h2>
      {resources.length === 0 ? <p class="muted">Nothing yet.</p> : null}
      <Given action={action} resources={resources} given={given} dead={dead} />
    </>,
    shown.faults ? 422 : 200,
  )
}

handInPages.get('/hand-in/:token', async (c) => {
  const link = await linkOf(c)
  return link ? showHandIn(c, link, { done: c.req.query('done') }) : showRefusal(c, refused('not_found'))
})

handInPages.post('/hand-in/:token', async (c) => {
  const link = await linkOf(c)
  if (!link) return showRefusal(c, refused('not_found'))
  const fields = await c.req.parseBody()
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name].trim() : '')
  const backTo = (done: string) => c.redirect(`/hand-in/${c.req.param('token')}?done=${done}`, 303)
  if (text('do') === 'take-back') {
    const outcome = await takeBack(c.env, link, text('url'))
    return outcome.ok ? backTo('taken') : showRefusal(c, outcome)
  }
  const entered = { type: text('type') || 'slides', url: text('url'), title: text('title') }
  const { title, ...rest } = entered
  const parsed = HandedIn.safeParse({ ...rest, ...(title ? { title } : {}) })
  if (!parsed.success) return showHandIn(c, link, { entered, faults: faults(parsed.error.issues as never) })
  const outcome = await handIn(c.env, link, parsed.data)
  if (outcome.ok) return backTo('given')
  return outcome.errors ? showHandIn(c, link, { entered, faults: outcome.errors }) : showRefusal(c, outcome)
})

handInPages.get('/archive/gaps', async (c) => {
  const given = Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value !== ''))
  const parsed = gapQuery.safeParse(given)
  if (!parsed.success) return showRefusal(c, invalid(...faults(parsed.error.issues as never)))
  const [{ items, next }, conferences] = await Promise.all([
    readGapPage(c, anonymous, parsed.data),
    readConferences(c.env.db, anonymous, CONFERENCES_MAX),
  ])
  const lacks = (parsed.data.lacks ?? []).join(',')
  return showPage(
    c,
    { title: 'What the archive lacks', description: 'Talks without slides or recordings, and links that have died.' },
    <>
      <p class="kind">
        <a href="/talks">Talks</a>
      </p>
      <h1>What the archive lacks</h1>
      <p>
        Talks that were given and have no slides or no recording here, and addresses at which nothing is found any more.
        Who organizes a conference gets a link for each speaker to hand in what is missing, without an account:{' '}
        <code>POST /api/v1/conferences/…/hand-ins</code> (<a href="/docs">API</a>).
      </p>
      <form action="/archive/gaps" class="filters">
        <div class="field">
          <label for="conference">Conference</label>
          <select id="conference" name="conference">
            <option value="">all</option>
            {conferences.map(({ slug, title }) => (
              <option value={slug} selected={slug === parsed.data.conference}>
                {title}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="lacks">What is missing</label>
          <select id="lacks" name="lacks">
            {[
              ['', 'anything'],
              ['slides', 'slides'],
              ['recording', 'a recording'],
              ['dead', 'what a dead link led to'],
            ].map(([value, label]) => (
              <option value={value} selected={value === lacks}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <button type="submit">Show</button>
        </div>
      </form>
      {items.length > 0 ? <GapList gaps={items} /> : <p class="muted">Nothing is missing.</p>}
      {next ? (
        <p class="pager">
          <a href={`/archive/gaps?${new URLSearchParams({ ...given, cursor: next })}`} rel="next">
            More talks
          </a>
        </p>
      ) : null}
    </>,
  )
})
