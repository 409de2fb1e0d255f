import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY, issue, listOf } from '#tests/authority.ts'
import { idsOfAll, sessionCookie, urlOf } from '#tests/e2e/person.ts'
import { isLoaded } from '#tests/e2e/province.ts'
import { ROUTE_ACCESS } from '#tests/e2e/route-access.ts'
import { bodiesFor, JSON_BODIES, type Shaped, tokenBodies } from '#tests/fuzz/heavy-bodies.ts'
import { formsIn } from '#tests/fuzz/page-forms.ts'
import { type Field, send } from '#tests/fuzz/requests.ts'
import { signed } from '#tests/signed-pdf.ts'

/**
 * Measures how long single requests hold the event loop of a built server with the synthetic province. It asks for each
 * page of each role, and sends the heaviest bodies that each form takes. A request that exceeds its limit is repeated,
 * and the median of five counts. `npm run test:hold`, or with a word: the cases whose name has it. Needs `npm run
 * build`; listens on PORT (3197).
 */
const LIMITS_MS = { nobody: 50, somebody: 250 }
const REPEATS = 5
const SHOWN = 12
const PORT = Number(process.env.PORT ?? 3197)
const word = process.argv[2] ?? ''

const say = (line: string) => void process.stdout.write(`${line}\n`)
const dataDir = mkdtempSync(join(tmpdir(), 'hold-'))
process.env.E2E_DATABASE = join(dataDir, 'demo.sqlite')
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

