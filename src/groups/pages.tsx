import { Hono } from 'hono'
import { DateList, Subscribe } from '../events/parts.tsx'
import { readDates } from '../events/upcoming.ts'
import type { AppEnv } from '../http/app-env.ts'
import { renderMarkdown } from '../http/markdown.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { Said } from '../http/speaking.tsx'
import { refused } from '../outcome.ts'
import { anonymous } from '../tokens/access.ts'
import { findGroup, readGroups } from './queries.ts'

const DAY = 86_400
const AHEAD = 120 * DAY
const BACK = 400 * DAY
const HOME_MAX = 12
const GROUP_MAX = 20
const PAST_MAX = 10
const GROUPS_MAX = 100

export const groupPages = new Hono<AppEnv>()

/** What most come for, before all that there is to read. */
const Ways = ({ month }: { month: string }) => (
  <p class="row">
    <a class="button" href="#subscribe">
      <Said p="Subscribe" />
    </a>
    <a class="button quiet" href={month}>
      <Said p="The whole month" />
    </a>
  </p>
)

groupPages.get('/', async (c) => {
  const { db, now, baseUrl } = c.env
  const [groups, dates] = await Promise.all([
    readGroups(db, anonymous, GROUPS_MAX, null),
    readDates(db, anonymous, { from: now(), to: now() + AHEAD }, HOME_MAX),
  ])
  const feeds = [
    { href: '/calendar.ics', title: 'All events' },
    { href: '/calendar.atom', title: 'News of all events', type: 'application/atom+xml' },
  ]
  return showPage(
    c,
    {
      title: 'Convene: what is on',
      description: 'Meetings, hangouts, meetups, talks and streams of open communities.',
      feeds,
      isTranslated: true,
    },
    <>
      <h1>
        <Said p="What is on" />
      </h1>
      <Ways month="/calendar" />
      {dates.length > 0 ? (
        <DateList dates={dates} now={now()} showGroup />
      ) : (
        <p class="muted">
          <Said p="Nothing in the next months." />
        </p>
      )}
      <h2>
        <Said p="Groups" />
      </h2>
      {groups.length === 0 ? <p class="muted">No group yet. Found the first one through the API.</p> : null}
      <ul class="list">
        {groups.map((group) => (
          <li class="card">
            <p class="title">
              <a href={`/g/${group.slug}`}>{group.name}</a>
            </p>
            <p class="meta">{group.description.split('\n')[0]}</p>
          </li>
        ))}
      </ul>
      <Subscribe baseUrl={baseUrl} path="/calendar.ics" />
      <p>
        Only some of it? <a href="/subscribe">Choose your calendar</a>: groups, series, kinds and tags in one address.
      </p>
    </>,
  )
})

groupPages.get('/g/:slug', async (c) => {
  const { db, now, baseUrl } = c.env
  const group = await findGroup(db, c.req.param('slug'), anonymous)
  if (!group) return showRefusal(c, refused('not_found'))
  if (group.deletedAt !== null) return showRefusal(c, refused('gone'))
  const [dates, past] = await Promise.all([
    readDates(db, anonymous, { groupId: group.id, from: now(), to: now() + AHEAD }, GROUP_MAX),
    readDates(db, anonymous, { groupId: group.id, from: now() - BACK, to: now() }, PAST_MAX, 'last'),
  ])
  const calendar = `/g/${group.slug}/calendar.ics`
  const links: { href: string; title?: string }[] = JSON.parse(group.links)
  return showPage(
    c,
    {
      title: group.name,
      isTranslated: true,
      image: { path: `/pictures/g/${group.slug}.png`, text: group.name },
      description: group.description.split('\n')[0]!,
      feeds: [
        { href: calendar, title: group.name },
        { href: `/g/${group.slug}/calendar.atom`, title: `News of ${group.name}`, type: 'application/atom+xml' },
        {
          href: `/oembed?url=${encodeURIComponent(`${baseUrl}/g/${group.slug}`)}`,
          title: group.name,
          type: 'application/json+oembed',
        },
      ],
    },
    <>
      <h1>{group.name}</h1>
      <Ways month={`/g/${group.slug}/calendar`} />
      {renderMarkdown(group.description)}
      {links.length > 0 ? (
        <ul>
          {links.map(({ href, title }) => (
            <li>
              <a href={href} rel="nofollow ugc noopener noreferrer">
                {title ?? href}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      <h2>
        <Said p="Coming up" />
      </h2>
      {dates.length > 0 ? (
        <DateList dates={dates} now={now()} />
      ) : (
        <p class="muted">
          <Said p="Nothing in the next months." />
        </p>
      )}
      <Subscribe baseUrl={baseUrl} path={calendar} />
      {c.env.mailer ? (
        <p>
          <Said p="No calendar program?" />{' '}
          <a href={`/g/${group.slug}/digest`}>
            <Said p="Get it by mail once a month" />
          </a>
        </p>
      ) : null}
      <p>
        <a href={`/g/${group.slug}/members`}>Members, and how to join</a>
      </p>
      <p>
        <a href={`/embed?group=${group.slug}`}>
          <Said p="Put this calendar on your website" />
        </a>
      </p>
      {past.length > 0 ? (
        <>
          <h2>
            <Said p="Past" />
          </h2>
          <DateList dates={past} now={now()} />
          <p>
            <a href={`/g/${group.slug}/reports`}>
              <Said p="Quarterly reports" />
            </a>
          </p>
        </>
      ) : null}
    </>,
  )
})
