-- Answers that wait for a seat while they take part from elsewhere, that hold a place until they are confirmed, that stand
-- for every date of a series, and that choose among options with few places. Their record is written by trigger, so that
-- one answer is one statement.
ALTER TABLE rsvps ADD COLUMN waits_for TEXT CHECK (waits_for IN ('inPerson'));
--> statement-breakpoint
ALTER TABLE rsvps ADD COLUMN held_until INTEGER;
--> statement-breakpoint
ALTER TABLE rsvps ADD COLUMN confirmed_at INTEGER;
--> statement-breakpoint
ALTER TABLE rsvps ADD COLUMN options TEXT;
--> statement-breakpoint
ALTER TABLE rsvps ADD COLUMN standing INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
ALTER TABLE rsvps ADD COLUMN standing_attendance TEXT;
--> statement-breakpoint
ALTER TABLE rsvps ADD COLUMN source TEXT NOT NULL DEFAULT 'guest';
--> statement-breakpoint
ALTER TABLE rsvps ADD COLUMN invitation_id TEXT;
--> statement-breakpoint
ALTER TABLE rsvps ADD COLUMN show_name INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
ALTER TABLE rsvps ADD COLUMN came TEXT CHECK (came IN ('inPerson', 'remote'));
--> statement-breakpoint
ALTER TABLE rsvps ADD COLUMN reason TEXT;
--> statement-breakpoint
ALTER TABLE rsvps ADD COLUMN purged_at INTEGER;
--> statement-breakpoint
-- The line an answer stands in: the one it waits for while it takes part from elsewhere, else its own.
ALTER TABLE rsvps ADD COLUMN line TEXT GENERATED ALWAYS AS (CASE WHEN position IS NULL THEN NULL ELSE coalesce(waits_for, attendance) END) VIRTUAL;
--> statement-breakpoint
CREATE INDEX rsvps_lines ON rsvps (event_id, occurrence, line, position) WHERE position IS NOT NULL;
--> statement-breakpoint
DROP INDEX rsvps_in_line;
--> statement-breakpoint
-- What one person said to single dates of a series.
CREATE INDEX rsvps_of_dates ON rsvps (event_id, email_key) WHERE occurrence <> '';
--> statement-breakpoint
CREATE INDEX rsvps_held ON rsvps (held_until) WHERE held_until IS NOT NULL;
--> statement-breakpoint
-- A new answer carries its own id as its change, so that only later changes are looked up, and indexed.
DROP INDEX rsvps_by_change;
--> statement-breakpoint
CREATE INDEX rsvps_by_change ON rsvps (change_id) WHERE change_id <> id;
--> statement-breakpoint
CREATE INDEX changes_by_subject ON changes (subject_id) WHERE kind <> 'rsvp.answered';
--> statement-breakpoint
-- `held`: by answers that are to be confirmed. `skipped`: seats of standing answers that this date does not need, since
-- their guests answered it otherwise. `came`: who was there, by the way they took part.
ALTER TABLE seat_counters ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
ALTER TABLE seat_counters ADD COLUMN skipped INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
ALTER TABLE seat_counters ADD COLUMN came INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
CREATE TABLE option_counters (
  event_id TEXT NOT NULL REFERENCES events (id),
  occurrence TEXT NOT NULL,
  option TEXT NOT NULL,
  taken INTEGER NOT NULL,
  PRIMARY KEY (event_id, occurrence, option)
) WITHOUT ROWID;
--> statement-breakpoint
DROP TRIGGER rsvps_inserted;
--> statement-breakpoint
DROP TRIGGER rsvps_updated;
--> statement-breakpoint
DROP TRIGGER rsvps_deleted;
--> statement-breakpoint
CREATE TRIGGER rsvps_inserted AFTER INSERT ON rsvps BEGIN
  INSERT INTO seat_counters (event_id, occurrence, attendance, taken, held, waiting, last_position)
  VALUES (NEW.event_id, NEW.occurrence, NEW.attendance,
    CASE NEW.place WHEN 'seat' THEN 1 + NEW.guests ELSE 0 END,
    CASE WHEN NEW.held_until IS NULL THEN 0 ELSE 1 + NEW.guests END,
    CASE WHEN NEW.line = NEW.attendance THEN 1 ELSE 0 END,
    CASE WHEN NEW.line = NEW.attendance THEN NEW.position ELSE 0 END)
  ON CONFLICT DO UPDATE SET taken = taken + excluded.taken, held = held + excluded.held, waiting = waiting + excluded.waiting,
    last_position = max(last_position, excluded.last_position);
  INSERT INTO changes (id, kind, subject_id, group_id, at, payload)
  SELECT NEW.change_id, 'rsvp.answered', NEW.id, group_id, NEW.created_at,
    json_object('event', NEW.event_id, 'place', NEW.place, 'source', NEW.source)
  FROM events WHERE events.id = NEW.event_id;
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_updated AFTER UPDATE OF event_id, occurrence, place, guests, attendance, position, waits_for, held_until ON rsvps BEGIN
  UPDATE seat_counters SET
    taken = taken - CASE OLD.place WHEN 'seat' THEN 1 + OLD.guests ELSE 0 END,
    held = held - CASE WHEN OLD.held_until IS NULL THEN 0 ELSE 1 + OLD.guests END,
    waiting = waiting - CASE WHEN OLD.line = OLD.attendance THEN 1 ELSE 0 END
  WHERE event_id = OLD.event_id AND occurrence = OLD.occurrence AND attendance = OLD.attendance;
  INSERT INTO seat_counters (event_id, occurrence, attendance, taken, held, waiting, last_position)
  VALUES (NEW.event_id, NEW.occurrence, NEW.attendance,
    CASE NEW.place WHEN 'seat' THEN 1 + NEW.guests ELSE 0 END,
    CASE WHEN NEW.held_until IS NULL THEN 0 ELSE 1 + NEW.guests END,
    CASE WHEN NEW.line = NEW.attendance THEN 1 ELSE 0 END,
    CASE WHEN NEW.line = NEW.attendance THEN NEW.position ELSE 0 END)
  ON CONFLICT DO UPDATE SET taken = taken + excluded.taken, held = held + excluded.held, waiting = waiting + excluded.waiting,
    last_position = max(last_position, excluded.last_position);
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_deleted AFTER DELETE ON rsvps BEGIN
  UPDATE seat_counters SET
    taken = taken - CASE OLD.place WHEN 'seat' THEN 1 + OLD.guests ELSE 0 END,
    held = held - CASE WHEN OLD.held_until IS NULL THEN 0 ELSE 1 + OLD.guests END,
    waiting = waiting - CASE WHEN OLD.line = OLD.attendance THEN 1 ELSE 0 END
  WHERE event_id = OLD.event_id AND occurrence = OLD.occurrence AND attendance = OLD.attendance;
