/** An event with its form in another website's page. No cookie, no session: who answers is who typed it. */
import { Hono } from 'hono'
import { pageOf, When } from '../events/parts.tsx'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { statusOf, titleOf } from '../http/problem.ts'
import { RsvpForm } from '../rsvp/form.tsx'
import { LookIntoMail, Place, Trouble } from '../rsvp/manage-parts.tsx'
import {
  answerSent,
  type Filled,
  invitedBy,
  isRefused,
  type Shown,
  shownBy,
  shownForm,
  standingOf,
} from '../rsvp/page-requests.ts'
import { rsvpOfToken } from '../rsvp/requests.ts'
import { Seats } from '../rsvp/seat-parts.tsx'
import { placeInWords } from '../rsvp/words.ts'
import { framedPath, showFramed } from './frame-requests.ts'

export const rsvpFrames = new Hono<AppEnv>()

/** What is shown above the form and above the answer. */
const Head = ({ shown }: { shown: Shown }) => {
  const { row, occurrence, isDate } = shown
  const path = isDate ? pageOf({ event: row, occurrence }) : `/e/${row.id}`
  return (
    <>
      <p class="kind">{row.name}</p>
      <h1>
        <a href={path} target="_blank" rel="noopener">
          {occurrence.title}
        </a>
      </h1>
      <p class="meta">
        <When occurrence={occurrence} timeZone={row.timeZone} />
      </p>
    </>
  )
}

async function showForm(c: AppContext, shown: Shown, filled: Filled = {}) {
  const { row, occurrence } = shown
  const { event, closed, counts, full, hasWaitlist } = await standingOf(c, shown)
  const isCancelled = occurrence.status === 'cancelled'
  const where = event.locations.map(({ name }) => name).join(', ')
  return showFramed(
    c,
    `RSVP: ${occurrence.title}`,
    <>
      <Head shown={shown} />
      {where ? <p class="meta">{where}</p> : null}
      {isCancelled || !row.rsvpEnabled ? null : <Seats row={row} counts={counts} />}
      {full && !closed ? (
        <p>
          <strong>All seats are taken.</strong> {hasWaitlist ? 'Answer now and you wait in line.' : ''}
        </p>
      ) : null}
      {filled.refusal ? <Trouble title={titleOf(filled.refusal.reason)}>{filled.refusal.detail ?? ''}</Trouble> : null}
      {closed ? (
        <p class="notice">
          {titleOf(closed.reason)}. {isCancelled ? (event.reason ?? '') : ''}
        </p>
      ) : (
        <RsvpForm
          event={event}
          action={framedPath(c, c.req.path, invitedBy(c))}
          isFull={full && hasWaitlist}
          {...(await shownForm(c))}
          {...filled}
        />
      )}
    </>,
    filled.faults ? 422 : filled.refusal ? statusOf(filled.refusal.reason) : 200,
  )
}

async function takeAnswer(c: AppContext, shown: Shown) {
  const outcome = await answerSent(c, shown)
  if (!outcome.ok) return showForm(c, shown, outcome)
  const { row, isDate, occurrence } = shown
  const found = outcome.manageToken ? await rsvpOfToken(c, outcome.manageToken) : null
  const date = isDate ? { 'data-date': occurrence.recurrenceId } : {}
  // No address: the link in it is for who answered alone.
  c.header('Cache-Control', 'no-store')
  if (!found?.ok)
    return showFramed(
      c,
      'Look into your mail',
      <div data-event={row.id} data-response="unconfirmed" data-place="pending" {...date}>
        <Head shown={shown} />
        <div role="status">
          <h2>Look into your mail</h2>
          <LookIntoMail hasMailer={c.env.mailer !== undefined} />
        </div>
      </div>,
      202,
    )
  const { event } = await standingOf(c, shown)
  const { response, place } = found.rsvp
  return showFramed(
    c,
    `Your answer: ${occurrence.title}`,
    <div data-event={row.id} data-response={response} data-place={place ?? undefined} {...date}>
      <Head shown={shown} />
      <div class="notice" role="status">
        <Place {...placeInWords(found.rsvp, event, c.env.now())} />
      </div>
      <p>
        <a class="button quiet" href={`/rsvp/${outcome.manageToken}`} target="_blank" rel="noopener">
          See, change or cancel it
        </a>
      </p>
      <p class="meta">
        Keep that link. <a href={`/e/${row.id}.ics`}>Add to your calendar (.ics)</a>
      </p>
    </div>,
  )
}

const nothing = (c: AppContext, reason: Parameters<typeof titleOf>[0]) =>
  showFramed(c, titleOf(reason), <p class="notice">{titleOf(reason)}.</p>, statusOf(reason))

const PATHS = ['/embed/e/:id', '/embed/e/:id/:recurrenceId']
rsvpFrames.on(['GET', 'POST'], PATHS, async (c) => {
  const shown = await shownBy(c, c.req.param('id')!, c.req.param('recurrenceId'))
  if (isRefused(shown)) return nothing(c, shown.reason)
  return c.req.method === 'POST' ? takeAnswer(c, shown) : showForm(c, shown)
})
