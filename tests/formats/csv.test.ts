/** Tables that somebody opens in a spreadsheet: whatever was typed, no cell of any column is a formula, and it comes back as it was. */
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { toCsv, unguarded } from '../../src/formats/csv.ts'
import { rsvpsCsv } from '../../src/rsvp/csv.ts'
import type { RsvpRow } from '../../src/rsvp/queries.ts'
import type { ConferenceRow, FullTalk } from '../../src/talks/queries.ts'
import { talksToCsv } from '../../src/talks/schedule-csv.ts'

const TRIGGERS = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']
/** What a spreadsheet reads past before it sees one. */
const BEFORE = ['', ' ', '  ', '"', "'", `"' `, '\u00a0', '\ufeff']

const read = (csv: string) => Papa.parse<string[]>(csv.replace(/\r\n$/, ''), { newline: '\r\n' }).data
const startsFormula = (cell: string) => /^[\s"]*[=+\-@\t\r\n\0＝＋－＠]/.test(cell)

const ANSWER = {
  id: 'id',
  name: 'name',
  email: 'email',
  response: 'response',
  place: 'place',
  rank: 7,
  attendance: 'attendance',
  guests: 2,
  occurrence: 'occurrence',
  checkedInAt: 0,
  createdAt: 60,
  note: 'note',
  answers: '{"diet":"answer"}',
} as unknown as RsvpRow
const HEAD = 'id,name,email,response,place,position,attendance,guests,occurrence,checkedIn,created,note,Diet'
const asked = (label: string) => ({ rsvp: { questions: [{ id: 'diet', label, type: 'text' }] } }) as never

const CONFERENCE = { title: 'conference', timeZone: 'Europe/Brussels' } as ConferenceRow
const TALK = {
  id: '01jz0000000000000000000000',
  key: 5,
  externalId: '42',
  guid: '7EE5F2A0-0F13-4D6C-9D2E-000000000007',
  slug: 'slug',
  title: 'title',
  subtitle: 'subtitle',
  startsLocal: '2023-02-04T10:30:00',
  timeZone: null,
  duration: 'PT25M',
  room: 'room',
  track: 'track',
  type: 'type',
  language: 'language',
  status: 'confirmed',
  licence: 'licence',
  doNotRecord: 1,
  speakers: '[{"slug":"ada","name":"Ada; L"},{"slug":"bob","name":"Bob"}]',
  keywords: '["a","b;c"]',
  abstract: 'abstract',
  description: 'description',
  sourceUrl: 'https://c.example/t',
  resources: JSON.stringify(
    ['slides', 'recording', 'captions', 'paper', 'code', 'other', 'slides'].map((type, at) => ({
      type,
      url: `https://c.example/${type}-${at}`,
    })),
  ),
} as unknown as FullTalk
/** Each column of the table of talks, and what it holds of the talk above. */
const COLUMNS = {
  conference: 'conference',
  timezone: 'Europe/Brussels',
  id: '42',
  guid: '7ee5f2a0-0f13-4d6c-9d2e-000000000007',
  slug: 'slug',
  title: 'title',
  subtitle: 'subtitle',
  start: '2023-02-04T10:30:00+01:00',
  duration: 'PT25M',
  room: 'room',
  track: 'track',
  type: 'type',
  language: 'language',
  status: 'confirmed',
  licence: 'licence',
  donotrecord: 'yes',
  speakers: 'Ada, L; Bob',
  keywords: 'a; b,c',
  abstract: 'abstract',
  description: 'description',
  url: 'https://c.example/t',
  slides: 'https://c.example/slides-0 https://c.example/slides-6',
  recording: 'https://c.example/recording-1',
  captions: 'https://c.example/captions-2',
  paper: 'https://c.example/paper-3',
  code: 'https://c.example/code-4',
  other: 'https://c.example/other-5',
}

describe('a table', () => {
  it('of answers has each column, and an empty cell for what was not said', () => {
    const csv = rsvpsCsv(asked('Diet'), [
      ANSWER,
      { ...ANSWER, occurrence: '', place: null, rank: null, checkedInAt: null, answers: '{}' },
    ])
    expect(csv).toBe(
      `${HEAD}\r\nid,name,email,response,place,7,attendance,2,occurrence,1970-01-01T00:00:00Z,1970-01-01T00:01:00Z,note,answer\r\n` +
        'id,name,email,response,,,attendance,2,,,1970-01-01T00:01:00Z,note,\r\n',
    )
    expect(rsvpsCsv({} as never, [])).toBe(`${HEAD.slice(0, -5)}\r\n`)
  })

  it('of talks has each column, and an empty cell for what nobody knows', () => {
    const [head, line] = read(talksToCsv(CONFERENCE, [TALK]))
    expect(Object.fromEntries(head!.map((name, at) => [name, line![at]]))).toEqual(COLUMNS)
    const bare = { ...TALK, startsLocal: null, doNotRecord: 0, speakers: '[]', resources: '[]', sourceUrl: null }
    const [, cells] = read(talksToCsv(CONFERENCE, [bare]))
    expect(head!.filter((_, at) => cells![at] === '')).toEqual([
      'start',
      'donotrecord',
      'speakers',
      'url',
      'slides',
      'recording',
      'captions',
      'paper',
      'code',
      'other',
    ])
    // A time is told on the clock of the conference, wherever the talk's own clock hangs.
    const away = { ...TALK, timeZone: 'America/New_York' }
    expect(read(talksToCsv(CONFERENCE, [away]))[1]).toContain('2023-02-04T16:30:00+01:00')
  })

  it('starts no formula in any column, with any of the 12 triggers', () => {
    for (const start of TRIGGERS.flatMap((trigger) => BEFORE.map((before) => before + trigger))) {
      const evil = `${start}HYPERLINK("x")`
      const answer = Object.fromEntries(Object.keys(ANSWER).map((name) => [name, evil]))
      const answers = rsvpsCsv(asked(evil), [
        { ...answer, checkedInAt: 0, createdAt: 0, answers: JSON.stringify({ diet: evil }) } as never,
      ])
      const talk = Object.fromEntries(Object.keys(TALK).map((name) => [name, evil]))
      const talks = talksToCsv({ ...CONFERENCE, title: evil }, [
        {
          ...TALK,
          ...talk,
          startsLocal: null,
          guid: null,
          id: TALK.id,
          speakers: JSON.stringify([{ name: evil }, { name: evil }]),
          keywords: JSON.stringify([evil]),
          resources: JSON.stringify(JSON.parse(TALK.resources).map((one: object) => ({ ...one, url: evil }))),
        } as never,
      ])
      for (const [name, csv, columns] of [
        ['answers', answers, 13],
        ['talks', talks, Object.keys(COLUMNS).length],
      ] as const) {
        const rows = read(csv)
        expect([name, rows.map(({ length }) => length)]).toEqual([name, [columns, columns]])
        const [head, line] = rows
        expect(line!.map((cell, at) => [head![at], cell]).filter(([, cell]) => startsFormula(cell!))).toEqual([])
        expect(head!.filter(startsFormula)).toEqual([])
        expect(line!.filter((cell) => cell.startsWith(`'${evil}`)).length).toBeGreaterThan(9)
      }
    }
    // The control: without the guard each of them would.
    expect(TRIGGERS.every((trigger) => startsFormula(`${trigger}x`))).toBe(true)
  })

  it('gives back what was guarded, and guards nothing else', () => {
    const formulas = ['=1+1', '+49 30 1234', '-5', '@ada', ' =x', '"=x', `'=x`, `' "＝x`, '  @', '＋', '－1', '＠a']
    for (const text of formulas) {
      expect(read(toCsv([text], []))).toEqual([[`'${text}`]])
      expect(unguarded(`'${text}`)).toBe(text)
    }
    for (const text of ['a=b', '1-2', 'a@b', "O'Neill", "'tis", "a'=b", `"quoted"`, "''", 'x\n=1', 'é', '5', ' 5'])
      expect([text, read(toCsv([text], [])), unguarded(text)]).toEqual([text, [[text]], text])
    expect(
      toCsv(
        ['a', 'b'],
        [
          [null, undefined],
          [0, false],
          ['a,b', 'say "x"'],
          ['two\nlines', 'and\rmore'],
        ],
      ),
    ).toBe('a,b\r\n,\r\n0,false\r\n"a,b","say ""x"""\r\n"two\nlines","and\rmore"\r\n')
  })
})
