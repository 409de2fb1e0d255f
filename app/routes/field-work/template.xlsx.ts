import { writeCells } from '#app/documents/layout-export.ts'
import { EXTRACT_COLUMNS } from '#app/domain/extract.ts'
import { LAYOUT_FIELDS } from '#app/domain/table-layout.ts'
import { extractColumns } from '#app/text/extract.ts'
import { layoutFieldLabels } from '#app/text/table-layout.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'

const tableHeads = (table: 'outreach' | 'collection_days' | 'indicator_figures') =>
  LAYOUT_FIELDS[table].map(field => layoutFieldLabels[table][field] ?? field)
const extractHeads = (source: 'police' | 'telecom') =>
  EXTRACT_COLUMNS[source].map(column => extractColumns[column].label)

/** The heads of each list that is read by its heads alone, by the name of its template. */
const HEADS: Readonly<Record<string, () => string[]>> = {
  'mau-tuyen-truyen': () => tableHeads('outreach'),
  'mau-diem-thu-nhan': () => tableHeads('collection_days'),
  'mau-so-lieu': () => tableHeads('indicator_figures'),
  'mau-so-lieu-cong-an': () => extractHeads('police'),
  'mau-so-lieu-nha-mang': () => extractHeads('telecom'),
}

/** A workbook with the heads of one list, for people to fill in. */
export const loader = reads(async (_visit, { url }) => {
  const name = /([^/]+)\.xlsx/.exec(url.pathname)?.[1] ?? ''
  return workbookResponse(await writeCells([HEADS[name]?.() ?? []]), name, null)
})
