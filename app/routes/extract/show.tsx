import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { EFFECTS, isApplicable } from '#app/domain/extract.ts'
import { codeOf } from '#app/domain/record-code.ts'
import { type FoundExtract, findExtract } from '#app/queries/extract.server.ts'
import { effectLabels, extractStates, tableReasons } from '#app/text/extract.ts'
import { formatChange, formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Confirm } from '#app/ui/confirm.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Figure, FigureRow } from '#app/ui/figure.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { ExtractRows } from './extract-rows.tsx'

export const meta: MetaFunction = () => [{ title: 'Số liệu trích xuất · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const extract = found(findExtract(actor, campaign.id, idOf(params.extractId)))
  const { state, summary, allowed, id, openJobId } = extract
  if (state === 'reading' && summary.head && allowed.manage && openJobId === null)
    throw redirect(`/doi-chieu/${id}/cot`)
  return { extract }
})

export default function ExtractPage() {
  const { extract } = useLoaderData<typeof loader>()
  const { summary, state } = extract
  const scope = [...extract.localities, ...extract.carriers.map(carrier => labels.carrier[carrier])]
  return (
    <div className="stack">
      <PageHeading
        title={`${officeLabels.extractSource[extract.source]}, số liệu đến ${formatDay(extract.asOfOn)}`}
        note={extractStates[state]}
        breadcrumbs={[{ to: '/doi-chieu', label: 'Đối chiếu' }]}
      />
      <Now extract={extract} />
      {summary.effects ? <Effects effects={summary.effects} extract={extract} /> : null}
      <UnitEffects extract={extract} />
      <ExtractRows extract={extract} />
      <Sheet title="Về tệp này">
        <Facts
          facts={[
            ...(extract.uploadedAt > 0
              ? [
                  { name: 'Tệp', value: extract.fileName },
                  {
                    name: 'Tải lên',
                    value: [formatInstant(extract.uploadedAt), extract.uploader].filter(Boolean).join(', '),
                  },
                ]
              : []),
            {
              name: 'Phạm vi',
              value: extract.isFullList ? `Danh sách đầy đủ cho ${scope.join(', ')}` : 'Danh sách một phần',
            },
            ...(summary.counts
              ? [
                  { name: 'Số dòng', value: formatNumber(summary.counts.rows) },
                  { name: 'Lấy được', value: formatNumber(summary.counts.valid) },
                  { name: 'Dòng lặp lại', value: formatNumber(summary.counts.repeated) },
                  { name: 'Người dân có kết quả', value: formatNumber(summary.counts.subjects) },
                  { name: 'Trường hợp khớp', value: formatNumber(summary.matched ?? 0) },
                ]
              : []),
            ...(extract.appliedAt === null ? [] : [{ name: 'Áp dụng', value: formatInstant(extract.appliedAt) }]),
            ...(extract.undoneAt === null ? [] : [{ name: 'Hủy', value: formatInstant(extract.undoneAt) }]),
          ]}
        />
      </Sheet>
    </div>
  )
}

/** Shows the state of the extract, and what can be done next. */
function Now({ extract }: { extract: FoundExtract }) {
  const { id, state, summary, allowed, openJobId } = extract
  const page = `/doi-chieu/${id}`
  const undo = (
    <Confirm
      label={state === 'applied' ? 'Hủy áp dụng' : 'Bỏ tệp này'}
      question={state === 'applied' ? 'Hủy áp dụng số liệu này?' : 'Bỏ tệp này?'}
      consequence={
        state === 'applied'
          ? 'Kết quả xét trở lại như khi chưa có tệp này. Có thể tải tệp lên và áp dụng lại.'
          : 'Tệp chưa được áp dụng nên không có kết quả nào thay đổi.'
      }
      action={`${page}/huy`}
    />
  )
  if (state === 'refused')
    return (
      <Notice kind="error" title="Chưa đọc được tệp, chưa có gì thay đổi">
        {tableReasons[summary.reason ?? 'not_a_table']} <Link to="/doi-chieu/moi">Tải tệp khác lên</Link>
      </Notice>
    )
  if (state === 'reading')
    return openJobId === null && allowed.manage ? (
      <Notice kind="warning" title="Việc đọc tệp đã dừng giữa chừng">
        Chưa có gì thay đổi. Anh/chị bỏ tệp này rồi tải lên lại. {undo}
      </Notice>
    ) : (
      <Notice>Tệp đang được đọc. Anh/chị mở lại trang này sau ít phút.</Notice>
    )
  if (state === 'undone')
    return <Notice title="Số liệu này không còn tác dụng">Các trường hợp đã được xét lại như khi chưa có tệp.</Notice>
  if (state === 'applying' || state === 'undoing')
    return (
      <Notice title={extractStates[state]}>
        <p>Các trường hợp đang được xét lại lần lượt; số liệu trên các bảng vẫn đúng ở mọi thời điểm.</p>
        {openJobId === null && allowed.manage ? (
          <Form method="post" action={`${page}/tiep-tuc`}>
            <SubmitButton action={`${page}/tiep-tuc`} variant="quiet" pendingLabel="Đang khởi chạy…">
              Tiếp tục
            </SubmitButton>
          </Form>
        ) : null}
      </Notice>
    )
  if (state === 'applied') return allowed.manage ? <div className="actions">{undo}</div> : null
  return <Staged extract={extract} undo={undo} />
}

