import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { readLeft, readMending } from '#app/domain/mending.ts'
import { readChoices } from '#app/domain/roster/choice.ts'
import { ROSTER_COLUMNS } from '#app/domain/roster/row.ts'
import { readRosterCells } from '#app/imports/roster.ts'
import { settleProposals } from '#app/queries/roster.server.ts'
import { mendBatch } from '#app/queries/roster-mending.server.ts'
import { previewBatch } from '#app/queries/roster-preview.server.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { leftUnread } from '#app/text/list.ts'
import { rosterFates, rosterFileReasons, rosterHindrances, rosterListKinds } from '#app/text/roster.ts'
import { LONG_ROSTER, leftOutSentence } from '#app/text/roster-steps.ts'
import { BatchRows, ClosedBatch } from '#app/ui/batch-preview.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { RosterMending } from '#app/ui/roster-mending.tsx'
import { Conversions, Notices, PreviewTable, ProposalForm } from '#app/ui/roster-preview.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'
import { rosterPreview, VIEWS } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Xem trước danh sách · 4 phủ' }]

export const loader = reads(({ actor }, { params, url }) => {
  const { view = null, group, from = 0, showsConversions, hindrance = null } = rosterPreview.read(url)
  const batchId = idOf(params.batchId)
  const { columns, ...preview } = found(previewBatch(actor, batchId, { view, group, from }))
  if (columns?.isAsked) throw redirect(`/lo-nhap/${batchId}/cot`)
  return { ...preview, from, showsConversions, hindrance, unread: columns && leftUnread(columns) }
})

/** Saves who is meant or writes cells of rows again, if the form says so, and plans the batch again. */
export const action = writes(({ actor }, { params, form }) => {
  const batchId = idOf(params.batchId)
  const words = [...form].flatMap(([name, word]) => (typeof word === 'string' ? [[name, word] as const] : []))
  const asked = { mending: readMending(words, ROSTER_COLUMNS), left: readLeft(words) }
  const jobId = mendBatch(actor, batchId, asked, readRosterCells)
  return redirect(`/cong-viec/${jobId ?? settleProposals(actor, batchId, readChoices(words))}`)
})

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>
type Planned = NonNullable<Loaded['planned']>

export default function RosterPreviewPage() {
  const { batch, planned, applying, hindrance, from, showsConversions, ...rest } = useLoaderData<typeof loader>()
  const { unit } = batch
  const page = `/lo-nhap/${batch.id}`
  const roster = `/don-vi/${unit.id}/nguoi-thuc-hien`
  return (
    <div className="stack">
      <PageHeading
        title={planned ? 'Xem trước danh sách' : 'Nhập danh sách'}
        note={[batch.fileName, rest.unread].filter(Boolean).join(' · ')}
        breadcrumbs={[
          { to: `/don-vi/${unit.id}`, label: unit.name },
          { to: roster, label: 'Người thực hiện' },
        ]}
        actions={
          <>
            {rest.unread !== undefined ? (
              <ButtonLink variant="quiet" to={`${page}/cot`}>
                Xem lại các cột
              </ButtonLink>
            ) : null}
            <ButtonLink variant="quiet" to={`${roster}/nhap`}>
              Tải tệp khác lên
            </ButtonLink>
          </>
        }
      />
      {planned ? (
        <>
          <NextStep {...planned} page={page} hindrance={hindrance} />
          <Conversions
            conversions={planned.conversions}
            showsAll={showsConversions}
            allTo={rosterPreview.to(page, { view: planned.view, showsConversions: true })}
          />
          <Rows {...planned} page={page} from={from} />
          <Notices notices={planned.notices} />
        </>
      ) : applying ? (
        <Applying {...applying} page={page} />
      ) : (
        <Closed {...rest} unitId={unit.id} />
      )}
    </div>
  )
}

const amount = (count: number, words: string) => (count > 0 ? [`${formatNumber(count)} ${words}`] : [])

const changesIn = ({ create, update }: { create: number; update: number }) => [
  ...amount(create, 'người thêm mới'),
  ...amount(update, 'người cập nhật'),
]

const sentence = (parts: readonly string[]) => `${parts.join(', ')}.`

