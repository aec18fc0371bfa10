-- Whether a talk is on, may be recorded, and by which licence; what a resource may be used for, its size and quality.
ALTER TABLE talks ADD COLUMN status TEXT NOT NULL DEFAULT 'confirmed';
--> statement-breakpoint
ALTER TABLE talks ADD COLUMN do_not_record INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
ALTER TABLE talks ADD COLUMN licence TEXT;
--> statement-breakpoint
ALTER TABLE resources ADD COLUMN licence TEXT;
--> statement-breakpoint
ALTER TABLE resources ADD COLUMN size INTEGER;
--> statement-breakpoint
ALTER TABLE resources ADD COLUMN quality TEXT;
--> statement-breakpoint
-- Talks that went from their schedule were called off before there was a word for it.
UPDATE talks SET status = 'cancelled' WHERE id IN (SELECT talk_id FROM talk_sources WHERE is_maker = 1 AND gone_at IS NOT NULL)
  AND id NOT IN (SELECT talk_id FROM talk_sources WHERE gone_at IS NULL);
--> statement-breakpoint
-- Other names of a person: who is called so is the same one.
CREATE TABLE speaker_aliases (
  name_key TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  speaker_id TEXT NOT NULL REFERENCES speakers (id)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX speaker_aliases_by_speaker ON speaker_aliases (speaker_id);
--> statement-breakpoint
-- Addresses of persons who turned out to be another: they lead there for ever.
CREATE TABLE speaker_redirects (
  slug TEXT PRIMARY KEY NOT NULL,
  speaker_id TEXT NOT NULL REFERENCES speakers (id)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX speaker_redirects_by_speaker ON speaker_redirects (speaker_id);
--> statement-breakpoint
-- Names of who asked to be left out, as SHA-256: enough to know them again in an import, too little to read them.
CREATE TABLE forgotten_names (
  hash TEXT PRIMARY KEY NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
-- A name is one person's, whichever of the two tables has it.
CREATE TRIGGER speakers_have_own_names BEFORE INSERT ON speakers
WHEN EXISTS (SELECT 1 FROM speaker_aliases WHERE name_key = NEW.name_key) BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: speaker_aliases.name_key');
END;
--> statement-breakpoint
CREATE TRIGGER speakers_keep_own_names BEFORE UPDATE OF name_key ON speakers
WHEN EXISTS (SELECT 1 FROM speaker_aliases WHERE name_key = NEW.name_key) BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: speaker_aliases.name_key');
END;
--> statement-breakpoint
CREATE TRIGGER speaker_aliases_are_nobodys BEFORE INSERT ON speaker_aliases
WHEN EXISTS (SELECT 1 FROM speakers WHERE name_key = NEW.name_key) BEGIN
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: speakers.name_key');
END;
