import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Person } from '#app/access/policy.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { parametersOf } from '#app/domain/scenario.ts'
import { computeClosing } from '#app/jobs/closing.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { countFrozenOfficials, listClosings, listFrozenOfficials, startClosing } from '#app/queries/closing.server.ts'
import { listMovedCollectives, listMovedOfficials, recountState } from '#app/queries/closing-moves.server.ts'
import { createScenario } from '#app/queries/scenario.server.ts'
import { listenToHolds } from '#app/queries/steps.server.ts'
import { closeDatabase, isBusy, openDatabase, prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

/**
 * Measures the close of a campaign and a replay at the size of the whole province, each as a job of a worker process.
 * Meanwhile this process goes on reading and writing as pages do. `OFFICIALS` and `RECORDS` (for each) set another
 * size.
 */
const OFFICIALS = Number(process.env.OFFICIALS ?? 320_000)
const RECORDS = Number(process.env.RECORDS ?? 11)
/** How often a page asks meanwhile. */
const EVERY_MS = 50

const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const say = (text: string) => process.stdout.write(`${text}\n`)
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** The province with its officials, obligations and records, put in by plain inserts, as of the day after the campaign. */
function fill() {
  makeProvince(Date.parse('2024-07-04T08:00+07:00'))
  const home = unitNamed('Sở Nội vụ')
  const office = grantTo(makeOfficial(home.id).actor, 'campaign_office', 1)
  const homeAffairs = grantTo(makeOfficial(home.id).actor, 'home_affairs', 1)
  prepared('vacuum into ?').run(join(folder, 'campaign.sqlite'))
  dropProvince()
  const client = openDatabase(join(folder, 'campaign.sqlite')).$client
  client.pragma('synchronous = OFF')
  const first = 1000
  const people = `with recursive n(i) as (select ${first} union all select i + 1 from n where i < ${first + OFFICIALS - 1})`
  const units = (prepared("select id from unit where kind <> 'province' order by id").all() as { id: number }[]).map(
    row => row.id,
  )
  const unit = `(select value from json_each('${JSON.stringify(units)}') where key = n.i % ${units.length})`
  client.transaction(() => {
    prepared(
      `${people} insert into official (id, staff_code, name, name_folded, sort_name, sex, birth_year, created_at)
       select i, 'x' || i, 'Nguyễn Văn ' || i, 'nguyen van ' || i, i, iif(i % 2, 'male', 'female'), 1980, 0 from n`,
    ).run()
    prepared(
      `${people} insert into posting (official_id, unit_id, position, category, is_leader, from_on)
       select i, ${unit}, 'Chuyên viên', 'civil_servant', 0, '2020-01-01' from n`,
    ).run()
    prepared(
      `insert into standing (campaign_id, official_id, sort_name, unit_id, category, is_leader, target, reported, counted, verified,
         counted_any, sim_signature, phone4g, portal_national, portal_provincial, unmet, shortage, result, result_any)
       select 1, official_id, 'x', unit_id, category, 0, 10, 0, 0, 0, 0, 'missing', 'missing', 'missing', 'missing', 3, 10,
         'not_completed_open', 'not_completed_open' from posting where official_id >= ${first}`,
    ).run()
    prepared(
      `insert into obligation (campaign_id, official_id, part, state, is_own_name, certificate_kind, valid_from_on,
         valid_to_on, declared_at)
       select 1, official_id, value, 'confirmed', 1, 'sim', '2024-01-01', '2025-01-01', 0
         from posting, json_each('["sim_signature","phone_4g","portal_national","portal_provincial"]')
        where official_id >= ${first}`,
    ).run()
    prepared(
      `insert into help (campaign_id, official_id, citizen_hash, citizen_name_cipher, citizen_number_cipher,
         citizen_birth_year, locality_code, helped_on, place, consent_version, consent_channel, submission_key,
         received_at, verdict_kind, verdict_reason, holds_credit, is_reported, counts_any)
       select 1, p.official_id, printf('%09d', p.official_id * ${RECORDS} + r.value), x'00', x'00', 1990, '25195',
         '2024-04-04', 'home', '1', 'paper', printf('%09d', p.official_id * ${RECORDS} + r.value), 0,
         iif(p.official_id % 3 = 0 or (p.official_id + r.value) % 7, 'counts', 'pending'), iif(p.official_id % 3 = 0 or (p.official_id + r.value) % 7, 'confirmed',
         'awaiting_confirmation'), 1, 1, 1
         from posting p, json_each('${JSON.stringify(Array.from({ length: RECORDS }, (_, n) => n))}') r
        where p.official_id >= ${first}`,
    ).run()
  })()
  client.pragma('wal_checkpoint(TRUNCATE)')
  client.pragma('synchronous = FULL')
  client.pragma('optimize = 0x10002')
  return { office, homeAffairs }
}

function startWorker(): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'app/jobs/worker.ts'], {
    env: { ...process.env, MASTER_KEY: Buffer.alloc(32, 7).toString('base64'), DATA_DIR: folder, DEMO: '' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}

const quantile = (sorted: readonly number[], share: number) =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)

