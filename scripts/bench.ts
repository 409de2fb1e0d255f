import { execFileSync, spawn } from 'node:child_process'
import { closeSync, copyFileSync, mkdirSync, openSync, readSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startClosing } from '#app/queries/closing.server.ts'
import { startApplying, startUndoing } from '#app/queries/extract.server.ts'
import { startJob } from '#app/queries/job.server.ts'
import { listenToHolds } from '#app/queries/steps.server.ts'
import { closeDatabase, leaveCheckpoints, openDatabase, prepared } from '#db/client.server.ts'
import { useMasterKey } from '#db/keys.server.ts'
import { isMeasured, measureBeside, measureFirstMinute, reportHolds } from './bench/beside.ts'
import { measureDatabase, personAt } from './bench/database.ts'
import { Report } from './bench/figures.ts'
import { destroyCampaignKeys, drawProvince, importLists } from './bench/lists.ts'
import { type Cast, measureMix, measureOverload, measureWrites, mixOf, queuesOf } from './bench/load.ts'
import { applyElsewhere, doJobs, measureReading, measureRoster, stageExtract } from './bench/long-work.ts'
import { measureCrowd, measurePages, type Page } from './bench/pages.ts'
import { CAMPAIGN, MASTER_KEY, type Size, STRESS, stressProvince } from './bench/province.ts'
import { memoryOf, signIn, startServer } from './bench/running.ts'

/**
 * Measures the product at the size of a whole province and writes one report. Every time is listed beside the figure it
 * is compared with from the same run. `OFFICIALS`, `RECORDS`, `UNITS` set another size, `ROWS` that of extracts;
 * arguments name the parts to run. Exits with 1 if a figure misses its target.
 */
const PARTS = ['database', 'pages', 'growth', 'writes', 'long', 'mix', 'overload', 'holds', 'start', 'beside'] as const
const asked = process.argv.slice(2)
const isOn = (part: (typeof PARTS)[number]) => asked.length === 0 || asked.includes(part)
/** Rows of the extracts that are read, applied and undone here. */
const ROWS = Number(process.env.ROWS ?? 500_000)

const size: Size = {
  officials: Number(process.env.OFFICIALS ?? STRESS.officials),
  records: Number(process.env.RECORDS ?? STRESS.records),
  units: Number(process.env.UNITS ?? STRESS.units),
}
const PORT = Number(process.env.PORT ?? 3290)
const MIX_MS = 30_000
const OVERLOAD_MS = 60_000
const WORK = '.cache/bench/run'
const say = (line: string) => process.stdout.write(`  ${line}\n`)

/** A copy of the province to measure on, opened; its file. */
async function freshCopy(of: Size): Promise<string> {
  closeDatabase()
  rmSync(WORK, { recursive: true, force: true })
  mkdirSync(WORK, { recursive: true })
  const file = join(WORK, 'campaign.sqlite')
  copyFileSync(await stressProvince(of, say), file)
  warm(file)
  // else the first commits would wait until the disk has the copy
  execFileSync('sync')
  useMasterKey(MASTER_KEY)
  openDatabase(file)
  // a province in which no head could sign in would leave every record to the campaign office
  prepared(
    "update account set password_hash = 'x' where password_hash is null and id in (select account_id from role_grant)",
  ).run()
  // as the worker does, which carries the log over between its steps
  leaveCheckpoints()
  return file
}

/** Reads a file through, so that the system holds it in memory as it does on a server that has run for a while. */
function warm(file: string) {
  const piece = Buffer.alloc(8 * 1024 * 1024)
  const descriptor = openSync(file, 'r')
  while (readSync(descriptor, piece) > 0);
  closeSync(descriptor)
}

const unitIds = (kind: string) =>
  (prepared('select id from unit where kind = ? and guard_path is null order by id').all(kind) as { id: number }[]).map(
    row => row.id,
  )

/** Account numbers by what they may do, as the generator gave roles out. */
const officesFrom = () => (prepared('select count(*) as n from unit').get() as { n: number }).n * 2
const OFFICES = ['campaign_office', 'home_affairs', 'province_leader', 'inspector', 'auditor']
const office = (role: string) => officesFrom() + 1 + OFFICES.indexOf(role)

