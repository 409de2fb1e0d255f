import { parentPort, workerData } from 'node:worker_threads'
import { giveUpDeadly, takeJob } from '#app/queries/job.server.ts'
import { checkpointWhenDue, nameHolds } from '#app/queries/steps.server.ts'
import { closeDatabase, faultOf, leaveCheckpoints } from '#db/client.server.ts'
import { compareWhenDue } from './comparing.server.ts'
import { openWorkerDatabase } from './connection.server.ts'
import { stageReviewsWhenDue } from './demo/reviewing.server.ts'
import { logFailure } from './failure-log.server.ts'
import { reportHolds } from './holds.server.ts'
import { giveWay } from './priority.ts'
import { publishWhenDue } from './publish.server.ts'
import { startPulse } from './pulse.server.ts'
import { pushWhenDue } from './push.server.ts'
import { removeWhenDue } from './retention.server.ts'
import { runJob } from './run.server.ts'
import { sealWhenDue } from './sealing.server.ts'
import { renewKeysWhenDue } from './search-key.server.ts'
import { lookAgainWhenDue } from './signatures.server.ts'
import { WAITS, type WorkerOrder } from './worker-thread.server.ts'

const IDLE_MS = 200

let isStopping = false
const begun = new Promise<void>(resolve => {
  if (workerData !== WAITS) resolve()
  parentPort?.on('message', (order: WorkerOrder) => {
    if (order === 'stop') isStopping = true
    resolve()
  })
})

giveWay()
if (parentPort) reportHolds(parentPort)
const { hold: holdWork, file } = openWorkerDatabase(process.env)
const pulse = startPulse(file, () => letGo !== undefined)
leaveCheckpoints()
let letGo: (() => void) | undefined
await begun
/** the job that the storage failed under */
let inHand: number | undefined
while (!isStopping) {
  try {
    if (!letGo) {
      letGo = holdWork()
      if (letGo)
        for (const id of giveUpDeadly()) logFailure(new Error('given up: its worker died three times'), { job: id })
    }
    if (letGo) pulse.beat()
    nameHolds('queue')
    const job = letGo && takeJob(inHand)
    inHand = job?.id
    if (job) await runJob(job, () => isStopping, pulse.beat)
    else if (!letGo) await new Promise(resolve => setTimeout(resolve, IDLE_MS))
    else {
      await pushWhenDue()
      await publishWhenDue()
      await sealWhenDue()
      await removeWhenDue()
      await renewKeysWhenDue()
      await stageReviewsWhenDue()
      await lookAgainWhenDue()
      await compareWhenDue()
      checkpointWhenDue()
      await new Promise(resolve => setTimeout(resolve, IDLE_MS))
    }
  } catch (error) {
    if (!faultOf(error)) throw error
    await new Promise(resolve => setTimeout(resolve, IDLE_MS))
  }
}
letGo?.()
pulse.stop()
closeDatabase()
parentPort?.close()
