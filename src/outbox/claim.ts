import { type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { columns } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { grouped } from '../grouped.ts'
import { CLAIMED_AT_ONCE, CLAIMS_MAX, LEASE_SECONDS, TRIES_MAX, UNDER_WAY, waitAfter } from './rules.ts'

/** What every table of deliveries has. */
type Delivery = {
  seq: number
  state: string
  tries: number
  dueAt: number
  leasedUntil: number | null
  sentAt: number | null
  error: string | null
}
type Outbox = SQLiteTable & { $inferSelect: Delivery }

/** What became of a try; `isFinal` where another one would fail too. */
export type Outcome = { state: 'sent' | 'dropped' } | { state: 'failed'; error: string; isFinal: boolean }

/** How a table of deliveries is worked off. `key` names its primary key, `keyOf` the values of a row. */
export type Channel<T extends Outbox> = {
  table: T
  key: SQL
  keyOf(row: T['$inferSelect']): SQL
  /** To whom it goes: what goes to one is delivered in order, one after another. */
  recipientOf(row: T['$inferSelect']): string
  /** Delivers one; what it throws counts as a failure that may pass. */
  deliver(row: T['$inferSelect']): Promise<Outcome>
}

/** Delivers what is due until nothing is. Any number of processes may do it at once: each row is claimed by one of them. */
export async function drain<T extends Outbox>(deps: Deps, channel: Channel<T>): Promise<void> {
  for (;;) {
    const claimed = await claim(deps, channel)
    const left = [...grouped(claimed, (row) => channel.recipientOf(row)).values()]
    const work = async () => {
      for (let rows = left.shift(); rows; rows = left.shift())
        for (const row of rows) await deliverOne(deps, channel, row)
    }
    await Promise.all(Array.from({ length: UNDER_WAY }, work))
    if (claimed.length < CLAIMED_AT_ONCE) return
  }
}

async function claim<T extends Outbox>({ db, now }: Deps, { table, key }: Channel<T>): Promise<T['$inferSelect'][]> {
  const at = now()
  const claimed = await db.all(
    sql<T['$inferSelect']>`UPDATE ${table} SET leased_until = ${at + LEASE_SECONDS}, tries = tries + 1
      WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE state = 'due' AND due_at <= ${at}
        AND coalesce(leased_until, 0) <= ${at} ORDER BY due_at LIMIT ${CLAIMED_AT_ONCE})
      RETURNING ${columns(table)}`,
  )
  return claimed.sort((a, b) => a.seq - b.seq)
}

async function deliverOne<T extends Outbox>(deps: Deps, channel: Channel<T>, row: T['$inferSelect']): Promise<void> {
  if (row.tries > CLAIMS_MAX)
    return settle(deps, channel, row, { state: 'failed', error: 'ended with the process that sent it', isFinal: true })
  const outcome = await channel.deliver(row).catch((error: Error): Outcome => {
    deps.log({ level: 'error', what: 'delivery', error: error.name })
    return { state: 'failed', error: error.message, isFinal: false }
  })
  await settle(deps, channel, row, outcome)
}

/** Notes what became of a try, unless another process has claimed the row since: the number of its try tells. */
async function settle<T extends Outbox>(
  deps: Deps,
  { table, keyOf }: Channel<T>,
  row: T['$inferSelect'],
  outcome: Outcome,
): Promise<void> {
  const now = deps.now()
  const isParked = outcome.state === 'failed' && (outcome.isFinal || row.tries >= TRIES_MAX)
  const state = outcome.state !== 'failed' || isParked ? outcome.state : 'due'
  await deps.db.all(
    sql`UPDATE ${table} SET state = ${state}, error = ${outcome.state === 'failed' ? outcome.error.slice(0, 200) : null},
        leased_until = NULL, sent_at = ${state === 'sent' ? now : null},
        due_at = ${state === 'due' ? now + waitAfter(row.tries, deps.random()) : now}
      WHERE ${keyOf(row)} AND state = 'due' AND tries = ${row.tries}`,
  )
}

/** Sends parked deliveries again, from the first try on; resolves with how many. */
export async function retryParked<T extends Outbox>(deps: Deps, table: T, which: SQL): Promise<number> {
  const again = await deps.db.all(
    sql`UPDATE ${table} SET state = 'due', tries = 0, due_at = ${deps.now()}, error = NULL, leased_until = NULL
      WHERE ${which} AND state = 'failed' RETURNING 1 AS found`,
  )
  return again.length
}
