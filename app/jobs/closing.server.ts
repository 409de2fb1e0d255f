import type { Actor } from '#app/access/policy.ts'
import { closingForJob } from '#app/queries/closing.server.ts'
import { freezeClosing } from '#app/queries/closing-freeze.server.ts'
import { computeScenario } from '#app/queries/scenario.server.ts'
import { purgeWorklists } from '#app/queries/worklist-purge.server.ts'

/**
 * Computes a closing to its end, from its last saved step, and returns the address of its page. The close itself also
 * destroys the citizens of the worklists (domain 7). An interrupted purge continues when the job is resumed.
 */
export async function computeClosing(
  { closingId }: { closingId: number },
  actor: Actor,
  progress: (done: number, total: number) => void,
) {
  const closing = closingForJob(closingId)
  if (closing) {
    await freezeClosing(actor, closing, progress)
    if (closing.reason === 'close') await purgeWorklists(actor, closing.campaignId)
  }
  return { to: '/ket-thuc' }
}

/** Computes a replay to its end and leads on to its page. */
export async function computeReplay(
  { scenarioId }: { scenarioId: number },
  _actor: Actor,
  progress: (done: number, total: number) => void,
) {
  await computeScenario(scenarioId, progress)
  return { to: `/danh-gia/phuong-an/${scenarioId}` }
}