function pagesOf(cookies: ReadonlyMap<number, string>): Page[] {
  const leader = cookies.get(office('province_leader')) ?? ''
  const police = cookies.get(office('campaign_office')) ?? ''
  const district = unitIds('district')[0]
  const commune = unitIds('commune')[0] ?? 0
  const head = (
    prepared("select account_id as id from role_grant where role = 'head' and unit_id = ?").get(commune) as {
      id: number
    }
  ).id
  const official = cookies.get(officesFrom() + 100) ?? ''
  const headOf = (unitId: number) =>
    cookies.get(
      prepared<number>("select account_id from role_grant where role = 'head' and unit_id = ?").pluck().one(unitId),
    ) ?? ''
  const home = (whose: string, cookie: string): Page => ({
    name: `home of ${whose}`,
    path: '/',
    cookie,
    isBoard: true,
    isHome: true,
  })
  return [
    home('an official', official),
    home('the head of a commune', headOf(commune)),
    home('the head of a district', headOf(district ?? 0)),
    home('the campaign office', police),
    home('home affairs', cookies.get(office('home_affairs')) ?? ''),
    home('the leaders of the province', leader),
    home('an inspector', cookies.get(office('inspector')) ?? ''),
    home('an auditor', cookies.get(office('auditor')) ?? ''),
    { name: 'board of the province', path: '/tong-hop', cookie: leader, isBoard: true },
    { name: 'board of a district', path: `/don-vi/${district}`, cookie: leader, isBoard: true },
    { name: 'board of a commune', path: `/don-vi/${commune}`, cookie: cookies.get(head) ?? '', isBoard: true },
    { name: 'board of a locality', path: '/dia-ban/70', cookie: leader, isBoard: true },
    { name: 'staff of the province', path: '/don-vi/1/nguoi-thuc-hien', cookie: police, isBoard: false },
    {
      name: 'staff of a commune',
      path: `/don-vi/${commune}/nguoi-thuc-hien`,
      cookie: cookies.get(head) ?? '',
      isBoard: false,
    },
    {
      name: 'queue of a commune',
      path: `/don-vi/${commune}/xac-nhan`,
      cookie: cookies.get(head) ?? '',
      isBoard: true,
    },
    { name: 'own records', path: '/ho-tro', cookie: official, isBoard: false },
    { name: 'assessment', path: '/danh-gia', cookie: cookies.get(office('home_affairs')) ?? '', isBoard: true },
  ]
}

function castOf(file: string, cookies: ReadonlyMap<number, string>): Cast {
  const first = officesFrom() + 100
  return {
    officials: [...cookies].filter(([id]) => id >= first).map(([, cookie]) => cookie),
    leader: cookies.get(office('province_leader')) ?? '',
    units: [...unitIds('district'), ...unitIds('commune')],
    queues: queuesOf(file, cookies),
  }
}

/** Backs the database up in a process of its own; how long that took (ms). */
function backUpElsewhere(database: string): Promise<number> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'scripts/bench/backing-up.ts', database, join(WORK, 'backups')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
    })
    child.on('exit', code => (code === 0 ? resolve(Number(said)) : reject(new Error(`the backup ended with ${code}`))))
  })
}

const BENCH_SERVER = ['--import', 'tsx', 'scripts/bench/server.ts']
const SERVER = ['build/server/main.js']

const report = new Report(size)
let file = await freshCopy(size)
if (isOn('database')) measureDatabase(report, { ...size, units: officesFrom() / 2 })
const cookies = signIn(file, 1, officesFrom() + 3000)

if (isOn('pages') || isOn('growth') || isOn('writes')) {
  const server = await startServer(BENCH_SERVER, { port: PORT, folder: WORK, processes: 1 })
  const large =
    isOn('pages') || isOn('growth') ? await measurePages(report, PORT, pagesOf(cookies)) : new Map<string, number>()
  if (isOn('writes')) await measureWrites(report, PORT, castOf(file, cookies))
  await server.stop()
  if (isOn('pages')) {
    const whole = await startServer(SERVER, { port: PORT, folder: WORK, processes: 2 })
    await measureCrowd(report, PORT, pagesOf(cookies))
    await whole.stop()
  }
  if (isOn('growth')) {
    const small = { ...size, officials: size.officials / 10, records: size.records / 10 }
    file = await freshCopy(small)
    const few = signIn(file, 1, officesFrom() + 3000)
    const beside = await startServer(BENCH_SERVER, { port: PORT, folder: WORK, processes: 1 })
    const quiet = new Report(small)
    const parts = await measurePages(
      quiet,
      PORT,
      pagesOf(few).filter(page => page.isBoard),
    )
    for (const [name, ms] of parts)
      report.note('growth', `${name}: database at ten times the records`, (large.get(name) ?? 0) / ms, '×', {
        most: 1.2,
      })
    await beside.stop()
    file = await freshCopy(size)
    signIn(file, 1, officesFrom() + 3000)
  }
}

if (isOn('long')) {
  measureReading(report, 500_000)
  const coordinator = (
    prepared("select account_id as id from role_grant where role = 'coordinator' order by id limit 1").get() as {
      id: number
    }
  ).id
  await measureRoster(report, personAt(coordinator), 30_000)
}

