import type { SetupList } from '#app/domain/setup/listed.ts'
import { LOCALITY_COLUMNS } from '#app/domain/setup/localities.ts'
import { UNIT_COLUMNS } from '#app/domain/setup/units.ts'
import { localityHeaders, setupChoices, setupGuidance, setupTitles, unitHeaders } from '#app/text/setup.ts'
import { type Column, sheetOf, writeWorkbook } from './workbook.ts'

type Cells = Readonly<Record<string, string>>

const HEADERS = { units: unitHeaders, localities: localityHeaders }
const COLUMNS = { units: UNIT_COLUMNS, localities: LOCALITY_COLUMNS }

type Header = { header: string; hint: string; width: number }
const headersOf = (list: SetupList): readonly (Header & { column: string })[] => {
  const headers: Readonly<Record<string, Header>> = HEADERS[list]
  return COLUMNS[list].flatMap((column: string) => {
    const found = headers[column]
    return found ? [{ ...found, column }] : []
  })
}

const columnsOf = (list: SetupList, hasDistricts: boolean): Column<Cells>[] =>
  headersOf(list).map(({ header, width, column }) => ({
    header,
    width,
    kind: 'text',
    value: cells => cells[column] || null,
    choices: setupChoices(hasDistricts)[column],
  }))

/** The list as an .xlsx workbook with the columns of its import; importing it again changes nothing. */
export function writeSetupList(
  list: SetupList,
  rows: readonly Cells[],
  { asOf, hasDistricts }: { asOf: number; hasDistricts: boolean },
): Promise<Uint8Array> {
  const title = setupTitles[list].title
  return writeWorkbook({
    title: title.toLocaleUpperCase('vi'),
    campaign: null,
    asOf,
    sheets: [sheetOf({ name: title, columns: columnsOf(list, hasDistricts), rows })],
  })
}

/** The template to fill in: the columns with words to choose from, and a sheet of guidance. */
export function writeSetupTemplate(list: SetupList, hasDistricts: boolean): Promise<Uint8Array> {
  const { title } = setupTitles[list]
  const guidance = [
    ...setupGuidance[list].map(hint => ({ column: 'Cách ghi', hint })),
    ...headersOf(list).map(({ header, hint }) => ({ column: header, hint })),
  ]
  return writeWorkbook({
    title: title.toLocaleUpperCase('vi'),
    campaign: null,
    sheets: [
      sheetOf({ name: title, columns: columnsOf(list, hasDistricts), rows: [{}] }),
      sheetOf({
        name: 'Hướng dẫn',
        columns: [
          { header: 'Cột', width: 24, kind: 'text', value: row => row.column },
          { header: 'Nội dung ghi', width: 100, kind: 'text', value: row => row.hint },
        ],
        rows: guidance,
      }),
    ],
  })
}
