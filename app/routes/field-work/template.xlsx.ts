import { writeCells } from '#app/documents/layout-export.ts'
import type { Indicator } from '#app/domain/campaign-indicator.ts'
import { EXTRACT_COLUMNS } from '#app/domain/extract.ts'
import { layoutFields } from '#app/domain/table-layout.ts'
import { listIndicators } from '#app/queries/campaign-indicator.server.ts'
import { extractColumns } from '#app/text/extract.ts'
import { layoutLabels } from '#app/text/table-layout.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'

const tableHeads = (table: 'outreach' | 'collection_days' | 'indicator_figures', indicators: readonly Indicator[]) => {
  const names = layoutLabels(table, indicators)
  return layoutFields(table, indicators).map(field => names[field] ?? field)
}
const extractHeads = (source: 'police' | 'telecom') =>
  EXTRACT_COLUMNS[source].map(column => extractColumns[column].label)

/** The heads of each list that is read by its heads alone, by the name of its template; of figures as the campaign is. */
const HEADS: Readonly<Record<string, (indicators: readonly Indicator[]) => string[]>> = {
  'mau-tuyen-truyen': indicators => tableHeads('outreach', indicators),
  'mau-diem-thu-nhan': indicators => tableHeads('collection_days', indicators),
  'mau-so-lieu': indicators => tableHeads('indicator_figures', indicators),
  'mau-so-lieu-cong-an': () => extractHeads('police'),
  'mau-so-lieu-nha-mang': () => extractHeads('telecom'),
}

/** A workbook with the heads of one list, for people to fill in. */
export const loader = reads(async ({ campaign }, { url }) => {
  const name = /([^/]+)\.xlsx/.exec(url.pathname)?.[1] ?? ''
  return workbookResponse(await writeCells([HEADS[name]?.(listIndicators(campaign.id)) ?? []]), name, null)
})
