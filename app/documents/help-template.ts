import { HELP_COLUMNS, type HelpColumn, type HelpRow, LISTED_HELP_COLUMNS } from '#app/domain/help-import.ts'
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

/** The columns of a list: without that of districts where there are none. */
const columnsOf = (hasDistricts: boolean, columns: readonly HelpColumn[] = HELP_COLUMNS) =>
  columns.filter(column => column !== 'district' || hasDistricts)

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
  hasDistricts: boolean,
  cellsOf: (row: Row) => Cells,
): Column<Row>[] => columnsOf(hasDistricts, columns).map(column => cellColumn(column, cellsOf))

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
export function writeHelpTemplate(hasDistricts = true): Promise<Uint8Array> {
  const columns = columnsOf(hasDistricts)
  const guidance = [
    ...helpGuidance.map(hint => ({ column: 'Cách ghi', hint })),
    ...columns.map(column => helpHeaders[column]).map(({ header, hint }) => ({ column: header, hint })),
  ]
  return writeWorkbook({
    title: 'DANH SÁCH NGƯỜI DÂN ĐÃ ĐƯỢC HỖ TRỢ',
    sheets: [
      sheetOf({
        name: 'Danh sách',
        columns: helpCellColumns(HELP_COLUMNS, hasDistricts, (row: Cells) => row),
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
  hasDistricts = true,
): Promise<Uint8Array> {
  const isReturned = rows.some(({ cells }) => cells.recordCode)
  const columns: Column<(typeof rows)[number]>[] = [
    { header: 'Dòng', width: 8, kind: 'integer', value: ({ row }) => row },
    { header: 'Cần sửa', width: 60, kind: 'text', value: ({ why }) => why },
    ...helpCellColumns(
      isReturned ? LISTED_HELP_COLUMNS : HELP_COLUMNS,
      hasDistricts,
      ({ cells }: (typeof rows)[number]) => cells,
    ),
  ]
  return writeWorkbook({
    title: 'CÁC DÒNG CẦN SỬA',
    sheets: [sheetOf({ name: 'Cần sửa', columns, rows })],
  })
}
