import type { Actor } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { SettledChoice } from '#app/domain/roster/choice.ts'
import type { RosterPlan } from '#app/domain/roster/plan.ts'
import type { RosterFileReason, RosterReading } from '#app/domain/roster/row.ts'
import type { Association } from '#app/domain/vocabulary.ts'
import { transact } from '#db/client.server.ts'
import { logEvent } from './event.server.ts'
import { startJob } from './job.server.ts'
import { batchesOf } from './sealed-batch.server.ts'

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

const batches = batchesOf<BatchContent>('roster', () => 'staff')
export const storeContent = batches.store

/**
 * Keeps an uploaded roster of a unit and starts the job that reads and plans it; nothing else is written before the
 * plan is applied. Returns the job's id.
 */
export function uploadRoster(
  actor: Actor,
  unitId: number,
  { association, fromOn, ...file }: ListKind & { fileName: string; bytes: Uint8Array },
): number {
  return transact(tx => {
    const { batchId, accountId } = batches.open(tx, actor, { unitId, ...file }, content => ({
      association,
      fromOn,
      stage: 'uploaded',
      file: content,
    }))
    logEvent(tx, actor, { verb: 'store', subject: 'import_batch', subjectId: batchId, data: { unitId, association } })
    return startJob(actor, 'roster_plan', { batchId, accountId })
  })
}

/**
 * A batch with its unit; undefined where the actor may not edit that unit's roster. `content` null: applied, or a
 * week old, and so no longer kept.
 */
export const findBatch = batches.find
export type Batch = NonNullable<ReturnType<typeof findBatch>>
