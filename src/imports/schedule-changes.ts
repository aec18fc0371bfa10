/** What a version of a schedule changed, talk by talk. */
import type { TalkInput } from '../talks/schema.ts'

type Slot = { start: string | null; room: string | null }
export type Change = {
  kind: 'added' | 'moved' | 'changed' | 'cancelled' | 'restored'
  id: string
  /** The slug of the talk. */
  talk: string
  title: string
  /** The members that changed. */
  fields?: string[]
  from?: Slot
  to?: Slot
}

export type Changelog = Record<Change['kind'], number>

const slotOf = ({ start, room }: TalkInput): Slot => ({ start, room })
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** How a talk changed: it moved where its time or its room did. `isBack` says that it had been called off. */
export function changeBetween(
  id: string,
  talk: string,
  before: TalkInput | null,
  after: TalkInput,
  isBack = false,
): Change {
  const known = { id, talk, title: after.title }
  if (before === null) return { kind: 'added', ...known, to: slotOf(after) }
  const fields = (Object.keys(after) as (keyof TalkInput)[]).filter((name) => !isSame(before[name], after[name]))
  const hasMoved = fields.some((name) => ['start', 'timeZone', 'room'].includes(name))
  const moved = hasMoved ? { from: slotOf(before), to: slotOf(after) } : {}
  return { kind: isBack ? 'restored' : hasMoved ? 'moved' : 'changed', ...known, fields, ...moved }
}

export function countChanges(changes: readonly Change[]): Changelog {
  const counts: Changelog = { added: 0, moved: 0, changed: 0, cancelled: 0, restored: 0 }
  for (const { kind } of changes) counts[kind] += 1
  return counts
}
