import type { CollectiveResult, OfficialResult } from '#app/domain/vocabulary.ts'
import { collectiveLabels, officialLabels } from '#app/text/assessment.ts'
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

type Shown<Result> = {
  result: Result
  /** frozen at the close; else the preview's */
  isFrozen?: boolean
}

/** An official's result in one chip. */
export function OfficialResultStatus({ result, isFrozen = false }: Shown<OfficialResult>) {
  return <Status tone={OFFICIAL_TONES[result]}>{officialLabels(isFrozen)[result]}</Status>
}

/** A collective's result in one chip. */
export function CollectiveResultStatus({ result, isFrozen = false }: Shown<CollectiveResult>) {
  return <Status tone={COLLECTIVE_TONES[result]}>{collectiveLabels(isFrozen)[result]}</Status>
}
