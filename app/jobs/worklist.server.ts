import {
  findWorklistHead,
  readWorklistRow,
  WORKLIST_HEAD_ROWS,
  WORKLIST_ROWS,
  type WorklistFileReason,
  type WorklistProblem,
  type WorklistRow,
} from '#app/domain/worklist.ts'
import { type WorklistCells, worklistCells } from '#app/domain/worklist-mending.ts'
import { readTable, type TableRow, UnreadableTable } from '#app/imports/table.ts'
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
    if (batch?.content) await retryBusy(() => planWorklistBatch(actor, batchId))
    return { to: `${page}/${batchId}` }
  }
  const { content } = batch
  const reading = await readRows(Buffer.from(content.file, 'base64'), rowContextOf({ ...batch, content }))
  if (typeof reading === 'string') {
    await retryBusy(() => refuseWorklist(actor, batchId, reading))
    return { to: `${page}?lo=${batchId}` }
  }
  await retryBusy(() => planWorklistBatch(actor, batchId, reading))
  return { to: `${page}/${batchId}` }
}

async function readRows(file: Uint8Array, context: ReturnType<typeof rowContextOf>) {
  const head: TableRow[] = []
  const rows: WorklistRow[] = []
  const unread: WorklistProblem[] = []
  const texts: Record<number, WorklistCells> = {}
  let columns: NonNullable<ReturnType<typeof findWorklistHead>>['columns'] | undefined
  const read = ({ number, cells }: TableRow) => {
    if (!columns) return
    const reading = readWorklistRow(number, cells, { ...context, columns })
    if (reading?.ok) rows.push(reading.row)
    else if (reading) {
      unread.push(reading.problem)
      texts[number] = worklistCells(cells, columns)
    }
  }
  const settleHead = (): WorklistFileReason | undefined => {
    const found = findWorklistHead(head.map(row => row.cells))
    if (!found) return 'head_missing'
    columns = found.columns
    for (const row of head.slice(found.at + 1)) read(row)
    return undefined
  }
  try {
    for await (const row of readTable(file)) {
      if (columns === undefined) {
        head.push(row)
        if (head.length === WORKLIST_HEAD_ROWS) {
          const reason = settleHead()
          if (reason) return reason
        }
      } else read(row)
      if (rows.length + unread.length > WORKLIST_ROWS) return 'too_many_rows' as const
    }
    const reason = columns === undefined ? settleHead() : undefined
    if (reason) return head.length === 0 ? ('no_rows' as const) : reason
  } catch (error) {
    if (error instanceof UnreadableTable) return error.reason
    throw error
  }
  return rows.length + unread.length === 0 ? ('no_rows' as const) : { rows, unread, cells: texts }
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
  const { adds } = applying
  const tell = nowAndThen(progress)
  await rowsInSteps(
    adds,
    new Pace(FIRST),
    chunk => addToWorklist(applying, chunk),
    done => tell(done, adds.length),
  )
  const { count, isOpen } = await retryBusy(() => endWorklist(actor, batchId, applying))
  return { to: isOpen ? `${board}/nhap/${batchId}` : noticeTo(board, 'da-nhap', count) }
}
