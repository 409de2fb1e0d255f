import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { readMending } from '#app/domain/mending.ts'
import { LISTED_COLUMNS, WORKLIST_FATES } from '#app/domain/worklist.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listCommunes } from '#app/queries/locality.server.ts'
import { mendWorklist } from '#app/queries/worklist-import.server.ts'
import { previewWorklist } from '#app/queries/worklist-preview.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { leftUnread } from '#app/text/list.ts'
import { askedOf } from '#app/text/mending.ts'
import { explainWorklistFile, worklistFates } from '#app/text/worklist.ts'
import { BatchRows } from '#app/ui/batch-preview.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Figure, FigureRow } from '#app/ui/figure.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { WorklistMending, WorklistRows } from '#app/ui/worklist-preview.tsx'
import { batchIdOf } from '../_web/batch.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { worklistPreview } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Xem trước danh sách người dân · 4 phủ' }]
/** Rows of a file with citizens stay out of every cache. */
export const headers = () => ({ 'Cache-Control': 'no-store' })

export const loader = reads(async ({ actor, campaign, today }, { params, url }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  const { view = null, group, from = 0 } = worklistPreview.read(url)
  const { batch, columns, ...preview } = found(
    previewWorklist(actor, batchIdOf({ campaign }, params.batchId), { view, group, from }),
  )
  if (batch.unit.id !== heading.id) throw notFound()
  const count = preview.planned?.rows.length ?? 0
  await noteShown(actor, { what: 'worklist_batch', subjectId: batch.id, count })
  const communes = listCommunes(today).flatMap(({ communes: own }) => own.map(({ name }) => name))
  if (columns?.isAsked) throw redirect(`/don-vi/${batch.unit.id}/phan-cong/nhap/${batch.id}/cot`)
  return {
    heading,
    batch: { id: batch.id, fileName: batch.fileName },
    ...preview,
    from,
    communes,
    hasColumns: columns !== undefined,
    unread: columns ? leftUnread(columns) : '',
  }
})

/** Writes cells of rows again, and plans the list again in the worker; what was typed is kept with the batch. */
export const action = writes(({ actor, campaign }, { params, form, url }) => {
  const texts = [...form].flatMap(([name, text]) => (typeof text === 'string' ? [[name, text] as const] : []))
  const batchId = batchIdOf({ campaign }, params.batchId)
  const jobId = mendWorklist(actor, batchId, readMending(texts, LISTED_COLUMNS))
  const page = `/don-vi/${idOf(params.unitId)}/phan-cong/nhap/${batchId}`
  return redirect(jobId === undefined ? worklistPreview.to(page, worklistPreview.read(url)) : `/cong-viec/${jobId}`)
})

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function WorklistPreviewPage() {
  const { heading, batch, planned, from, communes, hasColumns, unread, ...rest } = useLoaderData<typeof loader>()
  const board = `/don-vi/${heading.id}/phan-cong`
  const page = `${board}/nhap/${batch.id}`
  const groupTo = (group: string) => worklistPreview.to(page, { view: 'problem', group: group || undefined })
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="worklist"
        title="Xem trước danh sách người dân"
        note={[`Tệp ${batch.fileName}`, unread].filter(Boolean).join(' · ')}
        actions={
          hasColumns ? (
            <ButtonLink variant="quiet" to={`/don-vi/${heading.id}/phan-cong/nhap/${batch.id}/cot`}>
              Xem lại các cột
            </ButtonLink>
          ) : undefined
        }
      />
      {planned === null ? (
        <>
          <Notice>{closedText(rest)}</Notice>
          <div className="actions">
            <ButtonLink to={board}>Về danh sách phân công</ButtonLink>
          </div>
        </>
      ) : (
        <>
          <NextStep planned={planned} page={page} board={board} />
          <BatchRows
            page={planned}
            counts={planned.counts}
            title="Từng dòng trong tệp"
            fates={WORKLIST_FATES}
            labels={worklistFates}
            from={from}
            addressOf={asked => worklistPreview.to(page, asked)}
          >
            {planned.view === 'problem' ? (
              <WorklistMending
                rows={planned.rows}
                groups={planned.groups}
                group={planned.group}
                communes={communes}
                action={groupTo(planned.group)}
                addressOf={groupTo}
              />
            ) : (
              <WorklistRows rows={planned.rows} />
            )}
          </BatchRows>
        </>
      )}
    </div>
  )
}

