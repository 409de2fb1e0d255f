import { isBeyondTarget } from '#app/domain/beyond-target.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { CountingBasis, Outcome, OutcomeValue, VerdictReason } from '#app/domain/vocabulary.ts'
import { formatDay } from './format.ts'
import type { TermNames } from './terms.ts'
import { labels } from './vocabulary.ts'

/** What a verdict's sentences speak of. */
type VerdictDetails = {
  /** The outcome that the verdict names, as its label. */
  outcome: string
  /** The value of that outcome in the record. */
  value: OutcomeValue | null
  /** The day on which the citizen was first recorded, where another record holds the credit. */
  recordedOn: Day | null
}

/** The word for a record that serves the locality and can be counted for nobody. */
const BEYOND_TARGET = 'Đã ghi nhận, ngoài chỉ tiêu'

type Explanation = { explanation: string; nextStep: string | null }

const verdictExplanations: Record<VerdictReason, (details: VerdictDetails) => Explanation> = {
  withdrawn: () => ({
    explanation:
      'Trường hợp này đã được rút, hoặc dữ liệu của người dân đã xóa theo yêu cầu mà chỉ còn xác nhận của đơn vị. Trường hợp không được tính.',
    nextStep: null,
  }),
  outside_period: () => ({
    explanation: 'Ngày hỗ trợ hoặc ngày đạt nội dung bắt buộc nằm ngoài thời gian của đợt cao điểm.',
    nextStep: 'Nếu ngày ghi chưa đúng, anh/chị sửa lại ngày.',
  }),
  self_claim: () => ({
    explanation:
      'Người được hỗ trợ chính là người thực hiện. Nội dung của bản thân được ghi ở phần việc bản thân thực hiện.',
    nextStep: 'Nếu số định danh ghi nhầm, anh/chị sửa lại.',
  }),
  citizen_denied: () => ({
    explanation:
      'Người dân đã trả lời là không được hỗ trợ như đã ghi, ở trường hợp này hoặc một trường hợp trước của anh/chị.',
    nextStep:
      'Người dân này không được tính thêm cho anh/chị. Nếu có nhầm lẫn, anh/chị gửi đề nghị xem lại; cơ quan thường trực quyết định.',
  }),
  inspection_failed: () => ({
    explanation:
      'Kiểm tra thực tế cho kết quả khác với nội dung đã ghi, ở trường hợp này hoặc một trường hợp trước của anh/chị.',
    nextStep: 'Nếu kết quả chưa đúng, anh/chị hoặc người đứng đầu đơn vị gửi kiến nghị.',
  }),
  returned: () => ({
    explanation: 'Đơn vị đã gửi lại để anh/chị bổ sung, kèm lý do.',
    nextStep: 'Anh/chị xem lý do, sửa lại rồi gửi.',
  }),
  roster_member: () => ({
    explanation: 'Người được hỗ trợ thuộc diện tự thực hiện các nội dung này theo kế hoạch.',
    nextStep: null,
  }),
  duplicate_claim: ({ recordedOn }) => ({
    explanation: `Người dân này đã được ghi nhận${recordedOn === null ? '' : ` ngày ${formatDay(recordedOn)}`} ở một trường hợp khác. Mỗi người dân được tính một lần.`,
    nextStep: 'Nếu anh/chị là người đã hỗ trợ, anh/chị có thể đề nghị xem lại.',
  }),
  outcome_missing: ({ outcome, value }) =>
    value === 'already_had'
      ? {
          explanation: `Nội dung “${outcome}” đã có từ trước, nên trường hợp không tính vào chỉ tiêu của người thực hiện; phần hỗ trợ thêm vẫn góp vào kết quả của địa bàn.`,
          nextStep: 'Anh/chị chưa cần làm gì thêm.',
        }
      : {
          explanation: `Còn nội dung “${outcome}” chưa đạt.`,
          nextStep: `Khi người dân đạt nội dung “${outcome}”, anh/chị cập nhật ngày đạt.`,
        },
  activated_before: () => ({
    explanation:
      'Theo số liệu của Công an, tài khoản đã kích hoạt trước đợt cao điểm hoặc sớm hơn nhiều so với ngày đã ghi.',
    nextStep: 'Nếu ngày ghi chưa đúng, anh/chị gửi đề nghị sửa ngày; cơ quan thường trực quyết định.',
  }),
  activated_after: () => ({
    explanation: 'Theo số liệu của Công an, tài khoản kích hoạt muộn hơn nhiều so với ngày đã ghi.',
    nextStep: 'Anh/chị gửi đề nghị sửa ngày, hoặc ghi chú rõ lý do.',
  }),
  not_in_extract: ({ outcome }) => ({
    explanation: `Số liệu trích xuất mới nhất chưa thể hiện nội dung “${outcome}” của người dân này.`,
    nextStep:
      'Anh/chị kiểm tra lại cùng người dân. Khi số liệu trích xuất sau có nội dung này, trường hợp được xét lại; sửa nơi ở, nhà mạng hay ngày không thay đổi kết quả này.',
  }),
  awaiting_confirmation: () => ({
    explanation: 'Đã đủ nội dung, đang chờ đơn vị xác nhận.',
    nextStep: 'Anh/chị chưa cần làm gì thêm.',
  }),
  verified: () => ({
    explanation: 'Đơn vị đã xác nhận, số liệu trích xuất hoặc kiểm tra thực tế khớp với nội dung đã ghi.',
    nextStep: null,
  }),
  confirmed: () => ({
    explanation: 'Đơn vị đã xác nhận. Số liệu trích xuất chưa có thông tin về trường hợp này.',
    nextStep: null,
  }),
}

