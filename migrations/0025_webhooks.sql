-- Webhooks: addresses that are told of changes. `off_at`: no more is sent, by a person or after days of failure.
CREATE TABLE webhooks (
  id TEXT PRIMARY KEY NOT NULL,
  -- The group of whose changes it is told; null is all.
  group_id TEXT REFERENCES groups (id),
  url TEXT NOT NULL,
  -- JSON: kinds of changes; none means all.
  types TEXT NOT NULL,
  contact TEXT,
  secret TEXT NOT NULL,
  old_secret TEXT,
  old_secret_until INTEGER,
  -- Changes up to this one are not told.
  from_seq INTEGER NOT NULL,
  failing_since INTEGER,
  off_at INTEGER,
  off_reason TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER,
  change_id TEXT NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE webhook_deliveries (
  seq INTEGER NOT NULL,
  webhook_id TEXT NOT NULL REFERENCES webhooks (id),
  state TEXT NOT NULL CHECK (state IN ('due', 'sent', 'failed', 'dropped')),
  tries INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  leased_until INTEGER,
  sent_at INTEGER,
  error TEXT,
  PRIMARY KEY (seq, webhook_id)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (due_at) WHERE state = 'due';
--> statement-breakpoint
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, seq);
--> statement-breakpoint
CREATE TABLE webhook_cursor (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL);
--> statement-breakpoint
-- Mails to who runs things: written where what they tell of happens.
CREATE TABLE notices (
  seq INTEGER PRIMARY KEY NOT NULL,
  name TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('due', 'sent', 'failed', 'dropped')),
  tries INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  leased_until INTEGER,
  sent_at INTEGER,
  error TEXT
);
--> statement-breakpoint
CREATE INDEX notices_due ON notices (due_at) WHERE state = 'due';
