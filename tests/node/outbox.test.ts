/** Deliveries by several processes that are killed, to receivers that fail: each arrives, under one name, and seldom twice. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app.ts'
import { deliverAll } from '../../src/deliver.ts'
import { sha256 } from '../../src/digest.ts'
import { CLAIMED_AT_ONCE, TRIES_MAX } from '../../src/outbox/rules.ts'
import { connect } from '../../src/server.ts'
import { isLong, LONG_MS, noteFigures } from '../support/reliability.ts'
import { pathOf } from '../support/sources.ts'
import { ADMIN } from '../support/world.ts'

const KILLS = isLong ? 20 : 4
const MESSAGES = isLong ? 500 : 40
const POISONED = 3
const DRAINERS = 3
const FAILING = 0.3
/** So that there is something under way when a process is killed. */
const SLOW_MS = isLong ? 120 : 60
const DRAINER = pathOf('dist/tests/drainer.js')

/** A receiver: what it took, by recipient, and under which names. */
class Sink {
  taken = new Map<string, string[]>()
  private failures = new Map<string, number>()

  /** Whether it takes a message; one that failed five times by chance goes through, so that only the poisoned are parked. */
  takes(recipient: string, name: string): boolean {
    const failed = this.failures.get(name) ?? 0
    if (recipient.includes('poison') || (failed < 5 && Math.random() < FAILING)) {
      this.failures.set(name, failed + 1)
      return false
    }
    this.taken.set(recipient, [...(this.taken.get(recipient) ?? []), name])
    return true
  }

  get duplicates(): number {
    return [...this.taken.values()].reduce((sum, names) => sum + names.length - 1, 0)
  }
}

let folder: string
let smtpPort: number
let httpPort: number
let mailSink = new Sink()
let hookSink = new Sink()

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      const name = /^Message-ID: (.*)$/im.exec(Buffer.concat(chunks).toString())![1]!.trim()
      const isTaken = mailSink.takes(session.envelope.rcptTo.map(({ address }) => address).join(), name)
      const answer = () => done(isTaken ? null : Object.assign(new Error('later'), { responseCode: 451 }))
      setTimeout(answer, SLOW_MS)
    })
  },
})
// Connections of who is killed.
smtp.on('error', () => {})
const http = createServer((request, response) => {
  let body = ''
  request.on('data', (data) => {
    body += data
  })
  request.on('end', () => {
    const { data } = JSON.parse(body) as { data: { id: string } }
    const isTaken = hookSink.takes(data.id, String(request.headers['webhook-id']))
    setTimeout(() => response.writeHead(isTaken ? 204 : 503).end(), SLOW_MS)
  })
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convene-outbox-'))
  await new Promise<void>((done) => smtp.listen(0, '127.0.0.1', done))
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  smtpPort = (smtp.server.address() as AddressInfo).port
  httpPort = (http.address() as AddressInfo).port
  await build({
    entryPoints: [pathOf('tests/support/drainer.ts')],
    outfile: DRAINER,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" },
    loader: { '.sql': 'text' },
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    external: ['@libsql/client', 'libsql', 'esbuild', '@resvg/resvg-wasm'],
    logLevel: 'error',
  })
})
afterAll(async () => {
  await new Promise<void>((done) => smtp.close(() => done()))
  http.closeAllConnections()
  await new Promise<void>((done) => http.close(() => done()))
  await rm(folder, { recursive: true, force: true })
})
beforeEach(() => {
  mailSink = new Sink()
  hookSink = new Sink()
})

type Drainer = { process: ChildProcess; ready: Promise<void> }

