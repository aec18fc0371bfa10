/** The Node server: a database by its address, the app on a port. */
import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type HttpBindings, serve } from '@hono/node-server'
import { createClient } from '@libsql/client'
import { providersIn } from './accounts/schema.ts'
import { app, routeOf } from './app.ts'
import type { Db } from './db/db.ts'
import { libsqlDb, REMOTE_CONCURRENCY } from './db/libsql.ts'
import { openFile } from './db/libsql-file.ts'
import { deliverSoon } from './deliver.ts'
import type { Deps } from './deps.ts'
import { sha256 } from './digest.ts'
import { drawOnNode } from './draw-on-node.ts'
import { bodiesInMemory } from './http/bodies.ts'
import { memoryBrake } from './limits/brake.ts'
import { forwardedFor } from './limits/rules.ts'
import { calendarMailOf } from './mail/reply-address.ts'
import { mailFolder } from './mail-folder.ts'
import type { Mailbox } from './mailbox/mailbox.ts'
import { isObserved, type Observers, observing } from './observe/observe.ts'
import { platform } from './platform.ts'
import { remoteGetOnNode, remotePostOnNode } from './remote-node.ts'
import { runScheduled } from './scheduled.ts'
import { checkSettings } from './settings.ts'
import { originOf, prepare } from './start.ts'
import { folderMailer } from './transports/folder.ts'
import { mailerOf, type Transport, transports } from './transports/index.ts'
import { smtpMailer } from './transports/smtp.ts'
import { walStamp } from './wal-stamp.ts'

export type Settings = {
  databaseUrl: string
  databaseAuthToken?: string | undefined
  baseUrl: string
  adminToken?: string | undefined
  mailUrl?: string | undefined
  mailFrom?: string | undefined
  signInProviders?: string | undefined
  mailReplyTo?: string | undefined
  mailInSecret?: string | undefined
  mailAuthservId?: string | undefined
  /** How many proxies of ours stand before the server; 0 where clients reach it themselves. */
  trustProxy?: number | undefined
}

/** A few large feeds, or all of a small community. */
const BODIES_BYTES = 16 * 1024 * 1024
/** How long a write waits for another process that writes to the file (PITFALLS L8). */
const BUSY_TIMEOUT_MS = 10_000
const SCHEDULED_EVERY_MS = 5 * 60_000

/** Opens the database: a file (made with its folder if need be) or a server. */
export async function openDatabase(url: string, authToken?: string): Promise<{ db: Db; close(): void }> {
  if (!url.startsWith('file:')) {
    const client = createClient({ url, concurrency: REMOTE_CONCURRENCY, ...(authToken ? { authToken } : {}) })
    return { db: libsqlDb(client), close: () => client.close() }
  }
  const path = url.startsWith('file://') ? fileURLToPath(url) : resolve(url.slice('file:'.length))
  mkdirSync(dirname(path), { recursive: true })
  const stamp = walStamp(path)
  const file = openFile(path, BUSY_TIMEOUT_MS, stamp.read)
  return {
    db: file.db,
    close() {
      stamp.close()
      file.close()
    },
  }
}

/** The other end of a connection, by its request. */
const peers = new WeakMap<Request, string>()

/** Who a request is from: the other end, or whom the proxies that the operator told of saw. */
const clientOf = (proxies: number) => (request: Request) =>
  proxies > 0 ? forwardedFor(request.headers.get('X-Forwarded-For'), proxies) : peers.get(request)

const folderOf = ({ href, protocol }: URL) => decodeURIComponent(href.slice(protocol.length).replace(/^\/\/(?!\/)/, ''))

/** The folder of mails that do not go out; its page is shown on this machine only, since each of them opens an answer. */
function mailboxOf({ mailUrl, baseUrl }: Settings): Mailbox | undefined {
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(baseUrl).hostname)
  return isHere && mailUrl?.startsWith('folder:') ? mailFolder(folderOf(new URL(mailUrl))) : undefined
}

const NODE_TRANSPORTS: Record<string, Transport> = {
  ...transports,
  'smtp:': (url, from) => smtpMailer(url.href, from),
  'smtps:': (url, from) => smtpMailer(url.href, from),
  'folder:': (url, from) => folderMailer(mailFolder(folderOf(url)).write, from),
}

/** The settings as Deps, over a migrated database; `newToken` is the operator's token where this start made it. */
export async function connect(settings: Settings): Promise<{ deps: Deps; newToken: string | null; close(): void }> {
  const { adminToken } = settings
  checkSettings(settings)
  const providers = providersIn(settings.signInProviders)
  const mailer = mailerOf(settings.mailUrl, settings.mailFrom, NODE_TRANSPORTS)
  const mailbox = mailboxOf(settings)
  const { db, close } = await openDatabase(settings.databaseUrl, settings.databaseAuthToken)
  const deps: Deps = {
    ...platform,
    remoteGet: remoteGetOnNode(),
    remotePost: remotePostOnNode(),
    bodies: bodiesInMemory(BODIES_BYTES),
    drawPicture: drawOnNode,
    db,
    baseUrl: originOf(settings.baseUrl),
    adminTokenHash: adminToken ? await sha256(adminToken) : null,
    providers,
    clientOf: clientOf(settings.trustProxy ?? 0),
    brake: memoryBrake(platform.now),
    ...(mailer ? { mailer } : {}),
    ...(mailbox ? { mailbox } : {}),
    calendarMail: calendarMailOf({
      from: settings.mailFrom,
      replyTo: settings.mailReplyTo,
      secret: settings.mailInSecret,
      authserv: settings.mailAuthservId,
    }),
  }
  return { deps, newToken: await prepare(deps), close }
}

/** How long what is under way may take when the server is closed: a mail server may hang. */
const CLOSE_MS = 10_000

/** Serves the app; resolves once it listens. */
export function listen(
  deps: Deps,
  port: number,
  observers: Observers = { log: false, traces: null },
): Promise<{ port: number; close(): Promise<void> }> {
  let scheduled: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    scheduled = runScheduled(deps).catch((error) => deps.log({ level: 'error', error: String(error) }))
  }, SCHEDULED_EVERY_MS)
  timer.unref()
  const deliver = deliverSoon(deps)
  const observed = observing({ fetch: app.fetch, routeOf }, deps, observers)
  const answer = isObserved(observers)
    ? (request: Request) => observed(request, () => {})
    : (request: Request) => app.fetch(request, deps)
  const fetch = async (request: Request, { incoming }: HttpBindings) => {
    if (incoming?.socket.remoteAddress) peers.set(request, incoming.socket.remoteAddress)
    const response = await answer(request)
    if (request.method !== 'GET') deliver.start()
    return response
  }
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: fetch as Parameters<typeof serve>[0]['fetch'], port }, (info) =>
      resolve({
        port: info.port,
        close: () =>
          new Promise((done) => {
            clearInterval(timer)
            const isEnded = Promise.all([new Promise((closed) => server.close(closed)), scheduled, deliver.stop()])
            const isLate = new Promise((late) => setTimeout(late, CLOSE_MS).unref())
            Promise.race([isEnded, isLate]).then(() => done())
          }),
      }),
    )
    server.on('error', reject)
  })
}
