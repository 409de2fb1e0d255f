import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from '#tests/e2e/server-process.ts'
import { NAME, writeSample } from './proxy/sample.ts'

/**
 * `npm run test:proxy`: tests the sample of nginx in front of the built server, with a certificate of its own. The file
 * is as shipped except for names and ports. An account is activated and used over TLS, and what must not pass does not.
 */
const TLS_PORT = Number(process.env.E2E_PORT ?? '3187') + 2
const HTTP_PORT = TLS_PORT + 1
const ORIGIN = `https://${NAME}`

const folder = mkdtempSync(join(tmpdir(), 'proxy-'))
const at = (name: string) => join(folder, name)

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string }

function ask(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: TLS_PORT,
        servername: NAME,
        ca: readFileSync(at('fullchain.pem')),
        method,
        path,
        headers: { Host: NAME, 'Content-Length': Buffer.byteLength(body), ...headers },
      },
      response => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

const faults: string[] = []
function expect(what: string, holds: boolean, found: unknown) {
  process.stdout.write(`${holds ? 'ok  ' : 'FAIL'} ${what}\n`)
  if (!holds) faults.push(`${what}: ${JSON.stringify(found)}`)
}

const server = await startServer({ PUBLIC_URL: ORIGIN, TRUST_PROXY: '1', SECOND_FACTOR: 'off' })
const { command } = writeSample(folder, { serverPort: server.port, tlsPort: TLS_PORT, httpPort: HTTP_PORT })
const nginx = spawn('nginx', command, { stdio: 'inherit' })
const gone = new Promise(resolve => nginx.once('exit', resolve))
try {
  for (let tries = 0; ; tries++) {
    const isUp = await ask('GET', '/healthz').then(
      ({ status }) => status === 200,
      () => false,
    )
    if (isUp) break
    if (tries > 50) throw new Error('nginx does not answer')
    await new Promise(resolve => setTimeout(resolve, 100))
  }

  const plain = await fetch(`http://127.0.0.1:${HTTP_PORT}/ho-tro`, { redirect: 'manual', headers: { Host: NAME } })
  expect('plain HTTP is sent to TLS', plain.status === 301, plain.status)

  const page = await ask('GET', '/dang-nhap')
  expect('the sign-in page answers over TLS', page.status === 200, page.status)
  const hsts = String(page.headers['strict-transport-security'] ?? '')
  expect('browsers are told to keep to TLS', /max-age=31536000/.test(hsts), hsts)
  expect('nginx does not tell its version', !/\d/.test(String(page.headers.server ?? '')), page.headers.server)

  const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const foreign = await ask('POST', '/dang-nhap', { ...form, Origin: 'https://example.org' }, 'login=a&password=b')
  expect('a write from another site is refused', foreign.status === 403, foreign.status)

  const made = execFileSync(
    process.execPath,
    ['build/server/command.js', 'account:create', 'quantri', 'Quản trị tỉnh'],
    {
      env: { ...process.env, DATA_DIR: server.folder, MASTER_KEY: Buffer.alloc(32, 7).toString('base64'), DEMO: '' },
      encoding: 'utf8',
    },
  )
  const code = /code: (\S+)/.exec(made)?.[1] ?? ''
  const password = 'một câu đủ dài để thử'
  const entered = await ask(
    'POST',
    '/kich-hoat',
    { ...form, Origin: ORIGIN },
    new URLSearchParams({ code, password, repeated: password }).toString(),
  )
  const cookies = [entered.headers['set-cookie'] ?? []].flat()
  expect('an account is activated through the proxy', entered.status === 302 && cookies.length > 0, entered)
  const isSafe = cookies.every(
    cookie => /^__Host-/.test(cookie) && /; Secure/i.test(cookie) && /HttpOnly/i.test(cookie),
  )
  expect('every cookie is __Host-, Secure and HttpOnly', isSafe, cookies)
  const signedIn = await ask('GET', '/tai-khoan', { Cookie: cookies.map(cookie => cookie.split(';')[0]).join('; ') })
  const way = String(signedIn.headers.location ?? '')
  expect('the session is known behind the proxy', signedIn.status < 400 && !way.startsWith('/dang-nhap?'), way)

  const metrics = await ask('GET', '/metrics')
  expect('metrics do not pass', metrics.status === 404, metrics.status)
  const near = await fetch(`${server.origin}/metrics`)
  expect('metrics are told on the machine itself', near.status === 200, near.status)

  const large = await ask('POST', '/doi-chieu/moi', { ...form, Origin: ORIGIN, 'Content-Length': String(67 * 2 ** 20) })
  expect('a body over every limit is refused at the door', large.status === 413, large.status)

  const ready = await ask('GET', '/readyz')
  expect('the reasons why a server is not ready do not pass', ready.status === 404, ready.status)

  const ported = await ask(
    'POST',
    '/dang-nhap',
    { ...form, Host: `${NAME}:8443`, Origin: `${ORIGIN}:8443` },
    'login=ai&password=sai',
  )
  expect('a form from a port other than 443 is read', /chưa đúng/.test(ported.body), ported.body.slice(-300))

  await ask('GET', '/x/ABCD-EFGH-JKMN-PQRS?tim=Nguyen')
  server.child.kill('SIGTERM')
  await server.ended
  const away = await ask('GET', '/dang-nhap')
  const isSaid = away.status === 503 && /khởi động lại/.test(away.body) && away.headers['retry-after'] === '5'
  expect('without a server, nginx says so in Vietnamese and when to come back', isSaid, away)

  const logs = `${readFileSync(at('4phu.log'), 'utf8')}${readFileSync(at('4phu-error.log'), 'utf8')}${server.said()}`
  expect('no log holds a code or a query', !/ABCD-EFGH|Nguyen/.test(logs), logs.slice(-500))
} finally {
  nginx.kill('SIGTERM')
  await gone
  await server.drop()
  rmSync(folder, { recursive: true, force: true })
}
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`)
  process.exitCode = 1
}
