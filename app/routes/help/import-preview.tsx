import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { HELP_FATES, LISTED_HELP_COLUMNS } from '#app/domain/help-import.ts'
import { readMending } from '#app/domain/mending.ts'
import { readHelpCells } from '#app/imports/help-table.ts'
import { mendHelp } from '#app/queries/help-batch.server.ts'
import { previewHelp } from '#app/queries/help-preview.server.ts'
import { listCommunes } from '#app/queries/locality.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { helpChoices, helpFates, helpFileReasons } from '#app/text/help-import.ts'
import { leftUnread } from '#app/text/list.ts'
import { askedOf } from '#app/text/mending.ts'
import { labels } from '#app/text/vocabulary.ts'
import { BatchRows, ClosedBatch } from '#app/ui/batch-preview.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { HelpMending, HelpRows, VerdictCounts } from '#app/ui/help-preview.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { batchIdOf } from '../_web/batch.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { helpPreview } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Xem trước trường hợp nhập hộ · 4 phủ' }]

export const loader = reads(async ({ actor, campaign, today }, { params, url }) => {
  const { view = null, group, from = 0 } = helpPreview.read(url)
  const { columns, ...preview } = found(
    previewHelp(actor, batchIdOf({ campaign }, params.helpBatchId), { view, group, from }),
  )
  if (preview.batch.unit.id !== idOf(params.unitId)) throw notFound()
  await noteShown(actor, { what: 'help_batch', subjectId: preview.batch.id, count: preview.planned?.rows.length ?? 0 })
  const areas = listCommunes(today)
  const choices = {
    ...helpChoices,
    district: areas.map(({ district }) => district),
    commune: [...new Set(areas.flatMap(({ communes }) => communes.map(({ name }) => name)))],
  }
  if (columns?.isAsked) throw redirect(`/don-vi/${preview.batch.unit.id}/truong-hop/nhap/${preview.batch.id}/cot`)
  const unread = columns ? leftUnread(columns) : ''
  return { ...preview, from, choices, hasColumns: columns !== undefined, unread }
})

/** Writes cells of rows again, and plans the batch again in the worker; what was typed is kept with the batch. */
export const action = writes(({ actor, campaign }, { params, form, url }) => {
  const batchId = batchIdOf({ campaign }, params.helpBatchId)
  const texts = [...form].flatMap(([name, text]) => (typeof text === 'string' ? [[name, text] as const] : []))
  const jobId = mendHelp(actor, batchId, readMending(texts, LISTED_HELP_COLUMNS), readHelpCells)
  const page = `/don-vi/${idOf(params.unitId)}/truong-hop/nhap/${batchId}`
  return redirect(jobId === undefined ? helpPreview.to(page, helpPreview.read(url)) : `/cong-viec/${jobId}`)
})

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>
type Planned = NonNullable<Loaded['planned']>

export default function HelpPreviewPage() {
  const { batch, planned, from, choices, ...rest } = useLoaderData<typeof loader>()
  const upload = `/don-vi/${batch.unit.id}/truong-hop/nhap`
  const page = `${upload}/${batch.id}`
  return (
    <div className="stack">
      <PageHeading
        title={planned ? 'Xem trước trường hợp nhập hộ' : 'Nhập hộ nhiều trường hợp'}
        note={[batch.fileName, rest.unread].filter(Boolean).join(' · ')}
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
          <NextStep {...planned} page={page} applied={rest.applied} unitId={batch.unit.id} />
          <BatchRows
            page={planned}
            counts={planned.counts}
            title="Từng dòng trong bảng"
            fates={HELP_FATES}
            labels={helpFates}
            from={from}
            addressOf={asked => helpPreview.to(page, asked)}
          >
            {planned.view === 'problem' ? (
              <HelpMending
                rows={planned.rows}
                groups={planned.groups}
                group={planned.group}
                choices={choices}
                action={helpPreview.to(page, { view: 'problem', group: planned.group || undefined })}
                addressOf={group => helpPreview.to(page, { view: 'problem', group: group || undefined })}
              />
            ) : (
              <HelpRows rows={planned.rows} />
            )}
          </BatchRows>
        </>
      ) : (
        <Closed {...rest} unitId={batch.unit.id} />
      )}
    </div>
  )
}

