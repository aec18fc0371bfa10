-- Token buckets of what costs mail, money or computing: exact, whoever asks at the same time. The key is a hash with the salt
-- of its day, so that no row holds an address.
CREATE TABLE limits (
  key TEXT PRIMARY KEY NOT NULL,
  tokens REAL NOT NULL,
  at INTEGER NOT NULL,
  full_at INTEGER NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX limits_full ON limits (full_at);
--> statement-breakpoint
CREATE TABLE limit_salts (
  day INTEGER PRIMARY KEY NOT NULL,
  salt TEXT NOT NULL
);
