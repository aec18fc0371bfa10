import type { CalendarFormat } from './calendar.ts'
import { icalendar } from './icalendar.ts'
import { yaml2ical } from './yaml2ical.ts'

/** Every format that a calendar is taken in: a new one is a file and a line here. */
export const calendarFormats = [icalendar, yaml2ical] as const satisfies readonly CalendarFormat[]
