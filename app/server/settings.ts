import { join, resolve } from 'node:path'
import { type ProviderSettings, providerSettings } from '#app/access/provider.server.ts'
import { mailSettings } from '#app/jobs/mail.server.ts'
import { MasterKeyProblem, readMasterKey } from '#db/master-key.server.ts'

/** What the process is told by its environment; see the table in the README. */
export type Settings = {
  isDemo: boolean
  host: string
  port: number
  dataDir: string
  databaseFile: string
  publicUrl: string
  masterKey: string | undefined
  /** where the campaign clock starts in a demo (ms); undefined: the real clock */
  campaignStartsAt: number | undefined
  isBehindProxy: boolean
  /** web processes that share the port; with more than one, another beside them does the long work */
  processes: number
  /** whether reminders go out by mail */
  hasMail: boolean
  /** `keep` 0: none is made at night */
  backups: { folder: string; keep: number }
  logLevel: string
  /** who sends this as a bearer may read /metrics from elsewhere; undefined: only this machine may */
  metricsToken?: string | undefined
  /** whether privileged roles sign in with a second factor */
  asksFactor: boolean
  /** the province's sign-in; undefined: none */
  provider: ProviderSettings | undefined
}

const DEMO_START = '2024-06-12T09:00+07:00'

/** Reads the settings; a demo listens on loopback only. Throws where APP_NOW is not a date, mail or the
 * province's sign-in is half set up, or no master key can be read. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const isDemo = env.DEMO === '1'
  const port = Number(env.PORT ?? 3000)
  const dataDir = resolve(env.DATA_DIR ?? './data')
  const now = env.APP_NOW ?? (isDemo ? DEMO_START : undefined)
  const campaignStartsAt = now === undefined ? undefined : Date.parse(now)
  if (Number.isNaN(campaignStartsAt)) throw new Error(`APP_NOW is not a date and time: ${now}`)
  const host = isDemo ? '127.0.0.1' : (env.HOST ?? '127.0.0.1')
  return {
    isDemo,
    host,
    port,
    dataDir,
    databaseFile: join(dataDir, isDemo ? 'demo.sqlite' : 'campaign.sqlite'),
    publicUrl: env.PUBLIC_URL ?? `http://${host}:${port}`,
    masterKey: readMasterKey(env),
    campaignStartsAt,
    backups: { folder: resolve(env.BACKUP_DIR ?? join(dataDir, 'backups')), keep: Number(env.BACKUP_KEEP ?? 14) },
    hasMail: mailSettings(env) !== undefined,
    isBehindProxy: env.TRUST_PROXY === '1',
    processes: Math.max(1, Math.floor(Number(env.PROCESSES ?? 1)) || 1),
    logLevel: env.LOG_LEVEL ?? 'info',
    metricsToken: env.METRICS_TOKEN || undefined,
    asksFactor: (env.SECOND_FACTOR ?? (isDemo ? 'off' : 'on')) !== 'off',
    provider: providerSettings(env),
  }
}

/** The settings of this process. Where there is no reading the master key, says why and ends the process with 1. */
export function ownSettings(): Settings {
  try {
    return readSettings(process.env)
  } catch (error) {
    if (!(error instanceof MasterKeyProblem)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}
