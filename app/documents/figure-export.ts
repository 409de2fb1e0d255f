import type { Day } from '#app/domain/calendar.ts'
import { formatDay } from '#app/text/format.ts'
import { type Column, sheetOf, writeWorkbook } from './workbook.ts'

type FigureRow = {
  code: string
  name: string
  values: Readonly<Record<string, { sameDay: number | null } | undefined>>
}
type Heading = { campaign: string; localityName: string; day: Day; heads: Readonly<Record<string, string>> }

/**
 * The annex's figures of a locality and those below it on one day, in the form in which they can be entered again: under
 * `heads`, the words by which the import knows each field. A cell is blank where no figure of that day is known.
 */
export function writeFigureTable(
  { campaign, localityName, day, heads }: Heading,
  { indicators, rows }: { indicators: readonly { code: string }[]; rows: readonly FigureRow[] },
): Promise<Uint8Array> {
  const columns: readonly Column<FigureRow>[] = [
    { header: heads.locality ?? '', width: 30, kind: 'text', value: row => row.name },
    { header: heads.locality_code ?? '', width: 12, kind: 'text', value: row => row.code },
    ...indicators.map(({ code }) => ({
      header: heads[code] ?? code,
      width: 22,
      kind: 'integer' as const,
      value: (row: FigureRow) => row.values[code]?.sameDay ?? null,
    })),
  ]
  return writeWorkbook({
    title: 'SỐ LIỆU CHÍNH THỨC THEO PHỤ LỤC',
    subtitle: [`${localityName}, số liệu của ngày ${formatDay(day)}`],
    campaign,
    sheets: [sheetOf({ name: 'Số liệu', columns, rows })],
  })
}
