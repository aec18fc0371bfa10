/** What a guest got, in words. */
import type { EventInput } from '../events/schema.ts'
import { en } from '../languages/en.ts'
import type { Words as Catalogue } from '../languages/index.ts'
import { formatTime } from '../time/english.ts'
import type { RsvpRow } from './queries.ts'
import { isHybrid, isUnconfirmed, scopeOf } from './rules.ts'

export type Words = { words: string; tone: 'good' | 'muted'; more?: string }

/** The answer, the place and the rule by which it is given. */
export const placeInWords = (rsvp: RsvpRow, event: EventInput, now: number, { place }: Catalogue = en): Words =>
  inWords(rsvp, event, now, place, scopeOf(event, rsvp.occurrence) === 'series')

type Place = Catalogue['place']

function inWords(rsvp: RsvpRow, event: EventInput, now: number, place: Place, everyDate: boolean): Words {
  const party = {
    guests: rsvp.guests,
    isHybrid: isHybrid(event),
    isRemote: rsvp.attendance === 'remote',
    everyDate,
    rank: rsvp.rank,
  }
  if (rsvp.response === 'declined') return { words: place.declined, tone: 'muted' }
  if (rsvp.place === 'pending') return pendingInWords(rsvp, event, now, place)
  if (rsvp.response === 'tentative') return { words: place.maybe(party), tone: 'muted' }
  if (rsvp.place !== 'seat') return { words: place.inLine(party), tone: 'muted', more: place.lineRule }
  if (!party.isHybrid || !party.isRemote) return { words: place.seat(party), tone: 'good' }
  return rsvp.waitsFor !== null && rsvp.rank !== null
    ? { words: place.remoteInLine(party), tone: 'good', more: place.lineRule }
    : { words: place.remote(party), tone: 'good' }
}

function pendingInWords(rsvp: RsvpRow, event: EventInput, now: number, place: Place): Words {
  const tone = 'muted'
  if (!isUnconfirmed(event, rsvp)) return { words: place.approval, tone, more: place.noPlaceYet }
  const words = place.unconfirmed
  if (rsvp.response !== 'accepted') return { words, tone }
  if (rsvp.heldUntil === null || rsvp.heldUntil <= now) return { words, tone, more: place.confirmForPlace }
  const zone = event.timeZone ?? 'UTC'
  return { words, tone, more: place.heldUntil(formatTime(rsvp.heldUntil, zone), zone.replaceAll('_', ' ')) }
}

/** What holds for one date of a series: the answer to it, else the one to all dates. */
export function dateInWords(
  own: RsvpRow | undefined,
  ofAll: RsvpRow,
  event: EventInput,
  now: number,
  catalogue: Catalogue = en,
): Words {
  if (own?.response === 'declined') return { words: catalogue.place.skipped, tone: 'muted' }
  if (own) return placeInWords(own, event, now, catalogue)
  const { words, tone } = inWords(ofAll, event, now, catalogue.place, false)
  return { words, tone }
}
