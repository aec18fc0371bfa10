import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const webhooks = sqliteTable('webhooks', {
  id: text('id').primaryKey().notNull(),
  groupId: text('group_id'),
  url: text('url').notNull(),
  /** JSON: kinds of changes; none means all. */
  types: text('types').notNull(),
  /** Who is told when it is switched off. */
  contact: text('contact'),
  secret: text('secret').notNull(),
  oldSecret: text('old_secret'),
  oldSecretUntil: integer('old_secret_until'),
  fromSeq: integer('from_seq').notNull(),
  failingSince: integer('failing_since'),
  offAt: integer('off_at'),
  offReason: text('off_reason'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  deletedAt: integer('deleted_at'),
  changeId: text('change_id').notNull(),
})

export const deliveries = sqliteTable('webhook_deliveries', {
  /** The change in the journal that it tells of. */
  seq: integer('seq').notNull(),
  webhookId: text('webhook_id').notNull(),
  state: text('state', { enum: ['due', 'sent', 'failed', 'dropped'] }).notNull(),
  tries: integer('tries').notNull(),
  dueAt: integer('due_at').notNull(),
  leasedUntil: integer('leased_until'),
  sentAt: integer('sent_at'),
  error: text('error'),
})
