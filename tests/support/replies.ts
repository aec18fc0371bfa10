/** Answers of calendar programs as mails: each in its own style. */

export type Reply = {
  to: string
  uid: string
  from: string
  attendee: string
  status: string
  sequence: number
  /** DTSTAMP, in Unix seconds. */
  at: number
  /** `RECURRENCE-ID…` as a line, where it is about one date. */
  date?: string
}

const stamp = (at: number): string => new Date(at * 1000).toISOString().replace(/[-:]|\.\d+/g, '')

const lines = (...all: (string | undefined)[]): string => all.filter((line) => line !== undefined).join('\r\n')

/** The message with this calendar; `headers` come first, `top` above all. */
export function mailOf(
  { to, from }: Pick<Reply, 'to' | 'from'>,
  calendar: string,
  {
    headers = [],
    method = 'REPLY',
    fromLine = `From: ${from}`,
  }: { headers?: string[]; method?: string | null; fromLine?: string } = {},
): string {
  const type = `text/calendar; charset="UTF-8"${method ? `; method=${method}` : ''}`
  return lines(
    ...headers,
    fromLine,
    `To: ${to}`,
    'Subject: Accepted: Meetup',
    'Message-ID: <answer@mail.example>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="outer"',
    '',
    '--outer',
    'Content-Type: multipart/alternative; boundary="inner"',
    '',
    '--inner',
    'Content-Type: text/plain; charset="UTF-8"',
    '',
    'Ada has accepted this invitation.',
    '',
    '--inner',
    `Content-Type: ${type}`,
    'Content-Transfer-Encoding: 7bit',
    '',
    calendar,
    '',
    '--inner--',
    '--outer',
    'Content-Type: application/ics; name="invite.ics"',
    'Content-Disposition: attachment; filename="invite.ics"',
    'Content-Transfer-Encoding: base64',
    '',
    btoa(String.fromCharCode(...bytesOf(calendar))).replace(/.{76}/g, '$&\r\n'),
    '--outer--',
    '',
  )
}

/** A calendar with a reply, with these lines in its VEVENT beside the usual ones. */
export const calendarOf = (
  { uid, attendee, status, sequence, at, date }: Omit<Reply, 'to' | 'from'>,
  { method = 'REPLY', more = [] as string[], prodId = '-//Example//EN' } = {},
): string =>
  lines(
    'BEGIN:VCALENDAR',
    `PRODID:${prodId}`,
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    'DTSTART:20230202T130000Z',
    'DTEND:20230202T170000Z',
    `DTSTAMP:${stamp(at)}`,
    date,
    'ORGANIZER;CN=Group:mailto:unknown@convene.test',
    `UID:${uid}`,
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${status};CN=Ada;X-NUM-GUESTS=0:mailto:${attendee}`,
    `SEQUENCE:${sequence}`,
    'STATUS:CONFIRMED',
    'SUMMARY:Meetup in Brussels',
    ...more,
    'END:VEVENT',
    'END:VCALENDAR',
  )

export const replyMail = (reply: Reply, more: Parameters<typeof mailOf>[2] = {}): string =>
  mailOf(reply, calendarOf(reply), more)

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
