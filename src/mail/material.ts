/** What there is of a date that is over. */
import type { Occurrence } from '../events/occurrences.ts'
import type { EventInput } from '../events/schema.ts'
import { linksOf } from '../minutes/rules.ts'
import type { Facts } from './kinds/kind.ts'

const KINDS = ['minutes', 'recording', 'slides'] as const

/** The minutes and links that guests are told of, minutes first. */
export function materialOf(
  { baseUrl }: { baseUrl: string },
  event: EventInput & { id: string },
  date: Occurrence,
  hasMinutes: boolean,
): Facts['material'] {
  const links = linksOf(event, date)
  const page = { kind: 'minutes' as const, url: `${baseUrl}/e/${event.id}/${date.recurrenceId}#minutes` }
  const linked = KINDS.flatMap((kind) =>
    links.filter(({ rel }) => rel === kind).map(({ href }) => ({ kind, url: href })),
  )
  return [...(hasMinutes ? [page] : []), ...linked]
}
