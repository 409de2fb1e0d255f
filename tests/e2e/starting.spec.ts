import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './person.ts'
import { MASTER_KEY } from './server-process.ts'

const PORT = Number(process.env.E2E_PORT ?? '3187') + 9
const OLD_NODE =
  "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.20.2'}})"

let folder = ''
const started: ChildProcess[] = []

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starting-'))
})

test.afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Runs a command with a province's settings; what it says, and the code that it ends with. */
function run(command: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(command, args, {
    env: {
      ...{ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? folder, NODE_ENV: 'production' },
      ...{ DATA_DIR: folder, PORT: String(PORT), MASTER_KEY, BACKUP_KEEP: '0', ...env },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', text => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    said.err += text
  })
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  return { child, said, ended }
}

const serve = (env: Record<string, string> = {}, flags: string[] = []) =>
  run(process.execPath, [...flags, 'build/server/main.js'], env)

async function isServed(): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${PORT}/healthz`)).ok
  } catch {
    return false
  }
}

for (const processes of ['1', '3'])
  test(`a used port ends ${processes} of ${processes} processes with one sentence`, async () => {
    const other: Server = createServer().listen(PORT, '127.0.0.1')
    const { said, ended } = serve({ PROCESSES: processes })
    expect(await ended).toBe(1)
    other.close()
    expect(said.err).toBe(
      `PORT ${PORT} at 127.0.0.1 is used by another process: end that one, or choose another PORT.\n`,
    )
    expect(said.out).not.toContain('listening')
  })

for (const processes of ['1', '2'])
  test(`listening is logged when ${processes} listen, and SIGTERM ends all`, async () => {
    const { child, said, ended } = serve({ PROCESSES: processes })
    await expect.poll(() => said.out.includes('"listening"'), { timeout: 30_000, intervals: [5] }).toBe(true)
    expect(await isServed()).toBe(true)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(await isServed()).toBe(false)
  })

for (const [name, value, sentence] of [
  ['PORT', 'abc', 'PORT is a whole number from 1 to 65535, not "abc".\n'],
  ['HOST', '192.0.2.7', /^HOST 192\.0\.2\.7 is no address of this machine: [^\n]+\n$/],
  ['MASTER_KEY', 'abc', /^MASTER_KEY is not base64 of 32 bytes\.[^\n]+\n$/],
] as const)
  test(`${name}=${value} is refused in one sentence`, async () => {
    const { said, ended } = serve({ [name]: value })
    expect(await ended).toBe(1)
    if (typeof sentence === 'string') expect(said.err).toBe(sentence)
    else expect(said.err).toMatch(sentence)
  })

test('an old Node.js is refused in one sentence, by the server and by the commands', async () => {
  const sentence = /^Node\.js 22\.12 or later is needed, this is 20\.20\.2: [^\n]+\n$/
  for (const file of ['main.js', 'command.js']) {
    const { said, ended } = run(process.execPath, ['--import', OLD_NODE, `build/server/${file}`, 'check:tallies'])
    expect(await ended).toBe(1)
    expect(said.err).toMatch(sentence)
  }
})

for (const [script, env] of [
  ['start', {}],
  ['demo', { LOG_LEVEL: 'silent' }],
] as const)
  test(`SIGTERM to npm run ${script} stops the server`, async () => {
    test.setTimeout(120_000)
    const { child, said, ended } = run('npm', ['run', script], env)
    await expect.poll(isServed, { timeout: 60_000, message: said.err }).toBe(true)
    child.kill('SIGTERM')
    await ended
    expect(await isServed()).toBe(false)
  })
