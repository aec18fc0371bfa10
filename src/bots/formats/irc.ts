/** Logs of lines: MeetBot's and maubot-meetings' `.log.txt`, and those of irssi, WeeChat, ZNC and others. */
import { parseInstant, toInstant, toLocal } from '../../time/zone.ts'
import { meetingsOf } from '../chat.ts'
import { factsOf, type Line, type LogFile, type LogFormat, linesOf } from '../log.ts'

/** An optional day, a time, and `<nick>`, `* nick` or a tab around who speaks. */
const LINE =
  /^\s*\[?(?:(\d{4}-\d\d-\d\d)[T ]+)?(\d\d):(\d\d)(?::(\d\d))?(?:[.,]\d+)?(?:Z|\+00:?00)?\]?[\s:]*(?:<[@+%~&\s]*([^>\s]{1,100})>|\*\s+([^\s*]{1,100})|([^\s<*-][^\t<>]{0,60})\t)\s?(.*)$/
/** The day that a log of irssi says apart, and MeetBot where it starts. */
const DAY =
  /(?:Day changed|Log opened|Meeting started).*?\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* ([A-Z][a-z]{2})[a-z]* +(\d{1,2}) (?:(\d\d:\d\d:\d\d) )?(\d{4})/
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const LOOKED_AT = 200
const DAY_SECONDS = 86_400

export const irc = {
  name: 'irc',
  isOf: (text) =>
    linesOf(text.slice(0, 20_000))
      .slice(0, LOOKED_AT)
      .some((line) => LINE.test(line)),
  read(text, file) {
    const raw = linesOf(text)
    const facts = factsOf(file.path)
    const day = raw.map(dayIn).find((one) => one !== null) ?? (file.started ?? facts.started)?.slice(0, 10) ?? null
    const lines = read(raw, day, file)
    if (lines === null)
      return {
        ok: false,
        path: 'started',
        message: 'must be given: neither the log nor its path says on which day it was',
      }
    const meetings = meetingsOf(lines, file.channel ?? channelIn(raw))
    return meetings.length > 0
      ? { ok: true, meetings }
      : { ok: false, path: 'text', message: 'has no line in which somebody speaks' }
  },
} as const satisfies LogFormat

function dayIn(line: string): string | null {
  const [, month, day, , year] = DAY.exec(line) ?? []
  const number = MONTHS.indexOf(month ?? '') + 1
  return year && number > 0 ? `${year}-${String(number).padStart(2, '0')}-${day!.padStart(2, '0')}` : null
}

/** Lines with their instants; past midnight it is the next day. Null where no day is known. */
function read(raw: string[], first: string | null, { timeZone }: LogFile): Line[] | null {
  const lines: Line[] = []
  let day = first
  let before = 0
  for (const text of raw) {
    const [, date, hour, minute, second = '00', nick, actor, tabbed, said = ''] = LINE.exec(text) ?? []
    if (hour === undefined) continue
    day = date ?? day
    if (day === null) return null
    const local = `${day}T${hour}:${minute}:${second}`
    let at = instantOf(local, timeZone)
    if (at === null) continue
    if (!date && at < before - DAY_SECONDS / 2) {
      at += DAY_SECONDS
      day = toLocal(at, timeZone).slice(0, 10)
    }
    before = at
    const who = nick ?? actor ?? tabbed!.trim()
    if (/^(-->|<--|--|-!-|=!=)$/.test(who)) continue
    lines.push({ at, nick: who, text: said })
  }
  return lines
}

const instantOf = (local: string, timeZone: string): number | null =>
  parseInstant(`${local}Z`) === null ? null : toInstant(local, timeZone)

/** MeetBot says in the title of what it writes in which room it was. */
const channelIn = (raw: string[]): string | null =>
  raw
    .slice(0, LOOKED_AT)
    .map((line) => /(?:Now talking on|Topic for|Log opened for) (#[\w.-]+)/i.exec(line)?.[1] ?? null)
    .find((one) => one !== null) ?? null
