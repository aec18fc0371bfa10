import { describe, expect, it } from 'vitest'
import { decodeLog, withoutAddresses } from '../../src/bots/decode.ts'
import { readLog } from '../../src/bots/formats/index.ts'
import type { LogFile, Meeting } from '../../src/bots/log.ts'
import { mergeMeetings } from '../../src/bots/merge.ts'
import * as logs from '../support/logs.ts'

const file = (more: Partial<LogFile> = {}): LogFile => ({
  path: '',
  channel: null,
  started: null,
  timeZone: 'UTC',
  ...more,
})
const STEM = 'centos-hyperscale/2022-10-12/hyperscale-sig.2022-10-12-16.04'

function read(text: string, more: Partial<LogFile> = {}): Meeting {
  const found = readLog(text, file(more))
  if (!found.ok) throw new Error(`${found.path} ${found.message}`)
  return found.meetings[0]!
}

describe('a log', () => {
  it('of MeetBot tells topics, decisions, actions with owners, and who was there', () => {
    expect(read(logs.meetbotLog())).toEqual({
      name: 'hyperscale-sig',
      channel: null,
      startedAt: Date.UTC(2022, 9, 12, 16, 4, 5) / 1000,
      endedAt: Date.UTC(2022, 9, 12, 16, 31) / 1000,
      from: 'log',
      lines: 17,
      topics: [
        { title: 'Roll call', notes: [] },
        {
          title: 'systemd',
          notes: [
            'systemd 252 <b>builds</b>',
            'Link: https://build.example/252',
            'Agreed: We ship 252.',
            'Action: anita_ to ship systemd',
            'Action: write the docs',
          ],
        },
      ],
      decisions: ['We ship 252.'],
      actions: [
        { text: 'anita_ to ship systemd', owner: 'anita' },
        { text: 'write the docs', owner: null },
      ],
      attendance: [
        { name: 'davdunc', lines: 9 },
        { name: 'conan_kudo', nick: 'conan', lines: 2 },
        { name: 'anita_', lines: 3 },
      ],
    })
  })

  it.each([
    ['MeetBot, .txt', logs.MEETBOT_MINUTES, {}],
    ['MeetBot, .html', logs.MEETBOT_HTML, { path: `${STEM}.html` }],
    ['maubot, .log.txt', logs.MAUBOT_LOG, {}],
    ['maubot, .log.html', logs.MAUBOT_LOG_HTML, {}],
    ['maubot, .txt', logs.MAUBOT_MINUTES, {}],
    ['Matrix', logs.MATRIX, {}],
    ['WeeChat', logs.WEECHAT, {}],
    ['irssi', logs.IRSSI, {}],
  ])('of %s says what was agreed and taken on, when', (_, text, more) => {
    const meeting = read(text, more)
    expect(meeting.decisions).toEqual(['We ship 252.'])
    expect(meeting.actions.map(({ owner }) => owner)).toEqual(['anita'])
    expect(Math.abs(meeting.startedAt - Date.UTC(2022, 9, 12, 16, 4, 5) / 1000)).toBeLessThan(60)
    expect(
      meeting.attendance
        .map(({ name }) => name.replace(/[@_]|:.*/g, ''))
        .sort()
        .slice(0, 2),
    ).toContain('anita')
  })

  it('goes on where an item of the minutes goes on in another line', () => {
    expect(read(logs.MEETBOT_MINUTES).actions).toEqual([
      { text: 'anita_ to ship systemd, which goes on in another line', owner: 'anita' },
    ])
    expect(read(logs.MEETBOT_MINUTES)).toMatchObject({ channel: '#centos-hyperscale', name: 'hyperscale-sig' })
  })

  it('goes on past midnight, and is in the zone of its room', () => {
    const late = read('23:59:00 <a> one\n00:01:00 <b> two\n', { started: '2022-10-12T23:59:00' })
    expect(late.endedAt! - late.startedAt).toBe(120)
    expect(read('18:04 <a> x', { started: '2022-10-12T00:00:00', timeZone: 'Europe/Brussels' }).startedAt).toBe(
      Date.UTC(2022, 9, 12, 16, 4) / 1000,
    )
  })

  it('has each of its meetings', () => {
    const two = `${logs.meetbotLog()}${logs.meetbotLog().replaceAll('16:', '18:').replaceAll('hyperscale-sig', 'cloud-sig')}`
    const found = readLog(two, file())
    expect(found.ok && found.meetings.map(({ name }) => name)).toEqual(['hyperscale-sig', 'cloud-sig'])
  })

  it.each([
    ['', 'text'],
    ['Dear all, I write to you.', 'text'],
    ['\u0000\u0001\u0002', 'text'],
    ['16:00:00 <a> no day', 'started'],
    ['<html><body>Hello</body></html>', 'text'],
    ['{"sender": 1}', 'text'],
    ['[{"sender": "a"}]', 'text'],
    [`Meeting started by a at 16:04:05\nMeeting summary\n`, 'started'],
  ])('like %j is refused with the place', (text, path) => {
    const found = readLog(text, file())
    expect(found.ok ? null : found.path).toBe(path)
  })

  it('is read in time, whatever it is', () => {
    for (const text of [
      '<'.repeat(500_000),
      '16:00:00 <'.repeat(50_000),
      '* '.repeat(400_000),
      `${'a'.repeat(400_000)}\t`,
      '((((,'.repeat(100_000),
    ]) {
      const before = performance.now()
      for (const more of [text, `Meeting summary\nMeeting started by a at 16:00:00\n${text}`, `<html>${text}`])
        readLog(more, file())
      expect(performance.now() - before).toBeLessThan(3000)
    }
  })
})

describe('bytes of a log', () => {
  it('are read line by line where their encodings are mixed', () => {
    const mixed = [
      ...new TextEncoder().encode('10:00 <a> naïve\n'),
      ...[0x31, 0x30, 0x3a, 0x30, 0x31, 0x20, 0xe9, 0x74, 0xe9],
    ]
    expect(decodeLog(new Uint8Array(mixed))).toBe('10:00 <a> naïve\n10:01 été')
    expect(decodeLog(new Uint8Array([0xff, 0xfe, 0x41, 0]))).toBe('A')
    expect(decodeLog(new Uint8Array([0xef, 0xbb, 0xbf, 0x41]))).toBe('A')
  })

  it('lose the addresses that bots tell', () => {
    expect(withoutAddresses("ada: ada 'Ada' <ada.l+x@mail.example.org> @ada:fedora.im")).toBe(
      "ada: ada 'Ada' <(address)> @ada:fedora.im",
    )
  })
})

describe('the logs of one date', () => {
  it('say the same in whatever order they come', () => {
    const all = [
      read(logs.MEETBOT_MINUTES),
      read(logs.meetbotLog()),
      read(logs.meetbotLog('Wed Oct 12', '16:10:00 <x> more\n')),
    ]
    const whole = mergeMeetings(all)
    expect(whole.attendance.map(({ name }) => name)).toEqual(['davdunc', 'anita_', 'conan_kudo', 'x'])
    for (const order of [
      [2, 1, 0],
      [1, 0, 2],
      [0, 2, 1],
    ])
      expect(mergeMeetings(order.map((at) => all[at]!))).toEqual(whole)
  })
})
