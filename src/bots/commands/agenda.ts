import { findEvent } from '../../events/queries.ts'
import { cleanLine } from '../../imports/html.ts'
import { readRecord } from '../../minutes/queries.ts'
import { writeRecord } from '../../minutes/update-record.ts'
import type { Asked, Command } from './command.ts'
import { lineOf, nextDates } from './next-dates.ts'

const ITEMS_MAX = 100
const TRIES = 5

/** What is to come up at the next meeting; `add` puts something there, in the name of who asks. */
export const agenda = {
  name: 'agenda',
  usage: '!agenda, !agenda add TOPIC',
  async run(asked) {
    const dates = await nextDates(asked)
    const date = dates.find(({ event }) => event.kind === 'meeting') ?? dates[0]
    if (!date) return 'Nothing is planned, so there is no agenda.'
    const topic = cleanLine(/^add\s+(.*)$/is.exec(asked.words)?.[1] ?? '').slice(0, 500)
    if (topic !== '') return add(asked, date.event.id, date.occurrence, topic)
    if (asked.words !== '') return 'Say !agenda, or !agenda add and a topic.'
    const { record } = await readRecord(asked.deps.db, date.event, date.occurrence)
    const items = [
      ...record.agenda.map(({ text }) => text),
      ...record.carriedOver.map(({ text, owner }) => `open: ${text}${owner ? ` (${owner})` : ''}`),
    ]
    return `${lineOf(asked.deps.baseUrl, date)} – ${items.length > 0 ? items.join('; ') : 'nothing yet'}`
  },
} as const satisfies Command

async function add({ deps, nick }: Asked, eventId: string, date: Parameters<typeof readRecord>[2], text: string) {
  for (let tries = 1; tries <= TRIES; tries++) {
    const row = await findEvent(deps.db, eventId, { kind: 'everything' })
    if (!row) break
    const { record, version } = await readRecord(deps.db, row, date)
    if (record.agenda.some((one) => one.text === text)) return `It is on the agenda already: ${text}`
    if (record.agenda.length >= ITEMS_MAX) return 'The agenda is full.'
    const outcome = await writeRecord(deps, row, date, { agenda: [...record.agenda, { text, by: nick }] }, version)
    if (outcome.ok) return `On the agenda of ${date.title}: ${text}`
  }
  return 'That did not work; try again.'
}
