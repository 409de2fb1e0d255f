import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import type { RosterRow } from '#app/domain/roster/row.ts'
import { runJob } from '#app/jobs/run.server.ts'
import { createOfficeAccount } from '#app/queries/account.server.ts'
import { findBatch, uploadRoster } from '#app/queries/import-batch.server.ts'
import { takeJob } from '#app/queries/job.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { removeExpired } from '#app/queries/retention.server.ts'
import { planBatch, settleProposals } from '#app/queries/roster.server.ts'
import { applyBatch, continueBatch, isLong, startApply } from '#app/queries/roster-apply.server.ts'
import { previewBatch } from '#app/queries/roster-preview.server.ts'
import { transferOfficial } from '#app/queries/transfer.server.ts'
import { prepared, whenHeld } from '#db/client.server.ts'
import type { FactHashes } from '#db/fact-hash.server.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  dropProvince()
})

const START = '2024-04-04'
const agency = () => unitNamed('Sở Nội vụ')
const coordinator = () =>
  grantTo(makeOfficial(agency().id, { name: 'Hoàng Thị Đầu Mối' }).actor, 'coordinator', agency().id)
const numberOf = (n: number) => `0700900${String(n).padStart(5, '0')}`

/** Row `n` of a list: one in three brings a code, the others get one; some are union members, some of a chapter. */
function rowOf(n: number, changes: Partial<RosterRow> = {}): RosterRow {
  return {
    sheet: 'Danh sách',
    row: n + 2,
    name: `Nguyễn Văn Thứ ${n}`,
    birthOn: null,
    birthYear: 1990,
    sex: 'male',
    number: numberOf(n),
    staffCode: n % 3 === 0 ? `CB${n}` : null,
    position: 'Chuyên viên',
    unit: null,
    section: null,
    category: 'civil_servant',
    isLeader: null,
    associations: n % 2 === 0 ? { union: true } : {},
    phone: n % 5 === 0 ? `09123${String(n).padStart(5, '0')}` : null,
    hamlet: null,
    chapter: n % 4 === 0 ? 'Tổ công đoàn 1' : null,
    ...changes,
  }
}
const rowsOf = (count: number) => Array.from({ length: count }, (_, n) => rowOf(n))

/** Plans rows as if they had been read from a file; the batch and its plan's key. */
function planned(actor: Person, rows: RosterRow[]) {
  uploadRoster(actor, agency().id, { fileName: 'ds.xlsx', bytes: new Uint8Array(), association: null, fromOn: START })
  const batchId = prepared('select max(id) from import_batch').pluck().get() as number
  planBatch(actor, batchId, { rows, unread: [], problems: [], notices: [], conversions: [] })
  prepared("update job set state = 'done'").run()
  return { batchId, planKey: keyOf(actor, batchId) }
}

function keyOf(actor: Person, batchId: number): string {
  const { content } = findBatch(actor, batchId) ?? {}
  if (content?.stage !== 'planned') throw new Error('not planned')
  expect(content.plan.problems).toEqual([])
  return content.planKey
}

const pageOf = (actor: Person, batchId: number) => previewBatch(actor, batchId, { view: 'all', from: 0 })
const ignore = () => undefined

/** Begins a list in steps, whatever its length. */
const begin = (actor: Person, ask: { batchId: number; planKey: string }) => applyBatch(actor, ask, 0)

/** Everything that an import writes, without moments, hashes and what is sealed. */
function written() {
  const all = (text: string) => prepared(text).all()
  return {
    officials: all('select id, staff_code, name, sex, birth_year, number_hash, phone_hash from official order by id'),
    postings: all('select official_id, unit_id, position, category, from_on, to_on from posting order by 1, 5'),
    accounts: all('select official_id, login, display_name from account order by login'),
    memberships: all('select official_id, chapter_id, from_on, to_on from membership order by 1, 2, 3'),
    matches: all('select official_id, number_hash from official_match order by 1'),
    people: all('select * from people_tally order by campaign_id, dimension, key'),
    standings: all('select * from standing order by 1, 2'),
    events: prepared<{ facts: string | null }>(
      `select verb, subject, subject_id, json_remove(data, '$.facts') as data, facts from event
        order by subject, cast(subject_id as integer), id`,
    )
      .all()
      .map(row => ({ ...row, facts: namesOf(row.facts) })),
  }
}

