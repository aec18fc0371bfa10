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
  /** The number in line; only the order counts, there are gaps. Null for who stands in none. */
  position: integer('position'),
  /** JSON: answers by the question's id. */
  answers: text('answers').notNull(),
  note: text('note').notNull(),
  /** SHA-256 of the manage token; empty where nobody was given one. */
  manageHash: text('manage_hash').notNull(),
  checkedInAt: integer('checked_in_at'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  changeId: text('change_id').notNull(),
  /** The seat that is wished for by who takes part from elsewhere until then. */
  waitsFor: text('waits_for', { enum: ['inPerson'] }),
  /** Until when an answer that is not confirmed keeps its places; null where it keeps none. */
  heldUntil: integer('held_until'),
  confirmedAt: integer('confirmed_at'),
  /** JSON: the options with few places that were chosen, as `optionKey` writes them; null where there is none. */
  options: text('options'),
  /** For one date: how many seats of the guest's standing answer it stands in for, and where those are. */
  standing: integer('standing').notNull(),
  standingAttendance: text('standing_attendance'),
  /** Who made it: the guest, an organizer, the door, a file, or a standing answer that found this date full. */
  source: text('source', { enum: ['guest', 'organizer', 'door', 'file', 'standing'] }).notNull(),
  invitationId: text('invitation_id'),
  /** Whether others may see the name. */
  showName: integer('show_name').notNull(),
  /** How the guest took part; null for who has not come. */
  came: text('came', { enum: ['inPerson', 'remote'] }),
  /** What an organizer said when moving or cancelling it. */
  reason: text('reason'),
  /** When all that names the guest was taken out. */
  purgedAt: integer('purged_at'),
  /** In which language the guest is written to, and by whose clock; null where nobody said. */
  language: text('language'),
  timeZone: text('time_zone'),
})

/** Kept by the triggers of `rsvps`, for each date and way to attend; the numbers are persons, `waiting` is answers. */
export const seatCounters = sqliteTable('seat_counters', {
  eventId: text('event_id').notNull(),
  occurrence: text('occurrence').notNull(),
  attendance: text('attendance', { enum: ['inPerson', 'remote'] }).notNull(),
  taken: integer('taken').notNull(),
  waiting: integer('waiting').notNull(),
  /** The last number in line that was given. */
  lastPosition: integer('last_position').notNull(),
  /** By answers that are not confirmed yet. */
  held: integer('held').notNull(),
  /** Seats of standing answers that this date does not need. */
  skipped: integer('skipped').notNull(),
  came: integer('came').notNull(),
})

export const optionCounters = sqliteTable('option_counters', {
  eventId: text('event_id').notNull(),
  occurrence: text('occurrence').notNull(),
  option: text('option').notNull(),
  taken: integer('taken').notNull(),
})

export const invitations = sqliteTable('invitations', {
  id: text('id').primaryKey().notNull(),
  eventId: text('event_id').notNull(),
  hash: text('hash').notNull(),
  name: text('name').notNull(),
  usesMax: integer('uses_max'),
  used: integer('used').notNull(),
  createdAt: integer('created_at').notNull(),
  revokedAt: integer('revoked_at'),
  changeId: text('change_id').notNull(),
})

export const doorLinks = sqliteTable('door_links', {
  id: text('id').primaryKey().notNull(),
  eventId: text('event_id').notNull(),
  /** The date it is for; empty for a single event, and for every date of a series. */
  occurrence: text('occurrence').notNull(),
  hash: text('hash').notNull(),
  name: text('name').notNull(),
  createdAt: integer('created_at').notNull(),
  revokedAt: integer('revoked_at'),
  changeId: text('change_id').notNull(),
})

export const rsvpLinks = sqliteTable('rsvp_links', {
  rsvpId: text('rsvp_id').notNull(),
  hash: text('hash').notNull(),
  createdAt: integer('created_at').notNull(),
})

export const guestAddresses = sqliteTable('guest_addresses', {
  eventId: text('event_id').notNull(),
  emailKey: text('email_key').notNull(),
  /** SHA-256 of the secret in the address that the guest's calendar program answers to. */
  replyHash: text('reply_hash'),
  /** When the guest did something that only who reads their mails can do. */
  provenAt: integer('proven_at'),
})

/** What a guest's calendar was told last of an answer. */
export const guestCalendars = sqliteTable('guest_calendars', {
  rsvpId: text('rsvp_id').primaryKey().notNull(),
  method: text('method', { enum: ['REQUEST', 'CANCEL'] }).notNull(),
  sequence: integer('sequence').notNull(),
  /** The event's own SEQUENCE that it was told of. */
  base: integer('base').notNull(),
  response: text('response').notNull(),
  asks: integer('asks').notNull(),
  /** The mail that told it, and the one that told it first. */
  mailSeq: integer('mail_seq').notNull(),
  firstSeq: integer('first_seq').notNull(),
})

/** What guests said of it afterwards. */
export const feedback = sqliteTable('feedback', {
  rsvpId: text('rsvp_id').primaryKey().notNull(),
  eventId: text('event_id').notNull(),
  text: text('text').notNull(),
  at: integer('at').notNull(),
})

/** The newest answer that came by mail to each date. */
export const mailReplies = sqliteTable('mail_replies', {
  eventId: text('event_id').notNull(),
  emailKey: text('email_key').notNull(),
  occurrence: text('occurrence').notNull(),
  /** Its DTSTAMP, in Unix seconds. */
  stamp: integer('stamp').notNull(),
  said: text('said').notNull(),
  changeId: text('change_id').notNull(),
})
