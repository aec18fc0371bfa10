/** All dates of a series with their records, and the log of one. */
import { Hono } from 'hono'
import { isSeries, originalStartOf } from '../events/occurrences.ts'
import { findEvent } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { anonymous } from '../tokens/access.ts'
import { readListed } from './dates.ts'
import { RecordList } from './parts.tsx'
import { findLog } from './queries.ts'

const YEAR = 366 * 86_400
const DATES_MAX = 1000

export const recordPages = new Hono<AppEnv>()

async function publicEventAt(c: AppContext, id: string) {
  const row = await findEvent(c.env.db, id, anonymous)
  if (!row) return refused('not_found')
  return row.deletedAt === null && row.groupDeletedAt === null ? row : refused('gone')
}

recordPages.get('/e/:id/dates', async (c) => {
  const row = await publicEventAt(c, c.req.param('id'))
  if ('reason' in row) return showRefusal(c, row)
  const event = eventOf(row)
  if (!isSeries(event)) return c.redirect(`/e/${row.id}`)
  const now = c.env.now()
  const dates = await readListed(c.env.db, row, { from: row.startsAt, to: now + YEAR, limit: DATES_MAX }, now)
  const missing = dates.filter((one) => one.missing.length > 0).length
  const path = `/e/${row.id}`
  return showPage(
    c,
    { title: `All dates of ${row.title}`, description: `What there is of each date of ${row.title}.` },
    <>
      <p class="kind">
        <a href={path}>{row.title}</a> of <a href={`/g/${row.slug}`}>{row.name}</a>
      </p>
      <h1>All dates</h1>
      <p class="meta">
        {dates.filter(({ date }) => date.endsAt <= now && date.status !== 'cancelled').length} held,{' '}
        {dates.filter(({ date }) => date.status === 'cancelled').length} cancelled
        {missing > 0 ? `, ${missing} with something missing` : ''}.
      </p>
      <RecordList path={path} timeZone={row.timeZone} dates={dates.reverse()} />
    </>,
  )
})

recordPages.get('/e/:id/:recurrenceId/log', async (c) => {
  const row = await publicEventAt(c, c.req.param('id'))
  if ('reason' in row) return showRefusal(c, row)
  const recurrenceId = c.req.param('recurrenceId')
  const isDate = originalStartOf(eventOf(row), recurrenceId) !== null
  const log = isDate ? await findLog(c.env.db, row.id, recurrenceId) : undefined
  if (!log) return showRefusal(c, refused('not_found'))
  // What somebody wrote in a chat is text, whatever it looks like.
  return c.body(log.text, 200, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=300' })
})
