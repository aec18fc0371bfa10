/** The contract of log formats: what is read in a file that a bot wrote, or in the log of a room. Pure. */
import type { Present, Topic } from '../minutes/rules.ts'

/** What is known of a file beside its text. */
export type LogFile = {
  /** Its folders and its name: `centos-meeting/2022-10-12/hyperscale.2022-10-12-16.00.log.txt`. */
  path: string
  /** The room, where somebody said it. */
  channel: string | null
  /** Local midnight of its first line, or its start, as `2022-10-12T16:00:00`; null where the text has to say it. */
  started: string | null
  /** The zone of times that name none. */
  timeZone: string
}

export type Line = { at: number; nick: string; text: string }

/** One meeting, as far as it was written down. */
export type Meeting = {
  name: string | null
  channel: string | null
  /** Unix seconds. */
  startedAt: number
  endedAt: number | null
  /** Minutes tell less than the log that they were made of. */
  from: 'log' | 'minutes'
  lines: number
  topics: Topic[]
  decisions: string[]
  actions: { text: string; owner: string | null }[]
  attendance: Present[]
}

export type Read = { ok: true; meetings: Meeting[] } | { ok: false; path: string; message: string }

export type LogFormat = {
  name: string
  /** Whether a text is of this format: cheap, and no promise that it can be read. */
  isOf(text: string): boolean
  read(text: string, file: LogFile): Read
}

export const LINES_MAX = 50_000
export const LINE_MAX = 2000

/** Lines without what chats colour them with; those that are too long are cut. */
export const linesOf = (text: string): string[] =>
  text
    .split(/\r\n|\r|\n/, LINES_MAX)
    // Colours and styles of IRC, then all other control characters.
    .map((line) =>
      line
        .slice(0, LINE_MAX)
        .replace(/\u0003\d{0,2}(,\d{1,2})?/g, '')
        .replace(
          /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g,
          '',
        ),
    )

/** What the name of a file tells: MeetBot and maubot-meetings write the name, the day and the time of the start into it. */
export function factsOf(path: string): { name: string | null; started: string | null; folders: string[] } {
  const parts = path.split(/[/\\]+/).filter((part) => part !== '' && part !== '.' && part !== '..')
  const file = parts.pop() ?? ''
  const [, name, day, hour, minute] = /^(.*?)[._-]?(\d{4}-\d\d-\d\d)[-_T.](\d\d)[.:-](\d\d)/.exec(file) ?? []
  const folder = parts.find((part) => /^\d{4}-\d\d-\d\d$/.test(part))
  return {
    name: name || null,
    started: day ? `${day}T${hour}:${minute}:00` : folder ? `${folder}T00:00:00` : null,
    folders: parts.filter((part) => !/^\d{4}(-\d\d){0,2}$/.test(part)),
  }
}
