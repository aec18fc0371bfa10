import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter } from '../http/app-env.ts'
import { answers } from '../http/contract.ts'
import { line } from '../http/fields.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { invalid } from '../outcome.ts'
import { snippetHtml } from '../talks/json.ts'
import { readWords } from '../talks/words.ts'
import { findMeetings } from './queries.ts'

const FoundMeeting = z
  .object({
    event: z.string(),
    recurrenceId: z.string(),
    title: z.string(),
    kind: z.string(),
    group: z.string(),
    excerpt: z.string().nullable().openapi({ description: 'HTML: text, and <mark> around the words' }),
    url: z.string(),
  })
  .openapi('FoundMeeting')

export const meetingRoutes = apiRouter().openapi(
  createRoute({
    method: 'get',
    path: '/meetings',
    tags: ['Records'],
    summary: 'Search minutes, agendas and logs',
    request: { query: z.object({ ...pageQuery, q: line(200), group: z.string().optional() }) },
    responses: answers({ 200: listOf(FoundMeeting) }, 422),
  }),
  async (c) => {
    const { q, group, limit, cursor } = c.req.valid('query')
    const words = readWords(q)
    if (!words) return problem(c, invalid({ path: 'q', message: 'has no word in it' }))
    const offset = Math.max(0, Math.min(10_000, Number(cursor ? readCursor(cursor)?.[0] : 0) || 0))
    const rows = await findMeetings(c.env.db, c.get('access'), words, { group, limit: limit + 1, offset })
    const { items, next } = page(rows, limit, () => writeCursor(offset + limit))
    return listAnswer(c, {
      items: items.map(({ groupName: _, excerpt, ...one }) => ({
        ...one,
        excerpt: excerpt === null ? null : snippetHtml(excerpt),
        url: `${c.env.baseUrl}/e/${one.event}/${one.recurrenceId}`,
      })),
      next,
    })
  },
)
