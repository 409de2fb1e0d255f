import { redirect } from '@remix-run/node'
import { permitSomewhere } from '#app/access/policy.ts'
import { endInput } from '#app/domain/end-input.ts'
import { endAwardRate } from '#app/queries/award-rate.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { readForm } from '../_web/form.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Notes the last day of a rate of bonuses. */
export const action = writes(({ actor }, { params, form }) => {
  permitSomewhere(actor, 'legal_basis.edit')
  const rateId = idOf(params.rateId)
  const submission = readForm(form, endInput)
  const ended =
    submission.status === 'success'
      ? endAwardRate(actor, { rateId, toOn: submission.value.toOn })
      : ({ ok: false, problem: 'not_a_day' } as const)
  const page = '/khen-thuong/muc-thuong'
  return redirect(ended.ok ? noticeTo(page, 'da-ket-thuc') : `${page}?khong-duoc=${ended.problem}`)
})
