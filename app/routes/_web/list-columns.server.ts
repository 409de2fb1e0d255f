import type { Actor } from '#app/access/policy.ts'
import { type ListChoice, type ListView, openColumns } from '#app/domain/list.ts'
import { listFields, readListChoice } from '#app/domain/list-input.ts'
import { columnsIn, type Heading, type ListSpec } from '#app/imports/list-spec.ts'
import { findColumns } from '#app/queries/import-batch.server.ts'
import { listProblems, readSentence, spreadLabels } from '#app/text/list.ts'
import type { ColumnQuestion, WholeValue } from '#app/ui/list-columns.tsx'
import { textsOf } from './form.server.ts'
import { found, notFound } from './visit.server.ts'

type Asked<Column extends string> = {
  spec: ListSpec<Column>
  /** columns that are not offered */
  without?: readonly Column[]
  whole: readonly (WholeValue & { column: Column })[]
  /** lost fonts are agreed to here, and not in the preview */
  asksFonts: boolean
}

/** The batch of a unit whose columns are asked about; 404 where it is another unit's or out of sight. */
export function unitColumns(
  actor: Actor,
  kind: Parameters<typeof findColumns>[1],
  { unitId, batchId }: { unitId: number; batchId: number },
) {
  const batch = found(findColumns(actor, kind, batchId))
  if (batch.unit.id !== unitId) throw notFound()
  return batch
}

/** What the page of columns shows of a file: `view`, with what was chosen before. */
export function columnQuestion<Column extends string>(
  { view, choice }: { view: ListView; choice?: ListChoice },
  { spec, without, whole, asksFonts }: Asked<Column>,
): ColumnQuestion {
  const used = new Set(view.heads.flatMap(({ column }) => column ?? []))
  const values = { ...view.values, ...choice?.values }
  return {
    view,
    note: readSentence(view),
    columns: optionsOf(spec, without),
    whole: whole.filter(({ column }) => !used.has(column)),
    missing: openColumns(view).map(column => labelOf(spec, column)),
    typed: {
      ...Object.fromEntries(Object.entries(values).map(([column, text]) => [listFields.value(column), text])),
      ...(choice?.withHidden === undefined ? {} : { [listFields.hidden]: choice.withHidden ? 'lay' : 'bo' }),
      ...(choice?.converts ? { [listFields.fonts]: 'on' } : {}),
      ...Object.fromEntries(
        Object.entries(choice?.dayOrders ?? {}).map(([column, order]) => [listFields.dayOrder(column), order]),
      ),
    },
    asksFonts,
  }
}

const labelOf = <Column extends string>(spec: ListSpec<Column>, column: string) =>
  columnsIn(spec)
    .filter(known => known === column)
    .map(known => spec.columns[known].header)[0] ?? column

function optionsOf<Column extends string>(spec: ListSpec<Column>, without: readonly Column[] = []) {
  const offered = columnsIn(spec).filter(column => !without.includes(column))
  const own = offered.map(column => ({ value: column as string, label: spec.columns[column].header }))
  const spread = Object.entries(spreadLabels).map(([value, label]) => ({ value, label }))
  return [...own, ...spread.filter(({ value }) => spec.person !== undefined || value === 'ordinal')]
}

/** Reads the form of the page of columns; refused with what is open, and everything typed. */
export function readColumnForm<Column extends string>(
  form: FormData,
  view: ListView,
  { spec, without, whole, asksFonts }: Asked<Column>,
):
  | { ok: true; choice: ListChoice }
  | { ok: false; problem?: string; missing: string[]; typed: Record<string, string> } {
  const known = optionsOf(spec, without).map(({ value }) => value)
  const typed = textsOf(form)
  const { choice, ...faults } = readListChoice(name => typed[name] ?? '', view, {
    known,
    whole: whole.map(({ column }) => column),
  })
  const has = (column: Heading<Column>) => choice.columns[column] !== undefined
  const missing = spec.missing(has).filter(column => !choice.values[column])
  const problem = problemOf(choice, view, { ...faults, asksFonts })
  if (problem === undefined && missing.length === 0) return { ok: true, choice }
  return { ok: false, problem, missing: missing.map(column => labelOf(spec, column)), typed }
}

function problemOf(
  choice: ListChoice,
  view: ListView,
  { isTwice, areDaysOpen, asksFonts }: { isTwice: boolean; areDaysOpen: boolean; asksFonts: boolean },
): string | undefined {
  if (isTwice) return listProblems.column_used_twice
  if (areDaysOpen) return listProblems.days_unsaid
  if (view.hidden > 0 && choice.withHidden === undefined) return listProblems.hidden_unsaid
  return asksFonts && view.converted > 0 && !choice.converts ? listProblems.fonts_unsaid : undefined
}
