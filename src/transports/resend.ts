/** Mail over the HTTP API of Resend, on both runtimes. */
import { type CalendarPart, type Mailer, MailRefused } from '../mail/mailer.ts'

const TIMEOUT_MS = 15_000

/** Sends with a key of Resend. The Message-ID is the idempotency key too, so that a retry is no second mail. */
export const resendMailer = (key: string, from: string, api = 'https://api.resend.com'): Mailer => ({
  async send({ to, messageId, replyTo, subject, text, calendar }) {
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
        ...(replyTo ? { reply_to: replyTo } : {}),
        ...(calendar ? { attachments: [invitation(calendar)] } : {}),
        headers: { 'Message-ID': messageId, 'Auto-Submitted': 'auto-generated' },
      }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (answer.ok) return
    const message = `Resend answers ${answer.status}`
    throw answer.status === 422 ? new MailRefused(message) : new Error(message)
  },
})

/** Resend makes the parts of a message itself: what is attached with a method is taken as an invitation by most programs. */
const invitation = ({ method, text }: CalendarPart) => ({
  filename: 'invite.ics',
  content: base64(text),
  content_type: `text/calendar; charset=utf-8; method=${method}`,
})

const base64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
