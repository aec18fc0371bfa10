import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const reports = sqliteTable('reports', {
  id: text('id').primaryKey().notNull(),
  groupId: text('group_id').notNull(),
  /** The period: `2022Q4`, or two days with `--` between them. */
  name: text('name').notNull(),
  /** JSON: what a person wrote, `Section[]`. */
  sections: text('sections').notNull(),
  /** Empty for the one that is made of the group and the period. */
  title: text('title').notNull(),
  /** As it was published; null before that. */
  markdown: text('markdown'),
  /** JSON, the same. */
  data: text('data'),
  /** The name of the report that was published before it. */
  previous: text('previous'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  publishedAt: integer('published_at'),
  changeId: text('change_id').notNull(),
})
