/** What a campaign's plan assigns to localities: its indicators and goals. */
import { check, foreignKey, index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { TALLIED_OUTCOMES } from '../../app/domain/outcome-marks.ts'
import { GOAL_BASES, INDICATOR_SOURCES } from '../../app/domain/vocabulary.ts'
import { account, campaign, locality } from './core.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'

/** chỉ tiêu của kế hoạch: an indicator of a campaign, as its plan names it. */
export const campaignIndicator = sqliteTable(
  'campaign_indicator',
  {
    campaignId: ref(() => campaign.id),
    /** by which targets, figures, files and the interface name it; never changes */
    code: text().notNull(),
    /** its place among the campaign's indicators, rising; gaps mean nothing */
    position: integer().notNull(),
    name: text().notNull(),
    shortName: text().notNull(),
    /** the head of its column as the plan prints it; '': its name */
    printedName: text().notNull().default(''),
    /** for people who do not know the plan; '': its name */
    publicName: text().notNull().default(''),
    /** its unit of count */
    unit: text().notNull(),
    /** who delivers its figures, and so who may enter them */
    source: text({ enum: INDICATOR_SOURCES }).notNull(),
    /** the outcome of counted records that is shown beside it; null: none */
    outcome: text({ enum: TALLIED_OUTCOMES }),
  },
  t => [
    primaryKey({ columns: [t.campaignId, t.code] }),
    check('campaign_indicator_source', oneOf(t.source, INDICATOR_SOURCES)),
    check('campaign_indicator_outcome', oneOf(t.outcome, TALLIED_OUTCOMES)),
  ],
)

/** mục tiêu: what the text of the plan wants of an indicator beside its annex. */
export const campaignGoal = sqliteTable(
  'campaign_goal',
  {
    campaignId: ref(() => campaign.id),
    indicator: text().notNull(),
    /** 0–1 */
    share: real().notNull(),
    /** of what it is a share */
    basis: text({ enum: GOAL_BASES }).notNull(),
    /** adults of the province, and how many of them had it at the start; null: another basis */
    adults: integer(),
    atStart: integer(),
    /** who is left out of the annex's total, in words; '': nobody */
    exceptions: text().notNull().default(''),
  },
  t => [
    primaryKey({ columns: [t.campaignId, t.indicator] }),
    foreignKey({
      columns: [t.campaignId, t.indicator],
      foreignColumns: [campaignIndicator.campaignId, campaignIndicator.code],
    }),
    check('campaign_goal_basis', oneOf(t.basis, GOAL_BASES)),
  ],
)

/** How many people a goal leaves out in a locality, as an office entered last. */
export const goalException = sqliteTable(
  'goal_exception',
  {
    campaignId: ref(() => campaign.id),
    indicator: text().notNull(),
    localityCode: text()
      .notNull()
      .references(() => locality.code),
    people: integer().notNull(),
    /** the document or list that the number comes from */
    document: text().notNull(),
    enteredAt: integer().notNull(),
    enteredBy: ref(() => account.id),
  },
  t => [
    primaryKey({ columns: [t.campaignId, t.indicator, t.localityCode] }),
    foreignKey({
      columns: [t.campaignId, t.indicator],
      foreignColumns: [campaignGoal.campaignId, campaignGoal.indicator],
    }),
    index('goal_exception_locality').on(t.localityCode),
  ],
)
