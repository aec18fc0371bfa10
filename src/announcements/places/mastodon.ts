import { cut, headline, type Place } from './place.ts'

/** A post has 500 characters; an address counts 23, however long it is. */
const MAX = 500
const ADDRESS = 23
const TAGS_MAX = 4
const TAG_MAX = 25

/** Mastodon and what speaks like it: the facts, as much of the description as fits, and tags. */
export const mastodon: Place = {
  label: 'Mastodon',
  type: 'text/plain',
  subject: () => null,
  text: (news) => {
    const tags = news.keywords
      .map(tagOf)
      .filter((tag) => tag !== '' && tag.length <= TAG_MAX)
      .slice(0, TAGS_MAX)
      .join(' ')
    const where = cut(quiet(news.where[0] ?? '').replace(/[:\s]+$/, ''), 100)
    const facts = [cut(quiet(`${headline(news)} (${news.group})`), 160), [news.when, where].filter(Boolean).join('\n')]
    const taken = [...facts, tags].filter(Boolean).reduce((sum, part) => sum + [...part].length + 2, ADDRESS)
    const room = MAX - taken - 2
    const about = room > 40 ? cut(quiet(news.description.split(/\n{2,}/)[0] ?? ''), room) : ''
    return [...facts, about, news.url, tags].filter((part) => part !== '').join('\n\n')
  },
}

/** Without addresses, which would count, and mentions, which would call people. */
const quiet = (text: string): string => text.replace(/https?:\/\/\S+|(?<![\w/])@\w[\w.-]*(@[\w.-]+)?/g, '').trim()

/** A tag in CamelCase, which screen readers read word by word. */
const tagOf = (keyword: string): string => {
  const words = keyword.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const joined = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('')
  return /\D/.test(joined) ? `#${joined}` : ''
}
