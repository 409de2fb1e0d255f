/** Who may sign in, how, and with which rights. */
import { sql } from 'drizzle-orm'
import { blob, check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { ROLES } from '../../app/domain/vocabulary.ts'
import { account, campaign, unit } from './core.ts'
import { oneOf } from './one-of.ts'
import { importBatch } from './operation.ts'
import { ref } from './ref.ts'

/** A role over a unit's subtree, from–to. */
export const roleGrant = sqliteTable(
  'role_grant',
  {
    id: integer().primaryKey(),
    accountId: ref(() => account.id),
    role: text({ enum: ROLES }).notNull(),
    unitId: ref(() => unit.id),
    fromOn: text().notNull(),
    toOn: text(),
    createdAt: integer().notNull(),
    /** null: by the system, at the founding */
    createdBy: integer().references(() => account.id),
    /** the second person of an office's role; null: it took one, or was given before two were asked for */
    confirmedBy: integer().references(() => account.id),
    /** given by an administrator, not by a head to one of their people */
    byAdministrator: integer({ mode: 'boolean' }).notNull().default(false),
  },
  t => [
    check('role_grant_role', oneOf(t.role, ROLES)),
    index('role_grant_account').on(t.accountId),
    index('role_grant_unit').on(t.unitId),
    index('role_grant_giver').on(t.createdBy),
  ],
)

/** An office's role that an administrator asks for; a second person gives it, or it is dropped. */
export const grantRequest = sqliteTable(
  'grant_request',
  {
    id: integer().primaryKey(),
    accountId: ref(() => account.id),
    role: text({ enum: ROLES }).notNull(),
    unitId: ref(() => unit.id),
    fromOn: text().notNull(),
    toOn: text(),
    /** campaign clock */
    askedAt: integer().notNull(),
    askedBy: ref(() => account.id),
    /** null: it waits */
    decidedAt: integer(),
    decidedBy: integer().references(() => account.id),
    /** the grant that it became; null: it waits or was dropped */
    grantId: integer().references(() => roleGrant.id),
    /** the uploaded list that planned it; null: it was asked for by itself */
    batchId: integer().references(() => importBatch.id),
  },
  t => [
    check('grant_request_role', oneOf(t.role, ROLES)),
    check('grant_request_two_people', sql`${t.grantId} is null or ${t.decidedBy} <> ${t.askedBy}`),
    index('grant_request_account').on(t.accountId),
    index('grant_request_waiting').on(t.batchId).where(sql`${t.decidedAt} is null`),
  ],
)

/** `id` is the SHA-256 of the session id that the cookie carries. */
export const session = sqliteTable(
  'session',
  {
    id: text().primaryKey(),
    accountId: ref(() => account.id),
    /** the campaign that this session's pages show */
    campaignId: ref(() => campaign.id),
    expiresAt: integer().notNull(),
    createdAt: integer().notNull(),
    userAgent: text().notNull(),
    /** when it was last used, to ten minutes; null: not since it began */
    seenAt: integer(),
    /** begun with the second factor, ours or the province's provider's */
    isProven: integer({ mode: 'boolean' }).notNull().default(false),
    /** its use before `seenAt`, or that of the browser's session before it (ms, real clock); null: not known */
    contactBefore: integer(),
    /** begun by the province's sign-in, without a password, code, PIN or factor of ours */
    byProvider: integer({ mode: 'boolean' }).notNull().default(false),
  },
  t => [index('session_account').on(t.accountId)],
)

/** An account's authenticator application. */
export const secondFactor = sqliteTable('second_factor', {
  accountId: integer()
    .primaryKey()
    .references(() => account.id),
  /** base32, sealed under the staff's key */
  secretCipher: blob({ mode: 'buffer' }).notNull(),
  /** the newest step whose code was used: it and those before are used up */
  lastStep: integer().notNull(),
  createdAt: integer().notNull(),
})

/** A recovery code: replaces the authenticator application once, if the phone is lost. */
export const recoveryCode = sqliteTable(
  'recovery_code',
  {
    codeHash: text().primaryKey(),
    accountId: ref(() => account.id),
    /** null: unused */
    usedAt: integer(),
  },
  t => [index('recovery_code_account').on(t.accountId)],
)

/** A sign-in whose first step is done; used up by the second, in the browser that did the first. */
export const signInTicket = sqliteTable('sign_in_ticket', {
  id: integer().primaryKey(),
  ticketHash: text().notNull().unique(),
  accountId: ref(() => account.id),
  deviceHash: text().notNull(),
  expiresAt: integer().notNull(),
  /** the secret of an application that is being set up, sealed under the staff's key; null: there is one already */
  secretCipher: blob({ mode: 'buffer' }),
})

/** A browser that a person chose to keep: it opens with a six-digit PIN, five tries, then the password again. */
export const rememberedDevice = sqliteTable(
  'remembered_device',
  {
    deviceHash: text().notNull(),
    accountId: ref(() => account.id),
    pinHash: text().notNull(),
    /** wrong PINs in a row */
    misses: integer().notNull().default(0),
    rememberedAt: integer().notNull(),
    seenAt: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.deviceHash, t.accountId] }), index('remembered_device_account').on(t.accountId)],
)

