/**
 * Every table. SQLite, STRICT. Names of columns: `…On` a calendar day (text YYYY-MM-DD, Asia/Ho_Chi_Minh), `…At` an
 * instant (integer, ms), `…Cipher` a sealed value (see keys.server.ts; row id and column are its additional data),
 * `…Hash` a keyed hash for matching. STRICT, triggers and the full-text table stand only in the migrations;
 * tests/queries/schema.test.ts holds both against each other.
 */
import { sql } from 'drizzle-orm'
import {
  type AnySQLiteColumn,
  blob,
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { ACCESS_KINDS } from '../app/domain/access-log.ts'
import { GO_LIVE_ITEMS } from '../app/domain/go-live.ts'
import {
  ANSWER_FLAGS,
  ASSIGNMENT_STATES,
  ASSOCIATIONS,
  AWARD_FORMS,
  BASES,
  BLOCKS,
  CANDIDATE_ACTIONS,
  CANDIDATE_KINDS,
  CARRIERS,
  CATEGORIES,
  CERTIFICATE_KINDS,
  CITIZEN_ANSWERS,
  CITIZEN_CODE_KINDS,
  CITIZEN_REQUEST_KINDS,
  CLOSING_REASONS,
  COLLECTIVE_RESULTS,
  CONSENT_CHANNELS,
  DECISIONS,
  DIFFICULTY_ROUTES,
  EXCHANGED_TABLES,
  EXEMPTION_PARTS,
  EXEMPTION_REASONS,
  EXEMPTION_STATES,
  EXTRACT_SOURCES,
  EXTRACT_STATES,
  FIGURE_ORIGINS,
  GATES,
  HELP_PLACES,
  INDICATORS,
  LOCALITY_LEVELS,
  OBLIGATION_PARTS,
  OBLIGATION_STATES,
  OFFER_KINDS,
  OFFICIAL_RESULTS,
  OUTCOME_VALUES,
  OUTCOMES,
  OUTREACH_CHANNELS,
  PICK_ORIGINS,
  PICK_RESULTS,
  POINT_KINDS,
  REPORT_KINDS,
  REVIEW_DECISIONS,
  REVIEW_STEPS,
  ROLES,
  ROUND_KINDS,
  ROUND_STAGES,
  SEXES,
  SIGNER_CAPACITIES,
  TEAM_KINDS,
  UNIT_KINDS,
  VERDICT_KINDS,
  VERDICT_REASONS,
} from '../app/domain/vocabulary.ts'

const oneOf = (column: AnySQLiteColumn, words: readonly string[]) =>
  sql`${column} in (${sql.raw(words.map(word => `'${word}'`).join(', '))})`

/* ---------- campaign, regulation, keys ---------- */

/** đợt cao điểm: a plan; its dates and parameters live in `regulation`. */
export const campaign = sqliteTable('campaign', {
  id: integer().primaryKey(),
  /** number of the document, as pages show it: 128/KH-UBND */
  code: text().notNull().unique(),
  name: text().notNull(),
  issuer: text().notNull(),
  issuedOn: text().notNull(),
  createdAt: integer().notNull(),
})

/** A dated version of the campaign's dates and parameters; the highest version is in force. Never edited. */
export const regulation = sqliteTable(
  'regulation',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
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
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    /** real clock, as the days of backups */
    proposedAt: integer().notNull(),
    proposedBy: integer()
      .notNull()
      .references(() => account.id),
    withdrawnAt: integer(),
    withdrawnBy: integer().references(() => account.id),
    /** the keys were destroyed */
    confirmedAt: integer(),
    confirmedBy: integer().references(() => account.id),
  },
  t => [
    check('key_destruction_two_people', sql`${t.confirmedBy} is null or ${t.confirmedBy} <> ${t.proposedBy}`),
    uniqueIndex('key_destruction_campaign').on(t.campaignId).where(sql`${t.withdrawnAt} is null`),
  ],
)

/* ---------- places, units, associations ---------- */

/** địa bàn: where citizens live. `path` is `/70/689/25195/`. */
export const locality = sqliteTable(
  'locality',
  {
    code: text().primaryKey(),
    parentCode: text().references((): AnySQLiteColumn => locality.code),
    level: text({ enum: LOCALITY_LEVELS }).notNull(),
    name: text().notNull(),
    /** thành phố, thị xã, huyện, phường, thị trấn, xã, ấp … */
    type: text().notNull(),
    path: text().notNull(),
  },
  t => [check('locality_level', oneOf(t.level, LOCALITY_LEVELS)), index('locality_parent').on(t.parentCode)],
)

/**
 * Where a locality belongs from a day on, where that is elsewhere than `locality` says, which holds until the first of
 * these days. Readers ask for the day.
 */
export const localityBelonging = sqliteTable(
  'locality_belonging',
  {
    localityCode: text()
      .notNull()
      .references(() => locality.code),
    fromOn: text().notNull(),
    parentCode: text()
      .notNull()
      .references(() => locality.code),
  },
  t => [primaryKey({ columns: [t.localityCode, t.fromOn] })],
)

/** cơ quan, đơn vị: a node of the tree. `path` is `/1/12/140/` of ids; a prefix test is the scope. */
export const unit = sqliteTable(
  'unit',
  {
    id: integer().primaryKey(),
    parentId: integer().references((): AnySQLiteColumn => unit.id),
    path: text().notNull(),
    kind: text({ enum: UNIT_KINDS }).notNull(),
    block: text({ enum: BLOCKS }).notNull(),
    name: text().notNull(),
    nameFolded: text().notNull(),
    /** how the unit calls its head: "Giám đốc", "Chủ tịch UBND xã" */
    headTitle: text().notNull(),
    /** the locality that it governs or works in; null: works for the whole parent's */
    localityCode: text().references(() => locality.code),
    /** path of the topmost armed-forces unit above or at this one; persons are seen only from within; null: none */
    guardPath: text(),
    /** null: open */
    closedOn: text(),
  },
  t => [
    check('unit_kind', oneOf(t.kind, UNIT_KINDS)),
    check('unit_block', oneOf(t.block, BLOCKS)),
    uniqueIndex('unit_path').on(t.path),
    index('unit_parent').on(t.parentId),
    index('unit_locality').on(t.localityCode),
  ],
)

