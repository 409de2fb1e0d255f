import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { callerOf } from './client.ts'
import { CAMPAIGN, MASTER_KEY, sessionIdOf } from './province.ts'

const READY_MS = 60_000

export type Running = { port: number; pid: number; startedMs: number; stop: () => Promise<void> }

/** Starts a server on a database folder and waits until it answers; `args` are Node's. */
export async function startServer(
  args: readonly string[],
  { port, folder, processes }: { port: number; folder: string; processes: number },
): Promise<Running> {
  const { call, close } = callerOf(port, 1)
  // else another server would be measured in the place of this one
  if ((await call({ path: '/healthz' })).status !== 0) throw new Error(`port ${port} is used by another process`)
  const start = performance.now()
  const child: ChildProcess = spawn(process.execPath, args, {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      DATA_DIR: folder,
      MASTER_KEY,
      PROCESSES: String(processes),
      LOG_LEVEL: 'warn',
      SECOND_FACTOR: 'off',
      BACKUP_KEEP: '0',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  while ((await call({ path: '/healthz' })).status !== 200) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    if (performance.now() - start > READY_MS) throw new Error('the server does not answer')
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  close()
  return {
    port,
    pid: child.pid ?? 0,
    startedMs: performance.now() - start,
    stop: () =>
      new Promise(resolve => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

/** Resident memory (MB) of each process of a server, the first one first. */
export function memoryOf({ pid }: Running): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean)
  return [String(pid), ...children].map(id => {
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))
    return Number(line?.[1] ?? 0) / 1024
  })
}

/** Signs accounts `from`–`to` in: their cookies, by account. */
export function signIn(file: string, from: number, to: number): Map<number, string> {
  const database = new Database(file, { timeout: 5000 })
  const insert = database.prepare(
    'insert or replace into session (id, account_id, campaign_id, expires_at, created_at, user_agent) values (?, ?, ?, ?, ?, ?)',
  )
  const now = Date.now()
  const cookies = new Map<number, string>()
  database.transaction(() => {
    for (let id = from; id <= to; id++) {
      const hash = createHash('sha256').update(sessionIdOf(id)).digest('base64url')
      insert.run(hash, id, CAMPAIGN, now + 7 * 86_400_000, now, 'bench')
      cookies.set(id, `__Host-phien=${sessionIdOf(id)}`)
    }
  })()
  database.close()
  return cookies
}
