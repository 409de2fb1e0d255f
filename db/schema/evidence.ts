/** Extracts and inspections: what makes a record true or false. */
import { blob, check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import {
  CERTIFICATE_KINDS,
  DECISIONS,
  EXTRACT_SOURCES,
  EXTRACT_STATES,
  FINDING_WAYS,
  OUTCOMES,
  PICK_ORIGINS,
  PICK_RESULTS,
} from '../../app/domain/vocabulary.ts'
import { account, campaign, locality, storedFile, unit } from './core.ts'
import { help } from './help.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'

/** số liệu trích xuất: one applied file. Undone: its facts are deleted, the row stays. */
export const extract = sqliteTable(
  'extract',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    source: text({ enum: EXTRACT_SOURCES }).notNull(),
    asOfOn: text().notNull(),
    /** JSON array: outcomes whose column the file has */
    outcomes: text().notNull(),
    isFullList: integer({ mode: 'boolean' }).notNull(),
    state: text({ enum: EXTRACT_STATES }).notNull().default('read'),
    /** id of a record; while applying: it speaks for citizens first recorded up to it; while undoing: after it */
    cursor: integer().notNull().default(0),
    fileName: text().notNull().default(''),
    /** JSON: what the file held and what applying it would change, as counts and record ids; never a row's content */
    summary: text().notNull().default('{}'),
    uploadedAt: integer().notNull().default(0),
    uploadedBy: integer().references(() => account.id),
    appliedAt: integer(),
    appliedBy: integer().references(() => account.id),
    undoneAt: integer(),
  },
  t => [
    check('extract_source', oneOf(t.source, EXTRACT_SOURCES)),
    check('extract_state', oneOf(t.state, EXTRACT_STATES)),
    index('extract_campaign').on(t.campaignId, t.asOfOn),
  ],
)

/** Which column of a source's files holds what, as it was mapped last. */
export const extractMapping = sqliteTable(
  'extract_mapping',
  {
    source: text({ enum: EXTRACT_SOURCES }).primaryKey(),
    /** JSON: what → header */
    columns: text().notNull(),
  },
  t => [check('extract_mapping_source', oneOf(t.source, EXTRACT_SOURCES))],
)

/** Where a full list is full: locality, and for telecom the carrier. */
export const extractScope = sqliteTable(
  'extract_scope',
  {
    extractId: ref(() => extract.id),
    localityCode: text()
      .notNull()
      .references(() => locality.code),
    /** '' : of every carrier (police) */
    carrier: text().notNull().default(''),
  },
  t => [primaryKey({ columns: [t.extractId, t.localityCode, t.carrier] })],
)

/** A fact of an extract about one subject: stores only the keyed hash (of a number or a phone), outcome and day. */
export const extractFact = sqliteTable(
  'extract_fact',
  {
    extractId: ref(() => extract.id),
    subjectHash: text().notNull(),
    outcome: text({ enum: OUTCOMES }).notNull(),
    happenedOn: text(),
  },
  t => [
    primaryKey({ columns: [t.subjectHash, t.outcome, t.extractId] }),
    check('extract_fact_outcome', oneOf(t.outcome, OUTCOMES)),
    index('extract_fact_extract').on(t.extractId),
  ],
)

/** An inspection of a unit with everything below it, drawn by lot with a published seed (plan IV.2). */
export const inspection = sqliteTable(
  'inspection',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    unitId: ref(() => unit.id),
    seed: text().notNull(),
    /** JSON array: ids of the records drawn from, in ascending order; anyone can replay the draw with it */
    population: text().notNull().default('[]'),
    /** JSON: wanted certainty, share that shall be seen, strata and their sizes */
    design: text().notNull().default('{}'),
    drawnAt: integer().notNull(),
    drawnBy: integer().references(() => account.id),
    /** null: results not signed by two yet, nothing follows from them */
    concludedAt: integer(),
    /** last day on which the unit answers */
    answerDueOn: text(),
    unitAnswer: text(),
    unitAnsweredAt: integer(),
    unitAnsweredBy: integer().references(() => account.id),
    /** number of the decision that formed the team, and its day; null: nobody has entered it, the minutes have dots */
    teamDecisionNumber: text(),
    teamDecisionOn: text(),
    /** the member who leads the team (tổ trưởng); null: nobody has entered it, the minutes have dots */
    teamLeaderId: integer().references(() => account.id),
  },
  t => [index('inspection_unit').on(t.campaignId, t.unitId)],
)

