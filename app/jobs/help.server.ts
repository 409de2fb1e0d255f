import { readHelpTable } from '#app/imports/help-table.ts'
import {
  applyHelpRow,
  beginHelpApply,
  endHelpApply,
  findHelpBatch,
  planHelpBatch,
  refuseHelp,
} from '#app/queries/help-batch.server.ts'
import { inTurn, retryBusy } from '#app/queries/retry.server.ts'
import { nowAndThen, Pace, rowsInSteps } from '#app/queries/steps.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { askerOf } from './asker.server.ts'

type Asked = { helpBatchId: number; unitId: number; accountId: number }
type Progress = (done: number, total: number) => void

const pageOf = ({ helpBatchId, unitId }: Asked) => `/don-vi/${unitId}/truong-hop/nhap/${helpBatchId}` as const

/** Reads the file of a batch of records where that has not been done, and plans it; where it cannot be read, keeps why. */
export async function planHelpFile(asked: Asked) {
  const actor = askerOf(asked.accountId)
  const content = findHelpBatch(actor, asked.helpBatchId)?.content
  if (content?.stage !== 'uploaded') {
    if (content) await inTurn(() => planHelpBatch(actor, asked.helpBatchId))
    return { to: pageOf(asked) }
  }
  const table = await readHelpTable(Buffer.from(content.file, 'base64'), content.dayOrder ?? undefined)
  if (table.ok) await inTurn(() => planHelpBatch(actor, asked.helpBatchId, table.rows))
  else await inTurn(() => refuseHelp(actor, asked.helpBatchId, table.reason))
  return { to: pageOf(asked) }
}

/**
 * Records a batch as it was previewed, one record in each transaction. After a stop it resumes: rows recorded before
 * stay as they are. If the plan has changed, the job leads back to the preview.
 */
export async function applyHelpFile(asked: Asked & { planKey: string }, _system: unknown, progress: Progress) {
  const { helpBatchId: batchId, planKey } = asked
  const actor = askerOf(asked.accountId)
  const work = await retryBusy(() => beginHelpApply(actor, { batchId, planKey }))
  if (work === 'moved') return { to: noticeTo(pageOf(asked), 'da-doi') }
  if (work === 'applied') return { to: pageOf(asked) }
  const { campaignId, creates } = work
  const helpIds: number[] = []
  const refused: number[] = []
  const tell = nowAndThen(progress)
  await rowsInSteps(
    creates,
    new Pace(1, 1),
    ([create]) => {
      if (!create) return
      const made = applyHelpRow(actor, campaignId, create)
      if (made.ok) helpIds.push(made.helpId)
      else refused.push(create.row)
    },
    done => tell(done, creates.length),
  )
  await inTurn(() => endHelpApply(actor, batchId, { helpIds, refused }))
  return { to: pageOf(asked) }
}
