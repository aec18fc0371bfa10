-- Keys of devices with which accounts sign in (WebAuthn), and what devices are asked to sign: each once, for ten minutes.
CREATE TABLE passkeys (
  id TEXT PRIMARY KEY NOT NULL,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  public_key TEXT NOT NULL,
  counter INTEGER NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER,
  change_id TEXT NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX passkeys_by_account ON passkeys (account_id, created_at);
--> statement-breakpoint
CREATE TABLE passkey_challenges (
  hash TEXT PRIMARY KEY NOT NULL,
  -- Whose device is to be added; none where somebody signs in.
  account_id TEXT REFERENCES accounts (id),
  expires_at INTEGER NOT NULL,
  change_id TEXT
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX passkey_challenges_by_age ON passkey_challenges (expires_at);
