import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'

/** The members of every list's query. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50).openapi({ type: 'integer', minimum: 1, maximum: 200 }),
  cursor: z
    .string()
    .max(500)
    .refine((text) => readCursor(text) !== null, 'must be a cursor that a list gave')
    .optional(),
}

/** A keyset cursor: the sort values of the last row, as opaque text. */
export const writeCursor = (...keys: (string | number | null)[]): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(keys))))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

/** The sort values that a cursor holds; null where it is none of ours. */
export function readCursor(cursor: string): (string | number | null)[] | null {
  try {
    const bytes = Uint8Array.from(atob(cursor.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0))
    const keys: unknown = JSON.parse(new TextDecoder().decode(bytes))
    const fits = (key: unknown) => key === null || typeof key === 'string' || typeof key === 'number'
    return Array.isArray(keys) && keys.length > 0 && keys.every(fits) ? keys : null
  } catch {
    return null
  }
}

/** One page out of `limit + 1` rows: the extra row tells that there is a next one. */
export function page<T>(rows: T[], limit: number, cursorOf: (row: T) => string): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? cursorOf(items.at(-1)!) : null }
}

/** The list's answer, with the next page in a Link header too. */
export function listAnswer(c: Context, body: { items: unknown[]; next: string | null }): Response {
  if (body.next !== null) {
    const here = new URL(c.req.url)
    here.searchParams.set('cursor', body.next)
    c.header('Link', `<${c.env.baseUrl}${here.pathname}${here.search}>; rel="next"`)
  }
  return c.json(body as never)
}

/** The schema of a list of these. */
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })
