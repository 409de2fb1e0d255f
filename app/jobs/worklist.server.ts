import { questionsOf } from '#app/domain/list.ts'
import { readWorklistTable } from '#app/imports/worklist-table.ts'
import { askColumns } from '#app/queries/import-batch.server.ts'
import { rememberedHeads } from '#app/queries/list-heads.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { nowAndThen, Pace, rowsInSteps } from '#app/queries/steps.server.ts'
import {
  addToWorklist,
  beginWorklist,
  endWorklist,
  findWorklistBatch,
  planWorklistBatch,
  refuseWorklist,
  rowContextOf,
} from '#app/queries/worklist-import.server.ts'
import { noteReturned } from '#app/queries/worklist-return.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { askerOf } from './asker.server.ts'

type Progress = (done: number, total: number) => void
type Asked = { worklistBatchId: number; listUnitId: number; accountId: number }
type Onward = { to: string }

/** Citizens that the first step puts on a list. */
const FIRST = 50

/** Reads the file of a worklist where that has not been done, and plans it; where it cannot be read, keeps why. */
export async function planWorklistFile({ worklistBatchId: batchId, listUnitId, accountId }: Asked): Promise<Onward> {
  const actor = askerOf(accountId)
  const page = `/don-vi/${listUnitId}/phan-cong/nhap`
  const batch = findWorklistBatch(actor, batchId)
  if (batch?.content?.stage !== 'uploaded') {
    if (batch?.content?.stage === 'asking') return { to: `${page}/${batchId}/cot` }
    if (batch?.content) await retryBusy(() => planWorklistBatch(actor, batchId))
    return { to: `${page}/${batchId}` }
  }
  const { content } = batch
  const table = await readWorklistTable(Buffer.from(content.file, 'base64'), rowContextOf({ ...batch, content }), {
    choice: content.choice,
    remembered: rememberedHeads(batch.unit.id, 'worklist'),
  })
  if (!table.ok) {
    await retryBusy(() => refuseWorklist(actor, batchId, table.reason))
    return { to: `${page}?lo=${batchId}` }
  }
  if (questionsOf(table.view, content.choice).length > 0) {
    await retryBusy(() => askColumns(actor, 'worklist', batchId, table.view))
    return { to: `${page}/${batchId}/cot` }
  }
  await retryBusy(() => planWorklistBatch(actor, batchId, table))
  return { to: `${page}/${batchId}` }
}

/** Puts a planned list's citizens on it, some at a time; leads back to the preview where that is outdated. */
export async function applyWorklistFile(
  { worklistBatchId: batchId, listUnitId, accountId, planKey }: Asked & { planKey: string },
  _actor: unknown,
  progress: Progress,
): Promise<Onward> {
  const actor = askerOf(accountId)
  const board = `/don-vi/${listUnitId}/phan-cong` as const
  const batch = findWorklistBatch(actor, batchId)
  if (!batch?.content) return { to: board }
  const applying = await retryBusy(() => beginWorklist(actor, { batchId, planKey }))
  if (!applying) return { to: noticeTo(`${board}/nhap/${batchId}`, 'da-doi') }
  const { adds, contacts, campaignId } = applying
  const total = adds.length + contacts.length
  const tell = nowAndThen(progress)
  await rowsInSteps(
    adds,
    new Pace(FIRST),
    chunk => addToWorklist(applying, chunk),
    done => tell(done, total),
  )
  await rowsInSteps(
    contacts,
    new Pace(FIRST),
    chunk => noteReturned(actor, campaignId, chunk),
    done => tell(adds.length + done, total),
  )
  const { count, isOpen } = await retryBusy(() => endWorklist(actor, batchId, applying))
  return { to: isOpen ? `${board}/nhap/${batchId}` : noticeTo(board, 'da-nhap', count + contacts.length) }
}
