/** What the form of a talk sends, as the body that the API takes, and the form of a talk that is there. */
import type { Fault } from '../outcome.ts'
import { durationOf, secondsOf } from '../time/duration.ts'

type Sent = Record<string, string>
type Resource = { type: string; url: string; title?: string }
export type DeskTalk = {
  slug: string
  title: string
  group: string | null
  conference: string | null
  speakers: { slug: string; name: string }[]
  resources: Resource[]
  keywords: string[]
  duration: string | null
  doNotRecord: boolean
  url: string
} & Record<(typeof LINES)[number], string | null> &
  Record<(typeof TEXTS)[number], string>

const LINES = ['subtitle', 'start', 'timeZone', 'room', 'track', 'type', 'language', 'licence', 'website'] as const
const TEXTS = ['abstract', 'description', 'status'] as const
/** Rows for resources that are still to come. */
const SPARE = 2

const rowsOf = (count: number) => Array.from({ length: count }, (_, at) => `resources.${at}`)

/** How many rows for resources a form with these values has. */
export const resourceRows = (values: Sent): string[] => {
  const used = Object.keys(values).flatMap((name) => /^resources\.(\d+)\.url$/.exec(name)?.[1] ?? [])
  return rowsOf(Math.max(SPARE, ...used.map((at) => Number(at) + 1)))
}

/** What the fields are called. */
export const talkLabels = (values: Sent): Record<string, string> => ({
  title: 'Title',
  subtitle: 'Subtitle',
  conference: 'Conference',
  speakers: 'Speakers',
  start: 'Begins',
  timeZone: 'Time zone',
  minutes: 'Minutes',
  room: 'Room',
  track: 'Track',
  type: 'Kind of session',
  language: 'Language',
  status: 'Status',
  abstract: 'Abstract',
  description: 'Description',
  keywords: 'Tags',
  licence: 'Licence',
  website: 'Its page elsewhere',
  doNotRecord: 'It is not to be recorded',
  name: 'Whom it is for',
  ...Object.fromEntries(
    resourceRows(values).flatMap((row, at) => [
      [`${row}.type`, `Link ${at + 1}: what it is`],
      [`${row}.url`, `Link ${at + 1}: address`],
      [`${row}.title`, `Link ${at + 1}: title`],
    ]),
  ),
})

/** The values of the form of a talk. */
export function talkValues(talk: DeskTalk): Sent {
  const values: Sent = {
    title: talk.title,
    conference: talk.conference ?? '',
    speakers: talk.speakers.map(({ name }) => name).join('\n'),
    minutes: talk.duration ? String(secondsOf(talk.duration) / 60) : '',
    keywords: talk.keywords.join(', '),
    ...(talk.doNotRecord ? { doNotRecord: 'yes' } : {}),
  }
  for (const name of [...LINES, ...TEXTS]) values[name] = talk[name] ?? ''
  const shown = [...talk.resources, ...Array.from({ length: SPARE }, () => null)]
  for (const [at, resource] of shown.entries()) {
    values[`resources.${at}.type`] = resource?.type ?? 'slides'
    values[`resources.${at}.url`] = resource?.url ?? ''
    values[`resources.${at}.title`] = resource?.title ?? ''
  }
  return values
}

const filled = (text: string | undefined) => (text ?? '').trim()
const partsOf = (text: string | undefined, by: RegExp) =>
  filled(text)
    .split(by)
    .map((part) => part.trim())
    .filter(Boolean)

/** The rows of a form that name a resource, in their order. */
const sentRows = (sent: Sent) => resourceRows(sent).filter((row) => filled(sent[`${row}.url`]) !== '')

/** The body of a talk; of speakers and links that are there already all that the form does not show stays. */
export function talkBody(sent: Sent, before?: DeskTalk): Record<string, unknown> {
  const minutes = filled(sent.minutes)
  const body: Record<string, unknown> = {
    title: sent.title ?? '',
    speakers: partsOf(sent.speakers, /\r?\n/).map((name) => {
      const known = before?.speakers.find((one) => one.name === name)
      return known ? { slug: known.slug } : { name }
    }),
    keywords: partsOf(sent.keywords, /,/),
    duration: minutes === '' ? null : /^\d{1,5}$/.test(minutes) ? durationOf(Number(minutes) * 60) : minutes,
    doNotRecord: sent.doNotRecord === 'yes',
    resources: sentRows(sent).map((row) => {
      const url = filled(sent[`${row}.url`])
      const title = filled(sent[`${row}.title`])
      const { title: _, ...known } = before?.resources.find((one) => one.url === url) ?? ({} as Partial<Resource>)
      return { ...known, type: sent[`${row}.type`], url, ...(title ? { title } : {}) }
    }),
  }
  for (const name of LINES) body[name] = filled(sent[name]) || null
  for (const name of TEXTS) body[name] = sent[name] ?? ''
  if (/T\d\d:\d\d$/.test(String(body.start))) body.start = `${body.start}:00`
  return body
}

/** Faults at the fields of the form: a link's row, and the minutes. */
export const faultsInTalk = (faults: Fault[], sent: Sent): Fault[] =>
  faults.map(({ path, message }) => {
    const [, at, rest = ''] = /^resources\.(\d+)(.*)$/.exec(path) ?? []
    if (at !== undefined) return { path: `${sentRows(sent)[Number(at)] ?? 'resources'}${rest}`, message }
    return { path: path === 'duration' ? 'minutes' : path, message }
  })
