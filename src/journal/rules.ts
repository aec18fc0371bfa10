/** Changes of which everybody may know whose group, conference or talk is public. */
export const PUBLIC_KINDS = [
  'group.created',
  'group.updated',
  'group.deleted',
  'member.joined',
  'member.updated',
  'member.removed',
  'event.created',
  'event.updated',
  'event.cancelled',
  'event.deleted',
  'minutes.written',
  'record.written',
  'report.published',
  'stream.soon',
  'stream.live',
  'conference.created',
  'conference.updated',
  'conference.deleted',
  'schedule.imported',
  'talk.created',
  'talk.updated',
  'talk.deleted',
  'speaker.created',
  'speaker.updated',
  'speaker.merged',
  'speaker.forgotten',
] as const

/** A row of the journal, with what its address needs. */
export type JournalRow = {
  seq: number
  id: string
  kind: string
  subjectId: string
  at: number
  payload: string
  /** The slug of the group, and of a conference, talk or speaker. */
  groupSlug: string | null
  slug: string | null
}

const GONE = /\.(deleted|removed|erased|forgotten|revoked|left)$/

/** Whether there is nothing to read any more: a tombstone. A group that became private is gone for who has it as public. */
export const isGone = (kind: string, payload: { visibility?: string }): boolean =>
  GONE.test(kind) || (kind === 'group.updated' && payload.visibility === 'private')

/** A kind of change, or all that begin with the same noun: `event.updated`, `event.*`. */
export const TYPE_PATTERN = /^[a-z-]{1,20}\.([a-z-]{1,20}|\*)$/
