import { questionsOf } from '#app/domain/list.ts'
import { readHelpTable } from '#app/imports/help-table.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import {
  applyHelpRow,
  beginHelpApply,
  endHelpApply,
  findHelpBatch,
  planHelpBatch,
  refuseHelp,
} from '#app/queries/help-batch.server.ts'
import { askColumns } from '#app/queries/import-batch.server.ts'
import { rememberedHeads } from '#app/queries/list-heads.server.ts'
import { findLocality } from '#app/queries/locality.server.ts'
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
  const batch = findHelpBatch(actor, asked.helpBatchId)
  const content = batch?.content
  if (!batch || content?.stage !== 'uploaded') {
    if (content?.stage === 'asking') return { to: `${pageOf(asked)}/cot` }
    if (content) await inTurn(() => planHelpBatch(actor, asked.helpBatchId))
    return { to: pageOf(asked) }
  }
  const table = await readHelpTable(Buffer.from(content.file, 'base64'), {
    choice: content.choice,
    remembered: rememberedHeads(batch.unit.id, 'help'),
    given: () => ({ commune: ownCommune(batch.unit) }),
  })
  if (!table.ok) await inTurn(() => refuseHelp(actor, asked.helpBatchId, table.reason))
  else if (questionsOf(table.view, content.choice).length > 0) {
    await inTurn(() => askColumns(actor, 'help', asked.helpBatchId, table.view))
    return { to: `${pageOf(asked)}/cot` }
  } else await inTurn(() => planHelpBatch(actor, asked.helpBatchId, table.rows, table.view))
  return { to: pageOf(asked) }
}

/** The code of the commune that a unit governs; '' where it governs none, or more. */
function ownCommune({ localityCode }: { localityCode: string | null }): string {
  const own = localityCode === null ? undefined : findLocality(localityCode, campaignToday())
  return own?.level === 'commune' ? own.code : ''
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
