import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const groups = sqliteTable('groups', {
  id: text('id').primaryKey().notNull(),
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  description: text('description').notNull(),
  visibility: text('visibility', { enum: ['public', 'private'] }).notNull(),
  timeZone: text('time_zone').notNull(),
  /** JSON: links as JSCalendar has them. */
  links: text('links').notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  deletedAt: integer('deleted_at'),
  /** The change that last wrote the row: its version. */
  changeId: text('change_id').notNull(),
  /** Markdown: how one becomes a member. */
  howToJoin: text('how_to_join').notNull(),
  /** Markdown with `{{parts}}`: how its reports are put together; empty: as ours are. */
  reportTemplate: text('report_template').notNull(),
})
