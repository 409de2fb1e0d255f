/** Outreach, collection points, offers, difficulties. */
import { blob, check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import {
  CARRIERS,
  CONSENT_CHANNELS,
  DIFFICULTY_ROUTES,
  OFFER_KINDS,
  OUTREACH_CHANNELS,
  POINT_KINDS,
} from '../../app/domain/vocabulary.ts'
import { account, campaign, locality, unit } from './core.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'

/** tuyên truyền (plan III.1) */
export const outreach = sqliteTable(
  'outreach',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    unitId: ref(() => unit.id),
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
    createdBy: ref(() => account.id),
    /** when it was withdrawn; null: still valid */
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
    campaignId: ref(() => campaign.id),
    unitId: ref(() => unit.id),
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
    createdBy: ref(() => account.id),
    cancelledAt: integer(),
  },
  t => [
    check('collection_point_kind', oneOf(t.kind, POINT_KINDS)),
    index('collection_point_unit').on(t.campaignId, t.unitId),
    index('collection_point_days').on(t.campaignId, t.toOn),
  ],
)

/** The results of one day at a point. */
export const collectionDay = sqliteTable(
  'collection_day',
  {
    pointId: ref(() => collectionPoint.id),
    day: text().notNull(),
    invited: integer().notNull(),
    received: integer().notNull(),
    sentOn: integer().notNull(),
    approved: integer().notNull(),
    enteredAt: integer().notNull(),
    enteredBy: ref(() => account.id),
  },
  t => [primaryKey({ columns: [t.pointId, t.day] })],
)

/** ưu đãi: a carrier's price, from–to. */
export const offer = sqliteTable(
  'offer',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
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
    createdBy: ref(() => account.id),
  },
  t => [check('offer_kind', oneOf(t.kind, OFFER_KINDS)), index('offer_campaign').on(t.campaignId, t.kind)],
)

/** A citizen who wants an offer, and agreed to be called about it. */
export const offerRequest = sqliteTable(
  'offer_request',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    offerId: ref(() => offer.id),
    localityCode: text()
      .notNull()
      .references(() => locality.code),
    hamlet: text().notNull().default(''),
    citizenNameCipher: blob({ mode: 'buffer' }).notNull(),
    citizenPhoneCipher: blob({ mode: 'buffer' }).notNull(),
    consentVersion: text().notNull(),
    consentChannel: text({ enum: CONSENT_CHANNELS }).notNull(),
    askedAt: integer().notNull(),
    askedBy: ref(() => account.id),
    /** handed to the carrier */
    handedAt: integer(),
    /** keyed hash of name and phone: one person's wish for an offer is kept once; null: entered before this was kept */
    wishHash: text(),
    /** the file that it was handed over in; null: not handed over, or before this was kept */
    handoverId: integer().references(() => offerHandover.id),
  },
  t => [
    index('offer_request_offer').on(t.campaignId, t.offerId, t.localityCode),
    uniqueIndex('offer_request_wish').on(t.campaignId, t.offerId, t.wishHash),
    index('offer_request_handover').on(t.handoverId),
  ],
)

/** One file of wishes handed over to a carrier; the same office can take it again. */
export const offerHandover = sqliteTable('offer_handover', {
  id: integer().primaryKey(),
  campaignId: ref(() => campaign.id),
  carrier: text({ enum: CARRIERS }).notNull(),
  madeAt: integer().notNull(),
  madeBy: ref(() => account.id),
})

/** khó khăn, vướng mắc: raised by any unit, answered by an office, the answers open to all. */
export const difficulty = sqliteTable(
  'difficulty',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    unitId: ref(() => unit.id),
    route: text({ enum: DIFFICULTY_ROUTES }).notNull(),
    title: text().notNull(),
    body: text().notNull(),
    /** title, body and answer folded, for search */
    folded: text().notNull(),
    raisedAt: integer().notNull(),
    raisedBy: ref(() => account.id),
    answer: text(),
    answeredAt: integer(),
    answeredBy: integer().references(() => account.id),
    /** when the raiser last corrected it; null: never */
    editedAt: integer(),
    /** when the office last reworded its answer; null: never */
    answerEditedAt: integer(),
    /** when the raiser withdrew it, which takes it out of every list; null: not withdrawn */
    withdrawnAt: integer(),
  },
  t => [
    check('difficulty_route', oneOf(t.route, DIFFICULTY_ROUTES)),
    index('difficulty_open').on(t.campaignId, t.answeredAt),
    index('difficulty_unit').on(t.unitId),
  ],
)

const DIFFICULTY_PARTS = ['question', 'answer'] as const

/** What a difficulty or its answer said before it was corrected; kept for its unit, those above it and the offices. */
export const difficultyText = sqliteTable(
  'difficulty_text',
  {
    id: integer().primaryKey(),
    difficultyId: ref(() => difficulty.id),
    part: text({ enum: DIFFICULTY_PARTS }).notNull(),
    /** '' for an answer */
    title: text().notNull(),
    body: text().notNull(),
    /** until when it was shown (campaign clock), and who replaced it */
    replacedAt: integer().notNull(),
    replacedBy: ref(() => account.id),
  },
  t => [
    check('difficulty_text_part', oneOf(t.part, DIFFICULTY_PARTS)),
    index('difficulty_text_difficulty').on(t.difficultyId),
  ],
)
