/** The Node server over real HTTP, on a file of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { connect as connectSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, listen } from '../../src/server.ts'
import { smoke } from '../support/smoke.ts'
import { ADMIN } from '../support/world.ts'

const BASE_URL = 'https://convene.test'

describe('the Node server', () => {
  let folder: string
  let databaseUrl: string
  let server: Awaited<ReturnType<typeof listen>>
  let url: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convene-server-'))
    databaseUrl = `file:${join(folder, 'deep', 'convene.db')}`
    const { deps } = await connect({ databaseUrl, baseUrl: BASE_URL, adminToken: ADMIN })
    server = await listen(deps, 0)
    url = `http://127.0.0.1:${server.port}`
  })
  afterAll(async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('does what every Convene does', () => smoke(url, ADMIN))

  it('makes every link from BASE_URL, whatever the request says its host is', async () => {
    const raw = (request: string) =>
      new Promise<string>((resolve, reject) => {
        let answer = ''
        const socket = connectSocket(server.port, '127.0.0.1', () => socket.write(request))
        socket.setEncoding('utf8').on('data', (data) => {
          answer += data
        })
        socket.on('end', () => resolve(answer)).on('error', reject)
      })
    for (const path of ['/calendar.ics', '/', '/g/hyperscale', '/api/v1/groups?limit=1', '/openapi.json']) {
      for (const line of [
        `GET ${path} HTTP/1.1\r\nHost: evil.example`,
        `GET http://evil.example${path} HTTP/1.1\r\nHost: convene.test`,
      ]) {
        const answer = await raw(`${line}\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n`)
        expect(answer).toMatch(/^HTTP\/1.1 200/)
        expect(answer).not.toContain('evil.example')
      }
    }
  })

  it('stops reading a body that is too large, also when its length was not announced', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(100_000))
    let sent = 0
    const body = new ReadableStream({
      pull(controller) {
        if (sent++ < 25) controller.enqueue(chunk)
        else controller.close()
      },
    })
    const answer = await fetch(`${url}/api/v1/groups`, {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { Authorization: `Bearer ${ADMIN}`, 'Content-Type': 'application/json' },
    } as RequestInit)
    expect(answer.status).toBe(413)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })

  it('answers the next request after one that was too large', async () => {
    for (let turn = 0; turn < 20; turn++) {
      const answer = await fetch(`${url}/api/v1/groups`, {
        method: 'POST',
        body: JSON.stringify({ slug: 'large', name: 'x'.repeat(2_000_000) }),
        headers: { Authorization: `Bearer ${ADMIN}`, 'Content-Type': 'application/json' },
      })
      expect([answer.status, answer.headers.get('Connection')]).toEqual([413, 'close'])
      await answer.text()
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect((await fetch(`${url}/healthz`)).status).toBe(200)
    }
  })

  it('takes no weak operator’s token, and makes one where none is given, once', async () => {
    await expect(connect({ databaseUrl, baseUrl: BASE_URL, adminToken: 'short' })).rejects.toThrow('ADMIN_TOKEN')
    const fresh = { databaseUrl: `file:${join(folder, 'fresh.db')}`, baseUrl: BASE_URL }
    const first = await connect(fresh)
    expect(first.newToken).toMatch(/^convene_/)
    first.close()
    const second = await connect(fresh)
    expect(second.newToken).toBeNull()
    const server = await listen(second.deps, 0)
    const found = (token: string) =>
      fetch(`http://127.0.0.1:${server.port}/api/v1/tokens`, { headers: { Authorization: `Bearer ${token}` } }).then(
        ({ status }) => status,
      )
    expect([await found(first.newToken!), await found('convene_other')]).toEqual([200, 401])
    await server.close()
    second.close()
  })
})
