/** Verdicts summed up: standings, tallies, publications. */
import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { CATEGORIES, OFFICIAL_RESULTS, PART_STANDINGS } from '../../app/domain/vocabulary.ts'
import { campaign, official, unit } from './core.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'

/** domain/standing.ts of one official in one campaign, and the live result of assessOfficial. */
export const standing = sqliteTable(
  'standing',
  {
    campaignId: ref(() => campaign.id),
    officialId: ref(() => official.id),
    /** as `official` has it, kept here by a trigger: lists of those who lack most come in its order */
    sortName: text().notNull(),
    /** posting on the cut-off day; null: works nowhere in the province then */
    unitId: integer().references(() => unit.id),
    category: text({ enum: CATEGORIES }),
    isLeader: integer({ mode: 'boolean' }).notNull(),
    /** null: exempt from the quota, or does not bear it */
    target: integer(),
    reported: integer().notNull(),
    counted: integer().notNull(),
    verified: integer().notNull(),
    countedAny: integer().notNull(),
    simSignature: text({ enum: PART_STANDINGS }).notNull(),
    phone4g: text({ enum: PART_STANDINGS }).notNull(),
    portalNational: text({ enum: PART_STANDINGS }).notNull(),
    portalProvincial: text({ enum: PART_STANDINGS }).notNull(),
    /** how many of the three obligations are neither met nor lifted */
    unmet: integer().notNull(),
    /** citizens still missing to the target */
    shortage: integer().notNull(),
    /** domain/assessment.ts, live */
    result: text({ enum: OFFICIAL_RESULTS }).notNull(),
    /** the same under the other reading of the quota (any one required outcome) */
    resultAny: text({ enum: OFFICIAL_RESULTS }).notNull(),
    /** real clock: officials refreshed since a close began are assessed once more at its end */
    refreshedAt: integer().notNull().default(0),
    /** 1: a signature of one's own proves the one that `simSignature` asks for, whatever the SIM's own name rests on */
    simSignatureProven: integer().notNull().default(0),
  },
  t => [
    primaryKey({ columns: [t.campaignId, t.officialId] }),
    check('standing_result', oneOf(t.result, OFFICIAL_RESULTS)),
    check('standing_result_any', oneOf(t.resultAny, OFFICIAL_RESULTS)),
    index('standing_unit').on(t.campaignId, t.unitId, t.shortage, t.unmet, t.category, t.result, t.resultAny),
    index('standing_lacking').on(t.campaignId, sql`${t.shortage} desc`, sql`${t.unmet} desc`, t.sortName, t.officialId),
    index('standing_name').on(t.campaignId, t.unitId, t.sortName, t.officialId, t.category, t.result, t.resultAny),
    index('standing_result_unit').on(t.campaignId, t.result, t.unitId, t.sortName, t.officialId),
  ],
)

const TALLY_DIMENSIONS = ['unit', 'block', 'category', 'chapter', 'locality'] as const

/** Help records by the day helped, for a unit and each ancestor, and in the same way for the other dimensions. */
export const helpTally = sqliteTable(
  'help_tally',
  {
    campaignId: integer().notNull(),
    dimension: text({ enum: TALLY_DIMENSIONS }).notNull(),
    /** id of a unit or a chapter, or code of a locality */
    key: text().notNull(),
    /** the day helped */
    day: text().notNull(),
    reported: integer().notNull(),
    counted: integer().notNull(),
    verified: integer().notNull(),
    countedAny: integer().notNull(),
    awaiting: integer().notNull(),
    /** counted, split by what it rests on */
    byInspection: integer().notNull().default(0),
    byExtract: integer().notNull().default(0),
    byCitizen: integer().notNull().default(0),
    byUnit: integer().notNull().default(0),
  },
  t => [primaryKey({ columns: [t.campaignId, t.day, t.key, t.dimension] })],
)

/** The same without the day. */
export const helpTotal = sqliteTable(
  'help_total',
  {
    campaignId: integer().notNull(),
    dimension: text({ enum: TALLY_DIMENSIONS }).notNull(),
    /** unit id, block, `unitId/category`, chapter id, or locality code */
    key: text().notNull(),
    reported: integer().notNull(),
    counted: integer().notNull(),
    verified: integer().notNull(),
    countedAny: integer().notNull(),
    awaiting: integer().notNull(),
    /** counted, split by what it rests on */
    byInspection: integer().notNull().default(0),
    byExtract: integer().notNull().default(0),
    byCitizen: integer().notNull().default(0),
    byUnit: integer().notNull().default(0),
    /** counted, with the outcome achieved by the help, or had before; each outcome by itself */
    eidActivatedAchieved: integer().notNull().default(0),
    eidActivatedHad: integer().notNull().default(0),
    simSignatureAchieved: integer().notNull().default(0),
    simSignatureHad: integer().notNull().default(0),
    phone4gAchieved: integer().notNull().default(0),
    phone4gHad: integer().notNull().default(0),
  },
  t => [primaryKey({ columns: [t.campaignId, t.key, t.dimension] })],
)

