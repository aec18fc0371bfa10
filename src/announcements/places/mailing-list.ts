import { headline, type Place } from './place.ts'

/** A mailing list: plain text in lines of 72 characters, with the UTC time that every reader understands. */
export const mailingList: Place = {
  label: 'Mailing list',
  type: 'text/plain',
  subject: (news) => `[${news.group}] ${headline(news)}`,
  text: (news) =>
    [
      `Hello,`,
      wrapped(`${headline(news)} (${news.group})`),
      [
        ...(news.when ? [`When:  ${news.when}`] : []),
        ...(news.whenUtc ? [`       ${news.whenUtc}`] : []),
        ...news.where.map((one) => `Where: ${one}`),
      ].join('\n'),
      news.description
        .split(/\n{2,}/)
        .map((paragraph) => wrapped(paragraph))
        .join('\n\n'),
      [
        `More:  ${news.url}`,
        ...(news.answerUrl ? [`RSVP:  ${news.answerUrl}`] : []),
        ...(news.calendarUrl ? [`Calendar: ${news.calendarUrl}`] : []),
      ].join('\n'),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
}

const WIDTH = 72

/** Lines that a quoting mail program doesn't break; addresses are left whole. */
function wrapped(text: string): string {
  const lines: string[] = []
  for (const line of text.split('\n')) {
    let now = ''
    for (const word of line.split(/ +/)) {
      if (now !== '' && now.length + 1 + word.length > WIDTH) {
        lines.push(now)
        now = word
      } else now = now === '' ? word : `${now} ${word}`
    }
    lines.push(now)
  }
  return lines.join('\n')
}
