import { Hono } from 'hono'
import { findGroup } from '../groups/queries.ts'
import type { AppEnv } from '../http/app-env.ts'
import { renderMarkdown } from '../http/markdown.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { toIso, toLocal } from '../time/zone.ts'
import { anonymous } from '../tokens/access.ts'
import { reportMarkdown } from './markdown.ts'
import { makeReport } from './report.ts'
import { dayAfter, periodBefore, quarterAt, quarterOf } from './rules.ts'

export const reportPages = new Hono<AppEnv>()

/** The quarter that goes on in the group's own days is where one comes in. */
reportPages.get('/g/:slug/reports', async (c) => {
  const group = await findGroup(c.env.db, c.req.param('slug'), anonymous)
  if (!group) return showRefusal(c, refused('not_found'))
  return c.redirect(`/g/${group.slug}/reports/${quarterAt(toLocal(c.env.now(), group.timeZone))}`)
})

reportPages.get('/g/:slug/reports/:quarter', async (c) => {
  const { db, now, baseUrl } = c.env
  const group = await findGroup(db, c.req.param('slug'), anonymous)
  const period = quarterOf(c.req.param('quarter'))
  if (!group || !period) return showRefusal(c, refused('not_found'))
  if (group.deletedAt !== null) return showRefusal(c, refused('gone'))
  const report = await makeReport(db, anonymous, group, period, now())
  const base = `/g/${group.slug}`
  const next = dayAfter(period.to)
  return showPage(
    c,
    { title: `${group.name}: ${period.quarter}`, description: `What ${group.name} did in ${period.quarter}.` },
    <>
      {renderMarkdown(reportMarkdown(baseUrl, report))}
      <p class="meta">
        <a href={`${base}/reports/${periodBefore(period).quarter}`}>The quarter before</a>
        {next <= toIso(now()).slice(0, 10) ? (
          <>
            {' · '}
            <a href={`${base}/reports/${quarterAt(next)}`}>The quarter after</a>
          </>
        ) : null}
        {' · '}
        <a href={base}>{group.name}</a>
      </p>
    </>,
  )
})
