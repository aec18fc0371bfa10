/** A small community to test with: named groups and events in a real database, and the app in front of it. */
import { openDatabase } from '#engine'
import { app } from '../../src/app.ts'
import type { Deps } from '../../src/deps.ts'
import { sha256 } from '../../src/digest.ts'
import { platform } from '../../src/platform.ts'

export const ADMIN = 'an-operator-token-of-forty-characters-xx'
export const BASE_URL = 'https://convene.test'

type Answer<T> = { status: number; body: T; headers: Headers; text: string }
type Options = { token?: string | null; headers?: Record<string, string> }

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever the API answers
type Json = any

export type World = Awaited<ReturnType<typeof openWorld>>

/** Opens an empty community at a fixed time: Monday 2 January 2023, noon UTC. */
export async function openWorld() {
  const { db, costs, close } = await openDatabase()
  const logged: Record<string, unknown>[] = []
  const clock = { now: Date.UTC(2023, 0, 2, 12) / 1000 }
  const deps: Deps = {
    ...platform,
    remoteGet: async () => {
      throw new Error('no other server here')
    },
    remotePost: async () => {
      throw new Error('no other server here')
    },
    db,
    now: () => clock.now,
    baseUrl: BASE_URL,
    adminTokenHash: await sha256(ADMIN),
    log: (entry) => logged.push(entry),
  }

  async function request<T = Json>(
    method: string,
    path: string,
    body?: unknown,
    options: Options = {},
  ): Promise<Answer<T>> {
    const token = options.token === undefined ? ADMIN : options.token
    const isText = typeof body === 'string' || body instanceof Uint8Array
    const response = await app.request(
      `${BASE_URL}${path}`,
      {
        method,
        headers: {
          ...(token ? { Authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...options.headers,
        },
        ...(body === undefined ? {} : { body: isText ? (body as string) : JSON.stringify(body) }),
      },
      deps,
    )
    const text = await response.text()
    // Never a 500: what broke is worth more than a failed expectation.
    if (response.status === 500) throw new Error(`${method} ${path}: ${JSON.stringify(logged.at(-1))}`)
    const isJson = /[/+]json\b/.test(response.headers.get('Content-Type') ?? '')
    return {
      status: response.status,
      body: (isJson && text ? JSON.parse(text) : undefined) as T,
      headers: response.headers,
      text,
    }
  }

  /** A request to the API, as the operator unless a token (or null: nobody) is given. */
  const api = <T = Json>(method: string, path: string, body?: unknown, options?: Options) =>
    request<T>(method, `/api/v1${path}`, body, options)

  /** A page or a feed as a visitor gets it. */
  const get = (path: string, headers: Record<string, string> = {}) =>
    request('GET', path, undefined, { token: null, headers })

  /** A form sent by a browser from our own pages. */
  const submit = (path: string, fields: Record<string, string>) =>
    request('POST', path, new URLSearchParams(fields).toString(), {
      token: null,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: BASE_URL },
    })

  const group = async (slug = 'hyperscale', more: object = {}) =>
    (await api('POST', '/groups', { slug, name: `The ${slug} group`, ...more })).body

  const event = async (slug: string, more: object = {}) => {
    const made = await api('POST', `/groups/${slug}/events`, { ...MEETUP, ...more })
    if (made.status !== 201) throw new Error(`no event: ${made.text}`)
    return made.body
  }

  return { deps, db, costs, close, clock, logged, request, api, get, submit, group, event }
}

/** A meetup in Brussels on 2 February 2023 with three seats. */
export const MEETUP = {
  title: 'Meetup in Brussels',
  kind: 'meetup',
  start: '2023-02-02T14:00:00',
  timeZone: 'Europe/Brussels',
  duration: 'PT4H',
  rsvp: { capacity: { inPerson: 3 } },
}

/** The monthly hangout at 14:00 in Los Angeles. */
export const HANGOUT = {
  title: 'Monthly hangout',
  kind: 'hangout',
  start: '2023-01-18T14:00:00',
  timeZone: 'America/Los_Angeles',
  duration: 'PT1H',
  recurrenceRule: 'FREQ=MONTHLY;BYDAY=3WE',
  virtualLocations: [{ name: 'Video call', uri: 'https://meet.example/hangout', features: ['video'] }],
}
