/** The ways to send mail, by the scheme of MAIL_URL: a new one is a file and a line here. SMTP is Node's own. */
import type { Mailer } from '../mail/mailer.ts'
import { consoleMailer } from './console.ts'
import { resendMailer } from './resend.ts'

export type Transport = (url: URL, from: string) => Mailer

export const transports: Record<string, Transport> = {
  'console:': () => consoleMailer((text) => console.log(text)),
  'resend:': (url, from) => resendMailer(decodeURIComponent(url.hostname || url.username), from),
}

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
  if (!mailFrom && protocol !== 'console:') throw new Error('MAIL_FROM must be the address that mails come from')
  return transport(new URL(mailUrl), mailFrom ?? 'convene@localhost')
}
