import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { get } from 'node:http'
import { dirname } from 'node:path'
import { expect, query, sessionCookie, test } from './person.ts'
import { type ServerProcess, startServer } from './server-process.ts'

/** Beside the server of all specs: another one of two web processes, on the same database file. */
const BESIDE = Number(process.env.E2E_PORT ?? '3187') + 7
const FIRST = Number(process.env.E2E_PORT ?? '3187')
const at = (port: number) => `http://127.0.0.1:${port}`

let beside: ServerProcess

test.beforeAll(async () => {
  const env = { DEMO: '1', PORT: String(BESIDE), PROCESSES: '2', LOG_LEVEL: 'silent' }
  beside = await startServer(env, dirname(process.env.E2E_DATABASE ?? ''))
})

test.afterAll(async () => {
  beside.child.kill('SIGTERM')
  expect(await beside.ended).toBe(0)
})

/** Over a connection of its own: one that is kept would die with the process that it leads to. */
function statusOf(port: number, path: string, cookie = ''): Promise<number> {
  return new Promise(resolve => {
    get(at(port) + path, { agent: false, headers: { Cookie: cookie } }, answer => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    }).on('error', () => resolve(0))
  })
}

const webProcesses = () =>
  readFileSync(`/proc/${beside.child.pid}/task/${beside.child.pid}/children`, 'utf8')
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .map(Number)

test('a session begun at one server is known at the other, and ends at both', async () => {
  const { name, value } = sessionCookie('canbo')
  const cookie = `${name}=${value}`
  expect([await statusOf(FIRST, '/', cookie), await statusOf(BESIDE, '/', cookie)]).toEqual([200, 200])
  const left = await fetch(`${at(FIRST)}/dang-xuat`, {
    method: 'POST',
    headers: { Cookie: cookie, Origin: at(FIRST) },
    redirect: 'manual',
  })
  expect(left.status).toBe(302)
  expect([await statusOf(FIRST, '/', cookie), await statusOf(BESIDE, '/', cookie)]).toEqual([302, 302])
})

test('wrong passwords at one server count at the other', async () => {
  const signIn = async (port: number) => {
    const answer = await fetch(`${at(port)}/dang-nhap`, {
      method: 'POST',
      headers: { Origin: at(port), 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ login: 'khong-co-ai-ten-nay', password: 'sai hoàn toàn' }),
    })
    return await answer.text()
  }
  for (const port of [FIRST, BESIDE, FIRST, BESIDE, FIRST]) expect(await signIn(port)).toContain('chưa đúng')
  expect(await signIn(BESIDE)).toContain('Đã thử sai nhiều lần')
  expect(await signIn(FIRST)).toContain('Đã thử sai nhiều lần')
})

test('each job is done once, whoever is there to do it', async () => {
  test.setTimeout(180_000)
  const done = () => query<{ n: number }>("select count(*) as n from event where verb = 'rejudge'")[0]?.n ?? 0
  const before = done()
  query(
    "insert into job (kind, input, state, created_at) values ('rejudge', ?, 'queued', ?)",
    JSON.stringify({ campaignId: 1 }),
    Date.now(),
  )
  const open = () => query<{ n: number }>("select count(*) as n from job where state in ('queued', 'running')")[0]?.n
  await expect.poll(open, { timeout: 150_000 }).toBe(0)
  expect(done() - before).toBe(1)
})

test('the metrics are those of all web processes together, whichever is asked', async () => {
  for (let n = 0; n < 20; n++) expect(await statusOf(BESIDE, '/kich-hoat')).toBe(200)
  const told = async () => {
    const text = await (await fetch(`${at(BESIDE)}/metrics`, { headers: { Connection: 'close' } })).text()
    const count = /^http_request_duration_seconds_count\{route="\/kich-hoat",method="GET",status="2xx"\} (\d+)$/m.exec(
      text,
    )
    const size = /^database_bytes (\d+)$/m.exec(text)
    // of two processes that look at the same file only one reports it
    return {
      count: Number(count?.[1]),
      files: Math.round(Number(size?.[1]) / statSync(process.env.E2E_DATABASE ?? '').size),
    }
  }
  await expect.poll(async () => (await told()).count).toBe(20)
  for (let n = 0; n < 6; n++) expect(await told()).toEqual({ count: 20, files: 1 })
})

/** Whether a process holds the socket on which the server beside listens. */
function isListening(pid: number): boolean {
  const port = BESIDE.toString(16).toUpperCase().padStart(4, '0')
  const sockets = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => local.endsWith(`:${port}`) && state === '0A')
    .map(columns => `socket:[${columns[9]}]`)
  try {
    return readdirSync(`/proc/${pid}/fd`).some(name => sockets.includes(readlinkSync(`/proc/${pid}/fd/${name}`)))
  } catch {
    // it ended meanwhile
    return false
  }
}

/** Kills one of the two web processes once both listen, and returns the process id of it and of the other. */
async function killOne(): Promise<[victim: number, other: number]> {
  await expect.poll(() => webProcesses().filter(isListening).length, { timeout: 40_000 }).toBe(2)
  await expect.poll(() => statusOf(BESIDE, '/healthz')).toBe(200)
  const [victim, other] = webProcesses()
  // a process id of 0 would name the whole group that the tests run in
  if (!victim || !other) throw new Error('the web processes are not both there')
  process.kill(victim, 'SIGKILL')
  return [victim, other]
}

test('a web process that is killed leaves no connection unanswered', async () => {
  test.setTimeout(180_000)
  for (let kill = 0; kill < 3; kill++) {
    const [victim] = await killOne()
    // cut off is an answer; to wait for ever is none
    const waited = new Promise<string>(resolve => setTimeout(() => resolve('waited'), 5000))
    const asked = Array.from({ length: 6 }, () => statusOf(BESIDE, '/healthz'))
    for (const status of asked) expect(await Promise.race([status, waited])).not.toBe('waited')
    await expect.poll(() => webProcesses().includes(victim)).toBe(false)
  }
})

test('a web process that is killed is started again, and the others answer meanwhile', async () => {
  test.setTimeout(120_000)
  const [victim, other] = await killOne()
  await expect.poll(() => webProcesses().includes(victim)).toBe(false)
  for (let n = 0; n < 10; n++) expect(await statusOf(BESIDE, '/healthz')).toBe(200)
  await expect.poll(() => webProcesses().length, { timeout: 20_000 }).toBe(2)
  expect(webProcesses()).toContain(other)
})
