/**
 * The page of those who stand at the door: it finds guests and checks them in, on a phone and without JavaScript. Its link
 * is the permission. A GET changes nothing.
 */
import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { When } from '../events/parts.tsx'
import { readSeatCounts } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { faults } from '../http/faults.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { titleOf } from '../http/problem.ts'
import { type Fault, type Refused, refused } from '../outcome.ts'
import { checkIn, undoCheckIn } from './check-in.ts'
import { codeIn } from './code.ts'
import { readByIds, readCoded, readDoorNames, searchNames } from './door-guests.ts'
import { GuestRow, isHere, maskedAddress, Numbers, type Stranger, WalkInForm } from './door-parts.tsx'
import { type Door, doorOf, guestOf } from './door-requests.ts'
import { doorScript } from './door-script.ts'
import { findOnDate, type RsvpRow } from './queries.ts'
import { type Attendance, usualAttendance } from './rules.ts'
import { WalkIn } from './schema.ts'
import { walkIn } from './walk-in.ts'

const AT_ONCE = 50

export const doorPages = new Hono<AppEnv>()

doorPages.get('/door.js', etag(), (c) =>
  c.body(doorScript, 200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'public, max-age=3600',
    'X-Content-Type-Options': 'nosniff',
  }),
)

/** What is behind a code that a guest shows; for everybody the same, whether there is such a guest or not. */
doorPages.get('/check-in/:code', (c) =>
  showPage(
    c,
    { title: 'Show this at the door', isPrivate: true },
    <>
      <h1>Show this at the door</h1>
      <p>Somebody there reads the code and checks you in. There is nothing else for you to do.</p>
    </>,
  ),
)

type Shown = {
  q?: string
  code?: string
  page?: number
  /** The guest of whom something was just changed. */
  done?: RsvpRow | undefined
  refusal?: Refused
  entered?: Stranger
  faults?: Fault[]
}

async function showDoor(c: AppContext, opened: Door, { q = '', code, page = 1, done, ...filled }: Shown = {}) {
  const { door, row, occurrence, key, dates } = opened
  const event = eventOf(row)
  const typed = code ?? q
  const short = codeIn(typed)
  const names = await readDoorNames(c.env.db, row.id, key)
  const coded = short ? await readCoded(c.env.db, row.id, short) : new Set<string>()
  const found = searchNames(names, typed, coded)
  const on = found.slice((page - 1) * AT_ONCE, page * AT_ONCE)
  const guests = await readByIds(
    c.env.db,
    on.map(({ id }) => id),
  )
  const counts = await readSeatCounts(c.env.db, [row.id], key)
  const action = `/door/${c.req.param('token')}`
  const linkTo = (query: Record<string, string>) =>
    `${action}?${new URLSearchParams({ ...(dates.length > 0 ? { date: key } : {}), ...query })}`
  const back = (
    <>
      {dates.length > 0 ? <input type="hidden" name="date" value={key} /> : null}
      {page > 1 ? <input type="hidden" name="page" value={String(page)} /> : null}
    </>
  )
  const addressOf = (rsvp: RsvpRow) => {
    if (typed.includes('@')) return rsvp.email
    const isTwin = rsvp.email !== '' && guests.some((other) => other.id !== rsvp.id && other.name === rsvp.name)
    return isTwin ? maskedAddress(rsvp.email) : null
  }
  const rowOf = (rsvp: RsvpRow) => (
    <GuestRow rsvp={rsvp} event={event} action={action} address={addressOf(rsvp)}>
      {back}
    </GuestRow>
  )
  c.set('usesCamera', true)
  return showPage(
    c,
    { title: `At the door: ${occurrence.title}`, isPrivate: true, script: '/door.js' },
    <>
      <p class="kind">{door.name}</p>
      <h1>{occurrence.title}</h1>
      <p class="meta">
        <When occurrence={occurrence} timeZone={row.timeZone} />
      </p>
      {occurrence.status === 'cancelled' ? (
        <div class="notice bad">
          <p>
            <strong>Cancelled.</strong>
          </p>
        </div>
      ) : null}
      <Numbers event={event} counts={counts} />
      {filled.refusal ? (
        <div class="notice bad" role="alert">
          <p>
            <strong>{filled.refusal.reason === 'not_coming' ? 'No place' : titleOf(filled.refusal.reason)}.</strong>{' '}
            Nothing was changed{done ? `; look at ${done.name} again` : ''}.
          </p>
        </div>
      ) : done ? (
        <div class="notice" role="status">
          <p>
            <strong>{done.name}</strong> {isHere(done) ? 'is checked in.' : 'is not checked in any more.'}
          </p>
        </div>
      ) : null}
      {done ? <ul class="list">{rowOf(done)}</ul> : null}
      <search>
        <form method="get" action={action}>
          {dates.length > 0 ? <input type="hidden" name="date" value={key} /> : null}
          <div class="field">
            <label for="q">Find a guest</label>
            <span class="hint" id="q-hint">
              By name, address or code.
            </span>
            <input id="q" name="q" type="search" value={q} aria-describedby="q-hint" autocomplete="off" />
          </div>
          <button type="submit">Find</button>
        </form>
      </search>
      <div id="scanner" hidden>
        <p>
          <button class="quiet" type="button">
            Scan a code
          </button>
        </p>
      </div>
      <h2>{typed.trim() === '' ? 'Guests' : `Found: ${found.length}`}</h2>
      {found.length === 0 ? (
        <p class="muted">
          {typed.trim() === '' ? 'Nobody has answered yet.' : 'Nobody with that name, address or code is on this list.'}
        </p>
      ) : null}
      <ul class="list">{guests.filter(({ id }) => id !== done?.id).map(rowOf)}</ul>
      {found.length > AT_ONCE ? (
        <nav class="pager" aria-label="Pages of the list">
          {page > 1 ? <a href={linkTo({ q, page: String(page - 1) })}>Before</a> : <span />}
          {page * AT_ONCE < found.length ? <a href={linkTo({ q, page: String(page + 1) })}>More</a> : null}
        </nav>
      ) : null}
      {typed.trim() === '' ? null : (
        <p>
          <a href={linkTo({})}>Everybody</a>
        </p>
      )}
      <h2 id="walk-in">Somebody without an answer</h2>
      <WalkInForm
        event={event}
        action={action}
        id={c.env.newId()}
        {...(filled.entered ? { entered: filled.entered } : {})}
        faults={filled.faults ?? []}
      >
        {back}
      </WalkInForm>
      {dates.length > 1 ? (
        <>
          <h2>Other dates</h2>
          <ul>
            {dates
              .filter(({ recurrenceId }) => recurrenceId !== key)
              .map((one) => (
                <li>
                  <a href={`${action}?date=${one.recurrenceId}`}>
                    <When occurrence={one} timeZone={row.timeZone} />
                  </a>
                </li>
              ))}
          </ul>
        </>
      ) : null}
    </>,
    filled.faults ? 422 : filled.refusal ? 409 : 200,
  )
}

