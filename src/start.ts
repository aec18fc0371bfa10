/** What each start does before the first request, on both runtimes. */

import { migrate } from './db/migrate.ts'
import type { Deps } from './deps.ts'
import { rerenderSome } from './events/rerender.ts'
import { rerenderTalks } from './talks/rerender.ts'
import { issueOperatorToken } from './tokens/issue.ts'

/**
 * Migrates the database, renders anew what an older version rendered, and makes the operator's token where none was configured and none exists.
 *
 * @returns the new token's text: show it, it can't be read again
 */
export async function prepare(deps: Deps): Promise<string | null> {
  await migrate(deps.db)
  while ((await rerenderSome(deps)) || (await rerenderTalks(deps)))
    deps.log({ level: 'info', message: 'rendering calendars anew' })
  return deps.adminTokenHash === null ? issueOperatorToken(deps) : null
}

/** The public origin, without a slash at its end. */
export const originOf = (baseUrl: string): string => new URL(baseUrl).origin
