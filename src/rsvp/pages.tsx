/** An event's page with its RSVP form, and the page behind a manage link. */
import { Hono } from 'hono'
import { countsOf } from '../events/json.ts'
import { kindOf } from '../events/kinds/index.ts'
import { isSeries, type Occurrence, occurrenceAt, occurrencesBetween, originalStartOf } from '../events/occurrences.ts'
import { Clocks, Places, Subscribe, When } from '../events/parts.tsx'
import { type EventOfGroup, findEvent, readSeatCounts } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import type { EventInput } from '../events/schema.ts'
import { holdsOn, shiftsOf } from '../events/shifts.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { faults } from '../http/faults.ts'
import { formatRule } from '../http/format.ts'
import { renderMarkdown } from '../http/markdown.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { titleOf } from '../http/problem.ts'
import { findMinutes } from '../minutes/queries.ts'
import { type Fault, type Refused, refused } from '../outcome.ts'
import { anonymous } from '../tokens/access.ts'
import { isSecret } from '../tokens/capability.ts'
import { type Entered, RsvpForm } from './form.tsx'
import { allFaults, bodyOf } from './form-data.ts'
import { respondTo } from './requests.ts'
import { occurrenceOf, whyNotOpen } from './rules.ts'
import { NewRsvp } from './schema.ts'

const YEAR = 366 * 86_400
const NEXT_DATES = 6

export const eventPages = new Hono<AppEnv>()

type Shown = { row: EventOfGroup; occurrence: Occurrence; isDate: boolean }

/** The event and the date that an address names; a series without a date shows its next one. */
async function shownBy(c: AppContext, id: string, recurrenceId?: string): Promise<Shown | Refused> {
  const row = await findEvent(c.env.db, id, anonymous)
  if (!row) return refused('not_found')
  if (row.deletedAt !== null || row.groupDeletedAt !== null) return refused('gone')
  const event = eventOf(row)
  if (recurrenceId !== undefined) {
    const original = originalStartOf(event, recurrenceId)
    if (original === null || event.recurrenceOverrides[original]?.excluded) return refused('not_found')
    return { row, occurrence: occurrenceAt(event, original), isDate: isSeries(event) }
  }
  const next = isSeries(event) ? occurrencesBetween(event, c.env.now(), c.env.now() + YEAR, 1)[0] : undefined
  return { row, occurrence: next ?? occurrenceAt(event, event.start), isDate: false }
}

/** The invitation by whose link the page was opened. */
const invitedBy = (c: AppContext) => {
  const invitation = c.req.query('invitation')
  return invitation ? { invitation } : {}
}

const isRefused = (shown: Shown | Refused): shown is Refused => 'reason' in shown

