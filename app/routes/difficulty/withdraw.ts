import { withdrawDifficulty } from '#app/queries/difficulty.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Withdraws a difficulty, by who raised it. */
export const action = writes(({ actor, campaign }, { params }) => {
  withdrawDifficulty(actor, campaign.id, idOf(params.difficultyId))
  return redirectWith('/kho-khan', 'da-rut')
})
