/** Help records, citizens’ answers and the credit. */
import { sql } from 'drizzle-orm'
import { blob, check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import {
  ANSWER_FLAGS,
  BASES,
  CARRIERS,
  CITIZEN_ANSWERS,
  CITIZEN_CODE_KINDS,
  CITIZEN_REQUEST_KINDS,
  CONSENT_CHANNELS,
  DECISIONS,
  HELP_PLACES,
  OUTCOME_VALUES,
  OUTCOMES,
  REACHED_BY,
  RECONSIDERATION_KINDS,
  VERDICT_KINDS,
  VERDICT_REASONS,
} from '../../app/domain/vocabulary.ts'
import { account, campaign, locality, official, unit } from './core.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'

/** trường hợp hỗ trợ. The stored verdict is `judge`'s, written in the transaction that changed a fact. */
export const help = sqliteTable(
  'help',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    officialId: ref(() => official.id),
    citizenHash: text().notNull(),
    citizenNameCipher: blob({ mode: 'buffer' }).notNull(),
    citizenNumberCipher: blob({ mode: 'buffer' }).notNull(),
    citizenPhoneCipher: blob({ mode: 'buffer' }),
    citizenPhoneHash: text(),
    citizenBirthOn: text(),
    citizenBirthYear: integer().notNull(),
    carrier: text({ enum: CARRIERS }),
    localityCode: text()
      .notNull()
      .references(() => locality.code),
    hamlet: text().notNull().default(''),
    helpedOn: text().notNull(),
    place: text({ enum: HELP_PLACES }).notNull(),
    consentVersion: text().notNull(),
    consentChannel: text({ enum: CONSENT_CHANNELS }).notNull(),
    noteCipher: blob({ mode: 'buffer' }),
    /** the form's own key: the same submission sent twice is saved once */
    submissionKey: text().notNull().unique(),
    /** entered by a coordinator in the official's name (nhập hộ); null: by the official */
    recordedBy: integer().references(() => account.id),
    /** where it was typed without a network, the phone's time of that; null: typed online */
    enteredAt: integer(),
    /** server's receipt, by the campaign clock */
    receivedAt: integer().notNull(),
    /** that instant of the outcome that had to be achieved when the record was last written; `help_outcome` has each one's */
    claimedAt: integer(),
    withdrawnAt: integer(),
    confirmedAt: integer(),
    confirmedBy: integer().references(() => account.id),
    returnedAt: integer(),
    returnReason: text(),
    /* the stored verdict */
    verdictKind: text({ enum: VERDICT_KINDS }).notNull(),
    verdictReason: text({ enum: VERDICT_REASONS }).notNull(),
    /** the outcome that the reason names; null: none */
    verdictOutcome: text({ enum: OUTCOMES }),
    /** the strongest thing that a counted record rests on; null: it does not count */
    basis: text({ enum: BASES }),
    holdsCredit: integer({ mode: 'boolean' }).notNull(),
    isReported: integer({ mode: 'boolean' }).notNull(),
    /** would count under the other reading of the quota than the regulation's */
    countsAny: integer({ mode: 'boolean' }).notNull(),
    /** kept when the matching key was destroyed: whether the citizen was the official, or staff that day; null: as official_match tells */
    staffKept: text({ enum: ['self', 'staff'] }),
    /**
     * when the citizen's data was erased at their request: sealed values are empty blobs, and the phone's hash is a random
     * word under which applied extracts' facts go on speaking; null: it was not
     */
    erasedAt: integer(),
    /** grows by one with every change: a form that edits names the one it read */
    revision: integer().notNull().default(1),
    /** keyed digest of what the submission key's form sent; null: saved before digests were kept, or erased */
    submissionDigest: text(),
    /** with which outcomes it counts: a mark for each of TALLIED_OUTCOMES (domain/outcome-marks.ts); null: it does not count */
    countedOutcomes: text(),
    /** server's receipt (ms, campaign clock) of the change that gave it its present citizen; null: since `receivedAt` */
    citizenAt: integer(),
    /** how often its citizen's number was changed */
    numberChanges: integer().notNull().default(0),
    /** the must-achieve outcome's day that an extract verified or contradicted before an edit; null: none did, or nothing was edited since */
    checkedDay: text(),
    /** the latest draw (ms, campaign clock) that passed while it was withdrawn, if it was restored since; null: none */
    missedDrawAt: integer(),
    /** when any part was entered after the last day of entry (ms, campaign clock); null: nothing was */
    lateAt: integer(),
    /** the document that allows the late entry; null: it is not late, or was typed in time without a network */
    lateDocumentNumber: text(),
    lateDocumentOn: text(),
    /** the name as it was typed; null: in the same capitals, or written before this was kept */
    citizenNameTypedCipher: blob({ mode: 'buffer' }),
  },
  t => [
    check('help_place', oneOf(t.place, HELP_PLACES)),
    check('help_verdict_kind', oneOf(t.verdictKind, VERDICT_KINDS)),
    check('help_verdict_reason', oneOf(t.verdictReason, VERDICT_REASONS)),
    check('help_staff_kept', oneOf(t.staffKept, ['self', 'staff'])),
    index('help_citizen').on(t.campaignId, t.citizenHash),
    index('help_official').on(t.campaignId, t.officialId, t.id),
    index('help_phone').on(t.campaignId, t.citizenPhoneHash).where(sql`${t.citizenPhoneHash} is not null`),
    /** of those that do not count: most do, and are looked for by other ways */
    index('help_waiting').on(t.campaignId, t.verdictReason, t.officialId).where(sql`${t.verdictKind} <> 'counts'`),
    index('help_locality').on(t.campaignId, t.localityCode),
    index('help_late').on(t.campaignId, t.officialId).where(sql`${t.lateAt} is not null`),
  ],
)

