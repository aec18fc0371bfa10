/** The start of a group's desk, its events, and each event with its dates and what can be done to them. */
import { Hono } from 'hono'
import { countsOf } from '../events/json.ts'
import { isSeries, occurrencesBetween } from '../events/occurrences.ts'
import { When } from '../events/parts.tsx'
import { type EventOfGroup, readSeatCounts } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import { readDates } from '../events/upcoming.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { formatRule } from '../time/english.ts'
import { eventHere } from './events-pages.tsx'
import { Badge } from './parts.tsx'
import { type Desk, deskOf } from './requests.ts'
import { showDesk } from './show.tsx'

const AHEAD = 366 * 86_400
const DATES_MAX = 20
const OF_EVENT_MAX = 12

export const hubPages = new Hono<AppEnv>()

const NOTES = {
  made: 'It is in the calendar.',
  saved: 'Saved.',
  split: 'Saved. The dates from here on are a series of their own.',
  moved: 'The date is changed.',
  restored: 'The date is as the series has it again.',
  cancelled: 'Called off. It stays in calendars, marked.',
}

async function datesOf(c: AppContext, desk: Desk, from: number, to: number, order: 'first' | 'last') {
  const dates = await readDates(c.env.db, c.get('access'), { groupId: desk.group.id, from, to }, DATES_MAX, order)
  const open = [...new Set(dates.filter(({ event }) => event.rsvpEnabled).map(({ event }) => event.id))]
  const counts = open.length > 0 ? await readSeatCounts(c.env.db, open) : []
  return (
    <ul class="list">
      {dates.map(({ event, occurrence }) => (
        <li class="card">
          <p class="title">
            {desk.can('events') ? <a href={`${desk.home}/events/${event.id}`}>{occurrence.title}</a> : occurrence.title}{' '}
            {occurrence.status === 'cancelled' ? <Badge tone="bad">called off</Badge> : null}
            {isSeries(eventOf(event)) ? <Badge>series</Badge> : null}
          </p>
          <p class="meta">
            <When occurrence={occurrence} timeZone={event.timeZone} />
          </p>
          {event.rsvpEnabled ? <p class="meta">{comingOf(countsOf(counts, event.id))}</p> : null}
        </li>
      ))}
      {dates.length === 0 ? <li class="muted">None.</li> : null}
    </ul>
  )
}

const comingOf = ({ inPerson, remote }: ReturnType<typeof countsOf>): string =>
  `${inPerson.seats} coming, ${remote.seats} from elsewhere, ${inPerson.waitlist + remote.waitlist} waiting`

hubPages.get('/manage/groups/:slug', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const now = c.env.now()
  return showDesk(
    c,
    desk,
    { title: desk.group.name, room: '' },
    <>
      <p class="row">
        {desk.can('events') ? (
          <a class="button" href={`${desk.home}/events/new`}>
            New event
          </a>
        ) : null}
        <a class="button quiet" href={`/g/${desk.group.slug}`}>
          The group’s page
        </a>
      </p>
      <h2>Next dates</h2>
      {await datesOf(c, desk, now, now + AHEAD, 'first')}
    </>,
  )
})

hubPages.get('/manage/groups/:slug/events', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const now = c.env.now()
  return showDesk(
    c,
    desk,
    { title: 'Events', room: '/events' },
    <>
      <p>
        <a class="button" href={`${desk.home}/events/new`}>
          New event
        </a>
      </p>
      <h2>To come</h2>
      {await datesOf(c, desk, now, now + AHEAD, 'first')}
      <h2>Past</h2>
      {await datesOf(c, desk, now - 5 * AHEAD, now, 'last')}
    </>,
  )
})

hubPages.get('/manage/groups/:slug/events/:id', async (c) => {
  const here = await eventHere(c)
  if (here instanceof Response) return here
  const { desk, row } = here
  const event = eventOf(row)
  const home = `${desk.home}/events/${row.id}`
  const counts = row.rsvpEnabled ? await readSeatCounts(c.env.db, [row.id]) : []
  return showDesk(
    c,
    desk,
    { title: row.title, room: '/events', notes: NOTES },
    <>
      <p class="meta">
        {event.recurrenceRule ? formatRule(event.recurrenceRule) : 'once'}{' '}
        {event.status === 'cancelled' ? <Badge tone="bad">called off</Badge> : null}
      </p>
      {row.rsvpEnabled ? <p>{comingOf(countsOf(counts, row.id))}</p> : null}
      <p class="row">
        <a class="button" href={`${home}/edit`}>
          {isSeries(event) ? 'Change all dates' : 'Change'}
        </a>
        <a class="button quiet" href={`${desk.home}/events/new?copy=${row.id}`}>
          Copy
        </a>
        <a class="button quiet" href={`/e/${row.id}`}>
          Its page
        </a>
        {event.status === 'cancelled' ? null : (
          <a class="button quiet" href={`${home}/cancel`}>
            Call off
          </a>
        )}
        {row.rsvpEnabled ? <a href={`${home}/guests`}>Guests, messages, check-in</a> : null}
      </p>
      {isSeries(event) ? <Dates home={home} row={row} now={c.env.now()} /> : null}
    </>,
  )
})

const Dates = ({ home, row, now }: { home: string; row: EventOfGroup; now: number }) => {
  const event = eventOf(row)
  return (
    <>
      <h2>Dates</h2>
      <ul class="list">
        {occurrencesBetween(event, now, now + AHEAD, OF_EVENT_MAX).map((one) => {
          const page = `${home}/dates/${one.recurrenceId}`
          return (
            <li class="card">
              <p class="title">
                <When occurrence={one} timeZone={event.timeZone} />{' '}
                {one.status === 'cancelled' ? <Badge tone="bad">called off</Badge> : null}
                {one.override.start ? <Badge>moved</Badge> : null}
              </p>
              <p class="row">
                <a href={page}>Change this date</a>
                {event.recurrenceRule ? <a href={`${page}/later`}>This and later</a> : null}
                {one.status === 'cancelled' ? null : <a href={`${home}/cancel?date=${one.recurrenceId}`}>Call off</a>}
              </p>
            </li>
          )
        })}
      </ul>
    </>
  )
}
