/** A mail as MIME, in nodemailer's terms: for transports that write the message themselves. */
import type { Mail } from '../mail/mailer.ts'

/**
 * With an invitation it is mixed(alternative(text, HTML, text/calendar), invite.ics), which every program takes as one
 * (CHECKLIST 6.1). Addresses are objects: a text with a comma would be two (PITFALLS L18).
 */
export const mimeOf = ({ to, messageId, replyTo, subject, text, html, unsubscribe, calendar }: Mail) => ({
  to: { name: '', address: to },
  ...(replyTo ? { replyTo: { name: '', address: replyTo } } : {}),
  messageId,
  subject,
  text,
  html,
  ...(calendar
    ? {
        icalEvent: { method: calendar.method, content: calendar.text, filename: 'invite.ics' },
      }
    : {}),
  headers: headersOf({ unsubscribe }),
})

/** So that no absence note answers (RFC 3834), and that programs offer to have no more of them with one click (RFC 8058). */
export const headersOf = ({ unsubscribe }: { unsubscribe?: string | undefined }): Record<string, string> => ({
  'Auto-Submitted': 'auto-generated',
  ...(unsubscribe
    ? { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
    : {}),
})
