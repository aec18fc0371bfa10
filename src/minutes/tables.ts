import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const minutes = sqliteTable(
  'minutes',
  {
    eventId: text('event_id').notNull(),
    /** The date's RECURRENCE-ID. */
    occurrence: text('occurrence').notNull(),
    /** Markdown. */
    text: text('text').notNull(),
    url: text('url'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    changeId: text('change_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.eventId, table.occurrence] })],
)
