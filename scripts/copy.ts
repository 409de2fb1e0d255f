import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { prepared } from '#db/client.server.ts'
import { dropProvince, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'
import { callerOf } from './bench/client.ts'
import { helpPost } from './bench/load.ts'
import { MASTER_KEY } from './bench/province.ts'
import { type Running, signIn, startServer } from './bench/running.ts'
import { findLitestream } from './litestream.ts'

/**
 * `npm run test:copy`: runs the built server with two web processes and Litestream, set up like the sample in
 * `scripts/deploy`. It sends 40 records a second through HTTP. Five times it kills all of them, deletes the database
 * and restores it from the replica alone with the operator's command. It reports how many acknowledged records are lost
 * and how old the oldest is. Then it ends Litestream for a while, checks that the lag is reported, stops everything in
 * order and finds nothing lost. Needs `npm run build`; listens on E2E_PORT and the next port.
 */
const ROUNDS = 5
const PER_SECOND = 40
const PROCESSES = 2
const OFFICIALS = 40
/** A round is cut off somewhere between these. */
const SHORTEST_MS = 6000
const LONGEST_MS = 9000
const WANTED_MS = 2000
const OUTAGE_MS = 6000

const port = Number(process.env.E2E_PORT ?? '3187')
const folder = mkdtempSync(join(tmpdir(), 'copy-'))
const data = join(folder, 'data')
const database = join(data, 'campaign.sqlite')
const replica = join(folder, 'replica')
const config = join(folder, 'litestream.yml')
const litestream = findLitestream()

const say = (line: string) => process.stdout.write(`${line}\n`)
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** A province with officials that are signed in; their cookies. */
function prepare(): string[] {
  mkdirSync(data, { recursive: true })
  mkdirSync(replica, { mode: 0o700 })
  makeProvince()
  const unit = unitNamed('Sở Nội vụ')
  const accounts = Array.from({ length: OFFICIALS }, () => makeOfficial(unit.id).accountId)
  prepared('vacuum into ?').run(database)
  dropProvince()
  const sample = readFileSync('scripts/deploy/4phu-litestream.yml', 'utf8')
  const settings = sample
    .replaceAll('/var/lib/4phu/campaign.sqlite', database)
    .replaceAll('/var/lib/4phu-replica', replica)
    .replace('127.0.0.1:9090', `127.0.0.1:${port + 1}`)
  writeFileSync(config, settings)
  process.env.REPLICA_DIR = replica
  return [...signIn(database, Math.min(...accounts), Math.max(...accounts)).values()]
}

function startCopying(): ChildProcess {
  return spawn(litestream, ['replicate', '-config', config], { stdio: ['ignore', 'ignore', 'inherit'] })
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>(resolve => child.once('exit', () => resolve()))

/** True if a replica of the database exists and is complete enough to restore from. */
const isCopying = () => existsSync(join(replica, 'generations'))

/** Sends records at a steady rate until stopped; returns when each was acknowledged (ms of this process's clock). */
function write(cookies: readonly string[]) {
  const { call, close } = callerOf(port, 64)
  const acknowledged = new Map<string, number>()
  const waiting = new Set<Promise<void>>()
  let [sent, refused, isOver] = [0, 0, false]
  const start = performance.now()
  const sending = setInterval(() => {
    while (!isOver && sent < ((performance.now() - start) / 1000) * PER_SECOND) {
      const post = helpPost(cookies[sent % cookies.length] ?? '')
      sent += 1
      const answer = call(post).then(({ status }) => {
        waiting.delete(answer)
        if (status === 302) acknowledged.set(post.form?.submissionKey ?? '', performance.now())
        else if (!isOver) refused += 1
      })
      waiting.add(answer)
    }
  }, 5)
  return {
    acknowledged,
    /** Stops sending; answers that are under way may still come. */
    cut() {
      isOver = true
      clearInterval(sending)
    },
    async end() {
      await Promise.all(waiting)
      close()
      return { sent, refused }
    },
  }
}

function killAll({ pid }: Running, copying: ChildProcess) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean)
  for (const one of [pid, ...children.map(Number)]) process.kill(one, 'SIGKILL')
  copying.kill('SIGKILL')
}

