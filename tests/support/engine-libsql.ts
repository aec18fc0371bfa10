import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { libsqlDb } from '../../src/db/libsql.ts'
import { migrate } from '../../src/db/migrate.ts'

/** What D1 bills; libSQL counts nothing. */
export type Costs = { read: number; written: number; statements: number }

export const engine: 'libsql' | 'd1' = 'libsql'

export async function openDatabase() {
  const folder = await mkdtemp(join(tmpdir(), 'convene-'))
  const client = createClient({ url: `file:${join(folder, 'test.db')}`, timeout: 10_000 })
  await client.execute('PRAGMA journal_mode = WAL')
  const db = libsqlDb(client)
  await migrate(db)
  return {
    db,
    costs: (): Costs | null => null,
    async close() {
      client.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
