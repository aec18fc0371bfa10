/** Tokens that open one thing and nothing else: a guest's answer, a subscriber's choice. Only their hash is stored. */
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'

/** How they begin: scanners for leaked secrets can tell them by that. */
export type CapabilityKind = 'rsvp' | 'feed'

/** It names its thing, so that it is found without an index over secrets, and proves that its owner is asking. */
const SHAPE = /^(rsvp|feed)_([0-9a-z]{26})_[\w-]{43}$/

export const newCapability = (deps: Deps, kind: CapabilityKind, id: string): string =>
  `${kind}_${id}_${deps.newSecret()}`

/** The id of what a token is for; null where it is no token of this kind. */
export function idOfCapability(kind: CapabilityKind, token: string): string | null {
  const [, found, id] = SHAPE.exec(token) ?? []
  return found === kind ? id! : null
}

/** Whether a text looks like such a token, right or wrong. */
export const looksLikeCapability = (text: string): boolean => /^(rsvp|feed)_/.test(text)

/** Whether this is the token with this hash. Digests are compared, so the time it takes tells nothing of the token. */
export const isCapability = async (token: string, hash: string): Promise<boolean> => (await sha256(token)) === hash
