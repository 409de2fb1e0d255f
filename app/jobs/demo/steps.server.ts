import type { EventSubject } from '#app/domain/event.ts'
import { logEvent } from '#app/queries/event.server.ts'
import { writeUnjudged } from '#app/queries/judging/index.server.ts'
import { type FactTx, transact } from '#db/client.server.ts'

/** Plan 128, the first campaign of a founded database. */
export const CAMPAIGN_ID = 1
/** Rows that one transaction writes. */
const CHUNK = 500

type Progress = (done: number, total: number) => void

/** Counts the steps of a load that are done, out of `total`, and calls `progress` between transactions. */
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

  /** Writes the rows in transactions of some hundred, reporting progress. */
  write<Row>(rows: readonly Row[], write: (tx: FactTx, row: Row, n: number) => void) {
    for (let start = 0; start < rows.length; start += CHUNK) {
      const chunk = rows.slice(start, start + CHUNK)
      writeUnjudged(tx => {
        chunk.forEach((row, n) => {
          write(tx, row, start + n)
        })
      })
      this.to(this.done + chunk.length)
    }
  }
}

/** The one event of a bulk step, with how much it added. */
export function logStep(subject: EventSubject, data: Record<string, number>) {
  transact(tx =>
    logEvent(tx, { kind: 'system' }, { verb: 'add', subject, subjectId: CAMPAIGN_ID, campaignId: CAMPAIGN_ID, data }),
  )
}