function startServer(): ChildProcess {
  return spawn(process.execPath, ['--import', './scripts/hold-meter.mjs', 'build/server/main.js'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DEMO: '1',
      PORT: String(PORT),
      DATA_DIR: dataDir,
      MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}

const server = startServer()

/** The longest hold since the last `begin`. */
const meter = (asked: 'begin' | 'read') =>
  new Promise<number>(resolve => {
    server.once('message', (told: { ms: number }) => resolve(told.ms))
    server.send(asked)
  })

type Case = {
  name: string
  login: string
  method: string
  path: string
  body?: Shaped
  /** of a form with files, in place of `body` */
  fields?: Field[]
  headers?: Record<string, string>
}
type Held = { name: string; login: string; ms: number; status: number }

const cookies = new Map<string, string>()
function cookieOf(login: string): string | undefined {
  if (login === 'nobody') return undefined
  const known = cookies.get(login)
  if (known !== undefined) return known
  const { name, value } = sessionCookie(login)
  cookies.set(login, `${name}=${value}`)
  return cookies.get(login)
}

/** Asks once; the hold, and the answer's status (0: the connection was closed). */
async function hold({ name, login, method, path, body, fields, headers = {} }: Case): Promise<Held> {
  const cookie = cookieOf(login)
  await meter('begin')
  const raw = body ? { kind: 'raw' as const, type: body.type, text: body.text() } : { kind: 'none' as const }
  const sent = { login, route: '', method, path, headers, body: fields ? { kind: 'multipart' as const, fields } : raw }
  const { status } = await send(sent, { port: PORT, agent, cookie }).catch(() => ({ status: 0 }))
  await new Promise(resolve => setTimeout(resolve, 5))
  return { name, login, ms: await meter('read'), status }
}

const shown = ({ name, login, ms, status }: Held) => `${ms.toFixed(0).padStart(7)} ms  ${status}  ${login}  ${name}`
const limitOf = (login: string) => (login === 'nobody' ? LIMITS_MS.nobody : LIMITS_MS.somebody)
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

/** A case's hold; where the first is above the limit, the median of five. */
async function measure(one: Case): Promise<Held> {
  const first = await hold(one)
  if (first.ms <= limitOf(one.login)) return first
  const all = [first.ms]
  while (all.length < REPEATS) all.push((await hold(one)).ms)
  return { ...first, ms: median(all) }
}

/** The pages that each role opens; with `.data`, as the pages' own script asks for them. */
function pages(): Case[] {
  const ids = idsOfAll()
  return ROUTE_ACCESS.filter(({ posts }) => !posts).flatMap(row => {
    const path = urlOf(row, ids)
    const login = row.opens?.split(' ').at(-1) ?? 'nobody'
    return ['nobody', login].map(asker => ({ name: `GET ${path}`, login: asker, method: 'GET', path }))
  })
}

/** Every form that a page shows to somebody, with the heaviest bodies that its address takes. */
async function posts(opened: readonly Case[]): Promise<Case[]> {
  const found = new Map<string, Case[]>()
  for (const { login, path } of opened) {
    const none = { kind: 'none' as const }
    const sent = { login, route: '', method: 'GET', path, headers: {}, body: none }
    const { text } = await send(sent, { port: PORT, agent, cookie: cookieOf(login) })
    for (const form of formsIn(text, path)) {
      const to = form.path.split('?')[0] ?? ''
      if (found.has(to) || to === '/dang-xuat') continue
      found.set(
        to,
        bodiesFor(to, form.controls).map(body => ({
          name: `POST ${to} ${body.name}`,
          login,
          method: 'POST',
          path: to,
          body,
        })),
      )
    }
  }
  return [...found.values()].flat()
}

/** Returns requests that no page's form sends: scripts' JSON, the API, addresses without a form, other verbs. */
function others(): Case[] {
  const post = (login: string, path: string, bodies: readonly Shaped[], headers = {}): Case[] =>
    bodies.map(body => ({ name: `POST ${path} ${body.name}`, login, method: 'POST', path, body, headers }))
  const plain = [{ name: 'login', isFile: false, values: ['a'] }]
  return [
    ...post('canbo', '/ho-tro/gui', JSON_BODIES),
    ...post('nobody', '/ho-tro/gui', JSON_BODIES),
    ...post('nobody', '/api/v1/indicators/figures', JSON_BODIES),
    ...post('nobody', '/api/v1/extracts', tokenBodies()),
    ...post('nobody', '/dang-nhap/pin', bodiesFor('/dang-nhap/pin', plain)),
    ...post('nobody', '/x/ABCD-EFGH-JKMN-PQRS', bodiesFor('/x', plain)),
    ...post('nobody', '/doi-chieu/moi', bodiesFor('/doi-chieu/moi', plain)),
    ...['/khong-co', '/__manifest', '/cong-khai', '/x', '/dang-nhap'].map(path => {
      const search = Array.from({ length: 1_200 }, (_, n) => `p=%2Fa${n}`).join('&')
      return { name: `GET ${path} with a long query`, login: 'nobody', method: 'GET', path: `${path}?${search}` }
    }),
  ]
}

/** Signatures in a pledge of 512 KB, and certificates on a list of 5 MB: as many as fit. */
const SIGNATURES = 16
const WITHDRAWN = 110_000

/** What is heavy about files that are read for their signatures: many of them, and a long list of withdrawn certificates. */
async function signedFiles(): Promise<Case[]> {
  const login = 'canbo'
  const answer = await fetch(`http://127.0.0.1:${PORT}/cam-ket.pdf`, { headers: { Cookie: cookieOf(login) ?? '' } })
  const years = { from: Date.now() - 1000 * DAY, to: Date.now() + 1000 * DAY }
  const issuer = issue({ subject: { CN: 'Gốc thử' }, ...years, isIssuer: true })
  let file: Buffer = Buffer.from(await answer.arrayBuffer())
  for (let n = 0; n < SIGNATURES; n++) {
    const [left, bottom] = [75 + (n % 4) * 105, 70 + Math.floor(n / 4) * 15]
    const signer = issue({ subject: { CN: `Người ${n}` }, issuer, ...years })
    file = signed(file, signer, { rect: [left, bottom, left + 100, bottom + 12], message: { along: [issuer] } })
  }
  const withdrawn = Array.from({ length: WITHDRAWN }, (_, n) => ({
    identity: { ...issuer, serial: Buffer.from(`4100${n.toString(16).padStart(12, '0')}`, 'hex') },
    at: years.from,
  }))
  const list = listOf(issuer, withdrawn, years)
  const part = (name: string, bytes: Buffer, type: string): Field => ({ name, file: bytes, fileName: 'tep', type })
  const of = (name: string, path: string, who: string, fields: Field[]): Case => ({
    name,
    login: who,
    method: 'POST',
    path,
    fields,
  })
  return [
    of('POST /cam-ket/ky-so of many signatures', '/cam-ket/ky-so', login, [part('file', file, 'application/pdf')]),
    of('POST /quan-tri/chung-thu-goc with a long list', '/quan-tri/chung-thu-goc', 'quantri', [
      { name: 'step', text: 'list' },
      part('list', list, 'application/pkix-crl'),
      part('certificate', issuer.der, 'application/x-x509-ca-cert'),
    ]),
  ]
}

let isStopping = false
server.on('exit', code => {
  if (isStopping) return
  say(`the server ended: ${code}`)
  process.exit(1)
})
try {
  await isLoaded(server, process.env.E2E_DATABASE)
  const opened = pages()
  // what is compiled at its first use is not what is measured
  for (const one of opened) await hold(one)
  const cases = [...opened, ...(await posts(opened)), ...others(), ...(await signedFiles())].filter(({ name }) =>
    name.includes(word),
  )
  const held: Held[] = []
  say(`${cases.length} cases`)
  for (const one of cases) {
    const found = await measure(one)
    held.push(found)
    if (found.ms > limitOf(one.login)) say(shown(found))
  }
  held.sort((a, b) => b.ms / limitOf(b.login) - a.ms / limitOf(a.login))
  for (const kind of ['nobody', 'somebody'] as const) {
    const own = held.filter(({ login }) => (login === 'nobody') === (kind === 'nobody'))
    say(`${kind}: ${own.length} requests, limit ${LIMITS_MS[kind]} ms; the longest holds:`)
    for (const one of own.slice(0, SHOWN)) say(shown(one))
  }
  const over = held.filter(({ login, ms }) => ms > limitOf(login))
  say(`${held.length} requests, ${over.length} held the event loop for too long`)
  if (over.length > 0 || held.length === 0) process.exitCode = 1
} finally {
  isStopping = true
  agent.destroy()
  const stopped = new Promise(resolve => server.once('exit', resolve))
  server.kill('SIGTERM')
  await stopped
  rmSync(dataDir, { recursive: true, force: true })
}
