import { readIdNumber } from '#app/domain/id-number.ts'
import { z } from '#app/domain/zod.ts'
import { checkEarly } from '#app/queries/early-check.server.ts'
import { answerPhone, forPhone } from '../_web/phone.server.ts'
import { notFound } from '../_web/visit.server.ts'

const question = z.object({ number: z.string().max(20) })

/** Answers the help form of an official, as soon as a whole number is typed. */
export const action = forPhone(({ actor, campaign }, { sent }) => {
  const { officialId } = actor
  const read = question.safeParse(sent)
  const number = readIdNumber(read.success ? read.data.number : '')
  if (officialId === null || !number.ok) throw notFound()
  return answerPhone(checkEarly({ ...actor, officialId }, campaign.id, number.number))
})
