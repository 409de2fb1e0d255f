import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'vite'
import { walkEventChain } from '#app/queries/event-chain.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { confirmHelp } from '#app/queries/help-confirmation.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { closeDatabase, openDatabase, prepared, refreshPlans } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, grantTo, helpForm, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'
import type { WriterTask } from './crash-writer.ts'
import { afterCut, CUTS, putAfterCut, readLogs, underPowerCut } from './power-cut.ts'
import { buildPreload } from './preload-library.ts'

/**
 * Kills processes that write help records, and cuts their power, at random moments. Checks each time that everything
 * acknowledged is there, nothing is half written, and the next process is ready in time.
 */
const WRITERS = 2
const RECORDS = 2000
/** A round is cut off at most this long (ms) after the first acknowledged write. */
const LONGEST_MS = 300
const READY_MS = 5000
/** Tallies are recounted, and the database is copied afresh, only every so many rounds, so that checks stay quick. */
const RECOUNT_EACH = 10
const FRESH_EACH = 25
/** Checkpoints come seldom at the product's 10,000 pages: most rounds have them more often, to be cut off too. */
const CHECKPOINT_PAGES = [50, 200, 1000, 10_000]
const NORMAL_ROUNDS = 20

const say = (line: string) => process.stdout.write(`${line}\n`)
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** Numbers 0–1 that a seed repeats (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Site = {
  folder: string
  base: string
  file: string
  writer: string
  task: Omit<WriterTask, 'first'>
  next: number
}

/** A province with some thousand records, kept as `base`, and the writing program as one file. */
export async function prepareSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'crash-'))
  const base = join(folder, 'base.sqlite')
  const file = join(folder, 'campaign.sqlite')
  makeProvince()
  const unit = unitNamed('Sở Nội vụ')
  const people = Array.from({ length: 20 }, () => makeOfficial(unit.id))
  const head = grantTo(makeOfficial(unit.id).actor, 'head', 1)
  for (let n = 0; n < RECORDS; n++) {
    const { officialId, actor } = people[n % people.length] as (typeof people)[number]
    const made = recordHelp(actor, CAMPAIGN, { officialId, input: { ...helpForm(n), submissionKey: `base-${n}` } })
    if (!made.ok) throw new Error(JSON.stringify(made.problems))
    if (n % 2 === 0) confirmHelp(head, CAMPAIGN, [made.helpId])
  }
  prepared('vacuum into ?').run(base)
  dropProvince()
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { ssr: 'scripts/crash-writer.ts', outDir: folder, emptyOutDir: false, target: 'node20' },
    ssr: { external: ['better-sqlite3'], noExternal: [/^(?!better-sqlite3)/] },
  })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  const task = {
    file,
    masterKey: Buffer.alloc(32, 7).toString('base64'),
    people: people.map(({ officialId, actor }) => ({ officialId, actor })),
    head,
    form: helpForm(0),
    every: WRITERS,
    most: 100_000,
    synchronous: 'FULL' as const,
    checkpointPages: 10_000,
  }
  return { folder, base, file, writer: join(folder, 'crash-writer.js'), task, next: RECORDS }
}

/** Puts the base in the place of the database. */
export function renew({ base, file }: Site) {
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
  copyFileSync(base, file)
}

type Acknowledged = { records: Set<number>; confirmed: Set<number> }

type Writer = { process: ChildProcess; said: Promise<number>; firstAfterMs: Promise<number> }

/** Starts one writer; `hear` gets each line it says. `said`: its exit, once everything it said has been heard. */
export function startWriter(site: Site, task: WriterTask, env: object, hear: (line: string) => void): Writer {
  const started = performance.now()
  const child = spawn(process.execPath, [site.writer], {
    env: { ...process.env, ...env, WRITER_TASK: JSON.stringify(task) },
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: process.cwd(),
  })
  const lines = createInterface({ input: child.stdout })
  const firstAfterMs = new Promise<number>((resolve, reject) => {
    lines.on('line', line => {
      hear(line)
      if (line.startsWith('record')) resolve(performance.now() - started)
    })
    child.once('exit', code => reject(new Error(`a writer ended by itself (${code})`)))
  })
  firstAfterMs.catch(() => undefined)
  const said = Promise.all([
    new Promise<number>(resolve => child.once('exit', code => resolve(code ?? -1))),
    new Promise<void>(resolve => lines.once('close', resolve)),
  ]).then(([code]) => code)
  return { process: child, said, firstAfterMs }
}

