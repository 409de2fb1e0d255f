import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { grouped } from '#app/domain/grouping.ts'
import { groupProblems, groupWord, readMending } from '#app/domain/mending.ts'
import { previewPage } from '#app/domain/preview-page.ts'
import { SETUP_FATES, type SetupFate } from '#app/domain/setup/listed.ts'
import { columnsIn } from '#app/imports/list-spec.ts'
import { SETUP_SPECS } from '#app/imports/setup-spec.ts'
import { withSetupList } from '#app/jobs/setup-list.server.ts'
import { findSetupList, mendSetupList, setupKey } from '#app/queries/setup-batch.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { leftUnread } from '#app/text/list.ts'
import { ARMED_NOTE, setupFates, setupTitles } from '#app/text/setup.ts'
import { BatchRows, ClosedBatch } from '#app/ui/batch-preview.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { SetupMending, SetupRows } from '#app/ui/setup-preview.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { useQuery } from '../_web/params.ts'
import { found, idOf, reads, type Visit, writes } from '../_web/visit.server.ts'
import { listIn } from './list.server.ts'
import { setupPreview } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Xem trước danh sách · 4 phủ' }]

function plannedOf(
  { actor }: Visit,
  list: ReturnType<typeof listIn>,
  rows: NonNullable<ReturnType<typeof findSetupList>>['rows'],
) {
  if (!rows) return null
  const plan = withSetupList(actor, list, work => work.plan(rows))
  return { rows, ...plan, planKey: setupKey(plan) }
}

export const loader = reads((visit, { params, url }) => {
  const list = listIn(visit, params.list)
  const batchId = idOf(params.batchId)
  const { fileName, isApplied, columns, rows, undo } = found(findSetupList(visit.actor, list, batchId))
  if (columns?.isAsked) throw redirect(`/quan-tri/danh-sach/${setupTitles[list].file}/${batchId}/cot`)
  const planned = plannedOf(visit, list, rows)
  const about = { list, batchId, fileName, isApplied, undoable: undo?.length ?? 0, hasColumns: columns !== undefined }
  const unread = columns ? leftUnread(columns) : ''
  if (!planned) return { ...about, unread, planned: null }
  return { ...about, unread, planned: shown(planned, setupPreview.read(url)) }
})

/** One page of the preview: the rows of one fate, and what the whole list would do. */
function shown(
  { rows, entries, problems, planKey }: NonNullable<ReturnType<typeof plannedOf>>,
  { view: asked, group = '', from = 0 }: ReturnType<typeof setupPreview.read>,
) {
  const wrong = grouped(problems, ({ row }) => row)
  const of = (fate: SetupFate) => entries.filter(entry => entry.fate === fate)
  const counts = {
    problem: wrong.size,
    add: of('add').length,
    edit: of('edit').length,
    same: of('same').length,
  }
  const view = asked ?? SETUP_FATES.find(fate => counts[fate] > 0) ?? 'same'
  const mended = rows
    .filter(({ row }) => (wrong.get(row) ?? []).some(problem => group === '' || groupWord(problem) === group))
    .map(({ row, cells }) => ({ row, cells, problems: wrong.get(row) ?? [] }))
  const isMended = view === 'problem'
  return {
    planKey,
    counts,
    group,
    groups: groupProblems(problems, ({ row }) => row),
    armed: entries.filter(entry => 'block' in entry && entry.block === 'armed_forces').length,
    from,
    view,
    ...(isMended
      ? { mended: previewPage(mended, { from, isMended }), planned: null }
      : {
          mended: null,
          planned: previewPage(
            of(view).map(({ row, fate, title, changes }) => ({ row, fate, title, changes })),
            { from, isMended },
          ),
        }),
  }
}

/** Writes cells of rows again, as the form says; the page then shows the plan that follows. */
export const action = writes((visit, { params, form, url }) => {
  const list = listIn(visit, params.list)
  const batchId = idOf(params.batchId)
  const texts = [...form].flatMap(([name, text]) => (typeof text === 'string' ? [[name, text] as const] : []))
  withSetupList(visit.actor, list, ({ plan }) =>
    mendSetupList(visit.actor, { list, batchId, plan }, readMending(texts, columnsIn(SETUP_SPECS[list]))),
  )
  const page = `/quan-tri/danh-sach/${setupTitles[list].file}/${batchId}`
  return redirect(setupPreview.to(page, setupPreview.read(url)))
})

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>
type Planned = NonNullable<Loaded['planned']>

