/** How long answers are kept: all of them, and those to single questions. */
import { secondsOf } from '../time/duration.ts'
import type { EventInput } from './schema.ts'

/** What goes so many seconds after the event, or after the date that was answered; `question` null: all that names a guest. */
export type Retention = { question: string | null; seconds: number }

const DAY = 86_400

export function retentionsOf({ rsvp }: Pick<EventInput, 'rsvp'>): Retention[] {
  const ofAnswers = (rsvp?.questions ?? []).flatMap(({ id, keepFor }) =>
    keepFor ? [{ question: id, seconds: secondsOf(keepFor) }] : [],
  )
  return rsvp?.keepFor ? [...ofAnswers, { question: null, seconds: secondsOf(rsvp.keepFor) }] : ofAnswers
}

/**
 * When answers are to be looked through next; null where nothing is to go any more. A series is looked through each day
 * while it lasts, since its dates end one after the other.
 *
 * @param endsAt Unix seconds; null for a series without an end
 */
export function nextPurge(
  event: EventInput,
  { startsAt, endsAt }: { startsAt: number; endsAt: number | null },
  isSeries: boolean,
  now: number,
): number | null {
  const retentions = retentionsOf(event)
  if (retentions.length === 0) return null
  if (isSeries && (endsAt === null || endsAt > now)) {
    return Math.max(now + DAY, startsAt + Math.min(...retentions.map(({ seconds }) => seconds)))
  }
  const due = retentions.map(({ seconds }) => endsAt! + seconds).filter((at) => at > now)
  return due.length > 0 ? Math.min(...due) : null
}