export const helpOutcome = sqliteTable(
  'help_outcome',
  {
    helpId: ref(() => help.id),
    outcome: text({ enum: OUTCOMES }).notNull(),
    value: text({ enum: OUTCOME_VALUES }).notNull(),
    /** the day it was achieved; null unless achieved, or where already_had's day is not known */
    onDay: text(),
    /** server's receipt (ms, campaign clock) of the change that first made it achieved of this citizen; null: it is not, or not known */
    claimedAt: integer(),
  },
  t => [
    primaryKey({ columns: [t.helpId, t.outcome] }),
    check('help_outcome_outcome', oneOf(t.outcome, OUTCOMES)),
    check('help_outcome_value', oneOf(t.value, OUTCOME_VALUES)),
  ],
)

export const helpCompanion = sqliteTable(
  'help_companion',
  {
    helpId: ref(() => help.id),
    officialId: ref(() => official.id),
    /** the companion's own word (ms, campaign clock): went along, or did not; both null: not asked or not answered yet */
    agreedAt: integer(),
    declinedAt: integer(),
  },
  t => [primaryKey({ columns: [t.helpId, t.officialId] }), index('help_companion_official').on(t.officialId)],
)

/** The citizen's own answer; the newest one of a record is valid. */
export const citizenAnswer = sqliteTable(
  'citizen_answer',
  {
    id: integer().primaryKey(),
    helpId: ref(() => help.id),
    answer: text({ enum: CITIZEN_ANSWERS }).notNull(),
    /** 'not_quite': the outcomes that did not happen, with a space between (domain/citizen-answer.ts) */
    outcome: text(),
    answeredAt: integer().notNull(),
    /** the code that was used up; null: answered in another way, for example to an inspection */
    codeId: integer().references(() => citizenCode.id),
    /** SHA-256 of the answering browser's own cookie; null: it kept none */
    deviceHash: text(),
    /** the wording of the consent that was given with the answer; '': none was asked */
    consentVersion: text().notNull().default(''),
    /** why it is looked at again; null: nothing odd */
    flag: text({ enum: ANSWER_FLAGS }),
    /** set aside by a change of the record or a finding of the inspecting body; null: still valid */
    setAsideAt: integer(),
    /** keyed hash of the network that it came from; null: not known, or from before networks were kept */
    networkHash: text(),
    /** 'not_quite': the citizen's own words, sealed; null: none, or erased */
    wordsCipher: blob({ mode: 'buffer' }),
  },
  t => [
    check('citizen_answer_answer', oneOf(t.answer, CITIZEN_ANSWERS)),
    index('citizen_answer_help').on(t.helpId),
    index('citizen_answer_device').on(t.deviceHash),
  ],
)

/** Lets a citizen answer once for one record. The code itself is derived from the row's id, so that it can be shown again. */
export const citizenCode = sqliteTable(
  'citizen_code',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    kind: text({ enum: CITIZEN_CODE_KINDS }).notNull(),
    /** who may bind it to a record of theirs */
    officialId: ref(() => official.id),
    /** null: a slip, or a code held on a phone, that no record uses yet */
    helpId: integer().references(() => help.id),
    codeHash: text().notNull().unique(),
    issuedAt: integer().notNull(),
    /** null: a slip, which lasts as long as the campaign, or a phone's code that no record uses yet */
    expiresAt: integer(),
    usedAt: integer(),
    /** keyed hash of the official's network when they handed it out; null: not known */
    networkHash: text(),
    /** when a link was made, or a slip or phone's code was bound to its record; null: not yet, or not known */
    handedAt: integer(),
  },
  t => [
    check('citizen_code_kind', oneOf(t.kind, CITIZEN_CODE_KINDS)),
    index('citizen_code_help').on(t.helpId),
    index('citizen_code_official').on(t.officialId),
  ],
)

