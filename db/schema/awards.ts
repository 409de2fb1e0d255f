/** Rounds of commendation. */
import { sql } from 'drizzle-orm'
import { blob, check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { AWARD_PARTS } from '../../app/domain/award-rate.ts'
import { BASIS_SUBJECTS } from '../../app/domain/legal-basis.ts'
import {
  AWARD_FORMS,
  CANDIDATE_ACTIONS,
  CANDIDATE_KINDS,
  ROUND_KINDS,
  ROUND_STAGES,
} from '../../app/domain/vocabulary.ts'
import { closing } from './closing.ts'
import { account, campaign, official, unit } from './core.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'

/** đợt xét: one dossier on its way to a decision. */
export const round = sqliteTable(
  'round',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    kind: text({ enum: ROUND_KINDS }).notNull(),
    name: text().notNull(),
    /** the version of the assessments that it draws on */
    closingId: ref(() => closing.id),
    /** at most so many go on from home affairs; null: no cap */
    individualCap: integer(),
    collectiveCap: integer(),
    proposalsDueOn: text().notNull(),
    createdAt: integer().notNull(),
    createdBy: ref(() => account.id),
    /** the list was frozen and sent on (hash over the candidates and their figures) */
    frozenAt: integer(),
    hash: text(),
    decisionNumber: text(),
    decisionOn: text(),
    decidedAt: integer(),
  },
  t => [check('round_kind', oneOf(t.kind, ROUND_KINDS)), index('round_campaign').on(t.campaignId, t.kind)],
)

/** Somebody proposed in a round: an official, a collective, or one from outside the rosters. */
export const candidate = sqliteTable(
  'candidate',
  {
    id: integer().primaryKey(),
    roundId: ref(() => round.id),
    kind: text({ enum: CANDIDATE_KINDS }).notNull(),
    officialId: integer().references(() => official.id),
    /** the collective itself; for everybody else the unit that proposes them */
    unitId: ref(() => unit.id),
    /** null: proposed for review */
    form: text({ enum: AWARD_FORMS }),
    /** of those outside the rosters: name, what they are and where, birth year, sex (JSON); '{}' otherwise */
    outside: text().notNull().default('{}'),
    /** tóm tắt thành tích, by the unit */
    achievement: text().notNull().default(''),
    stage: text({ enum: ROUND_STAGES }).notNull(),
    /** null: under way; the action that ended it */
    ended: text({ enum: CANDIDATE_ACTIONS }),
    /** number of the certificate, once decided */
    certificateNumber: text(),
    proposedAt: integer().notNull(),
    /** keyed hash of a person's number, to tell them from officials; null: not given, or not from outside */
    outsideNumberHash: text(),
    /** why a collective that is not eligible is proposed all the same; '': it is eligible, or nobody asked for more */
    exceptionReason: text().notNull().default(''),
    /** the person of the armed forces agreed to be named outside their own tree; null: they did not, or need not */
    disclosedAt: integer(),
  },
  t => [
    check('candidate_kind', oneOf(t.kind, CANDIDATE_KINDS)),
    check('candidate_stage', oneOf(t.stage, ROUND_STAGES)),
    check('candidate_form', oneOf(t.form, AWARD_FORMS)),
    uniqueIndex('candidate_official').on(t.roundId, t.officialId),
    index('candidate_unit').on(t.roundId, t.unitId),
  ],
)

/** A candidate's way through the stages; append-only, so that a revocation keeps the history. */
export const candidateStep = sqliteTable(
  'candidate_step',
  {
    id: integer().primaryKey(),
    candidateId: ref(() => candidate.id),
    stage: text({ enum: ROUND_STAGES }).notNull(),
    action: text({ enum: CANDIDATE_ACTIONS }).notNull(),
    reason: text().notNull().default(''),
    votesFor: integer(),
    votesTotal: integer(),
    takenAt: integer().notNull(),
    takenBy: ref(() => account.id),
  },
  t => [
    check('candidate_step_stage', oneOf(t.stage, ROUND_STAGES)),
    check('candidate_step_action', oneOf(t.action, CANDIDATE_ACTIONS)),
    index('candidate_step_candidate').on(t.candidateId),
  ],
)

