/**
 * What the pages of the desk share. The desk is a client of the API in the same process: its forms send what a program
 * would send, as who is signed in, and show what the API answers, so nothing is checked or written in two ways.
 */
import type { MiddlewareHandler } from 'hono'
import type { Session } from '../accounts/queries.ts'
import { signedIn } from '../accounts/requests.ts'
import { accessOfRoles } from '../accounts/rules.ts'
import type { Deps } from '../deps.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { isAllowed } from '../http/auth.ts'
import { showRefusal } from '../http/page.tsx'
import { type Fault, type Refused, refused } from '../outcome.ts'
import { type Ability, may, type Role } from '../tokens/access.ts'

/** Gives the pages of the desk the app that they ask. */
export const asksApi =
  (app: (request: Request, deps: Deps) => Response | Promise<Response>): MiddlewareHandler<AppEnv> =>
  (c, next) => {
    c.set('askApi', (request) => app(request, c.env))
    return next()
  }

export type Desk = {
  session: Session
  group: { id: string; slug: string; name: string; role: Role }
  /** Where the desk of this group is. */
  home: string
  can: (ability: Ability) => boolean
}

/**
 * Who is signed in, at the desk of the group that the address names. A group in whose team they are not is none; refuses who
 * may not do there what the route needs.
 */
export async function deskOf(c: AppContext): Promise<Desk | Response> {
  const session = await signedIn(c)
  if (session instanceof Response) return session
  const role = session.roles.find(({ slug }) => slug === c.req.param('slug'))
  if (!role) return showRefusal(c, refused('not_found'))
  const access = accessOfRoles(session.roles)
  c.set('access', access)
  if (!isAllowed(c, role.groupId)) return showRefusal(c, refused('forbidden'))
  return {
    session,
    group: { id: role.groupId, slug: role.slug, name: role.name, role: role.role },
    home: `/manage/groups/${role.slug}`,
    can: (ability) => may(access, ability, role.groupId),
  }
}

export type Answered<T> = { ok: true; status: number; body: T; version: string } | (Refused & { status: number })

type Ask = {
  body?: unknown
  type?: string
  /** The version that is to be changed, as `version` of an earlier answer. */
  version?: string | undefined
  /** Names one try to make something, so that a form sent twice makes it once. */
  key?: string | undefined
  /** An operator's token, instead of who is signed in. */
  token?: string
}

/** What a browser sends of itself with each request; all else belongs to the page. */
const KEPT = /^(cookie|origin|sec-fetch-site|user-agent|x-forwarded-for|x-real-ip|forwarded|cf-connecting-ip)$/

/** How long a form waits for the same one that is under way: what a double click sends. */
const WAITS_MS = [50, 100, 200, 400, 800, 1600]

/** Asks the API as who sent this request; null where it was asked as nobody is the same as a refusal. */
export async function ask<T>(c: AppContext, method: string, path: string, options: Ask = {}): Promise<Answered<T>> {
  for (const wait of options.key ? WAITS_MS : []) {
    const answered = await askOnce<T>(c, method, path, options)
    if (answered.ok || answered.reason !== 'idempotency_in_progress') return answered
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
  return askOnce(c, method, path, options)
}

async function askOnce<T>(
  c: AppContext,
  method: string,
  path: string,
  { body, type = 'application/json', version, key, token }: Ask,
): Promise<Answered<T>> {
  const headers = new Headers([...c.req.raw.headers].filter(([name]) => KEPT.test(name)))
  if (body !== undefined) headers.set('Content-Type', type)
  if (version) headers.set('If-Match', version)
  if (key) headers.set('Idempotency-Key', key)
  if (token) headers.set('Authorization', `Bearer ${token}`)
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
  const answer = await c.get('askApi')!(new Request(`${c.env.baseUrl}/api/v1${path}`, { method, headers, ...sent }))
  const text = await answer.text()
  const { status } = answer
  if (answer.ok)
    return { ok: true, status, body: (text ? JSON.parse(text) : null) as T, version: answer.headers.get('ETag') ?? '' }
  const problem = JSON.parse(text) as { reason: Refused['reason']; detail?: string; errors?: Fault[] }
  const { reason, detail, errors } = problem
  return { ok: false, status, reason, ...(detail ? { detail } : {}), ...(errors ? { errors } : {}) }
}

/** What a form sent: texts by name, the last one where a name stands twice; files as texts. */
export type Sent = Record<string, string>

/** The fields of a form; of a file its text, where it has any. */
export async function sentBy(c: AppContext): Promise<Sent> {
  const sent: Sent = {}
  for (const [name, value] of Object.entries(await c.req.parseBody())) {
    if (typeof value === 'string') sent[name] = value
    else if (value instanceof File && value.size > 0) {
      sent[name] = await value.text()
      sent[`${name}.name`] = value.name
    }
  }
  return sent
}

/** Goes on after something was done, and has the next page say so. */
export function done(c: AppContext, path: string, note: string): Response {
  c.header('Cache-Control', 'no-store')
  const [page, fragment] = path.split('#')
  return c.redirect(`${page}${page!.includes('?') ? '&' : '?'}done=${note}${fragment ? `#${fragment}` : ''}`, 303)
}
