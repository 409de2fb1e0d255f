import { DayColumn, type DayOrder, dayFirst } from '#app/domain/written-day.ts'
import { kindOf, type ListEntry } from './list.ts'
import type { Head } from './list-head.ts'
import type { Heading, ListSpec, ValueKind } from './list-spec.ts'

const KINDS_OF_DAYS: ReadonlySet<ValueKind> = new Set(['day', 'birth', 'day_or_words'])

/**
 * The columns of a list's days in which day and month may have changed places, by all that their cells show. One rule for
 * every list; what it finds is asked, and never guessed.
 */
export function unclearDays<Column extends string>(
  entries: readonly ListEntry<Column>[],
  head: Head<Column>,
  spec: ListSpec<Column>,
): Heading<Column>[] {
  return [...head.columns.keys()].filter(column => {
    if (!KINDS_OF_DAYS.has(kindOf(column, spec))) return false
    const days = new DayColumn()
    for (const entry of entries) days.see(entry.text(column))
    return days.isAsked
  })
}

/** An entry whose days stand first in the columns `unclear`, where `orders` says that their months did. */
export function withDaysFirst<Column extends string>(
  entry: ListEntry<Column>,
  unclear: readonly Heading<Column>[],
  orders: Readonly<Record<string, DayOrder>> = {},
): ListEntry<Column> {
  const turned = new Set<Heading<Column>>(unclear.filter(column => orders[column] === 'month_first'))
  if (turned.size === 0) return entry
  return {
    ...entry,
    cell: column => {
      const cell = entry.cell(column)
      return cell && turned.has(column) ? { ...cell, text: dayFirst(cell.text) } : cell
    },
    text: column => (turned.has(column) ? dayFirst(entry.text(column)) : entry.text(column)),
  }
}
