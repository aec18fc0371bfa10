/** The addresses that guests' calendar programs answer to: each has a secret in it, of which only the hash is kept. */

/** How invitations go out and answers to them come in. */
export type CalendarMail = {
  /** The address invitations come from; where answers come in, `name+secret@domain` of it. */
  mailbox: string
  /** What secrets are made with and webhooks prove themselves by; null where no answers come in. */
  secret: string | null
  /** The name under which our receiving server writes its Authentication-Results (RFC 8601); null where it is not known. */
  authserv: string | null
}

export const MAIL_SECRET_MIN = 32

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * The secret of a guest's address at an event: 130 bits that are the same for each mail, since programs take changes from
 * the same organizer only. Lower case, as some servers make addresses.
 */
export async function replySecret(secret: string, eventId: string, emailKey: string): Promise<string> {
  const text = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', text.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  const made = new Uint8Array(await crypto.subtle.sign('HMAC', key, text.encode(`reply|${eventId}|${emailKey}`)))
  return Array.from(made.slice(0, 26), (byte) => ALPHABET[byte % 32]).join('')
}

/** `reply+secret@domain`. */
export const addressWith = (mailbox: string, secret: string): string => mailbox.replace('@', `+${secret}@`)

/** The secret in an address; null where it is none of this mailbox. */
export function secretIn(mailbox: string, address: string): string | null {
  const [name, domain] = mailbox.toLowerCase().split('@')
  const given = address.trim().toLowerCase()
  if (!given.startsWith(`${name}+`) || !given.endsWith(`@${domain}`)) return null
  const secret = given.slice(name!.length + 1, -domain!.length - 1)
  return /^[0-9a-z]{26}$/.test(secret) ? secret : null
}

type Given = {
  from?: string | undefined
  replyTo?: string | undefined
  secret?: string | undefined
  authserv?: string | undefined
}

/**
 * What MAIL_FROM, MAIL_REPLY_TO, MAIL_IN_SECRET and MAIL_AUTHSERV_ID say.
 *
 * @throws where an address is none, or the secret is short
 */
export function calendarMailOf({ from, replyTo, secret, authserv }: Given): CalendarMail {
  if (secret && secret.length < MAIL_SECRET_MIN)
    throw new Error(`MAIL_IN_SECRET must have at least ${MAIL_SECRET_MIN} characters`)
  if (replyTo && !secret) throw new Error('MAIL_REPLY_TO needs MAIL_IN_SECRET')
  const mailbox = bare(replyTo || from || 'convene@localhost')
  // The secret and its plus take 27 of the 64 characters that the name of a mailbox may have.
  if (secret && !/^[\w.-]{1,37}@[\w.-]+$/.test(mailbox))
    throw new Error(`${replyTo ? 'MAIL_REPLY_TO' : 'MAIL_FROM'} must be an address such as reply@example.org`)
  return { mailbox, secret: secret || null, authserv: authserv?.toLowerCase() || null }
}

/** `Group <events@example.org>` without its name. */
const bare = (address: string): string => /<([^<>]*)>\s*$/.exec(address)?.[1]?.trim() ?? address.trim()
