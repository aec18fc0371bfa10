/** What the import of a schedule would change. */
import { Badge, Lines } from './parts.tsx'

type Slot = { start: string | null; room: string | null }
export type ScheduleDiff = {
  format: string
  talks: { created: number; updated: number; unchanged: number }
  changes: { kind: string; talk: string; title: string; fields?: string[]; from?: Slot; to?: Slot }[]
  notes: string[]
}

const SHOWN_MAX = 300

const slotOf = (slot: Slot | undefined) =>
  slot ? [slot.start?.slice(0, 16).replace('T', ' '), slot.room].filter(Boolean).join(', ') : ''

export const ScheduleDifference = ({ diff: { format, talks, changes, notes } }: { diff: ScheduleDiff }) => (
  <>
    <p>
      Read as {format}: {talks.created} new, {talks.updated} changed, {talks.unchanged} as they are.
    </p>
    <ul class="list">
      {changes.slice(0, SHOWN_MAX).map(({ kind, title, fields = [], from, to }) => (
        <li class="card">
          <p class="title">
            {title} <Badge tone={kind === 'cancelled' ? 'bad' : ''}>{kind}</Badge>
          </p>
          <p class="meta">
            {[slotOf(from), slotOf(to)].filter(Boolean).join(' → ')}
            {fields.length > 0 ? ` changes: ${fields.join(', ')}` : ''}
          </p>
        </li>
      ))}
    </ul>
    {changes.length > SHOWN_MAX ? <p class="muted">And {changes.length - SHOWN_MAX} more.</p> : null}
    <Lines level="h2" title="Worth knowing" lines={notes} />
  </>
)
