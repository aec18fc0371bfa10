/** What an import would change, or has changed. */
import type { Fault } from '../outcome.ts'
import { Lines } from './parts.tsx'

type Named = { id: string | null; title: string; start?: string }
export type CalendarDiff = {
  created: Named[]
  updated: (Named & { changes: string[] })[]
  unchanged: number | Named[]
  cancelled?: number
  notes: string[]
  faults: Fault[]
  twins: { events: Named[]; reason: string }[]
}

const SHOWN_MAX = 200

/** Local time as it is read: without the T. */
const when = (start: string | undefined) => (start ? start.slice(0, 16).replace('T', ' ') : '')

const Events = ({ title, items, home }: { title: string; items: (Named & { changes?: string[] })[]; home: string }) =>
  items.length === 0 ? null : (
    <>
      <h2>
        {title}: {items.length}
      </h2>
      <ul class="list">
        {items.slice(0, SHOWN_MAX).map(({ id, title: name, start, changes = [] }) => (
          <li class="card">
            <p class="title">{id ? <a href={`${home}/${id}`}>{name}</a> : name}</p>
            <p class="meta">
              {when(start)}
              {changes.length > 0 ? ` changes: ${changes.join(', ')}` : ''}
            </p>
          </li>
        ))}
      </ul>
      {items.length > SHOWN_MAX ? <p class="muted">And {items.length - SHOWN_MAX} more.</p> : null}
    </>
  )

export const CalendarDifference = ({ diff, home }: { diff: CalendarDiff; home: string }) => {
  const { created, updated, unchanged, cancelled = 0, notes, faults, twins } = diff
  const same = typeof unchanged === 'number' ? unchanged : unchanged.length
  return (
    <>
      <p>
        {created.length} new, {updated.length} changed, {same} as they are
        {cancelled > 0 ? `, ${cancelled} called off` : ''}
        {faults.length > 0 ? `, ${faults.length} that cannot be read` : ''}.
      </p>
      <Events title="New" items={created} home={home} />
      <Events title="Changed" items={updated} home={home} />
      <Lines
        level="h2"
        title="Not read"
        lines={faults.slice(0, SHOWN_MAX).map(({ path, message }) => `${path} ${message}`)}
      />
      <Lines
        level="h2"
        title="Look at these"
        lines={twins.map(({ events, reason }) => `${events.map((one) => one.title).join(' and ')}: ${reason}`)}
      />
      <Lines level="h2" title="Worth knowing" lines={notes.slice(0, SHOWN_MAX)} />
    </>
  )
}
