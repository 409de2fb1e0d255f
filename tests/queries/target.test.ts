import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listCollectives } from '#app/queries/collective-assessment.server.ts'
import { askExemption, decideExemption } from '#app/queries/exemption.server.ts'
import { isRejudging } from '#app/queries/job.server.ts'
import { recount, rejudgeCampaign } from '#app/queries/judging/index.server.ts'
import { storedStanding } from '#app/queries/judging/standing.server.ts'
import { findUnitSignals } from '#app/queries/signal.server.ts'
import {
  assignableOfficials,
  assignTargets,
  assignTargetToAll,
  decideAreaTarget,
  listTargetDecisions,
} from '#app/queries/target.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  statusOf,
  system,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const input = (target: number, documentNumber: string | null = null) => ({ target, documentNumber, reason: null })

function scene() {
  const commune = unitNamed('UBND xã Tân Thành')
  const district = unitNamed('Thành phố Đồng Xoài')
  const [one, two] = [makeOfficial(commune.id), makeOfficial(commune.id)]
  const communeHead = makeOfficial(commune.id)
  return {
    commune,
    district,
    one,
    two,
    communeHead: { ...communeHead, actor: grantTo(communeHead.actor, 'head', commune.id) },
    districtHead: grantTo(makeOfficial(district.id).actor, 'head', district.id),
    coordinator: grantTo(makeOfficial(commune.id).actor, 'coordinator', commune.id),
    otherHead: grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'head', unitNamed('Sở Y tế').id),
    rootHead: grantTo(makeOfficial(1).actor, 'head', 1),
    police: grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'campaign_office', 1),
  }
}

const targetOfficial = (officialId: number) => storedStanding(CAMPAIGN, officialId)?.target
const sumOf = (unitId: number) =>
  (
    prepared(`select targets from people_tally where campaign_id = 1 and dimension = 'unit' and key = ?`).get(
      String(unitId),
    ) as { targets: number }
  ).targets

