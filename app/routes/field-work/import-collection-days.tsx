import { data, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { collectionOfTable } from '#app/domain/field-table.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { importCollectionDays, listPoints, previewCollectionDays } from '#app/queries/collection.server.ts'
import { listLayouts } from '#app/queries/table-layout.server.ts'
import { labelsBelow } from '#app/queries/unit.server.ts'
import { collectionFigureLabels } from '#app/text/collection.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { layoutLabels } from '#app/text/table-layout.ts'
import type { WholeValue } from '#app/ui/list-columns.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { TableImport } from '#app/ui/table-import.tsx'
import { redirectWith } from '../_web/redirect.server.ts'
import { readTableForm, textOf } from '../_web/table-form.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Nhập số liệu điểm thu nhận · 4 phủ' }]

const FIGURES = ['invited', 'received', 'sentOn', 'approved'] as const

export const loader = reads(({ actor, campaign }, { params }) => {
  const { id, name, path } = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  permit(actor, 'collection.keep', { unitPath: path })
  return { id, name, layouts: listLayouts('collection_days').map(row => ({ id: row.id, name: row.name })) }
})

const HEADS = layoutLabels('collection_days', [])

/** What may be given once for the whole list. */
const wholeValues = (points: readonly string[]): WholeValue[] => [
  {
    column: 'point',
    label: HEADS.point ?? '',
    options: [...new Set(points)].map(name => ({ value: name, label: name })),
  },
  { column: 'day', label: HEADS.day ?? '', isDay: true },
]

export const action = writes(async ({ actor, campaign }, { params, form }) => {
  const { id, path } = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  permit(actor, 'collection.keep', { unitPath: path })
  const refuse = (message: string) => data({ message, asked: undefined, preview: undefined }, { status: 400 })
  const labels = labelsBelow(path)
  const points = listPoints(actor, campaign.id, path).map(point => ({
    ...point,
    unitName: labels.get(point.unitId) ?? point.unitName,
  }))
  const whole = wholeValues(points.map(({ name }) => name))
  const table = await readTableForm(actor, form, { table: 'collection_days', unitId: id, whole })
  if ('message' in table) return refuse(table.message)
  if (!table.ok) return data({ message: undefined, asked: table.asked, preview: undefined })
  const { days, problems } = collectionOfTable(table.rows, points)
  if (form.has('luu')) {
    const made = importCollectionDays(actor, campaign.id, days)
    if (!made.ok) return refuse(`Dòng ${made.number}: ${explainProblem(made.reason)} Chưa dòng nào được lưu.`)
    return redirectWith(`/don-vi/${id}/diem-thu-nhan`, 'da-nhap', made.added)
  }
  const { fresh, known, refused, isTooLong } = previewCollectionDays(actor, campaign.id, days)
  if (isTooLong) return refuse('Mỗi lần nhập tối đa 200 dòng mới. Anh/chị chia bảng nhỏ hơn.')
  const taken = new Set(fresh.map(({ number }) => number))
  const wrong = [...problems, ...refused.map(row => ({ ...row, cell: '' }))].sort((a, b) => a.number - b.number)
  const isWrong = new Set(wrong.map(({ number }) => number))
  return data({
    message: undefined,
    asked: undefined,
    preview: {
      columns: table.columns,
      text: textOf(
        table.rows.filter(({ number }) => taken.has(number)),
        'collection_days',
      ),
      whole: textOf(
        table.rows.filter(({ number }) => taken.has(number) || isWrong.has(number)),
        'collection_days',
      ),
      known,
      problems: wrong,
      rows: fresh.map(row => ({
        number: row.number,
        title: `${points.find(point => point.id === row.pointId)?.name ?? ''}, ${formatDay(row.day)}`,
        detail: FIGURES.map(figure => `${collectionFigureLabels[figure]} ${formatNumber(row[figure])}`).join(' · '),
      })),
    },
  })
})

export default function ImportDaysPage() {
  const { id, name, layouts } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const base = `/don-vi/${id}/diem-thu-nhan`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Nhập số liệu ngày từ bảng"
        note={`${name}. Ngày đã có được thay bằng số trong bảng.`}
        breadcrumbs={[{ to: base, label: `Điểm thu nhận, ${name}` }]}
      />
      <TableImport
        template="/mau-diem-thu-nhan.xlsx"
        heads={Object.values(HEADS)}
        backTo={base}
        layouts={layouts}
        {...answer}
      />
    </div>
  )
}
