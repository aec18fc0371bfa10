import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const limits = sqliteTable('limits', {
  /** A hash of what is limited, and for whom. */
  key: text('key').primaryKey().notNull(),
  tokens: real('tokens').notNull(),
  at: integer('at').notNull(),
  /** From when on it is as if nothing had been taken. */
  fullAt: integer('full_at').notNull(),
})

export const limitSalts = sqliteTable('limit_salts', {
  day: integer('day').primaryKey().notNull(),
  salt: text('salt').notNull(),
})
