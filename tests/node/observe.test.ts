/** What an operator sees of requests: the log and the traces of a server as a user starts it, and nothing of guests in either. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { scrubbed } from '../../src/observe/scrub.ts'
import { pathOf } from '../support/sources.ts'
import { freePort } from '../support/sqld.ts'
import { ADMIN } from '../support/world.ts'

type Line = Record<string, string | number>
type Span = {
  traceId: string
  parentSpanId?: string
  name: string
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: { key: string; value: Record<string, string> }[]
}

describe('a server that is looked at', () => {
  let folder: string
  let collector: Server
  let url: string
  let printed = ''
  let stop = () => {}
  const spans: Span[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convene-observe-'))
    const port = await freePort()
    collector = createServer(async (request, answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const body = JSON.parse(Buffer.concat(chunks).toString())
      spans.push(...body.resourceSpans[0].scopeSpans[0].spans)
      answer.end('{}')
    }).listen(0, '127.0.0.1')
    await once(collector, 'listening')
    const { port: collects } = collector.address() as { port: number }
    const env = {
      PATH: process.env.PATH,
      PORT: String(port),
      ADMIN_TOKEN: ADMIN,
      LOG: 'requests',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collects}`,
    }
    const server = spawn(process.execPath, [pathOf('dist/node.js')], { cwd: folder, env })
    stop = () => server.kill('SIGKILL')
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (data) => {
        printed += data
      })
    url = `http://127.0.0.1:${port}`
    await vi.waitFor(() => expect(printed).toContain('Convene is at'), { timeout: 20_000 })
  })
  afterAll(async () => {
    stop()
    collector.close()
    await rm(folder, { recursive: true, force: true })
  })

  const call = (path: string, method = 'GET', body?: object, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${ADMIN}`, 'Content-Type': 'application/json', ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const lines = () => printed.split('\n').flatMap((line): Line[] => (line.startsWith('{') ? [JSON.parse(line)] : []))

  it('tells the route, the status and the time of each, with the trace that it belongs to, and no guest', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
    await call('/api/v1/groups', 'POST', { slug: 'sig', name: 'SIG' })
    const meetup = { title: 'M', kind: 'meetup', start: '2099-01-01T10:00:00', timeZone: 'UTC', rsvp: {} }
    const event = await (await call('/api/v1/groups/sig/events', 'POST', meetup)).json()
    const guest = { name: 'Canary Cuckoo', email: 'canary@birds.example' }
    const made = await (await call(`/api/v1/events/${event.id}/rsvps`, 'POST', guest)).json()
    const answer = await call(new URL(made.manageUrl).pathname, 'GET', undefined, {
      traceparent: `00-${trace}-00f067aa0ba902b7-01`,
    })
    expect(answer.headers.get('X-Request-Id')).toBe(trace)
    expect(answer.headers.get('Server-Timing')).toMatch(/^db;dur=[\d.]+;desc="[1-9]\d* calls", total;dur=[\d.]+$/)
    await call('/api/v1/nowhere/canary@birds.example')
    await call(`/g/sig/calendar.ics?token=${made.manageToken}`)

    await expect.poll(() => lines().map(({ route }) => route)).toContain('/g/:group/calendar.ics')
    expect(lines()).toContainEqual(
      expect.objectContaining({ trace, method: 'GET', route: '/rsvp/:token', status: 200 }),
    )
    expect(lines()).toContainEqual(expect.objectContaining({ route: 'none', status: 404 }))
    for (const secret of ['canary', 'Canary', made.manageToken, ADMIN]) expect(printed).not.toContain(secret)

    await expect.poll(() => spans.map(({ name }) => name)).toContain('GET /rsvp/:token')
    const span = spans.find(({ traceId }) => traceId === trace)!
    expect(span.parentSpanId).toBe('00f067aa0ba902b7')
    expect(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)).toBeGreaterThan(0n)
    expect(Math.abs(Number(BigInt(span.endTimeUnixNano) / 1_000_000n) - Date.now())).toBeLessThan(60_000)
    expect(JSON.stringify(spans)).not.toMatch(/canary/i)
  })

  it('makes a trace of its own where the one it is sent is none', async () => {
    for (const traceparent of ['', 'x', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `00-${'g'.repeat(32)}-1-01`]) {
      const answer = await call('/healthz', 'GET', undefined, { traceparent })
      expect(answer.headers.get('X-Request-Id')).toMatch(/^(?!0{32})[0-9a-f]{32}$/)
    }
  })
})

describe('what is logged', () => {
  it('has no addresses and no secrets in it, whatever an error says', () => {
    const token = `rsvp_01hzzzzzzzzzzzzzzzzzzzzzzz_${'aB3-_'.repeat(9)}`
    const entry = {
      error: `550 <ada+x@mail.example.org> unknown; https://calendar.example/ical/ada%40mail.example/private-${'0a'.repeat(20)}/basic.ics`,
      path: `/rsvp/${token}/edit`,
      trace: '4bf92f3577b34da6a3ce929d0e0e4736',
      status: 500,
    }
    const text = JSON.stringify(scrubbed(entry))
    expect(text).not.toMatch(/ada|mail\.example|aB3|0a0a/)
    expect(scrubbed(entry)).toMatchObject({ trace: entry.trace, status: 500, path: '/rsvp/<secret>/edit' })
  })
})
