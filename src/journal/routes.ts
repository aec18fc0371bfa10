import { createRoute, z } from '@hono/zod-openapi'
import { groupOr404 } from '../groups/routes.ts'
import { apiRouter } from '../http/app-env.ts'
import { answers } from '../http/contract.ts'
import { pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { parseInstant } from '../time/zone.ts'
import { changeJson } from './fact.ts'
import { isKnown, type JournalPosition, readJournal, readLast } from './queries.ts'
import { Changes, changeType } from './schema.ts'

const query = z.object({
  since: z
    .string()
    .max(500)
    .refine(
      (text) => BEGINNING.includes(text) || text === 'now' || parseInstant(text) !== null || positionOf(text) !== null,
      'must be `now`, a time in UTC, or a `since` that an answer gave',
    )
    .optional()
    .openapi({
      description:
        'from where on; from the first change where it is left out or 0, from here on with `now`, or from a time on',
    }),
  limit: pageQuery.limit,
  type: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(changeType).max(50))
    .optional()
    .openapi({ type: 'string', description: 'kinds of changes: `event.updated,talk.*`' }),
  group: z.string().optional(),
})

/** From the first change on. */
const BEGINNING = ['', '0']

function positionOf(since: string): JournalPosition | null {
  const [seq, id] = readCursor(since) ?? []
  return Number.isSafeInteger(seq) && typeof id === 'string' ? { seq: seq as number, id } : null
}

export const journalRoutes = apiRouter().openapi(
  createRoute({
    method: 'get',
    path: '/changes',
    tags: ['Changes'],
    summary: 'What has changed since, in order: for copies that keep up',
    request: { query },
    responses: answers({ 200: Changes }, 404, 410, 422),
  }),
  async (c) => {
    const { since, limit, type = [], group: slug } = c.req.valid('query')
    const group = slug === undefined ? null : await groupOr404(c, slug)
    if (group instanceof Response) return group
    const { db, baseUrl } = c.env
    const time = since ? parseInstant(since) : null
    const from =
      since === 'now' || time !== null
        ? await readLast(db, time)
        : ((since ? positionOf(since) : null) ?? { seq: 0, id: '' })
    if (!(await isKnown(db, from)))
      return problem(c, refused('gone', 'An older backup was brought in since: read everything anew.'))
    const filter = { types: type, ...(group ? { groupId: group.id } : {}) }
    const { items, end, isEnd } = await readJournal(db, c.get('access'), filter, from, limit)
    const here = writeCursor(end.seq, end.id)
    if (!isEnd) {
      const url = new URL(c.req.url)
      url.searchParams.set('since', here)
      c.header('Link', `<${baseUrl}${url.pathname}${url.search}>; rel="next"`)
    }
    return c.json({ items: items.map((row) => changeJson(baseUrl, row)), next: isEnd ? null : here, since: here }, 200)
  },
)