function closedText({ isKept, refusal }: Pick<Loaded, 'isKept' | 'refusal'>): string {
  if (refusal !== null) return explainWorklistFile(refusal)
  return isKept
    ? 'Tệp đang được xử lý. Anh/chị mở lại trang này sau ít phút.'
    : 'Danh sách đã nhập xong, hoặc tệp tải lên đã quá 7 ngày nên không còn được giữ.'
}

const applyLabel = ({ add, contact }: { add: number; contact: number }) =>
  `Nhập ${[
    add === 0 ? '' : `${formatNumber(add)} người dân`,
    contact === 0 ? '' : `${formatNumber(contact)} kết quả liên hệ`,
  ]
    .filter(Boolean)
    .join(' và ')}`

/** What is on the list so far, what the good rows would add with the button that does it, and what is left. */
function NextStep({
  planned: { counts, planKey, name, legalBasis, listed, outsideQuota, asked },
  page,
  board,
}: {
  planned: NonNullable<Loaded['planned']>
  page: string
  board: string
}) {
  const apply = `${page}/ap-dung`
  return (
    <>
      {listed === 0 ? null : (
        <Notice kind="success" title={`Đã đưa ${formatNumber(listed)} người dân vào danh sách.`}>
          <ButtonLink variant="quiet" to={board}>
            Xem danh sách phân công
          </ButtonLink>
        </Notice>
      )}
      <FigureRow>
        <Figure label="Sẽ đưa vào danh sách" value={formatNumber(counts.add)}>
          {outsideQuota === 0 ? 'người dân' : `trong đó ${formatNumber(outsideQuota)} không tính vào chỉ tiêu cá nhân`}
        </Figure>
        {counts.contact === 0 ? null : (
          <Figure label="Sẽ cập nhật kết quả" value={formatNumber(counts.contact)}>
            kết quả liên hệ, lịch hẹn, ghi chú; các cột khác giữ nguyên
          </Figure>
        )}
        <Figure label="Đã có trong danh sách" value={formatNumber(counts.kept)}>
          giữ nguyên, không nhập lại
        </Figure>
        <Figure label="Dòng cần sửa" value={formatNumber(counts.problem)}>
          {counts.problem === 0 ? 'không có' : 'sửa ngay dưới đây, không cần tải tệp lên lại'}
        </Figure>
      </FigureRow>
      <Sheet>
        <Form method="post" action={apply} className="stack">
          <Facts
            facts={[
              { name: 'Tên danh sách', value: name },
              { name: 'Căn cứ', value: legalBasis },
            ]}
          />
          <input type="hidden" name="planKey" value={planKey} />
          {counts.add + counts.contact === 0 ? (
            <p>{counts.problem === 0 ? 'Không có gì cần nhập.' : 'Chưa có dòng nào nhập được.'}</p>
          ) : (
            <div className="actions">
              <SubmitButton action={apply} pendingLabel="Đang nhập…">
                {applyLabel(counts)}
              </SubmitButton>
              {counts.problem > 0 ? (
                <p className="small">{formatNumber(counts.problem)} dòng cần sửa vẫn ở lại đây để anh/chị sửa tiếp.</p>
              ) : null}
            </div>
          )}
          {askedOf(asked, counts.add) ? <p className="small">{askedOf(asked, counts.add)}</p> : null}
          {counts.problem > 0 ? (
            <p className="small">
              <a href={`${page}/can-sua.xlsx`}>Tải các dòng cần sửa</a> để sửa trong Excel. Tệp được giữ 7 ngày kể từ
              khi tải lên.
            </p>
          ) : null}
        </Form>
      </Sheet>
    </>
  )
}
