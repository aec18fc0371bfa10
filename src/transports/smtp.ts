/** Mail over SMTP, on Node. */
import { createTransport } from 'nodemailer'
import { type Mailer, MailRefused } from '../mail/mailer.ts'
import { mimeOf } from './mime.ts'

type Failure = { responseCode?: number }

/** Sends over a server: `smtp://user:password@host:587`, or `smtps://` with TLS from the start. */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport(url, { from, disableFileAccess: true, disableUrlAccess: true })
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
