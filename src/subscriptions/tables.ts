import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const subscriptions = sqliteTable('subscriptions', {
  id: text('id').primaryKey().notNull(),
  secretHash: text('secret_hash').notNull(),
  /** JSON: what `schema.ts` has as Choice. */
  choice: text('choice').notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  changeId: text('change_id').notNull(),
})

/** What a feed is put together from: a change of a part is one of the feed. */
export const feedParts = sqliteTable('feed_parts', {
  part: text('part').notNull(),
  feed: text('feed').notNull(),
})
