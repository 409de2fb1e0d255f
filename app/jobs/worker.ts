import { parentPort } from 'node:worker_threads'
import { takeJob } from '#app/queries/job.server.ts'
import { checkpointWhenDue, nameHolds } from '#app/queries/steps.server.ts'
import { closeDatabase, faultOf, leaveCheckpoints } from '#db/client.server.ts'
import { openWorkerDatabase } from './connection.server.ts'
import { reportHolds } from './holds.server.ts'
import { giveWay } from './priority.ts'
import { publishWhenDue } from './publish.server.ts'
import { removeWhenDue } from './retention.server.ts'
import { runJob } from './run.server.ts'

const IDLE_MS = 200

let isStopping = false
parentPort?.on('message', () => {
  isStopping = true
})

giveWay()
if (parentPort) reportHolds(parentPort)
const holdWork = openWorkerDatabase(process.env)
leaveCheckpoints()
let letGo: (() => void) | undefined
while (!isStopping) {
  try {
    letGo ??= holdWork()
    nameHolds('queue')
    const job = letGo && takeJob()
    if (job) await runJob(job, () => isStopping)
    else if (!letGo) await new Promise(resolve => setTimeout(resolve, IDLE_MS))
    else {
      await publishWhenDue()
      await removeWhenDue()
      checkpointWhenDue()
      await new Promise(resolve => setTimeout(resolve, IDLE_MS))
    }
  } catch (error) {
    if (!faultOf(error)) throw error
    await new Promise(resolve => setTimeout(resolve, IDLE_MS))
  }
}
letGo?.()
closeDatabase()
parentPort?.close()
