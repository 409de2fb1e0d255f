import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { noteAccess } from '#app/queries/access-log.server.ts'
import { personOf } from '#app/queries/account.server.ts'
import { findCitizenLink, issueCitizenLink } from '#app/queries/citizen-code.server.ts'
import { eraseCitizen } from '#app/queries/citizen-deletion.server.ts'
import { askByCode } from '#app/queries/citizen-request.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { walkEventChain } from '#app/queries/event-chain.server.ts'
import { checkFacts } from '#app/queries/fact-check.server.ts'
import { startJob } from '#app/queries/job.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { forgetRules } from '#app/queries/judging/rules.server.ts'
import { rotateKeys } from '#app/queries/key-rotation.server.ts'
import { removeExpired } from '#app/queries/retention.server.ts'
import { closeDatabase, openDatabase, prepared } from '#db/client.server.ts'
import { forgetKeys } from '#db/keys.server.ts'
import { CAMPAIGN, stressProvince } from '../../scripts/bench/province.ts'

/**
 * The stress province, which is written in bulk, as the check of facts sees it. `OFFICIALS`, `RECORDS` and `UNITS` set
 * another size.
 */
const SIZE = {
  officials: Number(process.env.OFFICIALS ?? 600),
  records: Number(process.env.RECORDS ?? 3000),
  units: Number(process.env.UNITS ?? 20),
}
const TWO_YEARS = 800 * 86_400_000
const system = { kind: 'system' } as const

let folder: string
let office: Person
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stress-'))
  const file = await stressProvince(SIZE, () => undefined, folder)
  forgetKeys()
  forgetRules()
  openDatabase(file)
  office = holderOf('campaign_office')
}, 3_600_000)
afterAll(() => {
  closeDatabase()
  rmSync(folder, { recursive: true, force: true })
})

function holderOf(role: string): Person {
  const id = prepared<number>('select account_id from role_grant where role = ?').pluck().one(role)
  const person = personOf(id, campaignToday())
  if (!person) throw new Error(`nobody holds ${role}`)
  return person
}

/** What the checks name. */
function findings() {
  return { facts: checkFacts().findings.slice(0, 5), brokenAt: walkEventChain('')?.brokenAt, sums: recount(CAMPAIGN) }
}
const NONE = { facts: [], brokenAt: null, sums: [] }

it('raises no false alarm as it is made', () => {
  expect(findings()).toEqual(NONE)
  expect(checkFacts().facts).toBeGreaterThan(SIZE.officials + 3 * SIZE.records)
}, 600_000)

it('raises none after rotation of the keys', async () => {
  await rotateKeys(system, { settledMs: 0 })
  expect(findings()).toEqual(NONE)
}, 3_600_000)

it('raises none after a citizen was erased', () => {
  const row = prepared<{ id: number; officialId: number }>(
    "select id, official_id as officialId from help where verdict_kind = 'counts' order by id limit 1",
  ).one()
  const owner = personOf(row.officialId, campaignToday())
  if (!owner) throw new Error('nobody made the record')
  issueCitizenLink(owner, CAMPAIGN, row.id)
  const { code } = findCitizenLink(owner, CAMPAIGN, row)
  expect(askByCode(code ?? '', { kind: 'delete', message: '' }).ok).toBe(true)
  const requestId = prepared<number>('select max(id) from citizen_request').pluck().one()
  expect(eraseCitizen(office, CAMPAIGN, { requestId, reachedBy: 'met' })).toMatchObject({ ok: true })
  expect(prepared('select erased_at from help where id = ?').pluck().get(row.id)).not.toBeNull()
  expect(findings()).toEqual(NONE)
}, 600_000)

it('raises none after what has expired was removed', async () => {
  const then = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - TWO_YEARS)
  noteAccess(office, { what: 'help_list', subjectId: 1, count: 1 })
  then.mockRestore()
  startJob(system, 'digest', {})
  prepared("update job set state = 'done', finished_at = 1").run()
  const removed = await removeExpired(system, Date.now())
  expect(removed).toMatchObject({ access_log: 1, job: 1 })
  expect(findings()).toEqual(NONE)
}, 600_000)
