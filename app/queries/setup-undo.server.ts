import { type Actor, permit } from '#app/access/policy.ts'
import { found } from '#app/domain/refusal.ts'
import type { SetupList } from '#app/domain/setup/listed.ts'
import { changedSince, type SetupState, type UndoStep } from '#app/domain/setup/undo.ts'
import { transact } from '#db/client.server.ts'
import { logEvent } from './event.server.ts'
import { findSetupList, forgetSetupList } from './setup-batch.server.ts'
import { rootUnit } from './unit.server.ts'

/** How the rows of a list are looked at, removed and put back. */
export type SetupUndo = {
  state: () => SetupState
  /** removes an added row; throws where something hangs on it */
  remove: (key: string) => void
  /** writes a changed row as it was */
  restore: (step: UndoStep) => void
}

/** Thrown to undo nothing: some rows are used or were changed since. */
class StillUsed extends Error {
  constructor(readonly names: readonly string[]) {
    super('rows of the list are in use')
  }
}

/**
 * Takes an applied list back, completely or not at all: added rows go, changed ones are as they were. Refused with the
 * names of rows that were changed since or on which something hangs: people, roles, records, rows of another list.
 * Possible as long as the batch keeps what was there before.
 */
export function undoSetupList(
  actor: Actor,
  { list, batchId }: { list: SetupList; batchId: number },
  { state, remove, restore }: SetupUndo,
): { ok: true; undone: number } | { ok: false; names: readonly string[] } {
  try {
    return transact(tx => {
      permit(actor, 'unit.edit', { unitPath: rootUnit().path })
      const steps = found(found(findSetupList(actor, list, batchId)).undo)
      const moved = changedSince(steps, state())
      if (moved.length > 0) throw new StillUsed(moved.map(({ name }) => name))
      const added = steps.filter(({ before }) => before === null).reverse()
      const used = added.filter(({ key }) => !isRemoved(() => remove(key)))
      if (used.length > 0) throw new StillUsed(used.map(({ name }) => name))
      const edited = steps.filter(({ before }) => before !== null)
      for (const step of edited) restore(step)
      forgetSetupList(batchId)
      logEvent(tx, actor, {
        verb: 'undo',
        subject: 'import_batch',
        subjectId: batchId,
        data: { list, removed: added.length, restored: edited.length },
      })
      return { ok: true as const, undone: steps.length }
    })
  } catch (error) {
    if (error instanceof StillUsed) return { ok: false, names: error.names }
    throw error
  }
}

/** Tries a removal; false where a row elsewhere names the row. */
function isRemoved(remove: () => void): boolean {
  try {
    remove()
    return true
  } catch (error) {
    if ((error as { code?: unknown }).code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return false
    throw error
  }
}
