import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { rootUnit } from '#app/queries/unit.server.ts'
import { findVersion, runningVersion } from '#app/queries/version.server.ts'
import { versionText } from '#app/text/go-live.ts'
import { prepared } from '#db/client.server.ts'
import { MIGRATIONS, readMigrations } from '#db/schema-version.server.ts'
import { dropProvince, grantTo, makeOfficial, makeProvince, statusOf, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const packed = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
const newest = readMigrations(MIGRATIONS).at(-1)?.tag ?? ''

it('the version that runs is the package’s, the schema its newest migration', () => {
  const schema = { number: Number(newest.slice(0, 4)), name: newest }
  expect(runningVersion()).toEqual({ product: packed.version, schema })
  expect(versionText(runningVersion())).toBe(
    `Phiên bản ${packed.version}, cấu trúc dữ liệu số ${schema.number} (${newest}).`,
  )
})

it('says that a newer version has migrated the database meanwhile', () => {
  prepared("insert into __drizzle_migrations (hash, created_at) values ('x', 9999999999999)").run()
  expect(runningVersion().schema).toBeNull()
  expect(versionText(runningVersion())).toContain('mới hơn phiên bản đang chạy')
})

it('is told to those who run the machine alone', () => {
  const { actor } = makeOfficial(unitNamed('Sở Nội vụ').id)
  expect(statusOf(() => findVersion(actor))).toBe(403)
  expect(findVersion(grantTo(actor, 'admin', rootUnit().id))).toEqual(runningVersion())
})
