/** Mail over SMTP, on Node. */
import { createTransport } from 'nodemailer'
import { type Mailer, MailRefused } from '../mail/mailer.ts'
import { mimeOf } from './mime.ts'

/** A server that hangs gives up long before the lease of a mail does. */
const TIMEOUTS_MS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }

type Failure = { responseCode?: number }

/** Sends over a server: `smtp://user:password@host:587`, or `smtps://` with TLS from the start. */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport(url, {
    from,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...TIMEOUTS_MS,
  })
  return {
    async send(mail) {
      try {
        await transport.sendMail(mimeOf(mail))
      } catch (error) {
        const { responseCode = 0 } = error as Failure
        if (responseCode >= 500 && responseCode < 600) throw new MailRefused(`The server refuses it (${responseCode}).`)
        throw error
      }
    },
  }
}
