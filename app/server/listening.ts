import { createServer, type Server } from 'node:net'
import type { Settings } from './settings.ts'

type Place = Pick<Settings, 'host' | 'port'>

/** Makes a server listen; undefined once it listens, else one sentence with the reason and what to do. */
export function listen(server: Server, { host, port }: Place): Promise<string | undefined> {
  return new Promise(resolve => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(adviceOn(error, { host, port })))
    server.listen(port, host, () => resolve(undefined))
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
