import type {
  AssignmentState,
  Association,
  Block,
  Carrier,
  Category,
  CertificateKind,
  CitizenAnswer,
  CollectiveResult,
  ConsentChannel,
  CountingBasis,
  DifficultyRoute,
  ExemptionPart,
  ExemptionReason,
  HelpPlace,
  LocalityLevel,
  Obligation,
  ObligationState,
  OfficialResult,
  Outcome,
  OutcomeValue,
  ReconsiderationKind,
  ReportKind,
  Role,
  Sex,
  TeamKind,
  TransferState,
  UnitKind,
  VerdictKind,
  VerdictReason,
  WorklistLack,
} from '#app/domain/vocabulary.ts'

/**
 * The Vietnamese of every closed vocabulary, as shown alone in a list, a column or a chip:
 * `labels.category[official.category]`. A word without a label does not compile.
 */
export const labels = {
  reportKind: { weekly: 'Báo cáo tuần', final: 'Báo cáo tổng kết' } satisfies Record<ReportKind, string>,

  difficultyRoute: {
    campaign_office: 'Công an tỉnh',
    telecom_office: 'Cơ quan viễn thông',
  } satisfies Record<DifficultyRoute, string>,

  assignmentState: {
    not_contacted: 'Chưa liên hệ',
    appointment: 'Đã hẹn',
    no_answer: 'Không nghe máy',
    wrong_number: 'Sai số điện thoại',
    submitted: 'Đã thu nhận, chờ duyệt',
    away: 'Đi vắng',
    abroad: 'Ở nước ngoài',
    serving_sentence: 'Đang chấp hành án',
    address_unknown: 'Không rõ nơi ở',
    refused: 'Không đồng ý',
    done: 'Đã hỗ trợ',
  } satisfies Record<AssignmentState, string>,

  worklistLack: {
    id_card: 'Chưa có thẻ căn cước',
    eid_account: 'Chưa có tài khoản định danh',
    eid_activation: 'Chưa kích hoạt tài khoản',
    sim_signature: 'Chưa có SIM chính chủ gắn chữ ký số',
  } satisfies Record<WorklistLack, string>,

  teamKind: {
    digital_community: 'Tổ công nghệ số cộng đồng',
    project_06: 'Tổ Đề án 06',
    volunteer: 'Tổ tình nguyện',
  } satisfies Record<TeamKind, string>,

  block: {
    party: 'Khối Đảng',
    state: 'Khối Nhà nước',
    front: 'Khối Mặt trận, đoàn thể',
    armed_forces: 'Khối lực lượng vũ trang',
    enterprise: 'Khối doanh nghiệp',
  } satisfies Record<Block, string>,

  unitKind: {
    province: 'Cấp tỉnh',
    provincial_agency: 'Sở, ban, ngành, đoàn thể tỉnh',
    district: 'Huyện, thị xã, thành phố',
    department: 'Phòng, ban, đơn vị trực thuộc',
    commune: 'Xã, phường, thị trấn',
    hamlet_team: 'Tổ thôn, ấp, khu phố',
    grassroots: 'Tổ chức cơ sở',
  } satisfies Record<UnitKind, string>,

  localityLevel: {
    province: 'Tỉnh',
    district: 'Huyện, thị xã, thành phố',
    commune: 'Xã, phường, thị trấn',
    hamlet: 'Thôn, ấp, khu phố',
  } satisfies Record<LocalityLevel, string>,

  category: {
    cadre: 'Cán bộ',
    civil_servant: 'Công chức',
    public_employee: 'Viên chức',
    soldier: 'Cán bộ chiến sỹ lực lượng vũ trang',
    part_time: 'Người hoạt động không chuyên trách',
    contract: 'Hợp đồng lao động',
    member: 'Đoàn viên, hội viên',
  } satisfies Record<Category, string>,

  sex: { male: 'Nam', female: 'Nữ' } satisfies Record<Sex, string>,

  association: {
    union: 'Công đoàn',
    youth: 'Đoàn Thanh niên',
    women: 'Hội Phụ nữ',
    farmers: 'Hội Nông dân',
    veterans: 'Hội Cựu chiến binh',
  } satisfies Record<Association, string>,

  obligation: {
    sim_signature: 'SIM chính chủ kèm chữ ký số',
    phone_4g: 'Điện thoại thông minh 4G',
    portal_login: 'Đăng nhập Cổng dịch vụ công',
  } satisfies Record<Obligation, string>,

  exemptionPart: {
    sim_signature: 'SIM chính chủ kèm chữ ký số',
    phone_4g: 'Điện thoại thông minh 4G',
    portal_national: 'Cổng dịch vụ công quốc gia',
    portal_provincial: 'Cổng dịch vụ công của tỉnh',
    quota: 'Chỉ tiêu hỗ trợ người dân',
  } satisfies Record<ExemptionPart, string>,

  obligationState: {
    missing: 'Chưa kê khai',
    declared: 'Đã kê khai, chờ xác nhận',
    confirmed: 'Đơn vị đã xác nhận',
    verified: 'Đã đối chiếu',
    returned: 'Trả lại để bổ sung',
  } satisfies Record<ObligationState, string>,

  exemptionReason: {
    maternity: 'Nghỉ thai sản',
    long_sick: 'Nghỉ ốm dài ngày',
    study: 'Đi học tập trung',
    seconded_out: 'Biệt phái nơi khác',
    retired: 'Nghỉ hưu',
    left: 'Thôi việc, chuyển công tác ra ngoài',
    deceased: 'Đã mất',
    saturated_area: 'Địa bàn không còn người cần hỗ trợ',
    other: 'Lý do khác',
  } satisfies Record<ExemptionReason, string>,

  transferState: {
    asked: 'Chờ tiếp nhận',
    accepted: 'Đã tiếp nhận',
    refused: 'Không tiếp nhận',
    withdrawn: 'Đã rút',
  } satisfies Record<TransferState, string>,

  outcome: {
    vneid_installed: 'Cài đặt ứng dụng VNeID',
    eid_activated: 'Kích hoạt tài khoản định danh điện tử',
    sim_signature: 'SIM chính chủ tích hợp chữ ký số',
    id_card_issued: 'Cấp căn cước công dân',
    eid_submitted: 'Đã thu nhận hồ sơ định danh, chờ phê duyệt',
    phone_4g: 'Điện thoại thông minh 4G',
    portal_account: 'Tài khoản dịch vụ công trực tuyến',
  } satisfies Record<Outcome, string>,

  outcomeValue: {
    achieved: 'Đạt nhờ hỗ trợ',
    already_had: 'Đã có từ trước',
    not_yet: 'Chưa',
  } satisfies Record<OutcomeValue, string>,

  helpPlace: {
    home: 'Tại nhà',
    school: 'Trường học',
    industrial_park: 'Khu công nghiệp',
    one_stop_office: 'Bộ phận Một cửa',
    mobile_point: 'Điểm lưu động',
    other: 'Nơi khác',
  } satisfies Record<HelpPlace, string>,

  carrier: {
    viettel: 'Viettel',
    vinaphone: 'VinaPhone',
    mobifone: 'MobiFone',
    vietnamobile: 'Vietnamobile',
    gmobile: 'Gmobile',
    itel: 'iTel',
    wintel: 'Wintel',
    other: 'Nhà mạng khác',
  } satisfies Record<Carrier, string>,

  certificateKind: {
    sim: 'Chữ ký số trên SIM',
    remote: 'Ký số từ xa trên điện thoại',
    government_token: 'Chữ ký số chuyên dùng của Ban Cơ yếu Chính phủ',
  } satisfies Record<CertificateKind, string>,

  consentChannel: {
    own_phone: 'Trên điện thoại của người dân',
    paper: 'Bằng văn bản',
    spoken_witnessed: 'Bằng lời, có người làm chứng',
  } satisfies Record<ConsentChannel, string>,

  citizenAnswer: {
    yes: 'Đúng',
    no: 'Không đúng',
    not_quite: 'Chưa hẳn đúng',
  } satisfies Record<CitizenAnswer, string>,

  basis: {
    inspection: 'Kiểm tra thực tế',
    extract: 'Số liệu trích xuất',
    citizen: 'Người dân xác nhận qua đường dẫn do cán bộ trao',
    unit: 'Chỉ đơn vị xác nhận',
  } satisfies Record<CountingBasis, string>,

  reconsiderationKind: {
    bar: 'Xem lại việc không được tính',
    day: 'Sửa ngày đã đối chiếu',
  } satisfies Record<ReconsiderationKind, string>,

  role: {
    coordinator: 'Đầu mối',
    head: 'Người đứng đầu',
    inspector: 'Tổ kiểm tra',
    campaign_office: 'Công an tỉnh (thường trực)',
    telecom_office: 'Cơ quan viễn thông',
    home_affairs: 'Sở Nội vụ',
    province_leader: 'Lãnh đạo UBND tỉnh',
    auditor: 'Kiểm toán nhật ký',
    admin: 'Quản trị tài khoản',
  } satisfies Record<Role, string>,

  verdictKind: {
    counts: 'Được tính',
    pending: 'Chờ hoàn thiện',
    rejected: 'Không được tính',
  } satisfies Record<VerdictKind, string>,

  verdictReason: {
    withdrawn: 'Đã rút',
    outside_period: 'Ngoài thời gian đợt cao điểm',
    self_claim: 'Hỗ trợ chính mình',
    citizen_denied: 'Người dân trả lời không đúng',
    inspection_failed: 'Kiểm tra kết luận không đúng thực tế',
    returned: 'Đơn vị trả lại để bổ sung',
    roster_member: 'Người được hỗ trợ thuộc danh sách người thực hiện',
    duplicate_claim: 'Đã được ghi nhận ở trường hợp khác',
    outcome_missing: 'Còn thiếu nội dung hỗ trợ',
    activated_before: 'Tài khoản đã kích hoạt từ trước',
    activated_after: 'Ngày kích hoạt muộn hơn ngày đã ghi',
    not_in_extract: 'Chưa có trong số liệu trích xuất',
    awaiting_confirmation: 'Chờ đơn vị xác nhận',
    verified: 'Được tính, đã đối chiếu',
    confirmed: 'Được tính, đơn vị đã xác nhận',
  } satisfies Record<VerdictReason, string>,

  officialResult: {
    exempt: 'Được miễn',
    responsibility_review: 'Đề nghị xem xét trách nhiệm',
    not_completed_excused: 'Chưa hoàn thành, có lý do được chấp nhận',
    not_completed_open: 'Chưa hoàn thành, chờ giải trình hoặc kết luận',
    not_completed: 'Chưa hoàn thành',
    eligible: 'Đủ điều kiện xét khen thưởng',
    completed: 'Hoàn thành',
  } satisfies Record<OfficialResult, string>,

  collectiveResult: {
    no_consideration: 'Không xem xét thi đua, khen thưởng',
    responsibility_review: 'Đề nghị xem xét trách nhiệm',
    emulation_criterion: 'Đưa vào tiêu chí xét thi đua tập thể',
    eligible: 'Đủ điều kiện xét khen thưởng',
    completed: 'Hoàn thành',
  } satisfies Record<CollectiveResult, string>,
}

/** Head of a name as it was typed, beside the name in title case. */
export const TYPED_NAME = 'Tên lúc nhập'
