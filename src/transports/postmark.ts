/** Mail over the HTTP API of Postmark, on both runtimes. */
import type { Mailer } from '../mail/mailer.ts'
import { headersOf } from './mime.ts'
import { ask, invitation, settled } from './provider.ts'

/** What Postmark says of an address: 300 is none, 406 gets no mail any more. */
const REFUSALS = [300, 406]

/**
 * Sends with the token of a server of Postmark, in its stream for single mails or in another one.
 *
 * @param api another address in tests
 */
export const postmarkMailer = (
  token: string,
  from: string,
  stream = 'outbound',
  api = 'https://api.postmarkapp.com',
): Mailer => ({
  async send({ to, messageId, replyTo, subject, text, html, unsubscribe, calendar }) {
    const file = calendar && invitation(calendar)
    const answer = await ask(`${api}/email`, {
      headers: { 'X-Postmark-Server-Token': token, 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({
        From: from,
        To: to,
        Subject: subject,
        TextBody: text,
        HtmlBody: html,
        MessageStream: stream,
        ...(replyTo ? { ReplyTo: replyTo } : {}),
        ...(file ? { Attachments: [{ Name: file.name, Content: file.content, ContentType: file.type }] } : {}),
        Headers: [
          { Name: 'Message-ID', Value: messageId },
          // Else Postmark makes one of its own for each try.
          { Name: 'X-PM-KeepID', Value: 'true' },
          ...Object.entries(headersOf({ unsubscribe })).map(([Name, Value]) => ({ Name, Value })),
        ],
      }),
    })
    await settled('Postmark', answer, (body) => answer.status === 422 && REFUSALS.includes(codeIn(body)))
  },
})

function codeIn(body: string): number {
  try {
    return Number((JSON.parse(body) as { ErrorCode?: unknown }).ErrorCode)
  } catch {
    return 0
  }
}
