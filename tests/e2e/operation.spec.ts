import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, queryIn, test } from './person.ts'
import { type ServerProcess, startServer } from './server-process.ts'

const TOKEN = 'một-mã-dài-để-đọc-số-đo'.normalize('NFD').replaceAll(/[^\w-]/g, '')
const CODE = 'ABCD-EFGH-JKMN-PQRS'
const PACKAGE = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
const JOURNAL = JSON.parse(readFileSync('db/migrations/meta/_journal.json', 'utf8')) as { entries: { tag: string }[] }

let server: ServerProcess
test.beforeEach(async () => {
  server = await startServer({ METRICS_TOKEN: TOKEN })
})
test.afterEach(() => server.drop())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.origin}${path}`, { headers, redirect: 'manual' })

/** The value of one sample, whatever the order of its labels; undefined where there is none. */
function sampleOf(text: string, name: string, labels: Record<string, string>): number | undefined {
  const wanted = JSON.stringify(Object.entries(labels).sort())
  for (const [, found, inner = '', value] of text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)) {
    const own = [...inner.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, content]) => [label, content])
    if (found === name && JSON.stringify(own.sort()) === wanted) return Number(value)
  }
  return undefined
}

/** One statement on the server's database, beside it. */
const change = (text: string) => queryIn(server.database, text)

test('metrics are told to this machine and to the holder of the token, to nobody through a proxy', async () => {
  await get('/dang-nhap')
  await get(`/x/${CODE}`)
  await fetch(`${server.origin}/dang-nhap`, {
    method: 'POST',
    headers: { Origin: server.origin, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'login=ai&password=sai-mat-khau',
  })
  change(
    `insert into job (kind, input, state, created_at, finished_at) values ('digest', '{}', 'failed', ${Date.now()}, ${Date.now()})`,
  )

  let text = ''
  const sample = (name: string, labels: Record<string, string> = {}) => sampleOf(text, name, labels)
  const count = 'http_request_duration_seconds_count'
  // an answer is counted once it is sent in full, which a client that has its head need not wait for
  await expect(async () => {
    const near = await get('/metrics')
    expect(near.status).toBe(200)
    text = await near.text()
    expect(sample(count, { route: '/dang-nhap', method: 'GET', status: '2xx' })).toBe(1)
    expect(sample(count, { route: '/dang-nhap', method: 'POST', status: '4xx' })).toBe(1)
    expect(sample(count, { route: '/x/:code', method: 'GET', status: '4xx' })).toBe(1)
  }).toPass({ timeout: 10_000 })
  expect(sample('http_requests_in_flight')).toBe(0)
  expect(sample('http_requests_refused_total', { reason: 'overload' })).toBe(0)
  expect(sample('sign_in_failures_total')).toBe(1)
  expect(sample('jobs_failed_last_hour', { kind: 'digest' })).toBe(1)
  expect(sample('job_oldest_queued_seconds')).toBe(0)
  expect(sample('backup_last_ok_timestamp_seconds')).toBe(0)
  expect(sample('backup_failures_total')).toBe(0)
  expect(sample('replica_lag_seconds')).toBeUndefined()
  expect(sample('app_info', { version: PACKAGE.version, schema: JOURNAL.entries.at(-1)?.tag ?? '' })).toBe(1)
  expect(sample('http_request_database_seconds_total', { route: '/dang-nhap' })).toBeGreaterThan(0)
  for (const name of ['database_bytes', 'database_wal_bytes', 'process_resident_memory_bytes'])
    expect(sample(name), name).toBeGreaterThan(0)
  expect(sample('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0)
  expect(text).not.toContain(CODE)

  const through = { 'X-Forwarded-For': '127.0.0.1' }
  expect((await get('/metrics', through)).status).toBe(404)
  expect((await get('/metrics', { ...through, Authorization: `Bearer ${TOKEN}x` })).status).toBe(404)
  expect((await get('/metrics', { ...through, Authorization: `Bearer ${TOKEN}` })).status).toBe(200)
})

test('readiness is told to whoever reads the figures, and a refusal’s reason is logged', async () => {
  await expect.poll(async () => (await get('/readyz')).status).toBe(200)
  expect((await get('/readyz', { 'X-Forwarded-For': '127.0.0.1' })).status).toBe(404)
  const foreign = await fetch(`${server.origin}/dang-nhap`, {
    method: 'POST',
    headers: { Origin: 'https://example.org' },
  })
  expect(foreign.status).toBe(403)
  await expect.poll(() => server.said()).toContain('"refused":"origin"')
})

test('the log names routes and ids, never a code, a query or what was typed into an address', async () => {
  await get(`/x/${CODE}`)
  await get('/x/abcdefghjkmnpqrs.data')
  await get('/ho-tro/12?tim=Nguyen')
  await get('/ho-tro/070090000001')
  await get('/can-bo/Nguyen-Van-Thu')
  await get('/khong-co/Nguyen/070090000001')
  await expect.poll(() => server.said()).toContain('"path":"*"')
  const paths = server
    .said()
    .split('\n')
    .filter(line => line.includes('"path"'))
    .map(line => (JSON.parse(line) as { path: string }).path)
  // an answer's line follows its last byte: the next one's may come before it
  expect(paths.filter(path => path !== '/healthz').sort()).toEqual(
    ['/x/:code', '/x/:code', '/ho-tro/12', '/ho-tro/:helpId', '/can-bo/:officialId', '*'].sort(),
  )
  expect(server.said()).not.toMatch(/Nguyen|070090|abcdefgh/i)
})

test('whoever meets an error is shown the id under which it is logged', async () => {
  change('drop table remembered_device')
  const response = await get('/dang-nhap')
  expect(response.status).toBe(500)
  const id = response.headers.get('X-Request-Id') ?? ''
  expect(id).toMatch(/^[\w-]{36}$/)
  const page = await response.text()
  expect(page).toContain(`<code>${id}</code>`)
  expect(page).not.toMatch(/remembered_device|SqliteError| at /)
  const line = server
    .said()
    .split('\n')
    .find(said => said.includes('"error"'))
  expect(JSON.parse(line ?? '{}')).toMatchObject({
    id,
    error: 'SqliteError',
    message: expect.stringContaining('no such'),
  })
})

test('and so is whoever comes to it from another page', async ({ page }) => {
  const answered = page.waitForResponse(/dang-nhap\.data/)
  await page.goto(`${server.origin}/kich-hoat`)
  change('drop table remembered_device')
  await page.getByRole('main').getByRole('link', { name: 'Đăng nhập', exact: true }).click()
  const id = (await (await answered).allHeaders())['x-request-id'] ?? ''
  await expect(page.getByText('Mã yêu cầu')).toContainText(id)
  expect(server.said()).toContain(`"id":"${id}"`)
})

test('told to stop, it takes nothing new, answers what it has taken, and leaves a whole database file', async () => {
  const body = 'login=ai&password=sai'
  const socket = connect(server.port, '127.0.0.1')
  let answer = ''
  socket.on('data', chunk => {
    answer += chunk.toString('utf8')
  })
  const closed = new Promise(resolve => socket.once('close', resolve))
  socket.write(
    `POST /dang-nhap HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nOrigin: ${server.origin}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
  )
  await expect.poll(async () => (await get('/metrics')).text()).toMatch(/^http_requests_in_flight 1$/m)

  const asked = performance.now()
  server.child.kill('SIGTERM')
  await expect
    .poll(() =>
      get('/healthz').then(
        ({ status }) => status,
        () => 'refused',
      ),
    )
    .toBe('refused')
  socket.write(body.slice(5))
  await closed
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(answer).toContain('chưa đúng')
  expect(await server.ended).toBe(0)
  expect(performance.now() - asked).toBeLessThan(10_000)
  expect(existsSync(`${server.database}-wal`)).toBe(false)
})

