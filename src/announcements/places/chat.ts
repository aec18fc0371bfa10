import { cut, headline, type Place } from './place.ts'

/** What IRC carries in one message, with room for the channel's name (RFC 2812, 2.3). */
const BYTES_MAX = 400

/** A room of IRC or Matrix: one line, which no server cuts. */
export const chat: Place = {
  label: 'Chat (IRC, Matrix)',
  type: 'text/plain',
  subject: () => null,
  text: (news) => {
    const tail = [news.whenUtc || news.when, news.url].filter(Boolean).join(' – ')
    const room = BYTES_MAX - bytes(tail) - 3
    let head = oneLine(`${headline(news)} (${news.group})`)
    for (let max = [...head].length; bytes(head) > room && max > 0; max--) head = cut(head, max)
    return `${head} – ${tail}`
  },
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
const bytes = (text: string) => new TextEncoder().encode(text).length
