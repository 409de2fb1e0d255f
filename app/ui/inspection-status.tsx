import type { PickResult } from '#app/domain/vocabulary.ts'
import { resultLabel } from '#app/text/inspection.ts'
import { Status, type Tone } from './status.tsx'

/** Shows how far an inspection is. */
export function InspectionStatus({ isConcluded, untrue }: { isConcluded: boolean; untrue: number }) {
  if (!isConcluded) return <Status tone="doing">Đang kiểm tra</Status>
  return untrue === 0 ? (
    <Status tone="done">Đã kết thúc</Status>
  ) : (
    <Status tone="check">Có trường hợp không đúng</Status>
  )
}

const TONES: Record<PickResult, Tone> = { true: 'done', untrue: 'check', not_reached: 'neutral' }

/** Shows the result of one drawn record. */
export function PickStatus(pick: { result: PickResult | null; overturnedAt: number | null }) {
  const tone = pick.result === null ? 'doing' : pick.overturnedAt === null ? TONES[pick.result] : 'done'
  return <Status tone={tone}>{resultLabel(pick)}</Status>
}
