/** Where officials belong, and when. */
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { CATEGORIES } from '../../app/domain/vocabulary.ts'
import { campaign, chapter, official, unit } from './core.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'

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
    index('posting_unit').on(t.unitId),
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
