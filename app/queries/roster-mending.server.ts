import type { Actor } from '#app/access/policy.ts'
import type { Mending } from '#app/domain/mending.ts'
import { notFound } from '#app/domain/refusal.ts'
import { type CellsReader, mendRoster } from '#app/domain/roster/mending.ts'
import type { RosterColumn } from '#app/domain/roster/row.ts'
import { logEvent } from './event.server.ts'
import { type BatchContent, existingImport, replaceContent, sealContent } from './import-batch.server.ts'
import { startJob } from './job.server.ts'

/**
 * Writes cells of a planned roster's problem rows again as a form says, leaves out the rows that it names, and starts
 * the job that plans the batch again; `read` reads cells. Returns the job's id; undefined where the form changes nothing.
 */
export function mendBatch(
  actor: Actor,
  batchId: number,
  asked: { mending: Mending<RosterColumn>; left: readonly string[] },
  read: CellsReader,
): number | undefined {
  if (actor.kind !== 'person') throw notFound()
  const { accountId } = actor
  let rows = 0
  return replaceContent(
    () => existingImport<BatchContent>(actor, 'roster', batchId),
    ({ content, cursor }) => {
      if (content?.stage !== 'planned' || cursor !== null) return undefined
      const problems = [...content.reading.problems, ...content.plan.problems]
      const { mended, ...reading } = mendRoster(content.reading, problems, asked, read)
      rows = mended
      // reading the file again would lose what was mended: it is let go
      const { file, view, choice, ...rest } = content
      return mended === 0 ? undefined : sealContent('staff', batchId, { ...rest, reading })
    },
    tx => {
      const data = { rows, left: asked.left.length }
      logEvent(tx, actor, { verb: 'edit', subject: 'import_batch', subjectId: batchId, data })
      return startJob(actor, 'roster_plan', { batchId, accountId })
    },
  )
}
