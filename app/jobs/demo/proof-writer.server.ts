import { startOf } from '#app/domain/calendar.ts'
import { storedDraw } from '#app/queries/inspection.server.ts'
import { writeUnjudged } from '#app/queries/judging/index.server.ts'
import type { FactTx } from '#db/client.server.ts'
import { inserterOf, insertFact } from '#db/inserter.server.ts'
import { matchHash } from '#db/keys.server.ts'
import {
  creditPin,
  extract,
  extractFact,
  extractScope,
  inspection,
  inspectionAppeal,
  inspectionMember,
  inspectionPick,
  untrueReportFinding,
} from '#db/schema.ts'
import { EXTRACTS } from './coverage.ts'
import { Dice } from './dice.ts'
import { type Inspection, inspectionsOf } from './inspecting.ts'
import type { People } from './people.ts'
import { factsOf, pinsOf } from './proof.ts'
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
  const inspections = inspectionsOf(tree, people, { visits, idOf }, new Dice(8))
  const pins = pinsOf(people, visits)
  writeUnjudged(tx => {
    writeInspections(tx, inspections)
    for (const { visit, citizen, ...row } of pins)
      insertFact(tx, creditPin, {
        ...row,
        campaignId: CAMPAIGN_ID,
        citizenHash: matchHash({ campaignId: CAMPAIGN_ID }, 'number', citizen.number),
        helpId: idOf(visit),
        reason: 'Người dân xác nhận ai là người trực tiếp hướng dẫn đến khi kích hoạt xong.',
      })
  })
  logStep('campaign', { inspections: inspections.length, pins: pins.length })
}

function writeInspections(tx: FactTx, inspections: readonly Inspection[]) {
  const insertMember = inserterOf(inspectionMember)
  const insertAppeal = inserterOf(inspectionAppeal)
  const insertFinding = inserterOf(untrueReportFinding)
  inspections.forEach(({ unit, draw, answer, members, picks, appeal, finding, ...row }, n) => {
    const inspectionId = n + 1
    insertFact(tx, inspection, {
      ...row,
      id: inspectionId,
      campaignId: CAMPAIGN_ID,
      unitId: unit.id,
      ...storedDraw(draw),
      unitAnswer: answer?.text,
      unitAnsweredAt: answer?.at,
      unitAnsweredBy: answer?.by,
    })
    for (const member of members) insertMember({ ...member, inspectionId })
    for (const pick of picks) insertFact(tx, inspectionPick, { ...pick, inspectionId })
    if (appeal)
      insertAppeal({
        ...appeal,
        inspectionId,
        reason: 'Người dân nhớ nhầm tên người hướng dẫn, đã xác nhận lại.',
        decision: 'upheld',
        decisionReason: 'Đã gặp lại người dân, nội dung ghi nhận là đúng.',
        decidedBy: row.drawnBy,
      })
    if (finding)
      insertFinding({ ...finding, campaignId: CAMPAIGN_ID, unitId: unit.id, inspectionId, foundBy: row.drawnBy })
  })
}

function writeExtracts(people: People, facts: ReturnType<typeof factsOf>) {
  const owner = { campaignId: CAMPAIGN_ID }
  const offices = {
    police: people.grants.find(({ role }) => role === 'campaign_office')?.accountId ?? null,
    telecom: people.grants.find(({ role }) => role === 'telecom_office')?.accountId ?? null,
  }
  EXTRACTS.forEach(({ source, asOfOn, appliedOn, outcome, fullFor, carrier }, n) => {
    const extractId = n + 1
    const appliedAt = Math.min(startOf(appliedOn) + 15 * HOUR_MS, STANDS_AT)
    writeUnjudged(tx => {
      insertFact(tx, extract, {
        id: extractId,
        campaignId: CAMPAIGN_ID,
        source,
        asOfOn,
        outcomes: JSON.stringify([outcome]),
        isFullList: fullFor.length > 0,
        state: 'applied',
        cursor: 0,
        fileName: `${source}-${asOfOn}.csv`,
        summary: '{}',
        uploadedAt: appliedAt,
        uploadedBy: offices[source],
        appliedAt,
        appliedBy: offices[source],
      })
      for (const localityCode of fullFor) insertFact(tx, extractScope, { extractId, localityCode, carrier })
      for (const { citizen, byPhone, happenedOn } of facts[n] ?? []) {
        const phone = byPhone ? citizen.phone : null
        const subjectHash = phone ? matchHash(owner, 'phone', phone) : matchHash(owner, 'number', citizen.number)
        insertFact(tx, extractFact, { extractId, subjectHash, outcome, happenedOn })
      }
    })
    logStep('campaign', { extractId, facts: facts[n]?.length ?? 0 })
  })
}
