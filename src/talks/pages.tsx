import { Hono } from 'hono'
import { Subscribe } from '../events/parts.tsx'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { faults } from '../http/faults.ts'
import { renderMarkdown } from '../http/markdown.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { invalid, refused } from '../outcome.ts'
import { endOf } from '../time/duration.ts'
import { formatDate, formatSpan } from '../time/english.ts'
import { toInstant } from '../time/zone.ts'
import { anonymous } from '../tokens/access.ts'
import { Speakers, speakersOf, TalkList } from './parts.tsx'
import { type FullTalk, findConference, findSpeaker, findTalk, readConferences, readTalks } from './queries.ts'
import { readTalkPage, talkQuery } from './requests.ts'
import { resourcesOf } from './update.ts'

const CONFERENCES_MAX = 50
const ALL_TALKS = 2000

export const talkPages = new Hono<AppEnv>()

talkPages.get('/talks', async (c) => {
  const parsed = talkQuery.safeParse(c.req.query())
  if (!parsed.success) return showRefusal(c, invalid(...faults(parsed.error.issues as never)))
  const query = parsed.data
  const [{ items, next }, conferences] = await Promise.all([
    readTalkPage(c, anonymous, query),
    readConferences(c.env.db, anonymous, CONFERENCES_MAX),
  ])
  const more = new URLSearchParams({ ...c.req.query(), cursor: next ?? '' })
  return showPage(
    c,
    { title: 'Talks', description: 'Talks with their slides and recordings, to search and to browse.' },
    <>
      <h1>Talks</h1>
      <form action="/talks" class="filters">
        <div class="field">
          <label for="q">Words</label>
          <input id="q" name="q" type="search" value={query.q ?? ''} />
        </div>
        <div class="field">
          <label for="conference">Conference</label>
          <select id="conference" name="conference">
            <option value="">all</option>
            {conferences.map(({ slug, title }) => (
              <option value={slug} selected={slug === query.conference}>
                {title}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="has">With</label>
          <select id="has" name="has">
            {[
              ['', 'anything'],
              ['slides', 'slides'],
              ['recording', 'a recording'],
              ['slides,recording', 'both'],
            ].map(([value, label]) => (
              <option value={value} selected={value === (query.has ?? []).join(',')}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <button type="submit">Search</button>
        </div>
      </form>
      {items.length > 0 ? <TalkList talks={items} /> : <p class="muted">No talk fits.</p>}
      {next ? (
        <p class="pager">
          <a href={`/talks?${more}`} rel="next">
            More talks
          </a>
        </p>
      ) : null}
    </>,
  )
})

/** When a talk was given, as far as anybody knows. */
function whenOf(talk: FullTalk): string | null {
  if (talk.startsLocal === null) return talk.year === null ? null : String(talk.year)
  const zone = talk.timeZone ?? 'UTC'
  const start = toInstant(talk.startsLocal, zone)
  return talk.duration
    ? formatSpan(start, endOf(talk.startsLocal, zone, talk.duration), zone)
    : formatDate(talk.startsLocal.slice(0, 10))
}

talkPages.get('/talks/:slug', async (c) => {
  const talk = await findTalk(c.env.db, c.req.param('slug'), anonymous)
  if (!talk) return showRefusal(c, refused('not_found'))
  if (talk.deletedAt !== null) return showRefusal(c, refused('gone'))
  const resources = resourcesOf(talk)
  const when = whenOf(talk)
  return showPage(
    c,
    { title: talk.title, description: talk.abstract.split('\n')[0]! },
    <article>
      <p class="kind">{talk.type ?? 'Talk'}</p>
      <h1>{talk.title}</h1>
      {talk.subtitle ? <p class="muted">{talk.subtitle}</p> : null}
      <dl class="facts">
        <dt>By</dt>
        <dd>
          <Speakers of={speakersOf(talk)} />
        </dd>
        {talk.conferenceSlug ? (
          <>
            <dt>At</dt>
            <dd>
              <a href={`/conferences/${talk.conferenceSlug}`}>{talk.conferenceTitle}</a>
              {talk.room ? `, ${talk.room}` : ''}
            </dd>
          </>
        ) : null}
        {when ? (
          <>
            <dt>When</dt>
            <dd>{when}</dd>
          </>
        ) : null}
        {talk.track ? (
          <>
            <dt>Track</dt>
            <dd>{talk.track}</dd>
          </>
        ) : null}
      </dl>
      {renderMarkdown(talk.abstract)}
      {renderMarkdown(talk.description)}
      {resources.length > 0 || talk.sourceUrl ? (
        <>
          <h2>Slides, recordings and links</h2>
          <ul>
            {resources.map(({ type, url, title }) => (
              <li>
                <a href={url} rel="nofollow ugc noopener noreferrer">
                  {title ?? type}
                </a>
                {type === 'other' ? null : <span class="muted"> ({type})</span>}
              </li>
            ))}
            {talk.sourceUrl ? (
              <li>
                <a href={talk.sourceUrl} rel="nofollow ugc noopener noreferrer">
                  The talk at its conference
                </a>
              </li>
            ) : null}
          </ul>
        </>
      ) : null}
      {(JSON.parse(talk.keywords) as string[]).length > 0 ? (
        <ul class="tags">
          {(JSON.parse(talk.keywords) as string[]).map((tag) => (
            <li>
              <a href={`/talks?tag=${encodeURIComponent(tag)}`}>{tag}</a>
            </li>
          ))}
        </ul>
      ) : null}
    </article>,
  )
})

/** A day's talks in the order they were given. */
function byDay(talks: FullTalk[]): [string, FullTalk[]][] {
  const days = new Map<string, FullTalk[]>()
  for (const talk of [...talks].reverse()) {
    const day = talk.startsLocal?.slice(0, 10) ?? ''
    days.set(day, [...(days.get(day) ?? []), talk])
  }
  return [...days]
}

/** How to subscribe to the talks of a page, alone or with other calendars. */
const TalkCalendar = ({ baseUrl, path, choose }: { baseUrl: string; path: string; choose: string }) => (
  <>
    <Subscribe baseUrl={baseUrl} path={`${path}/calendar.ics`} />
    <p>
      Together with others in one address? <a href={`/subscribe?${choose}`}>Choose your calendar</a>.
    </p>
  </>
)

const feedsOf = (path: string, title: string) => [
  { href: `${path}/calendar.ics`, title },
  { href: `${path}/calendar.atom`, title: `News of ${title}`, type: 'application/atom+xml' },
]

async function talksOf(c: AppContext, filter: { conference?: string; speaker?: string }) {
  return readTalks(c.env.db, anonymous, filter, ALL_TALKS)
}

talkPages.get('/conferences/:slug', async (c) => {
  const conference = await findConference(c.env.db, c.req.param('slug'), anonymous)
  if (!conference) return showRefusal(c, refused('not_found'))
  if (conference.deletedAt !== null) return showRefusal(c, refused('gone'))
  const days = byDay(await talksOf(c, { conference: conference.slug }))
  const { startsOn, endsOn, venue, city } = conference
  const path = `/conferences/${conference.slug}`
  const dates =
    startsOn === null
      ? null
      : startsOn === endsOn || endsOn === null
        ? formatDate(startsOn)
        : `${formatDate(startsOn)} to ${formatDate(endsOn)}`
  return showPage(
    c,
    {
      title: conference.title,
      description: [dates, venue, city].filter(Boolean).join(', '),
      feeds: feedsOf(path, conference.title),
    },
    <>
      <h1>{conference.title}</h1>
      <p class="muted">{[dates, venue, city].filter(Boolean).join(', ')}</p>
      {conference.sourceUrl ? (
        <p>
          <a href={conference.sourceUrl} rel="nofollow ugc noopener noreferrer">
            Website
          </a>
        </p>
      ) : null}
      {renderMarkdown(conference.description)}
      {days.length === 0 ? <p class="muted">No talks yet.</p> : null}
      {days.map(([day, talks]) => (
        <>
          <h2>{day ? formatDate(day) : 'Talks'}</h2>
          <TalkList talks={talks} showConference={false} />
        </>
      ))}
      <TalkCalendar baseUrl={c.env.baseUrl} path={path} choose={`conference=${conference.slug}`} />
    </>,
  )
})

talkPages.get('/speakers/:slug', async (c) => {
  const speaker = await findSpeaker(c.env.db, c.req.param('slug'), anonymous)
  const talks = speaker ? await talksOf(c, { speaker: speaker.slug }) : []
  if (!speaker || talks.length === 0) return showRefusal(c, refused('not_found'))
  const path = `/speakers/${speaker.slug}`
  return showPage(
    c,
    { title: speaker.name, description: `Talks by ${speaker.name}`, feeds: feedsOf(path, speaker.name) },
    <>
      <h1>{speaker.name}</h1>
      {renderMarkdown(speaker.biography)}
      <h2>Talks</h2>
      <TalkList talks={talks} />
      <TalkCalendar baseUrl={c.env.baseUrl} path={path} choose={`speaker=${speaker.slug}`} />
    </>,
  )
})
