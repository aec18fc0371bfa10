-- Links for those who stand at the door. Only the hash of their secret is kept.
CREATE TABLE door_links (
  id TEXT PRIMARY KEY NOT NULL,
  event_id TEXT NOT NULL REFERENCES events (id),
  occurrence TEXT NOT NULL,
  hash TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER,
  change_id TEXT NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX door_links_by_event ON door_links (event_id, id);
