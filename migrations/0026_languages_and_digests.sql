-- In which language a guest is written to, and by whose clock; null where nobody said.
ALTER TABLE rsvps ADD COLUMN language TEXT;
--> statement-breakpoint
ALTER TABLE rsvps ADD COLUMN time_zone TEXT;
--> statement-breakpoint
ALTER TABLE sign_ins ADD COLUMN language TEXT;
--> statement-breakpoint
-- Who wants no reminders and messages of a group: SHA-256 of the group's id and the address, which outlives the answers.
CREATE TABLE unsubscribed (
  group_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (group_id, hash)
) WITHOUT ROWID;
--> statement-breakpoint
-- What guests said of it afterwards, in a sentence.
CREATE TABLE feedback (
  rsvp_id TEXT PRIMARY KEY NOT NULL,
  event_id TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX feedback_by_event ON feedback (event_id, rsvp_id);
--> statement-breakpoint
-- Who asked for the monthly mail of a group, and whether the address has said so itself.
CREATE TABLE digests (
  id TEXT PRIMARY KEY NOT NULL,
  group_id TEXT NOT NULL REFERENCES groups (id),
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  language TEXT,
  created_at INTEGER NOT NULL,
  confirmed_at INTEGER,
  -- The month that comes next, of those that have confirmed.
  next_at INTEGER,
  change_id TEXT NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX digests_by_address ON digests (group_id, email_key);
--> statement-breakpoint
CREATE INDEX digests_due ON digests (next_at) WHERE next_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX digests_unconfirmed ON digests (created_at) WHERE confirmed_at IS NULL;
--> statement-breakpoint
CREATE TABLE digest_links (
  digest_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (digest_id, hash)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE digest_mails (
  seq INTEGER PRIMARY KEY NOT NULL,
  digest_id TEXT NOT NULL,
  -- A month such as 2026-12, or the time of the question whether the address is meant.
  period TEXT NOT NULL,
  state TEXT NOT NULL,
  tries INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  leased_until INTEGER,
  sent_at INTEGER,
  error TEXT
);
--> statement-breakpoint
CREATE UNIQUE INDEX digest_mails_once ON digest_mails (digest_id, period);
--> statement-breakpoint
CREATE INDEX digest_mails_due ON digest_mails (due_at) WHERE state = 'due';
--> statement-breakpoint
-- How often who runs a group is told what happened in it, and when next.
ALTER TABLE grants ADD COLUMN digest TEXT NOT NULL DEFAULT 'week';
--> statement-breakpoint
ALTER TABLE grants ADD COLUMN digest_at INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
CREATE INDEX grants_digest_due ON grants (digest_at) WHERE digest <> 'never';