/** A node in an association's own tree (chi hội, chi đoàn, công đoàn cơ sở). */
export const chapter = sqliteTable(
  'chapter',
  {
    id: integer().primaryKey(),
    association: text({ enum: ASSOCIATIONS }).notNull(),
    parentId: integer().references((): AnySQLiteColumn => chapter.id),
    path: text().notNull(),
    name: text().notNull(),
    /** the unit at which the chapter sits; null: none of ours */
    unitId: integer().references(() => unit.id),
  },
  t => [
    check('chapter_association', oneOf(t.association, ASSOCIATIONS)),
    uniqueIndex('chapter_path').on(t.path),
    uniqueIndex('chapter_unit').on(t.association, t.unitId),
  ],
)

/** The annex: target of one indicator in one locality. `daily` as printed: ceil(total / 90). */
export const indicatorTarget = sqliteTable(
  'indicator_target',
  {
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    localityCode: text()
      .notNull()
      .references(() => locality.code),
    indicator: text({ enum: INDICATORS }).notNull(),
    total: integer().notNull(),
    daily: integer().notNull(),
  },
  t => [
    primaryKey({ columns: [t.campaignId, t.localityCode, t.indicator] }),
    check('indicator_target_indicator', oneOf(t.indicator, INDICATORS)),
  ],
)

/* ---------- people ---------- */

/** người thực hiện: one row a person, however many rosters list them. The name is a public servant's, in clear. */
export const official = sqliteTable(
  'official',
  {
    id: integer().primaryKey(),
    staffCode: text().notNull().unique(),
    name: text().notNull(),
    nameFolded: text().notNull(),
    /** given name first, then family and middle names, folded: the order of Vietnamese lists */
    sortName: text().notNull(),
    sex: text({ enum: SEXES }),
    birthOn: text(),
    /** null: unknown; equals birthOn's year where that is known */
    birthYear: integer(),
    /** ấp, khu phố where they live; for matching association lists */
    hamlet: text(),
    numberCipher: blob({ mode: 'buffer' }),
    /** null: no personal number known yet */
    numberHash: text().unique(),
    phoneCipher: blob({ mode: 'buffer' }),
    phoneHash: text(),
    createdAt: integer().notNull(),
  },
  t => [
    index('official_phone').on(t.phoneHash),
    index('official_sort').on(t.sortName),
    index('official_alike').on(t.nameFolded, t.birthYear),
  ],
)

/** An official's number under a campaign's matching key: tells self-claims, and citizens who are staff. */
export const officialMatch = sqliteTable(
  'official_match',
  {
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    officialId: integer()
      .notNull()
      .references(() => official.id),
    numberHash: text().notNull(),
  },
  t => [
    primaryKey({ columns: [t.campaignId, t.officialId] }),
    uniqueIndex('official_match_number').on(t.campaignId, t.numberHash),
  ],
)

/** Where an official works, dated; at most one on any day. */
export const posting = sqliteTable(
  'posting',
  {
    id: integer().primaryKey(),
    officialId: integer()
      .notNull()
      .references(() => official.id),
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    position: text().notNull(),
    category: text({ enum: CATEGORIES }).notNull(),
    isLeader: integer({ mode: 'boolean' }).notNull(),
    fromOn: text().notNull(),
    /** null: still there */
    toOn: text(),
  },
  t => [
    check('posting_category', oneOf(t.category, CATEGORIES)),
    uniqueIndex('posting_start').on(t.officialId, t.fromOn),
    index('posting_unit').on(t.unitId),
  ],
)

/** đoàn viên, hội viên: dated place in an association's tree. */
export const membership = sqliteTable(
  'membership',
  {
    id: integer().primaryKey(),
    officialId: integer()
      .notNull()
      .references(() => official.id),
    chapterId: integer()
      .notNull()
      .references(() => chapter.id),
    fromOn: text().notNull(),
    toOn: text(),
  },
  t => [
    uniqueIndex('membership_start').on(t.officialId, t.chapterId, t.fromOn),
    index('membership_chapter').on(t.chapterId),
  ],
)

/* ---------- accounts ---------- */

export const account = sqliteTable('account', {
  id: integer().primaryKey(),
  /** null: an office's account that bears no obligations (admin, auditor) */
  officialId: integer()
    .unique()
    .references(() => official.id),
  /** staff code; sign-in is by this or by the official's phone */
  login: text().notNull().unique(),
  displayName: text().notNull(),
  /** null: not activated yet */
  passwordHash: text(),
  /** matchHash of whom the province's sign-in provider knows; null: nobody came from there since the last activation */
  providerHash: text().unique(),
  createdAt: integer().notNull(),
  /** null: enabled */
  disabledAt: integer(),
  /** where reminders go; null: nowhere */
  emailCipher: blob({ mode: 'buffer' }),
  wantsDigest: integer({ mode: 'boolean' }).notNull().default(true),
  /** day of the last digest; marked before it is sent, so that a day never brings two */
  digestOn: text(),
})

/** A role over a unit's subtree, from–to. */
export const roleGrant = sqliteTable(
  'role_grant',
  {
    id: integer().primaryKey(),
    accountId: integer()
      .notNull()
      .references(() => account.id),
    role: text({ enum: ROLES }).notNull(),
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    fromOn: text().notNull(),
    toOn: text(),
    createdAt: integer().notNull(),
    /** null: by the system, at the founding */
    createdBy: integer().references(() => account.id),
  },
  t => [
    check('role_grant_role', oneOf(t.role, ROLES)),
    index('role_grant_account').on(t.accountId),
    index('role_grant_unit').on(t.unitId),
  ],
)

