import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { HELP_FATES, type HelpFate } from '#app/domain/help-import.ts'
import { type HelpPreviewRow, previewHelp } from '#app/queries/help-preview.server.ts'
import { findColumns } from '#app/queries/import-batch.server.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { helpFates, helpFileReasons, helpRowProblemSentence } from '#app/text/help-import.ts'
import { otherSheets } from '#app/text/list.ts'
import { BatchRows, ClosedBatch } from '#app/ui/batch-preview.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { type Column, DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { Status, type Tone } from '#app/ui/status.tsx'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { helpPreview } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Xem trước trường hợp nhập hộ · 4 phủ' }]

export const loader = reads(async ({ actor }, { params, url }) => {
  const { view = null, from = 0 } = helpPreview.read(url)
  const preview = found(previewHelp(actor, idOf(params.helpBatchId), { view, from }))
  if (preview.batch.unit.id !== idOf(params.unitId)) throw notFound()
  await noteShown(actor, { what: 'help_batch', subjectId: preview.batch.id, count: preview.planned?.rows.length ?? 0 })
  const columns = findColumns(actor, 'help', preview.batch.id)
  if (columns?.isAsked) throw redirect(`/don-vi/${preview.batch.unit.id}/truong-hop/nhap/${preview.batch.id}/cot`)
  return { ...preview, from, hasColumns: columns !== undefined, sheets: columns ? otherSheets(columns.view) : '' }
})

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>
type Planned = NonNullable<Loaded['planned']>

export default function HelpPreviewPage() {
  const { batch, planned, from, ...rest } = useLoaderData<typeof loader>()
  const upload = `/don-vi/${batch.unit.id}/truong-hop/nhap`
  const page = `${upload}/${batch.id}`
  return (
    <div className="stack">
      <PageHeading
        title={planned ? 'Xem trước trường hợp nhập hộ' : 'Nhập hộ nhiều trường hợp'}
        note={[batch.fileName, rest.sheets].filter(Boolean).join(' · ')}
        breadcrumbs={[
          { to: `/don-vi/${batch.unit.id}`, label: batch.unit.name },
          { to: `/don-vi/${batch.unit.id}/truong-hop`, label: 'Trường hợp' },
        ]}
        actions={
          <>
            {rest.hasColumns ? (
              <ButtonLink variant="quiet" to={`${page}/cot`}>
                Xem lại các cột
              </ButtonLink>
            ) : null}
            <ButtonLink variant="quiet" to={upload}>
              Tải bảng khác lên
            </ButtonLink>
          </>
        }
      />
      {planned ? (
        <>
          <NextStep {...planned} page={page} />
          <BatchRows
            page={planned}
            counts={planned.counts}
            title="Từng dòng trong bảng"
            fates={HELP_FATES}
            labels={helpFates}
            from={from}
            addressOf={asked => helpPreview.to(page, asked)}
          >
            <DataTable
              caption="Các dòng"
              columns={COLUMNS}
              rows={planned.rows}
              rowKey={row => String(row.row)}
              asCards
              empty={<EmptyState title="Không có dòng nào">Anh/chị chọn kết quả khác ở trên.</EmptyState>}
            />
          </BatchRows>
        </>
      ) : (
        <Closed {...rest} unitId={batch.unit.id} />
      )}
    </div>
  )
}

/** Shows what to fix, and the button that records the rest. */
function NextStep({ counts, planKey, page }: Planned & { page: string }) {
  return (
    <>
      {counts.problem > 0 ? (
        <Notice kind="warning" title={`${formatNumber(counts.problem)} dòng cần sửa`}>
          <div className="stack">
            <p>
              Các dòng này không được ghi. Anh/chị tải về trước khi nhập, sửa theo lý do ghi ở từng dòng rồi tải lên
              lại; sau khi nhập, tệp không còn được giữ.
            </p>
            <ButtonLink variant="quiet" to={`${page}/can-sua.xlsx`} reloadDocument>
              Tải các dòng cần sửa
            </ButtonLink>
          </div>
        </Notice>
      ) : null}
      {counts.create > 0 ? (
        <Sheet>
          <Form method="post" action={`${page}/ap-dung`} className="stack">
            <input type="hidden" name="planKey" value={planKey} />
            <p>
              {formatNumber(counts.create)} trường hợp được ghi là nhập hộ, thời điểm nhận là lúc nhập; người khác trong
              đơn vị xác nhận.
            </p>
            <div className="actions">
              <SubmitButton action={`${page}/ap-dung`} pendingLabel="Đang nhập…">
                Nhập {formatNumber(counts.create)} trường hợp
              </SubmitButton>
            </div>
          </Form>
        </Sheet>
      ) : null}
      {counts.create === 0 && counts.problem === 0 ? (
        <Notice kind="success" title="Không có gì cần nhập">
          Mọi dòng trong bảng đã có trong phần mềm.
        </Notice>
      ) : null}
    </>
  )
}

const TONES: Record<HelpFate, Tone> = { problem: 'late', create: 'done', recorded: 'neutral' }

const COLUMNS: Column<HelpPreviewRow>[] = [
  {
    key: 'citizen',
    header: 'Người dân',
    cell: row => (
      <>
        {row.citizenName || 'Chưa có họ tên'}
        <span className="small block">
          Dòng {formatNumber(row.row)}
          {row.numberTail === null ? '' : ` · …${row.numberTail}`}
        </span>
      </>
    ),
  },
  { key: 'official', header: 'Người thực hiện', cell: row => row.officialName || 'Chưa rõ' },
  {
    key: 'day',
    header: 'Ngày hỗ trợ',
    align: 'end',
    cell: row => (row.helpedOn === null ? row.writtenDay || 'Chưa ghi' : formatDay(row.helpedOn)),
  },
  {
    key: 'fate',
    header: 'Kết quả',
    cell: row => (
      <>
        <Status tone={TONES[row.fate]}>{helpFates[row.fate]}</Status>
        {row.problems.map(problem => (
          <span key={`${problem.column} ${problem.reason}`} className="small block">
            {helpRowProblemSentence(problem)}
          </span>
        ))}
      </>
    ),
  },
]

/** A batch without a plan: applied, refused, still being read or recorded, or no longer kept. */
function Closed({
  applied,
  refusal,
  isKept,
  unitId,
}: Pick<Loaded, 'applied' | 'refusal' | 'isKept'> & { unitId: number }) {
  if (applied)
    return (
      <>
        <Notice kind="success" title={`Đã ghi ${formatNumber(applied.created)} trường hợp nhập hộ`}>
          {applied.refused > 0
            ? `${formatNumber(applied.refused)} dòng không còn ghi được vì dữ liệu vừa thay đổi; anh/chị tải bảng lên lại để xem lý do.`
            : 'Các trường hợp chờ người khác trong đơn vị xác nhận.'}
        </Notice>
        <div className="actions">
          <ButtonLink to={`/don-vi/${unitId}/truong-hop`}>Xem trường hợp của đơn vị</ButtonLink>
        </div>
      </>
    )
  return <ClosedBatch file="Bảng" refusal={refusal ? helpFileReasons[refusal] : undefined} isKept={isKept} />
}
