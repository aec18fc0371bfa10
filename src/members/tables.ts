import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const members = sqliteTable('members', {
  id: text('id').primaryKey().notNull(),
  groupId: text('group_id').notNull(),
  name: text('name').notNull(),
  /** What they are called in chat. */
  nick: text('nick'),
  role: text('role', { enum: ['member', 'chair', 'organizer'] }).notNull(),
  url: text('url'),
  joinedOn: text('joined_on').notNull(),
  leftOn: text('left_on'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  changeId: text('change_id').notNull(),
  /** For whom they work, or with whom they come. */
  affiliation: text('affiliation'),
  /** 1: only the group's own people see them. */
  hidden: integer('hidden').notNull(),
})
