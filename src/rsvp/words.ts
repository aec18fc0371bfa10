/** What a guest got, in words: the same on pages and in mails. */
import type { RsvpRow } from './queries.ts'

/** What the guest got, in a sentence or two. */
export function placeInWords(rsvp: RsvpRow): string {
  const along = rsvp.guests > 0 ? `, with ${rsvp.guests} more` : ''
  const rule =
    'A free place goes to the first in line whose whole party fits; who is passed over keeps the place in line.'
  if (rsvp.response === 'declined') return 'You are not coming.'
  if (rsvp.place === 'pending')
    return rsvp.confirmedAt === null ? 'Your answer is not confirmed yet.' : 'Your answer waits for the organizers.'
  if (rsvp.response === 'tentative') return `You may come${along}. Maybe holds no seat.`
  if (rsvp.place === 'seat' && rsvp.waitsFor !== null)
    return `You take part from elsewhere${along}, and are number ${rsvp.rank} in line for a seat in the room. ${rule}`
  if (rsvp.place === 'seat')
    return rsvp.attendance === 'inPerson' ? `You have a seat${along}.` : `You take part from elsewhere${along}.`
  return `You are number ${rsvp.rank} in line${along}. ${rule}`
}
