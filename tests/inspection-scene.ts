import { recordHelp } from '#app/queries/help.server.ts'
import { drawInspection } from '#app/queries/inspection-draw.server.ts'
import { CAMPAIGN, confirmNow, done, grantTo, helpForm, makeOfficial, unitNamed } from './make.ts'

/** An inspection of six confirmed records of an agency, by two inspectors; a third one is of no team. */
export function inspectionScene() {
  const unit = unitNamed('Sở Y tế')
  const official = makeOfficial(unit.id)
  const head = grantTo(makeOfficial(unit.id, { isLeader: true }).actor, 'head', unit.id)
  const office = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', 1)
  const inspector = () => grantTo(makeOfficial(unitNamed('Thanh tra tỉnh').id).actor, 'inspector', 1)
  const helpIds = [1, 2, 3, 4, 5, 6].map(
    n => done(recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: helpForm(n) })).helpId,
  )
  confirmNow(head, CAMPAIGN, helpIds)
  const [first, second, outsider] = [inspector(), inspector(), inspector()]
  const memberIds = [first.accountId, second.accountId]
  const { inspectionId } = done(
    drawInspection(office, CAMPAIGN, {
      unitId: unit.id,
      input: { certainty: 0.95, untrueShare: 0.05, riskPicks: 0, memberIds },
    }),
  )
  return { unit, official, head, office, first, second, outsider, helpIds, inspectionId }
}