/** Sums of standings: the people posted at the cut-off, their targets and obligations. */
export const peopleTally = sqliteTable(
  'people_tally',
  {
    campaignId: integer().notNull(),
    dimension: text({ enum: TALLY_DIMENSIONS }).notNull(),
    key: text().notNull(),
    officials: integer().notNull(),
    women: integer().notNull(),
    quotaBearers: integer().notNull(),
    targets: integer().notNull(),
    reached: integer().notNull(),
    /** `reached` under the other reading of the quota */
    reachedAny: integer().notNull(),
    /** quota bearers without any reported record */
    idle: integer().notNull(),
    /** Σ of citizens missing to the targets; the column keeps its former name */
    shortage: integer('owed').notNull(),
    reported: integer().notNull(),
    counted: integer().notNull(),
    verified: integer().notNull(),
    countedAny: integer().notNull(),
    obligationBearers: integer().notNull(),
    allMet: integer().notNull(),
    simSignatureBearers: integer().notNull(),
    simSignatureDeclared: integer().notNull(),
    simSignatureConfirmed: integer().notNull(),
    simSignatureMet: integer().notNull(),
    phone4gBearers: integer().notNull(),
    phone4gDeclared: integer().notNull(),
    phone4gConfirmed: integer().notNull(),
    phone4gMet: integer().notNull(),
    portalNationalBearers: integer().notNull(),
    portalNationalDeclared: integer().notNull(),
    portalNationalConfirmed: integer().notNull(),
    portalNationalMet: integer().notNull(),
    portalProvincialBearers: integer().notNull(),
    portalProvincialDeclared: integer().notNull(),
    portalProvincialConfirmed: integer().notNull(),
    portalProvincialMet: integer().notNull(),
    /** both portals as the one obligation that they are */
    portalLoginBearers: integer().notNull(),
    portalLoginMet: integer().notNull(),
    /** obligation parts that wait for the unit: declared, or lacking in a full list */
    awaiting: integer().notNull(),
    eligible: integer().notNull(),
    completed: integer().notNull(),
    /** met, and shown by an extract */
    simSignatureVerified: integer().notNull().default(0),
    phone4gVerified: integer().notNull().default(0),
    /** met, and proven by an own sign-in at the portal */
    portalNationalVerified: integer().notNull().default(0),
    portalProvincialVerified: integer().notNull().default(0),
    /** of `simSignatureVerified`: those who signed, so that the act proves their signature */
    simSignatureProven: integer().notNull().default(0),
  },
  t => [primaryKey({ columns: [t.campaignId, t.key, t.dimension] })],
)

/**
 * The records that wait for their unit's confirmation, by the unit of their official on the day helped: what queues
 * read. Other units' queues find them by their tree.
 */
export const helpQueue = sqliteTable(
  'help_queue',
  {
    campaignId: integer().notNull(),
    unitId: integer().notNull(),
    helpId: integer().notNull(),
    officialId: integer().notNull(),
    /** as `help` has it */
    recordedBy: integer(),
  },
  t => [primaryKey({ columns: [t.campaignId, t.unitId, t.helpId] })],
)

/** Standings counted by result, for a unit and each unit above it, under both readings of the quota. */
export const resultTally = sqliteTable(
  'result_tally',
  {
    campaignId: integer().notNull(),
    /** id of a unit */
    key: text().notNull(),
    /** block of the unit where the officials are posted */
    block: text().notNull(),
    category: text().notNull(),
    /** domain/assessment.ts, live */
    result: text().notNull(),
    /** the same under the other reading of the quota */
    resultAny: text().notNull(),
    officials: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.campaignId, t.key, t.block, t.category, t.result, t.resultAny] })],
)

/**
 * Figures from personal records published on one day (domain/disclosure), as they were at `takenAt` (campaign
 * clock). Never changed: what the next day may publish depends on what earlier days have published.
 */
export const publication = sqliteTable(
  'publication',
  {
    campaignId: ref(() => campaign.id),
    day: text().notNull(),
    takenAt: integer().notNull(),
    /** JSON of queries/publication.server.ts `Publication` */
    figures: text().notNull(),
    /** JSON of the true counts behind `figures`, for the audit of later days; never shown; null: were not kept then */
    truth: text(),
  },
  t => [primaryKey({ columns: [t.campaignId, t.day] })],
)
