-- Groups, their members and events, the journal of changes, the versions of the feeds.
CREATE TABLE groups (
  id TEXT PRIMARY KEY NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  visibility TEXT NOT NULL CHECK (visibility IN ('public', 'private')),
  time_zone TEXT NOT NULL,
  links TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER,
  change_id TEXT NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE members (
  id TEXT PRIMARY KEY NOT NULL,
  group_id TEXT NOT NULL REFERENCES groups (id),
  name TEXT NOT NULL,
  nick TEXT,
  role TEXT NOT NULL CHECK (role IN ('member', 'chair', 'organizer')),
  url TEXT,
  joined_on TEXT NOT NULL,
  left_on TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  change_id TEXT NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX members_by_group ON members (group_id, joined_on, id);
--> statement-breakpoint
CREATE TABLE events (
  id TEXT PRIMARY KEY NOT NULL,
  uid TEXT NOT NULL UNIQUE,
  group_id TEXT NOT NULL REFERENCES groups (id),
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('tentative', 'confirmed', 'cancelled')),
  starts_local TEXT NOT NULL,
  time_zone TEXT,
  duration TEXT NOT NULL,
  recurrence_rule TEXT,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER,
  keywords TEXT NOT NULL,
  details TEXT NOT NULL,
  rsvp_enabled INTEGER NOT NULL,
  rsvp_opens_at INTEGER,
  rsvp_closes_at INTEGER,
  rsvp_waitlist INTEGER NOT NULL,
  rsvp_guests_max INTEGER NOT NULL,
  rsvp_confirmation TEXT NOT NULL CHECK (rsvp_confirmation IN ('none', 'email')),
  rsvp_questions TEXT NOT NULL,
  capacity_in_person INTEGER,
  capacity_remote INTEGER,
  sequence INTEGER NOT NULL,
  import_key TEXT,
  ics TEXT NOT NULL,
  ics_marked TEXT,
  ics_renderer TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  cancelled_at INTEGER,
  deleted_at INTEGER,
  change_id TEXT NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX events_by_group ON events (group_id, starts_at, id) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX events_by_start ON events (starts_at, id) WHERE deleted_at IS NULL;
--> statement-breakpoint
-- The zones that a feed needs are read from this index alone.
CREATE INDEX events_series ON events (group_id, time_zone, starts_local) WHERE recurrence_rule IS NOT NULL AND deleted_at IS NULL;
--> statement-breakpoint
-- Finds the texts of an older renderer without reading the others.
CREATE INDEX events_by_renderer ON events (ics_renderer);
--> statement-breakpoint
CREATE UNIQUE INDEX events_by_import_key ON events (group_id, import_key) WHERE import_key IS NOT NULL;
--> statement-breakpoint
CREATE TABLE changes (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  group_id TEXT,
  at INTEGER NOT NULL,
  payload TEXT NOT NULL
);
--> statement-breakpoint
CREATE TABLE feed_versions (
  feed TEXT PRIMARY KEY NOT NULL,
  version TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) WITHOUT ROWID;
