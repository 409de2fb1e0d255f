import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { isEarly, UNDO_MS, WAITING_WORK } from '#app/domain/report.ts'
import { signingInput } from '#app/domain/report-input.ts'
import { signingState, signReport } from '#app/queries/report-signing.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { formatAsOf, formatDay, formatNumber } from '#app/text/format.ts'
import { emptyWords, figuresNote, periodHead, periodTitle, waitingLabels } from '#app/text/report.ts'
import { CheckboxField, fieldsOf, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { ReportFigureTables } from '#app/ui/report-figures.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Ký báo cáo · 4 phủ' }]

const askedOf = (params: Record<string, string | undefined>) => ({
  unitId: idOf(params.unitId),
  slug: params.period ?? '',
})

export const loader = reads(({ actor, campaign }, { params }) => {
  const { page, state } = signingState(actor, campaign.id, askedOf(params))
  const { unit, period, slug, draft, signed, live, before, at } = page
  return {
    unit: { id: unit.id, name: titleOfUnit(unit.id), headTitle: unit.headTitle },
    signerName: actor.displayName,
    period,
    slug,
    isCorrection: signed.length > 0,
    isSignable: page.isOpen && (draft !== null || signed.length === 0),
    isEarly: isEarly(period, at),
    words: { difficulties: draft?.difficulties ?? '', proposals: draft?.proposals ?? '', reason: draft?.reason ?? '' },
    state,
    live,
    indicators: page.liveIndicators,
    at,
    before: before && { head: `Kỳ ${periodHead(before)}`, figures: before.figures },
    asOf: formatAsOf(at),
  }
})

/** The head signs the unit's report of a period. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const asked = askedOf(params)
  const submission = readForm(form, signingInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { earlyReason } = submission.value
  const signed = signReport(actor, campaign.id, { ...asked, earlyReason })
  return signed.ok
    ? redirectWith(`/don-vi/${asked.unitId}/bao-cao/${asked.slug}`, 'da-ky')
    : refuseForm(submission, signed.problems)
})

export default function SignReportPage() {
  const { unit, period, slug, isCorrection, isSignable, state, live, indicators, at, before, words, asOf } =
    useLoaderData<typeof loader>()
  const base = `/don-vi/${unit.id}/bao-cao/${slug}`
  return (
    <div className="stack">
      <PageHeading
        title={isCorrection ? 'Ký bản đính chính' : 'Ký báo cáo'}
        note={unit.name}
        breadcrumbs={[
          { to: `/don-vi/${unit.id}/bao-cao`, label: 'Báo cáo' },
          { to: base, label: periodTitle(period) },
        ]}
      />
      <ReportFigureTables
        figures={live}
        indicators={indicators}
        day={{ endsOn: period.endsOn, at }}
        before={before}
        live={null}
      />
      <p className="small">
        {figuresNote} {asOf}.
      </p>
      <div className="columns">
        <Sheet title="Còn chờ xử lý" note="Ký xong, các mục này tính vào kỳ sau hoặc bản đính chính">
          <WaitingFacts state={state} />
        </Sheet>
        <Sheet title="Khó khăn, đề xuất">
          {words.reason ? <p>Lý do đính chính: {words.reason}</p> : null}
          {emptyWords(state.isEmpty) ? <Notice kind="warning">{emptyWords(state.isEmpty)}</Notice> : null}
          {words.difficulties ? <p className="as-typed">{words.difficulties}</p> : null}
          {words.proposals ? <p className="as-typed">{words.proposals}</p> : null}
        </Sheet>
      </div>
      {isSignable ? (
        <SigningForm />
      ) : (
        <Notice kind="warning">
          Kỳ này hiện không có bản nào để ký. <Link to={base}>Về báo cáo</Link>
        </Notice>
      )}
    </div>
  )
}

function WaitingFacts({ state }: { state: ReturnType<typeof useLoaderData<typeof loader>>['state'] }) {
  const waiting = WAITING_WORK.filter(work => state.waiting[work] > 0)
  if (waiting.length === 0) return <p>Không còn mục nào chờ đơn vị.</p>
  return (
    <Facts facts={waiting.map(work => ({ name: waitingLabels[work], value: formatNumber(state.waiting[work]) }))} />
  )
}

const FIELD_LABELS = { isSeen: 'Tôi đã xem số liệu và ký báo cáo này', earlyReason: 'Lý do ký trước ngày cuối kỳ' }

function SigningForm() {
  const { unit, signerName, period, slug, isEarly: asksReason } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    constraint: { isSeen: { required: true }, ...(asksReason ? { earlyReason: { required: true } } : {}) },
  })
  const field = fieldsOf(fields)
  return (
    <Sheet title="Chữ ký" note={`${signerName}, ${unit.headTitle}`}>
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
        <FormErrors form={form} labels={FIELD_LABELS} />
        {asksReason ? (
          <TextArea
            field={field('earlyReason')}
            label={FIELD_LABELS.earlyReason}
            hint={`Kỳ này tính đến hết ngày ${formatDay(period.endsOn)}. Lý do được ghi cùng báo cáo; nhiều nhất 500 ký tự.`}
          />
        ) : null}
        <CheckboxField field={field('isSeen')} label={FIELD_LABELS.isSeen} />
        <p className="small">
          Ký xong, số liệu được chốt. Trong {formatNumber(UNDO_MS / 60_000)} phút, khi cấp trên chưa xem, anh/chị rút
          lại được.
        </p>
        <div className="actions">
          <SubmitButton>Ký báo cáo</SubmitButton>
          <Link to={`/don-vi/${unit.id}/bao-cao/${slug}`}>Không, quay lại</Link>
        </div>
      </Form>
    </Sheet>
  )
}
