-- What is known of a guest's address at an event: the hash of the secret in the address that their calendar program answers
-- to, and when they did something that only who reads their mails can do.
CREATE TABLE guest_addresses (
  event_id TEXT NOT NULL REFERENCES events (id),
  email_key TEXT NOT NULL,
  reply_hash TEXT,
  proven_at INTEGER,
  PRIMARY KEY (event_id, email_key)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX guest_addresses_by_reply ON guest_addresses (reply_hash) WHERE reply_hash IS NOT NULL;
--> statement-breakpoint
CREATE INDEX guest_addresses_proven ON guest_addresses (email_key) WHERE proven_at IS NOT NULL;
--> statement-breakpoint
-- What a guest's calendar was told last of an answer. No reference: an answer to one date can be taken back.
CREATE TABLE guest_calendars (
  rsvp_id TEXT PRIMARY KEY NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('REQUEST', 'CANCEL')),
  sequence INTEGER NOT NULL,
  -- The event's own SEQUENCE that it was told of.
  base INTEGER NOT NULL,
  response TEXT NOT NULL,
  -- Whether the guest was asked again.
  asks INTEGER NOT NULL,
  -- The mail that told it, and the one that told it first, so that the next try of a mail tells the same.
  mail_seq INTEGER NOT NULL,
  first_seq INTEGER NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
-- The newest answer that came by mail to each date of an event (empty: to the event, or all its dates): older ones are late.
CREATE TABLE mail_replies (
  event_id TEXT NOT NULL REFERENCES events (id),
  email_key TEXT NOT NULL,
  occurrence TEXT NOT NULL,
  stamp INTEGER NOT NULL,
  said TEXT NOT NULL,
  change_id TEXT NOT NULL,
  PRIMARY KEY (event_id, email_key, occurrence)
) WITHOUT ROWID;
