import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permitSomewhere } from '#app/access/policy.ts'
import { parametersOf } from '#app/domain/scenario.ts'
import { scenarioInput } from '#app/domain/scenario-input.ts'
import { CERTIFICATE_KINDS } from '#app/domain/vocabulary.ts'
import { listClosings } from '#app/queries/closing.server.ts'
import { regulationOf } from '#app/queries/judging/index.server.ts'
import { createScenario, listScenarios } from '#app/queries/scenario.server.ts'
import { collectiveTargetLabels, quotaReadings } from '#app/text/assessment.ts'
import { versionName } from '#app/text/closing.ts'
import { formatInstant } from '#app/text/format.ts'
import { explainDifferences, scenarioLabels } from '#app/text/scenario.ts'
import { labels } from '#app/text/vocabulary.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { CheckboxField, CheckboxGroup, fieldsOf, optionsOf, RadioGroup, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { found, reads, type Visit, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Phương án tính thử · 4 phủ' }]

/** The version that a new replay starts from: the newest frozen one, before the close the rehearsal. */
const baseOf = ({ campaign }: Visit) => listClosings(campaign.id).find(row => row.frozenAt !== null)

export const loader = reads(visit => {
  const { actor, campaign } = visit
  permitSomewhere(actor, 'scenario.compute')
  const base = baseOf(visit)
  const regulation = base && regulationOf(base.regulationId).regulation
  return {
    base:
      base && regulation
        ? { version: base.version, isProvisional: base.isProvisional, parameters: parametersOf(regulation) }
        : null,
    readings: regulation ? quotaReadings(regulation, visit.terms.names) : null,
    rows: listScenarios(actor, campaign.id).map(row => ({
      id: row.id,
      name: row.name,
      version: row.version,
      isProvisional: row.isProvisional,
      createdAt: row.createdAt,
      createdBy: row.createdBy,
      isComputed: row.result !== null,
      isOutdated: row.isOutdated,
      differences: explainDifferences(row.differences, regulationOf(row.regulationId).regulation),
    })),
  }
})

export const action = writes((visit, { form }) => {
  permitSomewhere(visit.actor, 'scenario.compute')
  const base = found(baseOf(visit))
  const submission = readForm(form, scenarioInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { jobId } = createScenario(visit.actor, visit.campaign.id, { closingId: base.id, ...submission.value })
  return redirect(`/cong-viec/${jobId}`)
})

export default function ScenariosPage() {
  const { base, rows } = useLoaderData<typeof loader>()
  return (
    <div className="stack">
      <PageHeading
        title="Phương án tính thử"
        note="Cùng số liệu đã chốt, tính lại theo cách hiểu khác: ai vào, ai ra khỏi từng danh sách. Không thay đổi kết quả hay đợt xét nào."
        breadcrumbs={[{ to: '/danh-gia', label: 'Đánh giá cá nhân' }]}
      />
      <div className="columns">
        <Sheet title="Các phương án đã tính">
          {rows.length === 0 ? (
            <EmptyState title="Chưa có phương án nào">Anh/chị đặt tên, đổi tham số rồi tính.</EmptyState>
          ) : (
            <RowList>
              {rows.map(row => (
                <Row
                  key={row.id}
                  title={<Link to={`/danh-gia/phuong-an/${row.id}`}>{row.name}</Link>}
                  detail={
                    <>
                      {versionName(row)} · {formatInstant(row.createdAt)} · {row.createdBy}
                      {row.isOutdated ? ' · bản tính thử đã được tính lại sau đó' : ''}
                      {row.differences.map(line => (
                        <span key={line} className="block">
                          {line}
                        </span>
                      ))}
                    </>
                  }
                  aside={row.isComputed ? undefined : 'Đang tính'}
                />
              ))}
            </RowList>
          )}
        </Sheet>
        {base === null ? (
          <EmptyState title="Chưa có số liệu đã chốt">
            Công an tỉnh tính thử hoặc kết thúc đợt trước, ở trang Kết thúc đợt.
          </EmptyState>
        ) : (
          <NewScenario />
        )}
      </div>
    </div>
  )
}

function NewScenario() {
  const { base, readings } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string | string[]>>({
    lastResult: answer?.lastResult,
    defaultValue: base
      ? {
          reading: base.parameters.countsAny ? 'any' : 'all',
          quota: String(base.parameters.quota),
          certificateKinds: base.parameters.certificateKinds,
          collectiveTarget: base.parameters.collectiveTarget,
          toleratedUntrueShare: String(Math.round(base.parameters.toleratedUntrueShare * 100)),
          collectiveBarsMembers: base.parameters.collectiveBarsMembers ? 'on' : '',
        }
      : {},
    constraint: { name: { required: true }, quota: { required: true } },
  })
  const field = fieldsOf(fields)
  return (
    <Sheet title="Phương án mới" note={base ? `Từ ${versionName(base).toLowerCase()}` : undefined}>
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
        <FormErrors form={form} labels={{ name: 'Tên phương án', ...scenarioLabels }} />
        <TextField field={field('name')} label="Tên phương án" />
        <RadioGroup
          field={field('reading')}
          label={scenarioLabels.countsAny}
          options={[
            { value: 'all', label: 'Đủ các nội dung', hint: readings?.all.detail },
            { value: 'any', label: 'Một nội dung bất kỳ', hint: readings?.any.detail },
          ]}
        />
        <TextField field={field('quota')} label={scenarioLabels.quota} type="number" inputMode="numeric" isShort />
        <CheckboxGroup
          field={field('certificateKinds')}
          label={scenarioLabels.certificateKinds}
          options={optionsOf(CERTIFICATE_KINDS, labels.certificateKind)}
        />
        <RadioGroup
          field={field('collectiveTarget')}
          label={scenarioLabels.collectiveTarget}
          options={(['sum', 'every_member'] as const).map(value => ({ value, label: collectiveTargetLabels[value] }))}
        />
        <TextField
          field={field('toleratedUntrueShare')}
          label={`${scenarioLabels.toleratedUntrueShare} (%)`}
          type="number"
          inputMode="numeric"
          isShort
        />
        <CheckboxField
          field={field('collectiveBarsMembers')}
          label="Tập thể không được xét thì người của tập thể cũng không được xét"
        />
        <SubmitButton isLarge pendingLabel="Đang khởi chạy…">
          Tính phương án
        </SubmitButton>
      </Form>
    </Sheet>
  )
}