/** Throws the database away, restores from the replica alone; which of the acknowledged are not there. */
function restoreAndLook(acknowledged: ReadonlyMap<string, number>) {
  rmSync(data, { recursive: true })
  const restored = join(folder, 'restored.sqlite')
  rmSync(restored, { force: true })
  const start = performance.now()
  execFileSync(litestream, ['restore', '-config', config, '-o', restored, database], { stdio: 'inherit' })
  const said = execFileSync(process.execPath, ['build/server/command.js', 'restore', restored], {
    env: { ...process.env, MASTER_KEY, DATA_DIR: data },
    encoding: 'utf8',
  })
  const seconds = (performance.now() - start) / 1000
  // the command itself ends with 1 where the chain, a figure or a page does not fit
  const chain = /\d+ events fit/.exec(said)?.[0]
  if (!chain || !said.includes(' 0 differences')) throw new Error(said)
  const client = new Database(database, { readonly: true })
  const stored = new Set(client.prepare('select submission_key from help').pluck().all() as string[])
  client.close()
  const lost = [...acknowledged].filter(([key]) => !stored.has(key)).map(([, at]) => at)
  return { lost, seconds, chain }
}

async function lagSeconds(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Number(/^replica_lag_seconds (\S+)$/m.exec(text)?.[1] ?? Number.NaN)
}

async function start() {
  const copying = startCopying()
  const server = await startServer(['build/server/main.js'], { port, folder: data, processes: PROCESSES })
  for (let tries = 0; !isCopying(); tries++) {
    if (tries > 600) throw new Error('Litestream begins no copy')
    await pause(50)
  }
  return { copying, server }
}

/** One round of writing and killing; the age of the oldest lost acknowledged record (ms), 0: none is lost. */
async function killUnderLoad(round: number, cookies: readonly string[]): Promise<number> {
  const { copying, server } = await start()
  const writing = write(cookies)
  const lags: number[] = []
  const end = performance.now() + SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS)
  while (performance.now() < end) {
    await pause(300)
    lags.push(await lagSeconds())
  }
  writing.cut()
  const killedAt = performance.now()
  killAll(server, copying)
  await ended(copying)
  const { sent, refused } = await writing.end()
  const { lost, seconds, chain } = restoreAndLook(writing.acknowledged)
  const age = lost.length === 0 ? 0 : Math.max(0, killedAt - Math.min(...lost))
  say(
    `round ${round}: ${sent} sent, ${writing.acknowledged.size} acknowledged, ${refused} refused; killed; ${lost.length} lost, the oldest ${(age / 1000).toFixed(2)} s before; lag told at most ${Math.max(...lags).toFixed(1)} s; restored in ${seconds.toFixed(1)} s, ${chain}, 0 differences`,
  )
  return age
}

/**
 * Ends Litestream under load, checks that the lag is reported, starts it again, and stops everything in the units'
 * order.
 */
async function stopInOrder(cookies: readonly string[]) {
  const { copying, server } = await start()
  const writing = write(cookies)
  await pause(3000)
  copying.kill('SIGKILL')
  await pause(OUTAGE_MS)
  const without = await lagSeconds()
  const again = startCopying()
  const begun = performance.now()
  let after = await lagSeconds()
  while (after > 2 && performance.now() - begun < 30_000) {
    await pause(200)
    after = await lagSeconds()
  }
  const caughtUp = (performance.now() - begun) / 1000
  writing.cut()
  await writing.end()
  await server.stop()
  again.kill('SIGTERM')
  await ended(again)
  const { lost, chain } = restoreAndLook(writing.acknowledged)
  say(
    `Litestream away for ${OUTAGE_MS / 1000} s: lag told ${without.toFixed(1)} s, ${after.toFixed(1)} s again after ${caughtUp.toFixed(1)} s; stopped in order: ${lost.length} of ${writing.acknowledged.size} lost, ${chain}, 0 differences`,
  )
  if (without < OUTAGE_MS / 1000 - 1.5) throw new Error('the lag was not told')
  if (after > 2) throw new Error('the copy did not go on')
  if (lost.length > 0) throw new Error('a stop in order lost what was acknowledged')
}

try {
  const cookies = prepare()
  const ages: number[] = []
  for (let round = 1; round <= ROUNDS; round++) ages.push(await killUnderLoad(round, cookies))
  const oldest = Math.max(...ages)
  say(`oldest lost record of ${ROUNDS} kills: ${(oldest / 1000).toFixed(2)} s (wanted ≤ ${WANTED_MS / 1000} s)`)
  await stopInOrder(cookies)
  if (oldest > WANTED_MS) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
