import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { PLEDGE_DAYS } from '#app/domain/pledge.ts'
import { pledgeListInput } from '#app/domain/pledge-input.ts'
import { SIGNED_LIST_ROWS } from '#app/domain/prepared-paper.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listOfficials } from '#app/queries/official.server.ts'
import { pledgesOf } from '#app/queries/pledge-list.server.ts'
import { listContent, papersOf } from '#app/queries/prepared-paper.server.ts'
import { prepareList } from '#app/queries/signed-list.server.ts'
import { formatInstant, formatNumber } from '#app/text/format.ts'
import { ChoiceList, tickedIn } from '#app/ui/choice-list.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { DateField, fieldsOf } from '#app/ui/field.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { pledgeList } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Danh sách cam kết ký số · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, today }, { params, url }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.pledge) throw notFound()
  const { search, after } = pledgeList.read(url)
  const { rows, next } = listOfficials(actor, campaign.id, {
    unitPath: heading.path,
    search: search || undefined,
    sort: 'name',
    after: after === undefined ? undefined : { id: after },
    limit: SIGNED_LIST_ROWS,
  })
  const pledges = pledgesOf(
    campaign.id,
    rows.map(row => row.officialId),
  )
  return {
    unit: { id: heading.id, name: heading.name },
    search,
    next,
    startsOn: regulation.startsOn,
    endsOn: regulation.endsOn,
    isOver: today > regulation.endsOn,
    rows: rows.map(({ officialId, name, position, unitId, unitName }) => ({
      ...{ officialId, name },
      detail: [position, unitId === heading.id ? '' : unitName].filter(Boolean).join(' · '),
      hasPledge: pledges.has(officialId),
    })),
    papers: papersOf(campaign.id, { unitId: heading.id, kind: 'pledge_list' }).map(paper => ({
      id: paper.id,
      preparedAt: paper.preparedAt,
      signatures: paper.signatures,
      people: listContent(paper).rows.length,
    })),
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const unitId = idOf(params.unitId)
  const submission = readForm(form, pledgeListInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { chon, ...days } = submission.value
  const made = prepareList(actor, campaign.id, { unitId, officialIds: chon, days })
  return made.ok ? redirect(`/van-ban/${made.paperId}`) : refuseForm(submission, made.problems)
})

export default function SignListPage() {
  const { unit, papers, search, rows, next, isOver } = useLoaderData<typeof loader>()
  const base = `/don-vi/${unit.id}/cam-ket/ky-so`
  return (
    <div className="stack">
      <PageHeading
        title="Danh sách cam kết ký số"
        note="Hệ thống lập danh sách PDF, mỗi người lần lượt ký bằng chữ ký số của mình. Mỗi chữ ký hợp lệ là bản cam kết của người đó."
        breadcrumbs={[
          { to: `/don-vi/${unit.id}`, label: unit.name },
          { to: `/don-vi/${unit.id}/cam-ket`, label: 'Danh sách cam kết' },
        ]}
      />
      {papers.length === 0 ? null : (
        <Sheet title="Đã lập">
          <RowList>
            {papers.map(paper => (
              <Row
                key={paper.id}
                title={`${formatNumber(paper.signatures)} / ${formatNumber(paper.people)} người đã ký`}
                detail={`Lập ${formatInstant(paper.preparedAt)}`}
                aside={<Link to={`/van-ban/${paper.id}`}>Ký, tải lên, xem chữ ký</Link>}
              />
            ))}
          </RowList>
        </Sheet>
      )}
      {isOver ? (
        <EmptyState title="Đợt cao điểm đã kết thúc">Không nhận thêm cam kết.</EmptyState>
      ) : (
        <>
          <FilterBar
            search={{ name: 'tim', label: 'Tìm theo họ tên (có dấu hoặc không)', value: search }}
            clearTo={search ? base : undefined}
          />
          {rows.length === 0 ? (
            <EmptyState title="Không có ai phù hợp">Anh/chị thử tìm bằng tên khác.</EmptyState>
          ) : (
            <PrepareForm />
          )}
          {next === null ? null : (
            <Pager
              label={`${formatNumber(rows.length)} người trong trang này`}
              nextTo={pledgeList.to(base, { search, after: next })}
            />
          )}
        </>
      )}
    </div>
  )
}

function PrepareForm() {
  const { rows, startsOn, endsOn } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const lastResult = answer?.lastResult
  const { obligations, names } = useTerms()
  const days = obligations.map(obligation => PLEDGE_DAYS[obligation])
  const labels = Object.fromEntries(
    obligations.map(obligation => [PLEDGE_DAYS[obligation], names.obligation[obligation]]),
  )
  const [form, fields] = useForm<Record<string, string>>({
    lastResult,
    defaultValue: Object.fromEntries(days.map(name => [name, endsOn])),
    constraint: Object.fromEntries(days.map(name => [name, { required: true }])),
  })
  const field = fieldsOf(fields)
  return (
    <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="columns">
      <Sheet title="Người ký" note={`Mỗi danh sách nhiều nhất ${SIGNED_LIST_ROWS} người`}>
        <ChoiceList
          ticked={lastResult ? tickedIn(lastResult) : rows.filter(row => !row.hasPledge).map(row => row.officialId)}
          choices={rows.map(row => ({
            id: row.officialId,
            name: row.name,
            title: row.name,
            detail: row.detail,
            aside: <small>{row.hasPledge ? 'Đã cam kết' : 'Chưa cam kết'}</small>,
          }))}
        >
          <a href="#thoi-han">Tiếp tục: thời hạn</a>
        </ChoiceList>
      </Sheet>
      <Sheet title="Thời hạn" note="Số người dân của mỗi người là chỉ tiêu được giao">
        <div className="stack" id="thoi-han">
          <FormErrors form={form} labels={{ chon: 'Chọn người', signed: 'Thời hạn', ...labels }} />
          {obligations.map(obligation => (
            <DateField
              key={obligation}
              field={field(PLEDGE_DAYS[obligation])}
              label={`${names.obligation[obligation]}, chậm nhất ngày`}
              min={startsOn}
              max={endsOn}
            />
          ))}
          <SubmitButton isLarge pendingLabel="Đang lập…">
            Lập danh sách để ký
          </SubmitButton>
        </div>
      </Sheet>
    </Form>
  )
}
