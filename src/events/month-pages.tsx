/** The months of everything and of a group, to be leafed through. */
import { Hono } from 'hono'
import { findGroup } from '../groups/queries.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { languageIn, Said } from '../http/speaking.tsx'
import { sayIn } from '../languages/pages/index.ts'
import { refused } from '../outcome.ts'
import { formatMonth } from '../time/english.ts'
import { anonymous } from '../tokens/access.ts'
import { MonthDays, MonthNav } from './month-parts.tsx'
import { monthAsked } from './month-requests.ts'

export const monthPages = new Hono<AppEnv>()

type Whose = { name: string; home: string; zone: string; groupId?: string }

async function showMonth(c: AppContext, { name, home, zone, groupId }: Whose) {
  const asked = await monthAsked(c, zone, groupId === undefined ? {} : { groupId })
  if (!asked.ok) return showRefusal(c, asked)
  const { month, days, today, isAgenda } = asked
  const language = languageIn(c)
  const title = formatMonth(month, language)
  const feed = `${home === '/' ? '' : home}/calendar.ics`
  return showPage(
    c,
    {
      title: `${title} – ${name}`,
      description: sayIn(language)('What is on in {month}: {name}.', { month: title, name }),
      feeds: [{ href: feed, title: name }],
      isWide: true,
      isTranslated: true,
    },
    <>
      <p class="kind">
        <a href={home}>{name}</a>
      </p>
      <h1>{title}</h1>
      <MonthNav path={c.req.path} {...asked} />
      <MonthDays days={days} today={today} isAgenda={isAgenda} showGroup={groupId === undefined} />
      <p class="muted">
        <Said p="Each event is on the day and at the hour of its own place." />
      </p>
      <p class="row">
        <a class="button quiet" href={`${home}#subscribe`}>
          <Said p="Subscribe" />
        </a>
        <a href={feed}>
          <Said p="Download as .ics" />
        </a>
      </p>
    </>,
  )
}

monthPages.get('/calendar', (c) => showMonth(c, { name: sayIn(languageIn(c))('All events'), home: '/', zone: 'UTC' }))

monthPages.get('/g/:slug/calendar', async (c) => {
  const group = await findGroup(c.env.db, c.req.param('slug'), anonymous)
  if (!group || group.deletedAt !== null) return showRefusal(c, refused(group ? 'gone' : 'not_found'))
  return showMonth(c, { name: group.name, home: `/g/${group.slug}`, zone: group.timeZone, groupId: group.id })
})
