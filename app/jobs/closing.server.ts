import type { Actor } from '#app/access/policy.ts'
import { closingForJob } from '#app/queries/closing.server.ts'
import { freezeClosing } from '#app/queries/closing-freeze.server.ts'
import { computeScenario } from '#app/queries/scenario.server.ts'

/** Computes a closing to its end, from its last saved step, and returns the address of its page. */
export async function computeClosing(
  { closingId }: { closingId: number },
  actor: Actor,
  progress: (done: number, total: number) => void,
) {
  const closing = closingForJob(closingId)
  if (closing) await freezeClosing(actor, closing, progress)
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
