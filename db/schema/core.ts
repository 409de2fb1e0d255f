/** The tables that every other table refers to: campaigns, places, units, people, accounts, files. */
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
import { PROVINCE_TYPES } from '../../app/domain/province.ts'
import { SIGNING_CAPACITIES } from '../../app/domain/signer.ts'
import { ASSOCIATIONS, BLOCKS, LOCALITY_LEVELS, SEXES, UNIT_KINDS } from '../../app/domain/vocabulary.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'

/** đợt cao điểm: a plan; its dates and parameters live in `regulation`. */
export const campaign = sqliteTable('campaign', {
  id: integer().primaryKey(),
  /** number of the document, as pages show it: 128/KH-UBND */
  code: text().notNull().unique(),
  name: text().notNull(),
  issuer: text().notNull(),
  issuedOn: text().notNull(),
  createdAt: integer().notNull(),
  /** JSON of domain/article.ts `Articles`: where the plan says what a rule follows from, quoted */
  articles: text().notNull().default('{}'),
  /** what the public page calls it; '' : its name */
  headline: text().notNull().default(''),
  /** the day of the figures that the annex rests on; null: its plan names none */
  annexAsOf: text(),
  /** what is to be known about the annex as printed; '': nothing */
  annexNote: text().notNull().default(''),
  /** JSON of domain/campaign.ts `CampaignPart[]`: what was copied from another campaign and is yet to be looked at */
  unreviewed: text().notNull().default('[]'),
  /** trích yếu of the plan, as papers cite it behind number, day and issuer; '': not entered, papers have dots */
  title: text().notNull().default(''),
})

/** How the province and its offices are called, from a day on; the latest that has begun holds. Never edited. */
export const province = sqliteTable(
  'province',
  {
    id: integer().primaryKey(),
    fromOn: text().notNull().unique(),
    /** its code among localities */
    code: text().notNull(),
    name: text().notNull(),
    type: text({ enum: PROVINCE_TYPES }).notNull(),
    /** where its papers are dated */
    place: text().notNull(),
    telecomOffice: text().notNull(),
    /** the document that named it so; '' as founded */
    document: text().notNull(),
    createdAt: integer().notNull(),
    /** null: by the system, at the founding */
    createdBy: integer().references((): AnySQLiteColumn => account.id),
  },
  t => [check('province_type', oneOf(t.type, PROVINCE_TYPES))],
)

/** Who signs papers of a unit, from a day to a day, in which capacity; only ended, never edited. */
export const signer = sqliteTable(
  'signer',
  {
    id: integer().primaryKey(),
    unitId: integer()
      .notNull()
      .references((): AnySQLiteColumn => unit.id),
    name: text().notNull(),
    /** "Phó Giám đốc" */
    title: text().notNull(),
    capacity: text({ enum: SIGNING_CAPACITIES }).notNull(),
    fromOn: text().notNull(),
    /** null: until somebody else begins */
    toOn: text(),
    createdAt: integer().notNull(),
    createdBy: integer().references((): AnySQLiteColumn => account.id),
  },
  t => [check('signer_capacity', oneOf(t.capacity, SIGNING_CAPACITIES)), index('signer_unit').on(t.unitId)],
)

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
    /** rises with each write of localities, so that every connection sees that they changed */
    revision: integer().notNull().default(0),
  },
  t => [
    check('locality_level', oneOf(t.level, LOCALITY_LEVELS)),
    index('locality_parent').on(t.parentCode),
    index('locality_revision').on(t.revision),
  ],
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
    /** as the province codes its agencies; null: it has no code here */
    code: text(),
    /** the authority above, as papers print it; null: the unit above */
    superiorName: text(),
    /** the unit as its papers print it; null: its name */
    issuerName: text(),
    /** the unit in the sign of its papers ("SNV"); null: as its name says, where a rule knows it */
    paperSign: text(),
  },
  t => [
    check('unit_kind', oneOf(t.kind, UNIT_KINDS)),
    check('unit_block', oneOf(t.block, BLOCKS)),
    uniqueIndex('unit_path').on(t.path),
    index('unit_parent').on(t.parentId),
    index('unit_locality').on(t.localityCode),
    uniqueIndex('unit_code').on(t.code).where(sql`${t.code} is not null`),
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
    /** the entry of the same person that goes on; null: this one does */
    mergedIntoId: integer().references((): AnySQLiteColumn => official.id),
    /** the name as it was typed; null: in the same capitals, or written before this was kept */
    nameTyped: text(),
  },
  t => [
    index('official_phone').on(t.phoneHash),
    index('official_merged').on(t.mergedIntoId).where(sql`${t.mergedIntoId} is not null`),
    index('official_sort').on(t.sortName),
    index('official_alike').on(t.nameFolded, t.birthYear),
  ],
)

export const account = sqliteTable(
  'account',
  {
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
    /** who made an office's account; null: the system, a roster, the demo, or the command on the server */
    createdBy: integer().references((): AnySQLiteColumn => account.id),
    /** true: bound to `providerHash` from a session of its own; false: by the first coming */
    isProviderSure: integer({ mode: 'boolean' }).notNull().default(false),
    /** the campaign that it worked in last; null: never signed in, or not since that is kept */
    campaignId: integer().references(() => campaign.id),
  },
  t => [index('account_maker').on(t.createdBy)],
)

export const STORED_FILE_KINDS = ['evidence', 'pledge_list', 'signed_report', 'explanation', 'round_document'] as const

/** Uploaded evidence and scans, metadata stripped, sealed under the staff's data key. */
export const storedFile = sqliteTable(
  'stored_file',
  {
    id: integer().primaryKey(),
    kind: text({ enum: STORED_FILE_KINDS }).notNull(),
    /** whose it is; null: the unit's */
    officialId: integer().references(() => official.id),
    unitId: ref(() => unit.id),
    mediaType: text({ enum: ['image/png', 'image/jpeg', 'application/pdf'] }).notNull(),
    size: integer().notNull(),
    contentCipher: blob({ mode: 'buffer' }).notNull(),
    createdAt: integer().notNull(),
    createdBy: integer().references(() => account.id),
    /** the campaign of what it belongs to; null: stored before files named it, and nothing refers to it */
    campaignId: integer().references(() => campaign.id),
  },
  t => [
    check('stored_file_kind', oneOf(t.kind, STORED_FILE_KINDS)),
    check('stored_file_media_type', oneOf(t.mediaType, ['image/png', 'image/jpeg', 'application/pdf'])),
    index('stored_file_unit').on(t.unitId),
    index('stored_file_official').on(t.officialId),
  ],
)