/** Waits for a job to end, and meanwhile reads a list and writes a row as pages do; how long each took, in ms. */
async function watchJob(name: string, jobId: number, read: () => void) {
  const start = performance.now()
  const reads: number[] = []
  const writes: number[] = []
  const write = prepared('update job set alive_at = alive_at where id = ?')
  for (;;) {
    const { state, done, total, result } = prepared('select state, done, total, result from job where id = ?').get(
      jobId,
    ) as { state: string; done: number; total: number; result: string }
    if (state === 'failed') throw new Error(`${name}: ${result} at ${done}/${total}`)
    if (state === 'done') break
    let at = performance.now()
    read()
    reads.push(performance.now() - at)
    at = performance.now()
    for (let isDone = false; !isDone; )
      try {
        write.run(jobId)
        isDone = true
      } catch (error) {
        if (!isBusy(error)) throw error
        await pause(5)
      }
    writes.push(performance.now() - at)
    await pause(EVERY_MS)
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  reads.sort((a, b) => a - b)
  writes.sort((a, b) => a - b)
  say(
    `${name}: ${seconds} s; meanwhile ${reads.length} reads (median ${quantile(reads, 0.5)} ms, p99 ${quantile(reads, 0.99)} ms) and writes (median ${quantile(writes, 0.5)} ms, p99 ${quantile(writes, 0.99)} ms)`,
  )
}

/** Compares the frozen results with the present ones in this process: how long it takes, each of its transactions, and its page. */
async function compare(reader: Person) {
  const held: number[] = []
  const worked: number[] = []
  listenToHolds((_kind, ms, commitMs) => {
    held.push(ms)
    worked.push(ms - commitMs)
  })
  const started = startClosing({ kind: 'system' }, CAMPAIGN, { reason: 'rehearsal', note: '' })
  if (!started.ok) throw new Error(started.problem)
  const input = prepared<string>('select input from job where id = ?').pluck().one(started.jobId)
  const start = performance.now()
  await computeClosing(JSON.parse(input) as { closingId: number }, { kind: 'system' }, () => undefined)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const sum = held.reduce((ms, one) => ms + one, 0)
  held.sort((a, b) => a - b)
  worked.sort((a, b) => a - b)
  say(
    `comparison: ${seconds} s; ${held.length} steps held the writer ${(sum / 1000).toFixed(1)} s in all (median ${quantile(held, 0.5)} ms, p99 ${quantile(held, 0.99)} ms, most ${quantile(held, 1)} ms)`,
  )
  say(`  without their commits: p99 ${quantile(worked, 0.99)} ms, most ${quantile(worked, 1)} ms`)
  const compared = listClosings(CAMPAIGN).find(({ version }) => version === 0)
  if (!compared) throw new Error('nothing was compared')
  const parts = {
    'what a recount would change': () => recountState(CAMPAIGN),
    'a page of who moves': () => listMovedOfficials(reader, compared, { limit: 30 }),
    'the collectives that move': () => listMovedCollectives(reader, compared),
  }
  for (const [name, read] of Object.entries(parts)) {
    const at = performance.now()
    read()
    say(`${name}: ${(performance.now() - at).toFixed(0)} ms`)
  }
}

const began = performance.now()
const { office, homeAffairs } = fill()
say(`${OFFICIALS} officials with ${RECORDS} records each, ${((performance.now() - began) / 1000).toFixed(1)} s to fill`)
const worker = startWorker()
try {
  const path = unitNamed('Thành phố Đồng Xoài').path
  const board = () => {
    campaignToday()
    prepared(
      `select s.official_id from standing s join unit u on u.id = s.unit_id
        where s.campaign_id = 1 and u.path >= ? and u.path < ? order by s.shortage desc limit 50`,
    ).all(path, `${path.slice(0, -1)}0`)
  }
  const closeAs = async (reason: 'close' | 'extract') => {
    const started = startClosing(office, CAMPAIGN, { reason, note: '' })
    if (!started.ok) throw new Error(started.problem)
    await watchJob(reason === 'close' ? 'close' : 'later version, nothing changed', started.jobId, board)
  }
  await closeAs('close')
  const closing = listClosings(CAMPAIGN)[0]
  if (!closing) throw new Error('no closing')
  const at = performance.now()
  listFrozenOfficials(homeAffairs, closing.id, { unitPath: '/1/', result: 'eligible', limit: 30 })
  const listed = performance.now() - at
  countFrozenOfficials(homeAffairs, closing.id, { unitPath: '/1/' })
  say(`a page of a frozen list ${listed.toFixed(0)} ms, its counts ${(performance.now() - at - listed).toFixed(0)} ms`)
  await closeAs('extract')
  const { jobId } = createScenario(homeAffairs, CAMPAIGN, {
    closingId: closing.id,
    name: 'Chỉ tiêu 8',
    parameters: { ...parametersOf(PLAN_128), quota: 8 },
  })
  await watchJob('replay', jobId, board)
  worker.kill('SIGKILL')
  await compare(office)
  // as the worker makes it every ten minutes: nothing changed since
  prepared("update job set state = 'done'").run()
  await compare(office)
} finally {
  worker.kill('SIGKILL')
  closeDatabase()
  rmSync(folder, { recursive: true, force: true })
}
