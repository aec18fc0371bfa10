import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { insertRows, isUnmet } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import { hashOfName } from './forgotten.ts'
import { freeSlug, nameKeyOf, slugOf } from './rules.ts'
import type { SpeakerInput } from './schema.ts'
import { speakersNamed } from './speakers.ts'
import { forgottenNames, speakerAliases, speakers } from './tables.ts'

/** Names of a person as rows, each once, without the one they go by. */
export function aliasRows(speakerId: string, name: string, aliases: string[]) {
  const rows = aliases.map((alias) => ({ nameKey: nameKeyOf(alias), name: alias, speakerId }))
  return [...new Map(rows.map((row) => [row.nameKey, row])).values()].filter(
    ({ nameKey }) => nameKey !== nameKeyOf(name),
  )
}

/**
 * Puts a person into the archive. One who was left out as they asked is back by it, and only by it. Refuses (`name_taken`)
 * where one of the names is somebody's.
 */
export async function createSpeaker(deps: Deps, input: SpeakerInput): Promise<{ ok: true; slug: string } | Refused> {
  const names = [input.name, ...input.aliases]
  const base = slugOf(input.name) || 'speaker'
  const known = await speakersNamed(deps.db, names, [base])
  const keys = new Set(names.map(nameKeyOf))
  if (known.some(({ nameKey }) => keys.has(nameKey))) return refused('name_taken')
  const id = deps.newId()
  const changeId = deps.newId()
  const now = deps.now()
  const slug = freeSlug(base, new Set(known.map((one) => one.slug)))
  const { name, biography, website: url } = input
  const row = { id, slug, nameKey: nameKeyOf(name), name, biography, url, createdAt: now, updatedAt: now, changeId }
  const hashes = JSON.stringify(await Promise.all(names.map(hashOfName)))
  try {
    await deps.db.batch([
      insertRows(speakers, [row]),
      insertRows(speakerAliases, aliasRows(id, name, input.aliases)),
      sql`DELETE FROM ${forgottenNames} WHERE hash IN (SELECT value FROM json_each(${hashes}))`,
      recordChange(speakers, 'speaker.created', { changeId, now }),
    ])
  } catch (error) {
    if (isUnmet(error)) return refused('name_taken')
    throw error
  }
  return { ok: true, slug }
}
