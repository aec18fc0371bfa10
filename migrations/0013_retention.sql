-- When the first of an event's answers have been kept long enough; null where nothing is to go.
ALTER TABLE events ADD COLUMN purge_at INTEGER;
--> statement-breakpoint
CREATE INDEX events_to_purge ON events (purge_at) WHERE purge_at IS NOT NULL;
