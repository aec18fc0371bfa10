import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'

/** Names the answer, so that it is found without an index over secrets, and proves that its guest is asking. */
const SHAPE = /^rsvp_([0-9a-z]{26})_[\w-]{43}$/

/** A guest's manage token; only its hash is stored. */
export const newManageToken = (deps: Deps, rsvpId: string): string => `rsvp_${rsvpId}_${deps.newSecret()}`

/** The id of the answer that a token is for; null where it is no manage token. */
export const rsvpIdOf = (token: string): string | null => SHAPE.exec(token)?.[1] ?? null

/** Whether this is the token of this answer. Digests are compared, so the time it takes tells nothing of the token. */
export const isTokenOf = async (token: string, manageHash: string): Promise<boolean> =>
  (await sha256(token)) === manageHash
