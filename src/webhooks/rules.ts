import { Webhook } from 'standardwebhooks'
import { faultOfUrl } from '../remote/address.ts'

/** A group has so many at most, and so has who is told of everything. */
export const WEBHOOKS_MAX = 20
/** How long messages carry a signature with the secret before as well. */
export const OLD_SECRET_SECONDS = 24 * 3600
/** After failing for so long without a success a webhook is switched off. */
export const FAILING_SECONDS_MAX = 3 * 24 * 3600

/** What is wrong with the address of a webhook; null where messages may go there. Checked when it is given and at each delivery. */
export function faultOfWebhook(url: string, baseUrl: string): string | null {
  const fault = faultOfUrl(url)
  if (fault) return fault
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:') return 'must start with https://'
  return hostname === new URL(baseUrl).hostname ? 'must not lead back here' : null
}

/** Seconds for which a failing webhook gets nothing at all: a quarter of the time it has failed for. */
export const pauseAfter = (failingForSeconds: number): number => Math.min(6 * 3600, Math.floor(failingForSeconds / 4))

/** A secret in the form of Standard Webhooks, of 43 characters of base64url. */
export const secretOf = (chance: string): string => `whsec_${btoa(atob(chance.replace(/-/g, '+').replace(/_/g, '/')))}`

type Secrets = { secret: string; oldSecret: string | null; oldSecretUntil: number | null }

/**
 * The headers of a message (Standard Webhooks): its name is the same at each try, its time that of the try. While a secret
 * is being replaced it is signed with both.
 */
export function signedHeaders(
  { secret, oldSecret, oldSecretUntil }: Secrets,
  { id, body, now }: { id: string; body: string; now: number },
): Record<string, string> {
  const secrets = oldSecret && oldSecretUntil !== null && oldSecretUntil > now ? [secret, oldSecret] : [secret]
  return {
    'Content-Type': 'application/json',
    'User-Agent': 'Convene',
    'webhook-id': id,
    'webhook-timestamp': String(now),
    'webhook-signature': secrets.map((one) => new Webhook(one).sign(id, new Date(now * 1000), body)).join(' '),
  }
}
