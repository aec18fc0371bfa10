/** What organizers are told by mail of their group, each day or each Monday: numbers and links, and nobody's name. */
import { sql } from 'drizzle-orm'
import { accounts, grants } from '../accounts/tables.ts'
import type { Db } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { isSeries } from '../events/occurrences.ts'
import { readSeatCounts } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import { type Dated, readDates } from '../events/upcoming.ts'
import { writeNotice } from '../mail/notify.ts'
import { formatSpan } from '../time/english.ts'
import { toLocal } from '../time/zone.ts'
import { nextMorningAt } from './rules.ts'

const AT_ONCE = 20
const DAY = 86_400
const AHEAD = 30 * DAY
const DATES_MAX = 15

type Due = {
  groupId: string
  accountId: string
  digest: 'day' | 'week'
  digestAt: number
  slug: string
  name: string
  timeZone: string
}

/** Writes the mails that are due, each once; an organizer whose first one it would be is told from the next time on. */
export async function tellOrganizers(deps: Deps): Promise<void> {
  const now = deps.now()
  if (!deps.mailer) return
  const due = await deps.db.all(
    sql<Due>`SELECT group_id AS "groupId", account_id AS "accountId", digest AS digest, digest_at AS "digestAt",
        groups.slug AS slug, groups.name AS name, groups.time_zone AS "timeZone"
      FROM ${grants} JOIN groups ON groups.id = group_id AND groups.deleted_at IS NULL
      WHERE digest <> 'never' AND digest_at <= ${now} AND role IN ('owner', 'organizer') LIMIT ${AT_ONCE}`,
  )
  const texts = new Map<string, string | null>()
  for (const one of due) {
    const key = `${one.groupId} ${one.digest}`
    if (!texts.has(key)) texts.set(key, one.digestAt === 0 ? null : await textOf(deps, one, now))
    await write(deps, one, texts.get(key) ?? null, now)
  }
}

async function write(deps: Deps, one: Due, text: string | null, now: number): Promise<void> {
  const { groupId, accountId, digest, digestAt, name, timeZone } = one
  const which = sql`group_id = ${groupId} AND account_id = ${accountId} AND digest_at = ${digestAt}`
  const notice = {
    name: `digest.${groupId}.${accountId}.${toLocal(now, timeZone).slice(0, 10)}`,
    subject: `${name}: what is up`,
    text: text ?? '',
  }
  await deps.db.batch([
    ...(text
      ? [
          writeNotice(
            notice,
            sql`email`,
            sql`${accounts} WHERE email IS NOT NULL AND id = ${accountId} AND EXISTS (SELECT 1 FROM ${grants} WHERE ${which})`,
            now,
          ),
        ]
      : []),
    sql`UPDATE ${grants} SET digest_at = ${nextMorningAt(now, timeZone, digest)} WHERE ${which}`,
  ])
}

/** The next dates with their answers, and what waits for somebody; null where there is nothing to tell. */
export async function textOf(
  { db, baseUrl }: Pick<Deps, 'db' | 'baseUrl'>,
  one: Pick<Due, 'groupId' | 'slug' | 'name' | 'digest'>,
  now: number,
): Promise<string | null> {
  const { groupId, slug, name, digest } = one
  const access = { kind: 'everything' } as const
  const dates = await readDates(db, access, { groupId, from: now, to: now + AHEAD }, DATES_MAX)
  const ids = [...new Set(dates.map(({ event }) => event.id))]
  const since = now - (digest === 'day' ? DAY : 7 * DAY)
  const [[fresh], [parked]] = await db.batch([
    sql<{ answers: number; waiting: number }>`SELECT count(*) FILTER (WHERE created_at > ${since}) AS answers,
        count(*) FILTER (WHERE place = 'pending') AS waiting FROM rsvps
      WHERE event_id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND purged_at IS NULL`,
    sql<{ mails: number }>`SELECT count(*) AS mails FROM mails WHERE state = 'failed'
      AND event_id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  ])
  if (dates.length === 0) return null
  const lines = await Promise.all(dates.map((one) => lineOf(db, baseUrl, one)))
  const todo = [
    `${fresh!.answers} new ${fresh!.answers === 1 ? 'answer' : 'answers'} since the last ${digest}.`,
    ...(fresh!.waiting > 0 ? [`${fresh!.waiting} wait to be confirmed or approved.`] : []),
    ...(parked!.mails > 0 ? [`${parked!.mails} mails could not be delivered and are parked.`] : []),
  ]
  return [
    `What is coming in ${name}, and what there is to do.`,
    todo.join('\n'),
    ...lines,
    `The organizers’ desk, and how often this comes:\n${baseUrl}/manage/groups/${slug}/mails`,
  ].join('\n\n')
}

async function lineOf(db: Db, baseUrl: string, { event, occurrence }: Dated): Promise<string> {
  const key = isSeries(eventOf(event)) ? occurrence.recurrenceId : ''
  const counts = event.rsvpEnabled ? await readSeatCounts(db, [event.id], key) : []
  const sum = (of: 'taken' | 'waiting') => counts.reduce((total, one) => total + one[of], 0)
  const answers = event.rsvpEnabled ? `\n${sum('taken')} with a place, ${sum('waiting')} in line` : ''
  const off = occurrence.status === 'cancelled' ? 'Cancelled: ' : ''
  const when = formatSpan(occurrence.startsAt, occurrence.endsAt, event.timeZone)
  return `${off}${occurrence.title}\n${when}${answers}\n${baseUrl}/e/${event.id}/${occurrence.recurrenceId}`
}
