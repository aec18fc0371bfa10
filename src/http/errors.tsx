import { HTTPException } from 'hono/http-exception'
import { refused } from '../outcome.ts'
import type { AppContext } from './app-env.ts'
import { showBug, showRefusal } from './page.tsx'
import { problem } from './problem.ts'

/** Bugs and broken infrastructure end here: 500 with an id that the log has too, and nothing of the inside. */
export function onError(error: Error, c: AppContext): Response | Promise<Response> {
  if (error instanceof HTTPException) {
    if (error.status === 400) return problem(c, refused('bad_json', error.message))
    if (error.status === 415) return problem(c, refused('unsupported_media_type', error.message))
  }
  if (/SQLITE_BUSY|D1 DB is overloaded|Network connection lost/.test(String(error))) return problem(c, refused('busy'))
  const request = c.env.newId()
  c.env.log({
    level: 'error',
    request,
    method: c.req.method,
    path: c.req.path,
    error: String(error),
    stack: error.stack,
  })
  if (isBrowser(c)) return showBug(c, request)
  return c.body(
    JSON.stringify({ type: '/problems/bug', title: 'Something is broken here', status: 500, request }),
    500,
    {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
    },
  )
}

/** Whether a person is looking: the API and programs get problem+json. */
const isBrowser = (c: AppContext) =>
  !c.req.path.startsWith('/api/') && (c.req.header('Accept') ?? '').includes('text/html')

export const onNotFound = (c: AppContext): Response | Promise<Response> =>
  isBrowser(c) ? showRefusal(c, refused('not_found')) : problem(c, refused('not_found'))
