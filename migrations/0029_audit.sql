-- Who changes something at the moment: settled first and taken back last in the batch of the change itself, which no other
-- batch comes between. `seq` is the last change before it.
CREATE TABLE acting (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  actor TEXT,
  seq INTEGER NOT NULL
);
--> statement-breakpoint
INSERT INTO acting (id, seq) VALUES (1, 0);
--> statement-breakpoint
-- Who made which change.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY NOT NULL,
  group_id TEXT,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL
);
--> statement-breakpoint
CREATE INDEX audit_by_group ON audit (group_id, seq);
--> statement-breakpoint
CREATE INDEX audit_by_age ON audit (at);
--> statement-breakpoint
-- What was changed, as JSON before and after.
CREATE TABLE audit_values (
  change_id TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (change_id, subject_id)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX audit_values_by_age ON audit_values (at);
--> statement-breakpoint
CREATE TRIGGER events_audited AFTER UPDATE OF details ON events
WHEN OLD.details IS NOT NEW.details AND (SELECT actor FROM acting WHERE id = 1) IS NOT NULL BEGIN
  INSERT INTO audit_values (change_id, subject_id, before, after, at)
  VALUES (NEW.change_id, NEW.id, OLD.details, NEW.details, NEW.updated_at)
  ON CONFLICT DO UPDATE SET after = excluded.after;
END;
--> statement-breakpoint
CREATE TRIGGER groups_audited AFTER UPDATE OF name, description, visibility, time_zone, links, how_to_join, report_template ON groups
WHEN (SELECT actor FROM acting WHERE id = 1) IS NOT NULL BEGIN
  INSERT INTO audit_values (change_id, subject_id, before, after, at)
  VALUES (NEW.change_id, NEW.id, json_object('name', OLD.name, 'description', OLD.description, 'visibility', OLD.visibility, 'timeZone', OLD.time_zone, 'links', json(OLD.links), 'howToJoin', OLD.how_to_join, 'reportTemplate', OLD.report_template),
    json_object('name', NEW.name, 'description', NEW.description, 'visibility', NEW.visibility, 'timeZone', NEW.time_zone, 'links', json(NEW.links), 'howToJoin', NEW.how_to_join, 'reportTemplate', NEW.report_template), NEW.updated_at)
  ON CONFLICT DO UPDATE SET after = excluded.after;
END;
--> statement-breakpoint
CREATE TRIGGER members_audited AFTER UPDATE OF role, joined_on, left_on, hidden ON members
WHEN (SELECT actor FROM acting WHERE id = 1) IS NOT NULL BEGIN
  INSERT INTO audit_values (change_id, subject_id, before, after, at)
  VALUES (NEW.change_id, NEW.id, json_object('role', OLD.role, 'joined', OLD.joined_on, 'left', OLD.left_on, 'public', json(CASE OLD.hidden WHEN 0 THEN 'true' ELSE 'false' END)),
    json_object('role', NEW.role, 'joined', NEW.joined_on, 'left', NEW.left_on, 'public', json(CASE NEW.hidden WHEN 0 THEN 'true' ELSE 'false' END)), NEW.updated_at)
  ON CONFLICT DO UPDATE SET after = excluded.after;
END;
--> statement-breakpoint
CREATE TRIGGER grants_audited AFTER UPDATE OF role ON grants
WHEN (SELECT actor FROM acting WHERE id = 1) IS NOT NULL BEGIN
  INSERT INTO audit_values (change_id, subject_id, before, after, at)
  VALUES (NEW.change_id, NEW.account_id, json_object('role', OLD.role),
    json_object('role', NEW.role), (SELECT coalesce(max(at), 0) FROM changes))
  ON CONFLICT DO UPDATE SET after = excluded.after;
END;
--> statement-breakpoint
CREATE TRIGGER conferences_audited AFTER UPDATE OF title, description, starts_on, ends_on, time_zone, venue, city, group_id ON conferences
WHEN (SELECT actor FROM acting WHERE id = 1) IS NOT NULL BEGIN
  INSERT INTO audit_values (change_id, subject_id, before, after, at)
  VALUES (NEW.change_id, NEW.id, json_object('title', OLD.title, 'description', OLD.description, 'starts', OLD.starts_on, 'ends', OLD.ends_on, 'timeZone', OLD.time_zone, 'venue', OLD.venue, 'city', OLD.city, 'group', OLD.group_id),
    json_object('title', NEW.title, 'description', NEW.description, 'starts', NEW.starts_on, 'ends', NEW.ends_on, 'timeZone', NEW.time_zone, 'venue', NEW.venue, 'city', NEW.city, 'group', NEW.group_id), NEW.updated_at)
  ON CONFLICT DO UPDATE SET after = excluded.after;
END;
--> statement-breakpoint
CREATE TRIGGER talks_audited AFTER UPDATE OF title, subtitle, abstract, description, track, room, language, starts_local, time_zone, duration, status, licence, do_not_record ON talks
WHEN (SELECT actor FROM acting WHERE id = 1) IS NOT NULL BEGIN
  INSERT INTO audit_values (change_id, subject_id, before, after, at)
  VALUES (NEW.change_id, NEW.id, json_object('title', OLD.title, 'subtitle', OLD.subtitle, 'abstract', OLD.abstract, 'description', OLD.description, 'track', OLD.track, 'room', OLD.room, 'language', OLD.language, 'start', OLD.starts_local, 'timeZone', OLD.time_zone, 'duration', OLD.duration, 'status', OLD.status, 'licence', OLD.licence, 'doNotRecord', json(CASE OLD.do_not_record WHEN 0 THEN 'false' ELSE 'true' END)),
    json_object('title', NEW.title, 'subtitle', NEW.subtitle, 'abstract', NEW.abstract, 'description', NEW.description, 'track', NEW.track, 'room', NEW.room, 'language', NEW.language, 'start', NEW.starts_local, 'timeZone', NEW.time_zone, 'duration', NEW.duration, 'status', NEW.status, 'licence', NEW.licence, 'doNotRecord', json(CASE NEW.do_not_record WHEN 0 THEN 'false' ELSE 'true' END)), NEW.updated_at)
  ON CONFLICT DO UPDATE SET after = excluded.after;
END;
