import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { permitSomewhere } from '#app/access/policy.ts'
import { proposalInput } from '#app/domain/round-input.ts'
import { AWARD_FORMS } from '#app/domain/vocabulary.ts'
import { scopeUnit, scopeUnits } from '#app/queries/aggregate.server.ts'
import { proposalProblem, proposeListed } from '#app/queries/candidate-step.server.ts'
import { findRound } from '#app/queries/round.server.ts'
import { titledChoices, titleOfUnit } from '#app/queries/unit-title.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainProblem } from '#app/text/problem.ts'
import { USUAL_ACHIEVEMENT } from '#app/text/round.ts'
import { Button } from '#app/ui/button.tsx'
import { ChoiceList, tickedIn } from '#app/ui/choice-list.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { fieldsOf, optionsOf, RadioGroup, TextArea } from '#app/ui/field.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Views } from '#app/ui/views.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { collectives, isAnyoneProposable, persons } from './eligible.server.ts'
import { proposalForm } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Đề nghị xét · 4 phủ' }]

export const loader = reads((visit, { params, url }) => {
  const { actor, campaign } = visit
  const round = found(findRound(actor, campaign.id, idOf(params.roundId)))
  const needed = round.kind === 'review' ? 'candidate.decide' : 'candidate.propose'
  permitSomewhere(actor, needed)
  const problem = proposalProblem(round)
  const { unitId, isOfCollectives, search, after } = proposalForm.read(url)
  const unit = found(scopeUnit(actor, needed, unitId ? idOf(unitId) : undefined))
  const kind = isOfCollectives ? ('collective' as const) : ('official' as const)
  const listed =
    problem !== null
      ? { rows: [], next: null }
      : kind === 'official'
        ? persons(visit, round, { unitPath: unit.path, search, after })
        : { rows: collectives(visit, round, unit.path), next: null }
  return {
    round: { id: round.id, name: round.name, kind: round.kind },
    problem,
    kind,
    search,
    unit: { id: unit.id, name: titleOfUnit(unit.id) },
    units: titledChoices(scopeUnits(actor, needed)),
    ...listed,
    mayProposeAny: problem === null && isAnyoneProposable(visit, round, { kind, unitPath: unit.path }),
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const roundId = idOf(params.roundId)
  const round = found(findRound(actor, campaign.id, roundId))
  const submission = readForm(form, proposalInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { chon: ids, kind, form: award, achievement } = submission.value
  if (round.kind === 'commendation' && achievement === null)
    return refuseForm(submission, [{ field: 'achievement', reason: 'achievement_missing' }])
  if (kind !== 'official' && kind !== 'collective') throw notFound()
  const proposed = proposeListed(actor, campaign.id, {
    roundId,
    kind,
    ids,
    form: award ?? 'province_certificate',
    achievement: achievement ?? '',
  })
  if (!proposed.ok)
    return refuseForm(submission, [], {
      formErrors: proposed.problems.slice(0, 5).map(row => `${row.name}: ${explainProblem(row.problem)}`),
    })
  const page = `/khen-thuong/${roundId}` as const
  return redirectWith(kind === 'collective' ? (`${page}?phan=tap-the` as const) : page, 'da-de-nghi', proposed.done)
})

export default function ProposePage() {
  const { round, problem, kind, search, unit, units, rows, next } = useLoaderData<typeof loader>()
  const base = `/khen-thuong/${round.id}/de-nghi`
  const unitId = String(unit.id)
  const unitTo = proposalForm.to(base, { unitId })
  return (
    <div className="stack">
      <PageHeading
        title={round.kind === 'review' ? 'Thêm từ danh sách đã chốt' : 'Đề nghị từ danh sách đủ điều kiện'}
        note={unit.name}
        breadcrumbs={[
          { to: '/khen-thuong', label: 'Khen thưởng' },
          { to: `/khen-thuong/${round.id}`, label: round.name },
        ]}
      />
      <Views
        label="Đề nghị ai"
        views={[
          { to: unitTo, label: 'Cá nhân', isCurrent: kind === 'official' },
          {
            to: proposalForm.to(base, { unitId, isOfCollectives: true }),
            label: 'Tập thể',
            isCurrent: kind === 'collective',
          },
        ]}
      />
      {units.length > 1 ? (
        <Views
          label="Đơn vị"
          views={units.map(row => ({
            to: proposalForm.to(base, { unitId: String(row.id) }),
            label: row.name,
            isCurrent: row.id === unit.id,
          }))}
        />
      ) : null}
      {kind === 'official' ? (
        <FilterBar
          search={{ name: 'tim', label: 'Tìm theo họ tên (có dấu hoặc không)', value: search }}
          kept={proposalForm.fields({ unitId })}
          clearTo={search ? unitTo : undefined}
        />
      ) : null}
      {problem !== null ? (
        <EmptyState title="Không nhận thêm đề nghị">{explainProblem(problem)}</EmptyState>
      ) : rows.length === 0 ? (
        <EmptyState title="Không có ai trong danh sách đã chốt">
          {round.kind === 'review'
            ? 'Danh sách chỉ gồm người, tập thể đã qua đủ các bước xem xét trách nhiệm.'
            : 'Danh sách gồm người, tập thể đủ điều kiện trong phạm vi của anh/chị.'}
        </EmptyState>
      ) : (
        <ProposalForm />
      )}
      {next === null ? null : (
        <Pager
          label={`${formatNumber(rows.length)} người trong trang này`}
          nextTo={proposalForm.to(base, { unitId, search, after: next })}
        />
      )}
    </div>
  )
}

function ProposalForm() {
  const { round, kind, rows, unit, mayProposeAny } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const lastResult = answer?.lastResult
  const [form, fields] = useForm<Record<string, string>>({
    lastResult,
    defaultValue: { form: 'province_certificate', achievement: USUAL_ACHIEVEMENT },
    constraint: { achievement: { required: true }, form: { required: true } },
  })
  const field = fieldsOf(fields)
  const isReview = round.kind === 'review'
  const isAnyFree = rows.some(({ hindrance }) => hindrance === null)
  if (!mayProposeAny)
    return (
      <Sheet
        title={kind === 'official' ? 'Cá nhân' : 'Tập thể'}
        note="Hiện không còn hồ sơ nào để đề nghị; lý do ghi ở từng dòng"
      >
        <RowList>
          {rows.map(row => (
            <Row
              key={row.id}
              title={row.name}
              detail={
                <>
                  {row.detail.join(' · ')}
                  <span className="block strong">{row.hindrance}</span>
                </>
              }
            />
          ))}
        </RowList>
      </Sheet>
    )
  return (
    <Form
      method="post"
      id={form.id}
      onSubmit={form.onSubmit}
      noValidate={form.noValidate}
      className={isReview ? 'stack' : 'columns'}
    >
      <input type="hidden" name="kind" value={kind} />
      <Sheet title={kind === 'official' ? 'Cá nhân' : 'Tập thể'} note="Chọn những hồ sơ đề nghị">
        <ChoiceList
          ticked={tickedIn(lastResult)}
          choices={rows.map(row => ({
            id: row.id,
            name: row.name,
            title: row.name,
            detail: (
              <>
                {row.detail.join(' · ')}
                {row.hindrance === null ? null : <span className="block strong">{row.hindrance}</span>}
              </>
            ),
            isFixed: row.hindrance !== null,
          }))}
        />
      </Sheet>
      <Sheet title={isReview ? undefined : 'Hình thức và thành tích'}>
        <div className="stack">
          <FormErrors form={form} labels={{ chon: 'Danh sách', form: 'Hình thức', achievement: 'Thành tích' }} />
          {isReview ? null : (
            <>
              <RadioGroup
                field={field('form')}
                label="Hình thức đề nghị"
                options={optionsOf(AWARD_FORMS, officeLabels.awardForm)}
              />
              <TextArea
                field={field('achievement')}
                label="Tóm tắt thành tích"
                hint="Ghi chung cho các hồ sơ được chọn. Muốn viết riêng, anh/chị chọn và đề nghị từng người."
                rows={5}
              />
            </>
          )}
          {isAnyFree ? (
            <SubmitButton isLarge pendingLabel="Đang gửi…">
              {isReview ? 'Đưa vào danh sách' : 'Đề nghị các hồ sơ đã chọn'}
            </SubmitButton>
          ) : null}
          <input type="hidden" name="unitId" value={unit.id} />
          <Button type="submit" variant="quiet" formAction={`/khen-thuong/${round.id}/de-nghi-tat-ca`} formNoValidate>
            {isReview ? 'Đưa tất cả vào danh sách' : `Đề nghị tất cả người, tập thể đủ điều kiện của ${unit.name}`}
          </Button>
        </div>
      </Sheet>
    </Form>
  )
}
