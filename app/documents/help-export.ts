import type { Day } from '#app/domain/calendar.ts'
import { HELP_COLUMNS, type HelpRow } from '#app/domain/help-import.ts'
import { codeOf } from '#app/domain/record-code.ts'
import {
  type Carrier,
  type ConsentChannel,
  type HelpPlace,
  OUTCOMES,
  type Outcome,
  type OutcomeValue,
  type VerdictReason,
} from '#app/domain/vocabulary.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { type HelpScope, helpCellColumns } from './help-template.ts'
import { type Column, sheetOf, writeWorkbook } from './workbook.ts'

/** A record as its list gives it out; `number` null: hidden from who asks. */
type ListedRecord = {
  id: number
  staffCode: string
  officialName: string
  unitName: string
  citizenName: string
  number: string | null
  birthOn: Day | null
  birthYear: number
  phone: string | null
  carrier: Carrier | null
  communeName: string
  districtName: string
  hamlet: string
  helpedOn: Day
  place: HelpPlace
  outcomes: Partial<Record<Outcome, { value: OutcomeValue; on: Day | null }>>
  consentChannel: ConsentChannel
  note: string | null
  verdictReason: VerdictReason
}

/** The cells of a record, as the template asks for them. */
function cellsOf(row: ListedRecord): HelpRow['cells'] {
  const cells: HelpRow['cells'] = {
    staffCode: row.staffCode,
    officialName: row.officialName,
    unit: row.unitName,
    citizenName: row.citizenName,
    citizenNumber: row.number ?? '',
    birth: row.birthOn === null ? String(row.birthYear) : formatDay(row.birthOn),
    phone: row.phone ?? '',
    carrier: row.carrier === null ? '' : labels.carrier[row.carrier],
    district: row.districtName,
    commune: row.communeName,
    hamlet: row.hamlet,
    helpedOn: formatDay(row.helpedOn),
    place: labels.helpPlace[row.place],
    consentChannel: labels.consentChannel[row.consentChannel],
    consent: 'x',
    note: row.note ?? '',
    recordCode: codeOf(row.id),
  }
  for (const outcome of OUTCOMES) {
    const told = row.outcomes[outcome]
    if (told)
      cells[outcome] =
        told.value === 'achieved' && told.on !== null ? formatDay(told.on) : labels.outcomeValue[told.value]
  }
  return cells
}

/** The records of a list with the columns of the template, their verdict and their code, as an .xlsx workbook. */
export function writeHelpList({
  title,
  asOf,
  rows,
  isCut,
  campaign,
  scope,
}: {
  title: string
  asOf: number
  rows: readonly ListedRecord[]
  isCut: boolean
  /** number of the plan */
  campaign: string
  scope: HelpScope
}): Promise<Uint8Array> {
  const columns: Column<ListedRecord>[] = [
    ...helpCellColumns(HELP_COLUMNS, scope, cellsOf),
    { header: 'Kết quả xét', width: 24, kind: 'text', value: row => labels.verdictReason[row.verdictReason] },
    ...helpCellColumns(['recordCode'], scope, cellsOf),
  ]
  return writeWorkbook({
    title,
    campaign,
    subtitle: [
      'Danh sách có dữ liệu cá nhân: chỉ dùng cho việc của đợt, hủy khi kết thúc đợt.',
      ...(isCut
        ? [`${formatNumber(rows.length)} trường hợp mới nhất; lọc theo người hoặc kết quả xét để tải phần khác.`]
        : []),
    ],
    asOf,
    sheets: [sheetOf({ name: 'Trường hợp', columns, rows })],
  })
}