/** `id` is the SHA-256 of the session id that the cookie carries. */
export const session = sqliteTable(
  'session',
  {
    id: text().primaryKey(),
    accountId: integer()
      .notNull()
      .references(() => account.id),
    /** the campaign that this session's pages show */
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    expiresAt: integer().notNull(),
    createdAt: integer().notNull(),
    userAgent: text().notNull(),
    /** when it was last used, to ten minutes; null: not since it began */
    seenAt: integer(),
    /** begun with the second factor, ours or the province's provider's */
    isProven: integer({ mode: 'boolean' }).notNull().default(false),
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

/** Stands in for the application once, where the phone is lost. */
export const recoveryCode = sqliteTable(
  'recovery_code',
  {
    codeHash: text().primaryKey(),
    accountId: integer()
      .notNull()
      .references(() => account.id),
    /** null: unused */
    usedAt: integer(),
  },
  t => [index('recovery_code_account').on(t.accountId)],
)

/** A sign-in whose first step is done; used up by the second, in the browser that did the first. */
export const signInTicket = sqliteTable('sign_in_ticket', {
  id: integer().primaryKey(),
  ticketHash: text().notNull().unique(),
  accountId: integer()
    .notNull()
    .references(() => account.id),
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
    accountId: integer()
      .notNull()
      .references(() => account.id),
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
    accountId: integer()
      .notNull()
      .references(() => account.id),
    codeHash: text().notNull().unique(),
    createdAt: integer().notNull(),
    createdBy: integer().references(() => account.id),
    expiresAt: integer().notNull(),
    usedAt: integer(),
  },
  t => [index('activation_code_account').on(t.accountId)],
)

/** Failed sign-ins and used-up codes by keyed hash of account and address; written by the rate limiter. */
export const rateLimit = sqliteTable('rate_limit', {
  key: text().primaryKey(),
  points: integer().notNull(),
  expire: integer(),
})

/* ---------- pledge, obligations, targets, exemptions ---------- */

export const STORED_FILE_KINDS = ['evidence', 'pledge_list', 'signed_report', 'explanation', 'round_document'] as const

/** Uploaded evidence and scans, metadata stripped, sealed under the staff's data key. */
export const storedFile = sqliteTable(
  'stored_file',
  {
    id: integer().primaryKey(),
    kind: text({ enum: STORED_FILE_KINDS }).notNull(),
    /** whose it is; null: the unit's */
    officialId: integer().references(() => official.id),
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    mediaType: text({ enum: ['image/png', 'image/jpeg', 'application/pdf'] }).notNull(),
    size: integer().notNull(),
    contentCipher: blob({ mode: 'buffer' }).notNull(),
    createdAt: integer().notNull(),
    createdBy: integer().references(() => account.id),
  },
  t => [
    check('stored_file_kind', oneOf(t.kind, STORED_FILE_KINDS)),
    check('stored_file_media_type', oneOf(t.mediaType, ['image/png', 'image/jpeg', 'application/pdf'])),
    index('stored_file_unit').on(t.unitId),
  ],
)

/** cam kết: signed in the app, or one signed list for a unit. The highest id of a person is in force. */
export const pledge = sqliteTable(
  'pledge',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    officialId: integer()
      .notNull()
      .references(() => official.id),
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
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    officialId: integer()
      .notNull()
      .references(() => official.id),
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
  },
  t => [
    check('obligation_part', oneOf(t.part, OBLIGATION_PARTS)),
    check('obligation_state', oneOf(t.state, OBLIGATION_STATES)),
    uniqueIndex('obligation_official').on(t.campaignId, t.officialId, t.part),
    index('obligation_state').on(t.campaignId, t.state, t.officialId),
  ],
)

/** miễn, giảm: lifts one part for one official. Approved and covering the cut-off it leaves the denominator. */
export const exemption = sqliteTable(
  'exemption',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    officialId: integer()
      .notNull()
      .references(() => official.id),
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
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
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

/* ---------- help records and the facts behind their verdicts ---------- */

/** trường hợp hỗ trợ. The stored verdict is `judge`'s, written in the transaction that changed a fact. */
export const help = sqliteTable(
  'help',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    officialId: integer()
      .notNull()
      .references(() => official.id),
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
    /** with which outcomes it counts: a mark for each of TALLIED_OUTCOMES (domain/outcome-marks.ts); null: it does not count */
    countedOutcomes: text(),
    /** keyed digest of what the submission key's form sent; null: saved before digests were kept, or erased */
    submissionDigest: text(),
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
  ],
)

export const helpOutcome = sqliteTable(
  'help_outcome',
  {
    helpId: integer()
      .notNull()
      .references(() => help.id),
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
    helpId: integer()
      .notNull()
      .references(() => help.id),
    officialId: integer()
      .notNull()
      .references(() => official.id),
  },
  t => [primaryKey({ columns: [t.helpId, t.officialId] })],
)

/** The citizen's own answer; the newest of a record stands. */
export const citizenAnswer = sqliteTable(
  'citizen_answer',
  {
    id: integer().primaryKey(),
    helpId: integer()
      .notNull()
      .references(() => help.id),
    answer: text({ enum: CITIZEN_ANSWERS }).notNull(),
    /** 'not_quite' names the outcome that did not happen */
    outcome: text({ enum: OUTCOMES }),
    answeredAt: integer().notNull(),
    /** the code that was used up; null: told otherwise, as an inspection does */
    codeId: integer().references(() => citizenCode.id),
    /** SHA-256 of the answering browser's own cookie; null: it kept none */
    deviceHash: text(),
    /** the wording of the consent that was given with the answer; '': none was asked */
    consentVersion: text().notNull().default(''),
    /** why it is looked at again; null: nothing odd */
    flag: text({ enum: ANSWER_FLAGS }),
    /** a change of the record, or a finding of the inspecting body, set it aside; null: it stands */
    setAsideAt: integer(),
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
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    kind: text({ enum: CITIZEN_CODE_KINDS }).notNull(),
    /** who may bind it to a record of theirs */
    officialId: integer()
      .notNull()
      .references(() => official.id),
    /** null: a slip, or a code held on a phone, that no record uses yet */
    helpId: integer().references(() => help.id),
    codeHash: text().notNull().unique(),
    issuedAt: integer().notNull(),
    /** null: a slip, which lasts as long as the campaign, or a phone's code that no record uses yet */
    expiresAt: integer(),
    usedAt: integer(),
  },
  t => [
    check('citizen_code_kind', oneOf(t.kind, CITIZEN_CODE_KINDS)),
    index('citizen_code_help').on(t.helpId),
    index('citizen_code_official').on(t.officialId),
  ],
)

/** Accounts that signed in from a browser, by its own cookie: tells a citizen's yes from an official's own device. */
export const deviceAccount = sqliteTable(
  'device_account',
  {
    deviceHash: text().notNull(),
    accountId: integer()
      .notNull()
      .references(() => account.id),
    seenAt: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.deviceHash, t.accountId] })],
)

