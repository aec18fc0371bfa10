/** The page behind a manage link: it shows an answer, changes it, cancels it. A GET changes nothing. */
import { Hono } from 'hono'
import { isSeries, type Occurrence, occurrenceAt, originalStartOf } from '../events/occurrences.ts'
import { When } from '../events/parts.tsx'
import type { EventOfGroup } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { faults } from '../http/faults.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { titleOf } from '../http/problem.ts'
import type { Fault, Refused } from '../outcome.ts'
import { type Entered, RsvpForm } from './form.tsx'
import { allFaults, bodyOf } from './form-data.ts'
import type { RsvpRow } from './queries.ts'
import { changeToCurrent, rsvpOfToken } from './requests.ts'
import { whyNotOpen } from './rules.ts'
import { RsvpPatch } from './schema.ts'
import { placeInWords } from './words.ts'

export const managePages = new Hono<AppEnv>()

function dateOf(row: EventOfGroup, rsvp: RsvpRow): Occurrence | null {
  const event = eventOf(row)
  if (rsvp.occurrence === '') return isSeries(event) ? null : occurrenceAt(event, event.start)
  const original = originalStartOf(event, rsvp.occurrence)
  return original === null ? null : occurrenceAt(event, original)
}

type Filled = { entered?: Entered; faults?: Fault[]; refusal?: Refused; isSaved?: boolean }

function showAnswer(c: AppContext, token: string, row: EventOfGroup, rsvp: RsvpRow, filled: Filled = {}) {
  const event = eventOf(row)
  const occurrence = dateOf(row, rsvp)
  const closed = whyNotOpen(row, event, rsvp.occurrence, c.env.now())
  const words = placeInWords(rsvp)
  const tone = rsvp.place === 'seat' ? 'good' : 'muted'
  const action = `/rsvp/${token}`
  const entered = filled.entered ?? { ...rsvp, answers: JSON.parse(rsvp.answers) }
  const status = filled.faults ? 422 : filled.refusal ? 409 : 200
  return showPage(
    c,
    { title: `Your answer: ${row.title}`, isPrivate: true },
    <>
      <h1>Your answer</h1>
      <div class="card">
        <p class="title">
          <a href={rsvp.occurrence ? `/e/${row.id}/${rsvp.occurrence}` : `/e/${row.id}`}>
            {occurrence?.title ?? row.title}
          </a>
        </p>
        <p class="meta">
          {occurrence ? <When occurrence={occurrence} timeZone={row.timeZone} /> : 'Every date of the series'}
        </p>
        <p class={tone}>
          <strong>{words}</strong>
        </p>
        <p class="meta">
          {rsvp.name}, {rsvp.email}
        </p>
      </div>
      {filled.isSaved ? (
        <div class="notice" role="status">
          <p>Saved.</p>
        </div>
      ) : null}
      {filled.refusal ? (
        <div class="notice bad" role="alert">
          <p>
            <strong>{titleOf(filled.refusal.reason)}.</strong> Your answer stays as it was.
          </p>
        </div>
      ) : null}
      <div class="field">
        <label for="link">Your link</label>
        <span class="hint" id="link-hint">
          Keep it: with it you come back here and change or cancel your answer.
        </span>
        <input id="link" type="text" readonly value={`${c.env.baseUrl}${action}`} aria-describedby="link-hint" />
      </div>
      {closed ? (
        <p class="muted">{titleOf(closed.reason)}.</p>
      ) : (
        <>
          <h2>Change it</h2>
          <RsvpForm event={event} action={action} entered={entered} faults={filled.faults ?? []} isChange />
        </>
      )}
      {rsvp.response !== 'declined' && (!closed || closed.reason.startsWith('rsvp_')) ? (
        <form method="post" action={action}>
          <input type="hidden" name="cancel" value="yes" />
          <button class="bad" type="submit">
            I can’t come
          </button>
        </form>
      ) : null}
    </>,
    status,
  )
}

managePages.get('/rsvp/:token', async (c) => {
  const token = c.req.param('token')
  const found = await rsvpOfToken(c, token)
  return found.ok
    ? showAnswer(c, token, found.event, found.rsvp, { isSaved: c.req.query('saved') !== undefined })
    : showRefusal(c, found)
})

managePages.post('/rsvp/:token', async (c) => {
  const token = c.req.param('token')
  const found = await rsvpOfToken(c, token)
  if (!found.ok) return showRefusal(c, found)
  const fields = await c.req.parseBody({ all: true })
  const event = eventOf(found.event)
  const sent = bodyOf(event, fields)
  const body = fields.cancel === 'yes' ? { response: 'declined' } : sent
  const parsed = RsvpPatch.safeParse(body)
  const entered = sent as Entered
  if (!parsed.success)
    return showAnswer(c, token, found.event, found.rsvp, {
      entered,
      faults: allFaults(event, sent, faults(parsed.error.issues as never)),
    })
  const outcome = await changeToCurrent(c, found, parsed.data)
  if (outcome.ok) return c.redirect(`/rsvp/${token}?saved`, 303)
  return showAnswer(
    c,
    token,
    found.event,
    found.rsvp,
    outcome.errors ? { entered, faults: outcome.errors } : { refusal: outcome },
  )
})
