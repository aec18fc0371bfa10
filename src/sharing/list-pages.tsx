/** What is on in a group and the talks of a conference, in another website's page. Links open beside it. */
import { Hono } from 'hono'
import { MonthDays, MonthNav } from '../events/month-parts.tsx'
import { monthAsked } from '../events/month-requests.ts'
import { DateList } from '../events/parts.tsx'
import { readDates } from '../events/upcoming.ts'
import { grouped } from '../grouped.ts'
import { findGroup } from '../groups/queries.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { statusOf, titleOf } from '../http/problem.ts'
import type { Reason } from '../outcome.ts'
import { readPublicProgramme } from '../talks/programme.ts'
import { DayList } from '../talks/programme-parts.tsx'
import { findConference } from '../talks/queries.ts'
import { formatMonth } from '../time/english.ts'
import { anonymous } from '../tokens/access.ts'
import { looksOf } from './colours.ts'
import { showFramed } from './frame-requests.ts'

const AHEAD = 120 * 86_400
const DATES_MAX = 20
const TALKS_MAX = 250

export const listFrames = new Hono<AppEnv>()

const nothing = (c: AppContext, reason: Reason, detail?: string) =>
  showFramed(c, titleOf(reason), <p class="notice">{detail ?? titleOf(reason)}.</p>, statusOf(reason))

listFrames.get('/embed/g/:slug', async (c) => {
  const { db, now } = c.env
  const group = await findGroup(db, c.req.param('slug'), anonymous)
  if (!group || group.deletedAt !== null) return nothing(c, group ? 'gone' : 'not_found')
  const { view } = c.req.query()
  const home = (
    <h1>
      <a href={`/g/${group.slug}`}>{group.name}</a>
    </h1>
  )
  const subscribe = (
    <p class="meta">
      <a href={`/g/${group.slug}#subscribe`}>Subscribe to the calendar</a>
    </p>
  )
  if (view !== 'month' && view !== 'agenda') {
    const dates = await readDates(db, anonymous, { groupId: group.id, from: now(), to: now() + AHEAD }, DATES_MAX)
    return showFramed(
      c,
      group.name,
      <>
        {home}
        {dates.length > 0 ? (
          <DateList dates={dates} now={c.env.now()} />
        ) : (
          <p class="muted">Nothing in the next months.</p>
        )}
        {subscribe}
      </>,
      200,
      true,
    )
  }
  const asked = await monthAsked(c, group.timeZone, { groupId: group.id })
  if (!asked.ok) return nothing(c, 'invalid', 'month must be a month such as 2026-11')
  const { month, days, today, isAgenda } = asked
  return showFramed(
    c,
    `${group.name}: ${formatMonth(month)}`,
    <>
      {home}
      <p class="title">{formatMonth(month)}</p>
      <MonthNav path={c.req.path} query={looksOf(c.req.query())} plain="month" {...asked} />
      <MonthDays days={days} today={today} isAgenda={isAgenda} />
      {subscribe}
    </>,
    200,
    true,
  )
})

listFrames.get('/embed/conferences/:slug', async (c) => {
  const conference = await findConference(c.env.db, c.req.param('slug'), anonymous)
  if (!conference || conference.deletedAt !== null) return nothing(c, conference ? 'gone' : 'not_found')
  const all = await readPublicProgramme(c.env.db, conference)
  return showFramed(
    c,
    conference.title,
    <>
      <h1>
        <a href={`/conferences/${conference.slug}`}>{conference.title}</a>
      </h1>
      {all.length === 0 ? <p class="muted">No talks yet.</p> : null}
      {[...grouped(all.slice(0, TALKS_MAX), ({ day }) => day)].map(([day, talks]) => (
        <DayList day={day} talks={talks} timeZone={conference.timeZone} />
      ))}
      {all.length > TALKS_MAX ? (
        <p>
          <a href={`/conferences/${conference.slug}`}>All {all.length} talks</a>
        </p>
      ) : null}
    </>,
    200,
    true,
  )
})
