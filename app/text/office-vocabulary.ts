import type {
  ApiScope,
  AwardForm,
  CandidateAction,
  CandidateKind,
  ClosingReason,
  CorrectionKind,
  CorrectionState,
  Decision,
  ExchangedTable,
  ExemptionState,
  ExtractSource,
  FigureOrigin,
  FindingWay,
  GoalBasis,
  IndicatorSource,
  OfferKind,
  OpeningPurpose,
  OutreachChannel,
  PickOrigin,
  PickResult,
  PointKind,
  ReachedBy,
  ReviewDecision,
  ReviewStep,
  RoundKind,
  SignalKind,
  SignerCapacity,
} from '#app/domain/vocabulary.ts'

/**
 * The Vietnamese of closed vocabularies that offices, heads and inspectors meet, and not every page: pages without them
 * stay lighter. A word without a label does not compile.
 */
export const officeLabels = {
  reviewStep: {
    notice: 'Thông báo',
    explanation: 'Giải trình',
    explanation_decision: 'Ý kiến về giải trình',
    finding_decision: 'Kết luận về tinh thần trách nhiệm',
    appeal: 'Kiến nghị xem xét lại',
    appeal_decision: 'Giải quyết kiến nghị',
    withdrawal: 'Rút hồ sơ',
  } satisfies Record<ReviewStep, string>,

  reviewDecision: {
    accepted: 'Chấp nhận giải trình',
    rejected: 'Không chấp nhận giải trình',
    made: 'Thiếu tinh thần trách nhiệm',
    not_made: 'Không kết luận thiếu tinh thần trách nhiệm',
    upheld: 'Chấp nhận kiến nghị',
    dismissed: 'Không chấp nhận kiến nghị',
  } satisfies Record<ReviewDecision, string>,

  closingReason: {
    rehearsal: 'Tính thử trước khi kết thúc',
    close: 'Kết thúc đợt',
    extract: 'Có số liệu trích xuất mới',
    appeal: 'Kiến nghị được chấp nhận',
    due_process: 'Hoàn tất các bước xem xét trách nhiệm',
    correction: 'Đính chính',
  } satisfies Record<ClosingReason, string>,

  roundKind: { commendation: 'Đề nghị khen thưởng', review: 'Đề nghị xem xét trách nhiệm' } satisfies Record<
    RoundKind,
    string
  >,

  candidateKind: {
    official: 'Cá nhân',
    collective: 'Tập thể',
    outside_person: 'Cá nhân ngoài danh sách',
    outside_collective: 'Tập thể ngoài danh sách',
  } satisfies Record<CandidateKind, string>,

  candidateAction: {
    propose: 'Đề nghị',
    pass: 'Chuyển tiếp',
    return: 'Trả lại',
    drop: 'Đưa ra khỏi danh sách',
    decide: 'Được tặng thưởng',
    revoke: 'Thu hồi',
  } satisfies Record<CandidateAction, string>,

  awardForm: {
    province_certificate: 'Bằng khen của Chủ tịch UBND tỉnh',
    agency_certificate: 'Giấy khen',
  } satisfies Record<AwardForm, string>,

  figureOrigin: { typed: 'Nhập tay', file: 'Từ tệp', interface: 'Qua giao diện' } satisfies Record<
    FigureOrigin,
    string
  >,

  signerCapacity: {
    head: 'Người đứng đầu',
    deputy: 'KT. (cấp phó ký thay)',
    by_order: 'TL. (thừa lệnh)',
  } satisfies Record<SignerCapacity, string>,

  outreachChannel: {
    broadcast: 'Phát thanh, truyền hình',
    meeting: 'Họp chi bộ, tổ dân phố',
    poster: 'Pano, áp phích, băng rôn',
    social_page: 'Trang mạng xã hội, trang thông tin',
    sms: 'Tin nhắn SMS',
    door_to_door: 'Đến từng nhà',
  } satisfies Record<OutreachChannel, string>,

  pointKind: { fixed: 'Cố định', mobile: 'Lưu động' } satisfies Record<PointKind, string>,

  offerKind: {
    phone: 'Điện thoại 4G',
    sim: 'SIM chính chủ',
    signature: 'Chữ ký số',
    bundle: 'Gói kết hợp',
  } satisfies Record<OfferKind, string>,

  exchangedTable: {
    indicator_figures: 'Số liệu chỉ tiêu',
    reports: 'Báo cáo của đơn vị',
    outreach: 'Hoạt động tuyên truyền',
    collection_days: 'Điểm thu nhận hồ sơ theo ngày',
  } satisfies Record<ExchangedTable, string>,

  apiScope: {
    read: 'Đọc số liệu tổng hợp',
    figures: 'Ghi số liệu chỉ tiêu',
    extracts: 'Tải lên số liệu trích xuất',
  } satisfies Record<ApiScope, string>,

  exemptionState: {
    asked: 'Đang đề nghị',
    approved: 'Đã chấp thuận',
    rejected: 'Không chấp thuận',
  } satisfies Record<ExemptionState, string>,

  correctionKind: {
    details: 'Thông tin',
    number: 'Số định danh',
    phone: 'Điện thoại đăng nhập',
    merge: 'Gộp hai hồ sơ',
  } satisfies Record<CorrectionKind, string>,

  correctionState: {
    asked: 'Chờ xác nhận',
    accepted: 'Đã sửa',
    refused: 'Không đúng',
    withdrawn: 'Đã rút',
  } satisfies Record<CorrectionState, string>,

  reachedBy: {
    met: 'Gặp trực tiếp người dân',
    known_phone: 'Gọi số điện thoại có từ nguồn khác, không phải do cán bộ ghi',
    letter: 'Gửi giấy đến nơi cư trú và nhận được trả lời',
  } satisfies Record<ReachedBy, string>,

  signalKind: {
    edited_after_extract: 'Sửa sau khi số liệu trích xuất không khớp',
    citizen_contested: 'Người dân hoặc kiểm tra đã nói khác ở một trường hợp khác',
    near_answers: 'Trả lời từ cùng mạng với cán bộ',
    missed_draw: 'Khôi phục sau khi chọn mẫu',
    sequence: 'Số định danh liên tiếp nhau',
    burst: 'Ghi dồn trong ít phút',
    shared_phone: 'Chung số điện thoại',
    staff: 'Người dân cũng là người thực hiện',
    target_stop: 'Dừng đúng chỉ tiêu',
    target_lowered: 'Chỉ tiêu thấp hơn mức chung',
    deadline: 'Ghi dồn vào những ngày cuối',
    perfect: 'Đều đạt đủ trong một lần',
  } satisfies Record<SignalKind, string>,

  extractSource: {
    police: 'Cơ sở dữ liệu quốc gia về dân cư',
    telecom: 'Doanh nghiệp viễn thông',
  } satisfies Record<ExtractSource, string>,

  pickResult: {
    true: 'Đúng thực tế',
    untrue: 'Không đúng thực tế',
    not_reached: 'Chưa gặp được',
  } satisfies Record<PickResult, string>,

  pickOrigin: {
    lot: 'Chọn ngẫu nhiên',
    redraw: 'Chọn thay',
    risk: 'Chọn theo dấu hiệu',
  } satisfies Record<PickOrigin, string>,

  findingWay: {
    met: 'Gặp trực tiếp',
    called: 'Gọi điện',
    papers: 'Đối chiếu giấy tờ',
  } satisfies Record<FindingWay, string>,

  openingPurpose: {
    meet: 'Gặp trực tiếp người dân',
    call: 'Gọi điện cho người dân',
    compare: 'Đối chiếu giấy tờ, hồ sơ',
  } satisfies Record<OpeningPurpose, string>,

  decision: {
    upheld: 'Chấp nhận',
    dismissed: 'Không chấp nhận',
  } satisfies Record<Decision, string>,

  indicatorSource: {
    police: 'Công an',
    telecom: 'Sở phụ trách viễn thông',
    locality: 'Địa phương',
  } satisfies Record<IndicatorSource, string>,

  goalBasis: {
    annex: 'tổng số phụ lục giao',
    adults: 'dân số trưởng thành',
    unknown: 'một số mà kế hoạch không nêu',
  } satisfies Record<GoalBasis, string>,
}
