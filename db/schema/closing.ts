/** The close, due process and gates. */
import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import {
  CLOSING_ACTS,
  CLOSING_ITEMS,
  CLOSING_REASONS,
  COLLECTIVE_RESULTS,
  GATES,
  OFFICIAL_RESULTS,
  REVIEW_DECISIONS,
  REVIEW_STEPS,
} from '../../app/domain/vocabulary.ts'
import { regulation } from './campaign.ts'
import { account, campaign, official, storedFile, unit } from './core.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'

/** kết thúc đợt: the assessments of a campaign, computed and frozen; each later version says why it was made. */
export const closing = sqliteTable(
  'closing',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    /** 0: the rehearsal, replaced by the next one; from 1 on: frozen */
    version: integer().notNull(),
    reason: text({ enum: CLOSING_REASONS }).notNull(),
    /** the document or fact behind a later version */
    note: text().notNull().default(''),
    regulationId: ref(() => regulation.id),
    /** campaign clock, as frozenAt */
    startedAt: integer().notNull(),
    startedBy: integer().references(() => account.id),
    /** null: being computed */
    frozenAt: integer(),
    /** JSON of queries/closing.server.ts `ClosingSummary`: its day, how far it has come, counts by result, what moved */
    summary: text().notNull().default('{}'),
    /** SHA-256 (hex) over every assessment of this version in the order of ids; null until frozen */
    hash: text(),
  },
  t => [
    check('closing_reason', oneOf(t.reason, CLOSING_REASONS)),
    uniqueIndex('closing_version').on(t.campaignId, t.version),
  ],
)

/**
 * One official's frozen assessment: valid for the versions fromVersion ≤ v < toVersion. Only toVersion is ever set
 * later; the rehearsal's rows (0 to 1) are replaced by the next rehearsal.
 */
export const officialAssessment = sqliteTable(
  'official_assessment',
  {
    campaignId: integer().notNull(),
    officialId: ref(() => official.id),
    fromVersion: integer().notNull(),
    /** null: still valid */
    toVersion: integer(),
    unitId: ref(() => unit.id),
    result: text({ enum: OFFICIAL_RESULTS }).notNull(),
    /** canonical JSON of domain/closing.ts `FrozenOfficial`: what the result was computed from, and replays are */
    facts: text().notNull(),
  },
  t => [
    primaryKey({ columns: [t.campaignId, t.officialId, t.fromVersion] }),
    check('official_assessment_result', oneOf(t.result, OFFICIAL_RESULTS)),
    index('official_assessment_unit').on(t.campaignId, t.unitId, t.result, t.toVersion),
    index('official_assessment_result').on(t.campaignId, t.result, t.unitId, t.toVersion),
    index('official_assessment_change').on(t.campaignId, t.fromVersion).where(sql`${t.fromVersion} <> 1`),
  ],
)

/** The same of a collective. */
export const collectiveAssessment = sqliteTable(
  'collective_assessment',
  {
    campaignId: integer().notNull(),
    unitId: ref(() => unit.id),
    fromVersion: integer().notNull(),
    toVersion: integer(),
    result: text({ enum: COLLECTIVE_RESULTS }).notNull(),
    /** canonical JSON of domain/closing.ts `StoredCollective` */
    facts: text().notNull(),
  },
  t => [
    primaryKey({ columns: [t.campaignId, t.unitId, t.fromVersion] }),
    check('collective_assessment_result', oneOf(t.result, COLLECTIVE_RESULTS)),
  ],
)

/** Something that waits at the close and is knowingly left, with why: one line of `domain/closing-check.ts`. */
export const closingTick = sqliteTable(
  'closing_tick',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    item: text({ enum: CLOSING_ITEMS }).notNull(),
    /** how much waited when it was ticked; more asks again */
    count: integer().notNull(),
    reason: text().notNull(),
    /** campaign clock, as withdrawnAt */
    createdAt: integer().notNull(),
    createdBy: ref(() => account.id),
    /** null: in force */
    withdrawnAt: integer(),
  },
  t => [
    check('closing_tick_item', oneOf(t.item, CLOSING_ITEMS)),
    uniqueIndex('closing_tick_in_force').on(t.campaignId, t.item).where(sql`${t.withdrawnAt} is null`),
  ],
)

