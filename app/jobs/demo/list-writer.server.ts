import { writeUnjudged } from '#app/queries/judging/index.server.ts'
import { citizenColumns } from '#app/queries/worklist-import.server.ts'
import { inserterOf } from '#db/inserter.server.ts'
import { matchHash, seal } from '#db/keys.server.ts'
import { assignment, team, teamMember, worklist } from '#db/schema.ts'
import type { List, Listed } from './listing.ts'
import { DAY_MS, STANDS_AT } from './rhythm.ts'
import { CAMPAIGN_ID, logStep } from './steps.server.ts'
import type { Visit } from './visit.ts'

const BASIS =
  'Mục III.3 Kế hoạch 128/KH-UBND; danh sách rà soát dân cư do Công an cấp xã lập, cung cấp theo Nghị định 13/2023/NĐ-CP'

/** Writes worklists with their teams; records are those of `visits`, whose ids are their places in it. */
export function writeLists(lists: readonly List[], visits: readonly Visit[]) {
  const helpIds = new Map(visits.map((visit, n) => [visit, n + 1]))
  const insertList = inserterOf(worklist)
  const insertTeam = inserterOf(team)
  const insertMember = inserterOf(teamMember)
  const insertAssignment = inserterOf(assignment)
  let teamId = 0
  let assignmentId = 0
  lists.forEach(({ unit, teams, citizens, homes, name, importedAt, importedBy }, n) => {
    writeUnjudged(tx => {
      const settle = tx.write('update official set hamlet = ? where id = ?')
      const worklistId = n + 1
      insertList({
        id: worklistId,
        campaignId: CAMPAIGN_ID,
        unitId: unit.id,
        name,
        legalBasis: BASIS,
        importedAt,
        importedBy,
      })
      for (const [official, hamlet] of homes) settle.run(hamlet, official.id)
      const teamIds = teams.map(({ members, ...row }) => {
        teamId += 1
        insertTeam({
          ...row,
          id: teamId,
          campaignId: CAMPAIGN_ID,
          unitId: unit.id,
          createdAt: importedAt - 30 * DAY_MS,
        })
        for (const { official, ...member } of members) insertMember({ ...member, teamId, officialId: official.id })
        return teamId
      })
      for (const citizen of citizens) {
        assignmentId += 1
        insertAssignment({
          ...columnsOf(assignmentId, citizen, unit.localityCode),
          worklistId,
          unitId: unit.id,
          teamId: citizen.team === null ? null : teamIds[citizen.team],
          helpId: citizen.visit && helpIds.get(citizen.visit),
          assignedAt: citizen.official === null && citizen.team === null ? null : importedAt + DAY_MS,
        })
      }
    })
  })
  logStep('worklist', { count: assignmentId })
}

function columnsOf(id: number, citizen: Listed, localityCode: string) {
  const owner = { campaignId: CAMPAIGN_ID }
  const slot = (column: string) => ({ table: 'assignment', column, rowId: id })
  const { appointment, note, number, official, visit } = citizen
  return {
    id,
    campaignId: CAMPAIGN_ID,
    citizenHash: matchHash(owner, 'number', number),
    ...citizenColumns(CAMPAIGN_ID, id, { ...citizen, localityCode }),
    officialId: official?.id ?? null,
    state: citizen.state,
    appointmentOn: appointment?.on ?? null,
    appointmentTime: appointment?.time ?? '',
    appointmentPlaceCipher: appointment ? seal(owner, slot('appointmentPlace'), appointment.place) : null,
    noteCipher: note === null ? null : seal(owner, slot('note'), note),
    changedAt: citizen.changedAt === null ? null : Math.min(citizen.changedAt, STANDS_AT),
    changedBy: visit === null && citizen.changedAt !== null ? (official?.accountId ?? null) : null,
    closedOn: visit?.helpedOn ?? null,
  }
}
