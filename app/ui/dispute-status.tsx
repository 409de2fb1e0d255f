import type { DisputeState } from '#app/domain/dispute.ts'
import { disputeStateLabels } from '#app/text/dispute.ts'
import { Status, type Tone } from './status.tsx'

const TONES: Record<DisputeState, Tone> = { open: 'doing', upheld: 'done', dismissed: 'neutral', lapsed: 'neutral' }

/** Shows the state of a dispute in one chip. */
export function DisputeStatus({ state }: { state: DisputeState }) {
  return <Status tone={TONES[state]}>{disputeStateLabels[state]}</Status>
}