/**
 * A verdict in words: its title, why, and what the official can do next (null where nothing). Pass the record's value
 * of the verdict's outcome, and for a duplicate_claim the day of the first record, where they are known.
 */
export function explainVerdict(
  verdict: { reason: VerdictReason; outcome: Outcome | null },
  names: TermNames,
  details: { value?: OutcomeValue | null; recordedOn?: Day | null } = {},
): Explanation & { title: string } {
  const outcome = verdict.outcome === null ? '' : names.outcome[verdict.outcome]
  const { value = null, recordedOn = null } = details
  return {
    title: isBeyondTarget(verdict.reason, value) ? BEYOND_TARGET : labels.verdictReason[verdict.reason],
    ...verdictExplanations[verdict.reason]({ outcome, value, recordedOn }),
  }
}

/** Says what the record that was first to activate still lacks, for the official whose later record does not count. */
export function explainHolderLack(
  { reason, outcome }: { reason: VerdictReason; outcome: Outcome | null },
  names: TermNames,
): string {
  const lack =
    reason === 'outcome_missing' && outcome !== null
      ? `còn nội dung “${names.outcome[outcome]}” chưa đạt`
      : 'đang chờ đơn vị xác nhận'
  return `Trường hợp đã ghi trước ${lack}. Nếu thấy người dân này nên được tính cho mình, anh/chị đề nghị xem xét lại.`
}

/** What a counted record rests on, as a sentence after its verdict. Plan IV.2. */
export const basisSentences: Record<CountingBasis, string> = {
  inspection: 'Căn cứ mạnh nhất: kiểm tra thực tế.',
  extract: 'Căn cứ mạnh nhất: số liệu trích xuất.',
  citizen: 'Căn cứ mạnh nhất: người dân đã trả lời là đúng, qua đường dẫn hoặc phiếu do người thực hiện trao.',
  unit: 'Hiện chỉ dựa vào xác nhận của đơn vị.',
}

/** Beside a verdict that is foreseen, where extracts hold a day: it is compared as the record is received. */
export const dayCompared = 'Ngày kích hoạt sẽ được đối chiếu với số liệu của Công an khi nhập.'
