import { type SubmissionResult, useForm } from '@conform-to/react'
import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { sampleSize } from '#app/domain/inspection.ts'
import { inspectionInput } from '#app/domain/inspection-input.ts'
import { forbidden } from '#app/domain/refusal.ts'
import { type ForeseenSample, foreseeSample, orderInspection } from '#app/queries/inspection-draw.server.ts'
import { formsSomewhere, listInspectors, mayForm } from '#app/queries/inspection-team.server.ts'
import { searchUnits } from '#app/queries/unit.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { labels } from '#app/text/vocabulary.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { CheckboxGroup, fieldsOf, TextField } from '#app/ui/field.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { idOf, reads, type Visit, writes } from '../_web/visit.server.ts'
import { inspectionForm } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Lập cuộc kiểm tra · 4 phủ' }]

/** The levels that stand in the form at first. */
const USUAL = { certainty: 0.95, untrueShare: 0.05 }

/** For those who form inspections of any unit; each unit is asked about once it is chosen. */
function permitAnyForming(actor: Visit['actor']) {
  if (!formsSomewhere(actor)) throw forbidden('inspection.form')
}

export const loader = reads(({ actor, campaign }, { url }) => {
  permitAnyForming(actor)
  const { unitId, search, refusal } = inspectionForm.read(url)
  const units = unitId === undefined && search !== '' ? searchUnits(actor, search) : []
  const chosen = unitId === undefined ? null : listInspectors(actor, campaign.id, idOf(unitId))
  return {
    search,
    units: units
      .filter(unit => unit.closedOn === null && mayForm(actor, unit.path))
      .map(({ id, title, kind }) => ({ id, name: title, kind })),
    chosen,
    usualSize: chosen === null ? 0 : sampleSize(chosen.reported, USUAL),
    refusal,
  }
})

/** The form again, with the sample that it would draw. */
function showFirst(lastResult: SubmissionResult<string[]>, { population, size, riskPicks }: ForeseenSample) {
  const sample: ForeseenSample = { population, size, riskPicks }
  return data({ lastResult, sample })
}

/** What the form sends along once it has shown a sample of this size: another size is shown before it is drawn. */
const shownKey = ({ size, riskPicks }: ForeseenSample) => `${size}-${riskPicks}`

