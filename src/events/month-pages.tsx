/** The months of everything and of a group, to be leafed through. */
import { Hono } from 'hono'
import { findGroup } from '../groups/queries.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { anonymous } from '../tokens/access.ts'
import { MonthDays, MonthNav, monthTitle } from './month-parts.tsx'
import { monthAsked } from './month-requests.ts'

export const monthPages = new Hono<AppEnv>()

type Whose = { name: string; home: string; zone: string; groupId?: string }

async function showMonth(c: AppContext, { name, home, zone, groupId }: Whose) {
  const asked = await monthAsked(c, zone, groupId === undefined ? {} : { groupId })
  if (!asked.ok) return showRefusal(c, asked)
  const { month, days, today, isAgenda } = asked
  const feed = `${home === '/' ? '' : home}/calendar.ics`
  return showPage(
    c,
    {
      title: `${monthTitle(month)} – ${name}`,
      description: `What is on in ${monthTitle(month)}: ${name}.`,
      feeds: [{ href: feed, title: name }],
      isWide: true,
    },
    <>
      <p class="kind">
        <a href={home}>{name}</a>
      </p>
      <h1>{monthTitle(month)}</h1>
      <MonthNav path={c.req.path} {...asked} />
      <MonthDays days={days} today={today} isAgenda={isAgenda} showGroup={groupId === undefined} />
      <p class="muted">Each event is on the day and at the hour of its own place.</p>
      <p class="row">
        <a class="button quiet" href={`${home}#subscribe`}>
          Subscribe
        </a>
        <a href={feed}>Download as .ics</a>
      </p>
    </>,
  )
}

monthPages.get('/calendar', (c) => showMonth(c, { name: 'All events', home: '/', zone: 'UTC' }))

monthPages.get('/g/:slug/calendar', async (c) => {
  const group = await findGroup(c.env.db, c.req.param('slug'), anonymous)
  if (!group || group.deletedAt !== null) return showRefusal(c, refused(group ? 'gone' : 'not_found'))
  return showMonth(c, { name: group.name, home: `/g/${group.slug}`, zone: group.timeZone, groupId: group.id })
})
