import { createRoute, z } from '@hono/zod-openapi'
import { groupOr404 } from '../groups/routes.ts'
import { apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers } from '../http/contract.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { toIso } from '../time/zone.ts'
import { differences, readAudit } from './audit.ts'
import { AuditEntry } from './schema.ts'

export const auditRoutes = apiRouter().openapi(
  createRoute({
    method: 'get',
    path: '/groups/{slug}/audit',
    tags: ['Changes'],
    summary: 'Who changed what in a group, the newest first, with what stood there before; kept for 400 days',
    security: [{ bearer: [] }],
    request: {
      params: z.object({ slug: z.string() }),
      query: z.object({
        ...pageQuery,
        subject: z.string().max(40).optional().openapi({ description: 'the id of an event, a talk, a member …' }),
      }),
    },
    responses: answers({ 200: listOf(AuditEntry) }, 401, 403, 404, 410, 422),
  }),
  async (c) => {
    const group = await groupOr404(c, c.req.valid('param').slug)
    if (group instanceof Response) return group
    const refusal = notAllowed(c, group.id)
    if (refusal) return refusal
    const { limit, cursor, subject } = c.req.valid('query')
    const before = cursor ? Number(readCursor(cursor)?.[0]) : null
    const rows = await readAudit(c.env.db, group.id, limit, before, subject)
    const { items, next } = page(rows, limit, (row) => writeCursor(row.seq))
    const entries = items.map(({ seq: _, at, kind, subjectId, payload, actor, name, before: was, after }) => {
      const { event, occurrence } = JSON.parse(payload) as { event?: string; occurrence?: string }
      return {
        at: toIso(at),
        type: kind,
        subject: subjectId,
        event: event ?? null,
        occurrence: occurrence || null,
        actor: { kind: actor.split(':')[0] as 'account' | 'token' | 'operator', id: actor.split(':')[1] ?? null, name },
        changed: differences(was, after),
      }
    })
    return listAnswer(c, { items: entries, next })
  },
)
