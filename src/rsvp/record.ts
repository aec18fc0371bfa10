import { type SQL, sql } from 'drizzle-orm'
import type { ChangeKind } from '../changes/kinds.ts'
import { recordChange } from '../changes/record.ts'
import { rsvps } from './tables.ts'

type Recorded = { changeId: string; now: number; event: { id: string; groupId: string }; payload?: object }

/** Journals the answers that carry this change. A new answer carries its own id, and its trigger journals it. */
export const recordRsvps = (kind: ChangeKind, { changeId, now, event, payload = {} }: Recorded): SQL<never> =>
  recordChange(
    rsvps,
    kind,
    { changeId, now, groupId: event.groupId, payload: { event: event.id, ...payload } },
    sql`change_id <> id`,
  )
