import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Who signs in. */
export const accounts = sqliteTable('accounts', {
  id: text('id').primaryKey().notNull(),
  /** In lower case; null where a provider vouched for none. */
  email: text('email'),
  name: text('name').notNull(),
  createdAt: integer('created_at').notNull(),
})

/** Who an account is to a provider of OpenID Connect. */
export const identities = sqliteTable(
  'identities',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    accountId: text('account_id').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.issuer, table.subject] })],
)

/** Where an account is signed in. */
export const sessions = sqliteTable('sessions', {
  id: text('id').primaryKey().notNull(),
  accountId: text('account_id').notNull(),
  hash: text('hash').notNull(),
  /** What the browser calls itself. */
  agent: text('agent').notNull(),
  createdAt: integer('created_at').notNull(),
  /** To the hour. */
  seenAt: integer('seen_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  revokedAt: integer('revoked_at'),
})

/** Links and codes that were asked for. The sender of the mail makes them, so that no row ever holds one. */
export const signIns = sqliteTable('sign_ins', {
  id: text('id').primaryKey().notNull(),
  email: text('email').notNull(),
  /** Of the secret in the cookie of the browser that asked. */
  browserHash: text('browser_hash').notNull(),
  linkHash: text('link_hash'),
  codeHash: text('code_hash'),
  returnTo: text('return_to').notNull(),
  /** How many codes were tried. */
  tries: integer('tries').notNull(),
  mail: text('mail', { enum: ['due', 'sent', 'dropped'] }).notNull(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
  changeId: text('change_id'),
  /** Of the mail. */
  language: text('language'),
})

/** Keys of devices with which an account signs in (WebAuthn). */
export const passkeys = sqliteTable('passkeys', {
  /** The credential's id, as the device has it: base64url. */
  id: text('id').primaryKey().notNull(),
  accountId: text('account_id').notNull(),
  /** COSE, in base64url. */
  publicKey: text('public_key').notNull(),
  /** How often the device says that it signed; 0 where it does not count. */
  counter: integer('counter').notNull(),
  name: text('name').notNull(),
  createdAt: integer('created_at').notNull(),
  usedAt: integer('used_at'),
  changeId: text('change_id').notNull(),
})

/** What devices are asked to sign. */
export const passkeyChallenges = sqliteTable('passkey_challenges', {
  hash: text('hash').primaryKey().notNull(),
  /** Whose device is to be added; null where somebody signs in. */
  accountId: text('account_id'),
  expiresAt: integer('expires_at').notNull(),
  /** Of the change that used it up. */
  changeId: text('change_id'),
})

/** What an account is in a group. */
export const grants = sqliteTable(
  'grants',
  {
    groupId: text('group_id').notNull(),
    accountId: text('account_id').notNull(),
    role: text('role', { enum: ['owner', 'organizer', 'helper', 'member'] }).notNull(),
    createdAt: integer('created_at').notNull(),
    changeId: text('change_id').notNull(),
    /** How often the group's organizers are told what happened in it, and when next. */
    digest: text('digest', { enum: ['day', 'week', 'never'] }).notNull(),
    digestAt: integer('digest_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.accountId] })],
)

/** Who was asked to join a group's team. */
export const teamInvitations = sqliteTable('team_invitations', {
  id: text('id').primaryKey().notNull(),
  groupId: text('group_id').notNull(),
  email: text('email').notNull(),
  role: text('role', { enum: ['owner', 'organizer', 'helper', 'member'] }).notNull(),
  /** Of the link that was shown to who invited, and of the one that went by mail. */
  hash: text('hash').notNull(),
  mailHash: text('mail_hash'),
  mail: text('mail', { enum: ['due', 'sent', 'dropped'] }).notNull(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  acceptedAt: integer('accepted_at'),
  revokedAt: integer('revoked_at'),
  changeId: text('change_id').notNull(),
})
