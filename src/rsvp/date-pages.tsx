/** One date of a series, behind the manage link of an answer to all of them. A GET changes nothing. */
import { Hono } from 'hono'
import { type Occurrence, occurrenceAt, originalStartOf } from '../events/occurrences.ts'
import { When } from '../events/parts.tsx'
import { eventOf } from '../events/row.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { faults } from '../http/faults.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { titleOf } from '../http/problem.ts'
import { type Fault, type Refused, refused } from '../outcome.ts'
import { answerDate, takeBackDate } from './change-date.ts'
import { type Entered, RsvpForm } from './form.tsx'
import { allFaults, bodyOf } from './form-data.ts'
import { Place, Trouble, whyNot } from './manage-parts.tsx'
import { findOnDate } from './queries.ts'
import { dateToCurrent, type Found, rsvpOfToken } from './requests.ts'
import { scopeOf, whyNotOpen } from './rules.ts'
import { RsvpPatch } from './schema.ts'
import { dateInWords } from './words.ts'

export const datePages = new Hono<AppEnv>()

type Opened = Extract<Found, { ok: true }> & { token: string; occurrence: Occurrence }
type Filled = { entered?: Entered; faults?: Fault[]; refusal?: Refused }

async function opened(c: AppContext): Promise<Opened | Refused> {
  const token = c.req.param('token') ?? ''
  const found = await rsvpOfToken(c, token)
  if (!found.ok) return found
  const event = eventOf(found.event)
  const original = originalStartOf(event, c.req.param('date') ?? '')
  const isDate = original !== null && !event.recurrenceOverrides[original]?.excluded
  if (!isDate || scopeOf(event, found.rsvp.occurrence) !== 'series') return refused('not_found')
  return { ...found, token, occurrence: occurrenceAt(event, original) }
}

async function showDate(c: AppContext, { rsvp, event: row, token, occurrence }: Opened, filled: Filled = {}) {
  const event = eventOf(row)
  const date = occurrence.recurrenceId
  const own = await findOnDate(c.env.db, rsvp, date)
  const closed = whyNotOpen(row, event, date, c.env.now(), { isInvited: true })
  const current = own ?? rsvp
  const entered = filled.entered ?? { ...current, answers: JSON.parse(current.answers) }
  return showPage(
    c,
    { title: `One date: ${occurrence.title}`, isPrivate: true },
    <>
      <h1>Your answer to one date</h1>
      <div class="card">
        <p class="title">
          <a href={`/e/${row.id}/${date}`}>{occurrence.title}</a>
        </p>
        <p class="meta">
          <When occurrence={occurrence} timeZone={row.timeZone} />
        </p>
        <Place {...dateInWords(own, rsvp, event, c.env.now())} />
      </div>
      {filled.refusal ? <Trouble title={titleOf(filled.refusal.reason)}>{whyNot(filled.refusal)}</Trouble> : null}
      {closed ? (
        <p class="muted">{titleOf(closed.reason)}.</p>
      ) : (
        <RsvpForm
          event={event}
          action={`/rsvp/${token}/${date}`}
          entered={entered}
          faults={filled.faults ?? []}
          isChange
        />
      )}
      <p>
        <a href={`/rsvp/${token}#dates`}>Back to all dates</a>
      </p>
    </>,
    filled.faults ? 422 : filled.refusal ? 409 : 200,
  )
}

datePages.get('/rsvp/:token/:date{[0-9TZ]+}', async (c) => {
  const found = await opened(c)
  return found.ok ? showDate(c, found) : showRefusal(c, found)
})

datePages.post('/rsvp/:token/:date{[0-9TZ]+}', async (c) => {
  const found = await opened(c)
  if (!found.ok) return showRefusal(c, found)
  const fields = await c.req.parseBody({ all: true })
  const event = eventOf(found.event)
  const { recurrenceId } = found.occurrence
  const sent = bodyOf(event, fields)
  const isForm = fields.do === undefined
  const parsed = RsvpPatch.safeParse(isForm ? sent : { response: 'declined' })
  const entered = sent as Entered
  if (!parsed.success)
    return showDate(c, found, { entered, faults: allFaults(event, sent, faults(parsed.error.issues as never)) })
  const outcome = await dateToCurrent(c, found, recurrenceId, (...at) =>
    fields.do === 'take-back' ? takeBackDate(c.env, ...at) : answerDate(c.env, ...at, parsed.data),
  )
  if (outcome.ok) return c.redirect(`/rsvp/${found.token}?saved#dates`, 303)
  return showDate(c, found, outcome.errors && isForm ? { entered, faults: outcome.errors } : { refusal: outcome })
})
