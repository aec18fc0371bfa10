import type { Db } from './db/db.ts'
import type { Bodies } from './http/bodies.ts'
import type { Brake } from './limits/brake.ts'
import type { Mailer } from './mail/mailer.ts'
import type { CalendarMail } from './mail/reply-address.ts'
import type { Mailbox } from './mailbox/mailbox.ts'
import type { RemoteGet, RemotePost } from './remote/fetch.ts'

/** Who vouches for organizers: a provider of OpenID Connect, found by its issuer, or GitHub. */
export type Provider = {
  id: string
  name: string
  kind: 'oidc' | 'github'
  issuer: string
  clientId: string
  clientSecret: string
}

/** All that the product takes from outside. Hono's `c.env` is a Deps, never a platform's bindings. */
export type Deps = {
  db: Db
  /** Unix time in whole seconds. */
  now(): number
  /** A new identifier: 26 characters of [0-9a-z], sortable by the time it was made (ULID). */
  newId(): string
  /** A new secret: 32 random bytes as 43 characters of base64url. */
  newSecret(): string
  /** A number by chance, from 0 up to 1: nothing secret is made of it. */
  random(): number
  /** A new identifier of a trace: 32 hex digits of chance. */
  newTraceId(): string
  /** The public origin without a slash at its end; every absolute link comes from it, never from the Host header. */
  baseUrl: string
  /** SHA-256, in hex, of the operator's full-access token; null where only stored tokens count. */
  adminTokenHash: string | null
  /** Asks other servers, on the public network only. */
  remoteGet: RemoteGet
  /** Tells other servers, on the public network only. */
  remotePost: RemotePost
  /** Sends mails; without it none goes out, and pages say so. */
  mailer?: Mailer
  /** Where mails are kept that do not go out, and read on a page; only where somebody tries Convene out. */
  mailbox?: Mailbox
  /** How guests' calendar programs are invited and answer; without it mails are text alone. */
  calendarMail?: CalendarMail
  /** With whom organizers can sign in, beside by mail. */
  providers?: readonly Provider[]
  /** Where bodies that were made once are kept; without it each is made anew. */
  bodies?: Bodies
  /** Draws an SVG of ours as PNG; without it pages have no pictures. */
  drawPicture?(svg: string): Promise<Uint8Array<ArrayBuffer>>
  /** The address that a request came from; undefined where nobody knows. Without it nobody is limited. */
  clientOf?(request: Request): string | undefined
  /** The first brake for who asks too often. */
  brake?: Brake
  /** Writes one line to the operator's log, without tokens and addresses. */
  log(entry: Record<string, unknown>): void
}
