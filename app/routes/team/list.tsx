import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { teamInput } from '#app/domain/team-input.ts'
import { TEAM_KINDS } from '#app/domain/vocabulary.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { formTeam, listTeams } from '#app/queries/team.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { fieldsOf, optionsOf, SelectField, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Tổ · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const unitId = idOf(params.unitId)
  return {
    heading: found(findUnitHeading(actor, campaign.id, unitId)),
    teams: found(listTeams(actor, campaign.id, unitId)),
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const unitId = idOf(params.unitId)
  const submission = readForm(form, teamInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const teamId = formTeam(actor, campaign.id, { unitId, input: submission.value })
  return redirect(`/don-vi/${unitId}/to/${teamId}`)
})

const FIELD_LABELS = { kind: 'Loại tổ', name: 'Tên tổ', hamlet: 'Ấp, thôn, khu phố', decisionNumber: 'Số quyết định' }

export default function TeamsPage() {
  const { heading, teams } = useLoaderData<typeof loader>()
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="teams"
        title="Tổ"
        note="Tổ viên đến từ đơn vị bất kỳ; người dân phân công cho tổ thì mọi tổ viên đều thấy. Trường hợp hỗ trợ tính cho người ghi."
      />
      <div className="columns">
        <Sheet title="Các tổ">
          {teams.length === 0 ? (
            <EmptyState title="Chưa có tổ nào">Anh/chị lập tổ rồi thêm tổ viên.</EmptyState>
          ) : (
            <RowList>
              {teams.map(team => (
                <Row
                  key={team.id}
                  title={<Link to={`/don-vi/${heading.id}/to/${team.id}`}>{team.name}</Link>}
                  detail={[
                    labels.teamKind[team.kind],
                    team.hamlet,
                    `${formatNumber(team.members)} tổ viên`,
                    `còn ${formatNumber(team.open)} người dân cần hỗ trợ`,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                  aside={team.closedAt === null ? undefined : <Status tone="neutral">Đã ngừng</Status>}
                />
              ))}
            </RowList>
          )}
        </Sheet>
        <NewTeam />
      </div>
    </div>
  )
}

function NewTeam() {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    constraint: { kind: { required: true }, name: { required: true } },
  })
  const field = fieldsOf(fields)
  return (
    <Sheet title="Lập tổ">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
        <FormErrors form={form} labels={FIELD_LABELS} />
        <SelectField field={field('kind')} label={FIELD_LABELS.kind} options={optionsOf(TEAM_KINDS, labels.teamKind)} />
        <TextField field={field('name')} label={FIELD_LABELS.name} autoComplete="off" />
        <TextField
          field={field('hamlet')}
          label={FIELD_LABELS.hamlet}
          hint="Để trống nếu tổ hoạt động trong cả xã"
          autoComplete="off"
        />
        <TextField field={field('decisionNumber')} label={FIELD_LABELS.decisionNumber} isShort autoComplete="off" />
        <SubmitButton>Lập tổ</SubmitButton>
      </Form>
    </Sheet>
  )
}
