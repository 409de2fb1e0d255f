import { redirect } from '@remix-run/node'
import { choiceInput } from '#app/domain/choice-input.ts'
import { confirmObligations } from '#app/queries/obligation.server.ts'
import { readForm } from './form.server.ts'
import { idOf, writes } from './visit.server.ts'

/** Confirms the obligation parts ticked. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const queue = `/don-vi/${idOf(params.unitId)}/xac-nhan`
  const submission = readForm(form, choiceInput)
  if (submission.status !== 'success') return redirect(`${queue}?chua-chon=nobody_chosen`)
  const { confirmed, left } = confirmObligations(actor, campaign.id, submission.value.chon)
  return redirect(`${queue}?da-xac-nhan=${confirmed}&con-lai=${left.length}`)
})
