import { createHash } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { Actor } from '#app/access/policy.ts'
import type { TableReason } from '#app/domain/extract.ts'
import { notFound } from '#app/domain/refusal.ts'
import {
  planWorklist,
  type RowContext,
  type WorklistFileReason,
  type WorklistPlan,
  type WorklistProblem,
  type WorklistRow,
} from '#app/domain/worklist.ts'
import { nextId, prepared, transact } from '#db/client.server.ts'
import { matchHash, seal } from '#db/keys.server.ts'
import { assignment, importBatch, worklist } from '#db/schema.ts'
import { settleAssignments } from './assignment-closing.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { startJob } from './job.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { allLocalities, findLocality } from './locality.server.ts'
import { batchesOf, closeBatch } from './sealed-batch.server.ts'

type About = { campaignId: number; name: string; legalBasis: string }
type Planned = { rows: WorklistRow[]; unread: WorklistProblem[]; plan: WorklistPlan; planKey: string }

/**
 * The content of a batch of a worklist, sealed under the campaign's key. `applying`: some of its citizens are on the
 * list.
 */
type WorklistContent = About &
  (
    | { stage: 'uploaded'; file: string }
    | { stage: 'refused'; reason: TableReason | WorklistFileReason }
    | ({ stage: 'planned' } & Planned)
    | ({ stage: 'applying'; worklistId: number } & Planned)
  )

const batches = batchesOf<WorklistContent>('worklist', ({ campaignId }) => ({ campaignId }))
const { store } = batches

/**
 * Keeps an uploaded list of citizens of a unit, with its legal basis, and starts the job that reads and plans it.
 * Nothing is on a list before the plan is applied. Returns the job's id.
 */
export function uploadWorklist(
  actor: Actor,
  campaignId: number,
  { name, legalBasis, ...file }: Omit<About, 'campaignId'> & { unitId: number; fileName: string; bytes: Uint8Array },
): number {
  return transact(tx => {
    const { unitId } = file
    const { batchId, accountId } = batches.open(tx, actor, file, content => ({
      name,
      legalBasis,
      campaignId,
      stage: 'uploaded',
      file: content,
    }))
    logEvent(tx, actor, { verb: 'store', subject: 'import_batch', subjectId: batchId, campaignId, data: { unitId } })
    return startJob(actor, 'worklist_plan', { worklistBatchId: batchId, listUnitId: unitId, accountId })
  })
}

/** A batch with its unit; undefined where the actor may not import there. `content` null: applied, or no longer kept. */
export const findWorklistBatch = batches.find
type Batch = NonNullable<ReturnType<typeof findWorklistBatch>>

function existing(actor: Actor, batchId: number): Batch & { content: WorklistContent } {
  const batch = findWorklistBatch(actor, batchId)
  if (!batch?.content) throw notFound()
  return { ...batch, content: batch.content }
}

/**
 * Returns the context for reading a row of a batch: the communes of its unit, and the age from which citizens count.
 */
export function rowContextOf({
  unit: { localityCode },
  content,
}: Batch & { content: WorklistContent }): Omit<RowContext, 'columns'> {
  const { regulation } = rulesOf(content.campaignId)
  const today = campaignToday()
  const all = allLocalities(today).filter(row => row.level === 'commune')
  const here = localityCode === null ? undefined : findLocality(localityCode, today)
  const told = ({ code, name, type }: (typeof all)[number]) => ({ code, name, type })
  return {
    communes: all.filter(row => here === undefined || row.path.startsWith(here.path)).map(told),
    allCommunes: all.map(told),
    minimumAge: regulation.minimumAge,
    endsOn: regulation.endsOn,
  }
}

/** Keeps why the file of a batch could not be read; the file itself is let go. */
export function refuseWorklist(actor: Actor, batchId: number, reason: TableReason | WorklistFileReason) {
  transact(tx => {
    const { campaignId, name, legalBasis } = existing(actor, batchId).content
    store(tx, batchId, { campaignId, name, legalBasis, stage: 'refused', reason })
  })
}

/** Plans a batch by what its file gave, for the preview. */
export function planWorklistBatch(actor: Actor, batchId: number, reading: Pick<Planned, 'rows' | 'unread'>) {
  transact(tx => {
    const { unit: at, content } = existing(actor, batchId)
    const { campaignId, name, legalBasis } = content
    store(tx, batchId, { campaignId, name, legalBasis, stage: 'planned', ...planned(campaignId, at.id, reading) })
  })
}

function planned(campaignId: number, unitId: number, { rows, unread }: Pick<Planned, 'rows' | 'unread'>): Planned {
  const hamlets = prepared<string>(
    'select distinct hamlet from assignment where campaign_id = ? and unit_id = ? order by hamlet',
  )
    .pluck()
    .all(campaignId, unitId)
  const plan = planWorklist(
    rows,
    ({ number }) => {
      const hash = matchHash({ campaignId }, 'number', number)
      const listed = prepared<{ unitId: number }>(
        'select unit_id as unitId from assignment where campaign_id = ? and citizen_hash = ?',
      ).get(campaignId, hash)
      const record = prepared(
        'select 1 from help where campaign_id = ? and citizen_hash = ? and withdrawn_at is null limit 1',
      ).get(campaignId, hash)
      return {
        list: listed === undefined ? null : listed.unitId === unitId ? 'this' : 'other',
        isHelped: record !== undefined,
      }
    },
    hamlets,
  )
  return { rows, unread, plan, planKey: createHash('sha256').update(JSON.stringify(plan)).digest('base64url') }
}

