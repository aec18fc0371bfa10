-- The record of a date: what is to be talked about, and what was.
CREATE TABLE records (
  key INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL REFERENCES events (id),
  occurrence TEXT NOT NULL,
  -- JSON: [{"text", "by"}], [{"title", "notes"}], ["…"], [{"name", "lines"}].
  agenda TEXT NOT NULL,
  topics TEXT NOT NULL,
  decisions TEXT NOT NULL,
  attendance TEXT NOT NULL,
  -- The change of the minutes that a program wrote from a log: those of a person are left alone.
  written_by TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  change_id TEXT NOT NULL,
  UNIQUE (event_id, occurrence)
);
--> statement-breakpoint
-- What somebody took upon themselves at a date; open until it is done.
CREATE TABLE actions (
  id TEXT PRIMARY KEY NOT NULL,
  event_id TEXT NOT NULL REFERENCES events (id),
  occurrence TEXT NOT NULL,
  text TEXT NOT NULL,
  owner TEXT,
  from_log INTEGER NOT NULL,
  done_at INTEGER,
  created_at INTEGER NOT NULL,
  change_id TEXT NOT NULL,
  UNIQUE (event_id, occurrence, text)
) WITHOUT ROWID;
--> statement-breakpoint
-- Logs as they came, without addresses of mail, and what was read in them (JSON).
CREATE TABLE logs (
  key INTEGER PRIMARY KEY,
  group_id TEXT NOT NULL REFERENCES groups (id),
  event_id TEXT NOT NULL REFERENCES events (id),
  occurrence TEXT NOT NULL,
  hash TEXT NOT NULL,
  name TEXT NOT NULL,
  url TEXT,
  started_at INTEGER NOT NULL,
  meeting TEXT NOT NULL,
  text TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  UNIQUE (group_id, hash)
);
--> statement-breakpoint
CREATE INDEX logs_by_date ON logs (event_id, occurrence, key);
--> statement-breakpoint
CREATE INDEX logs_by_url ON logs (group_id, url);
--> statement-breakpoint
-- Who asked not to be counted among those who were there: nicks in lower case.
CREATE TABLE uncounted (
  group_id TEXT NOT NULL REFERENCES groups (id),
  nick TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (group_id, nick)
) WITHOUT ROWID;
--> statement-breakpoint
-- Programs in chat that hand logs in, and take commands.
CREATE TABLE bots (
  id TEXT PRIMARY KEY NOT NULL,
  group_id TEXT NOT NULL REFERENCES groups (id),
  name TEXT NOT NULL,
  -- Where the logs stand, to fetch them; none where they only come by themselves.
  url TEXT,
  -- JSON: folders, channels and names that are the group's; none means that events say it.
  teams TEXT NOT NULL,
  secret TEXT NOT NULL,
  next_at INTEGER,
  leased_until INTEGER,
  checked_at INTEGER,
  failures INTEGER NOT NULL,
  error TEXT,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER,
  change_id TEXT NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX bots_by_group ON bots (group_id, id);
--> statement-breakpoint
CREATE INDEX bots_due ON bots (next_at) WHERE next_at IS NOT NULL AND deleted_at IS NULL;
--> statement-breakpoint
-- Calls of bots that were answered: the same one again gets the same answer and does nothing.
CREATE TABLE bot_calls (
  bot_id TEXT NOT NULL REFERENCES bots (id),
  call_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  status INTEGER,
  answer TEXT,
  PRIMARY KEY (bot_id, call_id)
) WITHOUT ROWID;
--> statement-breakpoint
-- Where a date really takes place, for who comes by its join link; the empty occurrence is all dates.
CREATE TABLE rooms (
  event_id TEXT NOT NULL REFERENCES events (id),
  occurrence TEXT NOT NULL,
  -- JSON: name, uri, dialIn; and whether it is closed.
  room TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  change_id TEXT NOT NULL,
  PRIMARY KEY (event_id, occurrence)
) WITHOUT ROWID;
--> statement-breakpoint
-- What an organizer wrote into a report, and what it said when it was published.
CREATE TABLE reports (
  id TEXT PRIMARY KEY NOT NULL,
  group_id TEXT NOT NULL REFERENCES groups (id),
  name TEXT NOT NULL,
  sections TEXT NOT NULL,
  title TEXT NOT NULL,
  markdown TEXT,
  data TEXT,
  previous TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  published_at INTEGER,
  change_id TEXT NOT NULL,
  UNIQUE (group_id, name)
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE members ADD COLUMN affiliation TEXT;
--> statement-breakpoint
ALTER TABLE members ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
ALTER TABLE groups ADD COLUMN how_to_join TEXT NOT NULL DEFAULT '';
--> statement-breakpoint
ALTER TABLE groups ADD COLUMN report_template TEXT NOT NULL DEFAULT '';
--> statement-breakpoint
-- The words of each date's minutes and logs, to search them.
CREATE VIEW meeting_words AS SELECT records.key AS key,
  coalesce((SELECT text FROM minutes WHERE minutes.event_id = records.event_id AND minutes.occurrence = records.occurrence), '')
    || ' ' || records.agenda || ' ' || records.topics || ' ' || records.decisions AS minutes,
  coalesce((SELECT group_concat(substr(text, 1, 400000), ' ') FROM (SELECT text FROM logs
    WHERE logs.event_id = records.event_id AND logs.occurrence = records.occurrence ORDER BY key LIMIT 3)), '') AS log
FROM records;
--> statement-breakpoint
CREATE VIRTUAL TABLE meeting_fts USING fts5(
  minutes, log, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '3'
);
--> statement-breakpoint
CREATE TRIGGER records_found_inserted AFTER INSERT ON records BEGIN
  INSERT INTO meeting_fts (rowid, minutes, log) SELECT key, minutes, log FROM meeting_words WHERE key = NEW.key;
END;
--> statement-breakpoint
CREATE TRIGGER records_found_updated AFTER UPDATE OF agenda, topics, decisions ON records BEGIN
  DELETE FROM meeting_fts WHERE rowid = NEW.key;
  INSERT INTO meeting_fts (rowid, minutes, log) SELECT key, minutes, log FROM meeting_words WHERE key = NEW.key;
END;
--> statement-breakpoint
CREATE TRIGGER records_found_deleted AFTER DELETE ON records BEGIN
  DELETE FROM meeting_fts WHERE rowid = OLD.key;
END;
--> statement-breakpoint
-- Minutes have a record, also those that the version before wrote while this one was being deployed.
CREATE TRIGGER minutes_recorded AFTER INSERT ON minutes BEGIN
  INSERT INTO records (event_id, occurrence, agenda, topics, decisions, attendance, created_at, updated_at, change_id)
  VALUES (NEW.event_id, NEW.occurrence, '[]', '[]', '[]', '[]', NEW.created_at, NEW.updated_at, NEW.change_id) ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
INSERT INTO records (event_id, occurrence, agenda, topics, decisions, attendance, created_at, updated_at, change_id)
SELECT event_id, occurrence, '[]', '[]', '[]', '[]', created_at, updated_at, change_id FROM minutes;
--> statement-breakpoint
CREATE TRIGGER minutes_found_inserted AFTER INSERT ON minutes BEGIN
  DELETE FROM meeting_fts WHERE rowid IN (SELECT key FROM records WHERE event_id = NEW.event_id AND occurrence = NEW.occurrence);
  INSERT INTO meeting_fts (rowid, minutes, log) SELECT key, minutes, log FROM meeting_words
  WHERE key IN (SELECT key FROM records WHERE event_id = NEW.event_id AND occurrence = NEW.occurrence);
END;
--> statement-breakpoint
CREATE TRIGGER minutes_found_updated AFTER UPDATE OF text ON minutes BEGIN
  DELETE FROM meeting_fts WHERE rowid IN (SELECT key FROM records WHERE event_id = NEW.event_id AND occurrence = NEW.occurrence);
  INSERT INTO meeting_fts (rowid, minutes, log) SELECT key, minutes, log FROM meeting_words
  WHERE key IN (SELECT key FROM records WHERE event_id = NEW.event_id AND occurrence = NEW.occurrence);
END;
--> statement-breakpoint
CREATE TRIGGER logs_found_inserted AFTER INSERT ON logs BEGIN
  DELETE FROM meeting_fts WHERE rowid IN (SELECT key FROM records WHERE event_id = NEW.event_id AND occurrence = NEW.occurrence);
  INSERT INTO meeting_fts (rowid, minutes, log) SELECT key, minutes, log FROM meeting_words
  WHERE key IN (SELECT key FROM records WHERE event_id = NEW.event_id AND occurrence = NEW.occurrence);
END;
