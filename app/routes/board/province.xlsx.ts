import { writeBoard } from '#app/documents/board-export.ts'
import { logExport } from '#app/queries/aggregate.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { dimensionLabels, dimensionNotes } from '#app/text/board.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { labelOf, readBoard } from './board.server.ts'

export const loader = reads(async (visit, { url }) => {
  const { actor, campaign, at } = visit
  const { unit, dimension, hasPeople, total, rows, rest } = readBoard(visit, url)
  const { slug, header } = dimensionLabels[dimension]
  const lines = [
    ...(hasPeople ? [{ label: unit.name, ...total }] : []),
    ...rows.map(({ help, people, ...row }) => ({
      label: labelOf(dimension, row),
      help,
      people: hasPeople ? people : null,
    })),
    ...(rest ? [{ label: `Trực tiếp tại ${unit.name}`, ...rest }] : []),
  ]
  await retryBusy(() =>
    logExport(actor, campaign.id, { subject: 'board', subjectId: unit.id, data: { dimension, rows: lines.length } }),
  )
  const bytes = await writeBoard({
    title: `TỔNG HỢP KẾT QUẢ THEO ${dimensionLabels[dimension].tab.toLocaleUpperCase('vi')}`,
    campaign: campaign.code,
    subtitle: [unit.name, dimensionNotes[dimension]],
    asOf: at,
    header,
    lines,
    terms: visit.terms,
  })
  return workbookResponse(bytes, `tong-hop-${slug}-${unit.id}`, campaign)
})
