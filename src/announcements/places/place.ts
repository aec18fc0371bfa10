/** What there is to announce, as a place to announce it may need it. */
export type News = {
  /** What it is about: `Reminder`, `Cancelled`; empty where the title says it all. */
  occasion: string
  title: string
  group: string
  /** In words with its zone, and in UTC; empty for what has no time. */
  when: string
  whenUtc: string
  /** Venues and ways to join, a line each. */
  where: string[]
  /** Plain text; empty where nobody wrote any. */
  description: string
  /** The same as Markdown. */
  markdown: string
  keywords: string[]
  url: string
  /** Where one answers; null where nobody is asked. */
  answerUrl: string | null
  calendarUrl: string | null
}

/** One kind of place: a file here, and a line in the index. */
export type Place = {
  label: string
  /** Plain text, or Markdown. */
  type: 'text/plain' | 'text/markdown'
  /** A line of its own above the text, where such places have one. */
  subject(news: News): string | null
  text(news: News): string
}

export const headline = ({ occasion, title }: News): string => (occasion ? `${occasion}: ${title}` : title)

/** At most so many characters, the last an ellipsis where there were more. */
export function cut(text: string, max: number): string {
  const letters = [...text]
  return letters.length <= max
    ? text
    : `${letters
        .slice(0, Math.max(0, max - 1))
        .join('')
        .trimEnd()}…`
}
