import { headline, type Place } from './place.ts'

/** A forum such as Discourse: Markdown. */
export const forum: Place = {
  label: 'Forum',
  type: 'text/markdown',
  subject: (news) => headline(news),
  text: (news) =>
    [
      `**${plain(headline(news))}**, ${plain(news.group)}`,
      [
        ...(news.when ? [`- **When:** ${plain(news.when)}${news.whenUtc ? ` (${news.whenUtc})` : ''}`] : []),
        ...news.where.map((one) => `- **Where:** ${plain(one)}`),
      ].join('\n'),
      news.markdown.trim(),
      [
        `[More](<${news.url}>)`,
        ...(news.answerUrl ? [`[Answer](<${news.answerUrl}>)`] : []),
        ...(news.calendarUrl ? [`[Calendar](<${news.calendarUrl}>)`] : []),
      ].join(' · '),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
}

/** Nothing in a name makes Markdown. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>#|&!~]/g, '\\$&')
