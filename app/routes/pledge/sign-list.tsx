import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { pledgeListInput } from '#app/domain/pledge-input.ts'
import { SIGNED_LIST_ROWS } from '#app/domain/prepared-paper.ts'
import { listContent, papersOf } from '#app/queries/prepared-paper.server.ts'
import { prepareList } from '#app/queries/signed-list.server.ts'
import { formatInstant, formatNumber } from '#app/text/format.ts'
import { ChoiceList, tickedIn } from '#app/ui/choice-list.tsx'
import { fieldsOf } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { idOf, reads, writes } from '../_web/visit.server.ts'
import { peopleToPledge } from './people.server.ts'
import { ListDayFields, PledgePeople, useListDays } from './people.tsx'

export const meta: MetaFunction = () => [{ title: 'Danh sách cam kết ký số · 4 phủ' }]

export const loader = reads((visit, { params, url }) => {
  const { heading, people } = peopleToPledge(visit, { unitId: params.unitId, url, limit: SIGNED_LIST_ROWS })
  return {
    unit: { id: heading.id, name: heading.name },
    people,
    papers: papersOf(visit.campaign.id, { unitId: heading.id, kind: 'pledge_list' }).map(paper => ({
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
  const { unit, papers, people } = useLoaderData<typeof loader>()
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
      <PledgePeople people={people} base={base}>
        <PrepareForm />
      </PledgePeople>
    </div>
  )
}

function PrepareForm() {
  const { rows, startsOn, endsOn } = useLoaderData<typeof loader>().people
  const answer = useActionData<typeof action>()
  const lastResult = answer?.lastResult
  const { days, dayLabels } = useListDays()
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
          ticked={
            lastResult ? tickedIn(lastResult) : rows.filter(row => row.pledge === null).map(row => row.officialId)
          }
          choices={rows.map(row => ({
            id: row.officialId,
            name: row.name,
            title: row.name,
            detail: [row.position, row.unitName].filter(Boolean).join(' · '),
            aside: <small>{row.pledge === null ? 'Chưa cam kết' : 'Đã cam kết'}</small>,
          }))}
        >
          <a href="#thoi-han">Tiếp tục: thời hạn</a>
        </ChoiceList>
      </Sheet>
      <Sheet title="Thời hạn" note="Số người dân của mỗi người là chỉ tiêu được giao">
        <div className="stack" id="thoi-han">
          <FormErrors form={form} labels={{ chon: 'Chọn người', signed: 'Thời hạn', ...dayLabels }} />
          <ListDayFields field={field} startsOn={startsOn} endsOn={endsOn} />
          <SubmitButton isLarge pendingLabel="Đang lập…">
            Lập danh sách để ký
          </SubmitButton>
        </div>
      </Sheet>
    </Form>
  )
}
