import type { Context } from 'hono'

/** Whether a list of entity tags (If-Match, If-None-Match) names this one; `*` names any. */
export function namesTag(list: string, tag: string): boolean {
  if (list.trim() === '*') return true
  return list.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)
}

/** The row's version that If-Match asks for; undefined where the request doesn't care. */
export function expectedVersion(c: Context): string | undefined {
  const header = c.req.header('If-Match')
  if (header === undefined || header.trim() === '*') return undefined
  return /^"([^"]*)"$/.exec(header.trim())?.[1] ?? 'none'
}

/** JSON with the row's version as a strong ETag; 304 where the client has it. */
export function jsonWithVersion(
  c: Context,
  body: unknown,
  version: string,
  status: 200 | 201 = 200,
  headers: Record<string, string> = {},
): Response {
  const tag = `"${version}"`
  const known = c.req.header('If-None-Match')
  if (status === 200 && c.req.method === 'GET' && known && namesTag(known, tag)) return c.body(null, 304, { ETag: tag })
  return c.json(body as never, status, { ETag: tag, ...headers })
}
