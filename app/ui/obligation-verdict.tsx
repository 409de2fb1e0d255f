import type { ReactNode } from 'react'
import type { Day } from '#app/domain/calendar.ts'
import type { PartStanding } from '#app/domain/vocabulary.ts'
import { type DeclaredPart, explainPart, willNotMeet } from '#app/text/obligation.ts'
import type { Cited } from '#app/text/plan.ts'
import type { Tone } from './status.tsx'
import { Verdict } from './verdict.tsx'

const TONES: Record<PartStanding, Tone> = {
  missing: 'late',
  returned: 'late',
  declared: 'doing',
  confirmed: 'late',
  review: 'check',
  met: 'done',
  verified: 'done',
  exempt: 'neutral',
  not_borne: 'neutral',
}

/**
 * Shows one part of the obligations: its standing, why it is not met yet, the article, and as `children` the next step.
 */
export function ObligationVerdict({
  standing,
  declared,
  endsOn,
  basis,
  children,
}: {
  standing: PartStanding
  declared: DeclaredPart | null
  endsOn: Day
  /** what the own obligations rest on */
  basis: Cited
  children?: ReactNode
}) {
  const { title, sentences } = explainPart(standing, declared, endsOn)
  return (
    <Verdict
      tone={willNotMeet(standing, declared) ? 'late' : TONES[standing]}
      title={title}
      explanation={sentences.join(' ')}
      basis={basis}
      nextStep={children}
    />
  )
}