/** What was recorded so far, what the good rows would count as with the button that records them, and what is left. */
function NextStep({
  counts,
  verdicts,
  planKey,
  page,
  applied,
  unitId,
  asked,
}: Planned & { page: string; applied: Loaded['applied']; unitId: number }) {
  return (
    <>
      {applied ? <Done applied={applied} unitId={unitId} /> : null}
      {counts.create > 0 ? (
        <Sheet>
          <Form method="post" action={`${page}/ap-dung`} className="stack">
            <input type="hidden" name="planKey" value={planKey} />
            <p>
              {formatNumber(counts.create)} trường hợp được ghi là nhập hộ, thời điểm nhận là lúc nhập. Kết quả khi vừa
              nhập, chưa xét các trường hợp của người khác:
            </p>
            <VerdictCounts counts={verdicts} />
            {askedOf(asked, counts.create) ? <p className="small">{askedOf(asked, counts.create)}</p> : null}
            <div className="actions">
              <SubmitButton action={`${page}/ap-dung`} pendingLabel="Đang nhập…">
                Nhập {formatNumber(counts.create)} dòng đúng
              </SubmitButton>
              {counts.problem > 0 ? (
                <p className="small">{formatNumber(counts.problem)} dòng cần sửa vẫn ở lại đây để anh/chị sửa tiếp.</p>
              ) : null}
            </div>
          </Form>
        </Sheet>
      ) : null}
      {counts.problem > 0 ? (
        <Notice kind="warning" title={`${formatNumber(counts.problem)} dòng cần sửa`}>
          <div className="stack">
            <p>
              Anh/chị sửa ngay dưới đây, không cần tải bảng lên lại; hoặc tải các dòng này về để sửa trong Excel. Bảng
              được giữ 7 ngày kể từ khi tải lên.
            </p>
            <ButtonLink variant="quiet" to={`${page}/can-sua.xlsx`} reloadDocument>
              Tải các dòng cần sửa
            </ButtonLink>
          </div>
        </Notice>
      ) : null}
      {counts.create === 0 && counts.problem === 0 ? (
        <Notice kind="success" title="Không có gì cần nhập">
          Mọi dòng trong bảng đã có trong phần mềm.
        </Notice>
      ) : null}
    </>
  )
}

/** Says how many records a batch made, what each really waits for, and where they are. */
function Done({
  applied: { created, refused, verdicts },
  unitId,
}: {
  applied: NonNullable<Loaded['applied']>
  unitId: number
}) {
  return (
    <Notice kind="success" title={`Đã ghi ${formatNumber(created)} trường hợp nhập hộ`}>
      {verdicts.length === 0 ? null : (
        <ul>
          {verdicts.map(({ reason, count }) => (
            <li key={reason}>
              {formatNumber(count)} trường hợp: {labels.verdictReason[reason]}
            </li>
          ))}
        </ul>
      )}
      {refused > 0 ? (
        <p>{formatNumber(refused)} dòng chưa ghi được vì dữ liệu vừa thay đổi; lý do ghi ở từng dòng dưới đây.</p>
      ) : null}
      <p>
        <Link to={`/don-vi/${unitId}/truong-hop`}>Xem trường hợp của đơn vị</Link>
      </p>
    </Notice>
  )
}

/** A batch without a plan: applied, refused, still being read or recorded, or no longer kept. */
function Closed({
  applied,
  refusal,
  isKept,
  unitId,
}: Pick<Loaded, 'applied' | 'refusal' | 'isKept'> & { unitId: number }) {
  if (applied) return <Done applied={applied} unitId={unitId} />
  return <ClosedBatch file="Bảng" refusal={refusal ? helpFileReasons[refusal] : undefined} isKept={isKept} />
}
