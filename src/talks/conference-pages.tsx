/** The page of a conference: its talks as a list, and each day as a table of rooms and times. */
import { Hono } from 'hono'
import { summaryOf } from '../formats/plain-text.ts'
import { grouped } from '../grouped.ts'
import type { AppEnv } from '../http/app-env.ts'
import { renderMarkdown } from '../http/markdown.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { formatDate } from '../time/english.ts'
import { anonymous } from '../tokens/access.ts'
import { gridOf } from './grid.ts'
import { conferenceData } from './linked-data.ts'
import { feedsOf, TalkCalendar } from './parts.tsx'
import { readPublicProgramme } from './programme.ts'
import { Calendars, DayGrid, DayList, Tabs } from './programme-parts.tsx'
import { findConference } from './queries.ts'

/** More than this are shown day by day, so that no page is slow to load on a phone. */
const TALKS_ON_A_PAGE = 250

export const conferencePages = new Hono<AppEnv>()

conferencePages.get('/conferences/:slug', async (c) => {
  const conference = await findConference(c.env.db, c.req.param('slug'), anonymous)
  if (!conference) return showRefusal(c, refused('not_found'))
  if (conference.deletedAt !== null) return showRefusal(c, refused('gone'))
  const all = await readPublicProgramme(c.env.db, conference)
  const { view, day: askedDay, room, track } = c.req.query()
  const talks = all.filter((talk) => (!room || talk.room === room) && (!track || talk.track === track))
  const days = [...new Set(talks.map(({ day }) => day))]
  const dated = days.filter(Boolean)
  const isGrid = view === 'grid' && dated.length > 0
  const mustChoose = isGrid || talks.length > TALKS_ON_A_PAGE
  const chosen = days.find((day) => day !== '' && day === askedDay) ?? (mustChoose ? days[0] : undefined)
  const shown = chosen === undefined ? talks : talks.filter(({ day }) => day === chosen)
  const rooms = [...new Set(all.flatMap(({ room: name }) => name ?? []))]
  const known = (JSON.parse(conference.rooms) as string[]).filter((name) => rooms.includes(name))
  const inOrder = [...known, ...rooms.filter((name) => !known.includes(name)).sort()]
  const tracks = [...new Set(all.flatMap(({ track: name }) => name ?? []))].sort()
  const path = `/conferences/${conference.slug}`
  const { startsOn, endsOn, venue, city, timeZone } = conference
  const dates =
    startsOn === null
      ? null
      : startsOn === endsOn || endsOn === null
        ? formatDate(startsOn)
        : `${formatDate(startsOn)} to ${formatDate(endsOn)}`
  const where = [dates, venue, city].filter(Boolean).join(', ')
  return showPage(
    c,
    {
      title: conference.title,
      description: where || summaryOf(conference.description, 200),
      image: { path: `/pictures/conferences/${conference.slug}.png`, text: conference.title },
      data: conferenceData(c.env.baseUrl, conference),
      feeds: feedsOf(path, conference.title),
      isWide: isGrid,
    },
    <>
      <h1>{conference.title}</h1>
      <p class="muted">{where}</p>
      {conference.sourceUrl ? (
        <p>
          <a href={conference.sourceUrl} rel="nofollow ugc noopener noreferrer">
            Website
          </a>
        </p>
      ) : null}
      {renderMarkdown(conference.description)}
      {all.length === 0 ? <p class="muted">No talks yet.</p> : null}
      {all.length > 0 && talks.length === 0 ? <p class="muted">No talk fits.</p> : null}
      {room || track ? (
        <p>
          Only {[track, room].filter(Boolean).join(', ')} · <a href={path}>all {all.length} talks</a>
        </p>
      ) : null}
      {dated.length > 0 ? (
        <Tabs
          path={path}
          query={{ room, track }}
          days={days}
          chosen={chosen}
          canShowAll={talks.length <= TALKS_ON_A_PAGE}
          isGrid={isGrid}
          hasGrid={rooms.length > 0}
        />
      ) : null}
      {isGrid ? (
        <DayGrid
          grid={gridOf(
            shown.map((talk) => ({ talk, room: talk.room ?? '', from: talk.from, to: talk.to })),
            inOrder,
          )}
          timeZone={timeZone}
          title={`${conference.title}, ${formatDate(chosen!)}`}
        />
      ) : (
        [...grouped(shown, ({ day }) => day)].map(([day, ofDay]) => (
          <DayList day={day} talks={ofDay} timeZone={timeZone} />
        ))
      )}
      {dated.length > 0 ? <Calendars path={path} rooms={inOrder} tracks={tracks} /> : null}
      <TalkCalendar baseUrl={c.env.baseUrl} path={path} choose={`conference=${conference.slug}`} />
      <p>
        <a href={`/archive/gaps?conference=${conference.slug}`}>Which talks lack slides or a recording</a>
      </p>
      <p>
        <a href={`/embed?conference=${conference.slug}`}>Put these talks on your website</a>
      </p>
    </>,
  )
})
