import { createServer, type Server } from 'node:net'
import type { Settings } from './settings.ts'

type Place = Pick<Settings, 'host' | 'port'>

/**
 * Time limits of a connection (ms): headers arrive at once, a large extract over a slow line may take minutes. An idle
 * connection is kept longer than the proxy before us keeps it (60 s): else a request meets one that just ended.
 */
export const PATIENCE = {
  headersTimeout: 10_000,
  requestTimeout: 300_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 2_000,
}

/** Whether the system hands new connections out evenly to processes that each open the same port. */
const SPREADS_CONNECTIONS = process.platform === 'linux'

/**
 * Makes a server listen; undefined once it listens, else one sentence with the reason and what to do. `isShared`: other
 * processes of this server open the same port. Where they took connections from one queue, a busy moment would leave
 * nearly all of them with one process, for as long as clients keep them.
 */
export function listen(server: Server, { host, port }: Place, isShared = false): Promise<string | undefined> {
  return new Promise(resolve => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(adviceOn(error, { host, port })))
    server.listen({ port, host, reusePort: isShared && SPREADS_CONNECTIONS }, () => resolve(undefined))
  })
}

/** The same for a port that processes will share: tried here once, so that one sentence is said and not one by each. */
export async function tryListening(place: Place): Promise<string | undefined> {
  const trial = createServer()
  const problem = await listen(trial, place)
  if (problem === undefined) await new Promise(resolve => trial.close(resolve))
  return problem
}

function adviceOn(error: NodeJS.ErrnoException, { host, port }: Place): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `PORT ${port} at ${host} is used by another process: end that one, or choose another PORT.`
    case 'EACCES':
      return `PORT ${port} may not be opened by this user: choose one from 1024 on, and let the proxy take ${port}.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST ${host} is no address of this machine: 127.0.0.1 for a proxy beside it, 0.0.0.0 for every address.`
    default:
      return `PORT ${port} at ${host} cannot be opened: ${error.message}.`
  }
}
