/**
 * What is known to go wrong with a case of the recurrence oracle: a list that only shrinks, since a case that comes right
 * fails the test until its line goes. docs/interop.md shows what each program made of them.
 */
export type Known = {
  /** Who shows other instants: our API, or clients by name. `refused` where the API does not take the event at all. */
  wrong: 'refused' | readonly string[]
  reason: string
}

const ICAL_JS = ['ical.js', 'Thunderbird']
const LIBICAL = ['evolution-data-server', 'libical']
const PYTHON = ['khal', 'recurring-ical-events']
const EVERYBODY = [...ICAL_JS, ...LIBICAL, ...PYTHON]

const READS_NO_WEEK_NUMBERS = 'the rule is misread; single VEVENTs instead of it would be read'
const READS_NO_POSITIONS = 'BYSETPOS is misread; single VEVENTs instead of the rule would be read'
const GAP =
  'the API leaves out the date that the clocks skip, and makes up for it at the end of COUNT; RFC 5545 moves it on by the gap'
const OVERLAP =
  'our instant is the first of the two, as RFC 5545 has it, every program takes the second; a VEVENT in UTC would be read'
const TOO_OFTEN = 'on purpose: DAILY is the most that is taken'
const FLOATING = 'on purpose: a meeting has a time zone'

export const KNOWN: Record<string, Known> = {
  'rfc-every-3-hours': { wrong: 'refused', reason: TOO_OFTEN },
  'rfc-every-90-min': { wrong: 'refused', reason: TOO_OFTEN },
  'floating-daily-over-dst': { wrong: 'refused', reason: FLOATING },
  'floating-single': { wrong: 'refused', reason: FLOATING },
  'single-in-gap-berlin': { wrong: 'refused', reason: 'on purpose: a start that the clocks skip is a mistake' },
  'exdate-no-match-day': { wrong: 'refused', reason: 'on purpose: an excluded date that is none is a mistake' },
  'rdate-only': { wrong: 'refused', reason: 'dates can be added to a rule only' },
  'weekno-53-sunday': { wrong: 'refused', reason: 'the expander loses the days of week 53 that lie in the next year' },

  'rfc-weekno-20-mo': { wrong: ICAL_JS, reason: READS_NO_WEEK_NUMBERS },
  'weekno-1-mo': { wrong: [...ICAL_JS, ...LIBICAL], reason: READS_NO_WEEK_NUMBERS },
  'weekno-minus1-fr': { wrong: [...ICAL_JS, ...LIBICAL], reason: READS_NO_WEEK_NUMBERS },
  'weekly-setpos': { wrong: [...ICAL_JS, ...LIBICAL], reason: READS_NO_POSITIONS },
  'yearly-setpos': { wrong: ICAL_JS, reason: READS_NO_POSITIONS },
  'setpos-with-hours': { wrong: [...ICAL_JS, ...LIBICAL], reason: READS_NO_POSITIONS },
  'byhour-two-a-day': { wrong: ['recurring-ical-events'], reason: 'it shows one date a day' },
  'yearly-feb29': {
    wrong: [...ICAL_JS, 'khal'],
    reason: 'ical.js takes 1 March in the years between; khal looks no further than 2037',
  },
  'yearly-feb29-interval4': { wrong: ['khal'], reason: 'khal looks no further than 2037' },

  'gap-ny-daily-0230': { wrong: ['API', ...ICAL_JS, ...LIBICAL], reason: GAP },
  'gap-la-weekly-0215': { wrong: ['API', ...ICAL_JS, ...LIBICAL], reason: GAP },
  'gap-lordhowe-0215': { wrong: ['API', ...ICAL_JS, ...LIBICAL], reason: GAP },
  'gap-santiago-midnight': { wrong: ['API', ...ICAL_JS, ...LIBICAL], reason: GAP },
  'overlap-berlin-daily-0230': { wrong: EVERYBODY, reason: OVERLAP },
  'overlap-london-weekly-0115': { wrong: EVERYBODY, reason: OVERLAP },

  'havana-autumn-2026': {
    wrong: ['API', ...ICAL_JS, 'libical'],
    reason: 'the zone data of Node 24.21.0 (2026c) is older than the rule; who reads our VTIMEZONE is wrong with us',
  },
}
