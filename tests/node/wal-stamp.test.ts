/** A process may know the version of a feed without asking, and still shows what another process wrote in the very next poll. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app.ts'
import type { Deps } from '../../src/deps.ts'
import { connect } from '../../src/server.ts'
import { ADMIN, BASE_URL, MEETUP } from '../support/world.ts'

describe('two servers on one file', () => {
  let folder: string
  let servers: Awaited<ReturnType<typeof connect>>[]
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convene-stamp-'))
    const settings = { databaseUrl: `file:${join(folder, 'a.db')}`, baseUrl: BASE_URL, adminToken: ADMIN }
    servers = [await connect(settings), await connect(settings)]
  })
  afterEach(async () => {
    for (const { close } of servers) close()
    await rm(folder, { recursive: true, force: true })
  })

  const api = async (deps: Deps, method: string, path: string, body: object) => {
    const headers = { Authorization: `Bearer ${ADMIN}`, 'Content-Type': 'application/json' }
    const request = { method, headers, body: JSON.stringify(body) }
    return (await app.request(`${BASE_URL}/api/v1${path}`, request, deps)).json() as Promise<{ id: string }>
  }

  it('show each change of the other in the next poll, and ask nothing while there is none', async () => {
    const [writer, reader] = servers.map(({ deps }) => deps) as [Deps, Deps]
    let queries = 0
    const all: Deps['db']['all'] = (statement) => {
      queries += 1
      return reader.db.all(statement)
    }
    const deps = { ...reader, db: { ...reader.db, all } }
    const poll = (tag: string) => app.request('/g/sig/calendar.ics', { headers: { 'If-None-Match': tag } }, deps)
    await api(writer, 'POST', '/groups', { slug: 'sig', name: 'SIG' })
    const { id } = await api(writer, 'POST', '/groups/sig/events', MEETUP)
    for (let turn = 0; turn < 50; turn++) {
      await api(writer, 'PATCH', `/events/${id}`, { title: `Turn ${turn}` })
      const changed = await poll('"0"')
      expect(await changed.text()).toContain(`SUMMARY:Turn ${turn}\r\n`)
      queries = 0
      for (let again = 0; again < 3; again++) expect((await poll(changed.headers.get('ETag')!)).status).toBe(304)
      expect(queries).toBe(0)
    }
  })
})
