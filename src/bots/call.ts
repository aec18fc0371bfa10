/** Calls of a bot: signed, and each done once. */
import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import type { BotRow } from './queries.ts'
import { botCalls } from './tables.ts'

export type Answered = { status: number; body: unknown }

/** A signature holds for minutes; after a day nobody can send the same call. Addresses that were fetched stay. */
const KEPT_SECONDS = 86_400
/** A call that died is free again after this. */
const CLAIM_SECONDS = 120

type Stored = { status: number | null; answer: string | null; at: number }

/**
 * Does something once for a call, however often it comes: later it gets the first answer. Null while the first is under way.
 * What failed on our side, or because too much came at once, is free again.
 */
export async function onceFor(
  deps: Deps,
  bot: Pick<BotRow, 'id'>,
  callId: string,
  run: () => Promise<Answered>,
): Promise<(Answered & { isRepeated: boolean }) | null> {
  const now = deps.now()
  const which = sql`bot_id = ${bot.id} AND call_id = ${callId}`
  const [, claimed, [stored]] = await deps.db.batch([
    sql`DELETE FROM ${botCalls} WHERE bot_id = ${bot.id} AND at < ${now - KEPT_SECONDS} AND call_id NOT LIKE 'http%'`,
    sql<{ callId: string }>`INSERT INTO ${botCalls} (bot_id, call_id, at) SELECT ${bot.id}, ${callId}, ${now} WHERE true
      ON CONFLICT DO UPDATE SET at = excluded.at WHERE status IS NULL AND at < ${now - CLAIM_SECONDS}
      RETURNING call_id AS "callId"`,
    sql<Stored>`SELECT status, answer, at FROM ${botCalls} WHERE ${which}`,
  ])
  if (claimed.length === 0)
    return stored?.answer ? { status: stored.status!, body: JSON.parse(stored.answer), isRepeated: true } : null
  const free = () => deps.db.all(sql`DELETE FROM ${botCalls} WHERE ${which} AND status IS NULL`)
  try {
    const answer = await run()
    if (answer.status >= 500) await free()
    else
      await deps.db.all(
        sql`UPDATE ${botCalls} SET status = ${answer.status}, answer = ${JSON.stringify(answer.body)} WHERE ${which}`,
      )
    return { ...answer, isRepeated: false }
  } catch (error) {
    await free()
    throw error
  }
}
