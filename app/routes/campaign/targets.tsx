import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import type { Indicator } from '#app/domain/campaign-indicator.ts'
import { requiredWhole } from '#app/domain/field.ts'
import { z } from '#app/domain/zod.ts'
import { findAnnex, findCampaign, setIndicatorTargets } from '#app/queries/campaign.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { type Column, DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { fieldsOf, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { annexPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Phụ lục chỉ tiêu · 4 phủ' }]

const total = requiredWhole({ min: 0, max: 10_000_000 })
/** One row of the annex, with a number for each indicator of the campaign. */
const annexRow = (indicators: readonly Indicator[]) =>
  z.object(Object.fromEntries(indicators.map(({ code }) => [code, total])))

export const loader = reads(({ actor }, { params, url }) => {
  permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
  const { id, code } = found(findCampaign(idOf(params.campaignId)))
  const annex = findAnnex(id)
  const { localityCode: chosen, saved } = annexPage.read(url)
  const edited = annex.rows.find(row => row.localityCode === chosen)
  if (chosen !== undefined && !edited) throw notFound()
  return { campaign: { id, code }, ...annex, edited: edited ?? null, savedCode: saved }
})

export const action = writes(({ actor }, { form, params, url }) => {
  const { id } = found(findCampaign(idOf(params.campaignId)))
  const { localityCode = '' } = annexPage.read(url)
  const { rows, indicators } = findAnnex(id)
  if (!rows.some(row => row.localityCode === localityCode)) throw notFound()
  const submission = readForm(form, annexRow(indicators))
  if (submission.status !== 'success') return refuseForm(submission)
  setIndicatorTargets(actor, id, { localityCode, totals: submission.value })
  return redirect(annexPage.to(`/quan-tri/dot/${id}/chi-tieu`, { saved: localityCode }))
})

type Figures = ReturnType<typeof useLoaderData<typeof loader>>['sums']
type AnnexRow = { localityCode: string; name: string; figures: Figures }

const capital = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`

const columnsOf = (indicators: readonly Indicator[]): Column<AnnexRow>[] => [
  {
    key: 'name',
    header: 'Đơn vị',
    cell: row =>
      row.localityCode === '' ? (
        <b>{row.name}</b>
      ) : (
        <Link to={`?dia-ban=${row.localityCode}`}>{capital(row.name)}</Link>
      ),
  },
  ...indicators.map(
    ({ code, shortName }): Column<AnnexRow> => ({
      key: code,
      header: shortName,
      align: 'end',
      cell: ({ figures }) => (
        <>
          {formatNumber(figures[code]?.total ?? 0)}
          <div className="small nowrap">{formatNumber(figures[code]?.daily ?? 0)}/ngày</div>
        </>
      ),
    }),
  ),
]

export default function AnnexPage() {
  const { campaign, indicators, rows, sums, edited, savedCode } = useLoaderData<typeof loader>()
  const saved = rows.find(row => row.localityCode === savedCode)
  return (
    <div className="stack">
      <PageHeading
        title="Phụ lục chỉ tiêu"
        note={`KH ${campaign.code}. Chỉ tiêu hằng ngày của từng nơi làm tròn lên; tổng hằng ngày là tổng các số đã làm tròn.`}
        breadcrumbs={[
          { to: '/quan-tri/dot', label: 'Các đợt cao điểm' },
          { to: `/quan-tri/dot/${campaign.id}`, label: `KH ${campaign.code}` },
        ]}
      />
      {saved ? <Notice kind="success">Đã lưu chỉ tiêu của {saved.name}.</Notice> : null}
      {edited === null ? (
        <p>Anh/chị chọn một địa bàn trong bảng để sửa.</p>
      ) : (
        <RowForm key={edited.localityCode} row={edited} indicators={indicators} campaignId={campaign.id} />
      )}
      <DataTable
        caption="Phụ lục chỉ tiêu theo địa bàn"
        columns={columnsOf(indicators)}
        rows={[...rows, { localityCode: '', name: 'Σ Toàn tỉnh', figures: sums }]}
        rowKey={row => row.localityCode}
        asCards
        empty={<EmptyState title="Chưa có địa bàn">Danh mục địa bàn chưa được nạp.</EmptyState>}
      />
    </div>
  )
}

function RowForm({
  row,
  indicators,
  campaignId,
}: {
  row: AnnexRow
  indicators: readonly Indicator[]
  campaignId: number
}) {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: Object.fromEntries(indicators.map(({ code }) => [code, String(row.figures[code]?.total ?? 0)])),
    constraint: Object.fromEntries(indicators.map(({ code }) => [code, { required: true }])),
  })
  return (
    <Sheet title={capital(row.name)} note={<Link to={`/quan-tri/dot/${campaignId}/chi-tieu`}>Không sửa</Link>}>
      <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
        <FormErrors form={form} labels={Object.fromEntries(indicators.map(({ code, name }) => [code, name]))} />
        {indicators.map(({ code, name }) => (
          <TextField
            key={code}
            field={fieldsOf(fields)(code)}
            label={name}
            hint={`Hiện tại mỗi ngày ${formatNumber(row.figures[code]?.daily ?? 0)}`}
            inputMode="numeric"
            isShort
          />
        ))}
        <SubmitButton>Lưu chỉ tiêu</SubmitButton>
      </Form>
    </Sheet>
  )
}
