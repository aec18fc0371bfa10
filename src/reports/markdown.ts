/** A report as Markdown: to send, to paste, and what the page is made of. */
import { formatDate } from '../time/english.ts'
import { toIso } from '../time/zone.ts'
import type { Given, Held, Report } from './report.ts'

const SECTIONS: [kind: string, title: string, one: string][] = [
  ['meeting', 'Meetings', 'meeting'],
  ['hangout', 'Hangouts', 'hangout'],
  ['meetup', 'Meetups', 'meetup'],
  ['stream', 'Streams', 'stream'],
  ['conference', 'Conferences', 'conference'],
  ['talk', 'Other talks', 'talk'],
]

/** Text that is shown as it is: nothing in it makes Markdown or HTML. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>#|&!~]/g, '\\$&').replace(/\s+/g, ' ')
const link = (text: string, href: string): string =>
  `[${plain(text)}](<${href.replace(/[<>\s]/g, encodeURIComponent)}>)`
const number = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`

/** Names, and how many more there are who are not public. */
const withOthers = (names: string[], count: number): string =>
  [...names, ...(count > names.length ? [`${count - names.length} not named in public`] : [])].join(', ')

/** Writes a report; addresses are absolute, since it is read elsewhere. */
export function reportMarkdown(baseUrl: string, report: Report): string {
  const { group, period, before, membership, held, given, upcoming, counts, missing } = report
  const title = period.quarter ?? `${formatDate(period.from)} to ${formatDate(period.to)}`
  const people = membership.joined.map(({ name, nick }) => (nick ? `${plain(name)} (${plain(nick)})` : plain(name)))
  const gone = membership.left.map(({ name }) => plain(name))
  const { joined, left } = membership.counts
  const past = (n: number) => `${n} in the period before`
  const lines = [
    `# ${plain(group.name)}: ${title}`,
    '',
    `${formatDate(period.from)} to ${formatDate(period.to)}.`,
    '',
    '## Membership',
    '',
    `${number(counts.members, 'member')} at the end (${past(before.counts.members)}).`,
    joined > 0 ? `New: ${withOthers(people, joined)}.` : 'Nobody joined.',
    ...(left > 0 ? [`Left: ${withOthers(gone, left)}.`] : []),
    '',
  ]
  for (const [kind, heading, one] of SECTIONS) {
    const dates = held[kind]
    if (!dates) continue
    const cancelled = dates.filter(({ isCancelled }) => isCancelled).length
    const recorded = dates.filter(({ minutes }) => minutes !== null).length
    const n = counts[kind as keyof typeof counts]
    lines.push(
      `## ${heading}`,
      '',
      `${number(n, one)} (${past(before.counts[kind as keyof typeof counts])})${cancelled ? `, ${cancelled} cancelled` : ''}${
        recorded ? `, ${recorded} with minutes` : ''
      }.`,
      '',
      ...dates.map((date) => dateLine(baseUrl, date)),
      '',
    )
  }
  if (given.length + upcoming.length > 0) {
    lines.push('## Talks', '', `${number(counts.talks, 'talk')} given (${past(before.counts.talks)}).`, '')
    lines.push(...given.map((talk) => talkLine(baseUrl, talk)), '')
    if (upcoming.length > 0) lines.push('Coming up:', '', ...upcoming.map((talk) => talkLine(baseUrl, talk)), '')
  }
  if (missing.length > 0)
    lines.push(
      '## Still missing',
      '',
      ...missing.map(({ what, of, when, path }) => `- ${what} of ${link(of, baseUrl + path)}, ${when}`),
      '',
    )
  return `${lines.join('\n').trimEnd()}\n`
}

function dateLine(baseUrl: string, date: Held): string {
  const { title, event, recurrenceId, start, timeZone, isCancelled, reason, minutes, seats, came } = date
  const when = timeZone === null ? start.slice(0, 10) : `${start.slice(0, 16).replace('T', ' ')} ${timeZone}`
  const href = `${baseUrl}/e/${event}/${recurrenceId}`
  if (isCancelled) return `- ${when}: ${link(title, href)}, cancelled${reason ? `: ${plain(reason)}` : ''}`
  const more = [
    ...(minutes ? [link('minutes', minutes.url ?? href)] : []),
    ...(seats > 0 ? [`${seats} coming`] : []),
    ...(came > 0 ? [`${came} were there`] : []),
  ]
  return `- ${[`${when}: ${link(title, href)}`, ...more].join(', ')}`
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
