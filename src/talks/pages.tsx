/** The archive: search, and ways to narrow it. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { faults } from '../http/faults.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { languageIn } from '../http/speaking.tsx'
import type { Language } from '../languages/index.ts'
import { sayIn } from '../languages/pages/index.ts'
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

/** What a language calls another. */
function languageNames(language: Language): (tag: string) => string {
  const names = new Intl.DisplayNames(language, { type: 'language', fallback: 'code' })
  return (tag) => {
    try {
      return names.of(tag) ?? tag
    } catch {
      return tag
    }
  }
}

/** What the list could be narrowed to, in words. */
function facetsOf({ facets, isComplete }: Counts, titles: Map<string, string>, language: Language): Facet[] {
  const say = sayIn(language)
  const valuesOf = (counts: Count[] | undefined, labelOf: (value: string) => string | undefined) =>
    (counts ?? []).slice(0, VALUES_MAX).map(({ value, count }) => ({
      value,
      label: labelOf(value) ?? value,
      count: `${count}${isComplete ? '' : '+'}`,
    }))
  const has = (facets.has ?? []).filter(({ value }) => value in RESOURCE_WORDS)
  return [
    { title: say('With'), name: 'has', values: valuesOf(has, (type) => say(RESOURCE_WORDS[type]!)) },
    { title: say('Year'), name: 'year', values: valuesOf(facets.year, (year) => year) },
    { title: say('Conference'), name: 'conference', values: valuesOf(facets.conference, (slug) => titles.get(slug)) },
    { title: say('Language'), name: 'language', values: valuesOf(facets.language, languageNames(language)) },
    { title: say('Kind'), name: 'type', values: valuesOf(facets.type, (type) => type) },
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
  const language = languageIn(c)
  const say = sayIn(language)
  const facets = counts ? facetsOf(counts, await conferenceTitles(c.env.db, slugs, anonymous), language) : []
  return showPage(
    c,
    {
      title: say('Talks'),
      description: say('Talks with their slides and recordings, to search and to browse.'),
      isTranslated: true,
      feeds: [
        { href: '/talks.atom', title: 'New talks', type: 'application/atom+xml' },
        { href: '/talks.feed.json', title: 'New talks', type: 'application/feed+json' },
        { href: '/talks.atom?has=recording', title: 'New recordings', type: 'application/atom+xml' },
        { href: '/podcast.video.rss', title: 'Recordings', type: 'application/rss+xml' },
      ],
    },
    <>
      <h1>{say('Talks')}</h1>
      <search>
        <form action="/talks" class="row">
          {Object.entries(given).map(([name, value]) =>
            name === 'q' || value === '' ? null : <input type="hidden" name={name} value={value} />,
          )}
          <label class="unseen" for="q">
            {say('Words')}
          </label>
          <input
            id="q"
            class="grow"
            name="q"
            type="search"
            value={query.q ?? ''}
            placeholder={say('Words, “a phrase”, -without')}
          />
          <button type="submit">{say('Search')}</button>
        </form>
      </search>
      <Chosen path="/talks" query={given} facets={facets} />
      <Facets path="/talks" query={given} facets={facets} />
      {items.length > 0 ? (
        <>
          <h2 class="unseen">{say(isSearch ? 'Found' : 'The newest first')}</h2>
          <TalkList talks={items} />
        </>
      ) : (
        <p class="muted">{say('No talk fits.')}</p>
      )}
      {isSearch ? (
        <p>
          <a href={`/meetings?${new URLSearchParams({ q: query.q ?? '' })}`}>{say('The same in minutes and logs')}</a>
        </p>
      ) : null}
      {next ? (
        <p class="pager">
          <a href={`/talks?${new URLSearchParams({ ...given, cursor: next })}`} rel="next">
            {say('More talks')}
          </a>
        </p>
      ) : null}
      <h2>{say('Follow')}</h2>
      <ul>
        <li>
          {say('New talks')}: <a href="/talks.atom">Atom</a>, <a href="/talks.feed.json">JSON Feed</a>,{' '}
          <a href="/talks.rss">RSS</a>
        </li>
        <li>
          {say('New recordings')}: <a href="/talks.atom?has=recording">Atom</a>,{' '}
          <a href="/podcast.video.rss">{say('video podcast')}</a>,{' '}
          <a href="/podcast.audio.rss">{say('audio podcast')}</a>
        </li>
        <li>
          <a href="/archive/gaps">{say('What the archive lacks')}</a>
        </li>
      </ul>
    </>,
  )
})

archivePages.route('/', playerPages)
archivePages.route('/', talkPages)
archivePages.route('/', conferencePages)
archivePages.route('/', speakerPages)
