import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Where a date really takes place; the empty occurrence is all dates of an event. */
export const rooms = sqliteTable(
  'rooms',
  {
    eventId: text('event_id').notNull(),
    occurrence: text('occurrence').notNull(),
    /** JSON: a `Room`. */
    room: text('room').notNull(),
    updatedAt: integer('updated_at').notNull(),
    changeId: text('change_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.eventId, table.occurrence] })],
)
