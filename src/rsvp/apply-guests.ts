import type { Deps } from '../deps.ts'
import { waitOnFullDates } from '../events/full-dates.ts'
import { promoteWaiting } from '../events/promote.ts'
import type { EventRow } from '../events/row.ts'
import { fromDateAt } from '../events/seats.ts'
import type { Fault } from '../outcome.ts'
import { at } from './csv-in.ts'
import { makeAnswer, type Respond } from './respond.ts'
import { type Place, storeAnswer } from './store.ts'

export type LinedAnswer = { line: number; answer: Respond }
export type Applied = {
  created: { line: number; name: string; place: string | null }[]
  skipped: Fault[]
  faults: Fault[]
}

/**
 * Stores the guests of a file in one batch, in the order of the file: seats first, then places in line. Who has answered
 * already stays as they are. Faults store nothing, unless the rest is wanted.
 */
export async function applyGuests(
  deps: Deps,
  row: EventRow,
  answers: LinedAnswer[],
  { dryRun, partial }: { dryRun: boolean; partial: boolean },
): Promise<Applied> {
  const asker = { isOrganizer: true, invitationId: null, source: 'file' as const }
  const faults: Fault[] = []
  const made: { line: number; answer: Exclude<Awaited<ReturnType<typeof makeAnswer>>, { ok: false }> }[] = []
  for (const { line, answer } of answers) {
    const one = await makeAnswer(deps, row, answer, asker)
    if (!('reason' in one)) made.push({ line, answer: one })
    else
      faults.push(
        ...(one.errors ?? [{ path: '', message: one.reason }]).map(({ path, message }) => at(line, path, message)),
      )
  }
  if ((faults.length > 0 && !partial) || dryRun || made.length === 0) {
    const created = dryRun ? made.map(({ line, answer }) => ({ line, name: answer.rsvp.name, place: null })) : []
    return { created, skipped: [], faults }
  }
  const statements = made.map(({ answer }) => storeAnswer(answer.rsvp, answer.ask, answer.terms))
  const now = deps.now()
  const standing = made.flatMap(({ answer: { rsvp, ask } }) =>
    ask.scope === 'series' && ask.isAccepted ? [waitOnFullDates(rsvp.id, deps.newId(), now, fromDateAt(now))] : [],
  )
  const promotion = {
    event: { ...row, isSeries: made.some(({ answer }) => answer.ask.scope !== 'event') },
    changeId: deps.newId(),
    now,
    cause: 'answer-changed' as const,
  }
  const results = await deps.db.batch([...statements, ...standing, ...promoteWaiting(promotion)])
  const created: Applied['created'] = []
  const skipped: Fault[] = []
  for (const [index, { line, answer }] of made.entries()) {
    const [place] = results[index] as Place[]
    if (place) created.push({ line, name: answer.rsvp.name, place: place.place })
    else skipped.push(at(line, 'email', 'has answered already, or there is no place'))
  }
  return { created, skipped, faults }
}