/** khen thưởng đã có: what an official or a collective was awarded for before. */
export const award = sqliteTable(
  'award',
  {
    id: integer().primaryKey(),
    officialId: integer().references(() => official.id),
    unitId: integer().references(() => unit.id),
    name: text().notNull(),
    year: integer().notNull(),
    decisionNumber: text().notNull(),
    /** the achievement it was for, where it was this campaign's; an achievement is used once */
    campaignId: integer().references(() => campaign.id),
    createdAt: integer().notNull(),
    createdBy: ref(() => account.id),
    revokedAt: integer(),
  },
  t => [
    check('award_one_subject', sql`(${t.officialId} is null) <> (${t.unitId} is null)`),
    index('award_official').on(t.officialId),
    index('award_unit').on(t.unitId),
  ],
)

/** căn cứ pháp lý: cited in documents that are dated within its days. */
export const legalBasis = sqliteTable(
  'legal_basis',
  {
    id: integer().primaryKey(),
    /** "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022", without the closing mark */
    citation: text().notNull(),
    place: integer().notNull(),
    fromOn: text().notNull(),
    toOn: text(),
    /** form numbers that it prescribes (JSON: document kind → "Mẫu số 02"); '{}' none */
    forms: text().notNull().default('{}'),
    createdAt: integer().notNull(),
    /** null: by the system, at the founding */
    createdBy: integer().references(() => account.id),
    /** what it is cited for */
    subject: text({ enum: BASIS_SUBJECTS }).notNull().default('commendation'),
  },
  t => [check('legal_basis_subject', oneOf(t.subject, BASIS_SUBJECTS)), index('legal_basis_days').on(t.fromOn)],
)

/** mức tiền thưởng: the bonus of an award decided within these days, entered by home affairs with its source. */
export const awardRate = sqliteTable(
  'award_rate',
  {
    id: integer().primaryKey(),
    form: text({ enum: AWARD_FORMS }).notNull(),
    part: text({ enum: AWARD_PARTS }).notNull(),
    /** times the base salary, in hundredths */
    multiple: integer().notNull(),
    /** đồng */
    baseSalary: integer().notNull(),
    source: text().notNull(),
    fromOn: text().notNull(),
    toOn: text(),
    createdAt: integer().notNull(),
    createdBy: integer().references(() => account.id),
  },
  t => [
    check('award_rate_form', oneOf(t.form, AWARD_FORMS)),
    check('award_rate_part', oneOf(t.part, AWARD_PARTS)),
    index('award_rate_days').on(t.fromOn),
  ],
)

/** Where the words of a certificate go on its printed form: the newest entry of each form holds. */
export const certificateLayout = sqliteTable('certificate_layout', {
  id: integer().primaryKey(),
  /** JSON of domain/certificate-layout.ts `CertificateLayout`, millimetres from the page's top left corner */
  layout: text().notNull(),
  createdAt: integer().notNull(),
  createdBy: integer().references(() => account.id),
})

/**
 * The papers of a round in one zip, made by a job. Sealed, for they name people; emptied when a newer one of the round is
 * made, and a week after.
 */
export const paperBundle = sqliteTable(
  'paper_bundle',
  {
    id: integer().primaryKey(),
    roundId: ref(() => round.id),
    /** null: the day of the papers is left blank */
    datedOn: text(),
    files: integer().notNull(),
    /** an empty blob: emptied */
    contentCipher: blob({ mode: 'buffer' }).notNull(),
    createdAt: integer().notNull(),
    createdBy: ref(() => account.id),
  },
  t => [index('paper_bundle_round').on(t.roundId)],
)

/** A meeting of the council on a round; its minutes are frozen as it is recorded. */
export const councilMeeting = sqliteTable(
  'council_meeting',
  {
    id: integer().primaryKey(),
    roundId: ref(() => round.id),
    metOn: text().notNull(),
    /** canonical JSON of domain/council.ts `CouncilMinutes`: who was there, when and where, and each vote */
    minutes: text().notNull(),
    /** SHA-256 (hex) of the bytes of `minutes` */
    hash: text().notNull(),
    /** campaign clock */
    recordedAt: integer().notNull(),
    recordedBy: ref(() => account.id),
  },
  t => [index('council_meeting_round').on(t.roundId)],
)

/** What was added to a meeting's minutes later; append-only. */
export const councilSupplement = sqliteTable(
  'council_supplement',
  {
    id: integer().primaryKey(),
    meetingId: ref(() => councilMeeting.id),
    body: text().notNull(),
    recordedAt: integer().notNull(),
    recordedBy: ref(() => account.id),
  },
  t => [index('council_supplement_meeting').on(t.meetingId)],
)
