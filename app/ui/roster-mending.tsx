import { cellName, groupWord, leftName, type ProblemGroup, sharedName } from '#app/domain/mending.ts'
import { rosterMendedBy, sharedRosterCell } from '#app/domain/roster/mending.ts'
import type { RosterPreviewRow } from '#app/domain/roster/preview.ts'
import { type RosterColumn, type RosterProblem, refKey } from '#app/domain/roster/row.ts'
import { formatNumber } from '#app/text/format.ts'
import { keptCell, keptNumber } from '#app/text/mending.ts'
import { rosterCategories, rosterGroupSentence, rosterHeaders, rosterProblemSentence } from '#app/text/roster.ts'
import { labels } from '#app/text/vocabulary.ts'
import { MendForm } from './mending.tsx'

const CHOICES: Partial<Record<RosterColumn, readonly string[]>> = {
  category: Object.values(rosterCategories),
  sex: Object.values(labels.sex),
}

const fieldOf = (name: string, column: RosterColumn) => ({
  name,
  label: rosterHeaders[column].header,
  value: '',
  choices: CHOICES[column],
  isNumeric: column === 'number' || column === 'phone',
})

/** Rows of a roster to be mended, with the cells that mend each. */
export function RosterMending({
  rows,
  groups,
  group,
  action,
  addressOf,
}: {
  rows: readonly RosterPreviewRow[]
  groups: readonly ProblemGroup<RosterProblem>[]
  group: string
  action: string
  addressOf: (group: string) => string
}) {
  return (
    <MendForm
      action={action}
      allTo={addressOf('')}
      groups={groups.map(({ rows: count, ...shared }) => {
        const problem = { sheet: '', row: 0, ...shared }
        const word = groupWord(problem)
        const column = count > 1 ? sharedRosterCell(problem) : undefined
        const field = column && {
          ...fieldOf(sharedName(column, word), column),
          label: `${rosterHeaders[column].header} của cả ${formatNumber(count)} dòng`,
        }
        return {
          word,
          text: rosterGroupSentence(problem),
          rows: count,
          to: addressOf(word),
          isCurrent: word === group,
          field,
        }
      })}
      rows={rows.flatMap(row => {
        if (row.fate !== 'problem') return []
        const columns = row.canMend ? [...new Set(row.problems.flatMap(rosterMendedBy))] : []
        const hintOf = (column: RosterColumn) => {
          if (row.cells[column]) return undefined
          return column === 'number' && row.numberTail !== null ? keptNumber(row.numberTail) : keptCell
        }
        return [
          {
            key: refKey(row),
            title: row.name ?? 'Chưa đọc được họ tên',
            detail: `Dòng ${formatNumber(row.row)}, trang “${row.sheet}”`,
            problems: row.problems.map(rosterProblemSentence),
            fields: columns.map(column => ({
              ...fieldOf(cellName(column, refKey(row)), column),
              value: row.cells[column] ?? '',
              hint: hintOf(column),
            })),
            leftName: row.canMend ? leftName(refKey(row)) : undefined,
          },
        ]
      })}
    />
  )
}
