/** The Workers entry: bindings become Deps. */
import { EmailMessage } from 'cloudflare:email'
import { createClient } from '@libsql/client/web'
import { providersIn } from './accounts/schema.ts'
import { app, routeOf } from './app.ts'
import { type D1, d1Db } from './db/d1.ts'
import { libsqlDb } from './db/libsql.ts'
import { withinASecond } from './db/recent.ts'
import { deliverAll } from './deliver.ts'
import type { Deps } from './deps.ts'
import { sha256 } from './digest.ts'
import { drawOnWorkers } from './draw-on-workers.ts'
import { bodiesAtTheEdge, type EdgeCache } from './http/bodies.ts'
import { calendarMailOf } from './mail/reply-address.ts'
import { isObserved, observersOf, observing } from './observe/observe.ts'
import { platform } from './platform.ts'
import { remoteGetOnWeb, remotePostOnWeb } from './remote/fetch-web.ts'
import { type RoutedMail, receiveRouted } from './replies/email.ts'
import { runScheduled } from './scheduled.ts'
import { checkSettings, UnsafeSettings } from './settings.ts'
import { originOf, prepare } from './start.ts'
import { cloudflareMailer, type SendRaw } from './transports/cloudflare.ts'
import { mailerOf, transports } from './transports/index.ts'

declare const caches: { default: EdgeCache }

type Bindings = {
  DB?: D1
  DATABASE_URL?: string
  DATABASE_AUTH_TOKEN?: string
  BASE_URL?: string
  ADMIN_TOKEN?: string
  MAIL_URL?: string
  MAIL_FROM?: string
  EMAIL?: { send(message: EmailMessage): Promise<unknown> }
  SIGN_IN_PROVIDERS?: string
  LOG?: string
  OTEL_EXPORTER_OTLP_ENDPOINT?: string
  MAIL_REPLY_TO?: string
  MAIL_IN_SECRET?: string
  MAIL_AUTHSERV_ID?: string
  RATE_LIMITER?: { limit(of: { key: string }): Promise<{ success: boolean }> }
}

function openDatabase({ DB, DATABASE_URL, DATABASE_AUTH_TOKEN }: Bindings) {
  if (DATABASE_URL)
    return libsqlDb(
      createClient({
        url: DATABASE_URL,
        ...(DATABASE_AUTH_TOKEN ? { authToken: DATABASE_AUTH_TOKEN } : {}),
        // No queue: in Workers one request cannot wait for what another one holds.
        concurrency: Number.POSITIVE_INFINITY,
      }),
    )
  if (!DB) throw new Error('bind a D1 database as DB, or set DATABASE_URL')
  return d1Db(DB)
}

/** The binding takes messages that its runtime made. */
function sendBy({ EMAIL }: Bindings): SendRaw {
  if (!EMAIL) throw new Error('MAIL_URL cloudflare: needs a send_email binding called EMAIL')
  return async (from, to, raw) => {
    await EMAIL.send(new EmailMessage(from, to, raw))
  }
}

/** What the platform's limiter is set to in wrangler.toml. */
const LIMITED_SECONDS = 60

async function start(bindings: Bindings): Promise<Deps> {
  const { ADMIN_TOKEN, RATE_LIMITER } = bindings
  const mailer = mailerOf(bindings.MAIL_URL, bindings.MAIL_FROM, {
    ...transports,
    'cloudflare:': (_, from) => cloudflareMailer(sendBy(bindings), from),
  })
  checkSettings({
    baseUrl: bindings.BASE_URL ?? 'http://localhost:8787',
    adminToken: ADMIN_TOKEN || undefined,
    mailUrl: bindings.MAIL_URL,
    mailInSecret: bindings.MAIL_IN_SECRET,
  })
  const deps: Deps = {
    ...platform,
    remoteGet: remoteGetOnWeb,
    remotePost: remotePostOnWeb,
    drawPicture: drawOnWorkers,
    bodies: bodiesAtTheEdge(caches.default, originOf(bindings.BASE_URL ?? 'http://localhost:8787')),
    db: withinASecond(openDatabase(bindings), platform.now),
    baseUrl: originOf(bindings.BASE_URL ?? 'http://localhost:8787'),
    adminTokenHash: ADMIN_TOKEN ? await sha256(ADMIN_TOKEN) : null,
    providers: providersIn(bindings.SIGN_IN_PROVIDERS),
    // Cloudflare sets it, whatever the client sends.
    clientOf: (request) => request.headers.get('CF-Connecting-IP') ?? undefined,
    ...(RATE_LIMITER
      ? { brake: async (key: string) => ((await RATE_LIMITER.limit({ key })).success ? null : LIMITED_SECONDS) }
      : {}),
    ...(mailer ? { mailer } : {}),
    calendarMail: calendarMailOf({
      from: bindings.MAIL_FROM,
      replyTo: bindings.MAIL_REPLY_TO,
      secret: bindings.MAIL_IN_SECRET,
      authserv: bindings.MAIL_AUTHSERV_ID,
    }),
  }
  const token = await prepare(deps)
  if (token) console.log(`Organizer's token, shown this once: ${token}`)
  return deps
}

let started: Promise<Deps> | undefined

/** Once for each isolate; a start that failed is tried again by the next request. */
function ready(bindings: Bindings): Promise<Deps> {
  started ??= start(bindings).catch((error) => {
    started = undefined
    throw error
  })
  return started
}

/** What is wrong stands in the operator's log; strangers learn nothing of it. */
function whyNotReady(error: unknown): Response {
  if (!(error instanceof UnsafeSettings)) throw error
  for (const fault of error.faults) console.error(fault)
  return new Response('This Convene is not set up yet. What is missing is in its log.\n', {
    status: 503,
    headers: { 'Retry-After': '300', 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  })
}

export default {
  async fetch(request: Request, bindings: Bindings, context: { waitUntil(promise: Promise<unknown>): void }) {
    const deps = await ready(bindings).catch(whyNotReady)
    if (deps instanceof Response) return deps
    const observers = observersOf(bindings, deps.log)
    const response = isObserved(observers)
      ? await observing({ fetch: app.fetch, routeOf }, deps, observers)(request, (sent) => context.waitUntil(sent))
      : await app.fetch(request, deps)
    if (request.method !== 'GET') context.waitUntil(deliverAll(deps))
    return response
  },
  async email(message: RoutedMail, bindings: Bindings, context: { waitUntil(promise: Promise<unknown>): void }) {
    const deps = await ready(bindings)
    await receiveRouted(deps, message)
    context.waitUntil(deliverAll(deps))
  },
  async scheduled(_controller: unknown, bindings: Bindings) {
    await runScheduled(await ready(bindings))
  },
}
