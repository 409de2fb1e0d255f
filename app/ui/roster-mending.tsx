import { cellName, leftName, type ProblemGroup } from '#app/domain/mending.ts'
import { rosterMendedBy, sharedRosterCell } from '#app/domain/roster/mending.ts'
import type { RosterPreviewRow } from '#app/domain/roster/preview.ts'
import { type RosterColumn, type RosterProblem, refKey } from '#app/domain/roster/row.ts'
import { formatNumber } from '#app/text/format.ts'
import { keptCell, keptNumber } from '#app/text/mending.ts'
import { rosterCategories, rosterGroupSentence, rosterHeaders, rosterProblemSentence } from '#app/text/roster.ts'
import { labels } from '#app/text/vocabulary.ts'
import { MendForm, type MendWords, mendField, mendGroups } from './mending.tsx'

const WORDS: MendWords<RosterColumn, ProblemGroup<RosterProblem>> = {
  headers: rosterHeaders,
  choices: { category: Object.values(rosterCategories), sex: Object.values(labels.sex) },
  numeric: ['number', 'phone'],
  sharedIn: problem => sharedRosterCell(inNoRow(problem)),
  sentenceOf: problem => rosterGroupSentence(inNoRow(problem)),
}

/** A problem that rows share, beside no row. */
const inNoRow = ({ column, reason }: ProblemGroup<RosterProblem>): RosterProblem => ({
  sheet: '',
  row: 0,
  column,
  reason,
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
      groups={mendGroups(groups, WORDS, { group, addressOf })}
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
              ...mendField(WORDS, cellName(column, refKey(row)), column),
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
