import type { MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { correctionAnswerInput } from '#app/domain/correction-input.ts'
import { answerCorrection } from '#app/queries/correction.server.ts'
import { existingCorrection } from '#app/queries/correction-list.server.ts'
import { explainProblem } from '#app/text/problem.ts'
import { CorrectionRow } from '#app/ui/corrections.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { RowList, Sheet } from '#app/ui/sheet.tsx'
import { readForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Đề nghị sửa hồ sơ · 4 phủ' }]

export const loader = reads(({ actor }, { params }) => existingCorrection(actor, idOf(params.correctionId)))

const NOTICES = { accepted: 'da-sua', refused: 'da-tu-choi', withdrawn: 'da-rut' } as const

export const action = writes(({ actor }, { params, form }) => {
  const submission = readForm(form, correctionAnswerInput)
  if (submission.status !== 'success') throw notFound()
  const { answer } = submission.value
  const made = answerCorrection(actor, { correctionId: idOf(params.correctionId), answer })
  if (made.ok) return redirectWith('/sua-ho-so', NOTICES[answer])
  return { problem: explainProblem(made.problems[0]?.reason ?? 'correction_answered') }
})

export default function CorrectionPage() {
  const correction = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="narrow stack">
      <PageHeading title="Đề nghị sửa hồ sơ" breadcrumbs={[{ to: '/sua-ho-so', label: 'Các đề nghị' }]} />
      {answer ? <Notice kind="error">{answer.problem}</Notice> : null}
      <Sheet>
        <RowList>
          <CorrectionRow correction={correction} showsName />
        </RowList>
      </Sheet>
    </div>
  )
}
