import { redirect } from '@remix-run/node'
import { endInput } from '#app/domain/end-input.ts'
import { endSigner } from '#app/queries/signer.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { readForm } from '../_web/form.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Notes the last day on which somebody signs papers of a unit. */
export const action = writes(({ actor }, { params, form }) => {
  const unitId = idOf(params.unitId)
  const signerId = idOf(params.signerId)
  const submission = readForm(form, endInput)
  const toOn = submission.status === 'success' ? submission.value.toOn : null
  const ended =
    toOn === null ? ({ ok: false, problem: 'not_a_day' } as const) : endSigner(actor, unitId, { signerId, toOn })
  const page = `/quan-tri/don-vi/${unitId}/nguoi-ky` as const
  return redirect(ended.ok ? noticeTo(page, 'da-ket-thuc') : `${page}?chua=${ended.problem}`)
})
