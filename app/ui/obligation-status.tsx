import type { PartStanding } from '#app/domain/vocabulary.ts'
import { partStandingLabels } from '#app/text/part-standing.ts'
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

/** Shows the standing of an obligation or one of its parts in one chip. */
export function ObligationStatus({ standing }: { standing: PartStanding }) {
  return <Status tone={TONES[standing]}>{partStandingLabels[standing]}</Status>
}
