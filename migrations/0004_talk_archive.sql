-- Conferences, talks, speakers, resources, and the full-text index over the public talks, which follows them by trigger.
CREATE TABLE conferences (
  id TEXT PRIMARY KEY NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  acronym TEXT,
  description TEXT NOT NULL,
  starts_on TEXT,
  ends_on TEXT,
  time_zone TEXT NOT NULL,
  venue TEXT,
  city TEXT,
  source_url TEXT,
  group_id TEXT REFERENCES groups (id),
  rooms TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER,
  change_id TEXT NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE talks (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  conference_id TEXT REFERENCES conferences (id),
  group_id TEXT REFERENCES groups (id),
  external_id TEXT,
  guid TEXT,
  title TEXT NOT NULL,
  subtitle TEXT NOT NULL,
  abstract TEXT NOT NULL,
  description TEXT NOT NULL,
  track TEXT,
  room TEXT,
  type TEXT,
  language TEXT,
  starts_local TEXT,
  time_zone TEXT,
  duration TEXT,
  starts_at INTEGER NOT NULL,
  year INTEGER,
  source_url TEXT,
  keywords TEXT NOT NULL,
  speaker_names TEXT NOT NULL,
  keyword_names TEXT NOT NULL,
  resource_types TEXT NOT NULL,
  is_public INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER,
  change_id TEXT NOT NULL
);
--> statement-breakpoint
CREATE INDEX talks_by_start ON talks (starts_at DESC, key DESC) WHERE is_public = 1;
--> statement-breakpoint
CREATE INDEX talks_by_conference ON talks (conference_id, starts_at DESC, key DESC);
--> statement-breakpoint
CREATE INDEX talks_by_group ON talks (group_id);
--> statement-breakpoint
CREATE INDEX talks_by_change ON talks (change_id);
--> statement-breakpoint
CREATE UNIQUE INDEX talks_by_external_id ON talks (conference_id, external_id) WHERE external_id IS NOT NULL;
--> statement-breakpoint
CREATE TABLE speakers (
  id TEXT PRIMARY KEY NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  name_key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  biography TEXT NOT NULL,
  url TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  change_id TEXT NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE conference_persons (
  conference_id TEXT NOT NULL REFERENCES conferences (id),
  external_id TEXT NOT NULL,
  speaker_id TEXT NOT NULL REFERENCES speakers (id),
  PRIMARY KEY (conference_id, external_id)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE talk_speakers (
  talk_id TEXT NOT NULL,
  speaker_id TEXT NOT NULL REFERENCES speakers (id),
  place INTEGER NOT NULL,
  PRIMARY KEY (talk_id, speaker_id)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX talk_speakers_by_speaker ON talk_speakers (speaker_id, talk_id);
--> statement-breakpoint
CREATE TABLE resources (
  talk_id TEXT NOT NULL,
  place INTEGER NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('slides', 'recording', 'captions', 'paper', 'code', 'other')),
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  mime_type TEXT,
  language TEXT,
  PRIMARY KEY (talk_id, place)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE VIRTUAL TABLE talks_fts USING fts5(
  title, speaker_names, keyword_names, subtitle, abstract, description,
  content = 'talks', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2', prefix = '3'
);
--> statement-breakpoint
CREATE TRIGGER talks_inserted AFTER INSERT ON talks WHEN NEW.is_public BEGIN
  INSERT INTO talks_fts (rowid, title, speaker_names, keyword_names, subtitle, abstract, description)
  VALUES (NEW.key, NEW.title, NEW.speaker_names, NEW.keyword_names, NEW.subtitle, NEW.abstract, NEW.description);
END;
--> statement-breakpoint
CREATE TRIGGER talks_deleted AFTER DELETE ON talks WHEN OLD.is_public BEGIN
  INSERT INTO talks_fts (talks_fts, rowid, title, speaker_names, keyword_names, subtitle, abstract, description)
  VALUES ('delete', OLD.key, OLD.title, OLD.speaker_names, OLD.keyword_names, OLD.subtitle, OLD.abstract, OLD.description);
END;
--> statement-breakpoint
CREATE TRIGGER talks_updated AFTER UPDATE OF is_public, title, speaker_names, keyword_names, subtitle, abstract, description ON talks BEGIN
  INSERT INTO talks_fts (talks_fts, rowid, title, speaker_names, keyword_names, subtitle, abstract, description)
  SELECT 'delete', OLD.key, OLD.title, OLD.speaker_names, OLD.keyword_names, OLD.subtitle, OLD.abstract, OLD.description WHERE OLD.is_public;
  INSERT INTO talks_fts (rowid, title, speaker_names, keyword_names, subtitle, abstract, description)
  SELECT NEW.key, NEW.title, NEW.speaker_names, NEW.keyword_names, NEW.subtitle, NEW.abstract, NEW.description WHERE NEW.is_public;
END;
--> statement-breakpoint
-- A group that goes private takes its talks out of every public list and out of the index.
CREATE TRIGGER groups_visibility_changed AFTER UPDATE OF visibility, deleted_at ON groups BEGIN
  UPDATE talks SET is_public = (NEW.visibility = 'public' AND NEW.deleted_at IS NULL)
  WHERE group_id = NEW.id AND deleted_at IS NULL;
END;
