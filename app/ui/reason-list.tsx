import type { AssessmentReason } from '#app/domain/assessment.ts'
import { explainAssessment } from '#app/text/assessment.ts'
import { useIndicatorName } from './indicators.ts'
import { useTerms } from './terms.ts'

/** Lists why an assessment came out as it did: what is there and what is missing, one line each. */
export function ReasonList({ reasons }: { reasons: readonly AssessmentReason[] }) {
  const { names } = useTerms()
  const nameOf = useIndicatorName()
  return (
    <ul className="reasons">
      {reasons.map(reason => {
        const sentence = explainAssessment(reason, names, nameOf)
        return <li key={sentence}>{sentence}</li>
      })}
    </ul>
  )
}
