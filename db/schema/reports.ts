/** Indicators, targets handed down, reports of units. */
import {
  type AnySQLiteColumn,
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { EXCHANGED_TABLES, FIGURE_ORIGINS, REPORT_KINDS, SIGNER_CAPACITIES } from '../../app/domain/vocabulary.ts'
import { apiToken } from './accounts.ts'
import { regulation } from './campaign.ts'
import { account, campaign, locality, storedFile, unit } from './core.ts'
import { campaignIndicator } from './indicators.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'

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

/** The annex: target of one indicator in one locality. `daily` as printed: ceil(total / 90). */
export const indicatorTarget = sqliteTable(
  'indicator_target',
  {
    campaignId: ref(() => campaign.id),
    localityCode: text()
      .notNull()
      .references(() => locality.code),
    indicator: text().notNull(),
    total: integer().notNull(),
    daily: integer().notNull(),
  },
  t => [
    primaryKey({ columns: [t.campaignId, t.localityCode, t.indicator] }),
    foreignKey({
      columns: [t.campaignId, t.indicator],
      foreignColumns: [campaignIndicator.campaignId, campaignIndicator.code],
    }),
  ],
)

/** A day's cumulative figure of an annex indicator in a locality; the highest id of a day is in force, corrections are new rows. */
export const indicatorFigure = sqliteTable(
  'indicator_figure',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    localityCode: text()
      .notNull()
      .references(() => locality.code),
    indicator: text().notNull(),
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
    foreignKey({
      columns: [t.campaignId, t.indicator],
      foreignColumns: [campaignIndicator.campaignId, campaignIndicator.code],
    }),
    check('indicator_figure_origin', oneOf(t.origin, FIGURE_ORIGINS)),
    index('indicator_figure_day').on(t.campaignId, t.localityCode, t.indicator, t.asOfOn, t.id),
  ],
)

/** giao chỉ tiêu: one decision that shares a unit's total of an indicator out; the highest id is in force (plan V.6). */
export const targetSharing = sqliteTable(
  'target_sharing',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    /** who shares it out: a district, or without districts the province or a commune */
    unitId: ref(() => unit.id),
    indicator: text().notNull(),
    documentNumber: text().notNull(),
    /** in proportion to what, as it was typed; '': by hand */
    basis: text().notNull().default(''),
    decidedAt: integer().notNull(),
    decidedBy: ref(() => account.id),
  },
  t => [
    foreignKey({
      columns: [t.campaignId, t.indicator],
      foreignColumns: [campaignIndicator.campaignId, campaignIndicator.code],
    }),
    index('target_sharing_unit').on(t.campaignId, t.unitId, t.indicator),
  ],
)

export const targetShare = sqliteTable(
  'target_share',
  {
    sharingId: ref(() => targetSharing.id),
    /** a unit below it */
    unitId: ref(() => unit.id),
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
    campaignId: ref(() => campaign.id),
    unitId: ref(() => unit.id),
    kind: text({ enum: REPORT_KINDS }).notNull(),
    /** last day that it reports on */
    endsOn: text().notNull(),
    version: integer().notNull(),
    /** why it replaces the version before; '' for the first */
    reason: text().notNull().default(''),
    difficulties: text().notNull().default(''),
    proposals: text().notNull().default(''),
    preparedAt: integer().notNull(),
    preparedBy: ref(() => account.id),
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
    /** why it was signed before the last day of its period; null: it was not */
    earlyReason: text(),
    /** when its signed content was first shown to somebody above the unit (ms, campaign clock), and to whom; null: not yet */
    openedAt: integer(),
    openedBy: integer().references(() => account.id),
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
    createdBy: ref(() => account.id),
  },
  t => [
    check('table_layout_exchanged', oneOf(t.exchanged, EXCHANGED_TABLES)),
    uniqueIndex('table_layout_name').on(t.exchanged, t.name),
  ],
)
