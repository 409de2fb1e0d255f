/** The versions of a campaign and its keys. */
import { sql } from 'drizzle-orm'
import { blob, check, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { account, campaign } from './core.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'

/** A dated version of the campaign's dates and parameters; the highest version is in force. Never edited. */
export const regulation = sqliteTable(
  'regulation',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    version: integer().notNull(),
    /** JSON of domain/regulation.ts `Regulation` */
    parameters: text().notNull(),
    /** the numbered document that decided this version */
    documentNumber: text().notNull(),
    decidedOn: text().notNull(),
    note: text().notNull().default(''),
    createdAt: integer().notNull(),
    /** null: by the system, at the founding */
    createdBy: integer().references(() => account.id),
  },
  t => [uniqueIndex('regulation_version').on(t.campaignId, t.version)],
)

/** How a campaign calls what holds in it; one without a row calls it as everywhere. */
export const campaignTerms = sqliteTable('campaign_terms', {
  campaignId: integer()
    .primaryKey()
    .references(() => campaign.id),
  /** JSON of domain/terms.ts `TermWords` */
  terms: text().notNull().default('{}'),
  /** the plan that the database was founded with, and that its office never ran: it is shown nowhere */
  isPattern: integer({ mode: 'boolean' }).notNull().default(false),
})

/** Data and matching keys, wrapped by the master key of the environment. Campaign null: the staff's own keys. */
export const wrappedKey = sqliteTable(
  'wrapped_key',
  {
    id: integer().primaryKey(),
    campaignId: integer().references(() => campaign.id),
    purpose: text({ enum: ['data', 'match'] }).notNull(),
    /** null: destroyed; what it sealed can never be read or matched again */
    wrapped: blob({ mode: 'buffer' }),
    createdAt: integer().notNull(),
    destroyedAt: integer(),
  },
  t => [check('wrapped_key_purpose', oneOf(t.purpose, ['data', 'match']))],
)

/** The act that destroys a campaign's keys: one person proposes, another confirms. */
export const keyDestruction = sqliteTable(
  'key_destruction',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    /** real clock, as the days of backups */
    proposedAt: integer().notNull(),
    proposedBy: ref(() => account.id),
    withdrawnAt: integer(),
    withdrawnBy: integer().references(() => account.id),
    /** the keys were destroyed */
    confirmedAt: integer(),
    confirmedBy: integer().references(() => account.id),
    /** campaign clock: the keys may go from then on; null: proposed before there was a waiting time */
    dueAt: integer(),
  },
  t => [
    check('key_destruction_two_people', sql`${t.confirmedBy} is null or ${t.confirmedBy} <> ${t.proposedBy}`),
    uniqueIndex('key_destruction_campaign').on(t.campaignId).where(sql`${t.withdrawnAt} is null`),
  ],
)
