/** A mail as MIME, in nodemailer's terms: for transports that write the message themselves. */
import type { Mail } from '../mail/mailer.ts'

/**
 * With an invitation it is mixed(alternative(text, HTML, text/calendar), invite.ics), which every program takes as one
 * (CHECKLIST 6.1). Addresses are objects: a text with a comma would be two (PITFALLS L18).
 */
export const mimeOf = ({ to, messageId, replyTo, subject, text, calendar }: Mail) => ({
  to: { name: '', address: to },
  ...(replyTo ? { replyTo: { name: '', address: replyTo } } : {}),
  messageId,
  subject,
  text,
  ...(calendar
    ? {
        html: htmlOf(text),
        icalEvent: { method: calendar.method, content: calendar.text, filename: 'invite.ics' },
      }
    : {}),
  // So that no absence note answers (RFC 3834).
  headers: { 'Auto-Submitted': 'auto-generated' },
})

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Plain text as HTML: its paragraphs, and its addresses as links. */
export function htmlOf(text: string): string {
  const escaped = text.replace(/[&<>"]/g, (mark) => ESCAPES[mark]!)
  const linked = escaped.replace(/https?:\/\/[^\s<]*[^\s<.,;:!?)”]/g, (uri) => `<a href="${uri}">${uri}</a>`)
  const paragraphs = linked.trim().split(/\n{2,}/)
  return paragraphs.map((one) => `<p>${one.replaceAll('\n', '<br>\n')}</p>`).join('\n')
}
