import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const conferences = sqliteTable('conferences', {
  id: text('id').primaryKey().notNull(),
  slug: text('slug').notNull(),
  title: text('title').notNull(),
  acronym: text('acronym'),
  description: text('description').notNull(),
  startsOn: text('starts_on'),
  endsOn: text('ends_on'),
  timeZone: text('time_zone').notNull(),
  venue: text('venue'),
  city: text('city'),
  sourceUrl: text('source_url'),
  groupId: text('group_id'),
  /** JSON: the rooms in the order of the schedule. */
  rooms: text('rooms').notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  deletedAt: integer('deleted_at'),
  changeId: text('change_id').notNull(),
})

export const talks = sqliteTable('talks', {
  /** The row's number, for the full-text index. */
  key: integer('key').primaryKey(),
  id: text('id').notNull(),
  slug: text('slug').notNull(),
  conferenceId: text('conference_id'),
  groupId: text('group_id'),
  /** What the imported schedule calls it. */
  externalId: text('external_id'),
  guid: text('guid'),
  title: text('title').notNull(),
  subtitle: text('subtitle').notNull(),
  abstract: text('abstract').notNull(),
  description: text('description').notNull(),
  track: text('track'),
  room: text('room'),
  type: text('type'),
  language: text('language'),
  startsLocal: text('starts_local'),
  timeZone: text('time_zone'),
  duration: text('duration'),
  /** Unix seconds; 0 where nobody knows. */
  startsAt: integer('starts_at').notNull(),
  year: integer('year'),
  sourceUrl: text('source_url'),
  /** JSON: an array of strings. */
  keywords: text('keywords').notNull(),
  /** All names of the speakers, and the keywords again: for the full-text index. */
  speakerNames: text('speaker_names').notNull(),
  keywordNames: text('keyword_names').notNull(),
  /** The types of its resources, with spaces around each: ` slides recording `. */
  resourceTypes: text('resource_types').notNull(),
  /** Whether strangers see it: not deleted, and of no private group. Only these are in the index. */
  isPublic: integer('is_public').notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  deletedAt: integer('deleted_at'),
  changeId: text('change_id').notNull(),
  /** Grows with each change that a subscriber of its feeds sees. */
  sequence: integer('sequence').notNull(),
  /** Made from its id once and never again. */
  uid: text('uid').notNull(),
  /** What wrote its VEVENT when it was last written, and with which zone data its instant was worked out. */
  icsRenderer: text('ics_renderer').notNull(),
  status: text('status', { enum: ['tentative', 'confirmed', 'cancelled'] }).notNull(),
  /** Whether a speaker asked not to be recorded. */
  doNotRecord: integer('do_not_record').notNull(),
  /** An SPDX expression. */
  licence: text('licence'),
  /** JSON: the languages in which there are captions. */
  captioned: text('captioned').notNull(),
  /** JSON: its speakers, resources, conference and group as lists show them; the database makes it (`talk_cards`). */
  card: text('card'),
  /** What it can be narrowed by, as words for the index; made with the card. */
  filters: text('filters').notNull(),
})

/** What was said in a talk, in one language. */
export const captions = sqliteTable('captions', {
  talkId: text('talk_id').notNull(),
  language: text('language').notNull(),
  /** Which keys of `passages` are its own. */
  slot: integer('slot').notNull(),
  cues: integer('cues').notNull(),
  /** Its words, for the index of whole talks. */
  words: text('words').notNull(),
  updatedAt: integer('updated_at').notNull(),
  changeId: text('change_id').notNull(),
})

/** A few cues: a line of `text` and a `[start, end]` of `times` for each, in milliseconds. */
export const passages = sqliteTable('passages', {
  key: integer('key').primaryKey(),
  text: text('text').notNull(),
  times: text('times').notNull(),
})

export const speakers = sqliteTable('speakers', {
  id: text('id').primaryKey().notNull(),
  slug: text('slug').notNull(),
  /** The name as it is compared: who has the same one is the same person. */
  nameKey: text('name_key').notNull(),
  name: text('name').notNull(),
  biography: text('biography').notNull(),
  url: text('url'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  changeId: text('change_id').notNull(),
})

/** Other names of a person. */
export const speakerAliases = sqliteTable('speaker_aliases', {
  nameKey: text('name_key').primaryKey().notNull(),
  name: text('name').notNull(),
  speakerId: text('speaker_id').notNull(),
})

/** Addresses of persons who turned out to be another. */
export const speakerRedirects = sqliteTable('speaker_redirects', {
  slug: text('slug').primaryKey().notNull(),
  speakerId: text('speaker_id').notNull(),
})

/** Who asked to be left out: hashes of the names as they are compared. */
export const forgottenNames = sqliteTable('forgotten_names', {
  hash: text('hash').primaryKey().notNull(),
  at: integer('at').notNull(),
})

/** The persons of an imported schedule, by the number it gives them. */
export const conferencePersons = sqliteTable('conference_persons', {
  conferenceId: text('conference_id').notNull(),
  externalId: text('external_id').notNull(),
  speakerId: text('speaker_id').notNull(),
})

export const talkSpeakers = sqliteTable('talk_speakers', {
  talkId: text('talk_id').notNull(),
  speakerId: text('speaker_id').notNull(),
  place: integer('place').notNull(),
})

export const resources = sqliteTable('resources', {
  talkId: text('talk_id').notNull(),
  place: integer('place').notNull(),
  type: text('type', { enum: ['slides', 'recording', 'captions', 'paper', 'code', 'other'] }).notNull(),
  url: text('url').notNull(),
  title: text('title').notNull(),
  mimeType: text('mime_type'),
  language: text('language'),
  /** An SPDX expression. */
  licence: text('licence'),
  /** Bytes. */
  size: integer('size'),
  /** As its source calls it: `1080p`, `hd`. */
  quality: text('quality'),
})

/** What is known of the addresses that resources have. */
export const links = sqliteTable('links', {
  url: text('url').primaryKey().notNull(),
  status: text('status', { enum: ['unknown', 'ok', 'dead'] }).notNull(),
  /** Why it is not ok, in words. */
  detail: text('detail'),
  /** How many checks in a row found nothing there. */
  failures: integer('failures').notNull(),
  checkedAt: integer('checked_at'),
  okAt: integer('ok_at'),
  nextAt: integer('next_at').notNull(),
})

/** The hosts of those addresses: when they may be asked again, and the robots.txt they gave. */
export const linkHosts = sqliteTable('link_hosts', {
  origin: text('origin').primaryKey().notNull(),
  nextAt: integer('next_at').notNull(),
  /** JSON: what it says for us. */
  robots: text('robots'),
  robotsAt: integer('robots_at'),
})

/** Links with which somebody hands in resources of a talk. */
export const handInLinks = sqliteTable('hand_in_links', {
  id: text('id').primaryKey().notNull(),
  talkId: text('talk_id').notNull(),
  hash: text('hash').notNull(),
  /** Whom it was made for. */
  name: text('name').notNull(),
  /** JSON: the addresses that came by it, which it can take back. */
  given: text('given').notNull(),
  createdAt: integer('created_at').notNull(),
  endsAt: integer('ends_at').notNull(),
  revokedAt: integer('revoked_at'),
  changeId: text('change_id').notNull(),
})
