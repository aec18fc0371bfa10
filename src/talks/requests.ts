/** What the routes and pages of the archive share: reading a list by its query, finding what may be changed. */
import { z } from '@hono/zod-openapi'
import { findGroup } from '../groups/queries.ts'
import type { AppContext } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { expectedVersion } from '../http/etag.ts'
import { line } from '../http/fields.ts'
import { page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { invalid, refused } from '../outcome.ts'
import type { Access } from '../tokens/access.ts'
import { forgottenAmong } from './forgotten.ts'
import { LACKED, type Lacked, readGaps } from './gaps.ts'
import { type ConferenceOfGroup, type FullTalk, findConference, findTalk } from './queries.ts'
import type { SentSpeaker } from './schema.ts'
import { speakerNames } from './speakers.ts'

/** Empty fields of the search form mean the same as none. */
export const optional = (max: number) =>
  z.preprocess((value) => (value === '' ? undefined : value), line(max).optional())

/** Sorted by two numbers; a cursor of another list has something else. */
const isGapCursor = (cursor: string): boolean => {
  const keys = readCursor(cursor)
  return keys?.length === 2 && keys.every((key) => Number.isFinite(key))
}

const isLacked = (text: string): text is Lacked => (LACKED as readonly string[]).includes(text)

export const gapQuery = z.object({
  limit: pageQuery.limit,
  cursor: pageQuery.cursor.refine(
    (cursor) => cursor === undefined || isGapCursor(cursor),
    'must be a cursor that this list gave',
  ),
  conference: optional(80),
  lacks: z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .refine((all): all is Lacked[] => all.every(isLacked), `must be of ${LACKED.join(', ')}`)
    .optional()
    .openapi({ type: 'string', example: 'slides,recording', description: 'one of these is enough' }),
})

/** One page of the talks that lack something. */
export async function readGapPage(c: AppContext, access: Access, query: z.output<typeof gapQuery>) {
  const { limit, cursor, ...filter } = query
  const [startsAt, key] = cursor ? (readCursor(cursor) ?? []).map(Number) : []
  const after = cursor ? { startsAt: startsAt!, key: key! } : undefined
  const rows = await readGaps(c.env.db, access, filter, c.env.now(), limit, after)
  return page(rows, limit, (row) => writeCursor(row.startsAt, row.key))
}

type Found<T> = T | Response

/** The speakers of a request with their names; a fault for each slug that nobody has. */
export async function namedSpeakers(c: AppContext, sent: SentSpeaker[]): Promise<Found<{ name: string }[]>> {
  const known = await speakerNames(
    c.env.db,
    sent.flatMap(({ slug }) => slug ?? []),
    c.get('access'),
  )
  const names = sent.map(({ slug, name }) => (slug === undefined ? name : known.get(slug)))
  const unknown = names.flatMap((name, at) =>
    name === undefined ? [{ path: `speakers.${at}.slug`, message: 'is no speaker here' }] : [],
  )
  if (unknown.length > 0) return problem(c, invalid(...unknown))
  const forgotten = await forgottenAmong(c.env.db, names as string[])
  const leftOut = names.flatMap((name, at) =>
    forgotten.has(name!) ? [{ path: `speakers.${at}`, message: 'asked to be left out of this archive' }] : [],
  )
  return leftOut.length > 0 ? problem(c, invalid(...leftOut)) : names.map((name) => ({ name: name! }))
}

/** The conference of a request, or the answer that says why not. */
export async function conferenceOr404(c: AppContext, slug: string): Promise<Found<ConferenceOfGroup>> {
  const row = await findConference(c.env.db, slug, c.get('access'))
  if (!row) return problem(c, refused('not_found'))
  return row.deletedAt === null ? row : problem(c, refused('gone'))
}

export async function talkOr404(c: AppContext, slug: string): Promise<Found<FullTalk>> {
  const row = await findTalk(c.env.db, slug, c.get('access'))
  if (!row) return problem(c, refused('not_found'))
  return row.deletedAt === null ? row : problem(c, refused('gone'))
}

/** The same for a request that changes it: by its organizers, in the version that If-Match names. */
export function changeable<T extends { groupId: string | null; changeId: string }>(
  c: AppContext,
  row: Found<T>,
): Found<T> {
  if (row instanceof Response) return row
  const denied = notAllowed(c, row.groupId)
  if (denied) return denied
  const expected = expectedVersion(c)
  return expected === undefined || expected === row.changeId ? row : problem(c, refused('stale'))
}

/** The group that a new conference or talk names, if the bearer organizes it; without a name null, for the operator. */
export async function groupToWriteFor(c: AppContext, slug: string | undefined) {
  if (slug === undefined) return notAllowed(c, null)
  const group = await findGroup(c.env.db, slug, c.get('access'))
  if (!group || group.deletedAt !== null) return problem(c, invalid({ path: 'group', message: 'is no group here' }))
  return notAllowed(c, group.id) ?? group
}
