import { redirect } from '@remix-run/node'
import { setDisclosure } from '#app/queries/sealed-annex.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** A person of the armed forces agrees to be named outside their own tree, or takes that back. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const ids = { roundId: idOf(params.roundId), candidateId: idOf(params.candidateId) }
  const set = setDisclosure(actor, campaign.id, { ...ids, isAgreed: form.get('dong-y') === '1' })
  const page = `/khen-thuong/${ids.roundId}/ho-so/${ids.candidateId}`
  return redirect(set.ok ? page : `${page}?khong-duoc=${set.problem}`)
})
