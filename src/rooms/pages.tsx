/** The address at which one joins: it stays, and leads to where the room is at the moment. */
import { Hono } from 'hono'
import type { Occurrence } from '../events/occurrences.ts'
import { When } from '../events/parts.tsx'
import { type EventOfGroup, findEvent } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { linksOf } from '../minutes/rules.ts'
import { refused } from '../outcome.ts'
import { rsvpOfToken } from '../rsvp/requests.ts'
import { formatTime } from '../time/english.ts'
import { anonymous } from '../tokens/access.ts'
import { dateToJoin, findRoom } from './queries.ts'
import { opensAt, type Room, roomOf, standingAt } from './rules.ts'

/** A browser looks again by itself, in seconds. */
const LOOKS_AGAIN_MAX = 600
const LOOKS_AGAIN_CLOSED = 15

export const joinLinkPages = new Hono<AppEnv>()

type At = { row: EventOfGroup; date: Occurrence; isGuest: boolean }

async function showJoin(c: AppContext, { row, date, isGuest }: At) {
  const event = eventOf(row)
  const now = c.env.now()
  const room = roomOf(event, date, await findRoom(c.env.db, row.id, date.recurrenceId))
  const page = `/e/${row.id}/${date.recurrenceId}`
  const recording = linksOf(event, date).find(({ rel }) => rel === 'recording')
  const standing = room ? standingAt(event, date, room, now) : 'none'
  const mayEnter = isGuest || !event.join?.needsRsvp
  c.header('Cache-Control', 'no-store')
  // No link is dead afterwards.
  if (standing === 'over') return c.redirect(recording?.href ?? page, 302)
  if (standing === 'open' && mayEnter && room?.uri?.startsWith('http') && room.dialIn.length === 0)
    return c.redirect(room.uri, 302)
  const opens = opensAt(event, date)
  if (standing === 'early') c.header('Refresh', String(Math.min(opens - now, LOOKS_AGAIN_MAX)))
  if (standing === 'closed') c.header('Refresh', String(LOOKS_AGAIN_CLOSED))
  return showPage(
    c,
    { title: `Join ${date.title}`, isPrivate: true },
    <>
      <p class="kind">
        <a href={page}>{date.title}</a>
      </p>
      <h1>Join</h1>
      <p>
        <When occurrence={date} timeZone={row.timeZone} />
      </p>
      {standing === 'cancelled' ? (
        <p>
          <strong class="bad">Cancelled.</strong> {date.override.reason ?? event.reason ?? ''}
        </p>
      ) : standing === 'early' ? (
        <p>
          The room opens at {formatTime(opens, row.timeZone ?? 'UTC')} ({row.timeZone ?? 'UTC'}); this page leads there
          by itself.
        </p>
      ) : standing === 'closed' ? (
        <p>The room is closed at the moment. This page looks again by itself.</p>
      ) : room === null ? (
        <p>One comes here in person: there is nothing to join from elsewhere.</p>
      ) : mayEnter ? (
        <Door room={room} />
      ) : (
        <p>
          This is for who has answered: <a href={`${page}#rsvp`}>answer</a>, or open the link of your answer and join
          from there.
        </p>
      )}
    </>,
  )
}

const Door = ({ room: { uri, name, dialIn } }: { room: Room }) => (
  <>
    {uri ? (
      <p>
        <a class="button" href={uri} rel="nofollow ugc noopener noreferrer">
          {name ?? 'To the room'}
        </a>
      </p>
    ) : null}
    {dialIn.length > 0 ? (
      <>
        <h2>By telephone</h2>
        <ul>
          {dialIn.map((one) => (
            <li>{one}</li>
          ))}
        </ul>
      </>
    ) : null}
  </>
)

async function join(c: AppContext, id: string, recurrenceId?: string) {
  const row = await findEvent(c.env.db, id, anonymous)
  if (!row) return showRefusal(c, refused('not_found'))
  if (row.deletedAt !== null || row.groupDeletedAt !== null) return showRefusal(c, refused('gone'))
  const date = dateToJoin(eventOf(row), recurrenceId, c.env.now())
  return date ? showJoin(c, { row, date, isGuest: false }) : showRefusal(c, refused('not_found'))
}

joinLinkPages.get('/e/:id/join', (c) => join(c, c.req.param('id')))
joinLinkPages.get('/e/:id/:recurrenceId/join', (c) => join(c, c.req.param('id'), c.req.param('recurrenceId')))

/** The same for a guest, by the link of their answer. */
joinLinkPages.get('/rsvp/:token/join', async (c) => {
  const found = await rsvpOfToken(c, c.req.param('token'))
  if (!found.ok) return showRefusal(c, found)
  const { rsvp, event: row } = found
  const date = dateToJoin(eventOf(row), rsvp.occurrence || undefined, c.env.now())
  if (!date) return showRefusal(c, refused('not_found'))
  const isGuest = rsvp.place === 'seat' || (rsvp.response === 'tentative' && rsvp.place === null)
  return showJoin(c, { row, date, isGuest })
})
