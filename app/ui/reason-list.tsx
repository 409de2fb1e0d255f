import type { AssessmentReason } from '#app/domain/assessment.ts'
import { explainAssessment } from '#app/text/assessment.ts'
import { useTerms } from './terms.ts'

/** Lists why an assessment came out as it did: what is there and what is missing, one line each. */
export function ReasonList({ reasons }: { reasons: readonly AssessmentReason[] }) {
  const { names } = useTerms()
  return (
    <ul className="reasons">
      {reasons.map(reason => {
        const sentence = explainAssessment(reason, names)
        return <li key={sentence}>{sentence}</li>
      })}
    </ul>
  )
}
