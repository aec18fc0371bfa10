import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const personalFeeds = sqliteTable('personal_feeds', {
  /** Its key in `feed_versions`, which has the hash of its secret. */
  feed: text('feed').primaryKey().notNull(),
  /** The address in lower case. */
  emailKey: text('email_key').notNull(),
  createdAt: integer('created_at').notNull(),
})

export const stars = sqliteTable('stars', {
  emailKey: text('email_key').notNull(),
  talkId: text('talk_id').notNull(),
  createdAt: integer('created_at').notNull(),
})
