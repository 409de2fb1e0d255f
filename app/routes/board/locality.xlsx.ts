import { writeLocalityBoard } from '#app/documents/board-export.ts'
import { activationOf, indicatorNamer } from '#app/domain/campaign-indicator.ts'
import { logExport, outcomeSums } from '#app/queries/aggregate.server.ts'
import { listIndicators } from '#app/queries/campaign-indicator.server.ts'
import { indicatorsOf } from '#app/queries/indicator.server.ts'
import { findLocality, localityPlace } from '#app/queries/locality.server.ts'
import { findLocalityBoard } from '#app/queries/locality-board.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { capitalize, dimensionNotes } from '#app/text/board.ts'
import { found, reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'

export const loader = reads(async ({ actor, campaign, regulation, today, at }, { params }) => {
  const code = params.code ?? ''
  const { children, ...board } = found(findLocalityBoard(actor, campaign, code, { regulation, today }))
  const rows = [board, ...children]
  const localities = rows.flatMap(row => findLocality(row.code, today) ?? [])
  const indicators = indicatorsOf(campaign.id, localities, { regulation, today })
  const known = listIndicators(campaign.id)
  const nameOf = indicatorNamer(known)
  const activation = activationOf(known)?.code
  const lines = rows.map((row, n) => {
    const own = indicators[n]?.indicators ?? []
    return {
      ...row,
      label: capitalize(row.name),
      place: localityPlace(row.code, today),
      outcomes: outcomeSums(row.help, known),
      indicators: own.map(line => ({ ...line, name: nameOf(line.indicator) })),
      activationTotal: own.find(({ indicator }) => indicator === activation)?.total ?? null,
    }
  })
  await retryBusy(() =>
    logExport(actor, campaign.id, {
      subject: 'board',
      subjectId: code,
      data: { dimension: 'locality', rows: lines.length },
    }),
  )
  const bytes = await writeLocalityBoard({
    title: `KẾT QUẢ TRÊN ĐỊA BÀN ${board.name.toLocaleUpperCase('vi')}`,
    campaign: campaign.code,
    subtitle: ['Số liệu hiện tại.', dimensionNotes.locality],
    asOf: at,
    lines,
  })
  return workbookResponse(bytes, `dia-ban-${code}`, campaign)
})
