import { and, eq } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { found } from '#app/domain/refusal.ts'
import type { SettledChoice } from '#app/domain/roster/choice.ts'
import type { RosterPlan } from '#app/domain/roster/plan.ts'
import type { RosterFileReason, RosterReading } from '#app/domain/roster/row.ts'
import type { Association } from '#app/domain/vocabulary.ts'
import { db, nextId, type Tx, transact } from '#db/client.server.ts'
import { seal, unseal } from '#db/keys.server.ts'
import { importBatch, unit } from '#db/schema.ts'
import { logEvent } from './event.server.ts'
import { startJob } from './job.server.ts'

/** The coordinator's details about a list; `association` null: the unit's staff. */
export type ListKind = {
  association: Association | null
  /** from when new people and new members are listed */
  fromOn: Day
}

/** The sealed content of a batch. `planKey` names one state of the plan, so that exactly the plan shown is applied. */
export type BatchContent = ListKind &
  (
    | { stage: 'uploaded'; file: string }
    | { stage: 'refused'; reason: RosterFileReason }
    | { stage: 'planned'; reading: RosterReading; choices: SettledChoice[]; plan: RosterPlan; planKey: string }
  )
export type PlannedContent = Extract<BatchContent, { stage: 'planned' }>

const GONE = Buffer.alloc(0)

const slotOf = (batchId: number) => ({ table: 'import_batch', column: 'plan', rowId: batchId })

/**
 * Keeps an uploaded roster of a unit and starts the job that reads and plans it; nothing else is written before the
 * plan is applied. Uploads a week old are emptied on this occasion. Returns the job's id.
 */
export function uploadRoster(
  actor: Actor,
  unitId: number,
  { fileName, bytes, association, fromOn }: ListKind & { fileName: string; bytes: Uint8Array },
): number {
  return transact(tx => {
    const row = found(tx.select().from(unit).where(eq(unit.id, unitId)).get())
    permit(actor, 'roster.edit', { unitPath: row.path, guardPath: row.guardPath })
    if (actor.kind !== 'person') throw new Error('a roster is uploaded by a person')
    const at = Date.now()
    const batchId = nextId(importBatch)
    tx.insert(importBatch)
      .values({
        id: batchId,
        kind: 'roster',
        unitId,
        fileName: fileName.normalize('NFC').slice(0, 200),
        planCipher: GONE,
        createdAt: at,
        createdBy: actor.accountId,
      })
      .run()
    storeContent(tx, batchId, {
      association,
      fromOn,
      stage: 'uploaded',
      file: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
    })
    logEvent(tx, actor, { verb: 'store', subject: 'import_batch', subjectId: batchId, data: { unitId, association } })
    return startJob(actor, 'roster_plan', { batchId, accountId: actor.accountId })
  })
}

export function storeContent(tx: Tx, batchId: number, content: BatchContent) {
  tx.update(importBatch)
    .set({ planCipher: seal('staff', slotOf(batchId), JSON.stringify(content)) })
    .where(eq(importBatch.id, batchId))
    .run()
}

/** Marks a batch applied and forgets what it held. */
export function closeBatch(tx: Tx, batchId: number) {
  tx.update(importBatch).set({ appliedAt: Date.now(), planCipher: GONE }).where(eq(importBatch.id, batchId)).run()
}

/**
 * A batch with its unit; undefined where the actor may not edit that unit's roster. `content` null: applied, or a
 * week old, and so no longer kept.
 */
export function findBatch(actor: Actor, batchId: number) {
  const row = db
    .select({
      id: importBatch.id,
      fileName: importBatch.fileName,
      createdAt: importBatch.createdAt,
      appliedAt: importBatch.appliedAt,
      planCipher: importBatch.planCipher,
      unit: { id: unit.id, name: unit.name, path: unit.path, guardPath: unit.guardPath },
    })
    .from(importBatch)
    .innerJoin(unit, eq(unit.id, importBatch.unitId))
    .where(and(eq(importBatch.id, batchId), eq(importBatch.kind, 'roster')))
    .get()
  if (!row || !can(actor, 'roster.edit', { unitPath: row.unit.path, guardPath: row.unit.guardPath })) return undefined
  const { planCipher, ...batch } = row
  const content =
    planCipher.length === 0 ? null : (JSON.parse(unseal(slotOf(batchId), planCipher).toString('utf8')) as BatchContent)
  return { ...batch, content }
}
export type Batch = NonNullable<ReturnType<typeof findBatch>>
