-- Who signs in, where they are signed in, and what they may do in which group. Of each secret only the hash is kept.
CREATE TABLE accounts (
  id TEXT PRIMARY KEY NOT NULL,
  -- In lower case; none where a provider vouched for none.
  email TEXT UNIQUE,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
-- Who an account is to a provider of OpenID Connect.
CREATE TABLE identities (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (issuer, subject)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE sessions (
  id TEXT PRIMARY KEY NOT NULL,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  hash TEXT NOT NULL UNIQUE,
  agent TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX sessions_by_account ON sessions (account_id, id);
--> statement-breakpoint
-- Links and codes that were asked for; made when the mail goes out.
CREATE TABLE sign_ins (
  id TEXT PRIMARY KEY NOT NULL,
  email TEXT NOT NULL,
  browser_hash TEXT NOT NULL,
  link_hash TEXT,
  code_hash TEXT,
  return_to TEXT NOT NULL,
  tries INTEGER NOT NULL,
  mail TEXT NOT NULL CHECK (mail IN ('due', 'sent', 'dropped')),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  change_id TEXT
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX sign_ins_by_email ON sign_ins (email, created_at);
--> statement-breakpoint
CREATE INDEX sign_ins_by_age ON sign_ins (created_at);
--> statement-breakpoint
CREATE INDEX sign_ins_due ON sign_ins (id) WHERE mail = 'due';
--> statement-breakpoint
CREATE TABLE grants (
  group_id TEXT NOT NULL REFERENCES groups (id),
  account_id TEXT NOT NULL REFERENCES accounts (id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'organizer', 'helper', 'member')),
  created_at INTEGER NOT NULL,
  change_id TEXT NOT NULL,
  PRIMARY KEY (group_id, account_id)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX grants_by_account ON grants (account_id, group_id);
--> statement-breakpoint
-- Who was asked to join a group's team; one link is given to who asks, another goes by mail.
CREATE TABLE team_invitations (
  id TEXT PRIMARY KEY NOT NULL,
  group_id TEXT NOT NULL REFERENCES groups (id),
  email TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('owner', 'organizer', 'helper', 'member')),
  hash TEXT NOT NULL,
  mail_hash TEXT,
  mail TEXT NOT NULL CHECK (mail IN ('due', 'sent', 'dropped')),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  accepted_at INTEGER,
  revoked_at INTEGER,
  change_id TEXT NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX team_invitations_by_group ON team_invitations (group_id, id);
--> statement-breakpoint
CREATE INDEX team_invitations_by_email ON team_invitations (email);
--> statement-breakpoint
CREATE INDEX team_invitations_due ON team_invitations (id) WHERE mail = 'due';
--> statement-breakpoint
-- What a token may do in its group, as JSON; null is all but the team. When it was last used, to the hour.
ALTER TABLE tokens ADD COLUMN verbs TEXT;
--> statement-breakpoint
ALTER TABLE tokens ADD COLUMN last_used_at INTEGER;
