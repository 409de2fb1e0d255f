import { cellName, groupWord, type ProblemGroup, sharedName } from '#app/domain/mending.ts'
import type { WorklistColumn, WorklistFate, WorklistPreviewRow, WorklistProblem } from '#app/domain/worklist.ts'
import { MENDED_BY, sharedWorklistCell } from '#app/domain/worklist-mending.ts'
import { formatNumber } from '#app/text/format.ts'
import { describeRow, keptNumber } from '#app/text/mending.ts'
import {
  explainWorklistProblem,
  lackChoices,
  OUTSIDE_QUOTA,
  worklistFates,
  worklistHeaders,
} from '#app/text/worklist.ts'
import { lacksInWords } from './assignment-row.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { EmptyState } from './empty-state.tsx'
import { MendForm } from './mending.tsx'
import { Status, type Tone } from './status.tsx'

const TONES: Record<WorklistFate, Tone> = { problem: 'late', add: 'done', kept: 'neutral' }

const whoIs = (row: WorklistPreviewRow) => describeRow({ ...row, birth: row.birthYear })

const COLUMNS: Column<WorklistPreviewRow>[] = [
  {
    key: 'name',
    header: 'Họ và tên',
    cell: row => (
      <>
        {row.name}
        <span className="small block">{whoIs(row)}</span>
      </>
    ),
  },
  { key: 'place', header: 'Nơi ở', cell: row => row.livesAt },
  { key: 'phone', header: 'Điện thoại', cell: row => (row.hasPhone ? 'có' : 'chưa có') },
  {
    key: 'lacks',
    header: 'Còn thiếu',
    cell: row => (
      <>
        {lacksInWords(row.lacks)}
        {row.isOutsideQuota ? <span className="small block">{OUTSIDE_QUOTA}</span> : null}
      </>
    ),
  },
  { key: 'fate', header: 'Kết quả', cell: row => <Status tone={TONES[row.fate]}>{worklistFates[row.fate]}</Status> },
]

/** Rows that need no mending. */
export function WorklistRows({ rows }: { rows: readonly WorklistPreviewRow[] }) {
  return (
    <DataTable
      caption="Các dòng"
      columns={COLUMNS}
      rows={rows}
      rowKey={row => String(row.row)}
      asCards
      empty={<EmptyState title="Không có dòng nào">Anh/chị chọn kết quả khác ở trên.</EmptyState>}
    />
  )
}

/** Rows to be mended, with the cells that mend each; `communes` are the names that the list may give. */
export function WorklistMending({
  rows,
  groups,
  group,
  communes,
  action,
  addressOf,
}: {
  rows: readonly WorklistPreviewRow[]
  groups: readonly ProblemGroup<{ column: null; reason: WorklistProblem['reason'] }>[]
  group: string
  communes: readonly string[]
  action: string
  addressOf: (group: string) => string
}) {
  const choices: Partial<Record<WorklistColumn, readonly string[]>> = { commune: communes, lacks: lackChoices }
  const fieldOf = (name: string, column: WorklistColumn) => ({
    name,
    label: worklistHeaders[column].header,
    value: '',
    choices: choices[column],
    isNumeric: column === 'number' || column === 'phone',
  })
  return (
    <MendForm
      action={action}
      allTo={addressOf('')}
      groups={groups.map(({ rows: count, ...problem }) => {
        const word = groupWord(problem)
        const column = count > 1 ? sharedWorklistCell(problem.reason) : undefined
        const field = column && {
          ...fieldOf(sharedName(column, word), column),
          label: `${worklistHeaders[column].header} của cả ${formatNumber(count)} dòng`,
        }
        return {
          word,
          text: explainWorklistProblem(problem),
          rows: count,
          to: addressOf(word),
          isCurrent: word === group,
          field,
        }
      })}
      rows={rows.map(row => {
        const columns = [...new Set(row.problems.flatMap(({ reason }) => MENDED_BY[reason]))]
        return {
          key: String(row.row),
          title: row.name || 'Không có họ tên',
          detail: [whoIs(row), row.livesAt].filter(Boolean).join(' · '),
          problems: row.problems.map(explainWorklistProblem),
          fields: columns.map(column => ({
            ...fieldOf(cellName(column, String(row.row)), column),
            value: row.cells[column] ?? '',
            hint: column === 'number' && row.numberTail !== null ? keptNumber(row.numberTail) : undefined,
          })),
        }
      })}
    />
  )
}
