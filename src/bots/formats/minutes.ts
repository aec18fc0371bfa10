/** Minutes as MeetBot and maubot-meetings write them beside the log (`.txt`): sections under lines of hyphens. */
import { nickKey, type Present } from '../../minutes/rules.ts'
import { parseInstant, toInstant } from '../../time/zone.ts'
import { assembled, type Noted } from '../chat.ts'
import { factsOf, type LogFormat, linesOf } from '../log.ts'

const SUMMARY = /^meeting summary$/i
const ACTIONS = /^action items$/i
const PEOPLE = /^people present\b/i
const HEADING = /^(meeting summary|action items(, by person)?|people present.*|full log|votes?)$/i
const ENDED = /^meeting ended/i
const STARTED = /Meeting started by (\S+) at (?:(\d{4}-\d\d-\d\d)[ T])?(\d\d:\d\d:\d\d)/
/** `(nick, 16:00:10)` after each item. */
const DETAILS = /\s*\([^()]{1,100},\s*\d\d:\d\d:\d\d\)\s*$/

export const minutes = {
  name: 'minutes',
  isOf: (text) => /^\s*(meeting summary|people present)/im.test(text) && STARTED.test(text),
  read(text, file) {
    const lines = linesOf(text)
    const [, , date, time] = STARTED.exec(text) ?? []
    const facts = factsOf(file.path)
    const day = date ?? (file.started ?? facts.started ?? factsOf(addressIn(text)).started)?.slice(0, 10)
    if (!day || !time)
      return {
        ok: false,
        path: 'started',
        message: 'must be given: neither the minutes nor their path say on which day it was',
      }
    if (parseInstant(`${day}T${time}Z`) === null)
      return { ok: false, path: 'text', message: `has no such time: ${day} ${time}` }
    const attendance = sectionOf(lines, PEOPLE).flatMap(personIn)
    const noted = sectionOf(lines, SUMMARY).flatMap(notedIn)
    const taken = sectionOf(lines, ACTIONS).map(({ text: item }): Noted => ({ kind: 'action', text: item }))
    const known = new Set(noted.filter(({ kind }) => kind === 'action').map((one) => one.text))
    const all = [...noted, ...taken.filter((one) => one.text !== '(none)' && !known.has(one.text))]
    const [channel, name] = titleIn(lines)
    return {
      ok: true,
      meetings: [
        {
          name,
          channel: file.channel ?? channel,
          startedAt: toInstant(`${day}T${time}`, file.timeZone),
          endedAt: null,
          from: 'minutes',
          lines: attendance.reduce((sum, one) => sum + (one.lines ?? 0), 0),
          ...assembled(
            all,
            attendance.map((one) => nickKey(one.name)),
          ),
          attendance: attendance.filter((one) => !/^(zodbot|cent(guard|bot)|meetbot)$/.test(nickKey(one.name))),
        },
      ],
    }
  },
} as const satisfies LogFormat

const addressIn = (text: string): string =>
  /https?:\/\/\S+?\.(?:log\.)?(?:html|txt)\b/.exec(text.replace(/\n\s*/g, ' '))?.[0] ?? ''

/** `#centos-meeting: hyperscale-sig` between two lines of equals signs. */
function titleIn(lines: string[]): [channel: string | null, name: string | null] {
  const title = lines.find(
    (line) => /^(?:# )?[#@!]?[^\s:]+(:[\w.-]+\.\w+)?: \S/.test(line) && !/^\s*\*|started/.test(line),
  )
  const [, channel, name] = /^(?:# )?(\S+?): (.+)$/.exec(title?.trim() ?? '') ?? []
  const isNamed = name && !/TODO|^Meeting$/i.test(name) && name.trim() !== channel
  return [channel ?? null, isNamed ? name.trim() : null]
}

type Item = { depth: number; text: string }

/** The items of a section; what goes on in the next line belongs to its item. */
function sectionOf(lines: string[], heading: RegExp): Item[] {
  const from = lines.findIndex((line) => heading.test(line.trim()))
  const items: Item[] = []
  if (from < 0) return items
  for (const line of lines.slice(from + 1)) {
    const text = line.trim()
    if (HEADING.test(text) || ENDED.test(text)) break
    const [, indent, bullet] = /^(\s*)[*•]\s+(.*)$/.exec(line) ?? []
    if (bullet !== undefined) items.push({ depth: indent!.length, text: bullet.trim() })
    else if (text !== '' && !/^[-=]{3,}$/.test(text) && items.length > 0) items.at(-1)!.text += ` ${text}`
  }
  return items
}

function notedIn({ depth, text }: Item): Noted[] {
  const plain = text.replace(DETAILS, '').trim()
  const [, word, rest = ''] = /^([A-Z]{3,10}):\s*(.*)$/.exec(plain) ?? []
  if (word === 'TOPIC' || (word === undefined && depth === 0)) return [{ kind: 'topic', text: rest || plain }]
  if (word === 'ACTION') return [{ kind: 'action', text: rest }]
  if (word === 'AGREED' || word === 'ACCEPTED') return [{ kind: 'decision', text: rest }]
  if (word === 'INFO') return [{ kind: 'note', text: rest }]
  return [{ kind: 'note', text: word ? `${word[0]}${word.slice(1).toLowerCase()}: ${rest}` : plain }]
}

const personIn = ({ text }: Item): Present[] => {
  const [, name, lines] = /^(\S+) \((\d{1,6})\)$/.exec(text) ?? []
  return name ? [{ name, lines: Number(lines) }] : []
}
