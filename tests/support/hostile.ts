/** Rules and lists of dates that somebody might send to keep a server busy, made systematically. */

export type Hostile = { name: string; event: Record<string, unknown> }

const upTo = (most: number, from = 1) => Array.from({ length: most - from + 1 }, (_, at) => from + at).join()
const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY']
const base = {
  title: 'T',
  kind: 'meeting',
  start: '2024-01-31T09:30:00',
  timeZone: 'Europe/Brussels',
  duration: 'PT1H',
}

/** Parts that are too much, impossible or nonsense; each is tried with each frequency. */
const PARTS = [
  '',
  'INTERVAL=0',
  'INTERVAL=-1',
  'INTERVAL=1000000000',
  'INTERVAL=100000',
  'COUNT=1000000000',
  'COUNT=1000',
  'COUNT=0',
  'UNTIL=99991231T235959Z',
  'UNTIL=22001231T235959Z',
  'BYMONTH=2;BYMONTHDAY=30',
  'BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;COUNT=1000',
  'BYMONTH=6;BYWEEKNO=53',
  'BYDAY=53MO',
  'BYDAY=-53SU;BYMONTH=2',
  `BYHOUR=${upTo(23, 0)};BYMINUTE=${upTo(59, 0)};BYSECOND=${upTo(59, 0)}`,
  `BYMONTHDAY=${upTo(31)},${upTo(31)
    .split(',')
    .map((n) => `-${n}`)
    .join()}`,
  'BYDAY=MO;BYSETPOS=366',
  'BYDAY=MO;BYSETPOS=-366',
  `BYHOUR=${upTo(23, 0)};BYMINUTE=0,15,30,45;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366,-366`,
  'INTERVAL=900;BYMONTH=2;BYMONTHDAY=30',
  'INTERVAL=1000;BYMONTH=4;BYMONTHDAY=31;COUNT=1000',
  'X-EVIL=1',
  'COUNT=2;COUNT=3',
  'COUNT=2;UNTIL=20250101T000000Z',
]

const alone = [
  // Lists of hundreds.
  `FREQ=YEARLY;BYYEARDAY=${upTo(366)}`,
  `FREQ=YEARLY;BYYEARDAY=${upTo(31)};BYWEEKNO=${upTo(53)};BYMONTH=${upTo(12)}`,
  `FREQ=YEARLY;BYWEEKNO=${upTo(53)};BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=${upTo(23, 0)};BYMINUTE=0,15,30,45`,
  `FREQ=YEARLY;BYSETPOS=${upTo(366)};BYDAY=MO`,
  `FREQ=MONTHLY;BYDAY=${Array.from({ length: 300 }, () => 'MO').join()}`,
  `FREQ=YEARLY;BYDAY=${Array.from({ length: 20 }, (_, n) => `${n + 1}MO`).join()}`,
  `FREQ=YEARLY;BYMONTHDAY=${upTo(31)};BYHOUR=${upTo(23, 0)};BYMINUTE=0,20,40;BYSETPOS=366`,
  `FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1,2,3;BYHOUR=${upTo(23, 0)};BYMINUTE=0,15,30,45;BYSETPOS=366`,
  // Dates that never come, or hardly ever.
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30,31',
  'FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1',
  'FREQ=YEARLY;BYWEEKNO=53;BYDAY=TU;BYMONTHDAY=15',
  'FREQ=YEARLY;INTERVAL=4;BYYEARDAY=366;BYDAY=SA;COUNT=1000',
  'FREQ=YEARLY;INTERVAL=100;BYMONTH=2;BYMONTHDAY=29',
  'FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31;BYMONTH=2',
  'FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=3;BYDAY=WE;COUNT=1000',
  'FREQ=DAILY;BYMONTH=12;BYMONTHDAY=31;BYDAY=WE;BYHOUR=9;COUNT=1000',
  'FREQ=MINUTELY;INTERVAL=15;BYMONTH=12;BYMONTHDAY=31;BYDAY=FR;BYHOUR=23;COUNT=1000;UNTIL=22000101T000000Z',
  'FREQ=SECONDLY;INTERVAL=86399;BYHOUR=9;BYMINUTE=30;BYSECOND=0;COUNT=1000',
  'FREQ=SECONDLY;INTERVAL=100000;BYSECOND=59',
  'FREQ=MINUTELY;INTERVAL=99991;BYMONTHDAY=31;BYDAY=MO;COUNT=1000',
  // What is no rule.
  '',
  ' ',
  ';',
  '=',
  ';;;;',
  'FREQ=',
  'FREQ',
  'FREQ=FORTNIGHTLY',
  'FREQ=DAILY;',
  'FREQ=DAILY;FREQ=SECONDLY',
  'FREQ=DAILY=SECONDLY',
  'COUNT=5',
  'freq=secondly',
  'freq=weekly;byday=mo;count=3',
  'RRULE:FREQ=SECONDLY',
  'FREQ=DAILY\r\nRRULE:FREQ=SECONDLY',
  'FREQ=DAILY;COUNT=2\r\nATTENDEE:mailto:x@example.org',
  'FREQ=DAILY;COUNT=\u0000',
  'FREQ=DAILY;COUNT=１０',
  'FREQ=DAILY;COUNT=1e9',
  'FREQ=DAILY;COUNT=0x10',
  'FREQ=DAILY;COUNT=NaN',
  'FREQ=DAILY;INTERVAL=1.5',
  'FREQ=DAILY;INTERVAL=',
  'FREQ=DAILY;BYDAY=XX',
  'FREQ=DAILY;BYMONTH=0',
  'FREQ=DAILY;BYMONTH=13',
  'FREQ=DAILY;BYHOUR=24',
  'FREQ=DAILY;BYSECOND=60',
  'FREQ=DAILY;BYSETPOS=0',
  'FREQ=DAILY;BYSETPOS=1',
  'FREQ=MONTHLY;BYDAY=0MO',
  'FREQ=WEEKLY;WKST=XX',
  'FREQ=WEEKLY;RSCALE=HEBREW;SKIP=FORWARD',
  'FREQ=DAILY;UNTIL=00010101T000000Z',
  'FREQ=DAILY;UNTIL=20240230T000000Z',
  'FREQ=DAILY;UNTIL=tomorrow',
  'FREQ=DAILY;__proto__=1',
  'FREQ=DAILY;constructor=1',
  `FREQ=DAILY;BYHOUR=${'1,'.repeat(50_000)}1`,
  `FREQ=DAILY;${'A'.repeat(100_000)}=1`,
  `FREQ=DAILY${';'.repeat(100_000)}`,
  `FREQ=DAILY;BYDAY=${'MO,'.repeat(33_000)}XX`,
]

