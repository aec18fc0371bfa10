/** What there is of a date that is over. */
import { isSeries, type Occurrence } from '../events/occurrences.ts'
import type { EventInput } from '../events/schema.ts'
import type { Facts } from './kinds/kind.ts'

const KINDS = ['minutes', 'recording', 'slides'] as const

/** The minutes and links that guests are told of, minutes first. Links of a series are of no single date. */
export function materialOf(
  { baseUrl }: { baseUrl: string },
  event: EventInput & { id: string },
  { recurrenceId }: Occurrence,
  hasMinutes: boolean,
): Facts['material'] {
  const links = isSeries(event) ? [] : event.links
  const page = { kind: 'minutes' as const, url: `${baseUrl}/e/${event.id}/${recurrenceId}#minutes` }
  const linked = KINDS.flatMap((kind) =>
    links.filter(({ rel }) => rel === kind).map(({ href }) => ({ kind, url: href })),
  )
  return [...(hasMinutes ? [page] : []), ...linked]
}
