/** Tokens that open one thing and nothing else: a guest's answer, a subscriber's choice. Only their hash is stored. */
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'

/** How they begin: scanners for leaked secrets can tell them by that. */
export type CapabilityKind = 'rsvp' | 'feed' | 'invite' | 'door' | 'me' | 'handin' | 'signin' | 'join' | 'digest'

/** It names its thing, so that it is found without an index over secrets, and proves that its owner is asking. */
const SHAPE = /^(rsvp|feed|invite|door|me|handin|signin|join|digest)_([0-9a-z]{26})_[\w-]{43}$/

export const newCapability = (deps: Deps, kind: CapabilityKind, id: string): string =>
  capabilityWith(kind, id, deps.newSecret())

/** The same with a secret that was made before its thing was. */
export const capabilityWith = (kind: CapabilityKind, id: string, secret: string): string => `${kind}_${id}_${secret}`

/** Whether a text can be the secret of a token. */
export const isSecret = (text: string): boolean => /^[\w-]{43}$/.test(text)

/** The id of what a token is for; null where it is no token of this kind. */
export function idOfCapability(kind: CapabilityKind, token: string): string | null {
  const [, found, id] = SHAPE.exec(token) ?? []
  return found === kind ? id! : null
}

/** Whether a text looks like such a token, right or wrong. */
export const looksLikeCapability = (text: string): boolean =>
  /^(rsvp|feed|invite|door|me|handin|signin|join|digest)_/.test(text)

/** Whether this is the token with this hash. Digests are compared, so the time it takes tells nothing of the token. */
export const isCapability = async (token: string, hash: string): Promise<boolean> => (await sha256(token)) === hash