/** Starts the job that puts on the list what a preview showed (`planKey`); undefined where the preview is outdated. */
export function startWorklistApply(
  actor: Actor,
  { batchId, planKey }: { batchId: number; planKey: string },
): number | undefined {
  return transact(() => {
    const { content, unit: at } = existing(actor, batchId)
    if (actor.kind !== 'person') throw new Error('a worklist is imported by a person')
    const isPlanned = content.stage === 'planned' && content.plan.adds.length > 0
    if (!isPlanned || content.planKey !== planKey) return undefined
    return startJob(actor, 'worklist_apply', {
      worklistBatchId: batchId,
      listUnitId: at.id,
      accountId: actor.accountId,
      planKey,
    })
  })
}

type Applying = { worklistId: number; adds: WorklistRow[]; campaignId: number; unitId: number }

/**
 * Opens the list of a batch. Plans its rows again, and refuses if the plan differs from the one named (undefined; the
 * preview then shows the new plan). An interrupted one continues after its last row.
 */
export function beginWorklist(
  actor: Actor,
  { batchId, planKey }: { batchId: number; planKey: string },
): Applying | undefined {
  return transact(tx => {
    const { content, unit: at, createdBy } = existing(actor, batchId)
    const { campaignId, name, legalBasis } = content
    if (content.stage === 'applying')
      return { worklistId: content.worklistId, adds: content.plan.adds, campaignId, unitId: at.id }
    if (content.stage !== 'planned') return undefined
    const present = planned(campaignId, at.id, content)
    if (present.planKey !== planKey) {
      store(tx, batchId, { campaignId, name, legalBasis, stage: 'planned', ...present })
      return undefined
    }
    const made = tx
      .insert(worklist)
      .values({
        campaignId,
        unitId: at.id,
        name,
        legalBasis,
        importedAt: campaignNow(),
        importedBy: actor.kind === 'person' ? actor.accountId : createdBy,
      })
      .returning({ id: worklist.id })
      .get()
    store(tx, batchId, { campaignId, name, legalBasis, stage: 'applying', worklistId: made.id, ...present })
    return { worklistId: made.id, adds: present.plan.adds, campaignId, unitId: at.id }
  })
}

/** Adds some citizens to a list, except those who are on one by now. One transaction. */
export function addToWorklist({ worklistId, campaignId, unitId }: Applying, rows: readonly WorklistRow[]) {
  transact(tx => {
    for (const row of rows) {
      const citizenHash = matchHash({ campaignId }, 'number', row.number)
      if (prepared('select 1 from assignment where campaign_id = ? and citizen_hash = ?').get(campaignId, citizenHash))
        continue
      const id = nextId(assignment)
      tx.insert(assignment)
        .values({ id, campaignId, worklistId, unitId, citizenHash, ...citizenColumns(campaignId, id, row) })
        .run()
      settleAssignments(campaignId, [citizenHash])
    }
  })
}

/** A listed citizen's own columns, sealed for the row `id`. */
export function citizenColumns(campaignId: number, id: number, row: Omit<WorklistRow, 'row'>) {
  const owner = { campaignId }
  const slot = (column: string) => ({ table: 'assignment', column, rowId: id })
  return {
    citizenNameCipher: seal(owner, slot('citizenName'), row.name),
    citizenNumberCipher: seal(owner, slot('citizenNumber'), row.number),
    citizenPhoneCipher: row.phone === null ? null : seal(owner, slot('citizenPhone'), row.phone),
    addressCipher: row.address === null ? null : seal(owner, slot('address'), row.address),
    citizenBirthYear: row.birthYear,
    localityCode: row.localityCode,
    hamlet: row.hamlet,
    lacks: JSON.stringify(row.lacks),
  }
}

/** Ends an import: forgets the file's rows and logs how many came on the list. */
export function endWorklist(actor: Actor, batchId: number, { worklistId, campaignId, unitId }: Applying): number {
  return transact(tx => {
    const count = prepared<number>('select count(*) from assignment where worklist_id = ?').pluck().one(worklistId)
    closeBatch(tx, batchId)
    logEvent(tx, actor, {
      verb: 'import',
      subject: 'worklist',
      subjectId: worklistId,
      campaignId,
      data: { unitId, count },
    })
    return count
  })
}

/** Empties the uploads of a campaign that were never applied. */
export function forgetUploads(campaignId: number) {
  transact(tx => {
    const kept = tx
      .select({ id: importBatch.id, planCipher: importBatch.planCipher })
      .from(importBatch)
      .where(and(eq(importBatch.kind, 'worklist'), sql`length(${importBatch.planCipher}) > 0`))
      .all()
    for (const { id, planCipher } of kept) {
      const content = batches.opened(id, planCipher)
      if (content?.campaignId === campaignId)
        tx.update(importBatch)
          .set({ planCipher: Buffer.alloc(0) })
          .where(eq(importBatch.id, id))
          .run()
    }
  })
}