/** Shows what blocks the batch, or the button that applies it all. */
function NextStep({
  counts,
  conversions,
  isReady,
  isLong,
  association,
  fromOn,
  planKey,
  page,
  hindrance,
}: Planned & { page: string; hindrance: Loaded['hindrance'] }) {
  const people = counts.create + counts.update
  const summary = [...changesIn(counts), ...amount(counts.unchanged, 'dòng không thay đổi')]
  const open = [
    ...amount(counts.problem, 'dòng cần sửa'),
    ...amount(counts.proposal, 'người cần anh/chị cho biết là ai'),
  ]
  return (
    <>
      {hindrance === null ? null : (
        <Notice kind="warning" title={rosterHindrances[hindrance]}>
          {hindrance === 'plan_moved' ? (
            <Form method="post" action={page}>
              <SubmitButton action={page} variant="quiet" pendingLabel="Đang kiểm tra…">
                Kiểm tra lại danh sách
              </SubmitButton>
            </Form>
          ) : null}
        </Notice>
      )}
      {isReady ? null : (
        <Notice kind="warning" title={`Còn ${open.join(' và ')}`}>
          Danh sách được nhập toàn bộ hoặc không nhập dòng nào, vì các dòng có thể nói về cùng một người; hiện chưa có
          gì thay đổi.
          {counts.problem > 0 ? ' Anh/chị sửa các dòng ngay dưới đây, không cần tải tệp lên lại.' : ''}
        </Notice>
      )}
      {isReady && people === 0 ? (
        <Notice kind="success" title="Không có gì cần nhập">
          Dữ liệu trong phần mềm đã giống danh sách này.
        </Notice>
      ) : null}
      {isReady && people > 0 ? (
        <Sheet title={association === null ? 'Danh sách của đơn vị' : rosterListKinds[association]}>
          <Form method="post" action={`${page}/ap-dung`} className="stack">
            <p>
              {sentence(summary)} Người mới{association === null ? '' : ', hội viên mới'} được ghi nhận từ ngày{' '}
              {formatDay(fromOn)}.
            </p>
            {isLong ? <p>{LONG_ROSTER}</p> : null}
            <input type="hidden" name="planKey" value={planKey} />
            {conversions.length > 0 ? (
              <label className="choice">
                <input type="checkbox" name="consent" required />
                <span>Tôi đã xem và đồng ý với cách chuyển {formatNumber(conversions.length)} ô chữ dưới đây</span>
              </label>
            ) : null}
            <div className="actions">
              <SubmitButton action={`${page}/ap-dung`} pendingLabel="Đang nhập…">
                Nhập {formatNumber(people)} người
              </SubmitButton>
            </div>
          </Form>
        </Sheet>
      ) : null}
    </>
  )
}

function Rows({ page, from, ...planned }: Planned & { page: string; from: number }) {
  const { counts, view, rows } = planned
  return (
    <BatchRows
      page={planned}
      title="Từng dòng trong tệp"
      fates={VIEWS}
      labels={{ ...rosterFates, all: 'Tất cả' }}
      counts={{ ...counts, all: Object.values(counts).reduce((sum, count) => sum + count, 0) }}
      from={from}
      addressOf={asked => rosterPreview.to(page, asked)}
    >
      {view === 'proposal' ? (
        <ProposalForm rows={rows} action={page} />
      ) : view === 'problem' ? (
        <RosterMending
          rows={rows}
          groups={planned.groups}
          group={planned.group}
          action={page}
          addressOf={group => rosterPreview.to(page, { view: 'problem', group: group || undefined })}
        />
      ) : (
        <PreviewTable rows={rows} />
      )}
    </BatchRows>
  )
}

/** A long list on its way in; where no job is at it, the button that continues. */
function Applying({ done, total, isAtWork, planKey, page }: NonNullable<Loaded['applying']> & { page: string }) {
  const reached = `Đã ghi ${formatNumber(done)} trên ${formatNumber(total)} người.`
  if (isAtWork) return <Notice title="Danh sách đang được nhập">{reached} Anh/chị mở lại trang này sau ít phút.</Notice>
  return (
    <Notice kind="warning" title="Việc nhập dừng giữa chừng">
      <p>{reached} Những người này đã được ghi đầy đủ. Anh/chị bấm “Nhập tiếp” để ghi những người còn lại.</p>
      <Form method="post" action={`${page}/ap-dung`}>
        <input type="hidden" name="planKey" value={planKey} />
        <SubmitButton action={`${page}/ap-dung`} pendingLabel="Đang nhập…">
          Nhập tiếp
        </SubmitButton>
      </Form>
    </Notice>
  )
}

/** A batch without a plan: applied, refused, still being read, or no longer kept. */
function Closed({
  applied,
  refusal,
  isKept,
  unitId,
}: Pick<Loaded, 'applied' | 'refusal' | 'isKept'> & { unitId: number }) {
  if (applied)
    return (
      <>
        <Notice kind="success" title="Đã nhập danh sách">
          {sentence(changesIn({ create: applied.created, update: applied.edited }))}
        </Notice>
        {applied.planned > 0 ? (
          <Notice title={`${formatNumber(applied.planned)} vai trò chờ người thứ hai đồng ý`}>
            Một quản trị, hoặc người đứng đầu cấp trên, mở <Link to="/quan-tri/vai-tro">Vai trò chờ đồng ý</Link> và
            đồng ý cả danh sách một lần.
          </Notice>
        ) : null}
        {applied.left.length > 0 ? <Notice kind="warning">{leftOutSentence(applied.left)}</Notice> : null}
        <div className="actions">
          {applied.created > 0 ? <ButtonLink to={`/don-vi/${unitId}/ma-kich-hoat`}>In mã kích hoạt</ButtonLink> : null}
          <ButtonLink variant="quiet" to={`/don-vi/${unitId}/nguoi-thuc-hien`}>
            Xem người thực hiện
          </ButtonLink>
        </div>
      </>
    )
  return <ClosedBatch file="Tệp" refusal={refusal ? rosterFileReasons[refusal] : undefined} isKept={isKept} />
}