/** What a citizen asks about their own data; due dates follow from `askedAt` (domain 11). */
export const citizenRequest = sqliteTable(
  'citizen_request',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    helpId: integer()
      .notNull()
      .references(() => help.id),
    kind: text({ enum: CITIZEN_REQUEST_KINDS }).notNull(),
    messageCipher: blob({ mode: 'buffer' }),
    askedAt: integer().notNull(),
    acknowledgedAt: integer(),
    closedAt: integer(),
    closedBy: integer().references(() => account.id),
    /** what was done, for the file; no personal data */
    answer: text(),
  },
  t => [
    check('citizen_request_kind', oneOf(t.kind, CITIZEN_REQUEST_KINDS)),
    index('citizen_request_open').on(t.campaignId, t.closedAt),
  ],
)

/** An official disputes that another record holds the credit; the head of the nearest common unit decides. */
export const dispute = sqliteTable(
  'dispute',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    /** the record that lost the credit, and the one that held it when the dispute was raised */
    helpId: integer()
      .notNull()
      .references(() => help.id),
    holderId: integer()
      .notNull()
      .references(() => help.id),
    /** the revisions of both: without a change of either nothing is new */
    helpRevision: integer().notNull(),
    holderRevision: integer().notNull(),
    /** the nearest common unit when it was raised */
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    reason: text().notNull(),
    raisedAt: integer().notNull(),
    raisedBy: integer()
      .notNull()
      .references(() => account.id),
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
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    citizenHash: text().notNull(),
    helpId: integer()
      .notNull()
      .references(() => help.id),
    reason: text().notNull(),
    decidedAt: integer().notNull(),
    decidedBy: integer().references(() => account.id),
  },
  t => [primaryKey({ columns: [t.campaignId, t.citizenHash] })],
)

/** số liệu trích xuất: one applied file. Undone: its facts are deleted, the row stays. */
export const extract = sqliteTable(
  'extract',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    source: text({ enum: EXTRACT_SOURCES }).notNull(),
    asOfOn: text().notNull(),
    /** JSON array: outcomes whose column the file has */
    outcomes: text().notNull(),
    isFullList: integer({ mode: 'boolean' }).notNull(),
    state: text({ enum: EXTRACT_STATES }).notNull().default('read'),
    /** id of a record; while applying: it speaks for citizens first recorded up to it; while undoing: after it */
    cursor: integer().notNull().default(0),
    fileName: text().notNull().default(''),
    /** JSON: what the file held and what applying it would change, in counts and record ids; no row of it */
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
    extractId: integer()
      .notNull()
      .references(() => extract.id),
    localityCode: text()
      .notNull()
      .references(() => locality.code),
    /** '' : of every carrier (police) */
    carrier: text().notNull().default(''),
  },
  t => [primaryKey({ columns: [t.extractId, t.localityCode, t.carrier] })],
)

/** What an extract shows of one subject: only the keyed hash (of a number or a phone), outcome and day are kept. */
export const extractFact = sqliteTable(
  'extract_fact',
  {
    extractId: integer()
      .notNull()
      .references(() => extract.id),
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
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    unitId: integer()
      .notNull()
      .references(() => unit.id),
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
  },
  t => [index('inspection_unit').on(t.campaignId, t.unitId)],
)

/** đoàn kiểm tra: who checks; two of them sign the results. */
export const inspectionMember = sqliteTable(
  'inspection_member',
  {
    inspectionId: integer()
      .notNull()
      .references(() => inspection.id),
    accountId: integer()
      .notNull()
      .references(() => account.id),
    signedAt: integer(),
  },
  t => [primaryKey({ columns: [t.inspectionId, t.accountId] })],
)

export const inspectionPick = sqliteTable(
  'inspection_pick',
  {
    inspectionId: integer()
      .notNull()
      .references(() => inspection.id),
    helpId: integer()
      .notNull()
      .references(() => help.id),
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
  },
  t => [
    primaryKey({ columns: [t.inspectionId, t.helpId] }),
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
    inspectionId: integer()
      .notNull()
      .references(() => inspection.id),
    helpId: integer()
      .notNull()
      .references(() => help.id),
    reason: text().notNull(),
    raisedAt: integer().notNull(),
    raisedBy: integer()
      .notNull()
      .references(() => account.id),
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
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    inspectionId: integer()
      .notNull()
      .references(() => inspection.id),
    reason: text().notNull(),
    foundAt: integer().notNull(),
    foundBy: integer()
      .notNull()
      .references(() => account.id),
    withdrawnAt: integer(),
    withdrawalReason: text(),
  },
  t => [index('untrue_report_finding_unit').on(t.campaignId, t.unitId)],
)

/* ---------- worklists and teams ---------- */

/** tổ: its members come from any unit and help in one locality. */
export const team = sqliteTable(
  'team',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    /** the unit that runs it, a commune as a rule */
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    kind: text({ enum: TEAM_KINDS }).notNull(),
    name: text().notNull(),
    /** ấp, khu phố where it works; '': the whole commune */
    hamlet: text().notNull().default(''),
    decisionNumber: text().notNull().default(''),
    createdAt: integer().notNull(),
    closedAt: integer(),
  },
  t => [check('team_kind', oneOf(t.kind, TEAM_KINDS)), index('team_unit').on(t.campaignId, t.unitId)],
)

export const teamMember = sqliteTable(
  'team_member',
  {
    teamId: integer()
      .notNull()
      .references(() => team.id),
    officialId: integer()
      .notNull()
      .references(() => official.id),
    isLeader: integer({ mode: 'boolean' }).notNull().default(false),
    /** paid from the budget already: not on the timesheet */
    isPaid: integer({ mode: 'boolean' }).notNull().default(false),
    fromOn: text().notNull(),
    /** null: still a member */
    toOn: text(),
  },
  t => [primaryKey({ columns: [t.teamId, t.officialId, t.fromOn] }), index('team_member_official').on(t.officialId)],
)

/** danh sách được phân công: one import of citizens to be helped, with the legal basis that allows it. */
export const worklist = sqliteTable(
  'worklist',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    /** the unit whose people go, a commune as a rule */
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    name: text().notNull(),
    legalBasis: text().notNull(),
    importedAt: integer().notNull(),
    importedBy: integer()
      .notNull()
      .references(() => account.id),
    /** its citizens were destroyed at the close, `summary` stays */
    purgedAt: integer(),
    /** JSON: counts by hamlet and state when it was purged */
    summary: text().notNull().default('{}'),
  },
  t => [index('worklist_unit').on(t.campaignId, t.unitId)],
)

