import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const importSources = sqliteTable('import_sources', {
  groupId: text('group_id').notNull(),
  importKey: text('import_key').notNull(),
  eventId: text('event_id').notNull(),
  /** JSON: what the source said, as its importer keeps it. */
  source: text('source').notNull(),
  /** Whether the event is one that twins were joined into: its source does not speak for it any more. */
  isJoined: integer('is_joined').notNull(),
  /** When a calendar that is subscribed to had it no more; null where it is there. */
  goneAt: integer('gone_at'),
})

/** Calendars of other programs that a group subscribes to. */
export const calendarSources = sqliteTable('calendar_sources', {
  id: text('id').primaryKey().notNull(),
  groupId: text('group_id').notNull(),
  url: text('url').notNull(),
  name: text('name'),
  everySeconds: integer('every_seconds').notNull(),
  etag: text('etag'),
  lastModified: text('last_modified'),
  nextAt: integer('next_at').notNull(),
  /** Until when one process is reading it. */
  leasedUntil: integer('leased_until'),
  checkedAt: integer('checked_at'),
  changedAt: integer('changed_at'),
  /** In a row: each makes the next try later. */
  failures: integer('failures').notNull(),
  error: text('error'),
  createdAt: integer('created_at').notNull(),
  changeId: text('change_id').notNull(),
})
