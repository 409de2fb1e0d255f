import { redirect } from '@remix-run/node'
import { takeStep } from '../_web/two-people.server.ts'
import { writes } from '../_web/visit.server.ts'

/** Proposes, withdraws or confirms the close; confirmed, it begins to be computed. */
export const action = writes(({ actor, campaign }, { form }) => {
  const taken = takeStep(actor, { campaignId: campaign.id, act: 'close', form, page: '/ket-thuc' })
  return 'answer' in taken ? taken.answer : redirect(`/cong-viec/${taken.jobId}`)
})
