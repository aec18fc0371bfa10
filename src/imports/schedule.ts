/** The contract of importers of conference schedules: `read` is pure; `apply-schedule.ts` writes for all of them. */
import type { Fault } from '../outcome.ts'
import type { TalkInput } from '../talks/schema.ts'

export type TalkDraft = {
  externalId: string
  guid: string | null
  /** What the source itself calls the address of the talk. */
  slug: string | null
  talk: TalkInput
  /** The source's numbers of its persons, in the order of `talk.speakers`. */
  persons: string[]
}

export type ScheduleDraft = {
  /** Empty where the format names no conference. */
  title: string
  acronym: string | null
  starts: string | null
  ends: string | null
  venue: string | null
  city: string | null
  website: string | null
  timeZone: string
  /** What the source calls this version of itself. */
  version: string | null
  rooms: string[]
  talks: TalkDraft[]
  /** What stood in the source, counted. */
  read: { talks: number; persons: number; rooms: number; tracks: number; links: number; attachments: number }
  /** What was left aside, in words. */
  notes: string[]
}

/** What could be read, and every fault with its place. Without a schedule nothing of it can be used. */
export type ScheduleRead = { schedule: ScheduleDraft | null; faults: Fault[] }

export const unreadable = (...faults: Fault[]): ScheduleRead => ({ schedule: null, faults })

export type ScheduleFormat = {
  name: string
  extension: 'xml' | 'json' | 'csv'
  /** Whether it lists all talks of its conference: then those that are gone from it are called off. */
  isWhole: boolean
  /** Whether a file of its extension, parsed, is in this format. */
  recognizes(parsed: unknown): boolean
  /** Reads a schedule; all its faults at once, each with its place. `timeZone` counts where the source names none. */
  read(parsed: never, timeZone: string): ScheduleRead
}
