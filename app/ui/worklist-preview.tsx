import { NOTED_STATES } from '#app/domain/assignment.ts'
import { cellName, type ProblemGroup } from '#app/domain/mending.ts'
import type { WorklistColumn, WorklistFate, WorklistPreviewRow, WorklistProblem } from '#app/domain/worklist.ts'
import { mendedColumns, sharedWorklistCell } from '#app/domain/worklist-mending.ts'
import { describeRow, keptNumber, rowNotes } from '#app/text/mending.ts'
import { labels } from '#app/text/vocabulary.ts'
import {
  describeContact,
  explainWorklistProblem,
  lackChoices,
  OUTSIDE_QUOTA,
  worklistFates,
  worklistHeaders,
} from '#app/text/worklist.ts'
import { lacksInWords } from './assignment-row.tsx'
import { RowNotes } from './batch-preview.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { EmptyState } from './empty-state.tsx'
import { MendForm, type MendWords, mendField, mendGroups } from './mending.tsx'
import { Status, type Tone } from './status.tsx'

const TONES: Record<WorklistFate, Tone> = { problem: 'late', add: 'done', contact: 'done', kept: 'neutral' }

const whoIs = (row: WorklistPreviewRow) => describeRow({ ...row, birth: row.birthYear })

const COLUMNS: Column<WorklistPreviewRow>[] = [
  {
    key: 'name',
    header: 'Họ và tên',
    cell: row => (
      <>
        {row.name}
        <span className="small block">{whoIs(row)}</span>
        <RowNotes notes={rowNotes(row, 'worklist')} />
      </>
    ),
  },
  { key: 'place', header: 'Nơi ở', cell: row => row.livesAt },
  { key: 'phone', header: 'Điện thoại', cell: row => (row.hasPhone ? 'có' : 'chưa có') },
  {
    key: 'lacks',
    header: 'Nội dung',
    cell: row => (
      <>
        {row.contact === null ? lacksInWords(row.lacks) : describeContact(row.contact)}
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

type SharedProblem = ProblemGroup<{ column: null; reason: WorklistProblem['reason'] }>

const noted = NOTED_STATES.map(state => labels.assignmentState[state])

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
  groups: readonly SharedProblem[]
  group: string
  communes: readonly string[]
  action: string
  addressOf: (group: string) => string
}) {
  const words: MendWords<WorklistColumn, SharedProblem> = {
    headers: worklistHeaders,
    choices: { commune: communes, lacks: lackChoices, state: noted },
    numeric: ['number', 'phone'],
    sharedIn: ({ reason }) => sharedWorklistCell(reason),
    sentenceOf: explainWorklistProblem,
  }
  return (
    <MendForm
      action={action}
      allTo={addressOf('')}
      groups={mendGroups(groups, words, { group, addressOf })}
      rows={rows.map(row => {
        const columns = mendedColumns(row.problems, row.cells)
        return {
          key: String(row.row),
          title: row.name || 'Không có họ tên',
          detail: [whoIs(row), row.livesAt].filter(Boolean).join(' · '),
          problems: row.problems.map(explainWorklistProblem),
          notes: rowNotes(row, 'worklist'),
          fields: columns.map(column => ({
            ...mendField(words, cellName(column, String(row.row)), column),
            value: row.cells[column] ?? '',
            hint: column === 'number' && row.numberTail !== null ? keptNumber(row.numberTail) : undefined,
          })),
        }
      })}
    />
  )
}
