import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { recount, rejudgeCampaign } from '#app/queries/judging/index.server.ts'
import {
  addUnit,
  closeUnit,
  findUnitToEdit,
  listUnitsFor,
  moveUnit,
  renameUnit,
  reopenUnit,
  searchUnits,
} from '#app/queries/unit.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  confirmNow,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  system,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const TODAY = '2024-06-12'
const office = (): Person => grantTo(makeOfficial(unitNamed('Sở Tài chính').id).actor, 'campaign_office', 1)

const department = (parent: string, name = 'Phòng Tổ chức') => ({
  parentId: unitNamed(parent).id,
  kind: 'department' as const,
  block: 'state' as const,
  name,
  headTitle: 'Trưởng phòng',
  localityCode: null,
})

function added(parent: string, name?: string): number {
  const made = addUnit(system, department(parent, name))
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.unitId
}

/** 'done', or the reason for which it was refused. */
const fate = (result: { ok: boolean; problems?: { reason: string }[] }) =>
  result.ok ? 'done' : result.problems?.map(problem => problem.reason).join()

const rowOf = (unitId: number) =>
  prepared('select name, path, guard_path as guardPath from unit where id = ?').get(unitId)
const countedAt = (unitId: number) =>
  (
    prepared("select counted from help_total where campaign_id = 1 and dimension = 'unit' and key = ?").get(
      String(unitId),
    ) as { counted: number } | undefined
  )?.counted ?? 0
const peopleAt = (unitId: number) =>
  (
    prepared("select officials from people_tally where campaign_id = 1 and dimension = 'unit' and key = ?").get(
      String(unitId),
    ) as { officials: number } | undefined
  )?.officials ?? 0

describe('addUnit', () => {
  it.each([
    { situation: 'a new name', name: 'Phòng Thanh tra', fate: 'done' },
    { situation: 'a name that a sibling has', name: 'Phòng Tổ chức', fate: 'unit_name_taken' },
    {
      situation: 'the same name in decomposed letters',
      name: 'Phòng Tổ chức'.normalize('NFD'),
      fate: 'unit_name_taken',
    },
  ])('$situation: $fate', ({ name, fate: expected }) => {
    added('Sở Nội vụ')
    expect(fate(addUnit(office(), department('Sở Nội vụ', name)))).toBe(expected)
  })

  it('keeps names composed, and sets the guard of armed-forces trees', () => {
    const decomposed = added('Sở Nội vụ', 'Phòng Cải cách'.normalize('NFD'))
    expect(rowOf(decomposed)).toMatchObject({ name: 'Phòng Cải cách'.normalize('NFC'), guardPath: null })
    const military = unitNamed('Bộ Chỉ huy Quân sự tỉnh')
    expect(rowOf(added('Bộ Chỉ huy Quân sự tỉnh'))).toMatchObject({ guardPath: military.path })
  })

  it('is the campaign office’s', () => {
    const head = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'head', unitNamed('Sở Nội vụ').id)
    expect(() => addUnit(head, department('Sở Nội vụ'))).toThrow(Refusal)
  })
})

describe('renameUnit', () => {
  it('changes name and head’s title, and is found by the new name without marks', () => {
    const unitId = added('Sở Nội vụ')
    expect(renameUnit(office(), { unitId, name: 'Phòng Đào tạo', headTitle: 'Phụ trách' }).ok).toBe(true)
    expect(searchUnits(office(), 'phong dao tao')).toMatchObject([
      { id: unitId, headTitle: 'Phụ trách', title: 'Phòng Đào tạo, Sở Nội vụ' },
    ])
  })
})

