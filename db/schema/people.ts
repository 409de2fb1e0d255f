/** Where officials belong, and when. */
import { sql } from 'drizzle-orm'
import { blob, check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import {
  CATEGORIES,
  CORRECTION_KINDS,
  CORRECTION_STATES,
  JOIN_OFFER_STATES,
  SEXES,
  TRANSFER_STATES,
} from '../../app/domain/vocabulary.ts'
import { account, campaign, chapter, official, unit } from './core.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'
import { team } from './worklists.ts'

/** An official's number under a campaign's matching key: tells self-claims, and citizens who are staff. */
export const officialMatch = sqliteTable(
  'official_match',
  {
    campaignId: ref(() => campaign.id),
    officialId: ref(() => official.id),
    numberHash: text().notNull(),
  },
  t => [
    primaryKey({ columns: [t.campaignId, t.officialId] }),
    uniqueIndex('official_match_number').on(t.campaignId, t.numberHash),
  ],
)

/** Two officials of whom one roster row gave the number of one and the staff code of the other: maybe one person. */
export const officialClash = sqliteTable(
  'official_clash',
  {
    /** the lower id of the two */
    firstId: integer()
      .notNull()
      .references(() => official.id),
    secondId: integer()
      .notNull()
      .references(() => official.id),
    /** the newest row that said so */
    notedAt: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.firstId, t.secondId] }), index('official_clash_second').on(t.secondId)],
)

/** Where an official works, dated; at most one on any day. */
export const posting = sqliteTable(
  'posting',
  {
    id: integer().primaryKey(),
    officialId: ref(() => official.id),
    unitId: ref(() => unit.id),
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
    index('posting_unit').on(t.unitId, t.officialId),
  ],
)

/** đoàn viên, hội viên: dated place in an association's tree. */
export const membership = sqliteTable(
  'membership',
  {
    id: integer().primaryKey(),
    officialId: ref(() => official.id),
    chapterId: ref(() => chapter.id),
    fromOn: text().notNull(),
    toOn: text(),
  },
  t => [
    uniqueIndex('membership_start').on(t.officialId, t.chapterId, t.fromOn),
    index('membership_chapter').on(t.chapterId),
  ],
)

/** chuyển đơn vị: a posting that another unit must accept first. While `asked` it changes nothing. */
export const transfer = sqliteTable(
  'transfer',
  {
    id: integer().primaryKey(),
    officialId: ref(() => official.id),
    /** the unit that the official leaves */
    fromUnitId: ref(() => unit.id),
    /** the receiving unit */
    unitId: ref(() => unit.id),
    position: text().notNull(),
    category: text({ enum: CATEGORIES }).notNull(),
    isLeader: integer({ mode: 'boolean' }).notNull(),
    /** first day of the posting that is asked for; may be past when it is accepted */
    fromOn: text().notNull(),
    state: text({ enum: TRANSFER_STATES }).notNull(),
    askedAt: integer().notNull(),
    askedBy: ref(() => account.id),
    /** last day on which the receiving unit answers alone; after it those above both decide as well */
    dueOn: text().notNull(),
    /** null: waits; also when it was withdrawn */
    answeredAt: integer(),
    answeredBy: integer().references(() => account.id),
    answerReason: text(),
  },
  t => [
    check('transfer_category', oneOf(t.category, CATEGORIES)),
    check('transfer_state', oneOf(t.state, TRANSFER_STATES)),
    uniqueIndex('transfer_waiting').on(t.officialId).where(sql`${t.state} = 'asked'`),
    index('transfer_official').on(t.officialId),
    index('transfer_state').on(t.state),
  ],
)

/**
 * sửa hồ sơ: what of an official was corrected, or is asked to be. Details take effect at once; a number, a phone that
 * signs somebody in and the merging of two entries wait as `asked` for the person, or for somebody independent.
 */
export const officialCorrection = sqliteTable(
  'official_correction',
  {
    id: integer().primaryKey(),
    officialId: ref(() => official.id),
    kind: text({ enum: CORRECTION_KINDS }).notNull(),
    /** of a merge, the entry that ends; null: no merge */
    otherId: integer().references(() => official.id),
    /** of a merge, the account that goes on; null: no merge, or neither entry has one */
    keptAccountId: integer().references(() => account.id),
    /** the number or phone while it waits, sealed; null: another kind, or decided */
    valueCipher: blob({ mode: 'buffer' }),
    valueHash: text(),
    /** what a new number says otherwise of the person, and takes effect with it; null: nothing */
    birthOn: text(),
    birthYear: integer(),
    sex: text({ enum: SEXES }),
    /** JSON: `CorrectionChange[]` of domain/correction.ts */
    changes: text().notNull(),
    /** keyed hash of `changes`: proves what was corrected without naming it */
    changesHash: text().notNull(),
    reason: text().notNull(),
    state: text({ enum: CORRECTION_STATES }).notNull(),
    askedAt: integer().notNull(),
    askedBy: ref(() => account.id),
    /** the roster that asks; null: the person's own page */
    batchId: integer(),
    /** null: it waits, or took effect at once */
    answeredAt: integer(),
    answeredBy: integer().references(() => account.id),
  },
  t => [
    check('official_correction_kind', oneOf(t.kind, CORRECTION_KINDS)),
    check('official_correction_state', oneOf(t.state, CORRECTION_STATES)),
    check('official_correction_sex', oneOf(t.sex, SEXES)),
    check('official_correction_two_entries', sql`(${t.kind} = 'merge') = (${t.otherId} is not null)`),
    uniqueIndex('official_correction_waiting').on(t.officialId, t.kind).where(sql`${t.state} = 'asked'`),
    index('official_correction_official').on(t.officialId),
    index('official_correction_other').on(t.otherId).where(sql`${t.otherId} is not null`),
    index('official_correction_state').on(t.state),
  ],
)

/** mời: a chapter or a team wants an official of whom its unit has no charge. It holds once they or their unit accept. */
export const joinOffer = sqliteTable(
  'join_offer',
  {
    id: integer().primaryKey(),
    officialId: ref(() => official.id),
    /** the unit that offers */
    unitId: ref(() => unit.id),
    /** exactly one of the two is set */
    chapterId: integer().references(() => chapter.id),
    teamId: integer().references(() => team.id),
    isLeader: integer({ mode: 'boolean' }).notNull().default(false),
    isPaid: integer({ mode: 'boolean' }).notNull().default(false),
    fromOn: text().notNull(),
    /** null: without an end */
    toOn: text(),
    state: text({ enum: JOIN_OFFER_STATES }).notNull(),
    offeredAt: integer().notNull(),
    offeredBy: integer().references(() => account.id),
    answeredAt: integer(),
    answeredBy: integer().references(() => account.id),
  },
  t => [
    check('join_offer_one_place', sql`(${t.chapterId} is null) <> (${t.teamId} is null)`),
    check('join_offer_state', oneOf(t.state, JOIN_OFFER_STATES)),
    index('join_offer_official').on(t.officialId),
    index('join_offer_state').on(t.state),
    index('join_offer_team').on(t.teamId),
  ],
)

/** How often an account looked for people outside its units by their exact code, by day. */
export const outsideSearch = sqliteTable(
  'outside_search',
  {
    accountId: ref(() => account.id),
    onDay: text().notNull(),
    searches: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.accountId, t.onDay] })],
)
