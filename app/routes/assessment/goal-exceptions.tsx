import { data, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { readCount } from '#app/domain/count.ts'
import { cutText } from '#app/domain/letters.ts'
import { findExceptionForm, type NewException, recordExceptions } from '#app/queries/goal-exception.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { capitalize } from '#app/text/board.ts'
import { formatNumber, formatShare } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { annexReadingLabels } from '#app/text/regulation.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PlainField } from '#app/ui/plain-field.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, reads, writes } from '../_web/visit.server.ts'
import { exceptionPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Số người được trừ khỏi mục tiêu · 4 phủ' }]

/** The locality that the address names, else the province. */
const codeIn = (url: URL) => exceptionPage.read(url).code ?? rootUnit().localityCode ?? ''
const cellName = (code: string, indicator: string) => `${code}:${indicator}`

export const loader = reads(({ actor, campaign, regulation }, { url }) => ({
  ...found(findExceptionForm(actor, campaign.id, codeIn(url))),
  reading: regulation.annexReading,
}))

/** Saves the cells that differ from what is known; refused with everything typed kept. */
export const action = writes(({ actor, campaign }, { form, url }) => {
  const code = codeIn(url)
  const { goals, rows } = found(findExceptionForm(actor, campaign.id, code))
  const text = (name: string) =>
    String(form.get(name) ?? '')
      .normalize('NFC')
      .trim()
  const document = cutText(text('document'), 200)
  const typed: Record<string, string> = {}
  const problems: Record<string, string> = {}
  const exceptions: (NewException & { name: string })[] = []
  for (const { code: localityCode, cells } of rows)
    for (const { indicator } of goals) {
      const name = cellName(localityCode, indicator)
      typed[name] = text(name)
      const people = typed[name] === '' ? null : readCount(typed[name])
      if (people === undefined) problems[name] = explainProblem('figure_out_of_range')
      else if (people !== (cells[indicator]?.people ?? null)) exceptions.push({ localityCode, indicator, people, name })
    }
  if (document === '' && exceptions.length > 0) problems.document = 'Anh/chị ghi số văn bản hoặc danh sách làm căn cứ.'
  const answer = { typed, document, problems }
  if (Object.keys(problems).length > 0) return data(answer, { status: 400 })
  const recorded = recordExceptions(actor, campaign.id, { document, exceptions })
  if (recorded.ok) return redirectWith(`/danh-gia/muc-tieu?dia-ban=${code}`, 'da-luu', recorded.saved)
  for (const { index, reason } of recorded.problems) problems[exceptions[index]?.name ?? ''] = explainProblem(reason)
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
      <section className="frame" aria-label="Số người được trừ" tabIndex={0}>
        <table className="figure-grid">
          <caption className="visually-hidden">Số người được trừ theo địa bàn và chỉ tiêu</caption>
          <thead>
            <tr>
              <th scope="col">Địa bàn</th>
              {goals.map(goal => (
                <th key={goal.indicator} scope="col" className="end">
                  {goal.shortName}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, n) => (
              <tr key={row.code}>
                <th scope="row">
                  {n > 0 && row.hasParts ? (
                    <Link to={`?dia-ban=${row.code}`}>{capitalize(row.name)}</Link>
                  ) : (
                    capitalize(row.name)
                  )}
                </th>
                {goals.map(({ indicator, shortName }) => {
                  const cell = cellName(row.code, indicator)
                  const { people = null, total = null } = row.cells[indicator] ?? {}
                  const problem = problems[cell]
                  return (
                    <td key={indicator} className="end">
                      <input
                        className="control"
                        name={cell}
                        inputMode="numeric"
                        autoComplete="off"
                        aria-label={`${shortName}, ${row.name}`}
                        aria-invalid={problem ? true : undefined}
                        aria-describedby={problem ? `${cell}-error` : undefined}
                        defaultValue={answer?.typed[cell] ?? (people === null ? '' : formatNumber(people))}
                      />
                      {problem ? (
                        <p id={`${cell}-error`} className="error">
                          {problem}
                        </p>
                      ) : (
                        <span className="small block">
                          {total === null ? 'không giao' : `phụ lục ${formatNumber(total)}`}
                        </span>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <PlainField name="document" label="Văn bản hoặc danh sách làm căn cứ" error={problems.document}>
        {control => <input {...control} maxLength={200} defaultValue={answer?.document ?? ''} autoComplete="off" />}
      </PlainField>
      <SubmitButton isLarge>Lưu</SubmitButton>
    </Form>
  )
}