test('a folder that takes no backup is told in a sentence, and the server goes on', async () => {
  const spoiled = mkdtempSync(join(tmpdir(), 'spoiled-'))
  writeFileSync(join(spoiled, 'backups'), 'a file, no folder')
  const port = String(server.port + 2)
  const other = await startServer({
    PORT: port,
    BACKUP_DIR: join(spoiled, 'backups'),
    BACKUP_KEEP: '3',
    REPLICA_DIR: spoiled,
  })
  await expect.poll(() => other.said()).toContain('"backup":"failed"')
  const line = other
    .said()
    .split('\n')
    .find(said => said.includes('"backup":"failed"'))
  const { level, sentence } = JSON.parse(line ?? '{}') as { level: number; sentence: string }
  expect(level).toBe(50)
  expect(sentence).toContain('no backup can be made in')
  expect(other.said()).not.toMatch(/ {4}at /)
  const text = await (await fetch(`${other.origin}/metrics`)).text()
  expect(sampleOf(text, 'backup_folder_writable', {})).toBe(0)
  // a copy that holds nothing is as far behind as the province is old
  expect(sampleOf(text, 'replica_lag_seconds', {})).toBeGreaterThan(0)
  await expect
    .poll(async () => sampleOf(await (await fetch(`${other.origin}/metrics`)).text(), 'backup_failures_total', {}))
    .toBe(1)
  await other.drop()
  rmSync(spoiled, { recursive: true })
})
