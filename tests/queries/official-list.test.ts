import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { foldName, nameSortKey } from '#app/domain/name.ts'
import { writeUnjudged } from '#app/queries/judging/index.server.ts'
import { listOfficials, type OfficialFilter } from '#app/queries/official.server.ts'
import { db } from '#db/client.server.ts'
import { insertFact } from '#db/inserter.server.ts'
import { official, posting, standing } from '#db/schema.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, NOW, unitNamed } from '#tests/make.ts'

const FAMILIES = ['Nguyễn', "K'Brơi", 'Trần', 'Điểu']
const GIVEN = ['An', 'Bình', 'Ánh', 'Đức']
/** Enough of one family name that a search for it goes by the names themselves. */
const PEOPLE = 5600

type Listed = { id: number; name: string; shortage: number; unmet: number; unitId: number }

let office: Person
let people: Listed[]

/** Many officials with standings, written in bulk: most are called Nguyễn. */
function crowd() {
  const units = [unitNamed('Sở Nội vụ').id, unitNamed('Sở Tài chính').id]
  people = Array.from({ length: PEOPLE }, (_, n) => ({
    id: 1000 + n,
    name: `${n % 20 === 0 ? FAMILIES[(n / 20) % 4] : 'Nguyễn'} Văn ${GIVEN[n % 4]}`,
    shortage: n % 3,
    unmet: n % 2,
    unitId: units[n % 2] ?? 1,
  }))
  writeUnjudged(tx => {
    for (const { id, name, shortage, unmet, unitId } of people) {
      const sortName = nameSortKey(name)
      insertFact(tx, official, {
        id,
        staffCode: `x${id}`,
        name,
        nameFolded: foldName(name),
        sortName,
        birthYear: 1980,
        createdAt: NOW,
      })
      insertFact(tx, posting, {
        officialId: id,
        unitId,
        position: 'Chuyên viên',
        category: 'civil_servant',
        isLeader: false,
        fromOn: '2020-01-01',
      })
      const counts = { target: 10, reported: 0, counted: 10 - shortage, verified: 0, countedAny: 0 }
      const parts = { simSignature: 'met', phone4g: 'met', portalNational: 'met', portalProvincial: 'met' } as const
      insertFact(tx, standing, {
        campaignId: CAMPAIGN,
        officialId: id,
        sortName,
        unitId,
        category: 'civil_servant',
        isLeader: false,
        ...counts,
        ...parts,
        unmet,
        shortage,
        result: 'not_completed_open',
        resultAny: 'not_completed_open',
      })
    }
  })
}

beforeEach(() => {
  makeProvince()
  const unit = unitNamed('Văn phòng UBND tỉnh')
  const own = makeOfficial(unit.id, { name: 'Lê Thị Lãnh' })
  office = grantTo(own.actor, 'campaign_office', 1)
  crowd()
  people.push({ id: own.officialId, name: own.name, shortage: 10, unmet: 3, unitId: unit.id })
})
afterEach(dropProvince)

/** The people that a list should show, in its order: who lacks most first, then by name. */
const expected = (among: (person: Listed) => boolean) =>
  people
    .filter(among)
    .map(person => ({ ...person, key: nameSortKey(person.name) }))
    .sort(
      (a, b) => b.shortage - a.shortage || b.unmet - a.unmet || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id),
    )
    .map(({ id }) => id)

/** Three pages of a list, one after the other. */
function threePages(filter: Omit<OfficialFilter, 'limit' | 'after'>): number[] {
  const shown: number[] = []
  for (let after: number | null | undefined; after !== null && shown.length < 150; ) {
    const page = listOfficials(office, CAMPAIGN, { ...filter, limit: 50, ...(after && { after: { id: after } }) })
    shown.push(...page.rows.map(row => row.officialId))
    after = page.next
  }
  return shown
}

const isCalled = (word: string) => (person: Listed) => foldName(person.name).split(/[ ']/).includes(word)

describe('officials who lack most', () => {
  it.each<[string, string | undefined, (person: Listed) => boolean]>([
    ['all', undefined, () => true],
    ['of a common name', 'nguyễn', isCalled('nguyen')],
    ['of two common words', 'nguyen v', isCalled('nguyen')],
    ['of a rare name', 'điểu', isCalled('dieu')],
    ['of the second part of a name', 'broi', isCalled('broi')],
    ['of nobody’s name', 'zz', () => false],
    ['of no letters', '—', () => false],
  ])('of the province, %s, come page by page', (_, search, among) => {
    const filter = { unitPath: '/1/', ...(search !== undefined && { search }) }
    expect(threePages(filter)).toEqual(expected(among).slice(0, 150))
  })

  it.each<[string, string | undefined, (person: Listed) => boolean]>([
    ['all', undefined, () => true],
    ['of a common name', 'nguyen', isCalled('nguyen')],
    ['of a rare name', 'dieu', isCalled('dieu')],
  ])('of one unit, %s, come page by page', (_, search, among) => {
    const unit = unitNamed('Sở Nội vụ')
    const filter = { unitPath: unit.path, ...(search !== undefined && { search }) }
    expect(threePages(filter)).toEqual(expected(person => person.unitId === unit.id && among(person)).slice(0, 150))
  })

  it('follow a name that is corrected', () => {
    const [, first] = expected(() => true)
    const second = people.find(({ id }) => id === first)
    if (!second) throw new Error('nobody')
    second.name = 'Nguyễn Văn Ỷ'
    db.$client
      .prepare('update official set name = ?, name_folded = ?, sort_name = ? where id = ?')
      .run(second.name, foldName(second.name), nameSortKey(second.name), second.id)
    expect(threePages({ unitPath: '/1/' })).toEqual(expected(() => true).slice(0, 150))
    expect(threePages({ unitPath: '/1/', search: 'y' })).toEqual([second.id])
  })
})
