import { Hono } from 'hono'
import { findGroup } from '../groups/queries.ts'
import type { AppEnv } from '../http/app-env.ts'
import { renderMarkdown } from '../http/markdown.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { formatDate } from '../time/english.ts'
import { toIso, toLocal } from '../time/zone.ts'
import { anonymous } from '../tokens/access.ts'
import { NOTHING, reportMarkdown } from './markdown.ts'
import { findReport, readReports } from './queries.ts'
import { makeReport } from './report.ts'
import { dayAfter, nameOf, periodBefore, periodNamed, quarterAt } from './rules.ts'

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
  const period = periodNamed(c.req.param('quarter'))
  if (!group || !period) return showRefusal(c, refused('not_found'))
  if (group.deletedAt !== null) return showRefusal(c, refused('gone'))
  const name = nameOf(period)
  const [written, published] = await Promise.all([findReport(db, group.id, name), readReports(db, group.id, false)])
  const frozen = written?.publishedAt ? written.markdown : null
  const text =
    frozen ??
    reportMarkdown(baseUrl, await makeReport(db, anonymous, group, period, now()), {
      ...NOTHING,
      template: group.reportTemplate,
    })
  const base = `/g/${group.slug}`
  const next = dayAfter(period.to)
  return showPage(
    c,
    { title: written?.title || `${group.name}: ${name}`, description: `What ${group.name} did in ${name}.` },
    <>
      {renderMarkdown(text)}
      <p class="meta">
        {frozen === null
          ? 'Not published yet: it goes on with what comes in.'
          : `Published on ${formatDate(toIso(written!.publishedAt!).slice(0, 10))}.`}
      </p>
      <p class="meta">
        <a href={`${base}/reports/${nameOf(periodBefore(period))}`}>
          {period.quarter ? 'The quarter before' : 'The period before'}
        </a>
        {period.quarter && next <= toIso(now()).slice(0, 10) ? (
          <>
            {' · '}
            <a href={`${base}/reports/${quarterAt(next)}`}>The quarter after</a>
          </>
        ) : null}
        {' · '}
        <a href={base}>{group.name}</a>
      </p>
      {published.length > 0 ? (
        <>
          <h2>Published reports</h2>
          <ul>
            {published.map((one) => (
              <li>
                <a href={`${base}/reports/${one.name}`}>{one.title || one.name}</a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>,
  )
})