/** phân công: a citizen on a worklist, given to an official or a team. One row a citizen and campaign. */
export const assignment = sqliteTable(
  'assignment',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    worklistId: integer()
      .notNull()
      .references(() => worklist.id),
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    citizenHash: text().notNull(),
    citizenNameCipher: blob({ mode: 'buffer' }).notNull(),
    citizenNumberCipher: blob({ mode: 'buffer' }).notNull(),
    citizenPhoneCipher: blob({ mode: 'buffer' }),
    /** house number, street: what a visitor needs besides the hamlet */
    addressCipher: blob({ mode: 'buffer' }),
    citizenBirthYear: integer(),
    localityCode: text()
      .notNull()
      .references(() => locality.code),
    hamlet: text().notNull().default(''),
    /** JSON array of WORKLIST_LACKS */
    lacks: text().notNull(),
    /** at most one of the two; both null: not shared out yet */
    officialId: integer().references(() => official.id),
    teamId: integer().references(() => team.id),
    assignedAt: integer(),
    state: text({ enum: ASSIGNMENT_STATES }).notNull().default('not_contacted'),
    /** day, HH:MM ('' : any time) and place of an appointment */
    appointmentOn: text(),
    appointmentTime: text().notNull().default(''),
    appointmentPlaceCipher: blob({ mode: 'buffer' }),
    noteCipher: blob({ mode: 'buffer' }),
    /** when and by whom the state was set last; null: never */
    changedAt: integer(),
    changedBy: integer().references(() => account.id),
    /** done: the record that closed it, whoever made it, and the day */
    helpId: integer().references(() => help.id),
    closedOn: text(),
    /** grows by one with every change */
    revision: integer().notNull().default(1),
  },
  t => [
    check('assignment_state', oneOf(t.state, ASSIGNMENT_STATES)),
    check('assignment_one_bearer', sql`${t.officialId} is null or ${t.teamId} is null`),
    uniqueIndex('assignment_citizen').on(t.campaignId, t.citizenHash),
    index('assignment_unit').on(t.campaignId, t.unitId, t.hamlet, t.state),
    index('assignment_official').on(t.officialId, t.state),
    index('assignment_team').on(t.teamId, t.state),
    index('assignment_worklist').on(t.worklistId),
    index('assignment_help').on(t.helpId),
  ],
)

/* ---------- indicators, targets handed down, reports ---------- */

/** A day's cumulative figure of an annex indicator in a locality; the highest id of a day is in force, corrections are new rows. */
export const indicatorFigure = sqliteTable(
  'indicator_figure',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    localityCode: text()
      .notNull()
      .references(() => locality.code),
    indicator: text({ enum: INDICATORS }).notNull(),
    asOfOn: text().notNull(),
    /** since the campaign's first day; null: the figure of that day was taken back */
    value: integer(),
    origin: text({ enum: FIGURE_ORIGINS }).notNull(),
    /** which system or document the figure was taken from */
    source: text().notNull(),
    /** why it replaces an earlier one; '': the first of its day */
    reason: text().notNull().default(''),
    enteredAt: integer().notNull(),
    /** null: through the interface, with this token */
    enteredBy: integer().references(() => account.id),
    tokenId: integer().references((): AnySQLiteColumn => apiToken.id),
  },
  t => [
    check('indicator_figure_indicator', oneOf(t.indicator, INDICATORS)),
    check('indicator_figure_origin', oneOf(t.origin, FIGURE_ORIGINS)),
    index('indicator_figure_day').on(t.campaignId, t.localityCode, t.indicator, t.asOfOn, t.id),
  ],
)

/** giao chỉ tiêu: one decision that shares a district's total of an indicator out; the highest id is in force (plan V.6). */
export const targetSharing = sqliteTable(
  'target_sharing',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    /** the district's unit */
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    indicator: text({ enum: INDICATORS }).notNull(),
    documentNumber: text().notNull(),
    /** in proportion to what, as it was typed; '': by hand */
    basis: text().notNull().default(''),
    decidedAt: integer().notNull(),
    decidedBy: integer()
      .notNull()
      .references(() => account.id),
  },
  t => [
    check('target_sharing_indicator', oneOf(t.indicator, INDICATORS)),
    index('target_sharing_unit').on(t.campaignId, t.unitId, t.indicator),
  ],
)

export const targetShare = sqliteTable(
  'target_share',
  {
    sharingId: integer()
      .notNull()
      .references(() => targetSharing.id),
    /** a commune or department of the district */
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    total: integer().notNull(),
    daily: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.sharingId, t.unitId] }), index('target_share_unit').on(t.unitId)],
)

/** báo cáo: frozen when signed, never changed; a correction is the next version, with a reason. */
export const report = sqliteTable(
  'report',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    kind: text({ enum: REPORT_KINDS }).notNull(),
    /** last day that it reports on */
    endsOn: text().notNull(),
    version: integer().notNull(),
    /** why it replaces the version before; '' for the first */
    reason: text().notNull().default(''),
    difficulties: text().notNull().default(''),
    proposals: text().notNull().default(''),
    preparedAt: integer().notNull(),
    preparedBy: integer()
      .notNull()
      .references(() => account.id),
    /** null: a draft, whose figures are computed when it is shown */
    signedAt: integer(),
    signedBy: integer().references(() => account.id),
    signerCapacity: text({ enum: SIGNER_CAPACITIES }),
    signerName: text(),
    documentNumber: text(),
    documentOn: text(),
    /** the signed PDF; null: signed off in the app */
    signedFileId: integer().references(() => storedFile.id),
    regulationId: integer().references(() => regulation.id),
    /** JSON, canonical: domain/report.ts `ReportContent`, what was signed with the figures as they then stood */
    figures: text(),
    /** SHA-256 (hex) of the bytes of `figures`, which the export holds */
    hash: text(),
  },
  t => [
    check('report_kind', oneOf(t.kind, REPORT_KINDS)),
    check('report_signer_capacity', oneOf(t.signerCapacity, SIGNER_CAPACITIES)),
    uniqueIndex('report_version').on(t.campaignId, t.unitId, t.kind, t.endsOn, t.version),
    index('report_period').on(t.campaignId, t.kind, t.endsOn),
  ],
)

