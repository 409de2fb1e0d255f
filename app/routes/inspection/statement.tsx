import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { statementInput } from '#app/domain/inspection-input.ts'
import { findInspection } from '#app/queries/inspection.server.ts'
import { addFinding, answerInspection, withdrawFinding } from '#app/queries/inspection-outcome.server.ts'
import { isInspectionStatement, statementPages } from '#app/text/inspection.ts'
import { noticeTo } from '#app/text/notice.ts'
import { PageHeading } from '#app/ui/page.tsx'
import { useInBrackets } from '#app/ui/places.ts'
import { StatementForm } from '#app/ui/statement-form.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? 'Kiểm tra'} · 4 phủ` }]

/** Which statement the address asks for: its last part. */
function statementOf({ pathname }: URL) {
  const word = pathname.split('/').at(-1)
  return found(isInspectionStatement(word) ? word : undefined)
}

export const loader = reads(({ actor, campaign }, { params, url }) => {
  const statement = statementOf(url)
  const { id, unitName, answering, finding, findings } = found(
    findInspection(actor, campaign.id, idOf(params.inspectionId)),
  )
  const isOpen = {
    'tra-loi': answering === null,
    'ket-luan': finding === null,
    'rut-ket-luan': finding !== undefined && findings.some(({ withdrawnAt }) => withdrawnAt === null),
  }
  if (!isOpen[statement]) throw notFound()
  return { id, unitName, statement, title: statementPages[statement].title }
})

export const action = writes(({ actor, campaign }, { params, url, form }) => {
  const statement = statementOf(url)
  const inspectionId = idOf(params.inspectionId)
  found(findInspection(actor, campaign.id, inspectionId))
  const submission = readForm(form, statementInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { text } = submission.value
  const write = {
    'tra-loi': () => answerInspection(actor, campaign.id, { inspectionId, answer: text }),
    'ket-luan': () => addFinding(actor, campaign.id, { inspectionId, reason: text }),
    'rut-ket-luan': () => withdrawFinding(actor, campaign.id, { inspectionId, reason: text }),
  }
  const written = write[statement]()
  const page = `/kiem-tra/${inspectionId}` as const
  const done = { 'tra-loi': 'da-tra-loi', 'ket-luan': 'da-ket-luan', 'rut-ket-luan': 'da-rut-ket-luan' } as const
  return redirect(written.ok ? noticeTo(page, done[statement]) : `${page}?khong-duoc=${written.problem}`)
})

/** One statement of an inspection that is kept on record: the unit's answer, a finding, or its withdrawal. */
export default function StatementPage() {
  const { id, unitName, statement } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { title, label, submit, follows } = statementPages[statement]
  const inBrackets = useInBrackets()
  const base = `/kiem-tra/${id}`
  return (
    <div className="narrow stack">
      <PageHeading
        title={title}
        note={unitName}
        breadcrumbs={[
          { to: '/kiem-tra', label: 'Kiểm tra' },
          { to: base, label: unitName },
        ]}
      />
      <StatementForm
        label={label}
        hint="Không ghi thông tin cá nhân của người dân."
        submitLabel={submit}
        backTo={base}
        lastResult={answer?.lastResult}
      >
        <p>{follows.replace('{place}', inBrackets('IV.2'))}</p>
      </StatementForm>
    </div>
  )
}