describe('assignTargets', () => {
  it('raises the target of those named, and the sums of their unit and the province', () => {
    const { commune, one, two, communeHead } = scene()
    const [before, province] = [sumOf(commune.id), sumOf(1)]
    const made = assignTargets(communeHead.actor, CAMPAIGN, {
      officialIds: [one.officialId, two.officialId],
      input: input(12),
    })
    expect(made).toEqual({ ok: true, assigned: 2 })
    expect([one, two].map(row => targetOfficial(row.officialId))).toEqual([12, 12])
    expect([sumOf(commune.id), sumOf(1)]).toEqual([before + 4, province + 4])
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('takes less than the quota only with a numbered document', () => {
    const { one, districtHead } = scene()
    const officialIds = [one.officialId]
    expect(assignTargets(districtHead, CAMPAIGN, { officialIds, input: input(6) })).toEqual({
      ok: false,
      problems: [{ field: 'documentNumber', reason: 'target_document_needed' }],
    })
    expect(targetOfficial(one.officialId)).toBe(10)
    expect(assignTargets(districtHead, CAMPAIGN, { officialIds, input: input(6, '15/QĐ-UBND') })).toMatchObject({
      ok: true,
    })
    expect(targetOfficial(one.officialId)).toBe(6)
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('takes less than the quota from above the unit alone, also for everybody at once', async () => {
    const { commune, one, communeHead, districtHead } = scene()
    const officialIds = [one.officialId]
    const refused = { ok: false, problems: [{ field: 'target', reason: 'target_lowered_above' }] }
    const lowered = input(1, '2/QĐ-X')
    expect(assignTargets(communeHead.actor, CAMPAIGN, { officialIds, input: lowered })).toEqual(refused)
    expect(await assignTargetToAll(communeHead.actor, CAMPAIGN, { unitPath: commune.path, input: lowered })).toEqual(
      refused,
    )
    expect(sumOf(commune.id)).toBe(40)
    // the district's own people are its own unit's: of them it lowers nobody
    const made = await assignTargetToAll(districtHead, CAMPAIGN, {
      unitPath: unitNamed('Thành phố Đồng Xoài').path,
      input: lowered,
    })
    expect(made).toEqual({ ok: true, assigned: 4 })
    expect(sumOf(commune.id)).toBe(4)
    expect(targetOfficial(districtHead.officialId ?? 0)).toBe(10)
  })

  it('below the quota is shown on the assessment of the collective, and asked about', () => {
    const { commune, one, districtHead, rootHead } = scene()
    const shown = () => {
      const row = listCollectives(rootHead, CAMPAIGN, { unitPath: commune.path })[0]
      const asked = findUnitSignals(rootHead, CAMPAIGN, { ...commune, guardPath: null })
      return [
        row?.reasons.find(({ code }) => code === 'targets_lowered'),
        asked.find(({ kind }) => kind === 'target_lowered')?.figures,
      ]
    }
    expect(shown()).toEqual([undefined, undefined])
    assignTargets(districtHead, CAMPAIGN, { officialIds: [one.officialId], input: input(6, '15/QĐ-UBND') })
    expect(shown()).toEqual([
      { code: 'targets_lowered', count: 1 },
      { count: 1, of: 4 },
    ])
  })

  it('decides again, the latest holds, and the same twice is one decision', () => {
    const { one, communeHead } = scene()
    const officialIds = [one.officialId]
    for (const target of [12, 15, 15]) assignTargets(communeHead.actor, CAMPAIGN, { officialIds, input: input(target) })
    expect(targetOfficial(one.officialId)).toBe(15)
    const history = listTargetDecisions(communeHead.actor, CAMPAIGN, { unitPath: unitNamed('UBND xã Tân Thành').path })
    expect(history.map(row => row.citizens)).toEqual([15, 12])
  })

  it('leaves everybody as they were where one of them may not be assigned a target', async () => {
    const { one, communeHead } = scene()
    const officialIds = [one.officialId, communeHead.officialId]
    expect(statusOf(() => assignTargets(communeHead.actor, CAMPAIGN, { officialIds, input: input(12) }))).toBe(403)
    expect(targetOfficial(one.officialId)).toBe(10)
  })
})

describe('who may assign a target', () => {
  it.each([
    ['a head to their people', 'communeHead', 'one', null],
    ['the level above to a head', 'districtHead', 'communeHead', null],
    ['a head to themself', 'communeHead', 'communeHead', 403],
    ['a coordinator', 'coordinator', 'one', 403],
    ['the head of another unit', 'otherHead', 'one', 404],
    ['the campaign office to one person', 'police', 'one', 403],
  ] as const)('%s: %s', (_, who, whom, status) => {
    const people = scene()
    const person = people[who]
    const actor = 'actor' in person ? person.actor : person
    const act = () => assignTargets(actor, CAMPAIGN, { officialIds: [people[whom].officialId], input: input(12) })
    expect(statusOf(act)).toBe(status)
  })

  it('nobody from outside an armed-forces unit', () => {
    const { rootHead } = scene()
    const soldier = makeOfficial(unitNamed('Bộ Chỉ huy Quân sự tỉnh').id, { category: 'soldier' })
    const act = () => assignTargets(rootHead, CAMPAIGN, { officialIds: [soldier.officialId], input: input(12) })
    expect(statusOf(act)).toBe(404)
  })
})

describe('assignTargetToAll', () => {
  it('reaches everybody below but the head who assigns, and those without a target', async () => {
    const { commune, one, two, communeHead, coordinator, districtHead } = scene()
    exempt(two.officialId)
    const made = await assignTargetToAll(communeHead.actor, CAMPAIGN, { unitPath: commune.path, input: input(11) })
    expect(made).toEqual({ ok: true, assigned: 2 })
    expect(targetOfficial(one.officialId)).toBe(11)
    expect(targetOfficial(coordinator.officialId ?? 0)).toBe(11)
    expect(targetOfficial(two.officialId)).toBeNull()
    expect(targetOfficial(communeHead.officialId)).toBe(10)
    expect(assignableOfficials(districtHead, CAMPAIGN, commune.path)).toContain(communeHead.officialId)
    expect(recount(CAMPAIGN)).toEqual([])

    function exempt(officialId: number) {
      const exemption = {
        parts: ['quota' as const],
        reason: 'maternity' as const,
        reasonText: null,
        documentNumber: '3/QĐ',
        fromOn: '2024-05-01',
        toOn: '2024-11-01',
      }
      askExemption(coordinator, CAMPAIGN, { officialId, input: exemption })
      const { id } = prepared('select max(id) as id from exemption').get() as { id: number }
      decideExemption(communeHead.actor, CAMPAIGN, { exemptionId: id, decision: 'approved', decisionReason: null })
    }
  })
})

describe('decideAreaTarget', () => {
  it('holds for the whole area once everything is judged anew, but not over a decision on the person', async () => {
    const { district, commune, one, two, communeHead, police } = scene()
    assignTargets(communeHead.actor, CAMPAIGN, { officialIds: [one.officialId], input: input(12) })
    expect(decideAreaTarget(police, CAMPAIGN, { unitId: district.id, input: input(5, '200/QĐ-UBND') })).toMatchObject({
      ok: true,
    })
    expect(isRejudging(CAMPAIGN)).toBe(true)
    await rejudgeCampaign(system, CAMPAIGN, () => undefined)
    expect(targetOfficial(one.officialId)).toBe(12)
    expect(targetOfficial(two.officialId)).toBe(5)
    expect(sumOf(commune.id)).toBe(12 + 5 * 3)
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('needs a document, and the campaign office', () => {
    const { district, police, districtHead, otherHead } = scene()
    expect(decideAreaTarget(police, CAMPAIGN, { unitId: district.id, input: input(11) })).toMatchObject({ ok: false })
    const area = { unitId: district.id, input: input(5, '200/QĐ-UBND') }
    expect(statusOf(() => decideAreaTarget(districtHead, CAMPAIGN, area))).toBe(403)
    expect(statusOf(() => decideAreaTarget(otherHead, CAMPAIGN, area))).toBe(404)
  })
})
