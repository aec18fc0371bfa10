/** Mail over the HTTP API of Resend, on both runtimes. */
import { type Mailer, MailRefused } from '../mail/mailer.ts'

const TIMEOUT_MS = 15_000

/** Sends with a key of Resend. The Message-ID is the idempotency key too, so that a retry is no second mail. */
export const resendMailer = (key: string, from: string, api = 'https://api.resend.com'): Mailer => ({
  async send({ to, messageId, subject, text }) {
    const answer = await fetch(`${api}/emails`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${key}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': messageId,
      },
      body: JSON.stringify({
        from,
        to: [to],
        subject,
        text,
        headers: { 'Message-ID': messageId, 'Auto-Submitted': 'auto-generated' },
      }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (answer.ok) return
    const message = `Resend answers ${answer.status}`
    throw answer.status === 422 ? new MailRefused(message) : new Error(message)
  },
})
