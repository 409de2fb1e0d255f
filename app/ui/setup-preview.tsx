import { cellName, type ProblemGroup } from '#app/domain/mending.ts'
import type { PlannedRow, SetupFate, SetupList, SetupProblem } from '#app/domain/setup/listed.ts'
import { formatNumber } from '#app/text/format.ts'
import {
  explainSetupGroup,
  explainSetupProblem,
  localityHeaders,
  setupChoices,
  setupFates,
  unitHeaders,
} from '#app/text/setup.ts'
import { type Column, DataTable } from './data-table.tsx'
import { EmptyState } from './empty-state.tsx'
import { MendForm, type MendWords, mendField, mendGroups } from './mending.tsx'
import { useProvince } from './province.ts'
import { Status, type Tone } from './status.tsx'

const TONES: Record<SetupFate, Tone> = { problem: 'late', add: 'done', edit: 'done', same: 'neutral' }

type Headers = Record<string, { header: string }>
const HEADERS: Record<SetupList, Headers> = { units: unitHeaders, localities: localityHeaders }

/** A cell that a row changes, in words: "Tên đơn vị: A → B", of a new row without what it was. */
const inWords = (headers: Headers, { column, from, to }: PlannedRow['changes'][number]) =>
  `${headers[column]?.header ?? column}: ${from === '' ? '' : `${from} → `}${to}`

const columnsOf = (headers: Headers): Column<PlannedRow>[] => [
  {
    key: 'title',
    header: 'Tên',
    cell: ({ title, row }) => (
      <>
        {title}
        <span className="small block">Dòng {formatNumber(row)}</span>
      </>
    ),
  },
  {
    key: 'changes',
    header: 'Ghi vào phần mềm',
    cell: ({ changes }) =>
      changes
        .filter(({ to }) => to !== '')
        .map(change => inWords(headers, change))
        .join(' · '),
  },
  { key: 'fate', header: 'Kết quả', cell: ({ fate }) => <Status tone={TONES[fate]}>{setupFates[fate]}</Status> },
]

/** Rows that need no mending. */
export function SetupRows({ list, rows }: { list: SetupList; rows: readonly PlannedRow[] }) {
  return (
    <DataTable
      caption="Các dòng"
      columns={columnsOf(HEADERS[list])}
      rows={rows}
      rowKey={({ row }) => String(row)}
      asCards
      empty={<EmptyState title="Không có dòng nào">Anh/chị chọn kết quả khác ở trên.</EmptyState>}
    />
  )
}

type Wrong = { row: number; cells: Readonly<Record<string, string>>; problems: readonly SetupProblem[] }

/** Rows to be mended, with the cells that mend each. */
export function SetupMending({
  list,
  rows,
  groups,
  group,
  action,
  addressOf,
}: {
  list: SetupList
  rows: readonly Wrong[]
  groups: readonly ProblemGroup<SetupProblem>[]
  group: string
  action: string
  addressOf: (group: string) => string
}) {
  const { hasDistricts } = useProvince()
  const words: MendWords<string, ProblemGroup<SetupProblem>> = {
    headers: HEADERS[list],
    choices: setupChoices(hasDistricts),
    numeric: [],
    // a code or name is each row's own
    sharedIn: ({ column }) => (column === 'code' || column === 'name' ? undefined : column),
    sentenceOf: explainSetupGroup,
  }
  return (
    <MendForm
      action={action}
      allTo={addressOf('')}
      groups={mendGroups(groups, words, { group, addressOf })}
      rows={rows.map(({ row, cells, problems }) => ({
        key: String(row),
        title: cells.name || 'Chưa có tên',
        detail: `Dòng ${formatNumber(row)}`,
        problems: problems.map(explainSetupProblem),
        fields: [...new Set(problems.map(({ column }) => column))].map(column => ({
          ...mendField(words, cellName(column, String(row)), column),
          value: cells[column] ?? '',
        })),
      }))}
    />
  )
}
