/** Pledges, obligations, targets and exemptions of officials. */
import { sql } from 'drizzle-orm'
import {
  type AnySQLiteColumn,
  blob,
  check,
  index,
  integer,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import {
  CARRIERS,
  CERTIFICATE_KINDS,
  EXEMPTION_PARTS,
  EXEMPTION_REASONS,
  EXEMPTION_STATES,
  OBLIGATION_PARTS,
  OBLIGATION_STATES,
  PARTS_OF,
} from '../../app/domain/vocabulary.ts'
import { account, campaign, official, storedFile, unit } from './core.ts'
import { extract, signatureCheck } from './evidence.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'

/** cam kết: signed in the app, or one signed list for a unit. The highest id of a person is in force. */
export const pledge = sqliteTable(
  'pledge',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    officialId: ref(() => official.id),
    /** citizens promised, at least the target */
    citizens: integer().notNull(),
    simSignatureBy: text().notNull(),
    phone4gBy: text().notNull(),
    portalLoginBy: text().notNull(),
    signedAt: integer().notNull(),
    /** the unit's signed list; null: signed in the app by the person */
    listFileId: integer().references(() => storedFile.id),
  },
  t => [index('pledge_official').on(t.campaignId, t.officialId)],
)

/** One part of one official's obligations; no row means `missing`. */
export const obligation = sqliteTable(
  'obligation',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    officialId: ref(() => official.id),
    part: text({ enum: OBLIGATION_PARTS }).notNull(),
    state: text({ enum: OBLIGATION_STATES }).notNull(),
    /* sim_signature */
    phoneCipher: blob({ mode: 'buffer' }),
    carrier: text({ enum: CARRIERS }),
    isOwnName: integer({ mode: 'boolean' }),
    certificateProvider: text(),
    certificateKind: text({ enum: CERTIFICATE_KINDS }),
    validFromOn: text(),
    validToOn: text(),
    /* phone_4g */
    deviceMaker: text(),
    deviceModel: text(),
    /* portal_national, portal_provincial */
    firstLoginOn: text(),
    evidenceFileId: integer().references(() => storedFile.id),
    declaredAt: integer().notNull(),
    confirmedAt: integer(),
    confirmedBy: integer().references(() => account.id),
    returnedAt: integer(),
    returnReason: text(),
    /** the applied extract that decides about a confirmed part; null: none says anything */
    extractId: integer().references((): AnySQLiteColumn => extract.id),
    /** whether that extract shows the part, or is a full list that lacks it; null: none says anything */
    extractShows: integer({ mode: 'boolean' }),
    /** the lacking extract that the unit looked at and cleared the part of; null: none */
    clearedExtractId: integer().references((): AnySQLiteColumn => extract.id),
    clearedAt: integer(),
    clearedBy: integer().references(() => account.id),
    /** the signed file whose signature proves the signature of `sim_signature`; null: none does */
    proofFileId: integer().references((): AnySQLiteColumn => signatureCheck.fileId),
    /** the certificate declared was withdrawn before it signed (ms); null: nothing is known of that */
    revokedAt: integer(),
  },
  t => [
    check('obligation_part', oneOf(t.part, OBLIGATION_PARTS)),
    check('obligation_state', oneOf(t.state, OBLIGATION_STATES)),
    uniqueIndex('obligation_official').on(t.campaignId, t.officialId, t.part),
    /** what a full list lacks and no unit has cleared: `IS_IN_REVIEW` */
    index('obligation_review')
      .on(t.campaignId, t.officialId)
      .where(sql`${t.state} = 'confirmed' and ${t.extractShows} is 0 and ${t.clearedExtractId} is not ${t.extractId}`),
    index('obligation_state').on(t.campaignId, t.state, t.officialId),
  ],
)

