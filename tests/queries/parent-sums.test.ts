import { afterEach, beforeEach, expect, it } from 'vitest'
import { recordHelp } from '#app/queries/help.server.ts'
import { confirmHelp } from '#app/queries/help-confirmation.server.ts'
import { changePeople, rebuildTallies, recount } from '#app/queries/judging/index.server.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, done, dropProvince, grantTo, helpForm, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

/** Two chapters of the Youth Union below its topmost. */
const chapters = () =>
  prepared(
    "select id, path from chapter where association = 'youth' and parent_id is not null order by id desc limit 2",
  ).all() as {
    id: number
    path: string
  }[]

/** A member of two chapters, with a counted record in a commune. */
function helper() {
  const unit = unitNamed('UBND xã Tân Thành')
  const { officialId, actor } = makeOfficial(unit.id, { sex: 'female' })
  changePeople([officialId], () => {
    for (const { id } of chapters())
      prepared("insert into membership (official_id, chapter_id, from_on) values (?, ?, '2024-01-01')").run(
        officialId,
        id,
      )
  })
  const { helpId } = done(recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(1) }))
  confirmHelp(grantTo(makeOfficial(1).actor, 'head', unit.id), CAMPAIGN, [helpId])
}

it('finds nothing where paths say what parents say, a member of two chapters included', () => {
  helper()
  const [top = ''] = chapters()[0]?.path.split('/').filter(Boolean) ?? []
  const sumOf = (table: string) =>
    prepared(`select * from ${table} where dimension = 'chapter' and key = ?`).get(top) as Record<string, number>
  expect(sumOf('help_total').counted).toBe(1)
  expect(sumOf('people_tally').officials).toBe(1)
  expect(recount(CAMPAIGN)).toEqual([])
})

it.each([
  { tree: 'unit', key: 'id', of: ['help_total', 'people_tally'] },
  { tree: 'chapter', key: 'id', of: ['help_total', 'people_tally'] },
  { tree: 'locality', key: 'code', of: ['help_total'] },
])('finds wrong paths of each $tree though every sum follows them', ({ tree, key, of }) => {
  prepared(`update ${tree} set path = '/' || ${key} || '/'`).run()
  helper()
  rebuildTallies(CAMPAIGN)
  const found = recount(CAMPAIGN)
  expect(new Set(found.map(({ metric }) => metric))).toEqual(new Set(['by parents']))
  expect([...new Set(found.filter(row => row.key.endsWith(` ${tree}`)).map(({ table }) => table))].sort()).toEqual(of)
})
