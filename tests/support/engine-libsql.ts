import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase as openFile } from '../../src/server.ts'

/** What D1 bills; libSQL counts nothing. */
export type Costs = { read: number; written: number; statements: number }

export const engine: 'libsql' | 'd1' = 'libsql'

export async function openDatabase() {
  const folder = await mkdtemp(join(tmpdir(), 'convene-'))
  const { db, close } = await openFile(`file:${join(folder, 'test.db')}`)
  await migrate(db)
  return {
    db,
    costs: (): Costs | null => null,
    async close() {
      close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
