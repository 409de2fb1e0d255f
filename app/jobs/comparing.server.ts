import { startClosing } from '#app/queries/closing.server.ts'
import { recountState } from '#app/queries/closing-moves.server.ts'
import { campaignIds } from '#app/queries/judging/index.server.ts'
import { whenDue } from './when-due.server.ts'

const MINUTE_MS = 60_000

/**
 * Compares the frozen results of each closed campaign with the present facts, where a day has passed or something was
 * written since they were compared last, so that a recount is proposed by itself (domain 9). What differs is shown
 * where the campaign was closed; nothing frozen changes.
 */
export function compareClosed() {
  for (const campaignId of campaignIds())
    if (recountState(campaignId)?.isStale)
      startClosing({ kind: 'system' }, campaignId, { reason: 'rehearsal', note: '' })
}

/** `compareClosed`, at most every ten minutes. */
export const compareWhenDue = whenDue(10 * MINUTE_MS, compareClosed, MINUTE_MS)
