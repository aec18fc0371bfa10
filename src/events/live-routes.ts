/** What is on at the moment. */
import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter } from '../http/app-env.ts'
import { answers } from '../http/contract.ts'
import { listOf } from '../http/pagination.ts'
import { toIso } from '../time/zone.ts'
import { anonymous } from '../tokens/access.ts'
import { mainRoom, withJoin } from './joins.ts'
import { kindNames } from './kinds/index.ts'
import { LiveDate } from './live-schema.ts'
import { eventOf } from './row.ts'
import { type Dated, isOn, readDates } from './upcoming.ts'

const AT_ONCE = 100

function liveJson(baseUrl: string, { event: row, occurrence }: Dated) {
  const page = `${baseUrl}/e/${row.id}/${occurrence.recurrenceId}`
  const event = withJoin({ ...eventOf(row), ...occurrence.override }, page)
  return {
    event: row.id,
    group: row.slug,
    kind: row.kind,
    channel: event.channel ?? null,
    join: mainRoom(event)?.uri ?? null,
    recurrenceId: occurrence.recurrenceId,
    title: occurrence.title,
    startUtc: toIso(occurrence.startsAt),
    endUtc: toIso(occurrence.endsAt),
    url: page,
  }
}

export const liveRoutes = apiRouter().openapi(
  createRoute({
    method: 'get',
    path: '/live',
    tags: ['Events'],
    summary: 'What is on at the moment in public groups: streams with their channel, calls with the way to join',
    request: { query: z.object({ kind: z.enum(kindNames).optional() }) },
    responses: answers({ 200: listOf(LiveDate) }, 422),
  }),
  async (c) => {
    const { kind: wanted } = c.req.valid('query')
    const now = c.env.now()
    const window = { ...(wanted ? { kinds: [wanted] } : {}), from: now, to: now + 1 }
    const dates = await readDates(c.env.db, anonymous, window, AT_ONCE)
    const items = dates.filter(({ occurrence }) => isOn(occurrence, now)).map((one) => liveJson(c.env.baseUrl, one))
    return c.json({ items, next: null }, 200)
  },
)
