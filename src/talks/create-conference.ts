import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { recordConferenceFeed } from '../changes/talk-feeds.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import type { ConferenceRow } from './queries.ts'
import { conferences } from './tables.ts'

export type CreateConference = Pick<
  ConferenceRow,
  | 'slug'
  | 'title'
  | 'acronym'
  | 'description'
  | 'startsOn'
  | 'endsOn'
  | 'timeZone'
  | 'venue'
  | 'city'
  | 'sourceUrl'
  | 'groupId'
>

/** The row of a conference that has not been stored. */
export function newConference(deps: Deps, input: CreateConference, changeId: string): ConferenceRow {
  const now = deps.now()
  return { ...input, id: deps.newId(), rooms: '[]', createdAt: now, updatedAt: now, deletedAt: null, changeId }
}

/** Puts a conference into the archive. Refuses a slug that another has, deleted ones included. */
export async function createConference(
  deps: Deps,
  input: CreateConference,
): Promise<{ ok: true; conference: ConferenceRow } | Refused> {
  const changeId = deps.newId()
  const conference = newConference(deps, input, changeId)
  const [made] = await deps.db.batch([
    sql<{
      id: string
    }>`INSERT INTO ${conferences} (${columnNames(conferences)}) SELECT ${values(conferences, conference)} WHERE true
      ON CONFLICT (slug) DO NOTHING RETURNING id`,
    recordChange(conferences, 'conference.created', { changeId, now: conference.createdAt, groupId: input.groupId }),
    recordConferenceFeed(conference),
  ])
  return made.length === 1 ? { ok: true, conference } : refused('slug_taken')
}
