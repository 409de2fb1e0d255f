import type { EventSubject } from '#app/domain/event.ts'
import { logEvent } from '#app/queries/event.server.ts'
import { transact } from '#db/client.server.ts'

/** Plan 128, the first campaign of a founded database. */
export const CAMPAIGN_ID = 1
/**
 * Rows that one transaction writes: their hashes lie anywhere in the indexes, so each commit rewrites most of those
 * pages, and fewer commits are quicker. Nobody else writes while a demo loads.
 */
const CHUNK = 4000
/** Rows after which the progress is told. */
const STEP = 500

type Progress = (done: number, total: number) => void

/** How far a load has come, of `total`. */
export class Steps {
  private done = 0

  constructor(
    readonly total: number,
    private readonly progress: Progress,
  ) {}

  to(done: number) {
    this.done = Math.floor(done)
    this.progress(this.done, this.total)
  }

  /** Writes the rows, telling how far it is. */
  write<Row>(rows: readonly Row[], write: (row: Row, n: number) => void) {
    for (let start = 0; start < rows.length; start += CHUNK)
      transact(() => {
        for (let first = start; first < Math.min(start + CHUNK, rows.length); first += STEP) {
          const some = rows.slice(first, Math.min(first + STEP, start + CHUNK))
          some.forEach((row, n) => {
            write(row, first + n)
          })
          this.to(this.done + some.length)
        }
      })
  }
}

/** The one event of a bulk step, with how much it added. */
export function logStep(subject: EventSubject, data: Record<string, number>) {
  transact(tx =>
    logEvent(tx, { kind: 'system' }, { verb: 'add', subject, subjectId: CAMPAIGN_ID, campaignId: CAMPAIGN_ID, data }),
  )
}
