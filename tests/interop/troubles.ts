/** Events that some program once showed otherwise than the API does, apart from the oracle's cases; few still are. */
import { PYTHON } from './known.ts'

export type Trouble = {
  event: Record<string, unknown> & { title: string }
  /** Which dates to look at; 2022-10 to 2023-12 where nothing is said. */
  window?: { from: string; to: string }
  /** Who still shows it otherwise, by name: a list that only shrinks, since what comes right fails the test. */
  known?: { wrong: readonly string[]; reason: string }
}

const UTC = { kind: 'meeting', timeZone: 'UTC', start: '2023-08-01T10:00:00' }
const WEDNESDAYS = {
  kind: 'meeting',
  timeZone: 'America/Los_Angeles',
  start: '2023-01-04T17:30:00',
  duration: 'PT1H',
  recurrenceRule: 'FREQ=WEEKLY;COUNT=20',
}
const NIGHTS = {
  ...{ kind: 'hangout', timeZone: 'Europe/Berlin', start: '2023-01-28T23:15:00', duration: 'PT4H' },
  recurrenceRule: 'FREQ=MONTHLY;BYDAY=-1SA;COUNT=6',
}
const UNESCAPES_TWICE = { wrong: PYTHON, reason: 'python-icalendar 4.0.3 unescapes what it has unescaped' }

const misread = (title: string, start: string, recurrenceRule: string): Trouble => ({
  event: { ...WEDNESDAYS, title, start, recurrenceRule },
  window: { from: '2023-01-01', to: '2028-01-01' },
})

export const TROUBLES: readonly Trouble[] = [
  {
    event: {
      ...WEDNESDAYS,
      title: 'One date is tentative',
      recurrenceOverrides: { '2023-01-11T17:30:00': { status: 'tentative' } },
    },
  },
  // Hours are counted on the real clock, days on the wall; half of the programs do otherwise with a rule.
  { event: { ...NIGHTS, title: 'Nights, one of them at a change of the clocks' } },
  { event: { ...NIGHTS, title: 'Nights from a change of the clocks on', start: '2022-10-29T23:15:00' } },
  {
    event: {
      ...WEDNESDAYS,
      title: 'Whole days, one of them at a change of the clocks',
      start: '2023-01-07T17:30:00',
      duration: 'P1D',
    },
  },
  // All programs take the second of two, most of them for the end alone.
  { event: { ...WEDNESDAYS, title: 'From a time that is there twice on', start: '2023-11-05T01:30:00' } },
  {
    event: {
      ...WEDNESDAYS,
      title: 'Moved to a time that is there twice',
      start: '2023-10-18T17:30:00',
      recurrenceOverrides: { '2023-11-01T17:30:00': { start: '2023-11-05T01:30:00' } },
    },
  },
  {
    event: {
      ...WEDNESDAYS,
      title: 'A date added where the clocks move one to',
      start: '2023-03-10T02:30:00',
      recurrenceRule: 'FREQ=DAILY;COUNT=5',
      recurrenceOverrides: { '2023-03-12T03:30:00': {} },
    },
  },
  {
    event: { ...WEDNESDAYS, title: 'In 2045', start: '2045-02-01T17:30:00' },
    window: { from: '2045-01-01', to: '2046-01-01' },
    known: { wrong: PYTHON, reason: 'khal looks no further than 2037, and pytz knows no summer after it' },
  },
  misread('Yearly, on a day of every month', '2023-01-04T17:30:00', 'FREQ=YEARLY;BYMONTHDAY=4;COUNT=30'),
  misread('The second of two days', '2023-01-15T17:30:00', 'FREQ=MONTHLY;BYMONTHDAY=10,15;BYSETPOS=-1;COUNT=9'),
  misread('The 20th Monday of the year', '2023-05-15T17:30:00', 'FREQ=YEARLY;BYDAY=20MO;COUNT=5'),
  { event: { ...UTC, title: 'Mind C:\\new' }, known: UNESCAPES_TWICE },
  { event: { ...UTC, title: 'Two \\\\ backslashes' }, known: UNESCAPES_TWICE },
  { event: { ...UTC, title: '100%2C' }, known: UNESCAPES_TWICE },
]
