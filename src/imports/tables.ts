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

/** What a format last said of a conference. */
export const scheduleSources = sqliteTable('schedule_sources', {
  conferenceId: text('conference_id').notNull(),
  format: text('format').notNull(),
  /** JSON: title, dates, place as the source had them. */
  head: text('head').notNull(),
})

/** What a format last said of a talk, under the number it gives it. */
export const talkSources = sqliteTable('talk_sources', {
  conferenceId: text('conference_id').notNull(),
  format: text('format').notNull(),
  externalId: text('external_id').notNull(),
  talkId: text('talk_id').notNull(),
  /** JSON: the talk as an input. */
  source: text('source').notNull(),
  /** Whether the talk came into the archive by it: then it is called off when it is gone from there. */
  isMaker: integer('is_maker').notNull(),
  goneAt: integer('gone_at'),
})

/** Each import that changed something; the counts are those of its changes. */
export const scheduleVersions = sqliteTable('schedule_versions', {
  conferenceId: text('conference_id').notNull(),
  number: integer('number').notNull(),
  at: integer('at').notNull(),
  format: text('format').notNull(),
  /** What the source calls the version. */
  sourceVersion: text('source_version'),
  added: integer('added').notNull(),
  moved: integer('moved').notNull(),
  changed: integer('changed').notNull(),
  cancelled: integer('cancelled').notNull(),
  restored: integer('restored').notNull(),
})

/** What changed in a version; of the first one, where everything is new, only the counts are kept. */
export const scheduleChanges = sqliteTable('schedule_changes', {
  conferenceId: text('conference_id').notNull(),
  number: integer('number').notNull(),
  place: integer('place').notNull(),
  talkId: text('talk_id').notNull(),
  kind: text('kind', { enum: ['added', 'moved', 'changed', 'cancelled', 'restored'] }).notNull(),
  /** JSON: the title then, the members that changed, and time and room before and after. */
  detail: text('detail').notNull(),
})