/** An official's sign-in at an issuer of OpenID Connect that says, or proves, that they use a portal. */
export const portalLogin = sqliteTable(
  'portal_login',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    officialId: ref(() => official.id),
    /** address of the issuer that the sign-in came from */
    issuer: text().notNull(),
    /** the portal whose own issuer it was at the sign-in; null: another issuer */
    part: text({ enum: PARTS_OF.portal_login }),
    /** matchHash (staff) of the issuer and its own name for the person */
    subjectHash: text().notNull(),
    /** matchHash (staff) of the personal number that the issuer told; null: it told none */
    numberHash: text(),
    /** at a level of assurance that was asked for */
    isAssured: integer({ mode: 'boolean' }).notNull(),
    /** campaign clock; the first one that proves, else the last one kept */
    signedInAt: integer().notNull(),
  },
  t => [
    check('portal_login_part', oneOf(t.part, PARTS_OF.portal_login)),
    uniqueIndex('portal_login_official').on(t.campaignId, t.officialId, t.issuer),
    uniqueIndex('portal_login_subject').on(t.campaignId, t.subjectHash),
  ],
)

/**
 * trang đăng nhập của cổng: an issuer of OpenID Connect that is a portal's own. One administrator enters it with its
 * source, a second one agrees; until then, outside its days, and once it is ended, a sign-in there proves nothing.
 */
export const portalIssuer = sqliteTable(
  'portal_issuer',
  {
    id: integer().primaryKey(),
    part: text({ enum: PARTS_OF.portal_login }).notNull(),
    /** address of the issuer, as it names itself */
    issuer: text().notNull(),
    clientId: text().notNull(),
    /** sealed under the staff's key */
    clientSecretCipher: blob({ mode: 'buffer' }).notNull(),
    /** scopes asked for, apart by blanks */
    scope: text().notNull(),
    /** the claim that holds the personal number */
    numberClaim: text().notNull(),
    /** the claim that tells the level of assurance */
    assuranceClaim: text().notNull(),
    /** JSON array: values of that claim of which a sign-in tells one; empty: any sign-in proves */
    levels: text().notNull(),
    validFromOn: text().notNull(),
    /** null: no end is set */
    validToOn: text(),
    /** which document or answer says that it is the portal's own */
    source: text().notNull(),
    enteredAt: integer().notNull(),
    enteredBy: ref(() => account.id),
    /** null: it waits for a second administrator */
    agreedAt: integer(),
    agreedBy: integer().references(() => account.id),
    /** null: it is not ended */
    endedAt: integer(),
    endedBy: integer().references(() => account.id),
  },
  t => [check('portal_issuer_part', oneOf(t.part, PARTS_OF.portal_login))],
)

/** miễn, giảm: lifts one part for one official. Approved and covering the cut-off it leaves the denominator. */
export const exemption = sqliteTable(
  'exemption',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    officialId: ref(() => official.id),
    part: text({ enum: EXEMPTION_PARTS }).notNull(),
    reason: text({ enum: EXEMPTION_REASONS }).notNull(),
    reasonText: text().notNull().default(''),
    documentNumber: text().notNull(),
    fromOn: text().notNull(),
    toOn: text().notNull(),
    state: text({ enum: EXEMPTION_STATES }).notNull(),
    askedAt: integer().notNull(),
    askedBy: integer().references(() => account.id),
    decidedAt: integer(),
    decidedBy: integer().references(() => account.id),
    decisionReason: text(),
    /** the signed document; null: still owed, or decided before scans were asked for */
    scanFileId: integer().references(() => storedFile.id),
    /** the unit by whose charge it was decided; null: before that was kept */
    decidedUnitId: integer().references(() => unit.id),
  },
  t => [
    check('exemption_part', oneOf(t.part, EXEMPTION_PARTS)),
    check('exemption_reason', oneOf(t.reason, EXEMPTION_REASONS)),
    check('exemption_state', oneOf(t.state, EXEMPTION_STATES)),
    index('exemption_official').on(t.campaignId, t.officialId),
  ],
)

/** A decision on how many citizens must count: for one official, or for all of a unit's subtree (unitId). */
export const targetDecision = sqliteTable(
  'target_decision',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    officialId: integer().references(() => official.id),
    unitId: integer().references(() => unit.id),
    citizens: integer().notNull(),
    /** lowered ones need it; '' where the head raised the target */
    documentNumber: text().notNull().default(''),
    reason: text().notNull().default(''),
    createdAt: integer().notNull(),
    createdBy: integer().references(() => account.id),
  },
  t => [
    check('target_decision_one_subject', sql`(${t.officialId} is null) <> (${t.unitId} is null)`),
    index('target_decision_official').on(t.campaignId, t.officialId),
    index('target_decision_unit').on(t.campaignId, t.unitId),
  ],
)
