import { eventOf } from '../../events/row.ts'
import { type Dated, readDates } from '../../events/upcoming.ts'
import { formatSpan } from '../../time/english.ts'
import { keyOf } from '../match.ts'
import type { Asked } from './command.ts'

const AHEAD_SECONDS = 200 * 86_400
const DATES_MAX = 100

/** The next dates of the group that are held, public ones; those in the room where it was asked first. */
export async function nextDates({ deps, group, channel }: Asked): Promise<Dated[]> {
  const now = deps.now()
  const window = { groupId: group.id, from: now, to: now + AHEAD_SECONDS }
  const dates = await readDates(deps.db, { kind: 'everything' }, window, DATES_MAX)
  const held = dates.filter(({ occurrence }) => occurrence.status !== 'cancelled')
  if (channel === null) return held
  const isHere = ({ event }: Dated) =>
    eventOf(event).virtualLocations.some(
      ({ name = '', uri }) => keyOf(name).includes(keyOf(channel)) || keyOf(uri).includes(keyOf(channel)),
    )
  return [...held.filter(isHere), ...held.filter((one) => !isHere(one))]
}

/** One line about a date. */
export const lineOf = (baseUrl: string, { event, occurrence }: Dated): string =>
  `${occurrence.title}: ${formatSpan(occurrence.startsAt, occurrence.endsAt, event.timeZone)} ${baseUrl}/e/${event.id}/${occurrence.recurrenceId}`
