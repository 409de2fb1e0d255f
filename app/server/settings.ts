import { isIP, isIPv6 } from 'node:net'
import { join, resolve } from 'node:path'
import { type ProviderSettings, providerSettings } from '#app/access/provider.server.ts'
import { MOST_BACKUP_HOURS } from '#app/domain/backup.ts'
import { mailSettings } from '#app/jobs/mail.server.ts'
import { readMasterKey } from '#db/master-key.server.ts'

/** The settings from the environment variables; see the table in the README. */
export type Settings = {
  isDemo: boolean
  host: string
  port: number
  dataDir: string
  databaseFile: string
  publicUrl: string
  masterKey: string | undefined
  /** start of the campaign clock in a demo (ms); undefined: the real clock */
  campaignStartsAt: number | undefined
  isBehindProxy: boolean
  /** web processes that share the port; with more than one, another beside them does the long work */
  processes: number
  /** true if reminders are sent by mail */
  hasMail: boolean
  /** `keep` 0: no automatic backups; `everyHours` 24: each night at 02:00, fewer: also at this interval from then */
  backups: { folder: string; keep: number; everyHours: number }
  /** the continuous copy: its folder, or the address of Litestream's own metrics; undefined: no copy is made */
  replica: ReplicaSettings | undefined
  logLevel: string
  /** the bearer token for reading /metrics from elsewhere; undefined: only this machine may read it */
  metricsToken?: string | undefined
  /** true if privileged roles need a second factor */
  asksFactor: boolean
  /** the province's sign-in; undefined: none */
  provider: ProviderSettings | undefined
}

/** The folder of a file replica, or the address at which Litestream tells its metrics. */
type ReplicaSettings = { folder: string } | { metricsUrl: string }

function replicaSettings({ REPLICA_DIR, REPLICA_METRICS }: NodeJS.ProcessEnv): ReplicaSettings | undefined {
  if (REPLICA_DIR) return { folder: resolve(REPLICA_DIR) }
  if (!REPLICA_METRICS) return undefined
  if (!URL.canParse(REPLICA_METRICS) || !/^https?:/.test(REPLICA_METRICS))
    throw new Error(
      `REPLICA_METRICS is an address such as http://127.0.0.1:9090/metrics, not ${JSON.stringify(REPLICA_METRICS)}.`,
    )
  return { metricsUrl: REPLICA_METRICS }
}

const DEMO_START = '2024-06-12T09:00+07:00'
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']
/** More processes than any one machine has cores for. */
const MOST_PROCESSES = 256

/**
 * Reads the settings; a demo listens on loopback only. An empty variable counts as missing. If a setting is invalid,
 * throws a sentence with its name and the valid form. Does the same if mail or the province's sign-in is incomplete.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const isDemo = isOn(env, 'DEMO')
  const port = wholeNumber(env, 'PORT', { preset: 3000, least: 1, most: 65_535 })
  const dataDir = resolve(env.DATA_DIR || './data')
  const host = isDemo ? '127.0.0.1' : hostOf(env)
  return {
    isDemo,
    host,
    port,
    dataDir,
    databaseFile: join(dataDir, isDemo ? 'demo.sqlite' : 'campaign.sqlite'),
    publicUrl: publicUrlOf(env) ?? `http://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    masterKey: readMasterKey(env),
    campaignStartsAt: instantOf(env.APP_NOW || (isDemo ? DEMO_START : undefined)),
    backups: {
      folder: resolve(env.BACKUP_DIR || join(dataDir, 'backups')),
      keep: wholeNumber(env, 'BACKUP_KEEP', { preset: 14, least: 0, most: 10_000 }),
      everyHours: wholeNumber(env, 'BACKUP_EVERY', { preset: MOST_BACKUP_HOURS, least: 1, most: MOST_BACKUP_HOURS }),
    },
    replica: replicaSettings(env),
    hasMail: mailSettings(env) !== undefined,
    isBehindProxy: isOn(env, 'TRUST_PROXY'),
    processes: wholeNumber(env, 'PROCESSES', { preset: 1, least: 1, most: MOST_PROCESSES }),
    logLevel: oneOf(env, 'LOG_LEVEL', LOG_LEVELS) ?? 'info',
    metricsToken: env.METRICS_TOKEN || undefined,
    asksFactor: (oneOf(env, 'SECOND_FACTOR', ['on', 'off']) ?? (isDemo ? 'off' : 'on')) === 'on',
    provider: providerSettings(env),
  }
}

/** Names the variables that said which issuer was a portal's own: they are data now, and are read no more. */
export const formerPortalNames = (env: NodeJS.ProcessEnv): string[] =>
  Object.keys(env).filter(name => /^PORTAL_(NATIONAL|PROVINCIAL)_/.test(name) && env[name])

/**
 * Calls `readSettings` for a process that starts. If one is wrong, prints the problem, sets the exit code to 1 and
 * returns undefined.
 */
export function settingsOrSay(env: NodeJS.ProcessEnv): Settings | undefined {
  try {
    return readSettings(env)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 1
    return undefined
  }
}

/** A setting that is on with `1`. Another word could mean either, and `DEMO` decides whose data is served. */
const isOn = (env: NodeJS.ProcessEnv, name: string) => oneOf(env, name, ['0', '1']) === '1'

function oneOf(env: NodeJS.ProcessEnv, name: string, words: readonly string[]): string | undefined {
  const word = env[name]
  if (!word) return undefined
  if (words.includes(word)) return word
  throw new Error(`${name} is ${words.slice(0, -1).join(', ')} or ${words.at(-1)}, not ${JSON.stringify(word)}.`)
}

function wholeNumber(
  env: NodeJS.ProcessEnv,
  name: string,
  { preset, least, most }: { preset: number; least: number; most: number },
): number {
  const text = env[name]?.trim()
  if (!text) return preset
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new Error(`${name} is a whole number from ${least} to ${most}, not ${JSON.stringify(text)}.`)
}

function hostOf(env: NodeJS.ProcessEnv): string {
  const host = env.HOST?.trim() || '127.0.0.1'
  if (isIP(host) || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(host)) return host
  throw new Error(
    `HOST is an address of this machine or a name for one (127.0.0.1, 0.0.0.0, localhost), not ${JSON.stringify(host)}.`,
  )
}

/** The address that users type, without a slash at its end; undefined where it is left out. */
function publicUrlOf(env: NodeJS.ProcessEnv): string | undefined {
  const text = env.PUBLIC_URL?.trim()
  if (!text) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPlain = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`
  if (isPlain) return url.origin
  throw new Error(
    `PUBLIC_URL is the address that users type, with https:// or http:// and no path (https://4phu.example), not ${JSON.stringify(text)}.`,
  )
}

/** In ms; undefined: the real clock. */
function instantOf(text: string | undefined): number | undefined {
  const at = text === undefined ? undefined : Date.parse(text)
  if (Number.isNaN(at)) throw new Error(`APP_NOW is a date and time (${DEMO_START}), not ${JSON.stringify(text)}.`)
  return at
}
