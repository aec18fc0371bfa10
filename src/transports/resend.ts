/** Mail over the HTTP API of Resend, on both runtimes. */
import type { Mailer } from '../mail/mailer.ts'
import { headersOf } from './mime.ts'
import { ask, invitation, settled } from './provider.ts'

/** Sends with a key of Resend. The Message-ID is the idempotency key too, so that a retry is no second mail. */
export const resendMailer = (key: string, from: string, api = 'https://api.resend.com'): Mailer => ({
  async send({ to, messageId, replyTo, subject, text, html, unsubscribe, calendar }) {
    const file = calendar && invitation(calendar)
    const answer = await ask(`${api}/emails`, {
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
        html,
        ...(replyTo ? { reply_to: replyTo } : {}),
        ...(file ? { attachments: [{ filename: file.name, content: file.content, content_type: file.type }] } : {}),
        headers: { 'Message-ID': messageId, ...headersOf({ unsubscribe }) },
      }),
    })
    await settled('Resend', answer, () => answer.status === 422)
  },
})
