/** ical.js, which reads calendars for Thunderbird and for Nextcloud's pages. */
import ICAL from 'ical.js'
import type { Ask, Client, Instance, Reading } from './client.ts'

export const icalJs: Client = {
  name: 'ical.js',
  packages: [],
  read: (asks) => Promise.all(asks.map(readOne)),
}

const DATES_MAX = 20_000
/** An override may bring a later date into the window, so the rule is followed somewhat beyond it. */
const BEYOND_MS = 40 * 86_400_000

async function readOne(ask: Ask): Promise<Reading> {
  try {
    return { instances: expand(await (await fetch(ask.url)).text(), ask.to) }
  } catch (error) {
    return { error: String(error) }
  }
}

function expand(text: string, to: string): Instance[] {
  const calendar = new ICAL.Component(ICAL.parse(text))
  ICAL.TimezoneService.reset()
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone))
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
  const exceptions = events.filter((event) => event.isRecurrenceException())
  return events
    .filter((event) => !event.isRecurrenceException())
    .flatMap((event) => {
      for (const exception of exceptions) if (exception.uid === event.uid) event.relateException(exception)
      return event.isRecurring() ? datesOf(event, to) : [read(event, event.startDate, event.endDate)]
    })
}

function datesOf(event: ICAL.Event, to: string): Instance[] {
  const dates: Instance[] = []
  const stop = Date.parse(to) + BEYOND_MS
  const iterator = event.iterator()
  for (let next = iterator.next(); next && dates.length < DATES_MAX; next = iterator.next()) {
    if (next.toUnixTime() * 1000 > stop) break
    const { item, startDate, endDate } = event.getOccurrenceDetails(next)
    dates.push(read(item, startDate, endDate))
  }
  return dates
}

const read = (event: ICAL.Event, start: ICAL.Time, end: ICAL.Time): Instance => ({
  uid: event.uid,
  startUtc: moment(start),
  endUtc: moment(end),
  summary: event.summary ?? '',
  description: event.description ?? '',
  status: String(event.component.getFirstPropertyValue('status') ?? '').toLowerCase(),
})

const moment = (time: ICAL.Time): string =>
  time.isDate
    ? time.toString()
    : time.convertToZone(time.zone.tzid === 'floating' ? time.zone : ICAL.Timezone.utcTimezone).toString()
