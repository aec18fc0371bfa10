import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Who asked for the monthly mail of a group. */
export const digests = sqliteTable('digests', {
  id: text('id').primaryKey().notNull(),
  groupId: text('group_id').notNull(),
  email: text('email').notNull(),
  /** The address in lower case: one for each and group. */
  emailKey: text('email_key').notNull(),
  language: text('language'),
  createdAt: integer('created_at').notNull(),
  /** When its owner said that it is meant. */
  confirmedAt: integer('confirmed_at'),
  /** When the next one goes out; null before that. */
  nextAt: integer('next_at'),
  changeId: text('change_id').notNull(),
  /** Whether a mail comes before each stream too. */
  streams: integer('streams').notNull(),
})

/** The hashes of the links in their mails. */
export const digestLinks = sqliteTable(
  'digest_links',
  {
    digestId: text('digest_id').notNull(),
    hash: text('hash').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.digestId, table.hash] })],
)

export const digestMails = sqliteTable('digest_mails', {
  seq: integer('seq').primaryKey().notNull(),
  digestId: text('digest_id').notNull(),
  /** A month such as `2026-12`; `stream` with an event and a date; else the hour in which somebody asked for it: the mail asks whether it was them. */
  period: text('period').notNull(),
  state: text('state', { enum: ['due', 'sent', 'failed', 'dropped'] }).notNull(),
  tries: integer('tries').notNull(),
  dueAt: integer('due_at').notNull(),
  leasedUntil: integer('leased_until'),
  sentAt: integer('sent_at'),
  error: text('error'),
})