/** The tables and keys of the facts that an event tells of; their hashes contain moments. */
function namesOf(facts: string | null) {
  return Object.entries(JSON.parse(facts ?? '{}') as FactHashes).map(([table, hashes]) => [table, Object.keys(hashes)])
}

/** Two people on record and what a list says of them: one moves up, one gets a number. */
function staff(actor: Person): RosterRow[] {
  const rows = [500, 501].map(n => rowOf(n, { staffCode: `CB${n}` }))
  const before = rows.map(row => ({ ...row, position: 'Nhân viên', number: row.row === 503 ? null : row.number }))
  expect(applyBatch(actor, planned(actor, before)).ok).toBe(true)
  return rows
}

/** A list with people on record, new ones, one person on two rows, and a namesake who was settled as somebody new. */
function list(actor: Person) {
  const rows = [
    ...staff(actor),
    ...rowsOf(20),
    rowOf(3, { row: 90, sheet: 'Công đoàn', associations: { union: true } }),
    rowOf(21, { row: 91, name: 'Lê Văn Trùng', number: null, staffCode: 'CB91' }),
    rowOf(22, { row: 92, name: 'Lê Văn Trùng' }),
  ]
  const { batchId } = planned(actor, rows)
  settleProposals(actor, batchId, [{ sheet: 'Danh sách', row: 91, choice: 'new' }])
  planBatch(actor, batchId)
  prepared("update job set state = 'done'").run()
  return { batchId, planKey: keyOf(actor, batchId) }
}

it('in steps or at once, a list comes to the same', async () => {
  const inSteps = coordinator()
  const ask = list(inSteps)
  begin(inSteps, ask)
  await continueBatch(inSteps, ask.batchId, ignore)
  expect(pageOf(inSteps, ask.batchId)?.applied).toMatchObject({ created: 22, edited: 2, left: [] })
  const stepped = written()
  expect(recount(CAMPAIGN)).toEqual([])
  dropProvince()
  makeProvince()
  const atOnce = coordinator()
  applyBatch(atOnce, list(atOnce))
  expect(strip(stepped)).toEqual(strip(written()))
})

/** Names and numbers that differ between two provinces of one test. */
const strip = (text: unknown) =>
  JSON.parse(
    JSON.stringify(text, (key, value) => (/hash|refreshed_at/i.test(key) ? value !== null : value)).replaceAll(
      /ct\d+/g,
      'ct',
    ),
  )

it('a worker that dies in the middle of a step leaves whole people, and the next goes on: the outcome is the same', async () => {
  const actor = coordinator()
  const ask = list(actor)
  begin(actor, ask)
  // the 15th person's account cannot be written: the step is undone, as if the machine had stopped
  prepared(
    `create temp trigger power_cut before insert on account when (select count(*) from account) > ${
      (prepared('select count(*) from account').pluck().get() as number) + 12
    } begin select raise(abort, 'power cut'); end`,
  ).run()
  await expect(continueBatch(actor, ask.batchId, ignore)).rejects.toThrow('power cut')
  prepared('drop trigger power_cut').run()
  const { applying } = pageOf(actor, ask.batchId) ?? {}
  expect(applying?.total).toBe(24)
  expect(applying?.done).toBeGreaterThan(0)
  expect(applying?.done).toBeLessThan(24)
  expect(applying?.isAtWork).toBe(false)
  expect(recount(CAMPAIGN)).toEqual([])
  const made = 'select count(*) from official o where'
  const without = (what: string) => prepared(`${made} not exists (${what} where official_id = o.id)`).pluck().get()
  expect([without('select 1 from account'), without('select 1 from posting')]).toEqual([0, 0])
  await continueBatch(actor, ask.batchId, ignore)
  expect(pageOf(actor, ask.batchId)?.applied).toMatchObject({ created: 22, edited: 2, left: [] })
  const killed = written()
  expect(recount(CAMPAIGN)).toEqual([])
  dropProvince()
  makeProvince()
  const other = coordinator()
  const through = list(other)
  begin(other, through)
  await continueBatch(other, through.batchId, ignore)
  expect(strip(killed)).toEqual(strip(written()))
})

