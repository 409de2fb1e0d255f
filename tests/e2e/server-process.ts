import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The key of every server that specs start. */
export const MASTER_KEY = Buffer.alloc(32, 7).toString('base64')

/**
 * A server process of its own: outside the demo and on an empty province unless requested differently. `said`: what it
 * has logged so far.
 */
export type ServerProcess = {
  origin: string
  port: number
  folder: string
  database: string
  child: ChildProcess
  said: () => string
  /** waits for the end of the process; its exit code */
  ended: Promise<number | null>
  /** kills it where it still runs, and removes its data */
  drop: () => Promise<void>
}

/** Starts the build below `code` as production does, on the data in `folder`, and waits until it answers. */
export async function startServer(
  env: Record<string, string> = {},
  folder = mkdtempSync(join(tmpdir(), 'server-')),
  code = '.',
): Promise<ServerProcess> {
  const port = Number(env.PORT ?? Number(process.env.E2E_PORT ?? '3187') + 1)
  const child = spawn(process.execPath, [resolve(code, 'build/server/main.js')], {
    cwd: code,
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      DATA_DIR: folder,
      PORT: String(port),
      MASTER_KEY,
      // a night run would back it up immediately, in another process
      BACKUP_KEEP: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
    })
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
  const origin = `http://127.0.0.1:${port}`
  for (let tries = 0; !(await answers(origin)); tries++) {
    if (tries > 300 || child.exitCode !== null) throw new Error(`the server does not start: ${said}`)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  const drop = async () => {
    child.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  return { origin, port, folder, database: join(folder, 'campaign.sqlite'), child, said: () => said, ended, drop }
}

async function answers(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/healthz`)).ok
  } catch {
    return false
  }
}
