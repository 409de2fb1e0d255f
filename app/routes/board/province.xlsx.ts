import { writeBoard } from '#app/documents/board-export.ts'
import { logExport } from '#app/queries/aggregate.server.ts'
import { type ResultCounts, resultCounts, sourceOf } from '#app/queries/frozen-figures.server.ts'
import { localityPlace } from '#app/queries/locality.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { unitPlaces } from '#app/queries/unit.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { dimensionLabels, dimensionNotes } from '#app/text/board.ts'
import { explainSource } from '#app/text/closing.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { labelOf, readBoard } from './board.server.ts'

const NONE = { eligible: null, completed: null }
const without = (whole: ResultCounts, part: ResultCounts): ResultCounts => ({
  eligible: whole.eligible - part.eligible,
  completed: whole.completed - part.completed,
})

export const loader = reads(async (visit, { url }) => {
  const { actor, campaign, at, today } = visit
  const { unit, dimension, hasPeople, total, rows, rest } = readBoard(visit, url)
  const { slug, header } = dimensionLabels[dimension]
  const { source, closing } = sourceOf(campaign.id, {})
  // results are those of the lists of assessments: of the newest version, before it of today
  const counts = resultCounts(campaign.id, closing, { path: unit.path, dimension })
  const title = titleOfUnit(unit.id)
  const units = unitPlaces(dimension === 'unit' ? rows.map(({ key }) => Number(key)) : [])
  const placeOf = (key: string) => (dimension === 'locality' ? localityPlace(key, today) : units.get(Number(key)))
  const lines = [
    ...rows.map(({ help, people, ...row }) => ({
      label: labelOf(dimension, row),
      place: placeOf(row.key),
      help,
      people: hasPeople ? { ...people, ...(counts?.of(row.key) ?? NONE) } : null,
    })),
    ...(rest
      ? [
          {
            label: `Trực tiếp tại ${title}`,
            help: rest.help,
            people: {
              ...rest.people,
              ...(counts ? rows.reduce((left, row) => without(left, counts.of(row.key)), counts.whole) : NONE),
            },
          },
        ]
      : []),
  ]
  await retryBusy(() =>
    logExport(actor, campaign.id, { subject: 'board', subjectId: unit.id, data: { dimension, rows: lines.length } }),
  )
  const bytes = await writeBoard({
    title: `TỔNG HỢP KẾT QUẢ THEO ${dimensionLabels[dimension].tab.toLocaleUpperCase('vi')}`,
    campaign: campaign.code,
    subtitle: [title, explainSource(source), dimensionNotes[dimension]],
    asOf: at,
    header,
    lines,
    terms: visit.terms,
    total: hasPeople
      ? { label: title, help: total.help, people: { ...total.people, ...(counts?.whole ?? NONE) } }
      : undefined,
  })
  return workbookResponse(bytes, `tong-hop-${slug}-${unit.id}`, campaign)
})
