import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** The journal: what happened, in order. Mails and webhooks read from it, so they happen exactly when the change did. */
export const changes = sqliteTable('changes', {
  seq: integer('seq').primaryKey().notNull(),
  id: text('id').notNull(),
  kind: text('kind').notNull(),
  subjectId: text('subject_id').notNull(),
  groupId: text('group_id'),
  at: integer('at').notNull(),
  payload: text('payload').notNull(),
})
