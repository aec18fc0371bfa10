-- Mails to guests, made of the journal: one for a change and an answer, however often it is tried.
CREATE TABLE mails (
  seq INTEGER NOT NULL,
  -- No reference: an answer to one date can be taken back.
  rsvp_id TEXT NOT NULL,
  event_id TEXT NOT NULL REFERENCES events (id),
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('due', 'sent', 'failed', 'dropped')),
  tries INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  leased_until INTEGER,
  sent_at INTEGER,
  error TEXT,
  PRIMARY KEY (seq, rsvp_id)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX mails_due ON mails (due_at) WHERE state = 'due';
--> statement-breakpoint
CREATE INDEX mails_by_rsvp ON mails (rsvp_id, seq);
--> statement-breakpoint
CREATE INDEX mails_by_event ON mails (event_id, seq);
--> statement-breakpoint
-- How far the journal was read.
CREATE TABLE mail_cursor (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL);
--> statement-breakpoint
INSERT INTO mail_cursor (id, seq) SELECT 1, coalesce(max(seq), 0) FROM changes;
--> statement-breakpoint
-- What organizers write to guests.
CREATE TABLE messages (
  id TEXT PRIMARY KEY NOT NULL,
  event_id TEXT NOT NULL REFERENCES events (id),
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  change_id TEXT NOT NULL
) WITHOUT ROWID;
