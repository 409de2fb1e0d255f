import { drawQrCode } from '#app/documents/qr-code.ts'
import { issuePhoneCodes } from '#app/queries/citizen-code.server.ts'
import { answerPhone, forPhone } from '../_web/phone.server.ts'
import { notFound } from '../_web/visit.server.ts'

/** Confirmation codes for this phone to show without a network, drawn already. */
export const action = forPhone(({ actor, campaign }, { context }) => {
  if (actor.officialId === null) throw notFound()
  const codes = issuePhoneCodes(actor, campaign.id)
  return answerPhone(codes.map(code => ({ code, qr: drawQrCode(`${context.publicUrl}/x/${code}`) })))
})
