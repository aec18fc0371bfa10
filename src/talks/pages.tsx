/** The archive: search, and ways to narrow it. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { faults } from '../http/faults.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { invalid } from '../outcome.ts'
import { anonymous } from '../tokens/access.ts'
import { conferencePages } from './conference-pages.tsx'
import { Chosen, type Facet, Facets } from './facet-parts.tsx'
import type { Count, Counts } from './facets.ts'
import { readTalkPage, talkQuery } from './list-requests.ts'
import { RESOURCE_WORDS, TalkList } from './parts.tsx'
import { playerPages } from './player-pages.tsx'
import { conferenceTitles } from './queries.ts'
import { speakerPages } from './speaker-pages.tsx'
import { talkPages } from './talk-pages.tsx'

const SHOWN_FACETS = ['conference', 'year', 'language', 'type', 'has'] as const
const VALUES_MAX = 30
/** Hits beyond these are seldom looked at, and each is read from two tables. */
const FOUND_SHOWN = 20

export const archivePages = new Hono<AppEnv>()

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })
const languageName = (tag: string): string => {
  try {
    return languages.of(tag) ?? tag
  } catch {
    return tag
  }
}

/** What the list could be narrowed to, in words. */
function facetsOf({ facets, isComplete }: Counts, titles: Map<string, string>): Facet[] {
  const valuesOf = (counts: Count[] | undefined, labelOf: (value: string) => string | undefined) =>
    (counts ?? []).slice(0, VALUES_MAX).map(({ value, count }) => ({
      value,
      label: labelOf(value) ?? value,
      count: `${count}${isComplete ? '' : '+'}`,
    }))
  const has = (facets.has ?? []).filter(({ value }) => value in RESOURCE_WORDS)
  return [
    { title: 'With', name: 'has', values: valuesOf(has, (type) => RESOURCE_WORDS[type]) },
    { title: 'Year', name: 'year', values: valuesOf(facets.year, (year) => year) },
    { title: 'Conference', name: 'conference', values: valuesOf(facets.conference, (slug) => titles.get(slug)) },
    { title: 'Language', name: 'language', values: valuesOf(facets.language, languageName) },
    { title: 'Kind', name: 'type', values: valuesOf(facets.type, (type) => type) },
  ]
}

archivePages.get('/talks', async (c) => {
  const parsed = talkQuery.safeParse(c.req.query())
  if (!parsed.success) return showRefusal(c, invalid(...faults(parsed.error.issues as never)))
  const query = parsed.data
  const isSearch = Boolean(query.q?.trim())
  const limit = isSearch && c.req.query('limit') === undefined ? FOUND_SHOWN : query.limit
  const { items, next, counts } = await readTalkPage(c, anonymous, { ...query, limit, facets: [...SHOWN_FACETS] })
  const { cursor: _, limit: __, ...given } = c.req.query()
  const slugs = [...(counts?.facets.conference ?? []).map(({ value }) => value), query.conference ?? []].flat()
  const facets = counts ? facetsOf(counts, await conferenceTitles(c.env.db, slugs, anonymous)) : []
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
      {isSearch ? (
        <p>
          <a href={`/meetings?${new URLSearchParams({ q: query.q ?? '' })}`}>The same in minutes and logs</a>
        </p>
      ) : null}
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
