-- Feeds of one's own choosing, without an account; and which feeds a change of a group or an event is shown in.
CREATE TABLE subscriptions (
  id TEXT PRIMARY KEY NOT NULL,
  secret_hash TEXT NOT NULL,
  choice TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  change_id TEXT NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX subscriptions_by_change ON subscriptions (change_id);
--> statement-breakpoint
CREATE TABLE feed_parts (
  part TEXT NOT NULL,
  feed TEXT NOT NULL,
  PRIMARY KEY (part, feed)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX feed_parts_by_feed ON feed_parts (feed);
