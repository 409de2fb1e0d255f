import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSession } from '#app/access/session.server.ts'
import { walkEventChain } from '#app/queries/event-chain.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { closeDatabase, db, openDatabase, prepared } from '#db/client.server.ts'
import { CAMPAIGN, citizenNumber } from '#tests/make.ts'
import { prepareSite, renew } from './crash-write.ts'
import { buildPreload } from './preload-library.ts'

/**
 * What the built server says while its storage fails: a lock held for ten seconds, a full, failing or read-only disk.
 * Pages go on, a record is refused with 503, Retry-After and a sentence, none is acknowledged falsely, and afterwards the
 * same record is saved once. Two servers on one file, too. Needs `npm run build`; listens on PORT (3197) and the next.
 */
const PORT = Number(process.env.PORT ?? 3197)
const LOCK_MS = 10_000
const PAGE = '/ho-tro'
const FORM = '/ho-tro/moi'

const say = (line: string) => process.stdout.write(`${line}\n`)
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
function must(isTrue: boolean, what: string) {
  if (!isTrue) throw new Error(what)
}

const site = await prepareSite()
renew(site)
const library = buildPreload('disk-fault', site.folder)
const faultSwitch = join(site.folder, 'fault')
const children: ChildProcess[] = []
let said = ''

/** Starts a server whose disk the switch makes fail. */
function start(port: number): ChildProcess {
  const child = spawn(process.execPath, ['build/server/main.js'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DEMO: '',
      DATA_DIR: site.folder,
      MASTER_KEY: site.task.masterKey,
      PORT: String(port),
      PUBLIC_URL: addressOf(port),
      LOG_LEVEL: 'warn',
      LD_PRELOAD: library,
      DISK_FAULT_FILE: site.file,
      DISK_FAULT_SWITCH: faultSwitch,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString('utf8')}`.slice(-20_000)
    })
  children.push(child)
  return child
}

const addressOf = (port: number) => `http://127.0.0.1:${port}`

async function untilReady(port: number) {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(`${addressOf(port)}/healthz`).catch(() => undefined)
    if (answer?.ok) return
    await pause(100)
  }
  throw new Error(`the server does not start: ${said}`)
}

let cookie = ''
let saved = 0

const visit = (port = PORT) => fetch(`${addressOf(port)}${PAGE}`, { headers: { Cookie: cookie }, redirect: 'manual' })

/** Sends the form of a new record about citizen `n`, as a browser without scripts does. */
function send(n: number, submissionKey: string, port = PORT) {
  const day = '2024-04-04'
  const body = new URLSearchParams({
    submissionKey,
    citizenName: 'Điểu Thị Mẫu',
    citizenNumber: citizenNumber(n),
    birthYear: '1990',
    localityCode: '25195',
    helpedOn: day,
    place: 'home',
    consentChannel: 'own_phone',
    consent: 'on',
    ...Object.fromEntries(
      ['vneid_installed', 'eid_activated', 'sim_signature'].flatMap(outcome => [
        [`outcome_${outcome}`, 'achieved'],
        [`outcome_${outcome}_on`, day],
      ]),
    ),
  })
  return fetch(`${addressOf(port)}${FORM}`, {
    method: 'POST',
    body,
    headers: { Cookie: cookie, Origin: addressOf(port) },
    redirect: 'manual',
  })
}

const stored = () => prepared('select count(*) from help').pluck().get() as number

async function mustSave(n: number, key: string, port = PORT) {
  const answer = await send(n, key, port)
  must(answer.status === 302, `a record was answered with ${answer.status}: ${(await answer.text()).slice(0, 3000)}`)
  saved += 1
  must(stored() === saved, `${stored()} records are stored instead of ${saved}`)
}

/** Sends a record that cannot be kept now; the sentence that it is refused with. */
async function mustRefuse(n: number, key: string, sentence: RegExp) {
  const answer = await send(n, key)
  const text = await answer.text()
  must(answer.status === 503, `a record that cannot be kept was answered with ${answer.status}: ${said}`)
  must(answer.headers.has('Retry-After'), 'no Retry-After')
  must(sentence.test(text) && text.includes('chưa được ghi nhận'), `not the sentence: ${text.slice(0, 2000)}`)
}

/** Sessions that want renewing, which every request then tries. */
const ageSessions = () => prepared('update session set expires_at = ?').run(Date.now() + 3 * 86_400_000)

async function mustShow() {
  const answer = await visit()
  must(answer.status === 200, `a page was answered with ${answer.status}: ${said}`)
}

/** One fault: pages go on, records are refused, and afterwards the same record is saved, once. */
async function during(
  name: string,
  n: number,
  sentence: RegExp,
  [begin, end]: [() => void, () => void],
  lastsMs: number,
) {
  const key = randomUUID()
  ageSessions()
  begin()
  const until = Date.now() + lastsMs
  let refused = 0
  do {
    await mustShow()
    await mustRefuse(n, key, sentence)
    refused += 1
  } while (Date.now() < until)
  end()
  must(stored() === saved, `${name}: a refused record is there`)
  await mustSave(n, key)
  const again = await send(n, key)
  must(again.status === 302 && stored() === saved, `${name}: the record was saved twice`)
  say(
    `${name}: ${refused} records refused with 503 and a sentence, pages shown meanwhile, none stored; then saved once`,
  )
}

const turnTo = (word: string): [() => void, () => void] => [
  () => writeFileSync(faultSwitch, word),
  () => rmSync(faultSwitch),
]

try {
  must(existsSync('build/server/main.js'), 'run `npm run build` first')
  openDatabase(site.file)
  const [person] = site.task.people
  const account = person?.actor.accountId ?? 0
  cookie = (
    (await startSession(account, { campaignId: CAMPAIGN, userAgent: 'faults', isProven: true })).split(';')[0] ?? ''
  ).trim()
  saved = stored()
  start(PORT)
  await untilReady(PORT)
  await mustShow()
  await mustSave(500_000, randomUUID())

  await during('disk full', 500_001, /hết chỗ lưu/, turnTo('full'), 1000)
  await during('disk failing', 500_002, /lỗi khi đọc, ghi/, turnTo('error'), 1000)
  await during(
    'disk read-only under a running server',
    500_003,
    /lỗi khi đọc, ghi|chỉ cho xem/,
    turnTo('read_only'),
    1000,
  )
  const lock: [() => void, () => void] = [() => db.$client.exec('begin immediate'), () => db.$client.exec('rollback')]
  await during('lock held for 10 s by another process', 500_004, /đang bận ghi/, lock, LOCK_MS)

  const second = start(PORT + 1)
  await untilReady(PORT + 1)
  for (let n = 0; n < 20; n++) {
    const answers = await Promise.all([send(500_100 + n, randomUUID()), send(500_200 + n, randomUUID(), PORT + 1)])
    must(
      answers.every(answer => answer.status === 302),
      `two servers: ${answers.map(answer => answer.status).join(', ')}`,
    )
    saved += 2
  }
  must(stored() === saved, 'two servers: a record is missing')
  say('two servers on one file: 40 records sent to both at once, all saved')
  second.kill('SIGTERM')

  must(recount(CAMPAIGN).length === 0, 'the tallies differ from the facts')
  must(walkEventChain('')?.brokenAt === null, 'the chain is broken')
  say('no difference, chain whole')
} finally {
  closeDatabase()
  for (const child of children) child.kill('SIGKILL')
  rmSync(site.folder, { recursive: true, force: true })
}
