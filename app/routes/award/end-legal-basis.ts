import { redirect } from '@remix-run/node'
import { permitSomewhere } from '#app/access/policy.ts'
import { endInput } from '#app/domain/end-input.ts'
import { endLegalBasis } from '#app/queries/legal-basis.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { readForm } from '../_web/form.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Notes the last day of a legal basis. */
export const action = writes(({ actor }, { params, form }) => {
  permitSomewhere(actor, 'legal_basis.edit')
  const basisId = idOf(params.basisId)
  const submission = readForm(form, endInput)
  const ended =
    submission.status === 'success'
      ? endLegalBasis(actor, { basisId, toOn: submission.value.toOn })
      : ({ ok: false, problem: 'not_a_day' } as const)
  return redirect(
    ended.ok ? noticeTo('/khen-thuong/can-cu', 'da-ket-thuc') : `/khen-thuong/can-cu?khong-duoc=${ended.problem}`,
  )
})
