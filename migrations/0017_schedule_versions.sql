-- What each format last said of a conference and of its talks: a second import changes what changed there and keeps the
-- edits made here. And what each import changed, as versions of the schedule.
CREATE TABLE schedule_sources (
  conference_id TEXT NOT NULL REFERENCES conferences (id),
  format TEXT NOT NULL,
  head TEXT NOT NULL,
  PRIMARY KEY (conference_id, format)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE talk_sources (
  conference_id TEXT NOT NULL REFERENCES conferences (id),
  format TEXT NOT NULL,
  external_id TEXT NOT NULL,
  talk_id TEXT NOT NULL,
  source TEXT NOT NULL,
  is_maker INTEGER NOT NULL,
  gone_at INTEGER,
  PRIMARY KEY (conference_id, format, external_id)
);
--> statement-breakpoint
CREATE TABLE schedule_versions (
  conference_id TEXT NOT NULL REFERENCES conferences (id),
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  format TEXT NOT NULL,
  source_version TEXT,
  added INTEGER NOT NULL,
  moved INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  restored INTEGER NOT NULL,
  PRIMARY KEY (conference_id, number)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE schedule_changes (
  conference_id TEXT NOT NULL REFERENCES conferences (id),
  number INTEGER NOT NULL,
  place INTEGER NOT NULL,
  talk_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (conference_id, number, place)
) WITHOUT ROWID;