/** The close, or the destruction of the worklists, that one person proposes and another confirms. */
export const closingRequest = sqliteTable(
  'closing_request',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    act: text({ enum: CLOSING_ACTS }).notNull(),
    /** entries after the last day come into the version; of the worklists: false */
    withLate: integer({ mode: 'boolean' }).notNull(),
    /** campaign clock, as the others */
    proposedAt: integer().notNull(),
    proposedBy: ref(() => account.id),
    /** null: waits */
    confirmedAt: integer(),
    confirmedBy: integer().references(() => account.id),
    withdrawnAt: integer(),
    withdrawnBy: integer().references(() => account.id),
  },
  t => [
    check('closing_request_act', oneOf(t.act, CLOSING_ACTS)),
    check('closing_request_two_people', sql`${t.confirmedBy} is null or ${t.confirmedBy} <> ${t.proposedBy}`),
    uniqueIndex('closing_request_waiting')
      .on(t.campaignId, t.act)
      .where(sql`${t.confirmedAt} is null and ${t.withdrawnAt} is null`),
  ],
)

/** xem xét trách nhiệm: one case of due process, of one official or one collective (plan V.4). */
export const reviewCase = sqliteTable(
  'review_case',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    officialId: integer().references(() => official.id),
    /** the collective; with an official, their unit at the cut-off */
    unitId: ref(() => unit.id),
    openedAt: integer().notNull(),
    /** ended by a withdrawal; null: still in force */
    withdrawnAt: integer(),
    /** in force when the notice was given: its terms hold, or longer ones; null: opened before this was kept */
    regulationId: integer().references(() => regulation.id),
  },
  t => [
    index('review_case_official').on(t.campaignId, t.officialId),
    index('review_case_unit').on(t.campaignId, t.unitId),
  ],
)

/** A step of a case; append-only. What has been decided is read off the steps (domain/due-process.ts). */
export const reviewStep = sqliteTable(
  'review_step',
  {
    id: integer().primaryKey(),
    caseId: ref(() => reviewCase.id),
    kind: text({ enum: REVIEW_STEPS }).notNull(),
    decision: text({ enum: REVIEW_DECISIONS }),
    /** the explanation, the appeal, or the reasons of a decision */
    body: text().notNull(),
    documentNumber: text().notNull().default(''),
    fileId: integer().references(() => storedFile.id),
    /** campaign clock */
    takenAt: integer().notNull(),
    takenOn: text().notNull(),
    takenBy: ref(() => account.id),
  },
  t => [
    check('review_step_kind', oneOf(t.kind, REVIEW_STEPS)),
    check('review_step_decision', oneOf(t.decision, REVIEW_DECISIONS)),
    index('review_step_case').on(t.caseId),
  ],
)

/** A hindrance to a proposal, dated, with its document; entered by home affairs (domain 9). */
export const gate = sqliteTable(
  'gate',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    officialId: integer().references(() => official.id),
    unitId: integer().references(() => unit.id),
    kind: text({ enum: GATES }).notNull(),
    documentNumber: text().notNull(),
    documentOn: text().notNull(),
    fromOn: text().notNull(),
    /** null: until further notice */
    toOn: text(),
    createdAt: integer().notNull(),
    createdBy: ref(() => account.id),
    withdrawnAt: integer(),
  },
  t => [
    check('gate_kind', oneOf(t.kind, GATES)),
    check('gate_one_subject', sql`(${t.officialId} is null) <> (${t.unitId} is null)`),
    index('gate_official').on(t.campaignId, t.officialId),
    index('gate_unit').on(t.campaignId, t.unitId),
  ],
)

/** The same frozen facts under other parameters: who would enter, who leave. Never changes a round. */
export const scenario = sqliteTable('scenario', {
  id: integer().primaryKey(),
  closingId: ref(() => closing.id),
  name: text().notNull(),
  /** JSON: the parameters that differ from the closing's regulation, and the reading of the quota */
  parameters: text().notNull(),
  createdAt: integer().notNull(),
  createdBy: ref(() => account.id),
  /** JSON: counts, and ids of those who enter and leave each list; null: being computed */
  result: text(),
})
