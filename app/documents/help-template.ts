import { HELP_COLUMNS, type HelpColumn, type HelpRow, LISTED_HELP_COLUMNS } from '#app/domain/help-import.ts'
import { OUTCOMES, type Outcome } from '#app/domain/vocabulary.ts'
import { HELP_EXAMPLE_MARK, helpChoices, helpGuidance, helpHeaders } from '#app/text/help-import.ts'
import { labels } from '#app/text/vocabulary.ts'
import { type Column, sheetOf, writeWorkbook } from './workbook.ts'

type Cells = HelpRow['cells']

const WIDTHS: Partial<Record<HelpColumn, number>> = {
  officialName: 26,
  unit: 28,
  citizenName: 28,
  citizenNumber: 16,
  commune: 22,
  district: 22,
  note: 24,
  consentChannel: 28,
}
const WIDTH = 16

const choicesOf = (column: HelpColumn) => helpChoices[column] ?? []

/** What a list has columns for: districts only where there are some, and the outcomes that hold in the campaign. */
export type HelpScope = { hasDistricts: boolean; outcomes: readonly Outcome[] }

const EVERYTHING: HelpScope = { hasDistricts: true, outcomes: OUTCOMES }

const columnsOf = ({ hasDistricts, outcomes }: HelpScope, columns: readonly HelpColumn[] = HELP_COLUMNS) =>
  columns.filter(column => (column !== 'district' || hasDistricts) && (!isOutcome(column) || outcomes.includes(column)))

const isOutcome = (column: HelpColumn): column is Outcome & HelpColumn => OUTCOMES.some(outcome => outcome === column)

/** A column of cells; `cellsOf` finds them in a row. */
const cellColumn = <Row>(column: HelpColumn, cellsOf: (row: Row) => Cells): Column<Row> => ({
  header: helpHeaders[column].header,
  width: WIDTHS[column] ?? WIDTH,
  kind: 'text',
  value: row => cellsOf(row)[column] ?? null,
  choices: choicesOf(column),
})

/** Columns of cells; `cellsOf` finds them in a row. */
export const helpCellColumns = <Row>(
  columns: readonly HelpColumn[],
  scope: HelpScope,
  cellsOf: (row: Row) => Cells,
): Column<Row>[] => columnsOf(scope, columns).map(column => cellColumn(column, cellsOf))

const EXAMPLE: Cells = {
  staffCode: 'CB001',
  officialName: 'Nguyễn Văn Mẫu',
  citizenName: `${HELP_EXAMPLE_MARK} Điểu Thị Mẫu`,
  citizenNumber: '070190000001',
  birth: '12/3/1990',
  phone: '0901234567',
  carrier: labels.carrier.viettel,
  district: 'Thành phố Đồng Xoài',
  commune: 'Xã Tân Thành',
  hamlet: 'Ấp 2',
  helpedOn: '10/4/2024',
  place: labels.helpPlace.home,
  vneid_installed: labels.outcomeValue.achieved,
  eid_activated: '12/4/2024',
  sim_signature: labels.outcomeValue.already_had,
  consentChannel: labels.consentChannel.paper,
  consent: 'x',
}

/** The template to fill in: columns with lists to choose from, an example row, and a sheet of guidance. */
export function writeHelpTemplate(scope: HelpScope = EVERYTHING): Promise<Uint8Array> {
  const columns = columnsOf(scope)
  const guidance = [
    ...helpGuidance.map(hint => ({ column: 'Cách ghi', hint })),
    ...columns.map(column => helpHeaders[column]).map(({ header, hint }) => ({ column: header, hint })),
  ]
  return writeWorkbook({
    title: 'DANH SÁCH NGƯỜI DÂN ĐÃ ĐƯỢC HỖ TRỢ',
    campaign: null,
    sheets: [
      sheetOf({
        name: 'Danh sách',
        columns: helpCellColumns(HELP_COLUMNS, scope, (row: Cells) => row),
        rows: [EXAMPLE],
      }),
      sheetOf({
        name: 'Hướng dẫn',
        columns: [
          { header: 'Cột', width: 26, kind: 'text', value: row => row.column },
          { header: 'Nội dung ghi', width: 100, kind: 'text', value: row => row.hint },
        ],
        rows: guidance,
      }),
    ],
  })
}

/** Rows to be mended, as they were written, with what is wrong beside them; importing it again passes that column over. */
export function writeHelpProblems(
  rows: readonly { row: number; cells: Cells; why: string }[],
  campaign: string,
  scope: HelpScope = EVERYTHING,
): Promise<Uint8Array> {
  const isReturned = rows.some(({ cells }) => cells.recordCode)
  const columns: Column<(typeof rows)[number]>[] = [
    { header: 'Dòng', width: 8, kind: 'integer', value: ({ row }) => row },
    { header: 'Cần sửa', width: 60, kind: 'text', value: ({ why }) => why },
    ...helpCellColumns(
      isReturned ? LISTED_HELP_COLUMNS : HELP_COLUMNS,
      scope,
      ({ cells }: (typeof rows)[number]) => cells,
    ),
  ]
  return writeWorkbook({
    title: 'CÁC DÒNG CẦN SỬA',
    campaign,
    sheets: [sheetOf({ name: 'Cần sửa', columns, rows })],
  })
}
