import { afterEach, describe, expect, it } from 'vitest'
import { listAccounts } from '#app/queries/account-list.server.ts'
import { listActivations } from '#app/queries/activation.server.ts'
import { apiUnits } from '#app/queries/api.server.ts'
import { addPoint, findPoint, listPoints } from '#app/queries/collection.server.ts'
import { findDifficulty, listDifficulties, raiseDifficulty } from '#app/queries/difficulty.server.ts'
import { askExemption, listExemptions } from '#app/queries/exemption.server.ts'
import { addGate, listGates } from '#app/queries/gate.server.ts'
import { listGrants } from '#app/queries/grant.server.ts'
import { listHelp } from '#app/queries/help-list.server.ts'
import { listInspectors } from '#app/queries/inspection-team.server.ts'
import { findOfficial, listOfficials } from '#app/queries/official.server.ts'
import { listAssessments } from '#app/queries/official-assessment.server.ts'
import { listOutreach, logOutreach } from '#app/queries/outreach.server.ts'
import { transferOfficial } from '#app/queries/transfer.server.ts'
import { listTransfers } from '#app/queries/transfer-list.server.ts'
import { rootUnit, searchUnits } from '#app/queries/unit.server.ts'
import { unitTitles } from '#app/queries/unit-title.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  done,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  makeReader,
  makeTwoLevelProvince,
  recordMany,
  unitNamed,
} from '#tests/make.ts'

afterEach(dropProvince)

describe('a unit outside its own tree', () => {
  it('is called with those above it, up to the level below the province (B5)', () => {
    makeProvince()
    const twins = prepared<number>("select id from unit where name = 'UBND xã Tân Thành' order by id").pluck().all()
    const ids = [unitNamed('Tỉnh Bình Phước').id, unitNamed('Sở Y tế').id, ...twins]
    const titleOf = unitTitles(ids)
    expect(ids.map(titleOf)).toEqual([
      'Tỉnh Bình Phước',
      'Sở Y tế',
      'UBND xã Tân Thành, Thành phố Đồng Xoài',
      'UBND xã Tân Thành, Huyện Bù Đốp',
    ])
    expect(titleOf(999_999)).toBe('')
  })

  it('is called by its name alone where it lies below the province', () => {
    makeTwoLevelProvince()
    const commune = prepared<{ id: number; name: string }>(
      "select id, name from unit where kind = 'commune' limit 1",
    ).one()
    expect(unitTitles([commune.id])(commune.id)).toBe(commune.name)
  })

  it('is called so wherever somebody above reads of it', () => {
    makeProvince()
    const { path } = rootUnit()
    const said = placesOf(scene(), path)
    const bare = Object.entries(said).filter(([, name]) => name !== 'UBND xã Tân Thành, Thành phố Đồng Xoài')
    expect(bare).toEqual([])
  })
})

/** A commune of which another district has one of the same name, with some of what others read about it. */
function scene() {
  const commune = unitNamed('UBND xã Tân Thành')
  const local = makeOfficial(commune.id)
  const coordinator = grantTo(local.actor, 'coordinator', commune.id)
  const inspector = grantTo(makeOfficial(commune.id).actor, 'inspector', rootUnit().id)
  const person = makeOfficial(commune.id)
  recordMany(person, 1)
  raiseDifficulty(coordinator, CAMPAIGN, { unitId: commune.id, route: 'campaign_office', title: 'Sóng', body: 'Yếu.' })
  const localityCode = commune.localityCode ?? ''
  done(
    logOutreach(coordinator, CAMPAIGN, {
      unitId: commune.id,
      input: { channel: 'meeting', heldOn: '2024-05-21', place: 'Hội trường', people: 4, localityCode, note: null },
    }),
  )
  const point = { kind: 'mobile', name: 'Điểm', place: 'Nhà văn hóa', hours: '8:00', dailyCapacity: 3 } as const
  done(
    addPoint(coordinator, CAMPAIGN, {
      unitId: commune.id,
      input: { ...point, localityCode, fromOn: '2024-06-12', toOn: '2024-06-20' },
    }),
  )
  const days = { fromOn: '2024-05-01', toOn: '2024-06-30' }
  done(
    askExemption(coordinator, CAMPAIGN, {
      officialId: person.officialId,
      input: { parts: ['quota'], reason: 'maternity', reasonText: null, documentNumber: '9/GM', ...days },
    }),
  )
  addGate(makeReader('home_affairs'), CAMPAIGN, {
    subject: { officialId: person.officialId },
    input: { kind: 'complaint', documentNumber: '3', documentOn: '2024-06-01', fromOn: '2024-06-01', toOn: null },
  })
  done(
    transferOfficial(coordinator, {
      officialId: person.officialId,
      unitId: unitNamed('Sở Y tế').id,
      position: 'Chuyên viên',
      category: 'civil_servant',
      isLeader: false,
      fromOn: '2024-06-12',
    }),
  )
  return { commune, local, inspector, person }
}

/** What each list or page calls the commune; a new one is added here. */
function placesOf({ commune, local, inspector, person }: ReturnType<typeof scene>, unitPath: string) {
  const office = makeReader('campaign_office')
  const admin = makeReader('admin')
  const district = makeReader('head', 'Thành phố Đồng Xoài')
  const difficulty = listDifficulties(office, CAMPAIGN, {}).rows[0]
  const point = listPoints(office, CAMPAIGN, unitPath)[0]
  const isOurs = <Row extends { officialId: number }>(row: Row) => row.officialId === person.officialId
  const inspectors = listInspectors(office, CAMPAIGN, unitNamed('Sở Nội vụ').id).inspectors
  const apiUnit = apiUnits(office, { limit: 500 }).items.find(({ id }) => id === commune.id)
  return {
    records: listHelp(district, CAMPAIGN, {}).rows[0]?.unitName,
    officials: listOfficials(office, CAMPAIGN, { unitPath, limit: 100 }).rows.find(isOurs)?.unitName,
    official: findOfficial(office, person.officialId, '2024-07-03')?.postings[0]?.unitName,
    assessments: listAssessments(office, CAMPAIGN, { unitPath, limit: 100 }).rows.find(isOurs)?.unitName,
    difficulties: difficulty?.unitName,
    difficulty: difficulty && findDifficulty(office, CAMPAIGN, difficulty.id)?.unitName,
    outreach: listOutreach(office, CAMPAIGN, { unitPath }).rows[0]?.unitName,
    points: point?.unitName,
    point: point && findPoint(office, CAMPAIGN, point.id)?.unitName,
    exemptions: listExemptions(office, CAMPAIGN, {}).rows[0]?.unitName,
    gates: listGates(makeReader('home_affairs'), CAMPAIGN)[0]?.unitName,
    transfers: listTransfers(office, unitPath)[0]?.fromUnitName,
    workplaces: inspectors.find(({ accountId }) => accountId === inspector.accountId)?.workplace,
    accounts: listAccounts(admin, {}).rows.find(({ id }) => id === local.accountId)?.unitName,
    roles: listGrants(admin, local.accountId)?.[0]?.unitName,
    activations: listActivations(district, { unitPath, isHolder: true }).rows.find(
      ({ officialId }) => officialId === local.officialId,
    )?.unitName,
    units: searchUnits(office, commune.name).find(({ id }) => id === commune.id)?.title,
    api: apiUnit?.title,
  }
}
