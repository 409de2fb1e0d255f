import { writeCsvCells } from '#app/documents/csv-cells.ts'
import { writeFigureTable } from '#app/documents/figure-export.ts'
import { writeCells } from '#app/documents/layout-export.ts'
import { guessColumns, layoutFields, writeByLayout } from '#app/domain/table-layout.ts'
import { logExport } from '#app/queries/aggregate.server.ts'
import { findFigureForm } from '#app/queries/indicator-figure.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { findLayout } from '#app/queries/table-layout.server.ts'
import { layoutLabels } from '#app/text/table-layout.ts'
import { download } from '../_web/download.server.ts'
import { found, reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { figurePage } from './params.ts'

/** The figures of one day in a saved layout (`mau`), or with our own column heads, which the import recognises. */
export const loader = reads(async ({ actor, campaign, today }, { params, url }) => {
  const { day = today, layoutId, isCsv } = figurePage.read(url)
  const code = params.code ?? ''
  const grid = found(findFigureForm(actor, campaign.id, code, day))
  const labels = layoutLabels('indicator_figures', grid.indicators)
  const layout = findLayout('indicator_figures', layoutId ?? 0)?.columns
  const fields = layoutFields('indicator_figures', grid.indicators)
  const cells = writeByLayout(
    layout ??
      guessColumns(
        fields.map(field => labels[field] ?? ''),
        labels,
      ),
    grid.rows.map(row => ({
      locality: row.name,
      locality_code: row.code,
      ...Object.fromEntries(grid.indicators.map(({ code }) => [code, String(row.values[code]?.sameDay ?? '')])),
    })),
  )
  await retryBusy(() =>
    logExport(actor, campaign.id, {
      subject: 'board',
      subjectId: code,
      data: { dimension: 'locality', rows: grid.rows.length },
    }),
  )
  if (isCsv) return download(writeCsvCells(cells), { name: `so-lieu-${code}`, ending: 'csv', campaign })
  // another system's layout is written as that system wants it, without a line above the heads
  const bytes = layout
    ? await writeCells(cells)
    : await writeFigureTable({ campaign: campaign.code, localityName: grid.name, day, heads: labels }, grid)
  return workbookResponse(bytes, `so-lieu-${code}`, campaign)
})
