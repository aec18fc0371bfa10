import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const mails = sqliteTable('mails', {
  /** The change in the journal that the mail tells of. */
  seq: integer('seq').notNull(),
  rsvpId: text('rsvp_id').notNull(),
  eventId: text('event_id').notNull(),
  kind: text('kind').notNull(),
  state: text('state', { enum: ['due', 'sent', 'failed', 'dropped'] }).notNull(),
  tries: integer('tries').notNull(),
  dueAt: integer('due_at').notNull(),
  /** Until when one process is sending it. */
  leasedUntil: integer('leased_until'),
  sentAt: integer('sent_at'),
  error: text('error'),
})

/** Who wants no reminders and messages of a group. */
export const unsubscribed = sqliteTable(
  'unsubscribed',
  {
    groupId: text('group_id').notNull(),
    /** SHA-256 of the group's id and the address. */
    hash: text('hash').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.hash] })],
)

/** Mails to who runs things. */
export const notices = sqliteTable('notices', {
  seq: integer('seq').primaryKey().notNull(),
  name: text('name').notNull(),
  email: text('email').notNull(),
  subject: text('subject').notNull(),
  text: text('text').notNull(),
  state: text('state', { enum: ['due', 'sent', 'failed', 'dropped'] }).notNull(),
  tries: integer('tries').notNull(),
  dueAt: integer('due_at').notNull(),
  leasedUntil: integer('leased_until'),
  sentAt: integer('sent_at'),
  error: text('error'),
})

export const messages = sqliteTable('messages', {
  id: text('id').primaryKey().notNull(),
  eventId: text('event_id').notNull(),
  subject: text('subject').notNull(),
  text: text('text').notNull(),
  createdAt: integer('created_at').notNull(),
  changeId: text('change_id').notNull(),
})
