-- What is known of each address that a resource has, however many talks have it; due when `next_at` has come.
CREATE TABLE links (
  url TEXT PRIMARY KEY NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('unknown', 'ok', 'dead')),
  detail TEXT,
  failures INTEGER NOT NULL,
  checked_at INTEGER,
  ok_at INTEGER,
  next_at INTEGER NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX links_due ON links (next_at);
--> statement-breakpoint
CREATE INDEX links_dead ON links (status) WHERE status = 'dead';
--> statement-breakpoint
CREATE INDEX resources_by_url ON resources (url);
--> statement-breakpoint
-- The hosts that are asked, each by one process at a time, and not before `next_at`.
CREATE TABLE link_hosts (
  origin TEXT PRIMARY KEY NOT NULL,
  next_at INTEGER NOT NULL,
  robots TEXT,
  robots_at INTEGER
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO links (url, status, failures, next_at) SELECT DISTINCT url, 'unknown', 0, 0 FROM resources;
--> statement-breakpoint
CREATE TRIGGER resources_inserted_link AFTER INSERT ON resources BEGIN
  INSERT OR IGNORE INTO links (url, status, failures, next_at) VALUES (NEW.url, 'unknown', 0, 0);
END;
--> statement-breakpoint
-- Links with which somebody without an account hands in slides of one talk. Only the hash of their secret is kept.
CREATE TABLE hand_in_links (
  id TEXT PRIMARY KEY NOT NULL,
  talk_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  name TEXT NOT NULL,
  given TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  revoked_at INTEGER,
  change_id TEXT NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX hand_in_links_by_talk ON hand_in_links (talk_id, id);
--> statement-breakpoint
CREATE INDEX hand_in_links_by_change ON hand_in_links (change_id);
--> statement-breakpoint
-- The feed of all talks.
INSERT INTO feed_versions (feed, version, updated_at)
SELECT 'talks', change_id, updated_at FROM talks WHERE is_public = 1 ORDER BY updated_at DESC, key DESC LIMIT 1;