function hearInto(acknowledged: Acknowledged) {
  return (line: string) => {
    const [verb, id] = line.split(' ')
    if (verb === 'record') acknowledged.records.add(Number(id))
    if (verb === 'confirm') acknowledged.confirmed.add(Number(id))
  }
}

type Round = { synchronous: 'FULL' | 'NORMAL'; checkpointPages: number; envOf: (writer: number) => object }

/** Lets the writers write and kills them all at a random moment; how long it took until the first write was acknowledged. */
async function writeAndKill(site: Site, acknowledged: Acknowledged, random: () => number, round: Round) {
  const { envOf, ...how } = round
  const writers = Array.from({ length: WRITERS }, (_, n) =>
    startWriter(site, { ...site.task, ...how, first: site.next + n }, envOf(n), hearInto(acknowledged)),
  )
  try {
    const startMs = Math.min(...(await Promise.all(writers.map(writer => writer.firstAfterMs))))
    await pause(random() * LONGEST_MS)
    return startMs
  } finally {
    for (const writer of writers) writer.process.kill('SIGKILL')
    await Promise.all(writers.map(writer => writer.said))
    // further on than any of them came: each record is of a citizen of its own
    site.next += 2000
  }
}

const idsOf = (text: string) => new Set(prepared(text).pluck().all() as number[])

/** Opens the database after a crash and checks it: how long it took, and which acknowledged records are lost. */
function look({ file }: Site, acknowledged: Acknowledged, isRecounted: boolean) {
  const start = performance.now()
  openDatabase(file)
  refreshPlans()
  prepared('select count(*) from help').get()
  const openMs = performance.now() - start
  try {
    if (prepared('pragma integrity_check').pluck().get() !== 'ok') throw new Error('the database is not whole')
    const chain = walkEventChain('')
    if (chain?.brokenAt !== null) throw new Error(`event ${chain?.brokenAt} does not fit`)
    const half = prepared(
      `select count(*) from help h
       where (select count(*) from help_outcome o where o.help_id = h.id) <> 3
          or (select count(*) from event e where e.subject = 'help' and e.subject_id = cast(h.id as text) and e.verb = 'record') <> 1
          or (select count(*) from event e where e.subject = 'help' and e.subject_id = cast(h.id as text) and e.verb = 'confirm')
             <> (h.confirmed_at is not null)`,
    )
      .pluck()
      .get() as number
    if (half > 0) throw new Error(`${half} records are half`)
    const orphans = prepared(
      `select count(*) from event where subject = 'help' and verb = 'record' and cast(subject_id as integer) not in (select id from help)`,
    )
      .pluck()
      .get() as number
    if (orphans > 0) throw new Error(`${orphans} events are about no record`)
    const [difference, ...more] = isRecounted ? recount(CAMPAIGN) : []
    if (difference) throw new Error(`${more.length + 1} differences, first ${JSON.stringify(difference)}`)
    const stored = idsOf('select id from help')
    const confirmed = idsOf('select id from help where confirmed_at is not null')
    const lost = [
      ...[...acknowledged.records].filter(id => !stored.has(id)),
      ...[...acknowledged.confirmed].filter(id => !confirmed.has(id)),
    ].length
    return { openMs, lost }
  } finally {
    closeDatabase()
  }
}

const nobody = (): Acknowledged => ({ records: new Set(), confirmed: new Set() })
const sizeOf = ({ records, confirmed }: Acknowledged) => records.size + confirmed.size

type Harm = {
  name: string
  prepare: () => Omit<Round, 'synchronous' | 'checkpointPages'>
  after: (round: number) => number
}

