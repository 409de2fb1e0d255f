/** Citizens to be helped, and teams. */
import { sql } from 'drizzle-orm'
import { blob, check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { ASSIGNMENT_STATES, TEAM_KINDS } from '../../app/domain/vocabulary.ts'
import { account, campaign, locality, official, unit } from './core.ts'
import { help } from './help.ts'
import { oneOf } from './one-of.ts'
import { ref } from './ref.ts'

/** tổ: its members come from any unit and help in one locality. */
export const team = sqliteTable(
  'team',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    /** the unit that runs it, a commune as a rule */
    unitId: ref(() => unit.id),
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
    teamId: ref(() => team.id),
    officialId: ref(() => official.id),
    isLeader: integer({ mode: 'boolean' }).notNull().default(false),
    /** paid from the budget already: not on the timesheet */
    isPaid: integer({ mode: 'boolean' }).notNull().default(false),
    fromOn: text().notNull(),
    /** null: still a member */
    toOn: text(),
  },
  t => [primaryKey({ columns: [t.teamId, t.officialId, t.fromOn] }), index('team_member_official').on(t.officialId)],
)

/** bảng chấm công: one export of a team's timesheet, with its rows as they were handed out. */
export const timesheetExport = sqliteTable(
  'timesheet_export',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    teamId: ref(() => team.id),
    fromOn: text().notNull(),
    toOn: text().notNull(),
    /** campaign clock */
    exportedAt: integer().notNull(),
    exportedBy: ref(() => account.id),
    /** JSON of queries/team-timesheet.server.ts `Kept`: officials by id, with their days */
    rows: text().notNull(),
  },
  t => [index('timesheet_export_team').on(t.teamId, t.id)],
)

/** danh sách được phân công: one import of citizens to be helped, with the legal basis that allows it. */
export const worklist = sqliteTable(
  'worklist',
  {
    id: integer().primaryKey(),
    campaignId: ref(() => campaign.id),
    /** the unit whose people go, a commune as a rule */
    unitId: ref(() => unit.id),
    name: text().notNull(),
    legalBasis: text().notNull(),
    importedAt: integer().notNull(),
    importedBy: ref(() => account.id),
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
    campaignId: ref(() => campaign.id),
    worklistId: ref(() => worklist.id),
    unitId: ref(() => unit.id),
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
    /** done: the record that closed it, regardless of who made it, and the day */
    helpId: integer().references(() => help.id),
    closedOn: text(),
    /** grows by one with every change */
    revision: integer().notNull().default(1),
    /** the name as it was typed; null: in the same capitals, or written before this was kept */
    citizenNameTypedCipher: blob({ mode: 'buffer' }),
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
