/** `#engine` is the database of the test project: a libSQL file on Node, D1 in workerd. */
declare module '#engine' {
  import type { Db } from '../../src/db/db.ts'

  export const engine: 'libsql' | 'd1'
  /** A migrated, empty database. `costs` counts what D1 bills since it was last asked; null on libSQL. */
  export function openDatabase(): Promise<{
    db: Db
    costs(): { read: number; written: number; statements: number } | null
    close(): Promise<void>
  }>
}

declare module 'cloudflare:workers' {
  export const env: unknown
}
