-- Organizers' tokens, hashed; the answers that an Idempotency-Key brings again.
CREATE TABLE tokens (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  group_id TEXT REFERENCES groups (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE idempotency_keys (
  key_hash TEXT PRIMARY KEY NOT NULL,
  request_hash TEXT NOT NULL,
  status INTEGER,
  answer TEXT,
  created_at INTEGER NOT NULL,
  claimed_until INTEGER NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
