/** Calendars in iCalendar (RFC 5545): what other programs publish and export, with their quirks. */

import {
  type Component,
  parseICalendar,
  propertiesOf,
  propertyOf,
  textList,
  unescapeText,
} from '../formats/icalendar.ts'
import { durationOf } from '../time/duration.ts'
import { firstStart, startsBetween } from '../time/recurrence.ts'
import { checkRule } from '../time/rule.ts'
import { toInstant } from '../time/zone.ts'
import type { CalendarFormat, CalendarRead } from './calendar.ts'
import { cleanLine, cleanText } from './html.ts'
import { inZone, type Moment, momentOf, settled } from './icalendar-time.ts'

type Source = Record<string, unknown>
/** A fault that ends the reading of an event. */
class Unreadable extends Error {}

export const icalendar = {
  name: 'icalendar',
  mediaTypes: ['text/calendar'],
  read(text: string, zone: string): CalendarRead {
    const { components, faults } = parseICalendar(text)
    const read: CalendarRead = { sources: [], faults, notes: [] }
    const calendars = calendarsIn(components)
    if (calendars.length === 0) read.faults.push({ path: '', message: 'has no VCALENDAR' })
    for (const calendar of calendars) readCalendar(calendar, zone, read)
    const byKey = new Map(read.sources.map((source) => [source.importKey, source]))
    if (byKey.size < read.sources.length)
      read.notes.push('some events stand in several calendars of the file: the last of each was taken')
    return { ...read, sources: [...byKey.values()] }
  },
  eventOf: (source: Source) => source,
} as const satisfies CalendarFormat

/** Some stand in one another by mistake. */
const calendarsIn = (components: Component[]): Component[] =>
  components.flatMap((one) => [...(one.name === 'VCALENDAR' ? [one] : []), ...calendarsIn(one.components)])

function readCalendar(calendar: Component, given: string, read: CalendarRead): void {
  const named = propertyOf(calendar, 'X-WR-TIMEZONE')?.value.trim()
  const floating = (named && momentZone(named, calendar)) || given
  const byUid = new Map<string, Component[]>()
  for (const vevent of calendar.components.filter(({ name }) => name === 'VEVENT')) {
    const uid = uidOf(vevent)
    if (uid === '') read.faults.push({ path: `line ${vevent.line}`, message: 'has no UID' })
    else byUid.set(uid, [...(byUid.get(uid) ?? []), vevent])
  }
  for (const [uid, vevents] of byUid) {
    const masters = vevents.filter((vevent) => !propertyOf(vevent, 'RECURRENCE-ID'))
    // The same UID twice is a mistake of its maker; the later revision is the one that counts.
    const master = masters.toSorted((a, b) => sequenceOf(a) - sequenceOf(b)).at(-1) ?? vevents[0]!
    const place = `line ${master.line}, UID ${uid.slice(0, 80)}`
    const note = (message: string) => read.notes.push(`${place}: ${message}`)
    try {
      if (masters.length > 1) note(`stands ${masters.length} times: the last revision was taken`)
      const overrides = vevents.filter((vevent) => propertyOf(vevent, 'RECURRENCE-ID'))
      const source = eventOf(master, masters.length > 0 ? overrides : [], calendar, floating, note)
      read.sources.push({ importKey: `ics:${uid}`, uid, source, place })
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      read.faults.push({ path: place, message: error.message })
    }
  }
}

const momentZone = (name: string, calendar: Component) => {
  const moment = momentOf({ name: '', params: new Map([['TZID', name]]), value: '20200101T000000', line: 0 }, calendar)
  return typeof moment === 'string' ? null : moment.zone
}

const uidOf = (vevent: Component) => unescapeText(propertyOf(vevent, 'UID')?.value ?? '').trim()
const sequenceOf = (vevent: Component) => Number(propertyOf(vevent, 'SEQUENCE')?.value) || 0

type Context = { calendar: Component; floating: string; note: (message: string) => void }

