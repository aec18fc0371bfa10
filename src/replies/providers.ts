/** Messages as providers of mail post them: as they are, or in JSON. A new provider is a function here and a line in `READERS`. */
import type { Incoming } from './receive.ts'

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    return null
  }
}

/** Postmark, with "include raw email content" switched on. */
function postmark(json: Json): Incoming | null {
  const raw = textOf(json.RawEmail)
  const to = textOf(json.OriginalRecipient)
  return raw ? { raw: utf8(raw), ...(to ? { recipients: [to] } : {}) } : null
}

/** Amazon SES by SNS, which puts the whole message into its notification. */
function ses(json: Json): Incoming | null {
  const message = json.Type === 'Notification' ? parsed(textOf(json.Message) ?? '') : json
  const content = isObject(message) ? textOf(message.content) : null
  if (!isObject(message) || !content || !isObject(message.receipt)) return null
  const { action, recipients, ...verdicts } = message.receipt
  const isBase64 = isObject(action) && action.encoding === 'BASE64'
  const raw = isBase64 ? fromBase64(content) : utf8(content)
  const failed = ['dmarcVerdict', 'virusVerdict', 'spamVerdict'].some((name) => {
    const verdict = verdicts[name]
    return isObject(verdict) && verdict.status === 'FAIL'
  })
  const to = Array.isArray(recipients) ? recipients.filter((one): one is string => typeof one === 'string') : []
  return raw && { raw, recipients: to, authserv: 'amazonses.com', isForged: failed }
}

/** Anything else: the message in `raw`, and to whom it was delivered in `to`. */
function plain(json: Json): Incoming | null {
  const raw = textOf(json.raw)
  const to = textOf(json.to)
  return raw ? { raw: utf8(raw), ...(to ? { recipients: [to] } : {}) } : null
}

const READERS = [postmark, ses, plain]

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The message in a webhook's body; null where there is none in it. */
export function incomingOf(mediaType: string, body: Uint8Array): Incoming | null {
  if (!/\bjson\b/.test(mediaType) && !isNotification(body)) return body.length > 0 ? { raw: body } : null
  const json = parsed(new TextDecoder().decode(body))
  if (!isObject(json)) return null
  for (const read of READERS) {
    const incoming = read(json)
    if (incoming) return incoming
  }
  return null
}

/** Where SNS asks to be told that its messages are welcome; null for everything else, and for other places than its own. */
export function subscriptionIn(body: Uint8Array): string | null {
  const json = isNotification(body) ? parsed(new TextDecoder().decode(body)) : null
  const url = isObject(json) && json.Type === 'SubscriptionConfirmation' ? textOf(json.SubscribeURL) : null
  return url && /^https:\/\/sns\.[a-z0-9-]+\.amazonaws\.com\/\?/.test(url) ? url : null
}

/** SNS sends its JSON as text/plain; no header of a mail begins with a brace. */
const isNotification = (body: Uint8Array): boolean => body[0] === '{'.charCodeAt(0)