/** How another system lays out a table: saved once, used for reading and for writing. */
export const tableLayout = sqliteTable(
  'table_layout',
  {
    id: integer().primaryKey(),
    exchanged: text({ enum: EXCHANGED_TABLES }).notNull(),
    name: text().notNull(),
    /** JSON: our column → header in that system, in its order, with fixed texts for columns that we do not have */
    columns: text().notNull(),
    createdAt: integer().notNull(),
    createdBy: integer()
      .notNull()
      .references(() => account.id),
  },
  t => [
    check('table_layout_exchanged', oneOf(t.exchanged, EXCHANGED_TABLES)),
    uniqueIndex('table_layout_name').on(t.exchanged, t.name),
  ],
)

/* ---------- outreach, collection points, offers, difficulties ---------- */

/** tuyên truyền (plan III.1) */
export const outreach = sqliteTable(
  'outreach',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    channel: text({ enum: OUTREACH_CHANNELS }).notNull(),
    heldOn: text().notNull(),
    localityCode: text()
      .notNull()
      .references(() => locality.code),
    place: text().notNull(),
    /** people reached, as counted or estimated by the unit */
    people: integer().notNull(),
    note: text().notNull().default(''),
    createdAt: integer().notNull(),
    createdBy: integer()
      .notNull()
      .references(() => account.id),
    /** taken back; null: it stands */
    withdrawnAt: integer(),
  },
  t => [
    check('outreach_channel', oneOf(t.channel, OUTREACH_CHANNELS)),
    index('outreach_unit').on(t.campaignId, t.unitId, t.heldOn),
  ],
)

/** điểm thu nhận hồ sơ căn cước, định danh; its schedule is public (plan III.3). */
export const collectionPoint = sqliteTable(
  'collection_point',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    kind: text({ enum: POINT_KINDS }).notNull(),
    name: text().notNull(),
    localityCode: text()
      .notNull()
      .references(() => locality.code),
    place: text().notNull(),
    fromOn: text().notNull(),
    toOn: text().notNull(),
    /** as it is announced: "7 giờ 30 – 17 giờ" */
    hours: text().notNull(),
    dailyCapacity: integer().notNull(),
    createdAt: integer().notNull(),
    createdBy: integer()
      .notNull()
      .references(() => account.id),
    cancelledAt: integer(),
  },
  t => [
    check('collection_point_kind', oneOf(t.kind, POINT_KINDS)),
    index('collection_point_unit').on(t.campaignId, t.unitId),
    index('collection_point_days').on(t.campaignId, t.toOn),
  ],
)

/** What one day at a point brought. */
export const collectionDay = sqliteTable(
  'collection_day',
  {
    pointId: integer()
      .notNull()
      .references(() => collectionPoint.id),
    day: text().notNull(),
    invited: integer().notNull(),
    received: integer().notNull(),
    sentOn: integer().notNull(),
    approved: integer().notNull(),
    enteredAt: integer().notNull(),
    enteredBy: integer()
      .notNull()
      .references(() => account.id),
  },
  t => [primaryKey({ columns: [t.pointId, t.day] })],
)

/** ưu đãi: a carrier's price, from–to. */
export const offer = sqliteTable(
  'offer',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    carrier: text({ enum: CARRIERS }).notNull(),
    kind: text({ enum: OFFER_KINDS }).notNull(),
    name: text().notNull(),
    /** đồng; 0: free */
    price: integer().notNull(),
    terms: text().notNull().default(''),
    documentNumber: text().notNull().default(''),
    fromOn: text().notNull(),
    toOn: text(),
    createdAt: integer().notNull(),
    createdBy: integer()
      .notNull()
      .references(() => account.id),
  },
  t => [check('offer_kind', oneOf(t.kind, OFFER_KINDS)), index('offer_campaign').on(t.campaignId, t.kind)],
)

/** A citizen who wants an offer, and agreed to be called about it. */
export const offerRequest = sqliteTable(
  'offer_request',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    offerId: integer()
      .notNull()
      .references(() => offer.id),
    localityCode: text()
      .notNull()
      .references(() => locality.code),
    hamlet: text().notNull().default(''),
    citizenNameCipher: blob({ mode: 'buffer' }).notNull(),
    citizenPhoneCipher: blob({ mode: 'buffer' }).notNull(),
    consentVersion: text().notNull(),
    consentChannel: text({ enum: CONSENT_CHANNELS }).notNull(),
    askedAt: integer().notNull(),
    askedBy: integer()
      .notNull()
      .references(() => account.id),
    /** handed to the carrier */
    handedAt: integer(),
  },
  t => [index('offer_request_offer').on(t.campaignId, t.offerId, t.localityCode)],
)

/** khó khăn, vướng mắc: raised by any unit, answered by an office, the answers open to all. */
export const difficulty = sqliteTable(
  'difficulty',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    route: text({ enum: DIFFICULTY_ROUTES }).notNull(),
    title: text().notNull(),
    body: text().notNull(),
    /** title, body and answer folded, for search */
    folded: text().notNull(),
    raisedAt: integer().notNull(),
    raisedBy: integer()
      .notNull()
      .references(() => account.id),
    answer: text(),
    answeredAt: integer(),
    answeredBy: integer().references(() => account.id),
  },
  t => [
    check('difficulty_route', oneOf(t.route, DIFFICULTY_ROUTES)),
    index('difficulty_open').on(t.campaignId, t.answeredAt),
    index('difficulty_unit').on(t.unitId),
  ],
)

/** A token of the interface /api/v1: only its hash is stored. */
export const apiToken = sqliteTable('api_token', {
  id: integer().primaryKey(),
  campaignId: integer()
    .notNull()
    .references(() => campaign.id),
  name: text().notNull(),
  tokenHash: text().notNull().unique(),
  /** JSON array of API_SCOPES */
  scopes: text().notNull(),
  unitId: integer()
    .notNull()
    .references(() => unit.id),
  createdAt: integer().notNull(),
  createdBy: integer()
    .notNull()
    .references(() => account.id),
  expiresAt: integer().notNull(),
  revokedAt: integer(),
  /** day of its last use */
  usedOn: text(),
})

/* ---------- the close, due process, rounds ---------- */

