import { join, resolve } from 'node:path'
import { openDatabase } from '#db/client.server.ts'
import { useMasterKey } from '#db/keys.server.ts'

/** Opens the worker's own connection to the database that the server has migrated. */
export function openWorkerDatabase(env: NodeJS.ProcessEnv) {
  const fault = useMasterKey(env.MASTER_KEY)
  if (fault) throw new Error(`MASTER_KEY is ${fault}`)
  openDatabase(join(resolve(env.DATA_DIR ?? './data'), env.DEMO === '1' ? 'demo.sqlite' : 'campaign.sqlite'))
}
