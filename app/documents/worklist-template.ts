import { WORKLIST_LACKS, type WorklistLack } from '#app/domain/vocabulary.ts'
import { LISTED_COLUMNS, WORKLIST_COLUMNS, type WorklistCells, type WorklistColumn } from '#app/domain/worklist.ts'
import { worklistGuidance, worklistHeaders } from '#app/text/worklist.ts'
import { type Column, sheetOf, writeWorkbook } from './workbook.ts'

/** One citizen as written in an imported list; blank if not known. */
export type WorklistEntry = {
  name: string
  number: string
  birth: string
  phone: string
  commune: string
  hamlet: string
  address: string
  lacks: readonly WorklistLack[]
}

const WIDTHS: Partial<Record<WorklistColumn, number>> = { name: 28, commune: 22, address: 28, lacks: 24 }
const MARKS = ['x']

const isLack = (column: WorklistColumn): column is WorklistLack => WORKLIST_LACKS.some(lack => lack === column)

const COLUMNS: readonly Column<WorklistEntry>[] = WORKLIST_COLUMNS.map(column => ({
  header: worklistHeaders[column].header,
  width: WIDTHS[column] ?? 16,
  kind: 'text',
  value: entry => cellText(entry, column),
  choices: isLack(column) ? MARKS : [],
}))

function cellText(entry: WorklistEntry, column: (typeof WORKLIST_COLUMNS)[number]): string | null {
  if (isLack(column)) return entry.lacks.includes(column) ? 'x' : null
  if (column === 'lacks') return null
  return entry[column] || null
}

const EXAMPLE: WorklistEntry = {
  name: '(Ví dụ) Trần Thị Mẫu',
  number: '070190000001',
  birth: '12/3/1990',
  phone: '0901234567',
  commune: '',
  hamlet: 'Ấp 3',
  address: 'Tổ 2',
  lacks: ['eid_activation', 'sim_signature'],
}

/** The workbook in which a list of citizens is written: the columns of the import, an example or `entries`, guidance. */
export function writeWorklistTemplate(entries: readonly WorklistEntry[] = [EXAMPLE]): Promise<Uint8Array> {
  const guidance = [
    ...worklistGuidance.map(hint => ({ column: 'Cách ghi', hint })),
    ...WORKLIST_COLUMNS.map(column => ({ column: worklistHeaders[column].header, hint: worklistHeaders[column].hint })),
  ]
  return writeWorkbook({
    title: 'DANH SÁCH NGƯỜI DÂN CẦN HỖ TRỢ',
    campaign: null,
    sheets: [
      sheetOf({ name: 'Danh sách', columns: COLUMNS, rows: entries }),
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
export function writeWorklistProblems(
  rows: readonly { row: number; cells: WorklistCells; why: string }[],
  campaign: string,
): Promise<Uint8Array> {
  const isReturned = rows.some(({ cells }) => cells.code)
  const columns: Column<(typeof rows)[number]>[] = [
    { header: 'Dòng', width: 8, kind: 'integer', value: ({ row }) => row },
    { header: 'Cần sửa', width: 60, kind: 'text', value: ({ why }) => why },
    ...(isReturned ? LISTED_COLUMNS : WORKLIST_COLUMNS).map(column => ({
      header: worklistHeaders[column].header,
      width: WIDTHS[column] ?? 16,
      kind: 'text' as const,
      value: ({ cells }: (typeof rows)[number]) => cells[column] ?? null,
      choices: isLack(column) ? MARKS : [],
    })),
  ]
  return writeWorkbook({ title: 'CÁC DÒNG CẦN SỬA', campaign, sheets: [sheetOf({ name: 'Cần sửa', columns, rows })] })
}