END;
--> statement-breakpoint
-- Who takes part from elsewhere and waits for a seat stands in another line than where their place is.
CREATE TRIGGER rsvps_inserted_waiting AFTER INSERT ON rsvps WHEN NEW.line <> NEW.attendance BEGIN
  INSERT INTO seat_counters (event_id, occurrence, attendance, taken, waiting, last_position)
  VALUES (NEW.event_id, NEW.occurrence, NEW.line, 0, 1, NEW.position)
  ON CONFLICT DO UPDATE SET waiting = waiting + 1, last_position = max(last_position, excluded.last_position);
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_updated_waiting AFTER UPDATE OF event_id, occurrence, place, attendance, waits_for, position ON rsvps
WHEN OLD.line <> OLD.attendance OR NEW.line <> NEW.attendance BEGIN
  UPDATE seat_counters SET waiting = waiting - 1
  WHERE OLD.line <> OLD.attendance AND event_id = OLD.event_id AND occurrence = OLD.occurrence AND attendance = OLD.line;
  INSERT INTO seat_counters (event_id, occurrence, attendance, taken, waiting, last_position)
  SELECT NEW.event_id, NEW.occurrence, NEW.line, 0, 1, NEW.position WHERE NEW.line <> NEW.attendance
  ON CONFLICT DO UPDATE SET waiting = waiting + 1, last_position = max(last_position, excluded.last_position);
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_deleted_waiting AFTER DELETE ON rsvps WHEN OLD.line <> OLD.attendance BEGIN
  UPDATE seat_counters SET waiting = waiting - 1
  WHERE event_id = OLD.event_id AND occurrence = OLD.occurrence AND attendance = OLD.line;
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_inserted_standing AFTER INSERT ON rsvps WHEN NEW.standing > 0 BEGIN
  INSERT INTO seat_counters (event_id, occurrence, attendance, taken, waiting, last_position, skipped)
  VALUES (NEW.event_id, NEW.occurrence, NEW.standing_attendance, 0, 0, 0, NEW.standing)
  ON CONFLICT DO UPDATE SET skipped = skipped + excluded.skipped;
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_updated_standing AFTER UPDATE OF event_id, occurrence, standing, standing_attendance ON rsvps
WHEN OLD.standing > 0 OR NEW.standing > 0 BEGIN
  UPDATE seat_counters SET skipped = skipped - OLD.standing
  WHERE event_id = OLD.event_id AND occurrence = OLD.occurrence AND attendance = OLD.standing_attendance;
  INSERT INTO seat_counters (event_id, occurrence, attendance, taken, waiting, last_position, skipped)
  SELECT NEW.event_id, NEW.occurrence, NEW.standing_attendance, 0, 0, 0, NEW.standing WHERE NEW.standing > 0
  ON CONFLICT DO UPDATE SET skipped = skipped + excluded.skipped;
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_deleted_standing AFTER DELETE ON rsvps WHEN OLD.standing > 0 BEGIN
  UPDATE seat_counters SET skipped = skipped - OLD.standing
  WHERE event_id = OLD.event_id AND occurrence = OLD.occurrence AND attendance = OLD.standing_attendance;
