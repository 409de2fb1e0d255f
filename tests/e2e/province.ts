import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { MASTER_KEY } from './server-process.ts'

const READY_MS = 300_000

/**
 * Starts the built server on a fresh synthetic province, waits until it is loaded, and stops it after the tests. Where
 * E2E_DATABASE names the file of one that serves already (with the test's key, on its port), that one is used.
 */
export default async function startProvince() {
  if (process.env.E2E_DATABASE) return
  const dataDir = mkdtempSync(join(tmpdir(), 'e2e-'))
  process.env.E2E_DATABASE = join(dataDir, 'demo.sqlite')
  // what journeys and browsers leave behind goes with the province
  process.env.TMPDIR = join(dataDir, 'temporary')
  mkdirSync(process.env.TMPDIR)
  const server = spawn(process.execPath, ['build/server/main.js'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DEMO: '1',
      PORT: process.env.E2E_PORT ?? '3187',
      DATA_DIR: dataDir,
      MASTER_KEY,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await isLoaded(server, process.env.E2E_DATABASE)
  return async () => {
    const stopped = new Promise(resolve => server.once('exit', resolve))
    server.kill('SIGTERM')
    await stopped
    rmSync(dataDir, { recursive: true, force: true })
  }
}

export async function isLoaded(server: ChildProcess, file: string) {
  const end = Date.now() + READY_MS
  while (Date.now() < end) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`)
    const state = loadState(file)
    if (state === 'done') return
    if (state === 'failed') throw new Error('the synthetic province could not be loaded')
    await new Promise(resolve => setTimeout(resolve, 250))
  }
  throw new Error('the synthetic province was not loaded in time')
}

function loadState(file: string): string | undefined {
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true })
    try {
      const row = database.prepare("select state from job where kind = 'demo_load'").get() as
        | { state: string }
        | undefined
      return row?.state
    } finally {
      database.close()
    }
  } catch {
    return undefined
  }
}
