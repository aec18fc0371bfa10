/** What the bearer of a request may do: nothing special, one group's organizing, or everything. */
export type Access = { kind: 'anonymous' } | { kind: 'group'; groupId: string } | { kind: 'everything' }

export const anonymous: Access = { kind: 'anonymous' }

/** Whether the bearer organizes this group. */
export const organizes = (access: Access, groupId: string): boolean =>
  access.kind === 'everything' || (access.kind === 'group' && access.groupId === groupId)