doorPages.get('/door/:token', async (c) => {
  const { date, q, code, page, done } = c.req.query()
  const opened = await doorOf(c, date)
  if ('reason' in opened) return showRefusal(c, opened)
  const wanted = { ...(q ? { q: q.slice(0, 300) } : {}), ...(code ? { code: code.slice(0, 300) } : {}) }
  const at = Math.max(1, Math.min(1000, Math.floor(Number(page)) || 1))
  return showDoor(c, opened, { ...wanted, page: at, done: await guestOf(c, opened, done) })
})

type Fields = Record<string, unknown>
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

doorPages.post('/door/:token', async (c) => {
  const fields: Fields = await c.req.parseBody()
  const opened = await doorOf(c, text(fields.date) || undefined)
  if ('reason' in opened) return showRefusal(c, opened)
  return fields.do === 'walk-in' ? addWalkIn(c, opened, fields) : changeGuest(c, opened, fields)
})

/** Back to the page, which names the guest and how they stand. */
function backTo(c: AppContext, { dates, key }: Door, fields: Fields, done: RsvpRow) {
  const query = new URLSearchParams({
    ...(dates.length > 0 ? { date: key } : {}),
    ...(text(fields.page) ? { page: text(fields.page) } : {}),
    done: done.id,
  })
  return c.redirect(`/door/${c.req.param('token')}?${query}`, 303)
}

async function changeGuest(c: AppContext, opened: Door, fields: Fields) {
  const { door, row, key } = opened
  const rsvp = await guestOf(c, opened, fields.guest)
  if (!rsvp) return showRefusal(c, refused('not_found'))
  const at = { occurrence: key, door: door.id }
  const [verb, way] = text(fields.do).split(' ')
  if (!['check-in', 'let-in', 'undo'].includes(verb!)) return showRefusal(c, refused('not_found'))
  const attendance: Attendance | undefined = way === 'inPerson' || way === 'remote' ? way : undefined
  const outcome =
    verb === 'undo'
      ? await undoCheckIn(c.env, rsvp, row, at)
      : await checkIn(c.env, rsvp, row, { ...at, attendance, accepts: verb === 'let-in' ? 'anybody' : 'seat' })
  // What stands for this date now: an answer of its own, or the one to all dates.
  const done = (await findOnDate(c.env.db, rsvp, key)) ?? (await findOnDate(c.env.db, rsvp, ''))
  if (!outcome.ok) return showDoor(c, opened, { done, refusal: outcome })
  return backTo(c, opened, fields, done ?? outcome.rsvp)
}

async function addWalkIn(c: AppContext, opened: Door, fields: Fields) {
  const { door, row, key } = opened
  const entered = { name: text(fields.name), email: text(fields.email), persons: text(fields.persons) }
  const attendance = text(fields.attendance)
  const parsed = WalkIn.safeParse({
    name: entered.name,
    ...(entered.email ? { email: entered.email } : {}),
    guests: (entered.persons === '' ? 1 : Number(entered.persons)) - 1,
    attendance: attendance || usualAttendance(eventOf(row)),
    ...(key ? { occurrence: key } : {}),
  })
  if (!parsed.success)
    return showDoor(c, opened, { entered: { ...entered, attendance }, faults: faults(parsed.error.issues as never) })
  const id = text(fields.key)
  const outcome = await walkIn(c.env, row, {
    ...parsed.data,
    ...(/^[0-9a-z]{26}$/.test(id) ? { key: id } : {}),
    door: door.id,
  })
  if (!outcome.ok) return showDoor(c, opened, { entered: { ...entered, attendance }, refusal: outcome })
  return backTo(c, opened, fields, outcome.rsvp)
}
