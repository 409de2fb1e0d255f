import type { AssessmentReason } from '#app/domain/assessment.ts'
import type { Day } from '#app/domain/calendar.ts'
import { INPUT_PROBLEMS, type InputProblem } from '#app/domain/problem.ts'
import type {
  Article,
  CountingBasis,
  Gate,
  Outcome,
  OutcomeValue,
  PartStanding,
  VerdictReason,
} from '#app/domain/vocabulary.ts'
import { formatDay, formatNumber, formatParts } from './format.ts'
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

type Explanation = { explanation: string; nextStep: string | null }

const verdictExplanations: Record<VerdictReason, (details: VerdictDetails) => Explanation> = {
  withdrawn: () => ({
    explanation: 'Trường hợp này đã được rút, không còn trong số liệu báo cáo.',
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
    explanation: 'Người dân đã trả lời là không được hỗ trợ như đã ghi.',
    nextStep: 'Nếu có nhầm lẫn, anh/chị báo đầu mối của đơn vị để tổ kiểm tra xem xét.',
  }),
  inspection_failed: () => ({
    explanation: 'Kiểm tra thực tế cho kết quả khác với nội dung đã ghi.',
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
          explanation: `Nội dung “${outcome}” đã có từ trước. Chỉ tiêu tính những người dân đạt nội dung này nhờ được hỗ trợ.`,
          nextStep: 'Nếu ghi nhầm, anh/chị sửa lại nội dung này.',
        }
      : {
          explanation: `Còn nội dung “${outcome}” chưa đạt.`,
          nextStep: `Khi người dân đạt nội dung “${outcome}”, anh/chị cập nhật ngày đạt.`,
        },
  activated_before: () => ({
    explanation:
      'Theo số liệu của Công an, tài khoản đã kích hoạt trước đợt cao điểm hoặc sớm hơn nhiều so với ngày đã ghi.',
    nextStep: 'Nếu ngày ghi chưa đúng, anh/chị sửa lại ngày kích hoạt.',
  }),
  activated_after: () => ({
    explanation: 'Theo số liệu của Công an, tài khoản kích hoạt muộn hơn nhiều so với ngày đã ghi.',
    nextStep: 'Anh/chị sửa lại ngày kích hoạt, hoặc ghi chú rõ lý do.',
  }),
  not_in_extract: ({ outcome }) => ({
    explanation: `Số liệu trích xuất mới nhất chưa thể hiện nội dung “${outcome}” của người dân này.`,
    nextStep:
      'Anh/chị kiểm tra lại cùng người dân. Khi số liệu trích xuất sau có nội dung này, trường hợp được xét lại.',
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
  details: { value?: OutcomeValue | null; recordedOn?: Day | null } = {},
): Explanation & { title: string } {
  const outcome = verdict.outcome === null ? '' : labels.outcome[verdict.outcome]
  const { value = null, recordedOn = null } = details
  return {
    title: labels.verdictReason[verdict.reason],
    ...verdictExplanations[verdict.reason]({ outcome, value, recordedOn }),
  }
}

/** Says what the record that was first to activate still lacks, for the official whose later record does not count. */
export function explainHolderLack({ reason, outcome }: { reason: VerdictReason; outcome: Outcome | null }): string {
  const lack =
    reason === 'outcome_missing' && outcome !== null
      ? `còn nội dung “${labels.outcome[outcome]}” chưa đạt`
      : 'đang chờ đơn vị xác nhận'
  return `Trường hợp đã ghi trước ${lack}. Nếu thấy người dân này nên được tính cho mình, anh/chị đề nghị xem xét lại.`
}

/** What a counted record rests on, as a sentence after its verdict. Plan IV.2. */
export const basisSentences: Record<CountingBasis, string> = {
  inspection: 'Căn cứ mạnh nhất: kiểm tra thực tế.',
  extract: 'Căn cứ mạnh nhất: số liệu trích xuất.',
  citizen: 'Căn cứ mạnh nhất: người dân đã trả lời là đúng.',
  unit: 'Hiện chỉ dựa vào xác nhận của đơn vị.',
}

const inputProblems: Record<InputProblem, string> = {
  required: 'Anh/chị điền giúp mục này.',
  too_long: 'Nội dung dài hơn mức cho phép.',
  not_a_choice: 'Anh/chị chọn một mục trong danh sách.',
  not_a_day: 'Ngày chưa đúng, ví dụ 12/6/2024.',
  not_a_year: 'Năm gồm 4 chữ số, ví dụ 1985.',
  not_a_key: 'Biểu mẫu đã cũ. Anh/chị tải lại trang rồi gửi lại.',
  submission_used:
    'Lần nhập này đã được lưu với nội dung khác. Anh/chị mở danh sách trường hợp để sửa bản đã lưu; nếu là người dân khác, anh/chị nhập thành trường hợp mới.',
  in_future: 'Ngày này chưa đến.',
  day_past: 'Ngày này đã qua. Anh/chị chọn từ hôm nay trở đi.',
  name_unreadable: 'Họ và tên chỉ gồm chữ cái, viết có dấu như trên thẻ căn cước.',
  id_number_characters: 'Số định danh chỉ gồm chữ số.',
  id_number_old_card: 'Đây là số chứng minh nhân dân 9 số. Anh/chị nhập số định danh 12 số trên thẻ căn cước.',
  id_number_length: 'Số định danh gồm đúng 12 chữ số, kể cả số 0 ở đầu.',
  id_number_province: 'Ba chữ số đầu không phải mã tỉnh, thành phố. Anh/chị xem lại trên thẻ.',
  birth_disagrees: 'Năm sinh khác với năm sinh trong số định danh. Anh/chị xem lại trên thẻ.',
  birth_date_needed: 'Chỉ với năm sinh thì chưa rõ đủ tuổi. Anh/chị nhập cả ngày, tháng, năm sinh.',
  too_young: 'Vào ngày hỗ trợ, người dân chưa đủ tuổi theo quy định của đợt cao điểm.',
  figure_out_of_range: 'Số liệu là số nguyên, từ 0 đến 9.999.999.',
  figure_day_outside: 'Ngày số liệu phải trong đợt cao điểm và không sau hôm nay.',
  figure_reason_needed: 'Ngày này đã có số liệu khác. Anh/chị ghi lý do để thay bằng số mới; số cũ vẫn được lưu.',
  figure_decreases: 'Số lũy kế thấp hơn ngày trước đó. Anh/chị kiểm tra lại; nếu đúng, ghi lý do rồi lưu.',
  figure_not_yours: 'Anh/chị không phụ trách chỉ tiêu này của địa bàn này.',
  sharing_does_not_add_up: 'Tổng các phần chưa bằng chỉ tiêu của huyện. Anh/chị chỉnh lại cho khớp rồi giao.',
  sharing_without_total: 'Phụ lục không giao chỉ tiêu này cho địa bàn, nên chưa có gì để giao xuống.',
  sharing_unchanged: 'Các phần giống hệt quyết định đang có hiệu lực.',
  layout_without_field: 'Mẫu cần ít nhất một cột có nội dung của hệ thống này.',
  not_an_email: 'Địa chỉ thư chưa đúng. Anh/chị kiểm tra lại.',
  phone_characters: 'Số điện thoại chỉ gồm chữ số.',
  phone_length: 'Số điện thoại di động gồm 10 chữ số. Anh/chị xem lại.',
  phone_not_mobile: 'Đây không phải số điện thoại di động Việt Nam.',
  locality_unknown: 'Anh/chị chọn xã, phường, thị trấn trong danh sách.',
  self_claim: 'Đây là số định danh của người thực hiện. Nội dung của bản thân được ghi ở phần việc bản thân thực hiện.',
  outcome_day_needed: 'Nội dung đã đạt cần có ngày đạt.',
  outcome_before_help: 'Ngày đạt sớm hơn ngày hỗ trợ. Nếu có từ trước, anh/chị chọn “Đã có từ trước”.',
  had_after_help: 'Nội dung đã có từ trước thì ngày không muộn hơn ngày hỗ trợ.',
  consent_needed: 'Cần có sự đồng ý của người dân trước khi ghi thông tin.',
  withdrawal_drawn: 'Trường hợp này đã được chọn để kiểm tra nên chưa rút được.',
  citizen_drawn: 'Trường hợp này đã được chọn để kiểm tra nên không đổi sang người dân khác.',
  withdrawal_denied: 'Người dân đã trả lời về trường hợp này nên không rút được.',
  own_name_needed: 'Nội dung này cần SIM đăng ký chính chủ.',
  has_4g_needed: 'Nội dung này cần điện thoại kết nối được 4G.',
  certificate_ends_before_start: 'Ngày hết hạn sớm hơn ngày bắt đầu có hiệu lực.',
  target_not_positive: 'Chỉ tiêu là số nguyên từ 1 trở lên.',
  target_document_needed: 'Chỉ tiêu thấp hơn mức chung cần có số văn bản quyết định.',
  not_a_number: 'Mục này cần một số.',
  out_of_range: 'Số này nằm ngoài khoảng cho phép.',
  not_a_time: 'Giờ viết như 09:00.',
  ends_before_start: 'Ngày kết thúc sớm hơn ngày bắt đầu.',
  login_characters:
    'Tên đăng nhập gồm 3 đến 30 chữ cái không dấu, chữ số, dấu chấm hoặc gạch ngang, bắt đầu bằng chữ cái.',
  login_taken: 'Tên đăng nhập này đã có người dùng.',
  code_taken: 'Đã có một đợt cao điểm mang số kế hoạch này.',
  already_granted: 'Tài khoản đã có vai trò này tại đơn vị trong thời gian đó.',
  unit_unknown: 'Anh/chị chọn đơn vị trong danh sách.',
  unit_closed: 'Đơn vị này đã ngừng hoạt động.',
  unit_name_taken: 'Đơn vị cấp trên đã có một đơn vị mang tên này.',
  unit_below_itself: 'Đơn vị không thể trực thuộc chính nó hoặc đơn vị cấp dưới của nó.',
  unit_stays: 'Đơn vị đang trực thuộc nơi này.',
  unit_has_people: 'Còn người công tác tại đơn vị. Anh/chị chuyển họ sang đơn vị khác trước.',
  unit_has_children: 'Còn đơn vị trực thuộc đang hoạt động. Anh/chị chuyển hoặc ngừng các đơn vị đó trước.',
  unit_is_root: 'Đơn vị cấp tỉnh là gốc của cây đơn vị nên không chuyển, không ngừng được.',
  must_achieve_not_required: 'Nội dung phải đạt nhờ hỗ trợ cần nằm trong các nội dung bắt buộc.',
  parameter_unknown: 'Có tham số mà phần mềm này chưa áp dụng được. Anh/chị bỏ tham số đó rồi lưu lại.',
  nothing_changed: 'Chưa có nội dung nào thay đổi so với phiên bản đang áp dụng.',
  version_moved: 'Quy định vừa có phiên bản mới. Anh/chị tải lại trang rồi sửa trên phiên bản đó.',
  not_forward: 'Ngày mẫu chỉ tiến, không lùi. Anh/chị chọn thời điểm muộn hơn hiện tại.',
  too_far: 'Mỗi lần chỉ tiến nhiều nhất 366 ngày.',
  not_a_count: 'Số người là số nguyên, ví dụ 12.',
  pledge_below_target: 'Số người cam kết không thấp hơn chỉ tiêu được giao.',
  outside_campaign: 'Ngày này nằm ngoài thời gian của đợt cao điểm.',
  campaign_over: 'Đợt cao điểm đã kết thúc nên không ký cam kết mới.',
  signature_needed: 'Anh/chị đánh dấu vào ô này để ký cam kết.',
  file_too_large: 'Tệp lớn hơn 5 MB. Anh/chị chụp hoặc xuất lại tệp nhỏ hơn.',
  file_kind_unknown: 'Tệp chưa đúng loại. Anh/chị gửi ảnh PNG, JPG hoặc tệp PDF.',
  file_too_many_pixels: 'Ảnh có kích thước quá lớn. Anh/chị chụp màn hình hoặc thu nhỏ ảnh rồi gửi lại.',
  file_locked: 'Tệp PDF có mật khẩu. Anh/chị gửi tệp không đặt mật khẩu.',
  file_unreadable: 'Không mở được tệp, có thể tệp đã hỏng. Anh/chị gửi lại tệp khác.',
  code_unknown:
    'Mã chưa đúng, đã được dùng hoặc đã hết hạn. Anh/chị xem lại trên phiếu, hoặc nhờ đầu mối của đơn vị cấp mã mới.',
  password_too_short: 'Mật khẩu gồm ít nhất 10 ký tự.',
  password_common: 'Mật khẩu này dễ đoán. Anh/chị chọn mật khẩu khác, ví dụ một câu ngắn dễ nhớ.',
  password_own_login: 'Mật khẩu không chứa mã cán bộ của anh/chị.',
  password_differs: 'Hai lần nhập mật khẩu chưa giống nhau.',
  password_wrong: 'Mật khẩu hiện tại chưa đúng.',
  too_many_tries: 'Đã thử sai nhiều lần. Anh/chị chờ 15 phút rồi thử lại.',
  factor_wrong:
    'Mã chưa đúng hoặc đã dùng. Anh/chị chờ mã mới hiện trong ứng dụng rồi nhập lại; nếu vẫn chưa được, so giờ trên điện thoại với giờ máy chủ ghi trên trang này. Giờ máy chủ sai thì báo quản trị.',
  nobody_chosen: 'Anh/chị chọn ít nhất một dòng trong danh sách.',
  too_many_chosen: 'Mỗi lần chọn nhiều nhất 200 dòng.',
  exemption_asked_already: 'Nội dung này đang có một đề nghị chờ quyết định.',
  before_present_posting: 'Ngày này không sau ngày bắt đầu của vị trí công tác gần nhất.',
  dispute_without_holder: 'Người dân này hiện không được tính cho người khác nên chưa cần đề nghị xem xét lại.',
  dispute_open: 'Đề nghị trước của anh/chị đang chờ quyết định.',
  dispute_decided: 'Việc này đã có quyết định. Khi có nội dung mới được cập nhật, anh/chị có thể đề nghị lại.',
  not_inspector: 'Người này chưa được giao vai trò tổ kiểm tra tại đơn vị được kiểm tra.',
  inspector_of_unit: 'Người thuộc đơn vị được kiểm tra, hoặc đơn vị trực thuộc, không tham gia tổ kiểm tra.',
  inspector_holds_grant: 'Người đang giữ vai trò khác đối với đơn vị được kiểm tra không tham gia tổ kiểm tra.',
  team_too_small: 'Tổ kiểm tra có ít nhất hai người, vì hai người cùng ký.',
  nothing_to_draw: 'Đơn vị này chưa có trường hợp nào được báo cáo mà còn hỏi lại được người dân để chọn mẫu.',
  inspection_concluded: 'Cuộc kiểm tra đã kết thúc nên kết quả không sửa được nữa.',
  inspection_open: 'Cuộc kiểm tra chưa kết thúc. Mục này mở khi có đủ hai chữ ký.',
  results_missing: 'Còn phiếu chưa có kết quả. Anh/chị ghi đủ kết quả rồi ký.',
  signed_already: 'Anh/chị đã ký. Cần một thành viên khác của tổ cùng ký.',
  answered_already: 'Đơn vị đã trả lời về cuộc kiểm tra này.',
  answer_late: 'Đã hết thời hạn trả lời.',
  answer_awaited: 'Đơn vị còn trong thời hạn trả lời. Anh/chị kết luận sau khi đơn vị trả lời hoặc hết hạn.',
  found_already: 'Cuộc kiểm tra này đã có kết luận.',
  nothing_untrue: 'Không còn trường hợp nào có kết quả không đúng thực tế.',
  not_untrue: 'Trường hợp này không có kết quả không đúng thực tế.',
  appealed_already: 'Trường hợp này đã có kiến nghị.',
  scope_at_root_only: 'Quyền tải lên số liệu trích xuất chỉ cấp cho mã của toàn tỉnh.',
  report_not_open: 'Kỳ báo cáo này chưa bắt đầu.',
  report_signed: 'Báo cáo kỳ này đã ký. Nếu cần sửa, anh/chị lập bản đính chính kèm lý do.',
  report_draft_missing: 'Chưa có bản soạn. Anh/chị soạn và lưu trước khi nộp bản ký.',
  document_needs_pdf: 'Bản ký là tệp PDF.',
  more_sent_than_received: 'Tính từ đầu đợt, số hồ sơ chuyển đi nhiều hơn số đã thu nhận.',
  more_approved_than_sent: 'Tính từ đầu đợt, số hồ sơ được duyệt nhiều hơn số đã chuyển đi.',
  outside_point_days: 'Ngày này nằm ngoài thời gian hoạt động của điểm.',
  point_cancelled: 'Điểm này đã hủy.',
  offer_over: 'Ưu đãi này không còn hiệu lực.',
  candidate_step_closed: 'Hồ sơ không còn ở bước này. Anh/chị tải lại trang để xem tình trạng mới nhất.',
  round_frozen: 'Danh sách đã chốt, không nhận thêm hoặc thay đổi đề nghị của đơn vị.',
  round_not_frozen: 'Danh sách chưa chốt. Chốt danh sách trước khi trình Hội đồng hoặc ghi quyết định.',
  round_decided: 'Đợt xét đã có quyết định.',
  not_eligible: 'Không thuộc danh sách đủ điều kiện xét khen thưởng đã chốt.',
  not_for_review: 'Không thuộc danh sách đề nghị xem xét trách nhiệm đã chốt, hoặc chưa đủ các bước.',
  final_report_awaited:
    'Đơn vị chưa có báo cáo tổng kết dù đã qua thời hạn, nên chưa được xét khen thưởng. Đơn vị gửi báo cáo, sau đó lập lại danh sách đánh giá.',
  gate_in_force: 'Đang thuộc diện chưa xét (kỷ luật, thanh tra, kiểm tra hoặc khiếu nại, tố cáo).',
  achievement_used: 'Thành tích trong đợt cao điểm này đã được khen thưởng; mỗi thành tích xét một lần.',
  proposed_elsewhere: 'Đang được đề nghị ở một đợt xét khác.',
  proposed_already: 'Đã được đề nghị trong đợt xét này.',
  proposals_over: 'Đã hết thời hạn nhận đề nghị của đơn vị.',
  cap_reached: 'Vượt số lượng tối đa của đợt xét. Anh/chị bỏ bớt trong danh sách đã chọn.',
  candidates_waiting: 'Còn hồ sơ tại Sở Nội vụ chưa được chuyển tiếp hoặc trả lại.',
  nobody_proposed: 'Chưa có ai được chuyển vào danh sách.',
  nobody_voted: 'Chưa có ai được Hội đồng chuyển tiếp.',
  achievement_missing: 'Chưa có tóm tắt thành tích của đơn vị.',
  campaign_not_closed: 'Chưa có kết quả xét đã chốt. Đợt xét lập được sau khi kết thúc đợt cao điểm.',
  basis_ended_already: 'Căn cứ này đã có ngày hết hiệu lực.',
  guarded_person:
    'Danh sách cá nhân của lực lượng vũ trang chỉ hiển thị trong nội bộ đơn vị; đơn vị gửi danh sách theo đường riêng.',
  notice_too_early:
    'Đợt cao điểm chưa kết thúc nên chưa gửi thông báo chưa hoàn thành. Anh/chị gửi từ ngày sau ngày cuối cùng của đợt.',
  step_not_open: 'Bước này chưa đến lượt, hoặc đã được thực hiện. Anh/chị xem lại các bước đã ghi của hồ sơ.',
  step_too_late: 'Đã hết thời hạn kiến nghị.',
  decision_not_fitting: 'Anh/chị chọn một ý kiến phù hợp với bước này.',
  review_open: 'Đã có hồ sơ xem xét đang thực hiện.',
  nothing_missing: 'Theo số liệu hiện có, không còn nội dung nào chưa hoàn thành nên không cần thông báo.',
  campaign_runs: 'Đợt cao điểm chưa kết thúc. Anh/chị kết thúc đợt từ ngày sau ngày cuối cùng.',
  closed_already: 'Đợt cao điểm đã được kết thúc.',
  not_closed_yet: 'Đợt cao điểm chưa được kết thúc nên chưa có gì để tính lại.',
  being_computed: 'Kết quả đang được tính. Anh/chị chờ xong rồi thực hiện tiếp.',
  clock_disagrees: 'Giờ trên máy khác giờ của hệ thống nên chưa chắc ngày này đúng. Anh/chị chọn lại ngày hỗ trợ.',
  pin_form: 'Mã PIN gồm 6 chữ số.',
  pin_guessable: 'Mã PIN này dễ đoán. Anh/chị chọn mã khác, không dùng dãy số liền nhau, số lặp lại hoặc năm sinh.',
  pin_differs: 'Hai lần nhập mã PIN chưa giống nhau.',
}

function isInputProblem(message: string): message is InputProblem {
  return INPUT_PROBLEMS.some(problem => problem === message)
}

/** A form's field error in words: `message` is an `InputProblem` code as zod and conform carry it. */
export function explainProblem(message: string): string {
  return isInputProblem(message) ? inputProblems[message] : 'Nội dung chưa đúng, anh/chị xem lại giúp.'
}

/** The standing of an obligation or one of its parts, alone in a chip or a column. */
export const partStandingLabels: Record<PartStanding, string> = {
  missing: 'Chưa kê khai',
  returned: 'Cần bổ sung',
  declared: 'Chờ xác nhận',
  review: 'Cần xem lại',
  confirmed: 'Đã xác nhận, chứng thư chưa đáp ứng',
  met: 'Đạt',
  verified: 'Đạt, đã đối chiếu',
  exempt: 'Được miễn',
  not_borne: 'Không áp dụng',
}

export const gateLabels: Record<Gate, string> = {
  pending_discipline: 'Đang trong thời gian xem xét kỷ luật',
  violation_inspection: 'Đang được thanh tra, kiểm tra',
  complaint: 'Đang giải quyết khiếu nại, tố cáo',
}

/** One reason of an assessment as a sentence with its figures. */
export function explainAssessment(reason: AssessmentReason): string {
  switch (reason.code) {
    case 'bears_nothing':
      return 'Không thuộc đối tượng thực hiện tại ngày kết thúc đợt cao điểm.'
    case 'exempt_from_all':
      return 'Được miễn toàn bộ nội dung và chỉ tiêu phải thực hiện.'
    case 'exempt_from_quota':
      return 'Được miễn chỉ tiêu hỗ trợ người dân.'
    case 'obligations_met':
      return 'Các nội dung bản thân thực hiện đều đạt.'
    case 'collective_barred':
      return 'Đơn vị thuộc diện không xem xét thi đua, khen thưởng.'
    case 'target_short':
      return `Được tính ${formatParts(reason.counted, reason.target)}, còn ${formatNumber(reason.target - reason.counted)} người dân.`
    case 'target_reached':
      return `Được tính ${formatParts(reason.counted, reason.target)}, đạt chỉ tiêu. Xét khen thưởng cần vượt chỉ tiêu.`
    case 'target_exceeded':
      return `Được tính ${formatParts(reason.counted, reason.target)}, vượt chỉ tiêu.`
    case 'obligation_unmet':
      return `${labels.obligation[reason.obligation]}: ${partStandingLabels[reason.standing].toLowerCase()}.`
    case 'inspections_failed':
      return `${formatNumber(reason.count)} trường hợp được kiểm tra có kết quả khác với nội dung đã ghi.`
    case 'gate':
      return `${gateLabels[reason.gate]}.`
    case 'explanation_pending':
      return 'Đang chờ giải trình hoặc ý kiến của người đứng đầu.'
    case 'explanation_accepted':
      return 'Giải trình được chấp nhận.'
    case 'explanation_rejected':
      return 'Giải trình chưa được chấp nhận.'
    case 'finding_pending':
      return 'Đang chờ kết luận của người có thẩm quyền.'
    case 'finding_made':
      return 'Đã có kết luận của người có thẩm quyền.'
    case 'appeal_pending':
      return 'Đang trong thời hạn hoặc đang xem xét kiến nghị.'
    case 'appeal_upheld':
      return 'Kiến nghị được chấp nhận.'
    case 'appeal_rejected':
      return 'Kiến nghị không được chấp nhận.'
    case 'final_report_missing':
      return 'Chưa có báo cáo kết quả khi hết hạn.'
    case 'untrue_report_found':
      return 'Có kết luận về báo cáo không đúng thực tế.'
    case 'never_inspected':
      return 'Chưa được kiểm tra thực tế.'
    case 'members_short':
      return `${formatNumber(reason.count)} người chưa đạt chỉ tiêu của mình.`
    case 'indicator_short':
      return `${labels.indicator[reason.indicator]}: ${formatParts(reason.done, reason.target)}.`
    case 'obligation_share':
      return `${labels.obligation[reason.obligation]}: ${formatParts(reason.met, reason.bearers)}.`
    case 'reports_late':
      return `Báo cáo đúng hạn ${formatParts(reason.inTime, reason.due)}.`
    case 'inspection_share':
      return `Kiểm tra thực tế: ${formatParts(reason.untrue, reason.drawn)} trường hợp khác với nội dung đã ghi.`
  }
}

/** The words of plan 128/KH-UBND behind each article, quoted as printed; `[…]` marks what is left out. */
export const articleQuotes: Record<Article, string> = {
  'I.3':
    'Giao chỉ tiêu, nhiệm vụ cụ thể, thời gian, tiến độ hoàn thành và xác định rõ trách nhiệm các cơ quan, đoàn thể trong thực hiện đợt cao điểm “90 ngày, đêm” triển khai nhiệm vụ “4 phủ”.',
  'II.1':
    'Phạm vi triển khai: thu nhận hồ sơ cấp CCCD, kích hoạt tài khoản ĐDĐT, hỗ trợ tặng sim điện thoại đăng ký chính chủ kèm chữ ký số, hỗ trợ cung cấp điện thoại smartphone 4G giá ưu đãi cho mọi công dân trên địa bàn tỉnh.',
  'II.2':
    'Đối tượng thực hiện: công dân hiện đang sinh sống, làm việc, lao động trên địa bàn tỉnh đã được, chưa được cấp thẻ CCCD gắn chip, chưa có tài khoản ĐDĐT hoặc chưa kích hoạt, sử dụng tài khoản ĐDĐT mức độ 1 và mức độ 2 […]',
  'III.1':
    'yêu cầu công tác tuyên truyền phải gắn với công tác hướng dẫn và vận động để đạt mục tiêu là người dân có điện thoại di động 4G, sim chính chủ tích hợp chữ ký số, có tài khoản ĐDĐT được kích hoạt và biết sử dụng ứng dụng VNeID […]',
  'III.2': 'hướng dẫn, hỗ trợ công dân thực hiện đăng ký, kích hoạt ĐDĐT theo danh sách do Công an cấp xã cung cấp […]',
  'III.3':
    'Tại các điểm thu nhận hồ sơ cố định và lưu động phải có danh sách mời công dân thu nhận hồ sơ của từng đơn vị nhằm đảm bảo số lượng hồ sơ thu nhận hàng ngày của mỗi tổ phải đạt chỉ tiêu theo phân bổ.',
  'IV.1':
    'Đợt cao điểm thực hiện trong thời gian 90 ngày, đếm từ ngày 04/4/2024 đến hết ngày 03/7/2024 […] Đảm bảo 100% lãnh đạo, cán bộ, công chức, viên chức và cán bộ chiến sỹ lực lượng vũ trang […]: (1) có sim điện thoại chính chủ kèm chữ ký số; (2) có điện thoại thông minh kết nối 4G; (3) sử dụng tài khoản ĐDĐT đã có để truy cập vào Cổng dịch vụ công quốc gia và Cổng dịch vụ công của tỉnh. […] tối thiểu cho 10 người dân cài đặt ứng dụng VNeID, kích hoạt thành công tài khoản ĐDĐT mức 1 hoặc mức độ 2, đăng ký sim chính chủ kèm tích hợp chữ ký số.',
  'IV.2':
    'đánh giá đúng thực tế số liệu báo cáo (lưu ý chỉ báo cáo số liệu đã được kích hoạt thành công) để kịp thời khen thưởng đối với những tập thể, cá nhân thực hiện tốt, vượt chỉ tiêu giao; không xem xét thi đua, khen thưởng đối với những đơn vị không báo cáo, báo cáo không đúng thực tế, đề xuất đưa vào tiêu chí xét thi đua của tập thể năm 2024 nếu thực hiện không đạt chỉ tiêu giao. […] Kết quả thực hiện chỉ tiêu được căn cứ vào số liệu trích xuất trên hệ thống CSDLQG về DC và hệ thống phần mềm theo dõi do Công an tỉnh triển khai […]',
  'V.1':
    'Thủ trưởng các cơ quan, đơn vị, địa phương chịu trách nhiệm trước Chủ tịch UBND tỉnh về tiến độ, chất lượng và hiệu quả công việc được giao. […] Kết thúc đợt cao điểm, các đơn vị, địa phương tổng hợp, báo cáo kết quả thực hiện về UBND tỉnh (qua Công an tỉnh) trước ngày 10/7/2024.',
  'V.2':
    'Công an tỉnh hướng dẫn các đơn vị, địa phương báo cáo kết quả thực hiện Chiến dịch; tổng hợp và cập nhật kết quả lên Trang theo dõi Đề án 06/CP tỉnh Bình Phước […]',
  'V.4':
    'tặng Bằng khen cho các tập thể, cá nhân có thành tích xuất sắc trong công tác tổ chức triển khai thực hiện đợt cao điểm “90 ngày, đêm” thực hiện các mục tiêu “4 phủ” trên địa bàn tỉnh. Đồng thời, đề xuất cấp có thẩm quyền xem xét, đánh giá hoặc xử lý trách nhiệm đối với các tập thể, cá nhân không hoàn thành nhiệm vụ do thiếu tinh thần trách nhiệm.',
  'V.6':
    'Chủ tịch UBND các huyện, thị xã, thành phố căn cứ chỉ tiêu được giao, chỉ đạo xây dựng kế hoạch cụ thể, bám sát quy trình thực hiện, giao chỉ tiêu cho từng đơn vị phòng, ban và UBND cấp xã thực hiện hàng ngày, đảm bảo đạt và vượt chỉ tiêu theo lộ trình đề ra.',
}
