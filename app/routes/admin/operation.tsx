import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { GO_LIVE_ITEMS, type GoLiveState, type InstallationCheck } from '#app/domain/go-live.ts'
import { goLiveInput } from '#app/domain/go-live-input.ts'
import type { z } from '#app/domain/zod.ts'
import { findGoLive, noteGoLive } from '#app/queries/go-live.server.ts'
import { findRemoval } from '#app/queries/retention.server.ts'
import { findVersion } from '#app/queries/version.server.ts'
import { campaignPartTexts, daysOffNote } from '#app/text/campaign.ts'
import { formatDay, formatInstant } from '#app/text/format.ts'
import { backupFailureTexts, goLiveTexts, installationTexts, versionText } from '#app/text/go-live.ts'
import { DateField, SelectField, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PaperGaps } from '#app/ui/paper-gaps.tsx'
import { RetentionSheet } from '#app/ui/retention-sheet.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Trước khi vận hành chính thức · 4 phủ' }]

export const loader = reads(({ actor }, { context }) => ({
  ...findGoLive(actor, context),
  removal: findRemoval(actor),
  version: findVersion(actor),
}))

export const action = writes(({ actor }, { form }) => {
  const submission = readForm(form, goLiveInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const noted = noteGoLive(actor, submission.value)
  return noted.ok ? redirectWith('/quan-tri/van-hanh', 'da-ghi') : refuseForm(submission, noted.problems)
})

const STATES = {
  open: { tone: 'neutral', label: 'Chưa xong' },
  done: { tone: 'done', label: 'Đã xong' },
  due_again: { tone: 'late', label: 'Đến hạn làm lại' },
} as const satisfies Record<GoLiveState, object>

export default function GoLivePage() {
  const { items, checks, campaigns, papers, backedUpAt, backupFailure, open, removal, version } =
    useLoaderData<typeof loader>()
  const detailOf = (check: InstallationCheck, holds: boolean) => {
    const remedy = holds ? '' : installationTexts[check].remedy
    if (check !== 'backup_fresh') return remedy || undefined
    return [
      backedUpAt === null ? '' : `Bản mới nhất: ${formatInstant(backedUpAt)}.`,
      backupFailure === null
        ? remedy
        : `Lần sao lưu ${formatInstant(backupFailure.at)} không thành: ${backupFailureTexts[backupFailure.reason]}`,
    ]
      .filter(Boolean)
      .join(' ')
  }
  return (
    <div className="narrow stack">
      <PageHeading
        title="Trước khi vận hành chính thức"
        note="Mỗi việc có văn bản kèm theo. Điều đã ghi không sửa, không xóa; làm lại thì ghi lần mới."
        breadcrumbs={[{ to: '/quan-tri', label: 'Quản trị' }]}
      />
      {open === 0 ? (
        <Notice kind="success" title="Mọi việc đã xong" />
      ) : (
        <Notice kind="warning" title={`Còn ${open} việc`}>
          Chưa nhập dữ liệu thật của người dân cho đến khi xong.
        </Notice>
      )}
      <Sheet title="Hệ thống tự kiểm tra" note={versionText(version)}>
        <RowList>
          {checks.map(({ check, holds }) => (
            <Row
              key={check}
              title={installationTexts[check].title}
              detail={detailOf(check, holds)}
              aside={<Status tone={holds ? 'done' : 'late'}>{holds ? 'Đạt' : 'Chưa đạt'}</Status>}
            />
          ))}
        </RowList>
      </Sheet>
      <PaperGaps gaps={papers} />
      {campaigns.length === 0 ? null : (
        <Sheet title="Các đợt cao điểm" note="Cơ quan thường trực bổ sung">
          <RowList>
            {campaigns.map(({ id, code, yearsOff, unreviewed }) => (
              <Row
                key={id}
                title={<Link to={`/quan-tri/dot/${id}`}>KH {code}</Link>}
                detail={
                  <>
                    {yearsOff.length === 0 ? null : <p>{daysOffNote(yearsOff)}</p>}
                    {unreviewed.length === 0 ? null : (
                      <p>
                        Cần xem lại: {unreviewed.map(part => campaignPartTexts[part].title.toLowerCase()).join(', ')}.
                      </p>
                    )}
                  </>
                }
                aside={<Status tone="late">Chưa xong</Status>}
              />
            ))}
          </RowList>
        </Sheet>
      )}
      <Sheet title="Việc phải làm và ghi lại" note={<Link to="/huong-dan/van-hanh">Hướng dẫn vận hành</Link>}>
        <RowList>
          {items.map(({ item, state, dueOn, history }) => (
            <Row
              key={item}
              title={goLiveTexts[item].title}
              detail={
                <>
                  <p>{goLiveTexts[item].detail}</p>
                  {history.map(done => (
                    <p key={done.id}>
                      {formatDay(done.doneOn)}, {done.documentNumber}
                      {done.note === '' ? '' : `. ${done.note}`} ({done.createdByName} ghi{' '}
                      {formatInstant(done.createdAt)})
                    </p>
                  ))}
                  {dueOn === null ? null : <p>Làm lại trước ngày {formatDay(dueOn)}.</p>}
                </>
              }
              aside={<Status tone={STATES[state].tone}>{STATES[state].label}</Status>}
            />
          ))}
        </RowList>
      </Sheet>
      <NoteForm />
      <RetentionSheet removal={removal} />
    </div>
  )
}

const LABELS = { item: 'Việc', doneOn: 'Ngày xong', documentNumber: 'Số văn bản, biên bản', note: 'Ghi chú' }

function NoteForm() {
  const { items } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof goLiveInput>>({
    lastResult: answer?.lastResult,
    defaultValue: { item: items.find(({ state }) => state !== 'done')?.item },
    constraint: { item: { required: true }, doneOn: { required: true }, documentNumber: { required: true } },
  })
  return (
    <Sheet title="Ghi một việc đã xong">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
        <FormErrors form={form} labels={LABELS} />
        <SelectField
          field={fields.item}
          label={LABELS.item}
          options={GO_LIVE_ITEMS.map(value => ({ value, label: goLiveTexts[value].title }))}
        />
        <DateField field={fields.doneOn} label={LABELS.doneOn} />
        <TextField field={fields.documentNumber} label={LABELS.documentNumber} hint="Ví dụ: 35/QĐ-STTTT" />
        <TextArea field={fields.note} label={LABELS.note} hint="Không ghi họ tên, số định danh của người dân" />
        <SubmitButton>Ghi đã xong</SubmitButton>
      </Form>
    </Sheet>
  )
}
