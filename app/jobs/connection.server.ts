import { join, resolve } from 'node:path'
import { openDatabase } from '#db/client.server.ts'
import { useMasterKey } from '#db/keys.server.ts'
import { tryHold, workerLock } from '#db/lock.server.ts'
import { readMasterKey } from '#db/master-key.server.ts'

/**
 * Opens the worker's own connection to the database that the server has migrated. Returns how to become the one worker
 * of that database, which is undefined while another process has it, and the database's file.
 */
export function openWorkerDatabase(env: NodeJS.ProcessEnv): { hold: () => (() => void) | undefined; file: string } {
  const fault = useMasterKey(readMasterKey(env))
  if (fault) throw new Error(`MASTER_KEY is ${fault}`)
  const file = join(resolve(env.DATA_DIR || './data'), env.DEMO === '1' ? 'demo.sqlite' : 'campaign.sqlite')
  openDatabase(file)
  return { hold: () => tryHold(workerLock(file)), file }
}
