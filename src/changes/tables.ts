import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

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

/** Who made which change: organizers, tokens and the operator, not guests. */
export const audit = sqliteTable('audit', {
  seq: integer('seq').primaryKey().notNull(),
  groupId: text('group_id'),
  /** `account:…`, `token:…` or `operator`. */
  actor: text('actor').notNull(),
  at: integer('at').notNull(),
})

/** What was changed; written by triggers. */
export const auditValues = sqliteTable(
  'audit_values',
  {
    changeId: text('change_id').notNull(),
    subjectId: text('subject_id').notNull(),
    /** JSON. */
    before: text('before').notNull(),
    after: text('after').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.changeId, table.subjectId] })],
)
