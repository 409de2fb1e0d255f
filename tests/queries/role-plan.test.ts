import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { writeRoster } from '#app/documents/roster-template.ts'
import { unitLabels } from '#app/domain/roster/units.ts'
import { readRoster } from '#app/imports/roster.ts'
import { awakeGrantsOf, createOfficeAccount } from '#app/queries/account.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import {
  countGrantRequests,
  decideGrantPlan,
  listGrantPlans,
  listGrantRequests,
} from '#app/queries/grant-request.server.ts'
import { uploadRoster } from '#app/queries/import-batch.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { exportRoster, planBatch } from '#app/queries/roster.server.ts'
import { applyBatch } from '#app/queries/roster-apply.server.ts'
import { previewBatch } from '#app/queries/roster-preview.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  dropChecked,
  grantTo,
  makeOfficial,
  makeProvince,
  NOW,
  statusOf,
  system,
  unitNamed,
} from '#tests/make.ts'
import { importRoster, planRosterOf, type RosterPerson } from '#tests/roster.ts'

beforeEach(() => makeProvince())
afterEach(dropChecked)

const FROM = '2024-04-04'
const ROOT = 1
const coordinator = (unitId = ROOT): Person =>
  grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'coordinator', unitId)
const head = (unitId = ROOT): Person => grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'head', unitId)
const admin = (): Person => grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'admin', ROOT)

const PEOPLE: RosterPerson[] = [
  {
    staffCode: 'tc1',
    name: 'Trần Văn Đứng',
    birthYear: 1970,
    number: null,
    unit: 'Sở Tài chính',
    role: 'Người đứng đầu',
  },
  { staffCode: 'tc2', name: 'Lê Thị Mối', birthYear: 1985, number: null, unit: 'Sở Tài chính', role: 'Đầu mối' },
  {
    staffCode: 'dx1',
    name: 'Phạm Văn Phường',
    birthYear: 1972,
    number: null,
    unit: 'UBND phường Tân Phú',
    role: 'Người đứng đầu',
  },
  { staffCode: 'tc3', name: 'Ngô Thị Thường', birthYear: 1990, number: null, unit: 'Sở Tài chính' },
]

const given = () =>
  prepared<{ login: string; role: string; unit: string; by: number; second: number | null }>(
    `select a.login, g.role, u.name as unit, g.created_by as "by", g.confirmed_by as second
       from role_grant g join account a on a.id = g.account_id join unit u on u.id = g.unit_id
      where a.login in ('tc1', 'tc2', 'tc3', 'dx1') order by a.login`,
  ).all()
const waiting = () => prepared<number>('select count(*) from grant_request where decided_at is null').pluck().one()
const batch = () => prepared<number>('select max(id) from import_batch').pluck().one()