/** Handed over on paper; used once to set a password. */
export const activationCode = sqliteTable(
  'activation_code',
  {
    id: integer().primaryKey(),
    accountId: ref(() => account.id),
    codeHash: text().notNull().unique(),
    createdAt: integer().notNull(),
    createdBy: integer().references(() => account.id),
    expiresAt: integer().notNull(),
    /** set a password, or ended unused; null: open, or expired */
    usedAt: integer(),
    /** set a password, campaign clock; null: it did not */
    openedAt: integer(),
    /** for an account that had a password then */
    isReset: integer({ mode: 'boolean' }).notNull().default(false),
    /** someone independent of its issuer vouched that the person received the account; null: nobody yet */
    receivedAt: integer(),
    receivedBy: integer().references(() => account.id),
    /** issued by an administrator, not by somebody of the unit or above it */
    byAdministrator: integer({ mode: 'boolean' }).notNull().default(false),
  },
  t => [index('activation_code_account').on(t.accountId), index('activation_code_issuer').on(t.createdBy)],
)

/** Failed sign-ins and used-up codes by keyed hash of account and address; written by the rate limiter. */
export const rateLimit = sqliteTable('rate_limit', {
  key: text().primaryKey(),
  points: integer().notNull(),
  expire: integer(),
})

/** Accounts that signed in from a browser, by its own cookie: tells a citizen's yes from an official's own device. */
export const deviceAccount = sqliteTable(
  'device_account',
  {
    deviceHash: text().notNull(),
    accountId: ref(() => account.id),
    seenAt: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.deviceHash, t.accountId] })],
)

/** A token of the interface /api/v1: only its hash is stored. */
export const apiToken = sqliteTable('api_token', {
  id: integer().primaryKey(),
  campaignId: ref(() => campaign.id),
  name: text().notNull(),
  tokenHash: text().notNull().unique(),
  /** JSON array of API_SCOPES */
  scopes: text().notNull(),
  unitId: ref(() => unit.id),
  createdAt: integer().notNull(),
  createdBy: ref(() => account.id),
  expiresAt: integer().notNull(),
  revokedAt: integer(),
  /** day of its last use */
  usedOn: text(),
})

/** One row: whether reminders go to phones, from which key pair (VAPID), and to which services; none: never turned on. */
export const pushService = sqliteTable(
  'push_service',
  {
    id: integer().primaryKey(),
    /** base64url of the uncompressed point (P-256) */
    publicKey: text().notNull(),
    /** PKCS #8, sealed under the staff's key */
    privateKeyCipher: blob({ mode: 'buffer' }).notNull(),
    /** the office's address of mail, to which a service may write */
    contact: text().notNull(),
    /** JSON: hosts that a browser maker's service answers at; `*.` before one means any name below */
    hosts: text().notNull(),
    isOn: integer({ mode: 'boolean' }).notNull(),
    changedAt: integer().notNull(),
    changedBy: ref(() => account.id),
  },
  t => [check('push_service_one_row', sql`${t.id} = 1`)],
)

/** A browser that shows reminders of its account: an address at the browser maker's service, no more. Real clock. */
export const pushSubscription = sqliteTable(
  'push_subscription',
  {
    id: integer().primaryKey(),
    accountId: ref(() => account.id),
    /** SHA-256 of the address, which is long and random */
    endpointHash: text().notNull().unique(),
    endpointCipher: blob({ mode: 'buffer' }).notNull(),
    createdAt: integer().notNull(),
    /** when its owner last asked for reminders here */
    renewedAt: integer().notNull(),
    /** a reminder waits to be sent since; null: none waits */
    askedAt: integer(),
    /** sendings of the waiting reminder that did not succeed */
    tries: integer().notNull().default(0),
  },
  t => [
    index('push_subscription_account').on(t.accountId),
    index('push_subscription_waiting').on(t.askedAt).where(sql`${t.askedAt} is not null`),
  ],
)
