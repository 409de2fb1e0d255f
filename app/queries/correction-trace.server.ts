import { eq } from 'drizzle-orm'
import { type Actor, accountOf } from '#app/access/policy.ts'
import type { CorrectionChange } from '#app/domain/correction.ts'
import type { Tx } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'
import { officialCorrection } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'

/** What a correction changes as it is stored, with the keyed hash that proves it. */
export function changesColumns(changes: readonly CorrectionChange[]) {
  const text = JSON.stringify(changes)
  return { changes: text, changesHash: matchHash('staff', 'correction', text) }
}

type Traced = { officialId: number; changes: readonly CorrectionChange[]; reason: string; batchId: number | null }

/** Keeps what a correction that took effect at once changed, from what to what. The caller logs the event. */
export function traceCorrection(tx: Tx, actor: Actor, { officialId, changes, reason, batchId }: Traced) {
  tx.insert(officialCorrection)
    .values({
      officialId,
      kind: 'details',
      ...changesColumns(changes),
      reason,
      state: 'accepted',
      askedAt: campaignNow(),
      askedBy: accountOf(actor),
      batchId,
    })
    .run()
}

/** Ends a waiting correction; the number or phone that it held goes. */
export function settleCorrection(
  tx: Tx,
  actor: Actor,
  correctionId: number,
  state: 'accepted' | 'refused' | 'withdrawn',
) {
  tx.update(officialCorrection)
    .set({ state, valueCipher: null, answeredAt: campaignNow(), answeredBy: accountOf(actor) })
    .where(eq(officialCorrection.id, correctionId))
    .run()
  const verb = { accepted: 'approve', refused: 'reject', withdrawn: 'withdraw' } as const
  logEvent(tx, actor, { verb: verb[state], subject: 'correction', subjectId: correctionId })
}
