/** The ways to send mail, by the scheme of MAIL_URL: a new one is a file and a line here, or in an entry where it needs its platform. */
import type { Mailer } from '../mail/mailer.ts'
import { consoleMailer } from './console.ts'
import { postmarkMailer } from './postmark.ts'
import { resendMailer } from './resend.ts'
import { sesMailer } from './ses.ts'

export type Transport = (url: URL, from: string) => Mailer

const keyOf = ({ hostname, username }: URL) => decodeURIComponent(hostname || username)

export const transports: Record<string, Transport> = {
  'console:': () => consoleMailer((text) => console.log(text)),
  'resend:': (url, from) => resendMailer(keyOf(url), from),
  'postmark:': (url, from) => postmarkMailer(keyOf(url), from, url.pathname.slice(1) || undefined),
  'ses:': (url, from) => {
    const [accessKeyId, secretAccessKey] = [decodeURIComponent(url.username), decodeURIComponent(url.password)]
    if (!accessKeyId || !secretAccessKey || !url.hostname)
      throw new Error('MAIL_URL must be ses://KEY:SECRET@REGION, with / in the secret as %2F')
    return sesMailer({ accessKeyId, secretAccessKey, region: url.hostname }, from)
  },
}

/** What needs no address that mails come from: they go nowhere. */
const TRIED_OUT = ['console:', 'folder:']

/**
 * The mailer that MAIL_URL and MAIL_FROM name; undefined without MAIL_URL.
 *
 * @throws where the address names no transport, or MAIL_FROM is missing
 */
export function mailerOf(
  mailUrl: string | undefined,
  mailFrom: string | undefined,
  known: Record<string, Transport> = transports,
): Mailer | undefined {
  if (!mailUrl) return undefined
  const { protocol } = new URL(mailUrl)
  const transport = known[protocol]
  if (!transport) throw new Error(`MAIL_URL must start with ${Object.keys(known).join(' or ')}`)
  if (!mailFrom && !TRIED_OUT.includes(protocol)) throw new Error('MAIL_FROM must be the address that mails come from')
  return transport(new URL(mailUrl), mailFrom ?? 'convene@localhost')
}
