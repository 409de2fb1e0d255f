import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { idsOfAll, query, sessionCookie, urlOf } from '#tests/e2e/person.ts'
import { isLoaded } from '#tests/e2e/province.ts'
import { LOGINS, ROUTE_ACCESS } from '#tests/e2e/route-access.ts'
import { CANARY } from '#tests/fuzz/hostile-text.ts'
import { checkImporters } from '#tests/fuzz/importers.ts'
import { formsIn, patternOf } from '#tests/fuzz/page-forms.ts'
import { faultOf, PATTERNS, type SeenForm, type Sent, send, someRequest, type World } from '#tests/fuzz/requests.ts'

/**
 * Sends hostile requests to every route of a built server with the synthetic province, signed out and as every role. It
 * also sends hostile files to every importer. `npm run test:fuzz [REQUESTS] [FILES] [SEED]`; a printed seed runs the
 * same cases again. What must hold: no 500, no internals revealed, no answer after 3 s, refusals that a person can
 * read. Also no unhandled rejection, no failed job, and in the log nothing that was sent and no person's name or
 * number.
 */
const [requests = '16000', files = '6000', chosen] = process.argv.slice(2)
const seed = chosen === undefined ? Date.now() & 0x7fffffff : Number(chosen)
const PORT = Number(process.env.E2E_PORT ?? 3187)
const LANES = 8
/** What these routes do ends the campaign or moves its clock: they come last. */
const FINAL = /^(ngay-mau|ket-thuc)/
/** Cases between two looks whether everybody is still signed in. */
const RENEW = 300

const say = (line: string) => void process.stdout.write(`${line}\n`)
const dataDir = mkdtempSync(join(tmpdir(), 'fuzz-'))
process.env.E2E_DATABASE = join(dataDir, 'demo.sqlite')
const faults = new Map<string, string>()
let log = ''
let isStopping = false
/** The requests under way. */
const inFlight = new Set<Sent>()

