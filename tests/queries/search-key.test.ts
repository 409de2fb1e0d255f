import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { foldName, nameSortKey } from '#app/domain/name.ts'
import { campaignIds, recount } from '#app/queries/judging/index.server.ts'
import { forgetRules } from '#app/queries/judging/rules.server.ts'
import { searchIds } from '#app/queries/official.server.ts'
import { renewSearchKeys } from '#app/queries/search-key.server.ts'
import { listenToHolds } from '#app/queries/steps.server.ts'
import { closeDatabase, db, openDatabase, prepared } from '#db/client.server.ts'
import { forgetKeys, useMasterKey } from '#db/keys.server.ts'
import { migrateDatabase } from '#db/migration.server.ts'
import { MIGRATIONS } from '#db/schema-version.server.ts'
import { unpackRelease } from '#tests/fixtures/release.ts'

/** How the first release folded and sorted: the letters that look like Đ stayed as they are. */
const foldedThen = (name: string) =>
  name
    .split(/([ÐðƉɖ])/)
    .map(part => (/^[ÐðƉɖ]$/.test(part) ? part.toLowerCase() : part === '' ? '' : foldSpaced(part)))
    .join('')
const foldSpaced = (part: string) => foldName(`x${part}x`).slice(1, -1)
const sortedThen = (name: string) => nameSortKey(name.replace(/[ÐðƉɖ]/g, '\u0001')).replaceAll('\u0001', 'ð')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'search-key-'))
  const file = join(folder, 'campaign.sqlite')
  const { masterKey } = unpackRelease('0.1', file)
  useMasterKey(masterKey)
  forgetKeys()
  forgetRules()
  openDatabase(file)
  const stale = prepared('update official set name = ?, name_folded = ?, sort_name = ? where id = ?')
  for (const [id, name] of NAMES) stale.run(name, foldedThen(name), sortedThen(name), id)
  prepared("update unit set name = 'Trường Ðồng Tâm', name_folded = 'truong ðong tam' where id = 20").run()
  migrateDatabase(MIGRATIONS)
})
afterEach(() => {
  listenToHolds(() => undefined)
  closeDatabase()
  rmSync(folder, { recursive: true, force: true })
})

const NAMES = [
  [1, 'Ðoàn Văn Thử'],
  [2, 'Nguyễn Ðức Thử'],
  [3, 'Bùi Thị ðào'],
  [4, 'Ɖiểu K’Rứ'],
] as const
const found = (typed: string) => db.all<{ id: number }>(searchIds(typed)).map(row => Object.values(row)[0])
const keysOf = (id: number) => prepared('select name_folded, sort_name from official where id = ?').raw().get(id)
const sorted = (id: number) => prepared('select distinct sort_name from standing where official_id = ?').pluck().all(id)

it('finds and sorts people whose names an earlier release kept with letters that look like Đ', async () => {
  expect(keysOf(1)).toEqual(['ðoan van thu', expect.stringMatching(/^thu{.* ðoan/)])
  expect(found('Đoàn Văn Thử')).not.toContain(1)
  expect(await renewSearchKeys()).toBe(5)
  for (const [id, name] of NAMES) {
    expect(keysOf(id)).toEqual([foldName(name), nameSortKey(name)])
    expect(found(name)).toContain(id)
    for (const key of sorted(id)) expect(key).toBe(nameSortKey(name))
  }
  expect(found('doan van thu')).toContain(1)
  expect(prepared('select name_folded from unit where id = 20').pluck().get()).toBe('truong dong tam')
  expect(await renewSearchKeys()).toBe(0)
  expect(campaignIds().flatMap(campaignId => recount(campaignId))).toEqual([])
  expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok')
})

it('writes many names in steps, and leaves one that was corrected meanwhile', async () => {
  const ids = prepared<number>('select id from official order by id').pluck().all()
  for (const id of ids) prepared("update official set name_folded = 'ðoan' where id = ?").run(id)
  let steps = 0
  listenToHolds(() => {
    steps += 1
    if (steps === 1) prepared("update official set name = 'Tên Mới' where id = ?").run(ids.at(-1))
  })
  await renewSearchKeys()
  expect(ids.length).toBeGreaterThan(15)
  expect(steps).toBeGreaterThan(1)
  const wrong = prepared<string>("select name from official where name_folded = 'ðoan'").pluck().all()
  expect(wrong).toEqual(['Tên Mới'])
  await renewSearchKeys()
  expect(prepared("select count(*) from official where name_folded = 'ðoan'").pluck().get()).toBe(0)
})
