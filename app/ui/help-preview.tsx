import { Link } from '@remix-run/react'
import type { Foresight } from '#app/domain/foresight.ts'
import {
  type HelpColumn,
  type HelpPreviewRow,
  type HelpRowProblem,
  mendedBy,
  sharedCell,
} from '#app/domain/help-import.ts'
import { cellName, type ProblemGroup } from '#app/domain/mending.ts'
import { describeOwn, OWN_RECORD } from '#app/text/citizen-number.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { helpFates, helpHeaders, helpRowProblemSentence, shortProblem } from '#app/text/help-import.ts'
import { describeRow, keptNumber, rowNotes } from '#app/text/mending.ts'
import type { TermNames } from '#app/text/terms.ts'
import { dayCompared } from '#app/text/verdict.ts'
import { RowNotes } from './batch-preview.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { EmptyState } from './empty-state.tsx'
import { HelpStatus } from './help-status.tsx'
import { MendForm, type MendWords, mendField, mendGroups } from './mending.tsx'
import { Status } from './status.tsx'
import { useTerms } from './terms.ts'

const whoIs = ({ birthOn, birthYear, ...row }: HelpPreviewRow) =>
  [describeRow({ ...row, birth: birthOn === null ? birthYear : formatDay(birthOn) }), row.livesAt]
    .filter(Boolean)
    .join(' · ')

const columnsIn = (names: TermNames): Column<HelpPreviewRow>[] => [
  {
    key: 'citizen',
    header: 'Người dân',
    cell: row => (
      <>
        {row.citizenName || 'Chưa có họ tên'}
        <span className="small block">{whoIs(row)}</span>
        <RowNotes notes={rowNotes(row, 'record')} />
      </>
    ),
  },
  { key: 'official', header: 'Người thực hiện', cell: row => row.officialName || 'Chưa rõ' },
  {
    key: 'day',
    header: 'Ngày hỗ trợ',
    align: 'end',
    cell: row => (row.helpedOn === null ? row.writtenDay || 'Chưa ghi' : formatDay(row.helpedOn)),
  },
  {
    key: 'verdict',
    header: 'Kết quả khi nhập',
    cell: ({ foresight, fate, sameCitizenAs, own }) =>
      foresight === null ? (
        <>
          <Status tone="neutral">{helpFates[fate]}</Status>
          {own === null ? null : (
            <span className="small block">
              Đã ghi {describeOwn(own, names)} <Link to={`/ho-tro/${own.helpId}`}>{OWN_RECORD}</Link>
            </span>
          )}
        </>
      ) : (
        <>
          <HelpStatus {...verdictOf(foresight)} />
          {foresight.outcome === null ? null : <span className="small block">{names.outcome[foresight.outcome]}</span>}
          {foresight.isDayCompared ? <span className="small block">{dayCompared}</span> : null}
          {sameCitizenAs === null ? null : (
            <span className="small block">
              Cùng người dân với dòng {formatNumber(sameCitizenAs)}; mỗi người dân được tính một lần.
            </span>
          )}
        </>
      ),
  },
]

export const verdictOf = ({ kind, reason, outcome }: Pick<Foresight, 'kind' | 'reason' | 'outcome'>) => ({
  verdictKind: kind,
  verdictReason: reason,
  verdictOutcome: outcome,
})

/** Rows that need no mending, with the verdict that each would get. */
export function HelpRows({ rows }: { rows: readonly HelpPreviewRow[] }) {
  const { names } = useTerms()
  return (
    <DataTable
      caption="Các dòng"
      columns={columnsIn(names)}
      rows={rows}
      rowKey={row => String(row.row)}
      asCards
      empty={<EmptyState title="Không có dòng nào">Anh/chị chọn kết quả khác ở trên.</EmptyState>}
    />
  )
}

/** How many rows would get each verdict. */
export function VerdictCounts({
  counts,
}: {
  counts: readonly (Pick<Foresight, 'kind' | 'reason' | 'outcome'> & { count: number })[]
}) {
  const { names } = useTerms()
  return (
    <ul>
      {counts.map(({ count, ...verdict }) => (
        <li key={`${verdict.reason} ${verdict.outcome}`}>
          {formatNumber(count)} dòng: <HelpStatus {...verdictOf(verdict)} />
          {verdict.outcome === null ? null : ` ${names.outcome[verdict.outcome]}`}
        </li>
      ))}
    </ul>
  )
}

/** Rows to be mended, with the cells that mend each. `choices` are the words that a column takes. */
export function HelpMending({
  rows,
  groups,
  choices,
  group,
  action,
  addressOf,
}: {
  rows: readonly HelpPreviewRow[]
  groups: readonly ProblemGroup<HelpRowProblem>[]
  choices: Partial<Record<HelpColumn, readonly string[]>>
  group: string
  action: string
  addressOf: (group: string) => string
}) {
  const words: MendWords<HelpColumn, ProblemGroup<HelpRowProblem>> = {
    headers: helpHeaders,
    choices,
    numeric: ['citizenNumber', 'phone'],
    sharedIn: sharedCell,
    sentenceOf: helpRowProblemSentence,
  }
  return (
    <MendForm
      action={action}
      allTo={addressOf('')}
      groups={mendGroups(groups, words, { group, addressOf })}
      rows={rows.map(row => {
        const columns = [...new Set(row.problems.flatMap(mendedBy))]
        const errorOf = (column: HelpColumn) => {
          const found = row.problems.filter(problem => problem.column === column)
          return found.length === 0 ? undefined : found.map(({ reason }) => shortProblem(reason)).join(' ')
        }
        return {
          key: String(row.row),
          title: row.citizenName || 'Chưa có họ tên',
          detail: [whoIs(row), row.officialName, row.writtenDay].filter(Boolean).join(' · '),
          notes: rowNotes(row, 'record'),
          problems: row.problems
            .filter(({ column }) => column === null || !columns.includes(column))
            .map(helpRowProblemSentence),
          fields: columns.map(column => ({
            ...mendField(words, cellName(column, String(row.row)), column),
            value: row.cells[column] ?? '',
            hint: column === 'citizenNumber' && row.numberTail !== null ? keptNumber(row.numberTail) : undefined,
            error: errorOf(column),
          })),
        }
      })}
    />
  )
}
