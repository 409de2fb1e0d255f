import type { Day } from '../calendar.ts'
import type { Association, Category, Sex, UnitRole } from '../vocabulary.ts'
import type { RosterChoice } from './choice.ts'
import type { RosterChange } from './columns.ts'
import type { RosterColumn, RosterProblem, RowRef } from './row.ts'

/** A known official whom a row may name. The place is null if it is guarded against the actor. */
export type Known = {
  officialId: number
  name: string
  birthOn: Day | null
  birthYear: number | null
  hamlet: string | null
  position: string | null
  unitName: string | null
}
/** A change as the preview shows it: units by name, of numbers and phones the last three digits. */
export type ShownChange = {
  field: RosterChange['field']
  from: string | boolean | null
  to: string | boolean
  waits?: true
}
export type ShownCandidate = { choice: RosterChoice } & ({ known: Known } | { sameAs: RowRef & { name: string } })

/** A row of a batch and its planned effect. */
export type RosterPreviewRow = RowRef & {
  /** null: a row that could not be read */
  name: string | null
} & (
    | {
        fate: 'create'
        category: Category
        unitName: string
        position: string | null
        sex: Sex | null
        birthOn: Day | null
        birthYear: number | null
        /** null: the list gives no number */
        numberTail: string | null
        /** the role that waits for a second person; left out: none */
        role?: UnitRole
        joins: Association[]
      }
    | {
        fate: 'update'
        changes: ShownChange[]
        joins: Association[]
        leaves: Association[]
        offers: Association[]
        /** the unit whose consent a move waits for; null: none is asked for */
        movesTo: string | null
      }
    | { fate: 'unchanged'; repeats: RowRef | null }
    | { fate: 'proposal'; candidates: ShownCandidate[] }
    | {
        fate: 'problem'
        problems: RosterProblem[]
        /** the cells that mend it, as they are written */
        cells: Partial<Record<RosterColumn, string>>
        /** null: the list gives no number that can be read */
        numberTail: string | null
        canMend: boolean
      }
  )
