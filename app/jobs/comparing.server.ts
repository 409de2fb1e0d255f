import { lastComparison, startClosing } from '#app/queries/closing.server.ts'
import { recountState } from '#app/queries/closing-moves.server.ts'
import { campaignIds } from '#app/queries/judging/index.server.ts'
import { whenDue } from './when-due.server.ts'

const MINUTE_MS = 60_000

/** A comparison rests for so many times as long as it took: over a whole province it takes minutes, and jobs wait. */
const RESTS = 9

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

/** True while the newest comparison rests at `now` (ms since 1970). */
export function isResting(now: number): boolean {
  const last = lastComparison()
  return last !== undefined && now < last.finishedAt + RESTS * (last.finishedAt - last.startedAt)
}

/** `compareClosed`, at most every ten minutes, and for at most a tenth of the worker's time. */
export const compareWhenDue = whenDue(
  10 * MINUTE_MS,
  () => {
    if (!isResting(Date.now())) compareClosed()
  },
  MINUTE_MS,
)
