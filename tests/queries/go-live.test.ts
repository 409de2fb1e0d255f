import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dayOf } from '#app/domain/calendar.ts'
import { checkInstallation, GO_LIVE_ITEMS, goLiveStateOf } from '#app/domain/go-live.ts'
import { canOperate, findGoLive, noteGoLive } from '#app/queries/go-live.server.ts'
import { newestGoodBackup } from '#db/backup.server.ts'
import { noteBackupFailure } from '#db/backup-state.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { dropProvince, grantTo, makeOfficial, makeProvince, statusOf, unitNamed } from '#tests/make.ts'

const folder = mkdtempSync(join(tmpdir(), 'backups-'))
const running = {
  isDemo: false,
  publicUrl: 'https://4phu.example.gov.vn',
  backupFolder: folder,
  replicaFolder: null,
  replicaLag: () => 0.5,
}
const adminOf = (place: string) => grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'admin', unitNamed(place).id)

beforeEach(() => makeProvince())
afterEach(dropProvince)

describe('an item', () => {
  it.each([
    ['never done is open', 'restore_drill', undefined, 'open', null],
    ['done once for all stays done', 'security_level', '2020-01-01', 'done', null],
    ['a drill holds for 180 days', 'restore_drill', '2026-01-01', 'done', '2026-06-30'],
    ['a drill of the day before is due', 'restore_drill', '2025-12-31', 'due_again', '2026-06-29'],
    ['a review holds for 90 days', 'accounts_reviewed', '2026-04-01', 'done', '2026-06-30'],
  ] as const)('%s', (_, item, doneOn, state, dueOn) => {
    expect(goLiveStateOf(item, doneOn, '2026-06-30')).toEqual({ state, dueOn })
  })
})

it.each([
  ['a demo', { isDemo: true }, 'demo_off'],
  ['plain HTTP', { publicUrl: 'http://4phu.example.gov.vn' }, 'tls_on'],
  ['backups beside the data', { hasBackupsApart: false }, 'backups_apart'],
  ['a folder that takes no backup', { canBackUp: false }, 'backup_writable'],
  ['no continuous copy', { replicaLagSeconds: null }, 'replica_fresh'],
  ['a continuous copy that stopped', { replicaLagSeconds: 61 }, 'replica_fresh'],
  ['a continuous copy on the disk of the data', { hasReplicaApart: false }, 'replica_fresh'],
  ['no backup', { backedUpAt: null }, 'backup_fresh'],
  ['a backup of the day before yesterday', { backedUpAt: 1e12 - 27 * 3_600_000 }, 'backup_fresh'],
] as const)('the system sees %s', (_, changes, failing) => {
  const seen = {
    isDemo: false,
    publicUrl: running.publicUrl,
    hasBackupsApart: true,
    canBackUp: true,
    backedUpAt: 1e12 - 3_600_000,
    replicaLagSeconds: 1,
    hasReplicaApart: true,
  }
  expect(Object.values(checkInstallation(seen, 1e12))).toEqual([true, true, true, true, true, true])
  const checks = checkInstallation({ ...seen, ...changes }, 1e12)
  expect(Object.entries(checks).filter(([, holds]) => !holds)).toEqual([[failing, false]])
})

it('the newest backup that was looked through tells when it was made and how long it took', () => {
  const now = Date.parse('2026-01-04T00:00:00Z')
  expect(newestGoodBackup(folder, now)).toBeUndefined()
  const note = (name: string, madeAt: string, more: object) => {
    writeFileSync(join(folder, name), '')
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ sha256: '', madeAt: Date.parse(madeAt), ...more }))
  }
  const madeAt = Date.parse('2026-01-02T19:05:30Z')
  note('4phu-20260101-190000.sqlite', '2026-01-01T19:00:00Z', { lookedThroughAt: 1 })
  note('4phu-20260102-190530.sqlite', '2026-01-02T19:05:30Z', { lookedThroughAt: madeAt + 5000 })
  // unchecked, cut short, without a note, and from a clock that was ahead
  note('4phu-20260103-190000.sqlite', '2026-01-03T19:00:00Z', {})
  note('4phu-20260103-200000.sqlite.part', '2026-01-03T20:00:00Z', { lookedThroughAt: 1 })
  writeFileSync(join(folder, '4phu-20260103-210000.sqlite'), '')
  note('4phu-20290103-190000.sqlite', '2029-01-03T19:00:00Z', { lookedThroughAt: 1 })
  expect(newestGoodBackup(folder, now)).toEqual({ name: '4phu-20260102-190530.sqlite', madeAt, tookMs: 5000 })
  rmSync(folder, { recursive: true })
})