function startDrainer(database: string, startedMs: number, more: Record<string, string> = {}): Drainer {
  const env = {
    PATH: process.env.PATH,
    DATABASE: database,
    SMTP_PORT: String(smtpPort),
    HTTP_PORT: String(httpPort),
    STARTED: String(startedMs),
    ...more,
  }
  const child = spawn(process.execPath, [DRAINER], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  return { process: child, ready: new Promise((done) => child.stdout!.once('data', () => done())) }
}

/** A community where so many answers wait to be told, by mail and to a webhook. */
async function prepare(name: string, answers: number, hasWebhook: boolean) {
  const database = `file:${join(folder, name)}`
  const { deps, close } = await connect({
    databaseUrl: database,
    baseUrl: 'https://convene.test',
    adminToken: undefined,
  })
  const post = async (path: string, body: object) => {
    const own = { ...deps, adminTokenHash: await sha256(ADMIN) }
    const headers = {
      Authorization: `Bearer ${ADMIN}`,
      'Content-Type': 'application/json',
    }
    const answer = await app.request(
      `https://convene.test/api/v1${path}`,
      { method: 'POST', headers, body: JSON.stringify(body) },
      own,
    )
    if (answer.status >= 300) throw new Error(await answer.text())
    return (await answer.json()) as { id: string }
  }
  await post('/groups', { slug: 'sig', name: 'SIG' })
  const event = await post('/groups/sig/events', {
    title: 'Meetup',
    kind: 'meetup',
    start: '2099-02-02T10:00:00',
    timeZone: 'UTC',
    rsvp: {},
  })
  if (hasWebhook) await post('/webhooks', { url: 'https://hook.example/', types: ['rsvp.answered'] })
  for (let n = 0; n < answers; n++) {
    const email = `${n < POISONED ? 'poison' : 'guest'}${n}@example.org`
    await post(`/events/${event.id}/rsvps`, { name: 'Guest', email })
  }
  return { database, deps, close }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

describe('deliveries', () => {
  it(`all arrive through ${KILLS} kills of ${DRAINERS} processes, under one name each`, {
    timeout: LONG_MS,
  }, async () => {
    const { database, deps, close } = await prepare('killed.db', MESSAGES, true)
    const startedMs = Date.now()
    const drainers = Array.from({ length: DRAINERS }, () => startDrainer(database, startedMs))
    await Promise.all(drainers.map(({ ready }) => ready))
    for (let kill = 0; kill < KILLS; kill++) {
      const at = kill % DRAINERS
      await drainers[at]!.ready
      await pause(100 + Math.random() * 300)
      drainers[at]!.process.kill('SIGKILL')
      drainers[at] = startDrainer(database, startedMs)
    }
    const states = async (table: string) =>
      Object.fromEntries(
        (
          await deps.db.all<{ state: string; count: number }>({
            sql: `SELECT state, count(*) AS count FROM ${table} GROUP BY state ORDER BY state`,
            params: [],
          })
        ).map(({ state, count }) => [state, count]),
      )
    await expect
      .poll(async () => [await states('mails'), await states('webhook_deliveries')], {
        timeout: LONG_MS,
        interval: 500,
      })
      .toEqual([{ failed: POISONED, sent: MESSAGES - POISONED }, { sent: MESSAGES }])
    for (const { process } of drainers) process.kill('SIGKILL')

    const parked = await deps.db.all<{ tries: number }>({
      sql: "SELECT tries FROM mails WHERE state = 'failed'",
      params: [],
    })
    // A try can end with its process, and another one be needed.
    for (const { tries } of parked) expect(tries).toBeGreaterThanOrEqual(TRIES_MAX)
    expect([mailSink.taken.size, hookSink.taken.size]).toEqual([MESSAGES - POISONED, MESSAGES])
    for (const sink of [mailSink, hookSink]) {
      for (const names of sink.taken.values()) expect(new Set(names).size).toBe(1)
      expect(new Set([...sink.taken.values()].flat()).size).toBe(sink.taken.size)
      expect(sink.duplicates).toBeLessThanOrEqual(KILLS * CLAIMED_AT_ONCE)
    }
    noteFigures('Deliveries through kills', {
      messages: MESSAGES * 2,
      kills: KILLS,
      lost: 0,
      'twice (mails, webhooks)': `${mailSink.duplicates}, ${hookSink.duplicates}`,
      'allowed twice': KILLS * CLAIMED_AT_ONCE,
    })
    close()
  })

  it('go out many times where processes do not claim them (the control)', { timeout: LONG_MS }, async () => {
    const { database, deps, close } = await prepare('naive.db', 40, false)
    await deliverAll({ ...deps, log: () => {}, mailer: { send: () => Promise.reject(new Error('later')) } })
    const drainers = Array.from({ length: DRAINERS }, () => startDrainer(database, Date.now(), { NAIVE: '1' }))
    await expect.poll(() => mailSink.taken.size, { timeout: 60_000 }).toBe(40 - POISONED)
    for (const { process } of drainers) process.kill('SIGKILL')
    // None was killed, so with leases nothing would have come twice.
    expect(mailSink.duplicates).toBeGreaterThan(0)
    close()
  })
})
