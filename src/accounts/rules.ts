/** Facts about signing in; pure. */
import { type Ability, type Access, ROLES, type Role } from '../tokens/access.ts'

const MINUTE = 60
const DAY = 86_400

export const LINK_SECONDS = 10 * MINUTE
/** How many mails one address gets in fifteen minutes. */
export const MAILS_MAX = 3
export const MAILS_SECONDS = 15 * MINUTE
/** Of an 8-digit code. */
export const TRIES_MAX = 5

/** Of an account. */
export const PASSKEYS_MAX = 20

export const SESSION_SECONDS = 30 * DAY
export const IDLE_SECONDS = 7 * DAY
/** How exactly it is known when a session or a token was used. */
export const SEEN_SECONDS = 3600

/** The form of an address that two spellings of it share. */
export const addressKey = (email: string): string => email.trim().toLowerCase()

/** Where to go after signing in where nothing, or nothing of ours, was asked for. */
export const HOME = '/manage'

/**
 * The path of ours that a text names; everything else is the start. Browsers read `\` as `/` and drop tabs and line breaks,
 * so what holds one is none of ours, whatever it looks like.
 */
export function ownPath(text: unknown, baseUrl: string): string {
  if (typeof text !== 'string' || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\')) return HOME
  if (!URL.canParse(text, baseUrl)) return HOME
  const url = new URL(text, baseUrl)
  const path = url.origin === baseUrl ? `${url.pathname}${url.search}` : HOME
  // `/.//elsewhere` is `//elsewhere` once it is resolved.
  return path.startsWith('//') || path.length > 500 ? HOME : path
}

/** The 8 digits of a secret. */
export const codeOf = (digest: string): string =>
  (BigInt(`0x${digest.slice(0, 24)}`) % 100_000_000n).toString().padStart(8, '0')

/** What the roles of an account allow. */
export const accessOfRoles = (roles: readonly { groupId: string; role: Role }[]): Access => ({
  kind: 'groups',
  groups: new Map(roles.map(({ groupId, role }): [string, readonly Ability[]] => [groupId, ROLES[role]])),
})

/** A browser as people call it: enough to tell one session from another. */
export function agentName(header: string): string {
  const browser = [
    ['Edg/', 'Edge'],
    ['Firefox/', 'Firefox'],
    ['Chrome/', 'Chrome'],
    ['Safari/', 'Safari'],
  ].find(([mark]) => header.includes(mark!))?.[1]
  const system = [
    ['Android', 'Android'],
    ['iPhone', 'iPhone'],
    ['iPad', 'iPad'],
    ['Windows', 'Windows'],
    ['Mac OS X', 'macOS'],
    ['Linux', 'Linux'],
  ].find(([mark]) => header.includes(mark!))?.[1]
  return [browser ?? 'A browser', system].filter(Boolean).join(' on ')
}
