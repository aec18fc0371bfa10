/** The third engine: libSQL over HTTP, from a real sqld, with the client of Node and with that of Workers. */
import { createClient as createNodeClient } from '@libsql/client'
import { createClient as createWebClient } from '@libsql/client/web'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { app } from '../../src/app.ts'
import { libsqlDb, REMOTE_CONCURRENCY } from '../../src/db/libsql.ts'
import { migrate } from '../../src/db/migrate.ts'
import type { Deps } from '../../src/deps.ts'
import { sha256 } from '../../src/digest.ts'
import { platform } from '../../src/platform.ts'
import { remoteGetOnNode, remotePostOnNode } from '../../src/remote-node.ts'
import { naiveRace } from '../support/naive.ts'
import { hasSqld, startSqld } from '../support/sqld.ts'
import { ADMIN, BASE_URL, MEETUP } from '../support/world.ts'

const clients = { 'the Node client': createNodeClient, 'the client of Workers': createWebClient }

describe.skipIf(!hasSqld).each(Object.entries(clients))('sqld with %s', (_, createClient) => {
  let sqld: Awaited<ReturnType<typeof startSqld>>
  let deps: Deps
  beforeAll(async () => {
    sqld = await startSqld()
    const db = libsqlDb(createClient({ url: sqld.url, concurrency: REMOTE_CONCURRENCY }))
    deps = {
      ...platform,
      remoteGet: remoteGetOnNode(),
      remotePost: remotePostOnNode(),
      db,
      baseUrl: BASE_URL,
      adminTokenHash: await sha256(ADMIN),
      now: () => Date.UTC(2023, 0, 2) / 1000,
    }
    await Promise.all([migrate(db), migrate(db)])
    await migrate(db)
  })
  afterAll(() => sqld.stop())

  const api = async (method: string, path: string, body?: unknown, token: string | null = ADMIN) => {
    const answer = await app.request(
      `${BASE_URL}/api/v1${path}`,
      {
        method,
        headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      deps,
    )
    return {
      status: answer.status,
      body: (answer.status === 204 ? null : await answer.json()) as Record<string, never>,
    }
  }

  it('holds a batch whole or not at all', async () => {
    const { db } = deps
    const bad = { sql: 'INSERT INTO nothing VALUES (1)', params: [] }
    await expect(
      db.batch([{ sql: `INSERT INTO feed_versions VALUES ('x', 'y', 1)`, params: [] }, bad]),
    ).rejects.toThrow()
    expect(await db.all({ sql: 'SELECT * FROM feed_versions', params: [] })).toEqual([])
  })

  it('serves groups, events, feeds and talks', async () => {
    await api('POST', '/groups', { slug: 'sig', name: 'SIG' })
    const event = await api('POST', '/groups/sig/events', { ...MEETUP, rsvp: { capacity: { inPerson: 100 } } })
    expect(event.status).toBe(201)
    const feed = await app.request(`${BASE_URL}/g/sig/calendar.ics`, {}, deps)
    expect(await feed.text()).toContain('Meetup in Brussels')
    expect((await api('POST', '/talks', { title: 'On systemd', speakers: [{ name: 'Ada' }] })).status).toBe(201)
    expect((await api('GET', '/talks?q=systemd')).body.items).toHaveLength(1)
  })

  it('gives 100 seats to 2,000 answers at once, and a manage link cancels one', async () => {
    const { body } = await api('POST', '/groups/sig/events', {
      ...MEETUP,
      title: 'Race',
      rsvp: { capacity: { inPerson: 100 } },
    })
    const answers = await Promise.all(
      Array.from({ length: 2000 }, (_, n) =>
        api('POST', `/events/${body.id}/rsvps`, { name: `G${n}`, email: `g${n}@example.org` }, null),
      ),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    const stored = await deps.db.all<{ place: string; n: number; last: number }>({
      sql: 'SELECT place, count(*) AS n, max(position) AS last FROM rsvps WHERE event_id = ? GROUP BY place ORDER BY place',
      params: [body.id],
    })
    expect(stored.map((row) => ({ ...row }))).toEqual([
      { place: 'seat', n: 100, last: null },
      { place: 'waitlist', n: 1900, last: 1900 },
    ])
    const seated = answers.find((one) => one.body.place === ('seat' as never))!
    expect((await api('DELETE', `/rsvps/${seated.body.id}`, undefined, seated.body.manageToken)).status).toBe(204)
    const after = (await api('GET', `/events/${body.id}`)).body as unknown as {
      rsvp: { counts: { inPerson: unknown } }
    }
    expect(after.rsvp.counts.inPerson).toEqual({ seats: 100, waitlist: 1899 })
  })

  it('oversells when seats are counted first and given afterwards', async () => {
    expect(await naiveRace(deps.db, 400, 100)).toBeGreaterThan(100)
  })
})