describe('moveUnit', () => {
  it('takes people and records along: after the jobs the recount finds no difference', async () => {
    const unitId = added('Sở Nội vụ')
    const official = makeOfficial(unitId)
    const head = grantTo(makeOfficial(unitId).actor, 'head', unitId)
    const made = recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: helpForm(1) })
    if (!made.ok) throw new Error('refused')
    confirmNow(head, CAMPAIGN, [made.helpId])
    const from = unitNamed('Sở Nội vụ')
    const to = unitNamed('Sở Y tế')
    expect([countedAt(from.id), peopleAt(from.id), countedAt(to.id), peopleAt(to.id)]).toEqual([1, 2, 0, 0])

    expect(fate(moveUnit(office(), { unitId, parentId: to.id }))).toBe('done')
    expect(prepared('select kind, input, state from job').all()).toEqual([
      { kind: 'rejudge', input: JSON.stringify({ campaignId: CAMPAIGN, unitId }), state: 'queued' },
    ])
    await rejudgeCampaign(system, CAMPAIGN, () => undefined)
    expect([countedAt(from.id), peopleAt(from.id), countedAt(to.id), peopleAt(to.id)]).toEqual([0, 0, 1, 2])
    expect(countedAt(1)).toBe(1)
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('moves everything below, with the guard of where it now stands', () => {
    const upper = added('Sở Nội vụ')
    const lower = addUnit(system, { ...department('Sở Nội vụ', 'Tổ Một cửa'), parentId: upper })
    if (!lower.ok) throw new Error('refused')
    const military = unitNamed('Bộ Chỉ huy Quân sự tỉnh')
    moveUnit(office(), { unitId: upper, parentId: military.id })
    expect(rowOf(lower.unitId)).toMatchObject({
      path: `${military.path}${upper}/${lower.unitId}/`,
      guardPath: military.path,
    })
    moveUnit(office(), { unitId: upper, parentId: unitNamed('Sở Nội vụ').id })
    expect(rowOf(lower.unitId)).toMatchObject({ guardPath: null })
  })

  it.each([
    { situation: 'below itself', unit: 'Sở Nội vụ', parent: 'Phòng Tổ chức', fate: 'unit_below_itself' },
    { situation: 'to where it is', unit: 'Phòng Tổ chức', parent: 'Sở Nội vụ', fate: 'unit_stays' },
    { situation: 'the province itself', unit: 'Tỉnh Bình Phước', parent: 'Sở Nội vụ', fate: 'unit_is_root' },
    { situation: 'below a closed unit', unit: 'Phòng Tổ chức', parent: 'Sở Y tế', fate: 'unit_closed' },
  ])('is refused $situation', ({ unit, parent, fate: expected }) => {
    added('Sở Nội vụ')
    closeUnit(system, { unitId: unitNamed('Sở Y tế').id, on: TODAY })
    const before = prepared('select id, path from unit order by id').all()
    expect(fate(moveUnit(office(), { unitId: unitNamed(unit).id, parentId: unitNamed(parent).id }))).toBe(expected)
    expect(prepared('select id, path from unit order by id').all()).toEqual(before)
    expect(prepared('select id from job').all()).toEqual([])
  })
})

describe('closeUnit', () => {
  it.each<{ situation: string; prepare: (unitId: number) => void; fate: string }>([
    { situation: 'nobody there', prepare: () => undefined, fate: 'done' },
    { situation: 'somebody posted there', prepare: unitId => makeOfficial(unitId), fate: 'unit_has_people' },
    {
      situation: 'somebody posted there until today',
      prepare: unitId => {
        makeOfficial(unitId)
        prepared('update posting set to_on = ?').run(TODAY)
      },
      fate: 'unit_has_people',
    },
    {
      situation: 'somebody posted there until yesterday',
      prepare: unitId => {
        makeOfficial(unitId)
        prepared('update posting set to_on = ?').run('2024-06-11')
      },
      fate: 'done',
    },
    {
      situation: 'an open unit below',
      prepare: unitId => addUnit(system, { ...department('Sở Nội vụ', 'Tổ Một cửa'), parentId: unitId }),
      fate: 'unit_has_children',
    },
  ])('$situation: $fate', ({ prepare, fate: expected }) => {
    const unitId = added('Sở Nội vụ')
    prepare(unitId)
    expect(fate(closeUnit(system, { unitId, on: TODAY }))).toBe(expected)
    expect(findUnitToEdit(office(), unitId, TODAY).closedOn).toBe(expected === 'done' ? TODAY : null)
  })

  it('leaves the lists to choose from, and can be taken back', () => {
    const unitId = added('Sở Nội vụ')
    const listed = () => listUnitsFor(office(), 'unit.edit').some(row => row.id === unitId)
    expect(listed()).toBe(true)
    closeUnit(system, { unitId, on: TODAY })
    expect(listed()).toBe(false)
    expect(fate(reopenUnit(office(), unitId))).toBe('done')
    expect(listed()).toBe(true)
  })
})

describe('listUnitsFor', () => {
  it('gives the subtrees of the actor’s grants, each unit after the one above it', () => {
    const district = unitNamed('Thành phố Đồng Xoài')
    const head = grantTo(makeOfficial(district.id).actor, 'head', district.id)
    const rows = listUnitsFor(head, 'coordinator.appoint')
    expect(rows[0]).toMatchObject({ id: district.id, depth: 1 })
    expect(rows.every(row => row.path.startsWith(district.path))).toBe(true)
    for (const [n, row] of rows.entries())
      if (n > 0) expect(rows.slice(0, n).some(above => above.id === row.parentId)).toBe(true)
  })
})