const RULES = [
  'FREQ=DAILY',
  'FREQ=DAILY;COUNT=1000',
  'FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=YEARLY;UNTIL=22001231T235959Z',
]

/** Each rule in a series that begins, lasts or is placed as no meeting is. */
const ODD_EVENTS: [string, object][] = [
  ['in the year 0', { start: '0000-01-01T00:00:00', timeZone: 'Asia/Tokyo' }],
  ['in the year 1', { start: '0001-01-01T00:00:00', timeZone: 'UTC' }],
  ['in 1600', { start: '1600-02-29T00:00:00' }],
  ['in 1900', { start: '1900-01-01T00:00:00' }],
  ['in 9999', { start: '9999-12-31T23:59:59' }],
  ['in 2200', { start: '2200-12-31T23:00:00' }],
  ['for ten years', { duration: 'P3652D' }],
  ['for a year', { duration: 'P366D' }],
  ['for nothing', { duration: 'PT0S' }],
  ['for minus an hour', { duration: '-PT1H' }],
  ['all day for a year', { start: '2024-01-31T00:00:00', timeZone: null, showWithoutTime: true, duration: 'P366D' }],
]

const day = (n: number) => new Date(Date.UTC(2024, 0, 31 + n)).toISOString().slice(0, 10)
const dated = (count: number, override: object, time = '09:30:00') =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${day(n)}T${time}`, override]))
const LATE = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`2199-${day(n).slice(5)}T00:0${n % 10}:00`, {}]))

const OVERRIDES: [string, object][] = [
  ['10,000 dates added', { recurrenceOverrides: dated(10_000, {}, '11:00:00') }],
  ['10,000 dates taken out', { recurrenceRule: 'FREQ=DAILY', recurrenceOverrides: dated(10_000, { excluded: true }) }],
  [
    '10,000 dates that are none',
    { recurrenceOverrides: Object.fromEntries([...Array(10_000)].map((_, n) => [n, {}])) },
  ],
  ['500 dates added', { recurrenceOverrides: dated(500, {}, '11:00:00') }],
  ...['FREQ=DAILY;COUNT=1000', 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;COUNT=1000', 'FREQ=HOURLY;INTERVAL=6'].flatMap(
    (recurrenceRule): [string, object][] => [
      [
        `500 dates moved of ${recurrenceRule}`,
        { recurrenceRule, recurrenceOverrides: dated(500, { duration: 'PT2H' }) },
      ],
      [`500 late dates beside ${recurrenceRule}`, { recurrenceRule, recurrenceOverrides: LATE }],
      [
        `500 dates called off of ${recurrenceRule}`,
        { recurrenceRule, recurrenceOverrides: dated(500, { status: 'cancelled' }) },
      ],
    ],
  ),
]

export const HOSTILE: Hostile[] = [
  ...FREQUENCIES.flatMap((frequency) => PARTS.map((part) => `FREQ=${frequency}${part && ';'}${part}`)).map((rule) => ({
    name: rule.slice(0, 120),
    event: { ...base, recurrenceRule: rule },
  })),
  ...alone.map((rule) => ({ name: JSON.stringify(rule.slice(0, 120)), event: { ...base, recurrenceRule: rule } })),
  ...ODD_EVENTS.flatMap(([what, odd]) =>
    RULES.map((rule) => ({ name: `${rule} ${what}`, event: { ...base, ...odd, recurrenceRule: rule } })),
  ),
  ...ODD_EVENTS.map(([what, odd]) => ({ name: `once ${what}`, event: { ...base, ...odd } })),
  ...OVERRIDES.map(([name, more]) => ({ name, event: { ...base, ...more } })),
]

const vevent = (uid: string, ...lines: string[]) => [
  'BEGIN:VEVENT',
  `UID:${uid}@hostile`,
  `SUMMARY:${uid}`,
  ...lines,
  'END:VEVENT',
]
const START = 'DTSTART:20240131T093000Z'
const basic = (count: number) => Array.from({ length: count }, (_, n) => `${day(n).replaceAll('-', '')}T093000Z`)

/** The same as calendars, and what only a calendar can hold. */
export const HOSTILE_VEVENTS: [string, string[]][] = [
  ['10,000 RDATEs in one line', vevent('a', START, `RDATE:${basic(10_000).join()}`)],
  ['10,000 RDATEs', vevent('b', START, ...basic(10_000).map((date) => `RDATE:${date}`))],
  ['400 RDATEs', vevent('c', START, ...basic(400).map((date) => `RDATE:${date}`))],
  ['10,000 RDATEs that are one', vevent('d', START, ...basic(10_000).map(() => 'RDATE:20250101T000000Z'))],
  [
    '10,000 periods',
    vevent(
      'e',
      START,
      `RDATE;VALUE=PERIOD:${basic(10_000)
        .map((one) => `${one}/PT1H`)
        .join()}`,
    ),
  ],
  ['10,000 EXDATEs of a rule', vevent('f', START, 'RRULE:FREQ=DAILY', `EXDATE:${basic(10_000).join()}`)],
  [
    '10,000 EXDATEs of a rare rule',
    vevent(
      'g',
      'DTSTART:20240229T093000Z',
      'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=TH;COUNT=1000',
      `EXDATE:${basic(10_000).join()}`,
    ),
  ],
  [
    '1,000 overrides',
    ['h', ...basic(1000)].flatMap((date, n) =>
      vevent('h', ...(n === 0 ? ['RRULE:FREQ=DAILY'] : [`RECURRENCE-ID:${date}`]), START),
    ),
  ],
  ['1,000 events of one UID', basic(1000).flatMap((date) => vevent('i', `DTSTART:${date}`))],
  ['a thousand RRULEs', vevent('j', START, ...basic(1000).map(() => 'RRULE:FREQ=DAILY;COUNT=3'))],
  ['a rule every second', vevent('k', START, 'RRULE:FREQ=SECONDLY')],
  [
    'a rule without dates in the year 1',
    vevent('l', 'DTSTART:00010101T000000Z', 'RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30'),
  ],
  ['a start in 1601', vevent('m', 'DTSTART:16010101T000000Z')],
  ['a start in 9999', vevent('n', 'DTSTART:99991231T235959Z', 'DURATION:PT1H')],
  ['a length of ten years', vevent('o', START, 'DURATION:P3652D')],
  ['an end in 9999', vevent('p', START, 'DTEND:99991231T235959Z')],
  ['a rule of 100 kB', vevent('q', START, `RRULE:FREQ=DAILY;BYHOUR=${'1,'.repeat(50_000)}1`)],
  ['a rule over folded lines', vevent('r', START, 'RRULE:FREQ=DAILY;COU', ' NT=3\r\n\tATTENDEE:mailto:x@example.org')],
  ['a rule in lower case', vevent('s', START, 'rrule:freq=weekly;count=3')],
  ['a PERIOD without an end', vevent('t', START, 'RDATE;VALUE=PERIOD:20240201T093000Z/')],
]