if (isOn('mix') || isOn('overload')) {
  const police = personAt(office('campaign_office'))
  const extractId = isOn('mix') ? await stageExtract(report, police, ROWS) : 0
  const cast = castOf(file, cookies)
  const next = mixOf(cast)
  const server = await startServer(SERVER, { port: PORT, folder: WORK, processes: 2 })
  report.note('process', 'start until it answers', server.startedMs / 1000, 's', { most: 3 })
  await measureMix(report, server, next, { rate: 150, ms: 5000, name: 'warm' })
  if (isOn('mix')) {
    await measureMix(report, server, next, { rate: 150, ms: MIX_MS, name: 'mixed load' })
    // half of that beside long work: two cores have no more to give
    const applied = applyElsewhere(police, extractId)
    for (const rate of [75, 150])
      await measureMix(report, server, next, { rate, ms: MIX_MS, name: 'mixed load while an extract is applied' })
    report.note('mixed load while an extract is applied', `${ROWS} rows applied`, await applied, 's', { most: 90 })
    const backup = backUpElsewhere(file)
    await measureMix(report, server, next, { rate: 75, ms: MIX_MS, name: 'mixed load while a backup runs' })
    report.note('mixed load while a backup runs', 'backup', (await backup) / 1000, 's')
    const again = backUpElsewhere(file)
    await measureMix(report, server, next, { rate: 150, ms: MIX_MS, name: 'mixed load while a backup runs' })
    await again
  }
  memoryOf(server).forEach((mb, n) => {
    report.note(
      'process',
      n === 0 ? 'memory of the first process (long work)' : `memory of web process ${n}`,
      mb,
      'MB',
      { most: 400 },
    )
  })
  if (isOn('overload')) await measureOverload(report, server, next, OVERLOAD_MS)
  await server.stop()
}

const holds = new Map<string, number[]>()
const listen = (prefix: string) =>
  listenToHolds((kind, ms) => {
    const known = holds.get(`${prefix}${kind}`)
    if (known) known.push(ms)
    else holds.set(`${prefix}${kind}`, [ms])
  })

if (isOn('holds')) {
  file = await freshCopy(size)
  const police = personAt(office('campaign_office'))
  const coordinator = personAt(
    prepared("select account_id from role_grant where role = 'coordinator' order by id limit 1")
      .pluck()
      .get() as number,
  )
  listen('2,000 people at once: ')
  await measureRoster(report, coordinator, 2000, 8)
  listen('')
  await measureRoster(report, coordinator, 10_000, 7)
  await importLists()
  await drawProvince(police)
  const alone = await stageExtract(report, police, ROWS)
  const start = performance.now()
  startApplying(police, CAMPAIGN, alone)
  await doJobs()
  report.note('long work', `extract of ${ROWS} rows: applied alone`, (performance.now() - start) / 1000, 's', {
    most: 90,
  })
  const started = startClosing(police, CAMPAIGN, { reason: 'rehearsal', note: '' })
  if (!started.ok) throw new Error(started.problem)
  await doJobs()
  startJob({ kind: 'system' }, 'rejudge', { campaignId: CAMPAIGN })
  if (process.env.REJUDGE === '1') await doJobs()
  else prepared("update job set state = 'done' where state = 'queued'").run()
  startUndoing(police, CAMPAIGN, alone)
  await doJobs()
  await destroyCampaignKeys(police)
  reportHolds(report, holds, new Set(['other', '2,000 people at once: other', '2,000 people at once: roster_apply']))
}

if (isOn('start') || isOn('beside')) {
  file = await freshCopy(size)
  const police = personAt(office('campaign_office'))
  const everyone = signIn(file, 1, officesFrom() + 3000)
  const extractId = isOn('beside') && isMeasured('extract') ? await stageExtract(report, police, ROWS) : 0
  const next = mixOf(castOf(file, everyone))
  if (isOn('start')) {
    // the caller's own code gets warm on an earlier start, and the day's figures are published during it
    const earlier = await startServer(SERVER, { port: PORT, folder: WORK, processes: 2 })
    await measureMix(report, earlier, next, { rate: 150, ms: MIX_MS, name: 'warm' })
    await earlier.stop()
  }
  const started = () => startServer(SERVER, { port: PORT, folder: WORK, processes: 2 })
  if (isOn('start')) await measureFirstMinute(report, started, { rate: 150, ms: MIX_MS, next })
  if (isOn('beside')) {
    const server = await started()
    await measureMix(report, server, next, { rate: 75, ms: 10_000, name: 'warm' })
    await measureBeside(
      report,
      server,
      { rate: 75, ms: 20_000, next },
      {
        police,
        extractId,
        backUp: () => backUpElsewhere(file),
        exporter: everyone.get(office('home_affairs')) ?? '',
      },
    )
    await server.stop()
  }
}

closeDatabase()
rmSync(WORK, { recursive: true, force: true })
const base = report.write()
process.stdout.write(`${base}.md\n${base}.json\n`)
if (!report.isReached) process.exitCode = 1
