import { isSeries } from '../../events/occurrences.ts'
import { findEvent } from '../../events/queries.ts'
import { eventOf } from '../../events/row.ts'
import type { Dated } from '../../events/upcoming.ts'
import { nickKey } from '../../minutes/rules.ts'
import type { Refused } from '../../outcome.ts'
import { changeRsvp } from '../../rsvp/change.ts'
import { readTheirs } from '../../rsvp/queries.ts'
import { respond } from '../../rsvp/respond.ts'
import type { Asked, Command } from './command.ts'
import { lineOf, nextDates } from './next-dates.ts'

const RESPONSES: Record<string, 'accepted' | 'declined' | 'tentative'> = {
  yes: 'accepted',
  no: 'declined',
  maybe: 'tentative',
}
const TRIES = 5

/** Answers the next date that takes answers, under the nick. Who has to say more is led to the page. */
export const rsvp = {
  name: 'rsvp',
  usage: '!rsvp yes, !rsvp no, !rsvp maybe',
  async run(asked) {
    const response = RESPONSES[asked.words.trim().toLowerCase()]
    if (!response) return 'Say !rsvp yes, !rsvp no or !rsvp maybe.'
    const date = (await nextDates(asked)).find(({ event }) => event.rsvpEnabled === 1)
    if (!date) return 'Nothing that is planned takes answers.'
    for (let tries = 1; tries <= TRIES; tries++) {
      const outcome = await answer(asked, date, response)
      if (outcome.ok) return `${asked.nick}: ${outcome.words} ${lineOf(asked.deps.baseUrl, date)}`
      if (outcome.reason !== 'stale')
        return `${asked.nick}: not from here, answer there: ${asked.deps.baseUrl}/e/${date.event.id}/${date.occurrence.recurrenceId}`
    }
    return 'That did not work; try again.'
  },
} as const satisfies Command

const wordsOf = (response: string, place: string | null) =>
  response === 'declined'
    ? 'you are not coming.'
    : place === 'waitlist'
      ? 'you are in line.'
      : place === 'seat'
        ? 'you have a seat.'
        : 'noted.'

async function answer(
  { deps, bot, nick }: Asked,
  { event: { id }, occurrence }: Dated,
  response: 'accepted' | 'declined' | 'tentative',
): Promise<{ ok: true; words: string } | Refused> {
  const row = await findEvent(deps.db, id, { kind: 'everything' })
  if (!row) return { ok: false, reason: 'not_found' }
  // A room proves no address, so there is none to confirm.
  if (row.rsvpConfirmation === 'email') return { ok: false, reason: 'not_confirmed' }
  const isDate = isSeries(eventOf(row))
  const at = isDate ? occurrence.recurrenceId : ''
  const chat = `chat:${bot.id}:${nickKey(nick)}`
  const own = (await readTheirs(deps.db, { eventId: id, emailKey: chat })).find((one) => one.occurrence === at)
  if (own) {
    const changed = await changeRsvp(deps, own, row, { response })
    return changed.ok ? { ok: true, words: wordsOf(response, changed.rsvp.place) } : changed
  }
  const input = {
    name: nick,
    email: '',
    response,
    guests: 0,
    answers: {},
    note: '',
    ...(isDate ? { occurrence: at } : {}),
  }
  const made = await respond(deps, row, input, { isOrganizer: false, invitationId: null, chat })
  if (!made.ok) return made
  return made.isNew ? { ok: true, words: wordsOf(response, made.rsvp.place) } : { ok: false, reason: 'stale' }
}