END;
--> statement-breakpoint
-- What a guest said to single dates stands in for their standing answer there: it knows how many seats that one holds.
CREATE TRIGGER rsvps_inserted_for_all AFTER INSERT ON rsvps WHEN NEW.occurrence = '' AND (NEW.place = 'seat' OR NEW.held_until IS NOT NULL) BEGIN
  UPDATE rsvps SET standing = 1 + NEW.guests, standing_attendance = NEW.attendance
  WHERE event_id = NEW.event_id AND email_key = NEW.email_key AND occurrence <> '' AND (place IS NOT 'pending' OR standing > 0);
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_updated_for_all AFTER UPDATE OF place, guests, attendance, held_until ON rsvps WHEN NEW.occurrence = '' BEGIN
  UPDATE rsvps SET standing_attendance = NEW.attendance,
    standing = CASE WHEN NEW.place = 'seat' OR NEW.held_until IS NOT NULL THEN 1 + NEW.guests ELSE 0 END
  WHERE event_id = NEW.event_id AND email_key = NEW.email_key AND occurrence <> '' AND (place IS NOT 'pending' OR standing > 0);
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_inserted_options AFTER INSERT ON rsvps
WHEN NEW.options IS NOT NULL AND (NEW.place IN ('seat', 'waitlist') OR NEW.held_until IS NOT NULL) BEGIN
  INSERT INTO option_counters (event_id, occurrence, option, taken)
  SELECT NEW.event_id, NEW.occurrence, value, 1 FROM json_each(NEW.options) WHERE true
  ON CONFLICT DO UPDATE SET taken = taken + 1;
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_updated_options AFTER UPDATE OF event_id, occurrence, place, held_until, options ON rsvps
WHEN OLD.options IS NOT NULL OR NEW.options IS NOT NULL BEGIN
  UPDATE option_counters SET taken = taken - 1
  WHERE (OLD.place IN ('seat', 'waitlist') OR OLD.held_until IS NOT NULL)
    AND event_id = OLD.event_id AND occurrence = OLD.occurrence AND option IN (SELECT value FROM json_each(OLD.options));
  INSERT INTO option_counters (event_id, occurrence, option, taken)
  SELECT NEW.event_id, NEW.occurrence, value, 1 FROM json_each(NEW.options)
  WHERE NEW.place IN ('seat', 'waitlist') OR NEW.held_until IS NOT NULL
  ON CONFLICT DO UPDATE SET taken = taken + 1;
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_deleted_options AFTER DELETE ON rsvps
WHEN OLD.options IS NOT NULL AND (OLD.place IN ('seat', 'waitlist') OR OLD.held_until IS NOT NULL) BEGIN
  UPDATE option_counters SET taken = taken - 1
  WHERE event_id = OLD.event_id AND occurrence = OLD.occurrence AND option IN (SELECT value FROM json_each(OLD.options));
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_inserted_there AFTER INSERT ON rsvps WHEN NEW.checked_in_at IS NOT NULL BEGIN
  INSERT INTO seat_counters (event_id, occurrence, attendance, taken, waiting, last_position, came)
  VALUES (NEW.event_id, NEW.occurrence, NEW.came, 0, 0, 0, 1 + NEW.guests)
  ON CONFLICT DO UPDATE SET came = came + excluded.came;
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_updated_there AFTER UPDATE OF event_id, occurrence, checked_in_at, came, guests ON rsvps
WHEN OLD.came IS NOT NULL OR NEW.came IS NOT NULL BEGIN
  UPDATE seat_counters SET came = came - (1 + OLD.guests)
  WHERE event_id = OLD.event_id AND occurrence = OLD.occurrence AND attendance = OLD.came;
  INSERT INTO seat_counters (event_id, occurrence, attendance, taken, waiting, last_position, came)
  SELECT NEW.event_id, NEW.occurrence, NEW.came, 0, 0, 0, 1 + NEW.guests WHERE NEW.came IS NOT NULL
  ON CONFLICT DO UPDATE SET came = came + excluded.came;
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_deleted_there AFTER DELETE ON rsvps WHEN OLD.came IS NOT NULL BEGIN
  UPDATE seat_counters SET came = came - (1 + OLD.guests)
  WHERE event_id = OLD.event_id AND occurrence = OLD.occurrence AND attendance = OLD.came;
END;
--> statement-breakpoint
UPDATE rsvps SET came = attendance WHERE checked_in_at IS NOT NULL;
--> statement-breakpoint
-- Links that let people answer an event which is not open to everybody. Only the hash of their secret is kept.
CREATE TABLE invitations (
  id TEXT PRIMARY KEY NOT NULL,
  event_id TEXT NOT NULL REFERENCES events (id),
  hash TEXT NOT NULL,
  name TEXT NOT NULL,
  uses_max INTEGER,
  used INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER,
  change_id TEXT NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX invitations_by_event ON invitations (event_id, id);
--> statement-breakpoint
CREATE TRIGGER rsvps_inserted_invited AFTER INSERT ON rsvps WHEN NEW.invitation_id IS NOT NULL BEGIN
  UPDATE invitations SET used = used + 1 WHERE id = NEW.invitation_id;
END;
--> statement-breakpoint
-- Manage links that a mail brought, beside the one that was given with the answer.
CREATE TABLE rsvp_links (
  rsvp_id TEXT NOT NULL REFERENCES rsvps (id),
  hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (rsvp_id, hash)
) WITHOUT ROWID;
