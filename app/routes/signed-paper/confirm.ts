import { choiceInput } from '#app/domain/choice-input.ts'
import { forbidden } from '#app/domain/refusal.ts'
import { readForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { writes } from '../_web/visit.server.ts'
import { askedPaper } from './paper.server.ts'

/** Confirms who signed a paper where only the name of the certificate agrees. */
export const action = writes((visit, { params, form }) => {
  const { row, rules, mayKeep } = askedPaper(visit, params.paperId)
  if (!mayKeep) throw forbidden()
  const submission = readForm(form, choiceInput)
  if (submission.status !== 'success') return redirectWith(`/van-ban/${row.id}`, 'chua-chon')
  rules.confirm(visit.actor, row, submission.value.chon)
  return redirectWith(`/van-ban/${row.id}`, 'da-xac-nhan')
})
