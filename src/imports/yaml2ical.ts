/** The meeting files of yaml2ical (OpenStack, CentOS): a YAML document for each project, all times in UTC. */
import { z } from '@hono/zod-openapi'
import { faults } from '../http/faults.ts'
import { slugOf } from '../talks/rules.ts'
import { civilOf, DAY_SECONDS, dayOf, weekdayOf, weekOf } from '../time/days.ts'
import { fromSeconds } from '../time/zone.ts'
import type { CalendarFormat, CalendarRead, CalendarSource } from './calendar.ts'
import { parseYaml } from './yaml.ts'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const NTH: Record<string, number> = { first: 1, second: 2, third: 3, fourth: 4, last: -1 }
const FREQUENCY =
  /^(weekly|biweekly-(odd|even)|quadweekly(-week-[0-3]|-alternate)?|adhoc|(first|second|third|fourth|last)-(mon|tues|wednes|thurs|fri|satur|sun)day)$/

const date = z.string().regex(/^\d{8}$/, 'must be a date, such as 20230118')
const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() ?? '')

const Entry = z.object({
  time: z
    .string()
    .regex(/^([01]?\d|2[0-3])[0-5]\d$/, 'must be a time of day in UTC, such as 1600')
    .transform((time) => time.padStart(4, '0')),
  day: z
    .string()
    .transform((day) => `${day.slice(0, 1).toUpperCase()}${day.slice(1).toLowerCase()}`)
    .pipe(z.enum(DAYS as [string, ...string[]], 'must be a day of the week')),
  irc: text,
  frequency: z.string().regex(FREQUENCY, 'is no frequency of yaml2ical'),
  start_date: date.optional(),
  duration: z
    .string()
    .regex(/^\d{1,4}$/, 'must be minutes')
    .optional(),
  skip_dates: z.array(z.object({ skip_date: date, reason: text })).optional(),
})

const Meeting = z.object({
  project: z.string().min(1, 'must not be empty'),
  project_url: text,
  agenda_url: text,
  meeting_id: text,
  chair: text,
  description: text,
  schedule: z.array(Entry).min(1, 'must not be empty').max(50),
})

type Entry = z.output<typeof Entry>
type Source = Omit<z.output<typeof Meeting>, 'schedule'> & { entry: Entry }

export const yaml2ical = {
  name: 'yaml2ical',
  mediaTypes: ['application/yaml', 'text/yaml', 'application/x-yaml'],
  read(body: string): CalendarRead {
    const { documents, faults: unreadable } = parseYaml(body)
    const read: CalendarRead = { sources: [], faults: unreadable, notes: [] }
    if (documents.length === 0 && unreadable.length === 0) read.faults.push({ path: '', message: 'has no document' })
    for (const { place, value } of documents) readMeeting(place, value, read)
    read.faults.push(...repeated(read.sources))
    return read
  },
  eventOf: (source: Source, from: string) => eventOf(source, from),
} as const satisfies CalendarFormat

function readMeeting(place: string, value: unknown, read: CalendarRead): void {
  const parsed = Meeting.safeParse(value)
  if (!parsed.success) {
    read.faults.push(
      ...faults(parsed.error.issues as never).map(({ path, message }) => ({
        path: path ? `${place}, ${path}` : place,
        message,
      })),
    )
    return
  }
  const { schedule, ...meeting } = parsed.data
  for (const [at, entry] of schedule.entries()) {
    const where = `${place}, schedule.${at}`
    if (entry.frequency === 'adhoc')
      read.notes.push(`${where}: "${meeting.project}" meets when it is called (adhoc): nothing to put into a calendar`)
    else {
      const importKey = `yaml2ical:${slugOf(meeting.project) || 'meeting'}:${at + 1}`
      read.sources.push({ importKey, place: where, source: { ...meeting, entry } })
      if (/weekly-(odd|even|week)/.test(entry.frequency)) {
        read.notes.push(
          `${where}: "${meeting.project}" meets in ${entry.frequency.split('-').slice(1).join(' ')} weeks of the year; years with 53 weeks (2026) break that rhythm, so here it goes on every ${intervalOf(entry)} weeks`,
        )
      }
    }
  }
}

const repeated = (sources: CalendarSource[]) => {
  const seen = new Set<string>()
  return sources.flatMap(({ importKey, place }) => {
    const isRepeated = seen.has(importKey)
    seen.add(importKey)
    return isRepeated ? [{ path: place, message: 'is of a project that stands twice' }] : []
  })
}