/** đoàn kiểm tra: who checks; two of them sign the results. */
export const inspectionMember = sqliteTable(
  'inspection_member',
  {
    inspectionId: ref(() => inspection.id),
    accountId: ref(() => account.id),
    signedAt: integer(),
  },
  t => [primaryKey({ columns: [t.inspectionId, t.accountId] })],
)

export const inspectionPick = sqliteTable(
  'inspection_pick',
  {
    inspectionId: ref(() => inspection.id),
    helpId: ref(() => help.id),
    origin: text({ enum: PICK_ORIGINS }).notNull().default('lot'),
    /** the stratum it was drawn from, or why it was chosen */
    stratum: text().notNull().default(''),
    /** place in the draw, from 1 */
    place: integer().notNull().default(0),
    result: text({ enum: PICK_RESULTS }),
    noteCipher: blob({ mode: 'buffer' }),
    checkedAt: integer(),
    checkedBy: integer().references(() => account.id),
    /** an appeal against 'untrue' was upheld; null: none */
    overturnedAt: integer(),
    /** the record was changed after it was found true: it rests on this no longer */
    setAsideAt: integer(),
    /** how the result was found; null: no result, not reached, or recorded before this was asked */
    foundBy: text({ enum: FINDING_WAYS }),
    /** when a member of the team last opened the citizen's data for this check (ms, campaign clock), and who; null: nobody has */
    openedAt: integer(),
    openedBy: integer().references(() => account.id),
    /** when a phone says that the result was noted without a network (ms, campaign clock); null: as it was received */
    enteredAt: integer(),
  },
  t => [
    primaryKey({ columns: [t.inspectionId, t.helpId] }),
    check('inspection_pick_found_by', oneOf(t.foundBy, FINDING_WAYS)),
    check('inspection_pick_result', oneOf(t.result, PICK_RESULTS)),
    check('inspection_pick_origin', oneOf(t.origin, PICK_ORIGINS)),
    index('inspection_pick_help').on(t.helpId),
  ],
)

/** An official or unit contests an 'untrue' of an inspection. */
export const inspectionAppeal = sqliteTable(
  'inspection_appeal',
  {
    id: integer().primaryKey(),
    inspectionId: ref(() => inspection.id),
    helpId: ref(() => help.id),
    reason: text().notNull(),
    raisedAt: integer().notNull(),
    raisedBy: ref(() => account.id),
    decision: text({ enum: DECISIONS }),
    decisionReason: text(),
    decidedAt: integer(),
    decidedBy: integer().references(() => account.id),
  },
  t => [
    check('inspection_appeal_decision', oneOf(t.decision, DECISIONS)),
    index('inspection_appeal_help').on(t.inspectionId, t.helpId),
  ],
)

/** kết luận "báo cáo không đúng thực tế" on a unit, by the inspecting body, with reasons (plan IV.2). */
export const untrueReportFinding = sqliteTable(
  'untrue_report_finding',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    unitId: ref(() => unit.id),
    inspectionId: ref(() => inspection.id),
    reason: text().notNull(),
    foundAt: integer().notNull(),
    foundBy: ref(() => account.id),
    withdrawnAt: integer(),
    withdrawalReason: text(),
  },
  t => [index('untrue_report_finding_unit').on(t.campaignId, t.unitId)],
)

/**
 * An extract contradicted an outcome that a record claimed, and the citizen's number was written again since, there or in
 * another record. It binds what is written later of that number, while the extract is applied (domain 5).
 */
export const contradiction = sqliteTable(
  'contradiction',
  {
    campaignId: ref(() => campaign.id),
    citizenHash: text().notNull(),
    outcome: text({ enum: OUTCOMES }).notNull(),
    extractId: ref(() => extract.id),
    /** the record that was contradicted */
    helpId: ref(() => help.id),
    /** receipt (ms, campaign clock) of the change before which it was noticed: records of the number from then on are bound */
    keptAt: integer().notNull(),
    /** when the inspecting body cleared it; null: it binds */
    clearedAt: integer(),
  },
  t => [primaryKey({ columns: [t.campaignId, t.citizenHash, t.outcome, t.extractId, t.helpId] })],
)

/**
 * chứng thư gốc tin cậy: whose certificates are taken under a signed file. One administrator enters it with its source, a
 * second one agrees; until then, and once it is ended, it is trusted for nothing.
 */
