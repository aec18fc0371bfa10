/** Reports in the news of their group; calendars show none. */
import { type SQL, sql } from 'drizzle-orm'
import { kindOf } from '../events/kinds/index.ts'
import { toLocal } from '../time/zone.ts'
import { type FeedSource, type Item, reading } from './feed.ts'

type Row = {
  id: string
  slug: string
  group: string
  name: string
  title: string
  markdown: string
  publishedAt: number
}

/** The published reports of the groups that fit. */
export const reportsWhere = (where: SQL): FeedSource => ({
  vevents: () => reading([], () => ({ text: '', zones: [] })),
  items: (_, limit) =>
    reading(
      [
        sql<Row>`SELECT reports.id AS id, slug AS slug, groups.name AS "group", reports.name AS name, title AS title,
            markdown AS markdown, published_at AS "publishedAt" FROM reports JOIN groups ON groups.id = reports.group_id
          WHERE published_at IS NOT NULL AND ${where} ORDER BY published_at DESC LIMIT ${limit}`,
      ],
      (rows) => rows.map(itemOf),
    ),
})

const itemOf = ({ id, slug, group, name, title, markdown, publishedAt }: Row): Item => ({
  uid: `report-${id}`,
  sequence: 0,
  createdAt: publishedAt,
  updatedAt: publishedAt,
  path: `/g/${slug}/reports/${name}`,
  isUndated: true,
  event: {
    kind: 'meeting',
    title: title || `${group}: ${name}`,
    start: toLocal(publishedAt, 'UTC'),
    timeZone: 'UTC',
    duration: kindOf('meeting').duration,
    showWithoutTime: false,
    recurrenceOverrides: {},
    description: markdown,
    status: 'confirmed',
    locations: [],
    virtualLocations: [],
    links: [],
    keywords: [],
  },
})
