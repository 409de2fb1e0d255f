import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { targetForm } from '#app/domain/target-input.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listOfficials } from '#app/queries/official.server.ts'
import { assignTargets, assignTargetToAll, listTargetDecisions, listToAssign } from '#app/queries/target.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { ChoiceList, tickedIn } from '#app/ui/choice-list.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { fieldsOf, RadioGroup } from '#app/ui/field.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { TARGET_LABELS, TargetFields, TargetHistory } from '#app/ui/target-fields.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { targetList } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Chỉ tiêu · 4 phủ' }]

const PAGE = 40

export const loader = reads(({ actor, campaign, regulation }, { params, url }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  const { allowed, path } = heading
  if (!allowed.assign && !allowed.decideArea && !allowed.exempt) throw notFound()
  const { search, after, officialId: chosen } = targetList.read(url)
  const { rows, next } = listOfficials(actor, campaign.id, {
    unitPath: path,
    search: search || undefined,
    officialId: chosen,
    sort: 'name',
    after: after === undefined ? undefined : { id: after },
    limit: PAGE,
  })
  const open = new Set(
    listToAssign(
      actor,
      campaign.id,
      rows.map(row => row.officialId),
    ),
  )
  return {
    heading,
    quota: regulation.quota,
    search,
    chosen: chosen ?? null,
    next,
    rows: rows.map(({ officialId, name, position, unitId, unitName, target }) => ({
      ...{ officialId, name, target },
      position: position || undefined,
      unitName: unitId === heading.id ? undefined : unitName,
      isOpen: open.has(officialId),
    })),
    history: listTargetDecisions(actor, campaign.id, { unitPath: path, limit: 30 }),
  }
})

export const action = writes(async ({ actor, campaign }, { params, form }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  const submission = readForm(form, targetForm)
  if (submission.status !== 'success') return refuseForm(submission)
  const { scope, chon, ...input } = submission.value
  const made =
    scope === 'all'
      ? await assignTargetToAll(actor, campaign.id, { unitPath: heading.path, input })
      : assignTargets(actor, campaign.id, { officialIds: chon, input })
  return made.ok
    ? redirectWith(`/don-vi/${heading.id}/chi-tieu`, 'da-giao', made.assigned)
    : refuseForm(submission, made.problems)
})

export default function TargetsPage() {
  const { heading, quota, search, chosen, rows, next, history } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/chi-tieu`
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="targets"
        title="Chỉ tiêu"
        note={`Mức chung của kế hoạch: ${formatNumber(quota)} người dân mỗi người. Người đứng đầu giao bằng hoặc cao hơn; thấp hơn khi có văn bản quyết định.`}
        actions={
          heading.allowed.decideArea ? (
            <ButtonLink variant="quiet" to={`${base}/dia-ban`}>
              Quyết định cho cả địa bàn
            </ButtonLink>
          ) : undefined
        }
      />
      {heading.allowed.people ? (
        <FilterBar
          search={{ name: 'tim', label: 'Tìm theo họ tên (có dấu hoặc không)', value: search }}
          clearTo={search || chosen !== null ? base : undefined}
        />
      ) : null}
      {heading.allowed.assign ? (
        <AssignForm />
      ) : heading.allowed.people ? (
        <Sheet title="Chỉ tiêu hiện tại">
          <ul className="rows">
            {rows.map(row => (
              <li key={row.officialId} className="row">
                <div>
                  <Link to={`/can-bo/${row.officialId}`}>{row.name}</Link>
                  <div className="small">{[row.position, row.unitName].filter(Boolean).join(' · ')}</div>
                </div>
                <div className="row-aside">{targetText(row.target)}</div>
              </li>
            ))}
          </ul>
        </Sheet>
      ) : null}
      {next === null ? null : (
        <Pager
          label={`${formatNumber(rows.length)} người trong trang này`}
          nextTo={targetList.to(base, { search, after: next })}
        />
      )}
      <Sheet title="Các quyết định giao chỉ tiêu" note="Mới nhất đứng trước">
        <TargetHistory rows={history} />
      </Sheet>
    </div>
  )
}

const targetText = (target: number | null) =>
  target === null ? 'Không có chỉ tiêu' : `Chỉ tiêu ${formatNumber(target)}`

function AssignForm() {
  const { rows, quota, chosen } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const lastResult = answer?.lastResult
  const [form, fields] = useForm<Record<string, string>>({
    lastResult,
    defaultValue: { scope: 'chosen', target: String(quota) },
    constraint: { target: { required: true }, scope: { required: true } },
  })
  const field = fieldsOf(fields)
  if (rows.length === 0) return <EmptyState title="Không có ai phù hợp">Anh/chị thử tìm bằng tên khác.</EmptyState>
  return (
    <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="columns">
      <Sheet title="Chọn người" note="Không chọn được chính mình, người đứng đầu và người không có chỉ tiêu">
        <ChoiceList
          ticked={lastResult ? tickedIn(lastResult) : chosen === null ? [] : [chosen]}
          choices={rows.map(row => ({
            id: row.officialId,
            name: row.name,
            title: row.name,
            to: `/can-bo/${row.officialId}`,
            group: row.unitName,
            detail: [row.position, row.unitName].filter(Boolean).join(' · '),
            aside: <small>{targetText(row.target)}</small>,
            isFixed: !row.isOpen,
          }))}
        >
          <a href="#giao-chi-tieu">Giao chỉ tiêu cho người đã chọn</a>
        </ChoiceList>
      </Sheet>
      <Sheet title="Giao chỉ tiêu">
        <div className="stack" id="giao-chi-tieu">
          <FormErrors form={form} labels={TARGET_LABELS} />
          <RadioGroup
            field={field('scope')}
            label="Áp dụng cho"
            options={[
              { value: 'chosen', label: 'Những người đã chọn' },
              {
                value: 'all',
                label: 'Mọi người có chỉ tiêu trong đơn vị và các đơn vị trực thuộc',
                hint: 'Kể cả người đã có quyết định riêng trước đó',
              },
            ]}
          />
          <TargetFields field={field} quota={quota} />
          <SubmitButton isLarge>Giao chỉ tiêu</SubmitButton>
        </div>
      </Sheet>
    </Form>
  )
}
