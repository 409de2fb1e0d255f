import { deviceOf } from '#app/access/device.server.ts'
import type { TakenSheet } from '#app/domain/offline.ts'
import { takingInput } from '#app/domain/outbox-input.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { OUTCOMES } from '#app/domain/vocabulary.ts'
import { takeSheets } from '#app/queries/inspection-along.server.ts'
import { isRemembered } from '#app/queries/remembered-device.server.ts'
import { formatDay } from '#app/text/format.ts'
import { placeInWords } from '#app/text/inspection.ts'
import { explainProblem } from '#app/text/problem.ts'
import { labels } from '#app/text/vocabulary.ts'
import { answerPhone, forPhone } from '../_web/phone.server.ts'
import { noteShown } from '../admin/access.server.ts'

const refused = (problem: InputProblem) => answerPhone({ kind: 'refused', message: explainProblem(problem) }, 400)

/**
 * Hands sheets of an inspection to the phone of a member of its team, each an opening that is logged. Only to a device
 * that its account opens with a PIN. Nothing is handed out unlogged.
 */
export const action = forPhone(async ({ actor, campaign, terms }, { request, sent }) => {
  const read = takingInput.safeParse(sent)
  if (!read.success) return refused('nobody_chosen')
  if (!isRemembered(actor, deviceOf(request).hash)) return refused('pin_needed')
  const taken = takeSheets(actor, campaign.id, read.data)
  if (!taken.ok) return refused(taken.problem)
  for (const { helpId } of taken.sheets)
    await noteShown(actor, { what: 'inspection_sheet', subjectId: helpId, count: 1 })
  const sheets = taken.sheets.map(
    ({ hamlet, commune, helpedOn, helpPlace, outcomes, ...sheet }): TakenSheet => ({
      ...sheet,
      where: placeInWords(hamlet, commune),
      helped: `Ngày ${formatDay(helpedOn)}, ${labels.helpPlace[helpPlace].toLowerCase()}`,
      claims: OUTCOMES.flatMap(outcome => {
        const fact = outcomes[outcome]
        if (!fact) return []
        const day = fact.on ? `, ngày ${formatDay(fact.on)}` : ''
        return [{ name: terms.names.outcome[outcome], value: `${labels.outcomeValue[fact.value]}${day}` }]
      }),
    }),
  )
  return answerPhone({ kind: 'taken', sheets })
})