function startServer(): ChildProcess {
  const server = spawn(process.execPath, ['build/server/main.js'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DEMO: '1',
      PORT: String(PORT),
      DATA_DIR: dataDir,
      MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [server.stdout, server.stderr])
    stream?.on('data', (piece: Buffer) => {
      log += piece.toString()
    })
  server.on('exit', code => {
    if (isStopping) return
    faults.set(
      'the server ended',
      `${code}: ${log.slice(-3000)}\n    while it was asked\n    ${[...inFlight].map(shorten).join('\n    ')}`,
    )
    say(`found: the server ended, ${code}`)
  })
  return server
}

const cookies = new Map<string, string>()
function signEverybodyIn() {
  for (const login of LOGINS) {
    const { name, value } = sessionCookie(login)
    cookies.set(login, `${name}=${value}`)
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: LANES })
const sendAs = (sent: Sent) => send(sent, { port: PORT, agent, cookie: cookies.get(sent.login) })

/** Opens every page once and notes the forms that it shows, and the ids that its addresses are made of. */
async function lookAround(): Promise<World> {
  const ids = idsOfAll()
  const known = new Map<string, string[]>()
  for (const place of Object.values(ids))
    for (const [name, id] of Object.entries(place)) known.set(name, [...(known.get(name) ?? []), String(id)])
  const forms = new Map<string, SeenForm[]>()
  for (const row of ROUTE_ACCESS.filter(({ posts }) => !posts)) {
    const login = row.opens?.split(' ')[0] ?? (row.nobody === 200 ? 'nobody' : undefined)
    if (login === undefined) continue
    const path = urlOf(row, ids)
    const page = await sendAs({ login, route: row.route, method: 'GET', path, headers: {}, body: { kind: 'none' } })
    for (const form of formsIn(page.text, path)) {
      const pattern = patternOf(form.path)
      if (pattern !== undefined) forms.set(pattern, [...(forms.get(pattern) ?? []), { ...form, login }])
    }
  }
  return { ids: known, logins: LOGINS, forms }
}

let sentCount = 0
async function ask(sent: Sent) {
  sentCount += 1
  if (sentCount % RENEW === 0) signEverybodyIn()
  const before = log.length
  if (faults.has('the server ended')) return
  inFlight.add(sent)
  const answer = await sendAs(sent).catch((error: Error) => error)
  if (!faults.has('the server ended')) inFlight.delete(sent)
  const fault = answer instanceof Error ? answer.message : faultOf(sent, answer)
  if (fault === undefined) return
  const signature = `${sent.route} ${sent.method}: ${fault}`
  if (faults.has(signature)) return
  const stack = /"stack":"(.{0,600})/.exec(log.slice(before))?.[1] ?? ''
  throw new Fault(signature, stack)
}

class Fault extends Error {
  constructor(
    readonly signature: string,
    /** what the server's log says about it, if anything */
    readonly trace: string,
  ) {
    super(signature)
  }
}

/** Runs so many cases; each kind of fault is shrunk and noted once, and the remaining cases continue. */
async function runLane(patterns: readonly string[], world: World, lane: { runs: number; seed: number }) {
  let { runs, seed: laneSeed } = lane
  while (runs > 0) {
    const result = await fc.check(fc.asyncProperty(someRequest(patterns, world), ask), {
      numRuns: runs,
      seed: laneSeed,
      interruptAfterTimeLimit: 15 * 60_000,
      markInterruptAsFailure: false,
    })
    runs -= result.numRuns
    laneSeed += 1_000_003
    if (!result.failed) return
    const fault = result.errorInstance
    const [sent] = result.counterexample ?? []
    const { signature, trace } = fault instanceof Fault ? fault : new Fault(String(fault), '')
    faults.set(
      signature,
      `${shorten(sent)}
    ${trace}`,
    )
    say(`found: ${signature}`)
  }
}

const shorten = (sent: unknown) =>
  JSON.stringify(sent, (_, value) =>
    value instanceof Uint8Array || value?.type === 'Buffer'
      ? `${value.length ?? value.data.length} bytes`
      : typeof value === 'string' && value.length > 200
        ? `${value.slice(0, 200)}… (${value.length})`
        : value,
  )

async function runRoutes(patterns: readonly string[], world: World, { runs, from }: { runs: number; from: number }) {
  const each = Math.ceil(runs / LANES)
  await Promise.all(
    Array.from({ length: LANES }, (_, lane) => runLane(patterns, world, { runs: each, seed: from + lane })),
  )
}

/** Checks that the log holds nothing that was sent, and no person's name or number. */
function checkLog() {
  const lines = log.split('\n').map(line => line.replace(/"id":"[^"]*"|"time":[^,]*/g, ''))
  const telling = lines.find(line => line.includes(CANARY) || /\d{12}|\b0\d{9}\b/.test(line))
  if (telling) faults.set('the log tells what was sent', telling.slice(0, 300))
  const text = lines.join('\n')
  const names = query<{ name: string }>('select distinct name from official').map(({ name }) => name)
  const named = names.find(name => text.includes(name) || text.includes(encodeURIComponent(name)))
  if (named) faults.set('the log names a person', named)
  const loud = lines.find(line => /unhandled|UnhandledPromise|uncaught|Warning/i.test(line))
  if (loud) faults.set('the log tells of an error that nobody caught', loud.slice(0, 300))
}

function checkJobs() {
  const failed = query<{ kind: string; result: string | null }>("select kind, result from job where state = 'failed'")
  for (const { kind, result } of failed) faults.set(`job ${kind} failed`, String(result).slice(0, 300))
}

say(`seed ${seed}`)
const found = await checkImporters({ numRuns: Number(files), seed })
for (const { importer, fault } of found.faults) faults.set(`importer ${importer}`, fault)
say(`${found.cases} hostile files and texts through ${found.importers} importers`)

const server = startServer()
try {
  await isLoaded(server, process.env.E2E_DATABASE)
  signEverybodyIn()
  const world = await lookAround()
  say(`${PATTERNS.length} routes, ${[...world.forms.values()].flat().length} forms on ${world.forms.size} of them`)
  const early = PATTERNS.filter(pattern => !FINAL.test(pattern))
  await runRoutes(early, world, { runs: Math.round(Number(requests) * 0.95), from: seed })
  await runRoutes(PATTERNS, world, { runs: Math.round(Number(requests) * 0.05), from: seed + LANES })
  if (faults.has('the server ended')) throw new Error('the server ended')
  const alive = await sendAs({
    login: 'nobody',
    route: 'healthz',
    method: 'GET',
    path: '/healthz',
    headers: {},
    body: { kind: 'none' },
  })
  if (alive.status !== 200 || server.exitCode !== null) faults.set('the server is gone', String(alive.status))
  checkLog()
  checkJobs()
} catch (error) {
  faults.set('the run broke off', String(error))
} finally {
  agent.destroy()
  isStopping = true
  const stopped = new Promise(resolve => server.once('exit', resolve))
  if (server.exitCode === null) {
    server.kill('SIGTERM')
    await stopped
  }
  rmSync(dataDir, { recursive: true, force: true })
}
for (const [signature, detail] of faults) say(`\n${signature}\n    ${detail}`)
say(`${sentCount} requests, ${found.cases} files; ${faults.size} kinds of fault; seed ${seed}`)
process.exitCode = faults.size === 0 ? 0 : 1
