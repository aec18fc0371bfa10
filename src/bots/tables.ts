import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const bots = sqliteTable('bots', {
  id: text('id').primaryKey().notNull(),
  groupId: text('group_id').notNull(),
  name: text('name').notNull(),
  /** Where its logs stand, to fetch them. */
  url: text('url'),
  /** JSON: folders, rooms and names of meetings that are the group's; none: what its events say. */
  teams: text('teams').notNull(),
  secret: text('secret').notNull(),
  nextAt: integer('next_at'),
  leasedUntil: integer('leased_until'),
  checkedAt: integer('checked_at'),
  failures: integer('failures').notNull(),
  error: text('error'),
  createdAt: integer('created_at').notNull(),
  deletedAt: integer('deleted_at'),
  changeId: text('change_id').notNull(),
})

/** Calls that were answered, and addresses that were fetched: again, they do nothing. */
export const botCalls = sqliteTable(
  'bot_calls',
  {
    botId: text('bot_id').notNull(),
    callId: text('call_id').notNull(),
    at: integer('at').notNull(),
    /** Null while it is under way. */
    status: integer('status'),
    answer: text('answer'),
  },
  (table) => [primaryKey({ columns: [table.botId, table.callId] })],
)