describe('a list that plans roles', () => {
  it('gives none by itself: each waits, and the list that says the same again asks for nothing', async () => {
    const by = coordinator()
    expect(await importRoster(by, ROOT, PEOPLE, FROM)).toBe(true)
    expect(given()).toEqual([])
    expect(waiting()).toBe(3)
    const again = await planRosterOf(by, ROOT, PEOPLE, FROM)
    expect(again.planned?.counts).toMatchObject({ update: 0, unchanged: 4 })
    expect(previewBatch(by, batch() - 1, { view: null, from: 0 })?.applied).toMatchObject({ created: 4, planned: 3 })
  })

  it('is given whole by one act of an independent administrator, and wakes at once', async () => {
    const by = coordinator()
    await importRoster(by, ROOT, PEOPLE, FROM)
    const second = admin()
    expect(listGrantRequests(second)).toEqual([])
    expect(listGrantPlans(second)).toMatchObject([{ batchId: batch(), open: 3, refusal: null }])
    expect(countGrantRequests(second)).toBe(1)
    expect(decideGrantPlan(second, { batchId: batch(), gives: true })).toEqual({ decided: 3 })
    const both = { by: by.accountId, second: second.accountId }
    expect(given()).toEqual([
      { login: 'dx1', role: 'head', unit: 'UBND phường Tân Phú', ...both },
      { login: 'tc1', role: 'head', unit: 'Sở Tài chính', ...both },
      { login: 'tc2', role: 'coordinator', unit: 'Sở Tài chính', ...both },
    ])
    expect(waiting()).toBe(0)
    const accountId = prepared<number>("select id from account where login = 'tc1'").pluck().one()
    expect(awakeGrantsOf(accountId, campaignToday())).toMatchObject([{ role: 'head' }])
    expect(statusOf(() => decideGrantPlan(second, { batchId: batch(), gives: true }))).toBe(404)
  })

  it('is not given by who asked, nor by who gave them their account', async () => {
    const first = admin()
    const made = createOfficeAccount(first, { login: 'daumoitinh', displayName: 'Đầu mối tỉnh' })
    if (!made.ok) throw new Error('not made')
    const by = grantTo(
      { kind: 'person', accountId: made.accountId, officialId: null, grants: [], on: '2024-06-12' },
      'coordinator',
      ROOT,
    )
    await importRoster(by, ROOT, PEOPLE, FROM)
    expect(listGrantPlans(first)).toMatchObject([{ open: 0, refusal: 'not_second' }])
    expect(statusOf(() => decideGrantPlan(first, { batchId: batch(), gives: true }))).toBe(403)
    const both = grantTo(by, 'admin', ROOT)
    expect(statusOf(() => decideGrantPlan(both, { batchId: batch(), gives: true }))).toBe(403)
    // who asked may drop it
    expect(decideGrantPlan(both, { batchId: batch(), gives: false })).toEqual({ decided: 3 })
    expect(given()).toEqual([])
  })

  it('is given by heads above as far as they reach: a head’s role from strictly above', async () => {
    await importRoster(coordinator(), ROOT, PEOPLE, FROM)
    const own = head(unitNamed('Sở Tài chính').id)
    expect(decideGrantPlan(own, { batchId: batch(), gives: true })).toEqual({ decided: 1 })
    expect(given()).toMatchObject([{ login: 'tc2', role: 'coordinator' }])
    expect(decideGrantPlan(head(unitNamed('Thành phố Đồng Xoài').id), { batchId: batch(), gives: true })).toEqual({
      decided: 1,
    })
    expect(decideGrantPlan(head(), { batchId: batch(), gives: true })).toEqual({ decided: 1 })
    expect(waiting()).toBe(0)
    expect(listGrantPlans(grantTo(makeOfficial(ROOT).actor, 'auditor', ROOT))).toEqual([])
  })

  it('is among the reminders of each who may give some of it, once and with its term; not of who asked', async () => {
    const by = coordinator()
    await importRoster(by, ROOT, PEOPLE, FROM)
    const remindedOf = (person: Person) =>
      listReminders(person, CAMPAIGN, campaignToday()).filter(({ kind }) => kind === 'grant_requests')
    const due = { kind: 'grant_requests', count: 1, dueOn: '2024-06-19', unit: null }
    const district = head(unitNamed('Thành phố Đồng Xoài').id)
    for (const second of [admin(), head(), district]) expect(remindedOf(second)).toEqual([due])
    for (const other of [by, head(unitNamed('Sở Y tế').id)]) expect(remindedOf(other)).toEqual([])
    expect(listGrantPlans(district)).toMatchObject([{ dueOn: '2024-06-19', isOverdue: false }])
    decideGrantPlan(district, { batchId: batch(), gives: true })
    expect(remindedOf(district)).toEqual([])
  })

  it('says whose the people of armed-forces units are, and plans nobody’s role for themself', async () => {
    const by = coordinator()
    const police = unitNamed('Công an tỉnh (thường trực Tổ công tác Đề án 06)').name
    prepared('update official set name = ? where id = ?').run('Trần Thị Chủ', by.officialId)
    const own = prepared<{ code: string; name: string }>(
      'select staff_code as code, name from official where id = ?',
    ).one(by.officialId)
    const { planned } = await planRosterOf(
      by,
      ROOT,
      [
        { staffCode: 'ca1', name: 'Vũ Văn Công', birthYear: 1975, number: null, unit: police, role: 'Người đứng đầu' },
        { staffCode: own.code, name: own.name, birthYear: 1980, number: null, unit: 'Sở Y tế', role: 'Người đứng đầu' },
      ],
      FROM,
    )
    expect(planned?.groups.map(({ column, reason }) => `${column} ${reason}`).sort()).toEqual([
      'role own_record',
      'unit unit_guarded',
    ])
  })

  it('calls units by their codes too', async () => {
    prepared("update unit set code = 'STC' where name = 'Sở Tài chính'").run()
    await importRoster(coordinator(), ROOT, [{ ...(PEOPLE[0] as RosterPerson), unit: 'stc' }], FROM)
    decideGrantPlan(admin(), { batchId: batch(), gives: true })
    expect(given()).toMatchObject([{ login: 'tc1', unit: 'Sở Tài chính' }])
  })

  it('comes back unchanged from the export, with the roles that are held', async () => {
    const by = coordinator()
    await importRoster(by, ROOT, PEOPLE, FROM)
    decideGrantPlan(admin(), { batchId: batch(), gives: true })
    const exported = exportRoster(by, ROOT)
    if (!exported) throw new Error('not seen')
    const names = unitLabels(exported.units)
    const people = exported.people.filter(({ staffCode }) => PEOPLE.some(row => row.staffCode === staffCode))
    expect(people.map(({ staffCode, role }) => `${staffCode} ${role}`).sort()).toEqual([
      'dx1 head',
      'tc1 head',
      'tc2 coordinator',
      'tc3 null',
    ])
    const entries = people.map(({ unitId, ...person }) => ({ ...person, unit: names.get(unitId) ?? null }))
    const reading = await readRoster(await writeRoster({ title: 'DANH SÁCH', asOf: NOW, entries }))
    if (!reading.ok) throw new Error(reading.reason)
    uploadRoster(by, ROOT, { fileName: 'ds.xlsx', bytes: new Uint8Array(), association: null, fromOn: FROM })
    const { ok: _, ...rest } = reading
    planBatch(by, batch(), rest)
    expect(previewBatch(by, batch(), { view: null, from: 0 })?.planned?.counts).toMatchObject({
      unchanged: 4,
      update: 0,
    })
  })
})

it('the operator’s own list gives its roles at once, as the founding does', async () => {
  const by = coordinator()
  const { batchId, planned } = await planRosterOf(by, ROOT, PEOPLE, FROM)
  expect(applyBatch(system, { batchId, planKey: planned?.planKey ?? '' }).ok).toBe(true)
  expect(given()).toHaveLength(3)
  expect(given().every(({ second }) => second === null)).toBe(true)
})
