/** A change as the journal and webhooks tell it: what happened to what, and where to read it. Nothing of anybody. */
import { toIso } from '../time/zone.ts'
import { isGone, type JournalRow } from './rules.ts'

type Payload = { event?: string; occurrence?: string; visibility?: string }

/** The name of a change, the same wherever and however often it is told. */
export const nameOf = ({ id, seq }: Pick<JournalRow, 'id' | 'seq'>): string => `${id}-${seq}`

export function changeJson(baseUrl: string, row: JournalRow) {
  const payload = JSON.parse(row.payload) as Payload
  const deleted = isGone(row.kind, payload)
  const path = deleted ? null : pathOf(row, payload)
  return {
    id: nameOf(row),
    type: row.kind,
    timestamp: toIso(row.at),
    data: {
      id: row.subjectId,
      group: deleted && row.kind === 'group.updated' ? null : row.groupSlug,
      ...(payload.event ? { event: payload.event } : {}),
      ...(payload.occurrence ? { occurrence: payload.occurrence } : {}),
      url: path === null ? null : `${baseUrl}/api/v1${path}`,
      deleted,
    },
  }
}

function pathOf({ kind, subjectId, groupSlug, slug }: JournalRow, { occurrence }: Payload): string | null {
  switch (kind.slice(0, kind.indexOf('.'))) {
    case 'group':
      return `/groups/${groupSlug}`
    case 'event':
      return `/events/${subjectId}`
    case 'minutes':
      return `/events/${subjectId}/occurrences/${occurrence}/minutes`
    case 'record':
      return `/events/${subjectId}/occurrences/${occurrence}/record`
    case 'report':
      return `/groups/${groupSlug}/reports`
    case 'rsvp':
      return `/rsvps/${subjectId}`
    case 'conference':
    case 'schedule':
      return slug && `/conferences/${slug}`
    case 'talk':
      return slug && `/talks/${slug}`
    case 'speaker':
      return slug && `/speakers/${slug}`
    case 'member':
      return `/groups/${groupSlug}/members`
    case 'webhook':
      return `/webhooks/${subjectId}`
    default:
      return null
  }
}
