/** Answers as the API gives them. */
import { toIso } from '../time/zone.ts'
import type { HistoryRow, RsvpRow } from './queries.ts'

export const rsvpJson = (row: RsvpRow) => ({
  id: row.id,
  event: row.eventId,
  occurrence: row.occurrence === '' ? null : row.occurrence,
  name: row.name,
  email: row.email,
  response: row.response,
  place: row.place,
  position: row.rank,
  attendance: row.attendance,
  waitsFor: row.waitsFor,
  guests: row.guests,
  answers: JSON.parse(row.answers),
  note: row.note,
  showName: row.showName === 1,
  confirmed: row.confirmedAt === null ? null : toIso(row.confirmedAt),
  checkedIn: row.checkedInAt === null ? null : toIso(row.checkedInAt),
  came: row.came,
  source: row.source,
  reason: row.reason,
  language: row.language,
  timeZone: row.timeZone,
  created: toIso(row.createdAt),
  updated: toIso(row.updatedAt),
})

/** The answer to who has just answered: with the link to change it, which is not shown again. */
export const rsvpMadeJson = (baseUrl: string, row: RsvpRow, manageToken: string) => ({
  ...rsvpJson(row),
  manageUrl: `${baseUrl}/rsvp/${manageToken}`,
  manageToken,
})

export const CHECK_YOUR_MAIL = { status: 'check-your-mail' } as const

/** One entry of the history: who, when, what and why. */
export function historyJson({ rsvpId, name, at, kind, payload }: HistoryRow) {
  const { event: _, ...details } = JSON.parse(payload) as Record<string, unknown>
  return { at: toIso(at), kind, rsvp: rsvpId, name, ...details }
}
