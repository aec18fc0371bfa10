/** `npx wrangler dev` serves the same from workerd with a local D1 database. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { smoke } from '../support/smoke.ts'
import { ADMIN } from '../support/world.ts'

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

describe('wrangler dev', () => {
  let folder: string
  let wrangler: ChildProcess
  let url: string
  let output = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convene-worker-'))
    const port = await freePort()
    const inspector = await freePort()
    url = `http://127.0.0.1:${port}`
    wrangler = spawn(
      process.execPath,
      [
        'node_modules/wrangler/bin/wrangler.js',
        'dev',
        '--port',
        String(port),
        '--inspector-port',
        String(inspector),
        '--ip',
        '127.0.0.1',
        '--persist-to',
        folder,
        '--var',
        `ADMIN_TOKEN:${ADMIN}`,
      ],
      // A group of its own, since workerd outlives a wrangler that is killed alone.
      {
        detached: true,
        env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    for (const stream of [wrangler.stdout!, wrangler.stderr!]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    for (let tries = 0; tries < 240; tries++) {
      const answer = await fetch(`${url}/healthz`).catch(() => null)
      if (answer?.ok) return
      if (wrangler.exitCode !== null) break
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    throw new Error(`wrangler dev does not answer:\n${output}`)
  })
  afterAll(async () => {
    if (wrangler?.pid) process.kill(-wrangler.pid, 'SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  it('does what every Convene does', () => smoke(url, ADMIN))

  it('takes 300 answers at once for 30 seats and gives exactly those', async () => {
    const api = (path: string, body: unknown, token?: string) =>
      fetch(`${url}/api/v1${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify(body),
      }).then((answer) => answer.json() as Promise<{ id: string; place: string }>)
    const event = await api(
      '/groups/hyperscale/events',
      {
        title: 'Race',
        kind: 'meetup',
        start: '2099-01-01T10:00:00',
        timeZone: 'UTC',
        rsvp: { capacity: { inPerson: 30 } },
      },
      ADMIN,
    )
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        api(`/events/${event.id}/rsvps`, { name: `G${n}`, email: `g${n}@example.org` }),
      ),
    )
    expect(answers.filter(({ place }) => place === 'seat')).toHaveLength(30)
    expect(answers.filter(({ place }) => place === 'waitlist')).toHaveLength(270)
  })
})
