import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const rsvps = sqliteTable('rsvps', {
  id: text('id').primaryKey().notNull(),
  eventId: text('event_id').notNull(),
  /** The RECURRENCE-ID of the date that is answered; empty for a single event, and for a standing answer to a series. */
  occurrence: text('occurrence').notNull(),
  /** The address in lower case: one answer for each. */
  emailKey: text('email_key').notNull(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  /** What the guest said. */
  response: text('response', { enum: ['accepted', 'tentative', 'declined'] }).notNull(),
  attendance: text('attendance', { enum: ['inPerson', 'remote'] }).notNull(),
  /** How many come along. */
  guests: integer('guests').notNull(),
  /** What the guest got; null where nothing was asked for. */
  place: text('place', { enum: ['seat', 'waitlist', 'pending'] }),
  /** The number in line; only the order counts, there are gaps. */
  position: integer('position'),
  /** JSON: answers by the question's id. */
  answers: text('answers').notNull(),
  note: text('note').notNull(),
  /** SHA-256 of the manage token. */
  manageHash: text('manage_hash').notNull(),
  checkedInAt: integer('checked_in_at'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  changeId: text('change_id').notNull(),
})

/** Kept by the triggers of `rsvps`: seats taken (persons), answers in line, the last number in line that was given. */
export const seatCounters = sqliteTable('seat_counters', {
  eventId: text('event_id').notNull(),
  occurrence: text('occurrence').notNull(),
  attendance: text('attendance', { enum: ['inPerson', 'remote'] }).notNull(),
  taken: integer('taken').notNull(),
  waiting: integer('waiting').notNull(),
  lastPosition: integer('last_position').notNull(),
})
