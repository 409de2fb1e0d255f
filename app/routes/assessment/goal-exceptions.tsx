import { data, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { cutText } from '#app/domain/letters.ts'
import { findExceptionForm, recordExceptions } from '#app/queries/goal-exception.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { capitalize } from '#app/text/board.ts'
import { formatNumber, formatShare } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { annexReadingLabels } from '#app/text/regulation.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { NumberGrid } from '#app/ui/number-grid.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PlainField } from '#app/ui/plain-field.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readCells, typedLine } from '../_web/number-grid.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, reads, writes } from '../_web/visit.server.ts'
import { exceptionPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Số người được trừ khỏi mục tiêu · 4 phủ' }]

/** The locality that the address names, else the province. */
const codeIn = (url: URL) => exceptionPage.read(url).code ?? rootUnit().localityCode ?? ''

export const loader = reads(({ actor, campaign, regulation }, { url }) => ({
  ...found(findExceptionForm(actor, campaign.id, codeIn(url))),
  reading: regulation.annexReading,
}))

/** Saves the cells that differ from what is known; refused with everything typed kept. */
export const action = writes(({ actor, campaign }, { form, url }) => {
  const code = codeIn(url)
  const { goals, rows } = found(findExceptionForm(actor, campaign.id, code))
  const document = cutText(typedLine(form, 'document'), 200)
  const columns = goals.map(({ indicator }) => ({ code: indicator }))
  const { typed, changed, unreadable } = readCells(
    form,
    { rows, columns },
    ({ cells }, indicator) => cells[indicator]?.people ?? null,
  )
  const problems = Object.fromEntries(unreadable.map(name => [name, explainProblem('figure_out_of_range')]))
  if (document === '' && changed.length > 0) problems.document = 'Anh/chị ghi số văn bản hoặc danh sách làm căn cứ.'
  const answer = { typed, document, problems }
  if (Object.keys(problems).length > 0) return data(answer, { status: 400 })
  const exceptions = changed.map(({ row, column, value }) => ({ localityCode: row, indicator: column, people: value }))
  const recorded = recordExceptions(actor, campaign.id, { document, exceptions })
  if (recorded.ok) return redirectWith(`/danh-gia/muc-tieu?dia-ban=${code}`, 'da-luu', recorded.saved)
  for (const { index, reason } of recorded.problems) problems[changed[index]?.name ?? ''] = explainProblem(reason)
  return data(answer, { status: 400 })
})

export default function GoalExceptionsPage() {
  const { name, parentCode, goals, reading } = useLoaderData<typeof loader>()
  return (
    <div className="stack">
      <PageHeading
        title="Số người được trừ khỏi mục tiêu"
        note={`${capitalize(name)}. Địa bàn để trống thì cộng từ các địa bàn bên dưới. Chỉ ghi số lượng, không ghi tên ai.`}
        breadcrumbs={[
          { to: '/danh-gia/tap-the', label: 'Đánh giá tập thể' },
          ...(parentCode === null ? [] : [{ to: '/danh-gia/muc-tieu', label: 'Số người được trừ' }]),
        ]}
      />
      <p>
        Đang xét địa bàn theo: <b>{annexReadingLabels[reading].toLowerCase()}</b>.
        {reading === 'annex' ? ' Số được trừ chỉ hiện bên cạnh phụ lục, không làm thay đổi kết quả xét.' : ''}
      </p>
      {goals.length === 0 ? (
        <Sheet>
          <EmptyState title="Kế hoạch không cho trừ trường hợp nào">
            Mục tiêu và các trường hợp được trừ do Cơ quan thường trực nhập ở mục Chỉ tiêu và mục tiêu của đợt.
          </EmptyState>
        </Sheet>
      ) : (
        <ExceptionForm />
      )}
    </div>
  )
}

function ExceptionForm() {
  const { code, goals, rows } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problems = answer?.problems ?? {}
  return (
    <Form method="post" className="stack" key={code}>
      {answer ? (
        <Notice kind="error" title="Chưa lưu được">
          Các chỗ cần xem lại được đánh dấu; nội dung đã nhập vẫn còn.
        </Notice>
      ) : null}
      {goals.map(goal => (
        <p key={goal.indicator} className="small">
          {goal.name}: {formatShare(goal.share, 1)} số phụ lục giao, trừ {goal.exceptions}.
        </p>
      ))}
      <NumberGrid
        label="Số người được trừ"
        caption="Số người được trừ theo địa bàn và chỉ tiêu"
        columns={goals.map(({ indicator, shortName }) => ({ code: indicator, head: shortName }))}
        rows={rows.map((row, n) => ({ ...row, to: n > 0 && row.hasParts ? `?dia-ban=${row.code}` : undefined }))}
        cellOf={({ cells }, indicator) => {
          const { people = null, total = null } = cells[indicator] ?? {}
          return { value: people, note: total === null ? 'không giao' : `phụ lục ${formatNumber(total)}` }
        }}
        typed={answer?.typed}
        problemOf={cell => problems[cell]}
      />
      <PlainField name="document" label="Văn bản hoặc danh sách làm căn cứ" error={problems.document}>
        {control => <input {...control} maxLength={200} defaultValue={answer?.document ?? ''} autoComplete="off" />}
      </PlainField>
      <SubmitButton isLarge>Lưu</SubmitButton>
    </Form>
  )
}
