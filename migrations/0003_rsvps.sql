-- Answers, and the seats they take: the counters follow the answers by trigger, in the same statement.
CREATE TABLE rsvps (
  id TEXT PRIMARY KEY NOT NULL,
  event_id TEXT NOT NULL REFERENCES events (id),
  occurrence TEXT NOT NULL,
  email_key TEXT NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  response TEXT NOT NULL CHECK (response IN ('accepted', 'tentative', 'declined')),
  attendance TEXT NOT NULL CHECK (attendance IN ('inPerson', 'remote')),
  guests INTEGER NOT NULL CHECK (guests >= 0),
  place TEXT CHECK (place IN ('seat', 'waitlist', 'pending')),
  position INTEGER,
  answers TEXT NOT NULL,
  note TEXT NOT NULL,
  manage_hash TEXT NOT NULL,
  checked_in_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  change_id TEXT NOT NULL,
  CHECK (place IS NOT 'waitlist' OR position IS NOT NULL)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX rsvps_by_address ON rsvps (event_id, occurrence, email_key);
--> statement-breakpoint
CREATE INDEX rsvps_in_line ON rsvps (event_id, occurrence, attendance, position) WHERE place = 'waitlist';
--> statement-breakpoint
CREATE INDEX rsvps_by_change ON rsvps (change_id);
--> statement-breakpoint
CREATE TABLE seat_counters (
  event_id TEXT NOT NULL REFERENCES events (id),
  occurrence TEXT NOT NULL,
  attendance TEXT NOT NULL,
  taken INTEGER NOT NULL CHECK (taken >= 0),
  waiting INTEGER NOT NULL CHECK (waiting >= 0),
  last_position INTEGER NOT NULL,
  PRIMARY KEY (event_id, occurrence, attendance)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER rsvps_inserted AFTER INSERT ON rsvps BEGIN
  INSERT INTO seat_counters (event_id, occurrence, attendance, taken, waiting, last_position)
  VALUES (NEW.event_id, NEW.occurrence, NEW.attendance,
    CASE NEW.place WHEN 'seat' THEN 1 + NEW.guests ELSE 0 END,
    CASE NEW.place WHEN 'waitlist' THEN 1 ELSE 0 END,
    coalesce(NEW.position, 0))
  ON CONFLICT DO UPDATE SET taken = taken + excluded.taken, waiting = waiting + excluded.waiting,
    last_position = max(last_position, excluded.last_position);
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_updated AFTER UPDATE OF place, guests, attendance, position ON rsvps BEGIN
  UPDATE seat_counters SET
    taken = taken - CASE OLD.place WHEN 'seat' THEN 1 + OLD.guests ELSE 0 END,
    waiting = waiting - CASE OLD.place WHEN 'waitlist' THEN 1 ELSE 0 END
  WHERE event_id = OLD.event_id AND occurrence = OLD.occurrence AND attendance = OLD.attendance;
  INSERT INTO seat_counters (event_id, occurrence, attendance, taken, waiting, last_position)
  VALUES (NEW.event_id, NEW.occurrence, NEW.attendance,
    CASE NEW.place WHEN 'seat' THEN 1 + NEW.guests ELSE 0 END,
    CASE NEW.place WHEN 'waitlist' THEN 1 ELSE 0 END,
    coalesce(NEW.position, 0))
  ON CONFLICT DO UPDATE SET taken = taken + excluded.taken, waiting = waiting + excluded.waiting,
    last_position = max(last_position, excluded.last_position);
END;
--> statement-breakpoint
CREATE TRIGGER rsvps_deleted AFTER DELETE ON rsvps BEGIN
  UPDATE seat_counters SET
    taken = taken - CASE OLD.place WHEN 'seat' THEN 1 + OLD.guests ELSE 0 END,
    waiting = waiting - CASE OLD.place WHEN 'waitlist' THEN 1 ELSE 0 END
  WHERE event_id = OLD.event_id AND occurrence = OLD.occurrence AND attendance = OLD.attendance;
END;
