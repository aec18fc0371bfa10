import { type SQL, sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import type { Deps } from '../deps.ts'
import { rsvps } from '../rsvp/tables.ts'
import { DATE_CHANGES, EVENT_CHANGES, RSVP_CHANGES, STATE_CHANGES } from './kinds/index.ts'
import { dropTooMany } from './limits.ts'
import { mails } from './tables.ts'

/** What is older when it is first seen is told to nobody: mail was switched on later, or nothing ran over a long weekend. */
const FRESH_SECONDS = 4 * 86_400

const list = (kinds: readonly string[]): SQL => sql`(SELECT value FROM json_each(${JSON.stringify(kinds)}))`
const since = sql`coalesce((SELECT seq FROM mail_cursor WHERE id = 1), 0)`

/**
 * Makes mails of what the journal has since it was last read, in one batch with how far it was read: each change and
 * answer has one mail, whoever reads the journal and however often.
 */
export async function collectMails(deps: Deps): Promise<void> {
  const now = deps.now()
  const isNew = sql`${changes.seq} > ${since} AND ${changes.at} > ${now - FRESH_SECONDS}`
  const [unread] = await deps.db.all(sql<{ seq: number }>`SELECT seq FROM ${changes} WHERE seq > ${since} LIMIT 1`)
  if (!unread) return
  const mail = sql`INSERT INTO ${mails} (seq, rsvp_id, event_id, kind, state, tries, due_at)
    SELECT ${changes.seq}, rsvps.id, rsvps.event_id, ${changes.kind}, 'due', 0, ${now}`
  const date = sql`${changes.payload} ->> '$.occurrence'`
  await deps.db.batch([
    sql`${mail} FROM ${changes} JOIN ${rsvps} ON rsvps.id = ${changes.subjectId}
      WHERE ${isNew} AND ${changes.kind} IN ${list(RSVP_CHANGES)} AND rsvps.email <> '' AND rsvps.source <> 'standing'
        AND NOT (${changes.kind} = 'rsvp.answered' AND rsvps.source IN ('file', 'door'))
      ON CONFLICT DO NOTHING`,
    sql`${mail} FROM ${changes} JOIN events ON events.id = ${changes.subjectId} JOIN ${rsvps} ON rsvps.event_id = events.id
      WHERE ${isNew} AND ${changes.kind} IN ${list(EVENT_CHANGES)} AND ${changes.payload} ->> '$.visible'
        AND (events.ends_at IS NULL OR events.ends_at > ${changes.at})
        AND (${changes.payload} ->> '$.occurrence' IS NULL OR rsvps.occurrence IN ('', ${changes.payload} ->> '$.occurrence'))
        AND rsvps.email <> '' AND rsvps.source <> 'standing' AND rsvps.response <> 'declined' AND rsvps.place IS NOT 'pending'
      ON CONFLICT DO NOTHING`,
    sql`${mail} FROM ${changes} JOIN ${rsvps} ON rsvps.event_id = ${changes.subjectId}
      WHERE ${isNew} AND ${changes.kind} IN ${list(DATE_CHANGES)} AND rsvps.email <> '' AND rsvps.source <> 'standing'
        AND rsvps.response <> 'declined' AND (rsvps.place = 'seat' OR ${changes.kind} = 'event.reminder' AND rsvps.response = 'tentative' AND rsvps.place IS NULL)
        AND (rsvps.occurrence = ${date} OR rsvps.occurrence = '' AND NOT EXISTS (SELECT 1 FROM ${rsvps} AS own
          WHERE own.event_id = rsvps.event_id AND own.email_key = rsvps.email_key AND own.occurrence = ${date}))
      ON CONFLICT DO NOTHING`,
    // Of how things stand the newest is told.
    sql`UPDATE ${mails} SET state = 'dropped' WHERE state = 'due' AND leased_until IS NULL AND kind IN ${list(STATE_CHANGES)}
      AND EXISTS (SELECT 1 FROM ${mails} AS newer WHERE newer.rsvp_id = mails.rsvp_id AND newer.seq > mails.seq
        AND newer.state = 'due' AND newer.kind IN ${list(STATE_CHANGES)})`,
    dropTooMany(now),
    sql`INSERT INTO mail_cursor (id, seq) SELECT 1, max(seq) FROM ${changes} WHERE true
      ON CONFLICT DO UPDATE SET seq = max(mail_cursor.seq, excluded.seq)`,
  ])
}
