import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const importSources = sqliteTable('import_sources', {
  groupId: text('group_id').notNull(),
  importKey: text('import_key').notNull(),
  eventId: text('event_id').notNull(),
  /** JSON: what the source said, as its importer keeps it. */
  source: text('source').notNull(),
  /** Whether the event is one that twins were joined into: its source does not speak for it any more. */
  isJoined: integer('is_joined').notNull(),
})
