import type { TransferState } from '#app/domain/vocabulary.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Status, type Tone } from './status.tsx'

const TONES: Record<TransferState, Tone> = {
  asked: 'doing',
  accepted: 'done',
  refused: 'neutral',
  withdrawn: 'neutral',
}

/** Shows the state of a transfer in one chip. */
export function TransferStatus({ state }: { state: TransferState }) {
  return <Status tone={TONES[state]}>{labels.transferState[state]}</Status>
}
