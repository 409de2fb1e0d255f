import type { ReviewPaperKind } from '#app/documents/review-paper.ts'
import { flag, given, id, query } from '../_web/params.ts'

/** `unit`: the unit of the reader that is looked at; `stage`: a word of REVIEW_STAGES. */
export const reviewList = query({ unit: given('don-vi'), stage: given('buoc'), before: id('truoc') })
export const noticeForm = query({ unit: given('don-vi'), isCollective: flag('loai', 'tap-the'), after: id('sau') })
/** `person`: the official that a gate is for. */
export const gateForm = query({ person: given('nguoi') })

/** The papers of a case: the file of each, and what its page calls it. */
export const REVIEW_DOCUMENTS: Record<ReviewPaperKind, { file: `${string}.docx`; name: string }> = {
  notice: { file: 'thong-bao.docx', name: 'Thông báo chưa hoàn thành' },
  explanation: { file: 'giai-trinh.docx', name: 'Văn bản giải trình' },
  finding: { file: 'ket-luan.docx', name: 'Kết luận' },
  appeal: { file: 'giai-quyet.docx', name: 'Quyết định giải quyết kiến nghị' },
}
