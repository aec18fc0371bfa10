/**
 * The contract of importers of calendars. An importer is pure: it reads a text into sources, and makes an event of a source.
 * The two are apart because a source stays the same while "the first date from now on" does not. `apply-calendar.ts` writes
 * for all of them.
 */
import type { Fault } from '../outcome.ts'

export type CalendarSource = {
  /** Names the event in its source, the same at each import. */
  importKey: string
  /** The UID that its own calendar gives it, kept where no other event has it. */
  uid?: string
  /** What the source says of it, as plain data. */
  source: unknown
  /** Where it stands, for faults: `document 2 (board.yaml), schedule.0`. */
  place: string
}

export type CalendarRead = { sources: CalendarSource[]; faults: Fault[]; notes: string[] }

export type CalendarFormat = {
  name: string
  mediaTypes: readonly string[]
  /**
   * Reads a text: its sources, all its faults, and what was left aside.
   *
   * @param zone the group's zone, for times that name none
   */
  read(text: string, zone: string): CalendarRead
  /**
   * The event of a source as the API would take it; not checked yet.
   *
   * @param from a date such as `2023-01-01`: a series begins with its first date from then on
   */
  eventOf(source: never, from: string): Record<string, unknown>
}