/** kết thúc đợt: the assessments of a campaign, computed and frozen; each later version says why it was made. */
export const closing = sqliteTable(
  'closing',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    /** 0: the rehearsal, replaced by the next one; from 1 on: frozen */
    version: integer().notNull(),
    reason: text({ enum: CLOSING_REASONS }).notNull(),
    /** the document or fact behind a later version */
    note: text().notNull().default(''),
    regulationId: integer()
      .notNull()
      .references(() => regulation.id),
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
    officialId: integer()
      .notNull()
      .references(() => official.id),
    fromVersion: integer().notNull(),
    /** null: still valid */
    toVersion: integer(),
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    result: text({ enum: OFFICIAL_RESULTS }).notNull(),
    /** canonical JSON of domain/closing.ts `FrozenOfficial`: what the result was computed from, and replays are */
    facts: text().notNull(),
  },
  t => [
    primaryKey({ columns: [t.campaignId, t.officialId, t.fromVersion] }),
    check('official_assessment_result', oneOf(t.result, OFFICIAL_RESULTS)),
    index('official_assessment_unit').on(t.campaignId, t.unitId, t.result, t.toVersion),
    index('official_assessment_result').on(t.campaignId, t.result, t.unitId, t.toVersion),
    index('official_assessment_change').on(t.campaignId, t.fromVersion).where(sql`${t.fromVersion} > 1`),
  ],
)

/** The same of a collective. */
export const collectiveAssessment = sqliteTable(
  'collective_assessment',
  {
    campaignId: integer().notNull(),
    unitId: integer()
      .notNull()
      .references(() => unit.id),
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

/** xem xét trách nhiệm: one case of due process, of one official or one collective (plan V.4). */
export const reviewCase = sqliteTable(
  'review_case',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    officialId: integer().references(() => official.id),
    /** the collective; with an official, their unit at the cut-off */
    unitId: integer()
      .notNull()
      .references(() => unit.id),
    openedAt: integer().notNull(),
    /** ended by a withdrawal; null: it stands */
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
    caseId: integer()
      .notNull()
      .references(() => reviewCase.id),
    kind: text({ enum: REVIEW_STEPS }).notNull(),
    decision: text({ enum: REVIEW_DECISIONS }),
    /** the explanation, the appeal, or the reasons of a decision */
    body: text().notNull(),
    documentNumber: text().notNull().default(''),
    fileId: integer().references(() => storedFile.id),
    /** campaign clock */
    takenAt: integer().notNull(),
    takenOn: text().notNull(),
    takenBy: integer()
      .notNull()
      .references(() => account.id),
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
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    officialId: integer().references(() => official.id),
    unitId: integer().references(() => unit.id),
    kind: text({ enum: GATES }).notNull(),
    documentNumber: text().notNull(),
    documentOn: text().notNull(),
    fromOn: text().notNull(),
    /** null: until further notice */
    toOn: text(),
    createdAt: integer().notNull(),
    createdBy: integer()
      .notNull()
      .references(() => account.id),
    withdrawnAt: integer(),
  },
  t => [
    check('gate_kind', oneOf(t.kind, GATES)),
    check('gate_one_subject', sql`(${t.officialId} is null) <> (${t.unitId} is null)`),
    index('gate_official').on(t.campaignId, t.officialId),
    index('gate_unit').on(t.campaignId, t.unitId),
  ],
)

/** đợt xét: one dossier on its way to a decision. */
export const round = sqliteTable(
  'round',
  {
    id: integer().primaryKey(),
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    kind: text({ enum: ROUND_KINDS }).notNull(),
    name: text().notNull(),
    /** the version of the assessments that it draws on */
    closingId: integer()
      .notNull()
      .references(() => closing.id),
    /** at most so many go on from home affairs; null: no cap */
    individualCap: integer(),
    collectiveCap: integer(),
    proposalsDueOn: text().notNull(),
    createdAt: integer().notNull(),
    createdBy: integer()
      .notNull()
      .references(() => account.id),
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
    roundId: integer()
      .notNull()
      .references(() => round.id),
    kind: text({ enum: CANDIDATE_KINDS }).notNull(),
    officialId: integer().references(() => official.id),
    /** the collective itself; for everybody else the unit that proposes them */
    unitId: integer()
      .notNull()
      .references(() => unit.id),
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
    candidateId: integer()
      .notNull()
      .references(() => candidate.id),
    stage: text({ enum: ROUND_STAGES }).notNull(),
    action: text({ enum: CANDIDATE_ACTIONS }).notNull(),
    reason: text().notNull().default(''),
    votesFor: integer(),
    votesTotal: integer(),
    takenAt: integer().notNull(),
    takenBy: integer()
      .notNull()
      .references(() => account.id),
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
    createdBy: integer()
      .notNull()
      .references(() => account.id),
    revokedAt: integer(),
  },
  t => [
    check('award_one_subject', sql`(${t.officialId} is null) <> (${t.unitId} is null)`),
    index('award_official').on(t.officialId),
    index('award_unit').on(t.unitId),
  ],
)

/** The same frozen facts under other parameters: who would enter, who leave. Never changes a round. */
export const scenario = sqliteTable('scenario', {
  id: integer().primaryKey(),
  closingId: integer()
    .notNull()
    .references(() => closing.id),
  name: text().notNull(),
  /** JSON: the parameters that differ from the closing's regulation, and the reading of the quota */
  parameters: text().notNull(),
  createdAt: integer().notNull(),
  createdBy: integer()
    .notNull()
    .references(() => account.id),
  /** JSON: counts, and ids of those who enter and leave each list; null: being computed */
  result: text(),
})

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
  },
  t => [index('legal_basis_days').on(t.fromOn)],
)

/** việc trước khi vận hành chính thức: that an item was done, when, and by which document. Append-only, the newest counts. */
export const goLiveItem = sqliteTable(
  'go_live_item',
  {
    id: integer().primaryKey(),
    item: text({ enum: GO_LIVE_ITEMS }).notNull(),
    doneOn: text().notNull(),
    documentNumber: text().notNull(),
    note: text().notNull(),
    createdAt: integer().notNull(),
    createdBy: integer()
      .notNull()
      .references(() => account.id),
  },
  t => [check('go_live_item_item', oneOf(t.item, GO_LIVE_ITEMS))],
)

/* ---------- what is stored of the rules' outcome ---------- */

