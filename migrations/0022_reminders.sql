-- When somebody must look next whether guests of an event are to be reminded; 0 after each change of it.
CREATE TABLE reminders_due (
  event_id TEXT PRIMARY KEY NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX reminders_due_by_time ON reminders_due (at);
--> statement-breakpoint
-- What guests were reminded of: a date that moved is another one.
CREATE TABLE reminders (
  event_id TEXT NOT NULL,
  occurrence TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  before TEXT NOT NULL,
  change_id TEXT NOT NULL,
  PRIMARY KEY (event_id, occurrence, starts_at, before)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER events_inserted_to_remind AFTER INSERT ON events WHEN NEW.rsvp_enabled BEGIN
  INSERT INTO reminders_due (event_id, at) VALUES (NEW.id, 0) ON CONFLICT DO UPDATE SET at = 0;
END;
--> statement-breakpoint
CREATE TRIGGER events_updated_to_remind AFTER UPDATE OF details, status, deleted_at ON events WHEN NEW.rsvp_enabled BEGIN
  INSERT INTO reminders_due (event_id, at) VALUES (NEW.id, 0) ON CONFLICT DO UPDATE SET at = 0;
END;
--> statement-breakpoint
INSERT INTO reminders_due (event_id, at) SELECT id, 0 FROM events WHERE rsvp_enabled AND deleted_at IS NULL;
