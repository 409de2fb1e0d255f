import { z } from '#app/domain/zod.ts'
import { optionalText, requiredChoice, requiredDay, requiredText, tick } from './field.ts'
import { askAbout, IMPERSONAL } from './personal-input.ts'
import type { InputProblem } from './problem.ts'
import { SIGNER_CAPACITIES } from './vocabulary.ts'

/** The words of a report; `reason` is asked of a correction only. Plan V, khó khăn, vướng mắc. */
export const reportInput = z
  .object({
    difficulties: optionalText(3000),
    proposals: optionalText(3000),
    reason: optionalText(500),
    ...IMPERSONAL,
  })
  .superRefine(askAbout('difficulties', 'proposals', 'reason'))
export type ReportInput = Omit<z.infer<typeof reportInput>, 'isImpersonal'>

/** The one act of signing: the figures were looked at; `earlyReason` is asked before the period's last day. */
export const signingInput = z.object({
  isSeen: tick.refine(isSeen => isSeen, { error: 'figures_not_seen' satisfies InputProblem }),
  earlyReason: optionalText(500),
})
export type Signing = { earlyReason: string | null }

/** The one field of preparing a report to be signed with a certificate; asked before the period's last day. */
export const preparedReportInput = z.object({ earlyReason: optionalText(500) })

/** How a report was signed on paper: number and date of the document, who signed and as what. */
export const signedPaperInput = z.object({
  documentNumber: requiredText(60),
  documentOn: requiredDay,
  signerName: requiredText(100),
  signerCapacity: requiredChoice(SIGNER_CAPACITIES),
  earlyReason: optionalText(500),
})
export type SignedPaper = z.infer<typeof signedPaperInput>