/** domain/standing.ts of one official in one campaign, and the live result of assessOfficial. */
export const standing = sqliteTable(
  'standing',
  {
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    officialId: integer()
      .notNull()
      .references(() => official.id),
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
    simSignature: text().notNull(),
    phone4g: text().notNull(),
    portalNational: text().notNull(),
    portalProvincial: text().notNull(),
    /** how many of the three obligations are neither met nor lifted */
    unmet: integer().notNull(),
    /** citizens still missing to the target */
    shortage: integer().notNull(),
    /** domain/assessment.ts, live */
    result: text({ enum: OFFICIAL_RESULTS }).notNull(),
    /** the same under the other reading of the quota (any one required outcome) */
    resultAny: text({ enum: OFFICIAL_RESULTS }).notNull(),
    /** real clock: whoever was refreshed since a close began is assessed once more at its end */
    refreshedAt: integer().notNull().default(0),
  },
  t => [
    primaryKey({ columns: [t.campaignId, t.officialId] }),
    check('standing_result', oneOf(t.result, OFFICIAL_RESULTS)),
    check('standing_result_any', oneOf(t.resultAny, OFFICIAL_RESULTS)),
    index('standing_unit').on(t.campaignId, t.unitId, t.shortage, t.unmet, t.category, t.result, t.resultAny),
    index('standing_lacking').on(t.campaignId, sql`${t.shortage} desc`, sql`${t.unmet} desc`, t.sortName, t.officialId),
    index('standing_name').on(t.campaignId, t.unitId, t.sortName, t.officialId, t.category, t.result, t.resultAny),
    index('standing_result_unit').on(t.campaignId, t.result, t.unitId),
  ],
)

const TALLY_DIMENSIONS = ['unit', 'block', 'category', 'chapter', 'locality'] as const

/** Help records by the day helped, for a unit and each ancestor, likewise the other dimensions. */
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
    /** Σ of what quota bearers still owe */
    owed: integer().notNull(),
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
  },
  t => [primaryKey({ columns: [t.campaignId, t.key, t.dimension] })],
)

/**
 * What was given away of personal records on one day (domain/disclosure.ts), as it stood at `takenAt` (campaign clock).
 * Never changed: what the next day may tell depends on what the days before have told.
 */
export const publication = sqliteTable(
  'publication',
  {
    campaignId: integer()
      .notNull()
      .references(() => campaign.id),
    day: text().notNull(),
    takenAt: integer().notNull(),
    /** JSON of queries/publication.server.ts `Publication` */
    figures: text().notNull(),
  },
  t => [primaryKey({ columns: [t.campaignId, t.day] })],
)

/* ---------- log, jobs, clock ---------- */

/** Append-only, hash-chained: hash = SHA-256(previous hash, and this row's content). No citizen's data in `data`. */
export const event = sqliteTable(
  'event',
  {
    id: integer().primaryKey(),
    /** real clock */
    at: integer().notNull(),
    actorKind: text({ enum: ['person', 'token', 'anonymous', 'system'] }).notNull(),
    accountId: integer(),
    campaignId: integer(),
    verb: text().notNull(),
    subject: text().notNull(),
    subjectId: text().notNull(),
    /** JSON */
    data: text().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  t => [index('event_subject').on(t.subject, t.subjectId), index('event_account').on(t.accountId)],
)

/** Who opened or took away whose data, when (real clock); two years long only added to (triggers). No name, nothing sealed. */
export const accessLog = sqliteTable(
  'access_log',
  {
    id: integer().primaryKey(),
    at: integer().notNull(),
    accountId: integer()
      .notNull()
      .references(() => account.id),
    what: text({ enum: ACCESS_KINDS }).notNull(),
    /** the id of what was opened; of whom a list is, where it was one */
    subjectId: text().notNull(),
    /** how many people were shown */
    count: integer().notNull(),
  },
  t => [
    check('access_log_what', oneOf(t.what, ACCESS_KINDS)),
    check('access_log_count', sql`${t.count} > 0`),
    index('access_log_subject').on(t.subjectId, t.what),
    index('access_log_account').on(t.accountId),
    index('access_log_at').on(t.at),
  ],
)

export const JOB_KINDS = [
  'roster_plan',
  'roster_apply',
  'rejudge',
  'demo_load',
  'extract_read',
  'extract_apply',
  'extract_undo',
  'inspection_draw',
  'worklist_plan',
  'worklist_apply',
  'help_plan',
  'help_apply',
  'digest',
  'closing',
  'replay',
] as const

export const job = sqliteTable(
  'job',
  {
    id: integer().primaryKey(),
    kind: text({ enum: JOB_KINDS }).notNull(),
    /** JSON */
    input: text().notNull(),
    state: text({ enum: ['queued', 'running', 'done', 'failed'] }).notNull(),
    done: integer().notNull().default(0),
    total: integer().notNull().default(0),
    /** JSON: what came out, or the reason code of the failure */
    result: text(),
    createdAt: integer().notNull(),
    /** null: by the system */
    createdBy: integer().references(() => account.id),
    /** the worker's last sign of life in this job */
    aliveAt: integer(),
    finishedAt: integer(),
    /** how often a worker took it; a stop that gave it back does not count */
    attempts: integer().notNull().default(0),
    /** when the present attempt began (ms); null: never taken */
    startedAt: integer(),
  },
  t => [
    check('job_kind', oneOf(t.kind, JOB_KINDS)),
    check('job_state', oneOf(t.state, ['queued', 'running', 'done', 'failed'])),
    index('job_state').on(t.state),
  ],
)

/**
 * An import from the upload on: the preview shows its plan, apply names it. File and plan are sealed, for they hold
 * staff's numbers, and gone (an empty blob) once applied or a week old.
 */
export const importBatch = sqliteTable('import_batch', {
  id: integer().primaryKey(),
  kind: text({ enum: ['roster', 'worklist', 'help'] }).notNull(),
  unitId: integer()
    .notNull()
    .references(() => unit.id),
  fileName: text().notNull(),
  planCipher: blob({ mode: 'buffer' }).notNull(),
  createdAt: integer().notNull(),
  createdBy: integer()
    .notNull()
    .references(() => account.id),
  appliedAt: integer(),
})

/** One row: campaign instant = campaignAt + (real now − realAt). It only moves forward. */
export const clock = sqliteTable(
  'clock',
  {
    id: integer().primaryKey(),
    realAt: integer().notNull(),
    campaignAt: integer().notNull(),
  },
  t => [check('clock_one_row', sql`${t.id} = 1`)],
)
