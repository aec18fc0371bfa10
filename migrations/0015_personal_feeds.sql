-- Calendars of what one person has answered and starred. The name of a feed has the hash of its secret; a person, who is an
-- address that was proven by mail, may have several, and renewing ends them all.
CREATE TABLE personal_feeds (
  feed TEXT PRIMARY KEY NOT NULL,
  email_key TEXT NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX personal_feeds_by_address ON personal_feeds (email_key);
--> statement-breakpoint
CREATE TABLE stars (
  email_key TEXT NOT NULL,
  talk_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (email_key, talk_id)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX rsvps_by_person ON rsvps (email_key);
--> statement-breakpoint
CREATE TRIGGER rsvps_inserted_personal AFTER INSERT ON rsvps
WHEN EXISTS (SELECT 1 FROM personal_feeds WHERE email_key = NEW.email_key) BEGIN
  INSERT INTO feed_versions (feed, version, updated_at)
  SELECT feed, NEW.change_id, NEW.updated_at FROM personal_feeds WHERE email_key = NEW.email_key
  ON CONFLICT DO UPDATE SET version = excluded.version, updated_at = max(excluded.updated_at, feed_versions.updated_at + 1);
  INSERT OR IGNORE INTO feed_parts (part, feed)
  SELECT 'e/' || NEW.event_id, feed FROM personal_feeds WHERE email_key = NEW.email_key;
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_updated_personal AFTER UPDATE OF event_id, occurrence, response, place, email_key ON rsvps
WHEN EXISTS (SELECT 1 FROM personal_feeds WHERE email_key IN (OLD.email_key, NEW.email_key)) BEGIN
  INSERT INTO feed_versions (feed, version, updated_at)
  SELECT feed, NEW.change_id || '.' || NEW.occurrence, NEW.updated_at FROM personal_feeds WHERE email_key IN (OLD.email_key, NEW.email_key)
  ON CONFLICT DO UPDATE SET version = excluded.version, updated_at = max(excluded.updated_at, feed_versions.updated_at + 1);
  INSERT OR IGNORE INTO feed_parts (part, feed)
  SELECT 'e/' || NEW.event_id, feed FROM personal_feeds WHERE email_key = NEW.email_key;
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_deleted_personal AFTER DELETE ON rsvps
WHEN EXISTS (SELECT 1 FROM personal_feeds WHERE email_key = OLD.email_key) BEGIN
  INSERT INTO feed_versions (feed, version, updated_at)
  SELECT feed, OLD.change_id || '.gone', OLD.updated_at FROM personal_feeds WHERE email_key = OLD.email_key
  ON CONFLICT DO UPDATE SET version = excluded.version, updated_at = max(excluded.updated_at, feed_versions.updated_at + 1);
END;
