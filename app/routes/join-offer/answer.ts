import { joinAnswerInput } from '#app/domain/team-input.ts'
import { answerOffer } from '#app/queries/join-offer.server.ts'
import { readForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, notFound, writes } from '../_web/visit.server.ts'

export const action = writes(({ actor, campaign }, { params, form }) => {
  const submission = readForm(form, joinAnswerInput)
  if (submission.status !== 'success') throw notFound()
  const isAccepted = submission.value.answer === 'accepted'
  const made = answerOffer(actor, campaign.id, { offerId: idOf(params.offerId), isAccepted })
  return redirectWith('/loi-moi', made.ok ? (isAccepted ? 'da-dong-y' : 'da-tu-choi') : 'khong-con')
})
