import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { loader as board } from '#app/routes/board/unit.tsx'
import { action as nudge } from '#app/routes/unit/nudge.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  confirmNow,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  makeReader,
  recordMany,
  unitNamed,
} from '#tests/make.ts'
import { visitor } from '#tests/visitor.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const boardOf = async (actor: Person, unitId: number, search = '') =>
  (await visitor(actor)).open(board, { unitId: String(unitId) }, search)

/** A commune with people who never opened their accounts, a second commune of the district, and its head. */
function scene(people = 2) {
  const commune = unitNamed('UBND xã Tân Thành')
  const ward = unitNamed('UBND phường Tân Đồng')
  const district = unitNamed('Thành phố Đồng Xoài')
  const made = Array.from({ length: people }, (_, n) => makeOfficial(commune.id, { name: `Lê Văn ${letter(n)}` }))
  const helper = makeOfficial(ward.id)
  const head = grantTo(makeOfficial(district.id).actor, 'head', district.id)
  confirmNow(head, CAMPAIGN, recordMany(helper, 4, { helpedOn: '2024-06-10' }))
  return { commune, ward, district, made, head, helper }
}
const letter = (n: number) => String.fromCharCode(65 + Math.floor(n / 26)) + String.fromCharCode(97 + (n % 26))

describe("a unit's board", () => {
  it('puts the unit that lacks most in number first, with what it needs a day and the week behind it', async () => {
    const { commune, ward, district, head } = scene()
    const { children, order } = await boardOf(head, district.id)
    expect(order).toBe('thieu')
    const [first, second] = children
    expect([first?.id, second?.id]).toEqual([commune.id, ward.id])
    expect(first?.pace).toMatchObject({ missing: 20, neededPerDay: 1, lastWeekPerDay: 0, word: 'will_miss' })
    expect(second?.pace).toMatchObject({ missing: 6, neededPerDay: 1, lastWeekPerDay: 0.6 })
    const byName = await boardOf(head, district.id, '?xep=ten')
    expect(byName.children.map(({ name }) => name)).toEqual(
      [...byName.children.map(({ name }) => name)].sort((a, b) => a.localeCompare(b, 'vi')),
    )
  })

  it('shows the seven units that come first, and all on request', async () => {
    const leader = makeReader('province_leader')
    const { children, childCount } = await boardOf(leader, 1)
    expect([children.length, childCount > 60]).toEqual([7, true])
    expect((await boardOf(leader, 1, '?xem=tat-ca')).children).toHaveLength(childCount)
  })

  it('names four of each group, and all of one group by pages of fifty', async () => {
    const { commune, head } = scene(61)
    const { causes } = await boardOf(head, commune.id)
    expect(causes?.groups.map(({ cause, count, rows }) => [cause, count, rows.length])).toEqual([
      ['not_activated', 61, 4],
    ])
    const alone = (await boardOf(head, commune.id, '?vi-sao=chua-kich-hoat')).causes?.groups[0]
    expect([alone?.rows.length, alone?.isFirst]).toEqual([50, true])
    const rest = (await boardOf(head, commune.id, `?vi-sao=chua-kich-hoat&tu=${alone?.next}`)).causes?.groups[0]
    expect([rest?.rows.length, rest?.isFirst, rest?.next]).toEqual([11, false, null])
    const names = [...(alone?.rows ?? []), ...(rest?.rows ?? [])].map(({ name }) => name)
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'vi')))
  })

  it('names no person to who may see figures alone', async () => {
    const { commune } = scene()
    expect((await boardOf(makeReader('province_leader'), commune.id)).causes).toBeNull()
  })

  it('reminds one person or a group by one tap, and shows when', async () => {
    const { commune, made, head } = scene()
    const [one] = made
    prepared("update account set password_hash = 'x' where official_id = ?").run(one?.officialId)
    const site = await visitor(head)
    const send = (form: Record<string, string>) =>
      site.send(nudge, `/don-vi/${commune.id}/nhac`, { unitId: String(commune.id) }, form)
    expect(await send({ nguoi: String(one?.officialId) })).toBe(`/don-vi/${commune.id}?da-nhac=1`)
    expect(await send({ 'vi-sao': 'chua-ghi' })).toBe(`/don-vi/${commune.id}?da-nhac=0`)
    expect(await send({ nguoi: String(one?.officialId), ve: 'nguoi' })).toBe(`/can-bo/${one?.officialId}?da-nhac=0`)
    const group = (await boardOf(head, commune.id)).causes?.groups.find(({ cause }) => cause === 'no_record')
    expect(group?.rows.map(({ said }) => said)).toEqual([expect.stringContaining('đã nhắc 12/6/2024')])
  })
})
