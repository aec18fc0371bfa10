/** What a request may do, and the one table of what each role may do. */

/** Verbs, each with what it lets one do in a group. */
export const ABILITIES = {
  see: 'know of it and read what is not public, but nothing of guests',
  'check-in': 'check guests in',
  guests: 'read and change answers, invite, write to guests',
  events: 'write events, minutes, imports',
  talks: 'write conferences and talks',
  group: 'change what the group says of itself, and its list of members',
  delete: 'delete the group, once it has no events',
  team: 'say who has which role, make and revoke tokens',
} as const
export type Ability = keyof typeof ABILITIES
export const abilityNames = Object.keys(ABILITIES) as [Ability, ...Ability[]]

export const ROLES = {
  owner: ['see', 'check-in', 'guests', 'events', 'talks', 'group', 'delete', 'team'],
  organizer: ['see', 'check-in', 'guests', 'events', 'talks', 'group'],
  helper: ['see', 'check-in'],
  member: ['see'],
} as const satisfies Record<string, readonly Ability[]>
export type Role = keyof typeof ROLES
export const roleNames = Object.keys(ROLES) as [Role, ...Role[]]

/** What a token of a group may do where it does not say. */
export const TOKEN_ABILITIES: readonly Ability[] = abilityNames.filter((one) => one !== 'team')

/** Nothing special, some things in some groups, or everything. */
export type Access =
  | { kind: 'anonymous' }
  | { kind: 'groups'; groups: ReadonlyMap<string, readonly Ability[]> }
  | { kind: 'everything' }

export const anonymous: Access = { kind: 'anonymous' }

/** Whether the bearer may do this in a group; where there is none (null), only who may do everything. */
export const may = (access: Access, ability: Ability, groupId: string | null): boolean =>
  access.kind === 'everything' ||
  (access.kind === 'groups' && groupId !== null && (access.groups.get(groupId)?.includes(ability) ?? false))

/** The groups in which the bearer may do this; null is all. */
export const groupsWith = (access: Access, ability: Ability): string[] | null =>
  access.kind === 'everything'
    ? null
    : access.kind === 'groups'
      ? [...access.groups].flatMap(([id, can]) => (can.includes(ability) ? [id] : []))
      : []

/** The groups that the bearer may know of though they are private, as JSON for `json_each`. */
export const knownGroups = (access: Access): string => JSON.stringify(groupsWith(access, 'see') ?? [])
