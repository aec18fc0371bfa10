/** What a transport sends: one mail to one address. */
export type Mail = {
  /** The same for each try, so that what arrives twice is shown once. */
  messageId: string
  to: string
  subject: string
  text: string
  html: string
  /** Where to say, with one click, that no such mails are wanted (RFC 8058). */
  unsubscribe?: string
  /** Where an answer goes, if not to where the mail comes from. */
  replyTo?: string
  /** What the guest's calendar program is told (RFC 6047). */
  calendar?: CalendarPart
}

export type CalendarPart = { method: 'REQUEST' | 'CANCEL'; text: string }

/** A way to send mails; `permanent` errors are not tried again. */
export type Mailer = { send(mail: Mail): Promise<void> }

export class MailRefused extends Error {}