export const trustedRoot = sqliteTable('trusted_root', {
  id: integer().primaryKey(),
  /** as it was issued (DER), in base64; public, so no blob, which all are sealed */
  certificate: text().notNull(),
  /** SHA-256 of the certificate, hexadecimal */
  fingerprint: text().notNull().unique(),
  /** whom it names */
  name: text().notNull(),
  validFromOn: text().notNull(),
  validToOn: text().notNull(),
  /** where it was taken from, and what it was compared with */
  source: text().notNull(),
  enteredAt: integer().notNull(),
  enteredBy: ref(() => account.id),
  /** null: it waits for a second administrator */
  agreedAt: integer(),
  agreedBy: integer().references(() => account.id),
  /** null: it is not ended */
  endedAt: integer(),
  endedBy: integer().references(() => account.id),
})

/** What the signature of a kept evidence file came to when it was looked at: taken, by one's own certificate. */
export const signatureCheck = sqliteTable('signature_check', {
  fileId: integer()
    .primaryKey()
    .references(() => storedFile.id),
  rootId: ref(() => trustedRoot.id),
  /** SHA-256 of the signer's certificate, hexadecimal */
  fingerprint: text().notNull(),
  validFromOn: text().notNull(),
  validToOn: text().notNull(),
  /** by a trusted time stamp (ms); null: none, so the certificate was valid at the check */
  stampedAt: integer(),
  /** the certificate's number is the official's; false: the name alone, so the unit looks */
  isSure: integer({ mode: 'boolean' }).notNull(),
  /** lists in force clear each certificate of the way; false: nothing is known of a withdrawal */
  isRevocationKnown: integer({ mode: 'boolean' }).notNull(),
  checkedAt: integer().notNull(),
  /** matchHash (staff) of the personal number in the certificate; null: none to compare, or checked before it was kept */
  numberHash: text(),
  /** by the table of kinds, as it was when the file was looked at last; null: the table knows none */
  kind: text({ enum: CERTIFICATE_KINDS }),
  /** JSON: who issued the certificate, by name and key, and its policies (`CertificateOrigin`); null: checked before it was kept */
  origin: text(),
  /** JSON: the certificates from the signer's up to below the root (`WayStep`); null: checked before it was kept */
  way: text(),
  /** a certificate of the way was withdrawn at this moment (ms), before it signed; null: none, as far as known */
  revokedAt: integer(),
})

/**
 * loại chữ ký số: of which kind the certificates of an issuer are, by its name or key, for one policy or any. One administrator
 * enters it with its source, a second one agrees; until then, and once it is ended, it says nothing.
 */
export const signatureKind = sqliteTable(
  'signature_kind',
  {
    id: integer().primaryKey(),
    /** the issuer's name as certificates write it, or the id of its key in hexadecimal */
    issuer: text().notNull(),
    /** number of the certificate policy (OID); null: any */
    policy: text(),
    kind: text({ enum: CERTIFICATE_KINDS }).notNull(),
    /** first day on which a signature is of this kind */
    validFromOn: text().notNull(),
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
  t => [check('signature_kind_kind', oneOf(t.kind, CERTIFICATE_KINDS))],
)

/** danh sách thu hồi: certificates that their issuer withdrew, as it signed the list. The newest of an issuer is in force. */
export const revocationList = sqliteTable(
  'revocation_list',
  {
    id: integer().primaryKey(),
    /** SHA-256 of the issuer's name and key, hexadecimal */
    issuer: text().notNull(),
    /** whom the list names as its issuer */
    name: text().notNull(),
    /** certificate of the issuer (DER), in base64, by which the list was checked */
    certificate: text().notNull(),
    /** ms: when the issuer made it, and when it makes the next */
    thisUpdate: integer().notNull(),
    /** null: it does not say, so it may withdraw and not clear */
    nextUpdate: integer(),
    /** the list (DER) in base64, until the worker has read it */
    content: text(),
    /** certificates on it */
    count: integer().notNull(),
    enteredAt: integer().notNull(),
    enteredBy: ref(() => account.id),
    /** when the worker had looked at all kept files by it (ms); null: it has not yet, or a newer list came before */
    appliedAt: integer(),
  },
  t => [index('revocation_list_issuer').on(t.issuer, t.thisUpdate)],
)

/** A certificate on a list: its number in hexadecimal, and since when it is withdrawn (ms). */
export const withdrawnCertificate = sqliteTable(
  'withdrawn_certificate',
  {
    listId: ref(() => revocationList.id),
    serial: text().notNull(),
    withdrawnAt: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.listId, t.serial] })],
)
