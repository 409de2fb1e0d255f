import { questionsOf } from '#app/domain/list.ts'
import { readList } from '#app/imports/list-reading.ts'
import { readRoster } from '#app/imports/roster.ts'
import { rosterSpec } from '#app/imports/roster-spec.ts'
import { askColumns, findBatch } from '#app/queries/import-batch.server.ts'
import { rememberedHeads } from '#app/queries/list-heads.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { planBatch, refuseBatch } from '#app/queries/roster.server.ts'
import { applyBatch, continueBatch } from '#app/queries/roster-apply.server.ts'
import { askerOf } from './asker.server.ts'

/** The address to which the page of a finished job leads. */
type Onward = { to: string }
type Asked = { batchId: number; accountId: number }

/** Reads the file of a batch where that has not been done, and plans it; where it cannot be read, keeps why. */
export async function planRosterFile({ batchId, accountId }: Asked): Promise<Onward> {
  const actor = askerOf(accountId)
  const batch = findBatch(actor, batchId)
  const preview = { to: `/lo-nhap/${batchId}` }
  if (!batch?.content) return preview
  const { content, unit } = batch
  if (content.stage === 'asking') return { to: `/lo-nhap/${batchId}/cot` }
  if (content.stage !== 'uploaded') {
    await retryBusy(() => planBatch(actor, batchId))
    return preview
  }
  const { choice } = content
  const association = content.association ?? undefined
  const file = Buffer.from(content.file, 'base64')
  const remembered = rememberedHeads(unit.id, 'roster')
  const list = await readList(file, rosterSpec(association), { choice, remembered })
  const view = list.ok ? list.view : undefined
  // the preview itself asks for consent to lost fonts
  if (view && questionsOf(view, choice).some(question => question !== 'fonts')) {
    await retryBusy(() => askColumns(actor, 'roster', batchId, view))
    return { to: `/lo-nhap/${batchId}/cot` }
  }
  const { values, withHidden, dayOrders } = choice ?? {}
  const roster = await readRoster(file, { association, remembered, values, withHidden, dayOrders })
  if (!roster.ok) {
    await retryBusy(() => refuseBatch(actor, batchId, roster.reason))
    return { to: `/don-vi/${unit.id}/nguoi-thuc-hien/nhap?lo=${batchId}` }
  }
  const { ok: _, ...reading } = roster
  await retryBusy(() => planBatch(actor, batchId, reading, view))
  return preview
}

/**
 * Applies a batch as it was previewed; where that is no longer possible leads back to the preview, which says why. A
 * long one is written in steps; after a stop it goes on where it stopped.
 */
export async function applyRoster(
  { batchId, accountId, planKey }: Asked & { planKey: string },
  _system: unknown,
  progress: (done: number, total: number) => void,
): Promise<Onward> {
  const actor = askerOf(accountId)
  const applied = await retryBusy(() => applyBatch(actor, { batchId, planKey }))
  if (!applied.ok) return { to: `/lo-nhap/${batchId}?chua-nhap=${applied.problem}` }
  await continueBatch(actor, batchId, progress)
  return { to: `/lo-nhap/${batchId}` }
}