const intervalOf = ({ frequency }: Entry) => (frequency.startsWith('quad') ? 4 : 2)

/** The rule of an entry, and the first of its dates from a day on. */
function ruleOf(entry: Entry, from: string): { rule: string; start: string } {
  const weekday = DAYS.indexOf(entry.day)
  const code = entry.day.slice(0, 2).toUpperCase()
  const [year, month, date] = (entry.start_date?.replace(/^(\d{4})(\d\d)/, '$1-$2-') ?? from).split('-').map(Number)
  const day = dayOf(year!, month!, date!)
  const next = day + ((weekday - weekdayOf(day) + 7) % 7)
  const [nth] = entry.frequency.split('-')
  if (NTH[nth!] !== undefined)
    return { rule: `FREQ=MONTHLY;BYDAY=${NTH[nth!]}${code}`, start: dateOf(firstNth(day, weekday, NTH[nth!]!)) }
  if (entry.frequency === 'weekly') return { rule: `FREQ=WEEKLY;BYDAY=${code}`, start: dateOf(next) }
  const interval = intervalOf(entry)
  const week = /week-(\d)/.exec(entry.frequency)?.[1]
  const wanted =
    week !== undefined
      ? Number(week)
      : entry.frequency.endsWith('odd')
        ? 1
        : entry.frequency.endsWith('even')
          ? 0
          : null
  let start = next
  while (wanted !== null && weekOf(start, 0).week % interval !== wanted) start += 7
  return { rule: `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${code}`, start: dateOf(start) }
}

const dateOf = (day: number) => fromSeconds(day * DAY_SECONDS).slice(0, 10)

/** The n-th (or last) weekday of a month, the first one from a day on. */
function firstNth(from: number, weekday: number, nth: number): number {
  const { year, month } = civilOf(from)
  for (let next = month; ; next++) {
    const begins = dayOf(year, next, 1)
    const first = begins + ((weekday - weekdayOf(begins) + 7) % 7)
    const last = first + (first + 28 < dayOf(year, next + 1, 1) ? 28 : 21)
    const found = nth === -1 ? last : first + 7 * (nth - 1)
    if (found >= from) return found
  }
}

const VIDEO =
  /https?:\/\/[^\s<>"]*(?:zoom\.us|meet\.google\.com|meet\.jit\.si|meet\.opensuse\.org|bluejeans\.com|whereby\.com|teams\.microsoft\.com)[^\s<>")]*/i
const webAddress = (url: string) => /^https?:\/\/\S+$/.test(url)

function eventOf({ entry, ...meeting }: Source, from: string): Record<string, unknown> {
  const { rule, start } = ruleOf(entry, from)
  const time = `T${entry.time.slice(0, 2)}:${entry.time.slice(2)}:00`
  const call = VIDEO.exec(meeting.description)?.[0]
  const room = entry.irc.replace(/^#/, '')
  const skipped = (entry.skip_dates ?? []).map(
    ({ skip_date: day }) => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}${time}`,
  )
  return {
    title: meeting.project.trim(),
    kind: call ? 'hangout' : 'meeting',
    start: `${start}${time}`,
    timeZone: 'UTC',
    duration: `PT${Number(entry.duration ?? 60)}M`,
    recurrenceRule: rule,
    recurrenceOverrides: Object.fromEntries(
      skipped.filter((day) => day >= start).map((day) => [day, { excluded: true }]),
    ),
    description: [meeting.description, meeting.chair ? `Chair: ${meeting.chair}` : ''].filter(Boolean).join('\n\n'),
    virtualLocations: call
      ? [{ name: 'Video call', uri: call, features: ['video'] }]
      : room
        ? [{ name: `#${room}`, uri: `ircs://irc.libera.chat/${encodeURIComponent(room)}`, features: ['chat'] }]
        : [],
    links: [
      ...(webAddress(meeting.project_url) ? [{ href: meeting.project_url, title: 'Project' }] : []),
      ...(webAddress(meeting.agenda_url) ? [{ href: meeting.agenda_url, rel: 'agenda', title: 'Agenda' }] : []),
    ],
    ...(!call && meeting.meeting_id ? { bot: { name: 'meetbot', meeting: meeting.meeting_id } } : {}),
  }
}
