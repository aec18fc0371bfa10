/** What one person has answered, in a feed: events and series, without the dates that are skipped, and single dates. */
import { isSeries, occurrenceAt, originalStartOf } from '../events/occurrences.ts'
import { eventOf } from '../events/row.ts'
import type { EventInput } from '../events/schema.ts'
import { renderEvent } from '../events/vevent.ts'
import { grouped } from '../grouped.ts'
import { type AnswerRow, answersOf } from '../personal/queries.ts'
import { type FeedSource, type Item, reading } from './feed.ts'

/** The answers of the person whose feed this is. */
export const answersIn = (feed: string): FeedSource => ({
  vevents: (baseUrl, cancelled) =>
    reading([answersOf(feed)], (rows) => {
      const items = itemsOf(rows)
      const texts = items.map(({ path, ...item }) => {
        const { ics, icsMarked } = renderEvent({ ...item, id: path.slice('/e/'.length) }, baseUrl, item.updatedAt)
        return cancelled === 'mark' ? (icsMarked ?? ics) : ics
      })
      const zones = items.flatMap(({ event: { recurrenceRule, timeZone, start } }) =>
        recurrenceRule && timeZone ? [{ zone: timeZone, since: start }] : [],
      )
      return { text: texts.join(''), zones }
    }),
  items: (order, limit) =>
    reading([answersOf(feed)], (rows) => {
      const items = itemsOf(rows)
      if (order === 'newest') items.sort((a, b) => b.updatedAt - a.updatedAt)
      return items.slice(0, limit)
    }),
})

/** Each event once: as a whole where all of it was answered, else date by date. */
function itemsOf(rows: AnswerRow[]): Item[] {
  const byEvent = grouped(rows, ({ id }) => id)
  return [...byEvent.values()].flatMap((answers) => {
    const event = eventOf(answers[0]!)
    const ofAll = answers.find(({ occurrence, response }) => occurrence === '' && response !== 'declined')
    const dates = answers.filter(({ occurrence }) => occurrence !== '')
    if (ofAll) return [itemOf(ofAll, withoutSkipped(event, dates), ofAll.uid, `/e/${ofAll.id}`)]
    return dates.flatMap((answer) => {
      const date = answer.response === 'declined' ? null : onlyDate(event, answer.occurrence)
      return date
        ? [
            itemOf(
              answer,
              date,
              `${answer.occurrence.toLowerCase()}.${answer.uid}`,
              `/e/${answer.id}/${answer.occurrence}`,
            ),
          ]
        : []
    })
  })
}

const itemOf = ({ sequence, createdAt, updatedAt }: AnswerRow, event: EventInput, uid: string, path: string): Item => ({
  uid,
  path,
  sequence,
  createdAt,
  updatedAt,
  event,
})

function withoutSkipped(event: EventInput, dates: AnswerRow[]): EventInput {
  if (!isSeries(event)) return event
  const skipped = dates.flatMap(({ occurrence, response }) => {
    const original = response === 'declined' ? originalStartOf(event, occurrence) : null
    return original === null ? [] : [[original, { excluded: true as const }] as const]
  })
  return { ...event, recurrenceOverrides: { ...event.recurrenceOverrides, ...Object.fromEntries(skipped) } }
}

function onlyDate(
  { recurrenceRule, recurrenceOverrides, ...event }: EventInput,
  occurrence: string,
): EventInput | null {
  const whole = { ...event, recurrenceOverrides, ...(recurrenceRule ? { recurrenceRule } : {}) }
  const original = originalStartOf(whole, occurrence)
  if (original === null || recurrenceOverrides[original]?.excluded) return null
  const date = occurrenceAt(whole, original)
  const { start: _, excluded: __, ...changed } = date.override
  return { ...event, ...changed, start: date.start, status: date.status, recurrenceOverrides: {} }
}