/** A citizen's request about their own data; due dates follow from `askedAt` (domain 11). */
export const citizenRequest = sqliteTable(
  'citizen_request',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    helpId: ref(() => help.id),
    kind: text({ enum: CITIZEN_REQUEST_KINDS }).notNull(),
    messageCipher: blob({ mode: 'buffer' }),
    askedAt: integer().notNull(),
    acknowledgedAt: integer(),
    closedAt: integer(),
    closedBy: integer().references(() => account.id),
    /** the action taken, as the citizen reads it; no personal data */
    answer: text(),
    /** how the citizen was reached, other than by the code, before a deletion or the end of a restriction; null: neither */
    reachedBy: text({ enum: REACHED_BY }),
    /** whether what was asked for was done; null: open, or closed before this was kept */
    isMet: integer({ mode: 'boolean' }),
  },
  t => [
    check('citizen_request_kind', oneOf(t.kind, CITIZEN_REQUEST_KINDS)),
    check('citizen_request_reached_by', oneOf(t.reachedBy, REACHED_BY)),
    index('citizen_request_open').on(t.campaignId, t.closedAt),
  ],
)

/** A citizen whose data may be used for nothing but the count's own proof, at their request (domain 11). */
export const citizenRestriction = sqliteTable(
  'citizen_restriction',
  {
    campaignId: ref(() => campaign.id),
    citizenHash: text().notNull(),
    requestId: ref(() => citizenRequest.id),
    restrictedAt: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.campaignId, t.citizenHash] })],
)

/** An official disputes that another record holds the credit; the head of the nearest common unit decides. */
export const dispute = sqliteTable(
  'dispute',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    /** the record that lost the credit, and the one that held it when the dispute was raised */
    helpId: ref(() => help.id),
    holderId: ref(() => help.id),
    /** the revisions of both: without a change of either nothing is new */
    helpRevision: integer().notNull(),
    holderRevision: integer().notNull(),
    /** the nearest common unit when it was raised */
    unitId: ref(() => unit.id),
    reason: text().notNull(),
    raisedAt: integer().notNull(),
    raisedBy: ref(() => account.id),
    decision: text({ enum: DECISIONS }),
    decisionReason: text(),
    decidedAt: integer(),
    decidedBy: integer().references(() => account.id),
  },
  t => [
    check('dispute_decision', oneOf(t.decision, DECISIONS)),
    index('dispute_help').on(t.helpId),
    index('dispute_unit').on(t.unitId, t.decidedAt),
  ],
)

/** A decided dispute: credit for the citizen rests with this record as long as it is eligible. */
export const creditPin = sqliteTable(
  'credit_pin',
  {
    campaignId: ref(() => campaign.id),
    citizenHash: text().notNull(),
    helpId: ref(() => help.id),
    reason: text().notNull(),
    decidedAt: integer().notNull(),
    decidedBy: integer().references(() => account.id),
  },
  t => [primaryKey({ columns: [t.campaignId, t.citizenHash] })],
)

/** What one edit of a record changed, in words that hold nothing personal. */
export const helpChange = sqliteTable(
  'help_change',
  {
    id: integer().primaryKey(),
    helpId: ref(() => help.id),
    /** the record's revision after it */
    revision: integer().notNull(),
    changedAt: integer().notNull(),
    /** null: the citizen, by their answer */
    changedBy: integer().references(() => account.id),
    /** an extract contradicted the record before it */
    isAfterContradiction: integer({ mode: 'boolean' }).notNull(),
    /** JSON: `HelpChange[]` of domain/help-change.ts */
    changes: text().notNull(),
  },
  t => [index('help_change_help').on(t.helpId, t.revision)],
)

/** đề nghị xem lại: a barred official asks the inspecting body to look again, or to change a day that extracts spoke about. */
export const reconsideration = sqliteTable(
  'reconsideration',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    helpId: ref(() => help.id),
    kind: text({ enum: RECONSIDERATION_KINDS }).notNull(),
    /** the must-achieve outcome's day that is asked for; null: kind `bar` */
    proposedOn: text(),
    reason: text().notNull(),
    raisedAt: integer().notNull(),
    raisedBy: ref(() => account.id),
    decision: text({ enum: DECISIONS }),
    decisionReason: text(),
    decidedAt: integer(),
    decidedBy: integer().references(() => account.id),
  },
  t => [
    check('reconsideration_kind', oneOf(t.kind, RECONSIDERATION_KINDS)),
    check('reconsideration_decision', oneOf(t.decision, DECISIONS)),
    index('reconsideration_help').on(t.helpId),
    index('reconsideration_open').on(t.campaignId, t.decidedAt),
  ],
)
