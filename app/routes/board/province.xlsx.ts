import { writeBoard } from '#app/documents/board-export.ts'
import { logExport } from '#app/queries/aggregate.server.ts'
import { frozenCounts, sourceOf } from '#app/queries/frozen-figures.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { dimensionLabels, dimensionNotes } from '#app/text/board.ts'
import { explainSource } from '#app/text/closing.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { labelOf, readBoard } from './board.server.ts'

export const loader = reads(async (visit, { url }) => {
  const { actor, campaign, at } = visit
  const { unit, dimension, hasPeople, total, rows, rest } = readBoard(visit, url)
  const { slug, header } = dimensionLabels[dimension]
  const { source, closing } = sourceOf(campaign.id, {})
  const frozen = closing && frozenCounts(closing, { path: unit.path, dimension })
  // after the close results are the frozen ones alone; a split that no version freezes has none
  const results = (counts: { eligible: number; completed: number } | undefined) =>
    closing ? (counts ?? { eligible: null, completed: null }) : {}
  const own = frozen && rows.reduce((left, row) => without(left, frozen.of(row.key)), frozen.whole)
  const lines = [
    ...(hasPeople
      ? [{ label: unit.name, help: total.help, people: { ...total.people, ...results(frozen?.whole) } }]
      : []),
    ...rows.map(({ help, people, ...row }) => ({
      label: labelOf(dimension, row),
      help,
      people: hasPeople ? { ...people, ...results(frozen?.of(row.key)) } : null,
    })),
    ...(rest
      ? [{ label: `Trực tiếp tại ${unit.name}`, help: rest.help, people: { ...rest.people, ...results(own) } }]
      : []),
  ]
  await retryBusy(() =>
    logExport(actor, campaign.id, { subject: 'board', subjectId: unit.id, data: { dimension, rows: lines.length } }),
  )
  const bytes = await writeBoard({
    title: `TỔNG HỢP KẾT QUẢ THEO ${dimensionLabels[dimension].tab.toLocaleUpperCase('vi')}`,
    subtitle: [unit.name, `Kế hoạch ${campaign.code}`, explainSource(source), dimensionNotes[dimension]],
    asOf: at,
    header,
    lines,
  })
  return workbookResponse(bytes, `tong-hop-${slug}-${unit.id}`)
})

type Counts = { eligible: number; completed: number }
const without = (whole: Counts, part: Counts): Counts => ({
  eligible: whole.eligible - part.eligible,
  completed: whole.completed - part.completed,
})
