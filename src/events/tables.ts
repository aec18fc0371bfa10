import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const events = sqliteTable('events', {
  id: text('id').primaryKey().notNull(),
  uid: text('uid').notNull(),
  groupId: text('group_id').notNull(),
  kind: text('kind').notNull(),
  title: text('title').notNull(),
  status: text('status', { enum: ['tentative', 'confirmed', 'cancelled'] }).notNull(),
  startsLocal: text('starts_local').notNull(),
  /** IANA name; null for all-day events. */
  timeZone: text('time_zone'),
  duration: text('duration').notNull(),
  recurrenceRule: text('recurrence_rule'),
  /** Unix seconds of the first start. */
  startsAt: integer('starts_at').notNull(),
  /** Unix seconds of the last end; null for a series without one. */
  endsAt: integer('ends_at'),
  /** JSON: an array of strings. */
  keywords: text('keywords').notNull(),
  /** JSON: the whole event as `schema.ts` has it. The other columns repeat what SQL needs of it. */
  details: text('details').notNull(),
  rsvpEnabled: integer('rsvp_enabled').notNull(),
  rsvpOpensAt: integer('rsvp_opens_at'),
  rsvpClosesAt: integer('rsvp_closes_at'),
  rsvpWaitlist: integer('rsvp_waitlist').notNull(),
  rsvpGuestsMax: integer('rsvp_guests_max').notNull(),
  rsvpConfirmation: text('rsvp_confirmation', { enum: ['none', 'email'] }).notNull(),
  rsvpQuestions: text('rsvp_questions').notNull(),
  /** Places in number; null: without limit. */
  capacityInPerson: integer('capacity_in_person'),
  capacityRemote: integer('capacity_remote'),
  sequence: integer('sequence').notNull(),
  /** Where an imported event came from, so that a second import finds it. */
  importKey: text('import_key'),
  /** The event's VEVENTs, rendered when it was written. */
  ics: text('ics').notNull(),
  /** The same with called-off dates shown; null where there is no difference. */
  icsMarked: text('ics_marked'),
  /** The renderer that wrote `ics`; another one's text is rendered anew. */
  icsRenderer: text('ics_renderer').notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  cancelledAt: integer('cancelled_at'),
  deletedAt: integer('deleted_at'),
  /** The change that last wrote the row: its version. */
  changeId: text('change_id').notNull(),
  /** Until when the dates are in `ics` where they are written out one by one; null where it holds for ever. */
  icsUntil: integer('ics_until'),
  /** When the first of its answers have been kept long enough; null where nothing is to go. */
  purgeAt: integer('purge_at'),
})
