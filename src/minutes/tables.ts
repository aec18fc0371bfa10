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

/** What was to be talked about on a date, and what was; its links are the event's. */
export const records = sqliteTable('records', {
  key: integer('key').primaryKey().notNull(),
  eventId: text('event_id').notNull(),
  occurrence: text('occurrence').notNull(),
  /** JSON, as `rules.ts` has them. */
  agenda: text('agenda').notNull(),
  topics: text('topics').notNull(),
  decisions: text('decisions').notNull(),
  attendance: text('attendance').notNull(),
  /** The change of the minutes that were made of a log; as long as they carry it nobody has written others. */
  writtenBy: text('written_by'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  changeId: text('change_id').notNull(),
})

/** What somebody took upon themselves. */
export const actions = sqliteTable('actions', {
  id: text('id').primaryKey().notNull(),
  eventId: text('event_id').notNull(),
  /** The date at which it was said. */
  occurrence: text('occurrence').notNull(),
  text: text('text').notNull(),
  owner: text('owner'),
  fromLog: integer('from_log').notNull(),
  doneAt: integer('done_at'),
  createdAt: integer('created_at').notNull(),
  changeId: text('change_id').notNull(),
})

/** Logs as they came, and what was read in them. */
export const logs = sqliteTable('logs', {
  key: integer('key').primaryKey().notNull(),
  groupId: text('group_id').notNull(),
  eventId: text('event_id').notNull(),
  occurrence: text('occurrence').notNull(),
  hash: text('hash').notNull(),
  name: text('name').notNull(),
  url: text('url'),
  startedAt: integer('started_at').notNull(),
  /** JSON: a `Meeting` of `bots/log.ts`. */
  meeting: text('meeting').notNull(),
  text: text('text').notNull(),
  receivedAt: integer('received_at').notNull(),
})

/** Who asked not to be counted: nicks in lower case. */
export const uncounted = sqliteTable(
  'uncounted',
  {
    groupId: text('group_id').notNull(),
    nick: text('nick').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.nick] })],
)