function eventOf(
  vevent: Component,
  overrides: Component[],
  calendar: Component,
  floating: string,
  note: (message: string) => void,
): Source {
  const context = { calendar, floating, note }
  const start = startOf(vevent, context)
  const zone = start.zone ?? null
  const isAllDay = zone === null
  const local = isAllDay ? start.local : settled(start.local, zone)
  if (local !== start.local) note(`begins at a time that ${zone} skips: it was read as ${local.slice(11)}`)
  const said = detailsOf(vevent)
  const dates = datesOf(vevent, { local, zone }, context)
  const duration = durationOfEvent(vevent, { local, zone }, context)
  return {
    kind: kindOf(said, isAllDay),
    start: dates.start,
    timeZone: zone,
    ...(isAllDay ? { showWithoutTime: true } : {}),
    duration,
    ...(dates.rule ? { recurrenceRule: dates.rule } : {}),
    recurrenceOverrides: {
      ...dates.overrides,
      ...changesOf(overrides, { zone, said: { ...said, duration } }, context),
    },
    ...said,
  }
}

type Zoned = { local: string; zone: string | null }

function startOf(vevent: Component, context: Context, name = 'DTSTART'): Moment {
  const property = propertyOf(vevent, name)
  if (!property) throw new Unreadable(`has no ${name}`)
  const moment = momentOf(property, context.calendar)
  if (typeof moment === 'string') throw new Unreadable(`${name} ${moment}`)
  return moment.zone === undefined ? { ...moment, zone: context.floating } : moment
}

/** From DTEND or DURATION; a timed event without both lasts no time, which is an hour here, and a date lasts a day. */
function durationOfEvent(vevent: Component, { local, zone }: Zoned, context: Context): string {
  const given = propertyOf(vevent, 'DURATION')?.value.trim()
  if (given) return given.replace(/^\+/, '')
  const usual = zone === null ? 'P1D' : 'PT1H'
  if (!propertyOf(vevent, 'DTEND')) return usual
  const end = startOf(vevent, context, 'DTEND')
  const seconds = toInstant(end.local, end.zone ?? 'UTC') - toInstant(local, zone ?? 'UTC')
  if (seconds < 0) throw new Unreadable('DTEND lies before DTSTART')
  if (seconds === 0) return usual
  return zone === null ? `P${Math.max(1, Math.round(seconds / 86_400))}D` : durationOf(seconds)
}

type Overrides = Record<string, Record<string, unknown>>

/** Rule, added and excluded dates. A start that the rule does not have is a date of its own (RFC 5545, 3.8.5.3). */
function datesOf(vevent: Component, { local, zone }: Zoned, context: Context) {
  const overrides: Overrides = {}
  const rules = propertiesOf(vevent, 'RRULE')
  if (rules.length > 1) context.note('has more than one RRULE: the first was taken')
  const checked = rules[0] ? checkRule(rules[0].value, local, zone) : null
  if (checked && !checked.ok) throw new Unreadable(`RRULE ${checked.message}`)
  const rule = checked?.ok ? checked.rule : undefined
  let start = local
  if (rule) {
    const first = firstStart({ start: local, timeZone: zone, rule })
    if (first === null) throw new Unreadable('RRULE has no date at all')
    start = first
    if (first !== local) overrides[local] = {}
  }
  for (const date of listed(vevent, 'RDATE', zone, context)) if (date !== start) overrides[date] = {}
  const series = rule ? { start, timeZone: zone, rule } : null
  for (const date of listed(vevent, 'EXDATE', zone, context)) {
    const at = toInstant(date, zone ?? 'UTC')
    const isDate = series ? startsBetween(series, at, at + 1)[0] === date : date === start
    delete overrides[date]
    if (isDate) overrides[date] = { excluded: true }
    else context.note(`EXDATE ${date} is no date of it`)
  }
  return { start, rule, overrides }
}

/** The dates of RDATE or EXDATE on the series' wall clock. A PERIOD counts by its start. */
function listed(vevent: Component, name: string, zone: string | null, context: Context): string[] {
  return propertiesOf(vevent, name).flatMap((property) =>
    property.value
      .split(',')
      .filter(Boolean)
      .flatMap((value) => {
        const moment = momentOf(property, context.calendar, value.split('/')[0])
        if (typeof moment === 'string') throw new Unreadable(`${name} ${moment}`)
        return [inZone(moment, zone)]
      }),
  )
}

