/**
 * The same Idempotency-Key and body give the first answer again, for 24 hours.
 *
 * The key is claimed before the command runs: of two requests at once one executes, the other is told to wait. Answers can
 * hold a guest's manage token, so they are stored sealed under the key itself, which only the client knows.
 */
import { sql } from 'drizzle-orm'
import type { MiddlewareHandler } from 'hono'
import { sha256 } from '../digest.ts'
import { refused } from '../outcome.ts'
import type { AppContext, AppEnv } from './app-env.ts'
import { readCookie } from './cookies.ts'
import { problem } from './problem.ts'

const KEPT_SECONDS = 24 * 3600
/** A claim whose request died is free again after this. */
const CLAIM_SECONDS = 60

type Stored = { requestHash: string; status: number | null; answer: string | null; claimedUntil: number }

export const idempotent: MiddlewareHandler<AppEnv> = async (c, next) => {
  const key = c.req.header('Idempotency-Key')
  if (c.req.method !== 'POST' || key === undefined) return next()
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    return problem(c, {
      ok: false,
      reason: 'invalid',
      errors: [{ path: 'Idempotency-Key', message: 'must be 1 to 200 visible characters' }],
    })
  }
  const who = c.req.header('Authorization') ?? readCookie(c, 'session') ?? ''
  const scope = `${who}|${c.req.path}|${key}`
  const keyHash = await sha256(scope)
  const requestHash = await sha256(`${c.req.path}${new URL(c.req.url).search}|${await c.req.text()}`)
  const first = await claim(c, keyHash, requestHash)
  if (first !== 'claimed') return repeat(c, first, requestHash, scope)
  await next()
  await remember(c, keyHash, scope)
}

/** Takes the key where nobody has it, or the claim on it has run out unanswered; else what stands there. */
async function claim(c: AppContext, keyHash: string, requestHash: string): Promise<'claimed' | Stored> {
  const now = c.env.now()
  const [, claimed, stored] = await c.env.db.batch([
    sql`DELETE FROM idempotency_keys WHERE created_at < ${now - KEPT_SECONDS}`,
    sql<{ keyHash: string }>`INSERT INTO idempotency_keys (key_hash, request_hash, created_at, claimed_until)
      SELECT ${keyHash}, ${requestHash}, ${now}, ${now + CLAIM_SECONDS} WHERE true
      ON CONFLICT DO UPDATE SET claimed_until = excluded.claimed_until
        WHERE status IS NULL AND claimed_until < ${now} AND request_hash = excluded.request_hash
      RETURNING key_hash AS keyHash`,
    sql<Stored>`SELECT request_hash AS requestHash, status, answer, claimed_until AS claimedUntil
      FROM idempotency_keys WHERE key_hash = ${keyHash}`,
  ])
  return claimed.length === 1 ? 'claimed' : stored[0]!
}

async function repeat(c: AppContext, stored: Stored, requestHash: string, scope: string): Promise<Response> {
  if (stored.requestHash !== requestHash) return problem(c, refused('idempotency_mismatch'))
  if (stored.status === null || stored.answer === null) return problem(c, refused('idempotency_in_progress'))
  const { headers, body } = JSON.parse(await open(scope, stored.answer)) as {
    headers: Record<string, string>
    body: string
  }
  return new Response(body === '' ? null : body, {
    status: stored.status,
    headers: { ...headers, 'Idempotent-Replayed': 'true' },
  })
}

/** Keeps the answer; one that failed on our side frees the key, so that a retry executes. */
async function remember(c: AppContext, keyHash: string, scope: string): Promise<void> {
  if (c.res.status >= 500) {
    await c.env.db.all(sql`DELETE FROM idempotency_keys WHERE key_hash = ${keyHash} AND status IS NULL`)
    return
  }
  const headers = Object.fromEntries(
    ['Content-Type', 'Location', 'ETag'].flatMap((name) => {
      const value = c.res.headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
  const answer = await seal(scope, JSON.stringify({ headers, body: await c.res.clone().text() }))
  await c.env.db.all(
    sql`UPDATE idempotency_keys SET status = ${c.res.status}, answer = ${answer} WHERE key_hash = ${keyHash}`,
  )
}

const cipherKey = async (scope: string) =>
  crypto.subtle.importKey(
    'raw',
    await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`seal|${scope}`)),
    'AES-GCM',
    false,
    ['encrypt', 'decrypt'],
  )

// One key seals one answer, so a constant nonce repeats under no key.
const NONCE = new Uint8Array(12)

async function seal(scope: string, text: string): Promise<string> {
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: NONCE },
    await cipherKey(scope),
    new TextEncoder().encode(text),
  )
  return Array.from(new Uint8Array(sealed), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function open(scope: string, sealed: string): Promise<string> {
  const bytes = Uint8Array.from(sealed.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return new TextDecoder().decode(
    await crypto.subtle.decrypt({ name: 'AES-GCM', iv: NONCE }, await cipherKey(scope), bytes),
  )
}