it('what somebody changed meanwhile is left out and named; everything else goes in', async () => {
  const actor = coordinator()
  const [moved, kept] = staff(actor)
  if (!moved || !kept) throw new Error('nobody on record')
  const ask = planned(actor, [moved, kept, ...rowsOf(20)])
  begin(actor, ask)
  const admin = grantTo(makeOfficial(1).actor, 'admin', 1)
  // before the first step: one person is posted elsewhere, a login and a number are taken
  const { id } = prepared('select id from official where staff_code = ?').get('CB500') as { id: number }
  const transfer = {
    position: 'Chuyên viên',
    category: 'civil_servant',
    isLeader: false,
    fromOn: '2024-06-12',
  } as const
  expect(transferOfficial(system, { officialId: id, unitId: 1, ...transfer })).toEqual({
    ok: true,
    waits: null,
  })
  expect(createOfficeAccount(admin, { login: 'cb6', displayName: 'Văn phòng' }).ok).toBe(true)
  let isTaken = false
  await continueBatch(actor, ask.batchId, () => {
    if (isTaken) return
    isTaken = true
    const other = rowOf(19, { name: 'Trần Thị Khác', staffCode: 'KHAC', number: numberOf(19) })
    expect(applyBatch(actor, planned(actor, [other])).ok).toBe(true)
  })
  const { applied } = pageOf(actor, ask.batchId) ?? {}
  expect(applied).toMatchObject({ created: 18, edited: 1 })
  expect(applied?.left).toEqual([
    { sheet: 1, row: 502, fate: 'update' },
    { sheet: 1, row: 8, fate: 'create' },
    { sheet: 1, row: 21, fate: 'create' },
  ])
})

it('cannot be planned again, settled or let go half-way; a second job continues it', async () => {
  const actor = coordinator()
  const ask = planned(actor, rowsOf(6))
  begin(actor, ask)
  expect(() => settleProposals(actor, ask.batchId, [])).toThrow()
  planBatch(actor, ask.batchId)
  expect(findBatch(actor, ask.batchId)).toMatchObject({ revision: 1, cursor: 0 })
  prepared('update import_batch set created_at = 0 where id = ?').run(ask.batchId)
  await removeExpired({ kind: 'system' }, Date.now())
  expect(pageOf(actor, ask.batchId)?.applying).toMatchObject({ done: 0, total: 6, isAtWork: false })
  expect(startApply(actor, { ...ask, hasConsent: false })).toMatchObject({ ok: true })
  expect(pageOf(actor, ask.batchId)?.applying?.isAtWork).toBe(true)
  const job = takeJob()
  if (job) await runJob(job)
  expect(pageOf(actor, ask.batchId)?.applied).toMatchObject({ created: 6 })
})

/** People enough for a step of the largest size before or after the stop, wherever it comes. */
const LONG = 1200

it('goes in by steps of at most 100 people, and after a stop the same job goes on; a short list goes in at once', async () => {
  const actor = coordinator()
  const count = () => prepared('select count(*) from official').pluck().get() as number
  const bare = count()
  const steps: number[] = []
  let before = bare
  // steps do not learn how long they take, and so become as large as they may
  whenHeld(() => {
    const now = count()
    if (now > before) steps.push(now - before)
    before = now
  })
  const ask = planned(actor, rowsOf(LONG))
  begin(actor, ask)
  startApply(actor, { ...ask, hasConsent: false })
  const job = takeJob()
  if (!job) throw new Error('no job')
  await runJob(job, () => count() > bare + 50)
  const reached = count() - bare
  expect(reached).toBeGreaterThan(50)
  expect(reached).toBeLessThan(LONG)
  const again = takeJob()
  expect(again?.id).toBe(job.id)
  if (again) await runJob(again)
  expect(count()).toBe(bare + LONG)
  expect(pageOf(actor, ask.batchId)?.applied).toMatchObject({ created: LONG, left: [] })
  expect(Math.max(...steps)).toBe(100)
  steps.length = 0
  const short = planned(
    actor,
    Array.from({ length: 150 }, (_, n) => rowOf(3000 + n)),
  )
  applyBatch(actor, short)
  expect(steps).toEqual([150])
  expect([isLong({ create: 1000, update: 1000 }), isLong({ create: 2000, update: 1 })]).toEqual([false, true])
})
