/** Mail over SMTP, on Node. */
import { createTransport } from 'nodemailer'
import { type Mailer, MailRefused } from '../mail/mailer.ts'

type Failure = { responseCode?: number }

/** Sends over a server: `smtp://user:password@host:587`, or `smtps://` with TLS from the start. */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport(url, { from, disableFileAccess: true, disableUrlAccess: true })
  return {
    async send({ to, messageId, subject, text }) {
      try {
        // As an object: a text with a comma would be two addresses (PITFALLS L18).
        await transport.sendMail({ to: { name: '', address: to }, messageId, subject, text, headers: AUTOMATIC })
      } catch (error) {
        const { responseCode = 0 } = error as Failure
        if (responseCode >= 500 && responseCode < 600) throw new MailRefused(`The server refuses it (${responseCode}).`)
        throw error
      }
    },
  }
}

/** So that no absence note answers (RFC 3834). */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated' }
