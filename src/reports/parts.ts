/** The parts of a report that list dates and talks, as Markdown. */
import { toIso } from '../time/zone.ts'
import type { Given, Held, Report } from './report.ts'

export const SECTIONS = [
  { part: 'meetings', kinds: ['meeting'], heading: 'Meetings', one: 'meeting' },
  { part: 'hangouts', kinds: ['hangout'], heading: 'Hangouts', one: 'hangout' },
  { part: 'meetups', kinds: ['meetup'], heading: 'Meetups', one: 'meetup' },
  { part: 'streams', kinds: ['stream'], heading: 'Streams', one: 'stream' },
  { part: 'conferences', kinds: ['conference', 'talk'], heading: 'Conferences and talks in the calendar', one: 'date' },
] as const

/** Text that is shown as it is: nothing in it makes Markdown or HTML. */
export const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>#|&!~]/g, '\\$&').replace(/\s+/g, ' ')
export const link = (text: string, href: string): string =>
  `[${plain(text)}](<${href.replace(/[<>\s]/g, encodeURIComponent)}>)`
const number = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`
const past = (n: number): string => `${n} in the period before`

/** Names, and how many more there are who are not public. */
export const withOthers = (names: string[], count: number): string =>
  [...names, ...(count > names.length ? [`${count - names.length} not named in public`] : [])].join(', ')

/** The dates of some kinds: how many, beside the period before, and each with what there is of it. */
export function sectionOf(baseUrl: string, report: Report, { kinds, heading, one }: (typeof SECTIONS)[number]): string {
  const dates = kinds.flatMap((kind) => report.held[kind] ?? []).sort((a, b) => a.startsAt - b.startsAt)
  if (dates.length === 0) return ''
  const sum = (counts: Report['counts']) => kinds.reduce((n, kind) => n + counts[kind], 0)
  const cancelled = dates.filter(({ isCancelled }) => isCancelled).length
  const recorded = dates.filter(({ minutes }) => minutes !== null).length
  const more = [...(cancelled ? [`${cancelled} cancelled`] : []), ...(recorded ? [`${recorded} with minutes`] : [])]
  const said = [`${number(sum(report.counts), one)} (${past(sum(report.before.counts))})`, ...more].join(', ')
  return [`## ${heading}`, '', `${said}.`, '', ...dates.map((date) => dateLine(baseUrl, date))].join('\n')
}

function dateLine(baseUrl: string, date: Held): string {
  const { title, event, recurrenceId, isCancelled, reason, minutes, seats, came } = date
  const when = whenOf(date)
  const href = `${baseUrl}/e/${event}/${recurrenceId}`
  if (isCancelled) return `- ${when}: ${link(title, href)}, cancelled${reason ? `: ${plain(reason)}` : ''}`
  const more = [
    ...(minutes ? [link('minutes', minutes.url ?? href)] : []),
    ...(date.recording ? [link('recording', date.recording)] : []),
    ...(date.slides ? [link('slides', date.slides)] : []),
    ...(seats > 0 ? [`${seats} coming`] : []),
    ...(came > 0 ? [`${came} were there`] : []),
    ...(date.attended > 0 ? [`${date.attended} in chat`] : []),
  ]
  return `- ${[`${when}: ${link(title, href)}`, ...more].join(', ')}`
}

const whenOf = ({ start, timeZone }: { start: string; timeZone: string | null }): string =>
  timeZone === null ? start.slice(0, 10) : `${start.slice(0, 16).replace('T', ' ')} ${timeZone}`

/** What is to come after the period. */
export function comingOf(baseUrl: string, { coming }: Report): string {
  if (coming.length === 0) return ''
  const lines = coming.map((one) => `- ${whenOf(one)}: ${link(one.title, baseUrl + one.path)}`)
  return ['## Coming up', '', ...lines].join('\n')
}

/** The talks that were given, and those that are to come. */
export function talksOf(baseUrl: string, { given, upcoming, counts, before }: Report): string {
  if (given.length + upcoming.length === 0) return ''
  const coming = upcoming.length > 0 ? ['', 'Coming up:', '', ...upcoming.map((talk) => talkLine(baseUrl, talk))] : []
  return [
    '## Talks',
    '',
    `${number(counts.talks, 'talk')} given (${past(before.counts.talks)}).`,
    '',
    ...given.map((talk) => talkLine(baseUrl, talk)),
    ...coming,
  ].join('\n')
}

function talkLine(
  baseUrl: string,
  { slug, title, conferenceTitle, startsAt, speakers, slides, recording }: Given,
): string {
  const more = [
    ...(speakers.length > 0 ? [plain(speakers.join(' and '))] : []),
    ...(conferenceTitle ? [plain(conferenceTitle)] : []),
    toIso(startsAt).slice(0, 10),
    ...(slides ? [link('slides', slides)] : []),
    ...(recording ? [link('recording', recording)] : []),
  ]
  return `- ${link(title, `${baseUrl}/talks/${slug}`)}: ${more.join(', ')}`
}
