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
  title: string
  acronym: string | null
  starts: string | null
  ends: string | null
  venue: string | null
  city: string | null
  website: string | null
  timeZone: string
  rooms: string[]
  talks: TalkDraft[]
  /** What stood in the source, counted. */
  read: { talks: number; persons: number; rooms: number; tracks: number; links: number; attachments: number }
  /** What was left aside, in words. */
  notes: string[]
}

export type ScheduleRead = { ok: true; schedule: ScheduleDraft } | { ok: false; faults: Fault[] }

export type ScheduleFormat = {
  extension: string
  mediaTypes: readonly string[]
  /** Reads a schedule; all its faults at once, each with its place. `timeZone` counts where the source names none. */
  read(text: string, timeZone: string): ScheduleRead
}
