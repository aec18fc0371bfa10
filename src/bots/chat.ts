/** What people and bots say in a room, as meetings: the commands of MeetBot, with `#`, and of maubot-meetings, with `!` or `^`. */
import { nickKey, type Present, type Topic } from '../minutes/rules.ts'
import type { Line, Meeting } from './log.ts'

const COMMAND = /^\s*[#!^]([a-z]+)\b:?\s*(.*)$/i
/** A roll call: `.hello ngompa`, `!hi`, `.hellomynameis ngompa`. */
const HELLO = /^\s*[.!#](?:hello|hi|hello2|hellomynameis)\b\s*(\S*)/i
const BOTS = /^(zodbot|cent(guard|bot)|meetbot|meetingbot|ubottu|chanserv|supybot)\d*$/
const TOPICS_MAX = 200
const NOTES_MAX = 500

const WORDS: Record<string, string> = {
  info: '',
  link: 'Link: ',
  idea: 'Idea: ',
  help: 'Help wanted: ',
  halp: 'Help wanted: ',
}
const DECISIONS = ['agreed', 'agree', 'accepted', 'rejected', 'decision']

export type Noted = { kind: 'topic' | 'note' | 'decision' | 'action'; text: string }

/** Each part from a `#startmeeting` to its end; where there is none, the whole is one meeting without a name. */
export function meetingsOf(lines: Line[], channel: string | null): Meeting[] {
  const starts = lines.flatMap(({ text }, at) => (/^\s*[#!^]startmeeting\b/i.test(text) ? [at] : []))
  if (starts.length === 0) return lines.length > 0 ? [meetingOf(lines, channel)] : []
  return starts.map((from, at) => {
    const part = lines.slice(from, starts[at + 1] ?? lines.length)
    const end = part.findIndex(({ text }) => /^\s*[#!^]endmeeting\b/i.test(text))
    return meetingOf(end < 0 ? part : part.slice(0, end + 1), channel)
  })
}

function meetingOf(lines: Line[], channel: string | null): Meeting {
  const noted: Noted[] = []
  const said = new Map<string, Present>()
  let name: string | null = null
  for (const { nick, text } of lines) {
    const account = HELLO.exec(text)
    present(said, nick, account?.[1])
    if (account) continue
    const [, word, rest] = COMMAND.exec(text) ?? []
    const command = word?.toLowerCase()
    if (command === 'startmeeting' || command === 'meetingname' || command === 'meetingtopic')
      name = rest?.trim() || name
    else if (command === 'undo') noted.pop()
    else if (command !== undefined) note(noted, command, rest!.trim())
    // MeetBot takes a line that begins with an address for a link.
    else if (/^\s*https?:\/\/\S+/.test(text)) note(noted, 'link', text.trim())
  }
  const attendance = [...said.values()].filter(({ name: nick }) => !BOTS.test(nickKey(nick)))
  const nicks = attendance.map(({ name: nick }) => nickKey(nick))
  return {
    name,
    channel,
    startedAt: lines[0]!.at,
    endedAt: lines.at(-1)!.at,
    from: 'log',
    lines: lines.length,
    ...assembled(noted, nicks),
    attendance,
  }
}

function present(said: Map<string, Present>, nick: string, account: string | undefined): void {
  const known = said.get(nickKey(nick))
  const one = known ?? { name: nick, lines: 0 }
  one.lines = (one.lines ?? 0) + 1
  // Who says which account is theirs is listed by that.
  if (account && /^[\w.-]{2,40}$/.test(account) && nickKey(account) !== nickKey(nick)) {
    one.name = account
    one.nick = nick
  }
  said.set(nickKey(nick), one)
}

function note(noted: Noted[], command: string, text: string): void {
  if (text === '') return
  if (command === 'topic') noted.push({ kind: 'topic', text })
  else if (command === 'action') noted.push({ kind: 'action', text })
  else if (DECISIONS.includes(command))
    noted.push({ kind: 'decision', text: command === 'rejected' ? `Rejected: ${text}` : text })
  else if (command in WORDS) noted.push({ kind: 'note', text: WORDS[command] + text })
}

/** Notes by their topics; what was agreed and taken on stands under its topic, and apart. */
export function assembled(noted: Noted[], nicks: string[]): Pick<Meeting, 'topics' | 'decisions' | 'actions'> {
  const topics: Topic[] = []
  for (const { kind, text } of noted) {
    if (kind === 'topic') topics.push({ title: text, notes: [] })
    else {
      if (topics.length === 0) topics.push({ title: 'Opening', notes: [] })
      const words = { note: '', decision: 'Agreed: ', action: 'Action: ' }[kind]
      const { notes } = topics.at(-1)!
      if (notes.length < NOTES_MAX) notes.push(words + text)
    }
  }
  const of = (kind: Noted['kind']) => [...new Set(noted.filter((one) => one.kind === kind).map(({ text }) => text))]
  return {
    topics: topics.slice(0, TOPICS_MAX),
    decisions: of('decision').slice(0, NOTES_MAX),
    actions: of('action')
      .slice(0, TOPICS_MAX)
      .map((text) => ({ text, owner: ownerOf(text, nicks) })),
  }
}

/** Who is to do it: the first of those who were there whose nick it names; else who it begins with, as in `ngompa to …`. */
function ownerOf(text: string, nicks: string[]): string | null {
  const words = text.split(/[\s,:;]+/).map((word) => nickKey(word.replace(/[().!?]+$/g, '')))
  const named = words.find((word) => word !== '' && nicks.includes(word))
  return named ?? /^@?([\w.[\]-]{2,40})[:,]?\s+(?:to|will|should)\s/.exec(text)?.[1] ?? null
}
