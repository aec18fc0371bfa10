import { createRoute, z } from '@hono/zod-openapi'
import { sha256 } from '../digest.ts'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { answers } from '../http/contract.ts'
import { namesTag } from '../http/etag.ts'
import { problem } from '../http/problem.ts'
import { invalid, refused } from '../outcome.ts'
import { CAPTIONS_FORMATS, type CaptionsFormat, decodeCaptions } from './captions-formats.ts'
import { CaptionsRead, CaptionsText } from './captions-schema.ts'
import { writeVtt } from './captions-vtt.ts'
import type { ReadCues } from './cues.ts'
import { changeable, talkOr404 } from './requests.ts'
import { Resource } from './schema.ts'
import { readCaptions, updateCaptions } from './update-captions.ts'

const params = z.object({ slug: z.string(), language: Resource.shape.language.unwrap().openapi({ example: 'en' }) })
const mediaTypes = CAPTIONS_FORMATS.flatMap((format) => format.mediaTypes)
const security = [{ bearer: [] }]
const vtt = { ...answers({ 200: null })[200]!, content: { 'text/vtt': { schema: z.string() } } }

/** The cues of a body in one of the formats, or in JSON around it; or the answer that says why they can't be read. */
async function readBody(c: AppContext): Promise<(ReadCues & { format: CaptionsFormat }) | Response> {
  const [mediaType = '', ...rest] = (c.req.header('Content-Type') ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase())
  if (mediaType === 'application/json') {
    const { text } = CaptionsText.parse(await c.req.json())
    const format = CAPTIONS_FORMATS.find((one) => one.begins.test(text))!
    return { format, ...format.read(text) }
  }
  const format = CAPTIONS_FORMATS.find((one) => one.mediaTypes.includes(mediaType))
  if (!format) return problem(c, refused('unsupported_media_type', `Send ${mediaTypes.join(' or ')}.`))
  const [, charset] = /^charset="?([^"]+)"?$/.exec(rest.find((part) => part.startsWith('charset=')) ?? '') ?? []
  const decoded = decodeCaptions(new Uint8Array(await c.req.arrayBuffer()), charset)
  return decoded.ok
    ? { format, ...format.read(decoded.text) }
    : problem(c, invalid({ path: '', message: decoded.message }))
}

export const captionsRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'put',
      path: '/talks/{slug}/captions/{language}',
      tags: ['Talks'],
      summary: 'Say what was said in a talk, by its captions',
      description:
        'From then on it is found by what is said in it, with the second. Cues out of order are put in order; a cue that can’t be read is a fault that says which.',
      security,
      request: {
        params,
        query: z.object({
          partial: z
            .enum(['true', 'false'])
            .optional()
            .openapi({ description: 'take the cues that can be read, and list the faults of the rest' }),
        }),
        body: {
          content: {
            'application/json': { schema: CaptionsText },
            ...Object.fromEntries(mediaTypes.map((one) => [one, { schema: z.string() }])),
          },
        },
      },
      responses: answers({ 200: CaptionsRead }, 401, 403, 404, 410, 412, 413, 415, 422),
    }),
    async (c) => {
      const { slug, language } = c.req.valid('param')
      const talk = changeable(c, await talkOr404(c, slug))
      if (talk instanceof Response) return talk
      const read = await readBody(c)
      if (read instanceof Response) return read
      const { format, cues, faults } = read
      if (cues.length === 0 || (faults.length > 0 && c.req.valid('query').partial !== 'true'))
        return problem(c, invalid(...faults))
      const outcome = await updateCaptions(c.env, talk, language, cues)
      return outcome.ok ? c.json({ language, format: format.name, cues: cues.length, faults }) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/talks/{slug}/captions/{language}',
      tags: ['Talks'],
      summary: 'The captions of a talk, as WebVTT',
      request: { params },
      responses: { ...answers({}, 404, 410), 200: vtt },
    }),
    async (c) => {
      const { slug, language } = c.req.valid('param')
      const talk = await talkOr404(c, slug)
      if (talk instanceof Response) return talk
      const cues = await readCaptions(c.env.db, talk, language)
      if (!cues) return problem(c, refused('not_found'))
      const text = writeVtt(cues)
      const tag = `"${(await sha256(text)).slice(0, 32)}"`
      if (namesTag(c.req.header('If-None-Match') ?? '', tag)) return c.body(null, 304, { ETag: tag })
      return c.body(text, 200, { 'Content-Type': 'text/vtt; charset=utf-8', ETag: tag })
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/talks/{slug}/captions/{language}',
      tags: ['Talks'],
      summary: 'Take the captions of a talk away',
      security,
      request: { params },
      responses: answers({ 204: null }, 401, 403, 404, 410, 412),
    }),
    async (c) => {
      const { slug, language } = c.req.valid('param')
      const talk = changeable(c, await talkOr404(c, slug))
      if (talk instanceof Response) return talk
      if (!(await readCaptions(c.env.db, talk, language))) return problem(c, refused('not_found'))
      const outcome = await updateCaptions(c.env, talk, language, [])
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
