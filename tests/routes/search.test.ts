import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { ROLES } from '#app/domain/vocabulary.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { searchByName, searchByNumber } from '#app/queries/search.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  citizenNumber,
  done,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  makeReader,
  unitNamed,
} from '#tests/make.ts'
import { renderedSite } from '#tests/rendered.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

function scene() {
  const commune = unitNamed('UBND xã Tân Thành')
  const other = unitNamed('Sở Y tế')
  const guarded = prepared<{ id: number; name: string }>(
    'select id, name from unit where guard_path is not null order by length(path), id limit 1',
  ).one()
  const people = [commune, other, guarded].map(({ id }, n) =>
    makeOfficial(id, { name: `Điểu Thị Tìm ${['Một', 'Hai', 'Ba'][n]}` }),
  )
  const readers: [string, Person][] = [
    ['official', people[0]?.actor as Person],
    ...ROLES.map((role): [string, Person] => [role, makeReader(role)]),
    ['head of the commune', grantTo(makeOfficial(commune.id).actor, 'head', commune.id)],
    ['coordinator elsewhere', grantTo(makeOfficial(other.id).actor, 'coordinator', other.id)],
    ['head of the guarded unit', grantTo(makeOfficial(guarded.id).actor, 'head', guarded.id)],
  ]
  return { commune, other, guarded, people, readers }
}

it('shows nobody what they may not open, and what they may (matrix over all roles)', async () => {
  const { people, readers, commune, other, guarded } = scene()
  const site = await renderedSite()
  const opens = async (actor: Person, to: string) => (await site.open(to, actor.accountId, CAMPAIGN)).status === 200
  for (const [who, actor] of readers) {
    const found = searchByName(actor, CAMPAIGN, 'dieu thi tim').people.map(row => row.officialId)
    for (const { officialId } of people)
      expect([who, officialId, found.includes(officialId)]).toEqual([
        who,
        officialId,
        await opens(actor, `can-bo/${officialId}`),
      ])
    for (const { id, name } of [commune, other, guarded]) {
      const units = searchByName(actor, CAMPAIGN, name).units.map(row => row.id)
      expect([who, name, units.includes(id)]).toEqual([who, name, await opens(actor, `don-vi/${id}`)])
    }
  }
}, 180_000)

it('finds a citizen by the exact number alone, and logs each search as an opening', async () => {
  const { people, readers } = scene()
  const [first, second] = people
  if (!first || !second) throw new Error('nobody')
  const helpId = done(recordHelp(first.actor, CAMPAIGN, { officialId: first.officialId, input: helpForm(7) })).helpId
  const openings = () =>
    prepared<number>("select count(*) from access_log where what = 'help_record' and subject_id = ?")
      .pluck()
      .one(String(helpId))
  const searches = () =>
    prepared<number>("select count(*) from event where verb = 'open' and subject = 'citizen'").pluck().one()
  const site = await renderedSite()
  let asked = 0
  for (const [who, actor] of readers) {
    const before = openings()
    const { records } = searchByNumber(actor, CAMPAIGN, citizenNumber(7))
    asked += 1
    expect([who, searches()]).toEqual([who, asked])
    expect([who, openings()]).toEqual([who, before + records.length])
    const opens = (await site.open(`ho-tro/${helpId}`, actor.accountId, CAMPAIGN)).status === 200
    expect([who, records.map(({ id }) => id)]).toEqual([who, opens ? [helpId] : []])
  }
  // a name, a part of the number, or a number in an address finds nobody
  const page = async (address: string, form?: FormData) =>
    await (await site.open(address, first.actor.accountId, CAMPAIGN, form)).text()
  const number = citizenNumber(7)
  expect(await page(`tim?tim=${number}`)).not.toContain(`/ho-tro/${helpId}"`)
  const typed = (words: string) => {
    const form = new FormData()
    form.append('tim', words)
    return form
  }
  expect(await page('tim', typed(number.slice(0, 11)))).not.toContain(`/ho-tro/${helpId}"`)
  expect(searches()).toBe(asked)
  expect(await page('tim', typed(`${number.slice(0, 3)} ${number.slice(3)}`))).toContain(`/ho-tro/${helpId}"`)
  expect(searches()).toBe(asked + 1)
  const byCode = await site.open('tim', first.actor.accountId, CAMPAIGN, typed(`HT-${helpId}`))
  expect(byCode.headers.get('Location')).toBe(`/ho-tro/${helpId}`)
  const hidden = await site.open('tim', second.actor.accountId, CAMPAIGN, typed(`HT-${helpId}`))
  expect(hidden.headers.get('Location')).toBe(`/tim?tim=HT-${helpId}`)
}, 180_000)
