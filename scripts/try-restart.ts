import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { MASTER_KEY } from '#tests/e2e/server-process.ts'
import { NAME, writeSample } from './proxy/sample.ts'

/**
 * `npm run test:restart`: runs the shipped change-over.sh behind real nginx, on one data folder, while people request
 * pages and send forms. None of at least 300 requests may fail. A small script replaces `systemctl`, because the
 * testing machine need not run systemd.
 */
const FIRST = Number(process.env.E2E_PORT ?? '3187')
const PORTS = { from: FIRST + 11, to: FIRST + 12, tls: FIRST + 13, http: FIRST + 14 }
const LEAST = 300
const ORIGIN = `https://${NAME}`

const folder = mkdtempSync(join(tmpdir(), 'restart-'))
const at = (name: string) => join(folder, name)
const bin = at('bin')

const SYSTEMCTL = `#!/bin/bash
unit=\${@: -1}; port=\${unit#4phu@}
case $1 in
  start) PORT=$port nohup '${process.execPath}' build/server/main.js >> '${folder}/server-$port.log' 2>&1 & echo $! > '${folder}/'$port.pid ;;
  stop) pid=$(cat '${folder}/'$port.pid); kill -TERM $pid; while kill -0 $pid 2>/dev/null; do sleep 0.1; done ;;
esac
`

function ask(method: 'GET' | 'POST', path: string, body = ''): Promise<number> {
  return new Promise(done => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: PORTS.tls,
        servername: NAME,
        rejectUnauthorized: false,
        agent: false,
        method,
        path,
        headers: {
          Host: NAME,
          Origin: ORIGIN,
          'Content-Type': 'application/x-www-form-urlencoded',
          'Content-Length': body.length,
        },
      },
      answer => {
        answer.resume()
        answer.on('end', () => done(answer.statusCode ?? 0))
        answer.on('error', () => done(0))
      },
    )
    sent.on('error', () => done(0))
    sent.end(body)
  })
}

const env: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `${bin}:${process.env.PATH}`,
  NODE_ENV: 'production',
  DATA_DIR: at('data'),
  MASTER_KEY,
  BACKUP_KEEP: '0',
  PUBLIC_URL: ORIGIN,
  TRUST_PROXY: '1',
  DRAIN_SECONDS: '3',
}

const run = (command: string, args: string[]) =>
  new Promise<number | null>(done => spawn(command, args, { env, stdio: 'inherit' }).once('exit', done))

mkdirSync(bin)
const { command, instance } = writeSample(folder, { serverPort: PORTS.from, tlsPort: PORTS.tls, httpPort: PORTS.http })
writeFileSync(join(bin, 'systemctl'), SYSTEMCTL)
writeFileSync(join(bin, 'nginx'), `#!/bin/bash\nexec /usr/sbin/nginx ${command.join(' ')} "$@"\n`)
for (const name of ['systemctl', 'nginx']) chmodSync(join(bin, name), 0o755)
Object.assign(env, { NGINX_INSTANCE: instance })

await run(join(bin, 'systemctl'), ['start', `4phu@${PORTS.from}`])
const nginx = spawn('/usr/sbin/nginx', command, { stdio: 'inherit' })
const gone = new Promise(done => nginx.once('exit', done))
const counts = new Map<number, number>()
let isOver = false
try {
  for (let tries = 0; (await ask('GET', '/healthz')) !== 200; tries++) {
    if (tries > 600) throw new Error('no server answers')
    await new Promise(done => setTimeout(done, 100))
  }
  const asking = Array.from({ length: 4 }, async (_, person) => {
    for (let n = 0; !isOver; n++) {
      const isForm = (n + person) % 5 === 0
      // a login that no account has: 400 with a sentence, or 429 where it was tried too often
      const status = isForm
        ? await ask('POST', '/kich-hoat', 'code=ABCD&password=x&repeated=x')
        : await ask('GET', n % 2 === 0 ? '/dang-nhap' : '/cong-khai')
      counts.set(status, (counts.get(status) ?? 0) + 1)
      await new Promise(done => setTimeout(done, 25))
    }
  })
  const code = await run(resolve('scripts/deploy/change-over.sh'), [String(PORTS.from), String(PORTS.to)])
  if (code !== 0) throw new Error(`change-over.sh ended with ${code}`)
  const total = () => [...counts.values()].reduce((sum, n) => sum + n, 0)
  while (total() < LEAST) await new Promise(done => setTimeout(done, 100))
  isOver = true
  await Promise.all(asking)
  const refused = [...counts].reduce((sum, [status, n]) => sum + (status === 0 || status >= 500 ? n : 0), 0)
  const said = [...counts].map(([status, n]) => `${n} × ${status}`).join(', ')
  process.stdout.write(`${total()} requests during the change-over (${said}), ${refused} refused\n`)
  if (refused > 0) process.exitCode = 1
} finally {
  isOver = true
  nginx.kill('SIGTERM')
  await gone
  for (const port of [PORTS.from, PORTS.to])
    try {
      process.kill(Number(readFileSync(at(`${port}.pid`), 'utf8')), 'SIGKILL')
    } catch {
      // it has ended
    }
  rmSync(folder, { recursive: true, force: true })
}
