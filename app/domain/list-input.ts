import { cutText } from './letters.ts'
import type { ListChoice, ListView } from './list.ts'
import { DAY_ORDERS, type DayOrder } from './written-day.ts'

/** Names of the fields by which a person says what the columns of a file are. */
export const listFields = {
  column: (at: number) => `cot-${at}`,
  value: (column: string) => `chung-${column}`,
  dayOrder: (column: string) => `thu-tu-${column}`,
  hidden: 'dong-an',
  fonts: 'phong-chu',
} as const

/** Answers about hidden rows. */
export const HIDDEN_ANSWERS = ['lay', 'bo'] as const

const MOST_SIGNS = 200

/** Which of day and month a form says comes first in a column; undefined: left open. */
export function dayOrderTyped(typed: (name: string) => string | undefined, column: string): DayOrder | undefined {
  return DAY_ORDERS.find(known => known === typed(listFields.dayOrder(column)))
}

/** What a form says about the columns of a file; `known` are the columns that the list may have. */
export function readListChoice(
  typed: (name: string) => string,
  { heads, sheet, headRow, unclearDays }: Pick<ListView, 'heads' | 'sheet' | 'headRow' | 'unclearDays'>,
  { known, whole }: { known: readonly string[]; whole: readonly string[] },
): { choice: ListChoice; isTwice: boolean; areDaysOpen: boolean } {
  const columns: Record<string, number> = {}
  let isTwice = false
  for (const { at } of heads) {
    const column = known.find(name => name === typed(listFields.column(at)))
    if (column === undefined) continue
    if (columns[column] !== undefined) isTwice = true
    columns[column] ??= at
  }
  const values = Object.fromEntries(
    whole.flatMap(column => {
      const text = cutText(typed(listFields.value(column)).normalize('NFC').replace(/\s+/g, ' ').trim(), MOST_SIGNS)
      return text === '' || columns[column] !== undefined ? [] : [[column, text]]
    }),
  )
  const hidden = typed(listFields.hidden)
  // what was asked of another column of the file says nothing of this one, which is looked at first
  const asked = unclearDays.filter(column => heads.find(head => head.column === column)?.at === columns[column])
  const dayOrders = Object.fromEntries(
    asked.flatMap(column => {
      const order = dayOrderTyped(typed, column)
      return order === undefined ? [] : [[column, order]]
    }),
  )
  return {
    isTwice,
    areDaysOpen: asked.some(column => dayOrders[column] === undefined),
    choice: {
      sheet,
      headRow,
      columns,
      values,
      ...(HIDDEN_ANSWERS.some(answer => answer === hidden) ? { withHidden: hidden === 'lay' } : {}),
      converts: typed(listFields.fonts) === 'on',
      dayOrders,
    },
  }
}
