import type { MiddlewareHandler } from 'hono'
import { sha256 } from '../digest.ts'
import { refused } from '../outcome.ts'
import { type Access, anonymous, organizes } from '../tokens/access.ts'
import { type CapabilityKind, looksLikeCapability } from '../tokens/capability.ts'
import { findToken } from '../tokens/queries.ts'
import type { AppContext, AppEnv } from './app-env.ts'
import { problem } from './problem.ts'

/** Compares two digests without telling by its time where they differ. */
function equalDigests(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at)
  return difference === 0
}

/** What a bearer token allows; null where it is no token of ours. */
async function accessOf(deps: AppEnv['Bindings'], bearer: string): Promise<Access | null> {
  const hash = await sha256(bearer)
  if (deps.adminTokenHash && equalDigests(hash, deps.adminTokenHash)) return { kind: 'everything' }
  const token = await findToken(deps.db, hash, deps.now())
  if (!token) return null
  return token.groupId === null ? { kind: 'everything' } : { kind: 'group', groupId: token.groupId }
}

const bearerOf = (header: string | undefined) => /^Bearer ([\x21-\x7e]{1,200})$/.exec(header ?? '')?.[1]

/** Reads the bearer token. None is fine and means anonymous; a wrong one is refused, wherever it is sent. */
export const authenticate: MiddlewareHandler<AppEnv> = async (c, next) => {
  const header = c.req.header('Authorization')
  const bearer = bearerOf(header)
  // Tokens for one thing are read by the routes of that thing.
  const access =
    header === undefined || (bearer && looksLikeCapability(bearer))
      ? anonymous
      : bearer
        ? await accessOf(c.env, bearer)
        : null
  if (access === null) return problem(c, refused('unauthorized'))
  c.set('access', access)
  await next()
}

/** The token for one thing that a request carries, if it carries one of this kind. */
export const capabilityOf = (c: AppContext, kind: CapabilityKind): string | undefined => {
  const bearer = bearerOf(c.req.header('Authorization'))
  return bearer?.startsWith(`${kind}_`) ? bearer : undefined
}

/** The refusal for who may not organize this group; null for who may. */
export function notOrganizer(c: AppContext, groupId: string | null): Response | null {
  const access = c.get('access')
  if (groupId === null ? access.kind === 'everything' : organizes(access, groupId)) return null
  return problem(c, refused(access.kind === 'anonymous' ? 'unauthorized' : 'forbidden'))
}
