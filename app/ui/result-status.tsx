import type { CollectiveResult, OfficialResult } from '#app/domain/vocabulary.ts'
import { collectivePreviewLabels, officialPreviewLabels } from '#app/text/assessment.ts'
import { Status, type Tone } from './status.tsx'

const OFFICIAL_TONES: Record<OfficialResult, Tone> = {
  eligible: 'done',
  completed: 'done',
  not_completed_open: 'late',
  not_completed: 'late',
  not_completed_excused: 'neutral',
  exempt: 'neutral',
  responsibility_review: 'check',
}

const COLLECTIVE_TONES: Record<CollectiveResult, Tone> = {
  eligible: 'done',
  completed: 'done',
  emulation_criterion: 'late',
  no_consideration: 'check',
  responsibility_review: 'check',
}

/** An official's result of the preview in one chip. */
export function OfficialResultStatus({ result }: { result: OfficialResult }) {
  return <Status tone={OFFICIAL_TONES[result]}>{officialPreviewLabels[result]}</Status>
}

/** A collective's result of the preview in one chip. */
export function CollectiveResultStatus({ result }: { result: CollectiveResult }) {
  return <Status tone={COLLECTIVE_TONES[result]}>{collectivePreviewLabels[result]}</Status>
}
