import type { Actor } from '#app/access/policy.ts'
import type { ListedRow, PlannedRow, SetupList } from '#app/domain/setup/listed.ts'
import type { SetupPlan } from '#app/queries/setup-batch.server.ts'
import {
  exportLocalities,
  planLocalityList,
  undoLocalities,
  writeLocalities,
} from '#app/queries/setup-localities.server.ts'
import type { SetupUndo } from '#app/queries/setup-undo.server.ts'
import { exportUnits, planUnitList, undoUnits, writeUnits } from '#app/queries/setup-units.server.ts'
import { unitWords } from '#app/text/setup.ts'

/** How one list is planned, written, taken back and exported, for pages and the operator's command alike. */
type SetupWork<Entry extends PlannedRow = PlannedRow> = SetupUndo & {
  plan: (rows: readonly ListedRow[]) => SetupPlan<Entry>
  write: (entries: Entry[]) => void
  export: () => Record<string, string>[]
}

/** Runs `use` with the work of one list, done by the actor. */
export function withSetupList<T>(
  actor: Actor,
  list: SetupList,
  use: <Entry extends PlannedRow>(work: SetupWork<Entry>) => T,
): T {
  if (list === 'units')
    return use({
      ...undoUnits(actor),
      plan: rows => planUnitList(actor, rows, unitWords),
      write: entries => writeUnits(actor, entries),
      export: () => exportUnits(actor, unitWords),
    })
  return use({
    ...undoLocalities(),
    plan: rows => planLocalityList(actor, rows),
    write: entries => writeLocalities(actor, entries),
    export: () => exportLocalities(actor),
  })
}