export default function SetupPreviewPage() {
  const { list, batchId, fileName, isApplied, undoable, hasColumns, unread, planned } = useLoaderData<typeof loader>()
  const { title, file } = setupTitles[list]
  const base = `/quan-tri/danh-sach/${file}`
  const page = `${base}/${batchId}`
  return (
    <div className="stack">
      <PageHeading
        title={`Xem trước ${title.toLowerCase()}`}
        note={[`Tệp ${fileName}`, unread].filter(Boolean).join(' · ')}
        breadcrumbs={[
          { to: '/quan-tri/thiet-lap', label: 'Thiết lập ban đầu' },
          { to: base, label: title },
        ]}
        actions={
          hasColumns && planned ? (
            <ButtonLink variant="quiet" to={`${page}/cot`}>
              Xem lại các cột
            </ButtonLink>
          ) : undefined
        }
      />
      {planned ? (
        <>
          <NextStep planned={planned} list={list} page={page} />
          <Rows planned={planned} list={list} page={page} />
        </>
      ) : isApplied ? (
        <>
          <StillUsed list={list} />
          <div className="actions">
            <ButtonLink to="/quan-tri/thiet-lap">Về các bước thiết lập</ButtonLink>
            <ButtonLink variant="quiet" to={base}>
              Nhập tệp khác
            </ButtonLink>
          </div>
          {undoable === 0 ? null : (
            <Confirm
              label="Hủy lần nhập này"
              question={`Đưa ${formatNumber(undoable)} dòng trở lại như trước khi nhập?`}
              consequence="Dòng thêm mới được bỏ, dòng thay đổi trở lại như cũ. Chỉ hủy được khi chưa có gì gắn với các dòng ấy."
              action={`${page}/huy`}
            />
          )}
        </>
      ) : (
        <ClosedBatch file="Tệp" isKept={false} />
      )}
    </div>
  )
}

/** Names what keeps the list from being taken back. */
function StillUsed({ list }: { list: Loaded['list'] }) {
  const { used } = useQuery(setupPreview)
  if (used.length === 0) return null
  return (
    <Notice kind="warning" title="Chưa hủy lần nhập">
      {used.join('; ')}: đã có người, vai trò, số liệu, hoặc đã sửa sau khi nhập. Anh/chị sửa riêng từng{' '}
      {setupTitles[list].rows}.
    </Notice>
  )
}

function NextStep({ planned, list, page }: { planned: Planned; list: Loaded['list']; page: string }) {
  const { counts, armed, planKey } = planned
  const { rows } = setupTitles[list]
  const written = counts.add + counts.edit
  if (counts.problem > 0)
    return (
      <Notice kind="warning" title={`Còn ${formatNumber(counts.problem)} dòng cần sửa`}>
        Danh sách được nhập toàn bộ hoặc không nhập dòng nào; hiện chưa có gì thay đổi. Anh/chị sửa các dòng ngay dưới
        đây, không cần tải tệp lên lại.
      </Notice>
    )
  if (written === 0)
    return (
      <Notice kind="success" title="Không có gì cần nhập">
        Dữ liệu trong phần mềm đã giống danh sách này.
      </Notice>
    )
  return (
    <>
      {armed > 0 ? <Notice title={`${formatNumber(armed)} đơn vị công an, quân đội`}>{ARMED_NOTE}</Notice> : null}
      <Sheet>
        <Form method="post" action={`${page}/ap-dung`} className="stack">
          <p>
            {formatNumber(counts.add)} {rows} thêm mới, {formatNumber(counts.edit)} thay đổi,{' '}
            {formatNumber(counts.same)} giữ nguyên.
          </p>
          <input type="hidden" name="planKey" value={planKey} />
          <div className="actions">
            <SubmitButton action={`${page}/ap-dung`} pendingLabel="Đang nhập…">
              Nhập {formatNumber(written)} {rows}
            </SubmitButton>
          </div>
        </Form>
      </Sheet>
    </>
  )
}

function Rows({ planned, list, page }: { planned: Planned; list: Loaded['list']; page: string }) {
  const { view, group, groups, counts, from, mended, planned: rows } = planned
  const groupTo = (word: string) => setupPreview.to(page, { view: 'problem', group: word || undefined })
  const shownRows = mended ?? rows
  return (
    <BatchRows
      page={{ view, group, ...shownRows }}
      title="Từng dòng trong tệp"
      fates={SETUP_FATES}
      labels={setupFates}
      counts={counts}
      from={from}
      addressOf={asked => setupPreview.to(page, asked)}
    >
      {mended ? (
        <SetupMending
          list={list}
          rows={mended.rows}
          groups={groups}
          group={group}
          action={groupTo(group)}
          addressOf={groupTo}
        />
      ) : (
        <SetupRows list={list} rows={rows?.rows ?? []} />
      )}
    </BatchRows>
  )
}
