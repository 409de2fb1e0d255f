import type { Decision } from '#app/domain/vocabulary.ts'

/** Sentences about requests to look again (đề nghị xem lại). */
export const reconsiderationTexts = {
  whoDecides:
    'Cơ quan thường trực đợt cao điểm xem và quyết định, không phải tổ đã kiểm tra. Trong lúc chờ, kết quả xét giữ nguyên.',
} as const

/** What the decision on a request means for the official who asked. */
export const reconsiderationOutcomes: Record<Decision, string> = {
  upheld: 'Cơ quan thường trực đã chấp nhận đề nghị; trường hợp được xét lại.',
  dismissed: 'Cơ quan thường trực giữ nguyên kết quả.',
}