async function showEvent(
  c: AppContext,
  { row, occurrence, isDate }: Shown,
  filled: { entered?: Entered; faults?: Fault[]; refusal?: Refused } = {},
) {
  const event = {
    ...eventOf(row),
    ...occurrence.override,
    recurrenceOverrides: eventOf(row).recurrenceOverrides,
    duration: row.duration,
  }
  const key = isDate ? occurrence.recurrenceId : ''
  const isInvited = c.req.query('invitation') !== undefined
  const closed = whyNotOpen(row, eventOf(row), occurrenceOf(event, key || undefined), c.env.now(), { isInvited })
  const counts = countsOf(row.rsvpEnabled ? await readSeatCounts(c.env.db, [row.id], key) : [], row.id)
  const full = isFull(row, event, counts)
  const hasWaitlist = event.rsvp?.waitlist !== false
  const isCancelled = occurrence.status === 'cancelled'
  const dates = isSeries(event) ? occurrencesBetween(eventOf(row), c.env.now(), c.env.now() + YEAR, NEXT_DATES) : []
  const shifts = shiftsOf(eventOf(row), c.env.now()).filter((one) => !isDate || holdsOn(one, occurrence.start))
  const written = await findMinutes(c.env.db, row.id, occurrence.recurrenceId)
  const path = isDate ? `/e/${row.id}/${occurrence.recurrenceId}` : `/e/${row.id}`
  const status = filled.faults ? 422 : filled.refusal ? 409 : 200
  return showPage(
    c,
    {
      title: `${occurrence.title} – ${row.name}`,
      description: event.description.split('\n')[0] || `${kindOf(row.kind).label} of ${row.name}`,
      feeds: [{ href: `/e/${row.id}.ics`, title: occurrence.title }],
    },
    <article>
      <p class="kind">
        {kindOf(row.kind).label} of <a href={`/g/${row.slug}`}>{row.name}</a>
      </p>
      <h1>{occurrence.title}</h1>
      {isCancelled ? (
        <div class="notice bad">
          <p>
            <strong>Cancelled.</strong> {event.reason ?? ''}
          </p>
        </div>
      ) : null}
      <dl class="facts">
        <dt>When</dt>
        <dd>
          <When occurrence={occurrence} timeZone={row.timeZone} />
          {event.recurrenceRule ? (
            <div class="meta">
              {isDate ? (
                <a href={`/e/${row.id}`}>{formatRule(event.recurrenceRule)}</a>
              ) : (
                formatRule(event.recurrenceRule)
              )}
            </div>
          ) : null}
          {occurrence.endsAt <= c.env.now() && !isCancelled ? <div class="meta">It is over.</div> : null}
        </dd>
        <Places event={event} />
        {event.speakers?.length ? (
          <>
            <dt>Speakers</dt>
            <dd>{event.speakers.map(({ name }) => name).join(', ')}</dd>
          </>
        ) : null}
        {event.bot ? (
          <>
            <dt>Minutes by</dt>
            <dd>
              {event.bot.name}
              {event.bot.meeting ? ` (${event.bot.meeting})` : ''}
            </dd>
          </>
        ) : null}
        {event.conference ? (
          <>
            <dt>Talks</dt>
            <dd>
              <a href={`/conferences/${event.conference}`}>The talks in the archive</a>
            </dd>
          </>
        ) : null}
      </dl>
      {renderMarkdown(event.description)}
      {event.links.length > 0 ? (
        <ul>
          {event.links.map(({ href, title, rel }) => (
            <li>
              <a href={href} rel="nofollow ugc noopener noreferrer">
                {title ?? rel ?? href}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {event.keywords.length > 0 ? (
        <ul class="tags">
          {event.keywords.map((name) => (
            <li>{name}</li>
          ))}
        </ul>
      ) : null}
      {written ? (
        <section aria-labelledby="minutes">
          <h2 id="minutes">Minutes</h2>
          {renderMarkdown(written.text)}
          {written.url ? (
            <p>
              <a href={written.url} rel="nofollow ugc noopener noreferrer">
                The minutes of this date
              </a>
            </p>
          ) : null}
        </section>
      ) : null}
      {row.rsvpEnabled ? (
        <section aria-labelledby="rsvp">
          <h2 id="rsvp">RSVP</h2>
          {isCancelled ? null : <Seats row={row} counts={counts} />}
          {full && !closed ? (
            <p>
              <strong>All seats are taken.</strong>
              {hasWaitlist ? ' Answer now and you wait in line: who is first gets the next free seat.' : ''}
            </p>
          ) : null}
          {filled.refusal ? <Trouble refusal={filled.refusal} /> : null}
          {closed ? (
            <p class="muted">{titleOf(closed.reason)}.</p>
          ) : (
            <>
              {isSeries(event) && !isDate ? <p class="meta">Your answer counts for every date of the series.</p> : null}
              <RsvpForm
                event={event}
                action={`${path}#rsvp`}
                isFull={full && hasWaitlist}
                secret={c.env.newSecret()}
                {...invitedBy(c)}
                {...filled}
              />
              <p class="muted">
                After sending you get a link with which you can change or cancel your answer. Keep it: Convene sends no
                mail yet.
              </p>
            </>
          )}
        </section>
      ) : null}
      {dates.length > 1 ? (
        <>
          <h2>Next dates</h2>
          <ul>
            {dates.map((one) => (
              <li>
                <a href={`/e/${row.id}/${one.recurrenceId}`}>
                  <When occurrence={one} timeZone={row.timeZone} />
                </a>
                {one.status === 'cancelled' ? <strong class="bad"> cancelled</strong> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <Clocks shifts={shifts} />
      <Subscribe baseUrl={c.env.baseUrl} path={`/e/${row.id}.ics`} />
    </article>,
    status,
  )
}

type Counts = ReturnType<typeof countsOf>

/** Whether no seat is left in any way that the event offers; one without a link can't be joined from elsewhere. */
function isFull(row: EventOfGroup, event: EventInput, { inPerson, remote }: Counts): boolean {
  const isRemote = event.virtualLocations.length > 0
  const isInPerson = event.locations.length > 0 || !isRemote
  const isTaken = (seats: number, capacity: number | null) => capacity !== null && seats >= capacity
  return (
    (!isInPerson || isTaken(inPerson.seats, row.capacityInPerson)) &&
    (!isRemote || isTaken(remote.seats, row.capacityRemote))
  )
}

const Seats = ({ row, counts }: { row: EventOfGroup; counts: Counts }) => {
  const of = (label: string, { seats, waitlist }: Counts['inPerson'], capacity: number | null) =>
    `${label}: ${seats}${capacity === null ? ' coming' : ` of ${capacity} seats taken`}${waitlist > 0 ? `, ${waitlist} waiting` : ''}`
  const showRemote = counts.remote.seats > 0 || row.capacityRemote !== null
  return (
    <p class="meta">
      {of('In person', counts.inPerson, row.capacityInPerson)}
      {showRemote ? (
        <>
          <br />
          {of('From elsewhere', counts.remote, row.capacityRemote)}
        </>
      ) : null}
    </p>
  )
}

const Trouble = ({ refusal }: { refusal: Refused }) => (
  <div class="notice bad" role="alert">
    <p>
      <strong>{titleOf(refusal.reason)}.</strong> {refusal.detail ?? ''}
    </p>
  </div>
)

async function takeAnswer(c: AppContext, shown: Shown) {
  const event = eventOf(shown.row)
  const fields = await c.req.parseBody({ all: true })
  const body = bodyOf(event, fields)
  const secret = typeof fields.secret === 'string' && isSecret(fields.secret) ? fields.secret : undefined
  const invitation = typeof fields.invitation === 'string' ? { invitation: fields.invitation } : {}
  const parsed = NewRsvp.safeParse({
    ...body,
    ...invitation,
    ...(shown.isDate ? { occurrence: shown.occurrence.recurrenceId } : {}),
  })
  const entered = body as Entered
  if (!parsed.success)
    return showEvent(c, shown, { entered, faults: allFaults(event, body, faults(parsed.error.issues as never)) })
  const outcome = await respondTo(c.env, anonymous, shown.row.id, parsed.data, secret)
  if (!outcome.ok)
    return showEvent(c, shown, outcome.errors ? { entered, faults: outcome.errors } : { entered, refusal: outcome })
  const isUnconfirmed = outcome.isNew && outcome.needs === 'confirmation'
  if (outcome.manageToken && !isUnconfirmed) return c.redirect(`/rsvp/${outcome.manageToken}`, 303)
  return showPage(
    c,
    { title: 'Look into your mail', isPrivate: true },
    <>
      <h1>Look into your mail</h1>
      <p>If there is something to confirm or to change, the link for it goes to the address that you gave.</p>
      <p class="muted">This Convene sends no mail yet; ask the organizers.</p>
    </>,
    202,
  )
}

eventPages.get('/e/:id', async (c) => {
  const shown = await shownBy(c, c.req.param('id'))
  return isRefused(shown) ? showRefusal(c, shown) : showEvent(c, shown)
})
eventPages.get('/e/:id/:recurrenceId', async (c) => {
  const shown = await shownBy(c, c.req.param('id'), c.req.param('recurrenceId'))
  return isRefused(shown) ? showRefusal(c, shown) : showEvent(c, shown)
})
eventPages.post('/e/:id', async (c) => {
  const shown = await shownBy(c, c.req.param('id'))
  return isRefused(shown) ? showRefusal(c, shown) : takeAnswer(c, shown)
})
eventPages.post('/e/:id/:recurrenceId', async (c) => {
  const shown = await shownBy(c, c.req.param('id'), c.req.param('recurrenceId'))
  return isRefused(shown) ? showRefusal(c, shown) : takeAnswer(c, shown)
})