/** Runs the rounds of one kind of harm and prints what came of them; how many acknowledged writes were lost. */
async function runRounds(site: Site, rounds: number, seed: number, harm: Harm, synchronous: 'FULL' | 'NORMAL') {
  const random = randomOf(seed)
  const sum = { acknowledged: 0, lost: 0, unsynced: 0, readyMs: 0, openMs: 0, recounts: 0 }
  let acknowledged = nobody()
  for (let round = 1; round <= rounds; round++) {
    // lost writes must not be counted again, so after a loss the base is also copied again
    if ((round - 1) % FRESH_EACH === 0 || synchronous === 'NORMAL') {
      renew(site)
      acknowledged = nobody()
    }
    const known = sizeOf(acknowledged)
    const checkpointPages = CHECKPOINT_PAGES[Math.floor(random() * CHECKPOINT_PAGES.length)] as number
    const startMs = await writeAndKill(site, acknowledged, random, { ...harm.prepare(), synchronous, checkpointPages })
    sum.unsynced += harm.after(round)
    const isRecounted = round % RECOUNT_EACH === 0 || round === rounds
    const { openMs, lost } = look(site, acknowledged, isRecounted)
    sum.acknowledged += sizeOf(acknowledged) - known
    sum.recounts += isRecounted ? 1 : 0
    sum.lost += lost
    sum.openMs = Math.max(sum.openMs, openMs)
    sum.readyMs = Math.max(sum.readyMs, openMs + startMs)
    if (synchronous === 'FULL' && lost > 0)
      throw new Error(`${harm.name} ${round}, seed ${seed}: ${lost} acknowledged writes lost`)
    if (sum.readyMs > READY_MS) throw new Error(`${harm.name} ${round}: ready after ${Math.round(sum.readyMs)} ms only`)
  }
  say(
    `${rounds} × ${harm.name} (synchronous=${synchronous}, seed ${seed}): ${sum.lost} of ${sum.acknowledged} acknowledged writes lost, none half, chain whole, ${sum.recounts} recounts without a difference; opened in ≤ ${Math.round(sum.openMs)} ms, next write acknowledged in ≤ ${Math.round(sum.readyMs)} ms${sum.unsynced > 0 ? `; ${sum.unsynced} unsynced writes at stake` : ''}`,
  )
  return sum.lost
}

/** SIGKILL of two writing processes at once, `rounds` times. */
export async function killWriters(rounds: number, seed: number) {
  const site = await prepareSite()
  try {
    await runRounds(
      site,
      rounds,
      seed,
      { name: 'SIGKILL', prepare: () => ({ envOf: () => ({}) }), after: () => 0 },
      'FULL',
    )
  } finally {
    rmSync(site.folder, { recursive: true, force: true })
  }
}

/**
 * Cuts the power under two writing processes, `rounds` times: unsynced writes are lost, or there in part. Then does the
 * same with `synchronous=NORMAL`, under which acknowledged writes must be lost: otherwise nothing was cut.
 */
export async function cutPower(rounds: number, seed: number) {
  const site = await prepareSite()
  const library = buildPreload('power-cut', site.folder)
  const logs = join(site.folder, 'logs')
  const random = randomOf(seed + 1)
  let before = Buffer.alloc(0)
  const harm: Harm = {
    name: 'power cut',
    prepare() {
      rmSync(logs, { recursive: true, force: true })
      mkdirSync(logs)
      before = readFileSync(site.file)
      return { envOf: writer => underPowerCut(library, site.file, logs, `${writer}`) }
    },
    after(round) {
      const left = afterCut(before, readLogs(logs), CUTS[round % CUTS.length] as (typeof CUTS)[number], random)
      putAfterCut(site.file, left)
      return left.unsynced
    },
  }
  try {
    await proveLogs(site, harm)
    await runRounds(site, rounds, seed, harm, 'FULL')
    const lost = await runRounds(site, NORMAL_ROUNDS, seed, harm, 'NORMAL')
    if (lost === 0) throw new Error('synchronous=NORMAL lost nothing: the power cut does not cut')
  } finally {
    rmSync(site.folder, { recursive: true, force: true })
  }

  /**
   * Proves that the library's notes match what happens: a writer that ends normally leaves exactly the file that its
   * log makes.
   */
  async function proveLogs(proved: Site, { prepare }: Harm) {
    renew(proved)
    const { envOf } = prepare()
    const task = { ...proved.task, first: proved.next, most: 200, checkpointPages: 100 }
    proved.next += 2000
    const code = await startWriter(proved, task, envOf(0), () => undefined).said
    if (code !== 0) throw new Error(`a writer ended with ${code}`)
    const entries = readLogs(logs)
    const all = [
      ...entries,
      ...[1, 2].map(file => ({ at: 0n, kind: 3, file, offset: 0, length: 0, bytes: Buffer.alloc(0) })),
    ]
    const made = afterCut(before, all, 'dropped', random)
    const wal = existsSync(`${proved.file}-wal`) ? readFileSync(`${proved.file}-wal`) : null
    if (!made.database?.equals(readFileSync(proved.file)) || (wal ? !made.wal?.equals(wal) : made.wal !== null))
      throw new Error('the log does not make the file: a write was not seen')
  }
}
