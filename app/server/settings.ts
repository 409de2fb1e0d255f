import { join, resolve } from 'node:path'
import { type ProviderSettings, providerSettings } from '#app/access/provider.server.ts'
import { MOST_BACKUP_HOURS } from '#app/domain/backup.ts'
import { mailSettings } from '#app/jobs/mail.server.ts'

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
  /** `keep` 0: none is made by itself; `everyHours` 24: each night at 02:00, fewer: also each so many hours from then */
  backups: { folder: string; keep: number; everyHours: number }
  /** the continuous copy: its folder, or the address of Litestream's own metrics; undefined: there is none */
  replica: ReplicaSettings | undefined
  logLevel: string
  /** who sends this as a bearer may read /metrics from elsewhere; undefined: only this machine may */
  metricsToken?: string | undefined
  /** whether privileged roles sign in with a second factor */
  asksFactor: boolean
  /** the province's sign-in; undefined: none */
  provider: ProviderSettings | undefined
}

/** The folder of a file replica, or the address at which Litestream tells its metrics. */
export type ReplicaSettings = { folder: string } | { metricsUrl: string }

function replicaSettings({ REPLICA_DIR, REPLICA_METRICS }: NodeJS.ProcessEnv): ReplicaSettings | undefined {
  if (REPLICA_DIR) return { folder: resolve(REPLICA_DIR) }
  if (!REPLICA_METRICS) return undefined
  if (!URL.canParse(REPLICA_METRICS) || !/^https?:/.test(REPLICA_METRICS))
    throw new Error(`REPLICA_METRICS is not an address such as http://127.0.0.1:9090/metrics: ${REPLICA_METRICS}`)
  return { metricsUrl: REPLICA_METRICS }
}

function backupHours(text = String(MOST_BACKUP_HOURS)): number {
  const hours = Number(text)
  if (Number.isInteger(hours) && hours >= 1 && hours <= MOST_BACKUP_HOURS) return hours
  throw new Error(`BACKUP_EVERY is not a number of hours from 1 to ${MOST_BACKUP_HOURS}: ${text}`)
}

const DEMO_START = '2024-06-12T09:00+07:00'

/** Reads the settings; a demo listens on loopback only. Throws where APP_NOW is not a date, BACKUP_EVERY no
 * number of hours, or mail or the province's sign-in is half set up. */
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
    masterKey: env.MASTER_KEY,
    campaignStartsAt,
    backups: {
      folder: resolve(env.BACKUP_DIR ?? join(dataDir, 'backups')),
      keep: Number(env.BACKUP_KEEP ?? 14),
      everyHours: backupHours(env.BACKUP_EVERY),
    },
    replica: replicaSettings(env),
    hasMail: mailSettings(env) !== undefined,
    isBehindProxy: env.TRUST_PROXY === '1',
    processes: Math.max(1, Math.floor(Number(env.PROCESSES ?? 1)) || 1),
    logLevel: env.LOG_LEVEL ?? 'info',
    metricsToken: env.METRICS_TOKEN || undefined,
    asksFactor: (env.SECOND_FACTOR ?? (isDemo ? 'off' : 'on')) !== 'off',
    provider: providerSettings(env),
  }
}
