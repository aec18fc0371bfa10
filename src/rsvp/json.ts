/** Answers as the API gives them. */
import { toIso } from '../time/zone.ts'
import type { RsvpRow } from './queries.ts'

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
  guests: row.guests,
  answers: JSON.parse(row.answers),
  note: row.note,
  checkedIn: row.checkedInAt === null ? null : toIso(row.checkedInAt),
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
