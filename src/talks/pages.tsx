/** The archive: search, and ways to narrow it. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { faults } from '../http/faults.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { invalid } from '../outcome.ts'
import { anonymous } from '../tokens/access.ts'
import { conferencePages } from './conference-pages.tsx'
import { Chosen, type Facet, Facets } from './facet-parts.tsx'
import { TalkList } from './parts.tsx'
import { playerPages } from './player-pages.tsx'
import { readConferences } from './queries.ts'
import { readTalkPage, talkQuery } from './requests.ts'
import { speakerPages } from './speaker-pages.tsx'
import { talkPages } from './talk-pages.tsx'

const CONFERENCES_MAX = 50

export const archivePages = new Hono<AppEnv>()

archivePages.get('/talks', async (c) => {
  const parsed = talkQuery.safeParse(c.req.query())
  if (!parsed.success) return showRefusal(c, invalid(...faults(parsed.error.issues as never)))
  const query = parsed.data
  const [{ items, next }, conferences] = await Promise.all([
    readTalkPage(c, anonymous, query),
    readConferences(c.env.db, anonymous, CONFERENCES_MAX),
  ])
  const { cursor: _, limit: __, ...given } = c.req.query()
  const years = [...new Set(conferences.flatMap(({ startsOn }) => startsOn?.slice(0, 4) ?? []))].sort().reverse()
  const facets: Facet[] = [
    {
      title: 'With',
      name: 'has',
      values: [
        { value: 'recording', label: 'a recording' },
        { value: 'slides', label: 'slides' },
        { value: 'slides,recording', label: 'both' },
      ],
    },
    { title: 'Year', name: 'year', values: years.map((value) => ({ value, label: value })) },
    {
      title: 'Conference',
      name: 'conference',
      values: conferences.map(({ slug, title }) => ({ value: slug, label: title })),
    },
  ]
  const isSearch = Boolean(query.q?.trim())
  return showPage(
    c,
    {
      title: 'Talks',
      description: 'Talks with their slides and recordings, to search and to browse.',
      feeds: [
        { href: '/talks.atom', title: 'New talks', type: 'application/atom+xml' },
        { href: '/talks.feed.json', title: 'New talks', type: 'application/feed+json' },
        { href: '/talks.atom?has=recording', title: 'New recordings', type: 'application/atom+xml' },
        { href: '/podcast.video.rss', title: 'Recordings', type: 'application/rss+xml' },
      ],
    },
    <>
      <h1>Talks</h1>
      <search>
        <form action="/talks" class="row">
          {Object.entries(given).map(([name, value]) =>
            name === 'q' || value === '' ? null : <input type="hidden" name={name} value={value} />,
          )}
          <label class="unseen" for="q">
            Words
          </label>
          <input
            id="q"
            class="grow"
            name="q"
            type="search"
            value={query.q ?? ''}
            placeholder="Words, “a phrase”, -without"
          />
          <button type="submit">Search</button>
        </form>
      </search>
      <Chosen path="/talks" query={given} facets={facets} />
      <Facets path="/talks" query={given} facets={facets} />
      {items.length > 0 ? (
        <>
          <h2 class="unseen">{isSearch ? 'Found' : 'The newest first'}</h2>
          <TalkList talks={items} />
        </>
      ) : (
        <p class="muted">No talk fits.</p>
      )}
      {next ? (
        <p class="pager">
          <a href={`/talks?${new URLSearchParams({ ...given, cursor: next })}`} rel="next">
            More talks
          </a>
        </p>
      ) : null}
      <h2>Follow</h2>
      <p>
        New talks: <a href="/talks.atom">Atom</a>, <a href="/talks.feed.json">JSON Feed</a>,{' '}
        <a href="/talks.rss">RSS</a>. New recordings: <a href="/talks.atom?has=recording">Atom</a>, as a podcast{' '}
        <a href="/podcast.video.rss">video</a>, <a href="/podcast.audio.rss">audio</a>.{' '}
        <a href="/archive/gaps">What the archive lacks</a>.
      </p>
    </>,
  )
})

archivePages.route('/', playerPages)
archivePages.route('/', talkPages)
archivePages.route('/', conferencePages)
archivePages.route('/', speakerPages)