describe('the list', () => {
  it('is the administrators’ of the whole province', () => {
    const input = { item: 'keys_escrowed', doneOn: '2024-03-01', documentNumber: '1/BB', note: null } as const
    for (const actor of [
      adminOf('UBND xã Tân Thành'),
      grantTo(makeOfficial(1).actor, 'campaign_office', 1),
      grantTo(makeOfficial(1).actor, 'auditor', 1),
    ]) {
      expect(canOperate(actor)).toBe(false)
      expect(statusOf(() => findGoLive(actor, running))).toBe(403)
      expect(statusOf(() => noteGoLive(actor, input))).toBe(403)
    }
    expect(prepared('select count(*) as count from go_live_item').get()).toEqual({ count: 0 })
  })

  it('keeps what was noted, and counts what is left', () => {
    const admin = adminOf('Tỉnh Bình Phước')
    const before = findGoLive(admin, running)
    expect(before.items.every(({ state }) => state === 'open')).toBe(true)
    for (const documentNumber of ['1/BB', '2/BB'])
      noteGoLive(admin, { item: 'keys_escrowed', doneOn: '2024-03-01', documentNumber, note: null })
    const after = findGoLive(admin, running)
    expect(after.open).toBe(before.open - 1)
    const escrowed = after.items.find(({ item }) => item === 'keys_escrowed')
    expect(escrowed).toMatchObject({ state: 'done', history: [{ documentNumber: '2/BB' }, { documentNumber: '1/BB' }] })
    expect(prepared("select count(*) as count from event where subject = 'go_live_item'").get()).toEqual({ count: 2 })
    expect(() => prepared('update go_live_item set document_number = ?').run('3/BB')).toThrow(/append-only/)
    expect(() => prepared('delete from go_live_item').run()).toThrow(/append-only/)
  })

  it('tells how the last backup failed, until a good one follows', () => {
    const admin = adminOf('Tỉnh Bình Phước')
    expect(findGoLive(admin, running).backupFailure).toBeNull()
    noteBackupFailure(db.$client.name, 1000, 'tallies_differ', '1 figure is not what the facts say')
    expect(findGoLive(admin, running).backupFailure).toEqual({ at: 1000, reason: 'tallies_differ' })
    const backups = mkdtempSync(join(tmpdir(), 'backups-'))
    const name = '4phu-20260102-190530.sqlite'
    writeFileSync(join(backups, name), '')
    writeFileSync(join(backups, `${name}.json`), JSON.stringify({ sha256: '', madeAt: 2000, lookedThroughAt: 2001 }))
    const list = findGoLive(admin, { ...running, backupFolder: backups })
    expect(list).toMatchObject({ backupFailure: null, backedUpAt: 2000 })
    expect(list.checks.find(({ check }) => check === 'replica_fresh')?.holds).toBe(true)
    rmSync(backups, { recursive: true })
  })

  it('takes no day that has not come', () => {
    const tomorrow = dayOf(Date.now() + 86_400_000)
    const input = { item: GO_LIVE_ITEMS[0], doneOn: tomorrow, documentNumber: '1/QĐ', note: null }
    expect(noteGoLive(adminOf('Tỉnh Bình Phước'), input)).toMatchObject({
      problems: [{ field: 'doneOn', reason: 'in_future' }],
    })
  })
})