/** What VEVENTs with RECURRENCE-ID change about their dates. */
function changesOf(
  vevents: Component[],
  { zone, said }: { zone: string | null; said: Source },
  context: Context,
): Overrides {
  const changes: Overrides = {}
  for (const vevent of vevents) {
    const property = propertyOf(vevent, 'RECURRENCE-ID')!
    if (property.params.get('RANGE')?.toUpperCase() === 'THISANDFUTURE')
      context.note(`line ${vevent.line} changes this and all later dates: it was taken for this one alone`)
    const original = inZone(startOf(vevent, context, 'RECURRENCE-ID'), zone)
    const start = inZone(startOf(vevent, context), zone)
    const own: Source = { ...detailsOf(vevent), duration: durationOfEvent(vevent, { local: start, zone }, context) }
    const differs = (name: string) => JSON.stringify(own[name]) !== JSON.stringify(said[name])
    changes[original] = {
      ...(start === original ? {} : { start }),
      ...Object.fromEntries(
        ['duration', 'title', 'description', 'status', 'locations', 'virtualLocations']
          .filter(differs)
          .map((name) => [name, own[name]]),
      ),
    }
  }
  return changes
}

const isOnEarth = (geo: RegExpExecArray | null) =>
  geo !== null && Math.abs(Number(geo[1])) <= 90 && Math.abs(Number(geo[2])) <= 180

const STATUS: Record<string, string> = { TENTATIVE: 'tentative', CONFIRMED: 'confirmed', CANCELLED: 'cancelled' }
const webAddress = (text: string) => /^https?:\/\/[^\s"<>\\^`{}|]+$/.test(text) && URL.canParse(text)
const JOIN =
  /https?:\/\/[^\s<>"]*(?:zoom\.us|meet\.google\.com|meet\.jit\.si|bigbluebutton|whereby\.com|teams\.microsoft\.com|webex\.com)[^\s<>")\\]*/i

/** What a VEVENT says of itself, cleaned: no control characters, nothing that our own fields would refuse. */
function detailsOf(vevent: Component): Source {
  const text = (name: string) => unescapeText(propertyOf(vevent, name)?.value ?? '')
  const description = cleanText(text('DESCRIPTION'))
  const location = cleanLine(text('LOCATION'))
  const conferences = propertiesOf(vevent, 'CONFERENCE').map(({ value, params }) => ({
    uri: value.trim(),
    name: cleanLine(params.get('LABEL') ?? '').slice(0, 200),
  }))
  const joins =
    conferences.length > 0
      ? conferences
      : [text('X-GOOGLE-CONFERENCE'), location, JOIN.exec(description)?.[0] ?? '']
          .filter((uri) => webAddress(uri))
          .slice(0, 1)
          .map((uri) => ({ uri, name: '' }))
  const geo = /^(-?\d+(?:\.\d+)?);(-?\d+(?:\.\d+)?)$/.exec(text('GEO').trim())
  const url = text('URL').trim()
  const categories = propertiesOf(vevent, 'CATEGORIES').flatMap(({ value }) => textList(value))
  const keywords = [...new Set(categories.map((one) => cleanLine(one).slice(0, 60)).filter(Boolean))]
  return {
    title: cleanLine(text('SUMMARY')).slice(0, 300) || 'Untitled',
    description,
    status: STATUS[text('STATUS').trim().toUpperCase()] ?? 'confirmed',
    locations:
      location && !webAddress(location)
        ? [{ name: location.slice(0, 200), ...(isOnEarth(geo) ? { geo: `${geo![1]},${geo![2]}` } : {}) }]
        : [],
    virtualLocations: joins
      .filter(({ uri }) => webAddress(uri))
      .map(({ uri, name }) => ({ uri, ...(name ? { name } : {}), features: ['video'] })),
    links: webAddress(url) ? [{ href: url, title: 'Page' }] : [],
    keywords: keywords.slice(0, 50),
  }
}

function kindOf({ locations, virtualLocations }: Source, isAllDay: boolean): string {
  if (isAllDay) return 'conference'
  if ((locations as unknown[]).length > 0) return 'meetup'
  return (virtualLocations as unknown[]).length > 0 ? 'hangout' : 'meeting'
}
