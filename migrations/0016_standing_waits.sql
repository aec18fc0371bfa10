-- Who waits on one date for whom the answer to all dates has a seat keeps that seat while their own answer waits to be
-- approved or confirmed, however the other answer changes.
DROP TRIGGER rsvps_inserted_for_all;
--> statement-breakpoint
CREATE TRIGGER rsvps_inserted_for_all AFTER INSERT ON rsvps WHEN NEW.occurrence = '' AND (NEW.place = 'seat' OR NEW.held_until IS NOT NULL) BEGIN
  UPDATE rsvps SET standing = 1 + NEW.guests, standing_attendance = NEW.attendance
  WHERE event_id = NEW.event_id AND email_key = NEW.email_key AND occurrence <> '' AND (place IS NOT 'pending' OR standing > 0);
END;
--> statement-breakpoint
DROP TRIGGER rsvps_updated_for_all;
--> statement-breakpoint
CREATE TRIGGER rsvps_updated_for_all AFTER UPDATE OF place, guests, attendance, held_until ON rsvps WHEN NEW.occurrence = '' BEGIN
  UPDATE rsvps SET standing_attendance = NEW.attendance,
    standing = CASE WHEN NEW.place = 'seat' OR NEW.held_until IS NOT NULL THEN 1 + NEW.guests ELSE 0 END
  WHERE event_id = NEW.event_id AND email_key = NEW.email_key AND occurrence <> '' AND (place IS NOT 'pending' OR standing > 0);
END;