export const action = writes(({ actor, campaign }, { url, form }) => {
  permitAnyForming(actor)
  const unitId = idOf(inspectionForm.read(url).unitId)
  const submission = readForm(form, inspectionInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const sample = foreseeSample(actor, campaign.id, { unitId, input: submission.value })
  if (!sample.ok) return refuseForm(submission, sample.problems)
  // a draw is not undone: its size is shown first
  if (form.get('shown') !== shownKey(sample)) return showFirst(submission.reply(), sample)
  const ordered = orderInspection(actor, campaign.id, { unitId, input: submission.value })
  return ordered.ok ? redirect(`/cong-viec/${ordered.jobId}`) : refuseForm(submission, ordered.problems)
})

export default function FormInspectionPage() {
  const { search, units, chosen, refusal } = useLoaderData<typeof loader>()
  const levels = useLevels()
  return (
    <div className="narrow stack">
      <PageHeading
        title={chosen ? `Kiểm tra ${chosen.unitName}` : 'Lập cuộc kiểm tra'}
        note={
          chosen
            ? `${formatNumber(chosen.reported)} trường hợp đã báo cáo, kể cả của đơn vị trực thuộc`
            : 'Chọn đơn vị được kiểm tra; các đơn vị trực thuộc được tính cùng.'
        }
        breadcrumbs={[{ to: '/kiem-tra', label: 'Kiểm tra' }]}
      />
      {refusal ? <Notice kind="warning">{explainProblem(refusal)}</Notice> : null}
      {chosen ? (
        <TeamForm />
      ) : (
        <>
          <FilterBar search={{ name: 'tim', label: 'Tên đơn vị (có dấu hoặc không)', value: search }} />
          <Sheet title="Chọn đơn vị">
            {units.length === 0 ? (
              <EmptyState title={search ? 'Không có đơn vị nào phù hợp' : 'Chưa chọn đơn vị'}>
                Anh/chị nhập một phần tên của {levels.searchedUnits}.
              </EmptyState>
            ) : (
              <RowList>
                {units.map(unit => (
                  <Row
                    key={unit.id}
                    title={unit.name}
                    detail={labels.unitKind[unit.kind]}
                    aside={
                      <Link to={`/kiem-tra/moi?don-vi=${unit.id}`}>
                        Chọn<span className="visually-hidden"> {unit.name}</span>
                      </Link>
                    }
                  />
                ))}
              </RowList>
            )}
          </Sheet>
        </>
      )}
    </div>
  )
}

/** Says what the sample is drawn from, and what drawing it means. */
function explainSample({ population, riskPicks }: ForeseenSample): string {
  const more = riskPicks === 0 ? '' : `, thêm nhiều nhất ${formatNumber(riskPicks)} phiếu theo dấu hiệu`
  return `Chọn ngẫu nhiên trong ${formatNumber(population)} trường hợp đã báo cáo${more}. Anh/chị sửa các mức ở trên nếu tổ không đi hết được; chọn mẫu xong thì không sửa được nữa.`
}

const FIELD_LABELS = {
  member: 'Thành viên tổ kiểm tra',
  certainty: 'Độ chắc chắn (%)',
  untrueShare: 'Tỷ lệ không đúng cần phát hiện (%)',
  riskPicks: 'Số trường hợp chọn thêm theo dấu hiệu',
}

function TeamForm() {
  const { chosen, usualSize } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: {
      certainty: String(USUAL.certainty * 100),
      untrueShare: String(USUAL.untrueShare * 100),
      riskPicks: '3',
    },
    constraint: Object.fromEntries(Object.keys(FIELD_LABELS).map(name => [name, { required: name !== 'member' }])),
  })
  const field = fieldsOf(fields)
  const { sample = null } = (answer ?? {}) as { sample?: ForeseenSample }
  if (chosen === null) return null
  const fit = chosen.inspectors.filter(({ problem }) => problem === null)
  const unfit = chosen.inspectors.filter(({ problem }) => problem !== null)
  if (fit.length < 2)
    return (
      <Sheet>
        <EmptyState title="Chưa đủ người để lập tổ">
          Tổ kiểm tra cần ít nhất hai người ngoài đơn vị, được quản trị cấp vai trò “{labels.role.inspector}” tại đơn vị
          này hoặc cấp trên.
        </EmptyState>
      </Sheet>
    )
  return (
    <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
      <FormErrors form={form} labels={FIELD_LABELS} />
      <Sheet title="Tổ kiểm tra">
        <CheckboxGroup
          field={field('member')}
          label={FIELD_LABELS.member}
          hint="Ít nhất hai người; hai người cùng ký kết quả."
          options={fit.map(row => ({
            value: String(row.accountId),
            label: row.name,
            hint: row.workplace || undefined,
          }))}
        />
        {unfit.length === 0 ? null : (
          <details className="disclosure">
            <summary>{formatNumber(unfit.length)} người không tham gia được</summary>
            <RowList>
              {unfit.map(row => (
                <Row key={row.accountId} title={row.name} detail={row.problem ? explainProblem(row.problem) : ''} />
              ))}
            </RowList>
          </details>
        )}
      </Sheet>
      <Sheet title="Cách chọn mẫu" note="Các mức thường dùng đã được điền sẵn">
        <div className="stack">
          <TextField
            field={field('certainty')}
            label={FIELD_LABELS.certainty}
            hint="Khả năng mẫu có ít nhất một trường hợp không đúng, nếu tỷ lệ không đúng từ mức dưới đây trở lên."
            inputMode="numeric"
            isShort
          />
          <TextField field={field('untrueShare')} label={FIELD_LABELS.untrueShare} inputMode="numeric" isShort />
          <TextField
            field={field('riskPicks')}
            label={FIELD_LABELS.riskPicks}
            hint="Lấy trong các trường hợp có dấu hiệu cần hỏi; không tính vào tỷ lệ ước lượng."
            inputMode="numeric"
            isShort
          />
          <p className="small">
            Với các mức điền sẵn, mẫu có {formatNumber(usualSize)} phiếu. Số mẫu được tính theo phân bố siêu bội. Mã
            chọn mẫu sinh ngẫu nhiên lúc chọn, lưu vào nhật ký và công bố để ai cũng kiểm tra lại được. Chọn mẫu xong
            không sửa được; trường hợp đã chọn không rút được nữa.
          </p>
          {sample === null ? null : (
            <>
              <input type="hidden" name="shown" value={shownKey(sample)} />
              <Notice title={`Mẫu có ${formatNumber(sample.size)} phiếu`}>{explainSample(sample)}</Notice>
            </>
          )}
          <SubmitButton isLarge pendingLabel={sample === null ? 'Đang tính…' : 'Đang chọn mẫu…'}>
            {sample === null ? 'Xem số phiếu của mẫu' : `Chọn mẫu ${formatNumber(sample.size)} phiếu`}
          </SubmitButton>
        </div>
      </Sheet>
    </Form>
  )
}
