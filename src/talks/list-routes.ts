/** All talks: as a list that is searched, narrowed and paged, and as a dump. */
import { createRoute, z } from '@hono/zod-openapi'
import { sha256 } from '../digest.ts'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { answers } from '../http/contract.ts'
import { namesTag } from '../http/etag.ts'
import { listAnswer } from '../http/pagination.ts'
import { readDump } from './list.ts'
import { fields, readTalkPage, talkFilter, talkItem, talkQuery } from './list-requests.ts'
import { TalkList } from './list-schema.ts'

const DUMPED_AT_ONCE = 200

/** The type is wide since a stream is no string. */
const JSON_LINES: string = 'application/x-ndjson'
const jsonLines = { ...answers({ 200: null })[200]!, content: { [JSON_LINES]: { schema: z.string() } } }

export const talkListRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/talks',
      tags: ['Talks'],
      summary: 'List or search the talks',
      request: { query: talkQuery },
      responses: answers({ 200: TalkList }, 422),
    }),
    async (c) => {
      const query = c.req.valid('query')
      const { items, next, counts } = await readTalkPage(c, c.get('access'), query)
      return withTag(c, {
        items: items.map((row) => talkItem(c.env.baseUrl, row, query.fields)),
        next,
        ...(query.facets && counts ? { facets: counts.facets, facetsComplete: counts.isComplete } : {}),
      })
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/talks.jsonl',
      tags: ['Talks'],
      summary: 'All talks, one to a line, as a stream',
      request: { query: z.object({ ...talkFilter, fields }) },
      responses: { ...answers({}, 422), 200: jsonLines },
    }),
    async (c) => {
      const { fields: only, ...given } = c.req.valid('query')
      const filter = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
      return c.body(dump(c, filter, only), 200, { 'Content-Type': `${JSON_LINES}; charset=utf-8` })
    },
  )

/** The list with a tag made of its bytes; 304 to who has it. It may be kept, and is asked for again before it is shown. */
async function withTag(c: AppContext, body: { items: unknown[]; next: string | null }): Promise<Response> {
  const answer = listAnswer(c, body)
  const text = await answer.text()
  const tag = `"${(await sha256(text)).slice(0, 32)}"`
  const headers = new Headers(answer.headers)
  headers.set('ETag', tag)
  headers.set('Cache-Control', 'no-cache')
  const isKnown = namesTag(c.req.header('If-None-Match') ?? '', tag)
  if (isKnown) headers.delete('Content-Type')
  return new Response(isKnown ? null : text, { status: isKnown ? 304 : 200, headers })
}

/** Some talks at a time, read when they are asked for. */
function dump(c: AppContext, filter: object, only: string[] | undefined): ReadableStream<Uint8Array> {
  const { db, baseUrl } = c.env
  const access = c.get('access')
  const encoder = new TextEncoder()
  let after = 0
  return new ReadableStream({
    async pull(controller) {
      const rows = await readDump(db, access, filter, DUMPED_AT_ONCE, after)
      after = rows.at(-1)?.key ?? after
      const lines = rows.map((row) => `${JSON.stringify(talkItem(baseUrl, row, only))}\n`)
      if (lines.length > 0) controller.enqueue(encoder.encode(lines.join('')))
      if (rows.length < DUMPED_AT_ONCE) controller.close()
    },
  })
}
