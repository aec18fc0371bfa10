/** Everything that reads what strangers send, over inputs that are a little wrong: no crash, no hang, no memory kept. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { calendarFormats } from '../../src/imports/calendar-formats.ts'
import { readSchedule } from '../../src/imports/schedule-formats.ts'
import { readRobots } from '../../src/remote/robots.ts'
import { answersIn } from '../../src/replies/answer.ts'
import { readMessage } from '../../src/replies/message.ts'
import { readGuests } from '../../src/rsvp/csv-in.ts'
import { checkRule } from '../../src/time/rule.ts'
import { chance, mutant } from '../support/mutate.ts'
import { isLong, LONG_MS, noteFigures } from '../support/reliability.ts'
import { schedule } from '../support/schedules.ts'

const INPUTS = isLong ? 100_000 : 1_000
const MS_MAX = 200
const MEMORY_MAX = 64 * 1024 * 1024

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const ICS = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Brussels\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:a@b\r\nDTSTAMP:20230101T000000Z\r\nDTSTART;TZID=Europe/Brussels:20230118T140000\r\nDURATION:PT1H\r\nRRULE:FREQ=MONTHLY;BYDAY=3WE;UNTIL=20240101T000000Z\r\nEXDATE;TZID=Europe/Brussels:20230215T140000\r\nSUMMARY:A\\, b \\n c\r\n  folded\r\nATTENDEE;PARTSTAT=ACCEPTED;CN="A:b":mailto:a@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`
const YAML = `project: SIG\nproject_url: https://example.org\nagenda_url: https://example.org/a\nmeeting_id: sig\nchair: Ada\ndescription: >\n  Words\nschedule:\n  - time: '1600'\n    day: Wednesday\n    irc: sig\n    frequency: biweekly-even\n    start_date: 20230104\n`
const XML = `<?xml version="1.0"?><schedule><version>1</version><conference><title>C</title><start>2023-02-04</start><end>2023-02-05</end><time_zone_name>Europe/Brussels</time_zone_name></conference><day index="1" date="2023-02-04"><room name="A"><event id="1" guid="7ee5f2a0-0f13-4d6c-9d2e-000000000001"><title>T &amp; t</title><date>2023-02-04T10:00:00+01:00</date><start>10:00</start><duration>00:30</duration><abstract><![CDATA[<p>Hi <b>x</b></p>]]></abstract><persons><person id="1">Ada</person></persons><links><link href="https://a.example/x.mp4">Video</link></links></event></room></day></schedule>`
const MAIL = `From: Ada <ada@example.org>\r\nTo: reply+x@example.org\r\nSubject: =?utf-8?b?WsO8?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nyes\r\n--x\r\nContent-Type: text/calendar; method=REPLY; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${ICS}\r\n--x--\r\n`
const EVENT = { rsvp: { questions: [{ id: 'diet', label: 'Diet', type: 'text' }] } } as never

/** Each parser, and what it reads when all is well. */
const PARSERS: [string, string[], (text: string) => unknown][] = [
  ['iCalendar', [ICS], (text) => calendarFormats[0].read(text, 'UTC')],
  ['iCalendar answers', [ICS], (text) => answersIn({ method: 'REPLY', text })],
  ['yaml2ical', [YAML], (text) => calendarFormats[1].read(text)],
  ['schedule.xml', [XML], (text) => readSchedule('xml', text, 'UTC')],
  [
    'schedule.json',
    [JSON.stringify(schedule([{ title: 'T' }, { title: 'U' }]))],
    (text) => readSchedule('json', text, 'UTC'),
  ],
  [
    'schedule.csv',
    ['title,speakers,start,duration\n"A, b",Ada; Bob,2023-02-04T10:00:00+01:00,PT1H\n'],
    (text) => readSchedule('csv', text, 'UTC'),
  ],
  ['guests', ['name,email,response,diet\nAda,ada@example.org,accepted,"a, b"\n'], (text) => readGuests(text, EVENT)],
  ['mail', [MAIL], (text) => readMessage(new TextEncoder().encode(text))],
  ['robots.txt', ['User-agent: *\nDisallow: /a*b$\nAllow: /\nCrawl-delay: 2\n'], (text) => readRobots(text, 'convene')],
  [
    'rules',
    ['FREQ=MONTHLY;BYDAY=3WE,-1FR;BYMONTH=1,2;UNTIL=20240101T000000Z', 'FREQ=DAILY;INTERVAL=2;COUNT=10;WKST=SU'],
    (text) => checkRule(text, '2023-01-18T14:00:00', 'Europe/Brussels'),
  ],
]

/** Reads mutants one by one; throws with the first that breaks it or takes too long, else tells the slowest, in ms, and the bytes kept. */
async function readAll(name: string, seeds: readonly string[], parse: (text: string) => unknown, inputs: number) {
  const random = chance(name.length * 7919)
  for (const seed of seeds) await parse(seed)
  collect()
  const before = process.memoryUsage().heapUsed
  let slowest = 0
  for (let n = 0; n < inputs; n++) {
    const text = mutant(seeds, random)
    let took = Number.POSITIVE_INFINITY
    // Another process may have the machine for a moment: what is slow is tried again.
    for (let tries = 0; tries < 4 && took > MS_MAX; tries++) {
      const start = performance.now()
      try {
        await parse(text)
      } catch (error) {
        throw new Error(`${name} breaks on ${JSON.stringify(text)}`, { cause: error })
      }
      took = performance.now() - start
    }
    slowest = Math.max(slowest, took)
    if (took > MS_MAX) throw new Error(`${name} takes ${Math.round(took)} ms for ${JSON.stringify(text)}`)
  }
  collect()
  return { slowest, kept: process.memoryUsage().heapUsed - before }
}

describe('what strangers send', () => {
  it.each(PARSERS)(
    `as %s, ${INPUTS} times a little wrong, is read or refused in time`,
    { timeout: LONG_MS },
    async (name, seeds, parse) => {
      const { slowest, kept } = await readAll(name, seeds, parse, INPUTS)
      expect(kept).toBeLessThan(MEMORY_MAX)
      const figures = { inputs: INPUTS, 'slowest, ms': Math.round(slowest), 'kept, MB': Math.round(kept / 1e6) }
      noteFigures(`Inputs a little wrong: ${name}`, figures, 'Node')
    },
  )

  it('would be told of a parser that breaks, and of one that hangs', async () => {
    await expect(readAll('JSON', ['{}'], JSON.parse, 100)).rejects.toThrow('JSON breaks on')
    const hangs = (text: string) => {
      for (const end = performance.now() + (text.includes(';;') ? MS_MAX * 1.5 : 0); performance.now() < end; );
    }
    await expect(readAll('hanging', [';;;;'], hangs, 2)).rejects.toThrow(/hanging takes \d+ ms/)
  })
})
