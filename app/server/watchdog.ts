import { execFile } from 'node:child_process'
import type { Settings } from './settings.ts'

const ASK_MS = 500
/** A later answer counts as missing. */
const PATIENCE_MS = 10_000

type Tell = (state: string) => void

/** systemd's own command: its socket takes datagrams, which Node.js has no way to send. */
const tellSystemd: Tell = state => {
  // a message that does not arrive is what the watchdog is for
  execFile('systemd-notify', [state], () => {})
}

/**
 * Under systemd (`Type=notify`): tells it when the first page is answered, and with WatchdogSec again and again as long
 * as one is. It asks its own port, so that all that a person needs is tried: a web process, its event loop, the database.
 * Does nothing elsewhere. Returns how to stop.
 */
export function watchOver(
  { host, port }: Pick<Settings, 'host' | 'port'>,
  env: NodeJS.ProcessEnv,
  tell: Tell = tellSystemd,
): () => void {
  if (!env.NOTIFY_SOCKET) return () => {}
  const microseconds = Number(env.WATCHDOG_USEC ?? 0)
  const everyMs = microseconds > 0 ? microseconds / 4000 : undefined
  const near = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host
  let timer: NodeJS.Timeout | undefined
  let isReady = false
  let isStopped = false
  const look = async () => {
    const answers = await fetch(`http://${near}:${port}/healthz`, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isStopped) return
    if (answers) tell(isReady ? 'WATCHDOG=1' : 'READY=1')
    isReady ||= answers
    const next = isReady ? everyMs : ASK_MS
    if (next !== undefined) timer = setTimeout(() => void look(), next).unref()
  }
  void look()
  return () => {
    isStopped = true
    clearTimeout(timer)
    tell('STOPPING=1')
  }
}
