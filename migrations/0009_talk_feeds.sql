-- Talks have an identity in calendars as events have one; conferences and speakers have feeds.
ALTER TABLE talks ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
-- Empty until the next start, which knows the host.
ALTER TABLE talks ADD COLUMN uid TEXT NOT NULL DEFAULT '';
--> statement-breakpoint
ALTER TABLE talks ADD COLUMN ics_renderer TEXT NOT NULL DEFAULT '';
--> statement-breakpoint
CREATE INDEX talks_by_renderer ON talks (ics_renderer);
--> statement-breakpoint
INSERT INTO feed_versions (feed, version, updated_at)
SELECT 'c/' || slug, change_id, updated_at FROM conferences
WHERE deleted_at IS NULL AND (group_id IS NULL OR EXISTS (
  SELECT 1 FROM groups WHERE groups.id = conferences.group_id AND groups.visibility = 'public' AND groups.deleted_at IS NULL));
--> statement-breakpoint
INSERT INTO feed_versions (feed, version, updated_at)
SELECT 's/' || speakers.slug, speakers.change_id, max(talks.updated_at)
FROM speakers JOIN talk_speakers ON talk_speakers.speaker_id = speakers.id JOIN talks ON talks.id = talk_speakers.talk_id
WHERE talks.is_public = 1 GROUP BY speakers.id;
