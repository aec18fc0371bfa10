/** What the routes of events share: finding the event of a request, and answering with one or with many. */
import { z } from '@hono/zod-openapi'
import type { AppContext } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { expectedVersion, jsonWithVersion } from '../http/etag.ts'
import { instant, line } from '../http/fields.ts'
import { listAnswer, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { parseInstant } from '../time/zone.ts'
import { may } from '../tokens/access.ts'
import { eventJson } from './json.ts'
import { kindNames } from './kinds/index.ts'
import { findConflicts } from './neighbours.ts'
import type { Occurrence } from './occurrences.ts'
import { type EventOfGroup, findEvent, readEvents, readSeatCounts } from './queries.ts'
import { type EventRow, eventOf, type Home } from './row.ts'
import type { Warning } from './schema.ts'
import { AHEAD_SECONDS, holdsOn } from './shifts.ts'
import { conflictWarning, shiftWarnings } from './warnings.ts'

const kinds = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(kindNames)))
  .openapi({ type: 'string', example: 'meetup,hangout' })

export const listQuery = z.object({
  ...pageQuery,
  kind: kinds.optional(),
  tag: line(60).optional(),
  from: instant.optional(),
  to: instant.optional(),
  status: z.enum(['tentative', 'confirmed', 'cancelled']).optional(),
  q: line(100).optional(),
})

/** The event of a request, or the answer that says why not. */
export async function eventOr404(c: AppContext, id: string): Promise<EventOfGroup | Response> {
  const row = await findEvent(c.env.db, id, c.get('access'))
  if (!row) return problem(c, refused('not_found'))
  return row.deletedAt === null && row.groupDeletedAt === null ? row : problem(c, refused('gone'))
}

/** The same for its organizers only. */
export async function eventToOrganize(c: AppContext, id: string): Promise<EventOfGroup | Response> {
  const row = await eventOr404(c, id)
  return row instanceof Response ? row : (notAllowed(c, row.groupId) ?? row)
}

/** The same for a request that changes the event itself: in the version that If-Match names. */
export async function eventToChange(c: AppContext, id: string): Promise<EventOfGroup | Response> {
  const row = await eventToOrganize(c, id)
  if (row instanceof Response) return row
  const expected = expectedVersion(c)
  return expected === undefined || expected === row.changeId ? row : problem(c, refused('stale'))
}

export const homeOf = (row: EventOfGroup): Home => ({ id: row.groupId, slug: row.slug, visibility: row.visibility })

/** Answers with the event; its ETag is the row's version, so counts of answers don't make an edit stale. */
export async function answerEvent(c: AppContext, row: EventOfGroup, warnings?: Warning[]): Promise<Response> {
  const counts = row.rsvpEnabled ? await readSeatCounts(c.env.db, [row.id]) : []
  const body = {
    ...eventJson(c.env.baseUrl, row, counts, may(c.get('access'), 'see', row.groupId)),
    warnings: warnings ?? shiftWarnings(eventOf(row), c.env.now()),
  }
  return jsonWithVersion(c, body, row.changeId)
}

/** What there is to say of an event that was just saved, or of one date of it. */
export async function warningsAfter(c: AppContext, row: EventRow, date?: Occurrence): Promise<Warning[]> {
  const { db, baseUrl } = c.env
  const now = c.env.now()
  const event = eventOf(row)
  const shifts = shiftWarnings(event, now).filter((one) => !date || one.type === 'conflict' || holdsOn(one, date.start))
  if (date && (date.override.excluded || date.status === 'cancelled')) return []
  const [from, to] = date ? [Math.max(date.startsAt, now), date.endsAt] : [now, now + AHEAD_SECONDS]
  const conflictsOf = await findConflicts(db, c.get('access'), [{ id: row.id, event }], from, to)
  return [...shifts, ...conflictsOf({ id: row.id, event }).map((one) => conflictWarning(baseUrl, event, one))]
}

export async function answerList(
  c: AppContext,
  query: z.output<typeof listQuery>,
  groupId?: string,
): Promise<Response> {
  const { limit, cursor, kind, from, to, ...rest } = query
  const [startsAt, id] = cursor ? (readCursor(cursor) ?? []) : []
  const filter = {
    ...rest,
    ...(groupId ? { groupId } : {}),
    ...(kind ? { kinds: kind } : {}),
    ...(from ? { from: parseInstant(from)! } : {}),
    ...(to ? { to: parseInstant(to)! } : {}),
  }
  const after = cursor ? { startsAt: Number(startsAt), id: String(id) } : undefined
  const rows = await readEvents(c.env.db, c.get('access'), filter, limit, after)
  const { items, next } = page(rows, limit, (row) => writeCursor(row.startsAt, row.id))
  const open = items.filter((row) => row.rsvpEnabled).map((row) => row.id)
  const counts = open.length > 0 ? await readSeatCounts(c.env.db, open) : []
  return listAnswer(c, {
    items: items.map((row) => eventJson(c.env.baseUrl, row, counts, may(c.get('access'), 'see', row.groupId))),
    next,
  })
}
