/** What a guest got, in words. */
import type { EventInput } from '../events/schema.ts'
import { formatTime } from '../time/english.ts'
import type { RsvpRow } from './queries.ts'
import { isHybrid, isUnconfirmed, scopeOf } from './rules.ts'

export type Words = { words: string; tone: 'good' | 'muted'; more?: string }

/** How the line is served, as a guest is told. */
export const LINE_RULE =
  'A free place goes to the first in line whose whole party fits; who is passed over keeps the place.'

const along = ({ guests }: RsvpRow) => (guests > 0 ? `, with ${guests} more` : '')

/** The answer, the place and the rule by which it is given. */
export function placeInWords(rsvp: RsvpRow, event: EventInput, now: number): Words {
  const party = along(rsvp)
  if (rsvp.response === 'declined') return { words: 'You are not coming.', tone: 'muted' }
  if (rsvp.place === 'pending') return pendingInWords(rsvp, event, now)
  if (rsvp.response === 'tentative') return { words: `You may come${party}. Maybe holds no seat.`, tone: 'muted' }
  const everyDate = scopeOf(event, rsvp.occurrence) === 'series' ? ' on every date' : ''
  if (rsvp.place === 'seat') {
    const isElsewhere = isHybrid(event) && rsvp.attendance === 'remote'
    if (isElsewhere && rsvp.waitsFor !== null && rsvp.rank !== null) {
      const words = `You take part from elsewhere${party} and are number ${rsvp.rank} in line for a seat in the room.`
      return { words, tone: 'good', more: LINE_RULE }
    }
    if (isElsewhere) return { words: `You take part from elsewhere${everyDate}${party}.`, tone: 'good' }
    return { words: `You have a seat${isHybrid(event) ? ' in the room' : ''}${everyDate}${party}.`, tone: 'good' }
  }
  const line = !isHybrid(event) ? '' : rsvp.attendance === 'remote' ? ' to take part from elsewhere' : ' for the room'
  return { words: `You are number ${rsvp.rank} in line${line}${party}.`, tone: 'muted', more: LINE_RULE }
}

function pendingInWords(rsvp: RsvpRow, event: EventInput, now: number): Words {
  const tone = 'muted'
  if (!isUnconfirmed(event, rsvp)) {
    const more = 'You have no place until then.'
    return { words: 'Your answer waits for the organizers to approve it.', tone, more }
  }
  const words = 'Your answer is not confirmed yet.'
  if (rsvp.response !== 'accepted') return { words, tone }
  if (rsvp.heldUntil === null || rsvp.heldUntil <= now) {
    return { words, tone, more: 'Confirm it, and you get a place if one is free, else a place in line.' }
  }
  const zone = event.timeZone ?? 'UTC'
  const until = `${formatTime(rsvp.heldUntil, zone)} (${zone.replaceAll('_', ' ')})`
  return { words, tone, more: `A place is held for you until ${until}. Confirm it by then.` }
}

/** What holds for one date of a series: the answer to it, else the one to all dates. */
export function dateInWords(own: RsvpRow | undefined, ofAll: RsvpRow, event: EventInput, now: number): Words {
  if (own?.response === 'declined') return { words: 'You skip this date.', tone: 'muted' }
  if (own) return placeInWords(own, event, now)
  const { words, tone } = placeInWords(ofAll, event, now)
  return { words: words.replace(' on every date', ''), tone }
}
