/** Whether a webhook comes from who knows our secret. */

/** How far the clocks may be apart, and how long a signature holds. */
const TOLERANCE_SECONDS = 300

type Headers = { get(name: string): string | null | undefined }

/**
 * Either the password of HTTP Basic is the secret, as providers take it in the address of a webhook, or the body is signed
 * with it (Standard Webhooks).
 */
export async function isFromProvider(
  headers: Headers,
  body: Uint8Array,
  secret: string,
  now: number,
): Promise<boolean> {
  const [, basic] = /^Basic ([A-Za-z0-9+/=]{1,600})$/.exec(headers.get('Authorization') ?? '') ?? []
  if (basic) return isEqual(passwordIn(basic), secret)
  const id = headers.get('webhook-id')
  const timestamp = headers.get('webhook-timestamp') ?? ''
  if (!id || !/^\d{1,12}$/.test(timestamp) || Math.abs(Number(timestamp) - now) > TOLERANCE_SECONDS) return false
  const expected = await signatureOf(secret, id, timestamp, body)
  const given = (headers.get('webhook-signature') ?? '').split(' ').slice(0, 5)
  const equal = await Promise.all(given.map((one) => isEqual(one, expected)))
  return equal.includes(true)
}

/** The signature of a body, as Standard Webhooks writes it; `whsec_` and base64 is another way to write the key. */
export async function signatureOf(secret: string, id: string, timestamp: string, body: Uint8Array): Promise<string> {
  const head = new TextEncoder().encode(`${id}.${timestamp}.`)
  const signed = new Uint8Array(head.length + body.length)
  signed.set(head)
  signed.set(body, head.length)
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', keyOf(secret), hmac, false, ['sign'])
  const made = new Uint8Array(await crypto.subtle.sign('HMAC', key, signed))
  return `v1,${btoa(String.fromCharCode(...made))}`
}

function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? []
  return base64 ? Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)) : new TextEncoder().encode(secret)
}

function passwordIn(basic: string): string {
  try {
    const text = atob(basic)
    return text.slice(text.indexOf(':') + 1)
  } catch {
    return ''
  }
}

/** By their digests, so that the time it takes tells nothing. */
async function isEqual(a: string, b: string): Promise<boolean> {
  const digest = async (text: string) =>
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  const [first, second] = [await digest(a), await digest(b)]
  return first.reduce((difference, byte, at) => difference | (byte ^ second[at]!), 0) === 0
}
