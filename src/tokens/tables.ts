import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const tokens = sqliteTable('tokens', {
  id: text('id').primaryKey().notNull(),
  name: text('name').notNull(),
  hash: text('hash').notNull(),
  groupId: text('group_id'),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at'),
  revokedAt: integer('revoked_at'),
  /** JSON: what it may do in its group; null is all but the team. */
  verbs: text('verbs'),
  /** To the hour. */
  lastUsedAt: integer('last_used_at'),
})
