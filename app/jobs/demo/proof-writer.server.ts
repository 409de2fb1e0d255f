import { startOf } from '#app/domain/calendar.ts'
import { transact } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'
import { creditPin, extract, extractFact, extractScope, inspection, inspectionPick } from '#db/schema.ts'
import { EXTRACTS } from './coverage.ts'
import { Dice } from './dice.ts'
import { inserterOf } from './inserter.server.ts'
import type { People } from './people.ts'
import { factsOf, inspectionsOf, pinsOf } from './proof.ts'
import { HOUR_MS, STANDS_AT } from './rhythm.ts'
import { CAMPAIGN_ID, logStep } from './steps.server.ts'
import type { Tree } from './tree.server.ts'
import type { Visit } from './visit.ts'

/** Writes extracts, inspections and decided disputes over records whose ids are their places in `visits`. */
export function writeProofs(people: People, tree: Tree, visits: readonly Visit[]) {
  const facts = factsOf(visits, new Dice(7))
  const helpIds = new Map(visits.map((visit, n) => [visit, n + 1]))
  const idOf = (visit: Visit) => helpIds.get(visit) ?? 0
  writeExtracts(people, facts)
  const inspections = inspectionsOf(tree, people, visits, new Dice(8))
  const pins = pinsOf(people, visits)
  const insertInspection = inserterOf(inspection)
  const insertPick = inserterOf(inspectionPick)
  const insertPin = inserterOf(creditPin)
  transact(() => {
    inspections.forEach(({ unit, picks, ...row }, n) => {
      insertInspection({ ...row, id: n + 1, campaignId: CAMPAIGN_ID, unitId: unit.id })
      for (const { visit, ...pick } of picks) insertPick({ ...pick, inspectionId: n + 1, helpId: idOf(visit) })
    })
    for (const { visit, citizen, ...row } of pins)
      insertPin({
        ...row,
        campaignId: CAMPAIGN_ID,
        citizenHash: matchHash({ campaignId: CAMPAIGN_ID }, 'number', citizen.number),
        helpId: idOf(visit),
        reason: 'Người dân xác nhận ai là người trực tiếp hướng dẫn đến khi kích hoạt xong.',
      })
  })
  logStep('campaign', { inspections: inspections.length, pins: pins.length })
}

function writeExtracts(people: People, facts: ReturnType<typeof factsOf>) {
  const owner = { campaignId: CAMPAIGN_ID }
  const insertExtract = inserterOf(extract)
  const insertScope = inserterOf(extractScope)
  const insertFact = inserterOf(extractFact)
  const offices = {
    police: people.grants.find(({ role }) => role === 'campaign_office')?.accountId ?? null,
    telecom: people.grants.find(({ role }) => role === 'telecom_office')?.accountId ?? null,
  }
  EXTRACTS.forEach(({ source, asOfOn, appliedOn, outcome, fullFor, carrier }, n) => {
    const extractId = n + 1
    const appliedAt = Math.min(startOf(appliedOn) + 15 * HOUR_MS, STANDS_AT)
    transact(() => {
      insertExtract({
        id: extractId,
        campaignId: CAMPAIGN_ID,
        source,
        asOfOn,
        outcomes: JSON.stringify([outcome]),
        isFullList: fullFor.length > 0,
        state: 'applied',
        cursor: '',
        fileName: `${source}-${asOfOn}.csv`,
        summary: '{}',
        uploadedAt: appliedAt,
        uploadedBy: offices[source],
        appliedAt,
        appliedBy: offices[source],
      })
      for (const localityCode of fullFor) insertScope({ extractId, localityCode, carrier })
      for (const { citizen, byPhone, happenedOn } of facts[n] ?? []) {
        const phone = byPhone ? citizen.phone : null
        const subjectHash = phone ? matchHash(owner, 'phone', phone) : matchHash(owner, 'number', citizen.number)
        insertFact({ extractId, subjectHash, outcome, happenedOn })
      }
    })
    logStep('campaign', { extractId, facts: facts[n]?.length ?? 0 })
  })
}
