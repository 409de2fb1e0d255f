import type { PartStanding } from '#app/domain/vocabulary.ts'
import { endsEarlyLabel, partStandingLabels } from '#app/text/part-standing.ts'
import { Status, type Tone } from './status.tsx'

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
 * Shows the standing of an obligation or one of its parts in one chip; `endsEarly`: its certificate ends before the
 * campaign, so that it will not be met by being confirmed.
 */
export function ObligationStatus({ standing, endsEarly = false }: { standing: PartStanding; endsEarly?: boolean }) {
  if (endsEarly) return <Status tone="late">{endsEarlyLabel}</Status>
  return <Status tone={TONES[standing]}>{partStandingLabels[standing]}</Status>
}