/** Shows whether an extract that was read can be applied, and offers to. */
function Staged({ extract: { id, summary, isFullList, allowed }, undo }: { extract: FoundExtract; undo: ReactNode }) {
  const page = `/doi-chieu/${id}`
  const { counts } = summary
  const mayApply = counts !== undefined && isApplicable(isFullList, counts)
  return (
    <>
      {mayApply ? null : (
        <Notice kind="warning" title="Chưa áp dụng được">
          {isFullList && (counts?.valid ?? 0) > 0
            ? 'Danh sách đầy đủ cần lấy được mọi dòng: người ở dòng không lấy được sẽ bị coi là không có tên. Anh/chị sửa các dòng dưới đây rồi tải lên lại, hoặc tải lên dưới dạng danh sách một phần.'
            : 'Không có dòng nào lấy được.'}
        </Notice>
      )}
      {allowed.manage ? (
        <div className="actions">
          {mayApply ? (
            <Form method="post" action={`${page}/ap-dung`}>
              <SubmitButton action={`${page}/ap-dung`} pendingLabel="Đang bắt đầu…">
                Áp dụng số liệu
              </SubmitButton>
            </Form>
          ) : null}
          {undo}
        </div>
      ) : null}
    </>
  )
}

/** Shows what applying changes, or changed, in counts, with a few records of each. */
function Effects({
  effects,
  extract: { state, summary, openable },
}: {
  effects: NonNullable<FoundExtract['summary']['effects']>
  extract: FoundExtract
}) {
  return (
    <section className="stack">
      <h2>{state !== 'read' ? 'Khi xem trước, áp dụng cho kết quả' : 'Nếu áp dụng'}</h2>
      <FigureRow>
        {EFFECTS.map(effect => (
          <Figure key={effect} label={effectLabels[effect].label} value={formatNumber(effects[effect].count)}>
            <p className="small">{effectLabels[effect].note}</p>
            {effects[effect].sample.length > 0 && effect !== 'unchanged' ? (
              <details>
                <summary>Một số trường hợp</summary>
                <ul className="plain-list small">
                  {effects[effect].sample.map(id => (
                    <li key={id}>
                      {openable.includes(id) ? <Link to={`/ho-tro/${id}`}>{codeOf(id)}</Link> : codeOf(id)}
                    </li>
                  ))}
                </ul>
              </details>
            ) : null}
          </Figure>
        ))}
      </FigureRow>
      {summary.counted === undefined ? null : (
        <p>
          Số được tính toàn tỉnh: <b>{formatChange(summary.counted)}</b> trường hợp.
        </p>
      )}
    </section>
  )
}

/** The same by unit directly below the province: those who lose most first. */
function UnitEffects({ extract: { units } }: { extract: FoundExtract }) {
  if (units.length === 0) return null
  return (
    <Sheet title="Theo đơn vị" note="Kể cả đơn vị trực thuộc; đơn vị giảm nhiều đứng trước">
      <DataTable
        caption="Tác động theo đơn vị"
        rows={units}
        rowKey={row => String(row.unitId)}
        empty={null}
        asCards
        columns={[
          {
            key: 'unit',
            header: 'Đơn vị',
            cell: row =>
              row.unitId === null ? 'Trực tiếp tại tỉnh' : <Link to={`/don-vi/${row.unitId}`}>{row.unitName}</Link>,
          },
          {
            key: 'verified',
            header: effectLabels.verified.label,
            align: 'end',
            cell: row => formatNumber(row.verified),
          },
          {
            key: 'rejected',
            header: effectLabels.rejected.label,
            align: 'end',
            cell: row => formatNumber(row.rejected),
          },
          { key: 'counted', header: 'Số được tính', align: 'end', cell: row => formatChange(row.counted) },
        ]}
      />
    </Sheet>
  )
}
