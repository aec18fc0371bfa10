import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { libsqlDb } from '../../src/db/libsql.ts'
import { migrate } from '../../src/db/migrate.ts'

export const engine = 'libsql'

export async function openDatabase() {
  const folder = await mkdtemp(join(tmpdir(), 'convene-'))
  const client = createClient({ url: `file:${join(folder, 'test.db')}`, timeout: 10_000 })
  await client.execute('PRAGMA journal_mode = WAL')
  const db = libsqlDb(client)
  await migrate(db)
  return {
    db,
    costs: () => null,
    async close() {
      client.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
