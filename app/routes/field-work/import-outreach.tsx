import { data, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { outreachOfTable } from '#app/domain/field-table.ts'
import { OUTREACH_CHANNELS } from '#app/domain/vocabulary.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listAreasOf } from '#app/queries/locality.server.ts'
import { importOutreach, previewOutreach } from '#app/queries/outreach.server.ts'
import { listLayouts } from '#app/queries/table-layout.server.ts'
import { listUnitsFor } from '#app/queries/unit.server.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainProblem } from '#app/text/problem.ts'
import { layoutLabels } from '#app/text/table-layout.ts'
import type { Option } from '#app/ui/field.tsx'
import type { WholeValue } from '#app/ui/list-columns.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { TableImport } from '#app/ui/table-import.tsx'
import { redirectWith } from '../_web/redirect.server.ts'
import { readTableForm, textOf } from '../_web/table-form.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Nhập hoạt động tuyên truyền · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const { id, name, path } = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  permit(actor, 'outreach.log', { unitPath: path })
  return { id, name, layouts: listLayouts('outreach').map(row => ({ id: row.id, name: row.name })) }
})

const HEADS = layoutLabels('outreach', [])

/** What may be given once for the whole list. */
const wholeValues = (areas: readonly Option[]): WholeValue[] => [
  { column: 'day', label: HEADS.day ?? '', isDay: true },
  {
    column: 'channel',
    label: HEADS.channel ?? '',
    options: OUTREACH_CHANNELS.map(channel => officeLabels.outreachChannel[channel]).map(label => ({
      value: label,
      label,
    })),
  },
  { column: 'locality', label: HEADS.locality ?? '', options: areas },
  { column: 'place', label: HEADS.place ?? '' },
]

export const action = writes(async ({ actor, campaign, today }, { params, form }) => {
  const { id, path, localityCode } = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  permit(actor, 'outreach.log', { unitPath: path })
  const refuse = (message: string) => data({ message, asked: undefined, preview: undefined }, { status: 400 })
  const areas = listAreasOf(path, today).flatMap(group => group.options)
  const table = await readTableForm(actor, form, { table: 'outreach', unitId: id, whole: wholeValues(areas) })
  if ('message' in table) return refuse(table.message)
  if (!table.ok) return data({ message: undefined, asked: table.asked, preview: undefined })
  const { activities, problems } = outreachOfTable(table.rows, {
    own: { unitId: id, localityCode },
    units: listUnitsFor(actor, 'outreach.log').filter(row => row.path.startsWith(path)),
    areas: areas.map(({ value, label }) => ({ id: value, name: label })),
    channels: officeLabels.outreachChannel,
  })
  if (form.has('luu')) {
    const made = importOutreach(actor, campaign.id, activities)
    if (!made.ok) return refuse(`Dòng ${made.number}: ${explainProblem(made.reason)} Chưa dòng nào được lưu.`)
    return redirectWith(`/don-vi/${id}/tuyen-truyen`, 'da-nhap', made.added)
  }
  const { fresh, known, refused, isTooLong } = previewOutreach(actor, campaign.id, activities)
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
        'outreach',
      ),
      whole: textOf(
        table.rows.filter(({ number }) => taken.has(number) || isWrong.has(number)),
        'outreach',
      ),
      known,
      problems: wrong,
      rows: fresh.map(({ number, channel, heldOn, place, people }) => ({
        number,
        title: `${officeLabels.outreachChannel[channel]}, ${formatDay(heldOn)}`,
        detail: `${formatNumber(people)} người · ${place}`,
      })),
    },
  })
})

export default function ImportOutreachPage() {
  const { id, name, layouts } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const base = `/don-vi/${id}/tuyen-truyen`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Nhập hoạt động từ bảng"
        note={`${name}. Hoạt động đã có được bỏ qua.`}
        breadcrumbs={[{ to: base, label: `Tuyên truyền, ${name}` }]}
      />
      <TableImport
        template="/mau-tuyen-truyen.xlsx"
        heads={Object.values(HEADS)}
        backTo={base}
        layouts={layouts}
        {...answer}
      />
    </div>
  )
}
