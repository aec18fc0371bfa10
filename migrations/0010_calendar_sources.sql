-- Calendars of other programs that a group subscribes to, and when an event was last missing in its own.
CREATE TABLE calendar_sources (
  id TEXT PRIMARY KEY NOT NULL,
  group_id TEXT NOT NULL REFERENCES groups (id),
  url TEXT NOT NULL,
  name TEXT,
  every_seconds INTEGER NOT NULL,
  etag TEXT,
  last_modified TEXT,
  next_at INTEGER NOT NULL,
  leased_until INTEGER,
  checked_at INTEGER,
  changed_at INTEGER,
  failures INTEGER NOT NULL,
  error TEXT,
  created_at INTEGER NOT NULL,
  change_id TEXT NOT NULL,
  UNIQUE (group_id, url)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX calendar_sources_due ON calendar_sources (next_at);
--> statement-breakpoint
ALTER TABLE import_sources ADD COLUMN gone_at INTEGER;
