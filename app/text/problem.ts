import { INPUT_PROBLEMS, type InputProblem } from '#app/domain/problem.ts'
import { entrySentences } from './entry-problem.ts'
import { roadSentences } from './road-problem.ts'

const inputProblems: Record<InputProblem, string> = {
  not_a_choice: 'Anh/chị chọn một mục trong danh sách.',
  not_a_day: 'Ngày chưa đúng, ví dụ 12/6/2024.',
  not_a_year: 'Năm gồm 4 chữ số, ví dụ 1985.',
  not_a_key: 'Biểu mẫu đã cũ. Anh/chị tải lại trang rồi gửi lại.',
  submission_used:
    'Lần nhập này đã được lưu với nội dung khác. Anh/chị mở danh sách trường hợp để sửa bản đã lưu; nếu là người dân khác, anh/chị nhập thành trường hợp mới.',
  in_future: 'Ngày này chưa đến.',
  day_past: 'Ngày này đã qua. Anh/chị chọn từ hôm nay trở đi.',
  ...roadSentences,
  ...entrySentences,
  figure_out_of_range: 'Số liệu là số nguyên, từ 0 đến 9.999.999.',
  figure_day_outside: 'Ngày số liệu phải trong đợt cao điểm và không sau hôm nay.',
  figure_reason_needed: 'Ngày này đã có số liệu khác. Anh/chị ghi lý do để thay bằng số mới; số cũ vẫn được lưu.',
  figure_decreases: 'Số lũy kế thấp hơn ngày trước đó. Anh/chị kiểm tra lại; nếu đúng, ghi lý do rồi lưu.',
  figure_not_yours: 'Anh/chị không phụ trách chỉ tiêu này của địa bàn này.',
  indicator_code: 'Mã gồm chữ thường không dấu, chữ số và dấu gạch dưới, bắt đầu bằng chữ; ví dụ: so_suc_khoe.',
  indicator_code_taken: 'Đợt này đã có một chỉ tiêu mang mã đó. Anh/chị ghi mã khác.',
  indicators_full: 'Một đợt có nhiều nhất 12 chỉ tiêu. Anh/chị bỏ bớt một chỉ tiêu rồi thêm.',
  indicators_have_figures:
    'Đợt này đã có số liệu chỉ tiêu, nên chỉ sửa được tên gọi và đơn vị tính; nguồn, nội dung liên quan, mục tiêu và thứ tự giữ nguyên.',
  indicator_in_annex: 'Chỉ tiêu này đã có trong phụ lục hoặc đã được giao xuống. Anh/chị đưa phụ lục về 0 rồi bỏ.',
  exception_without_target: 'Phụ lục không giao chỉ tiêu này cho địa bàn, nên không có gì để trừ.',
  exception_exceeds_annex: 'Số người được trừ nhiều hơn số phụ lục giao cho địa bàn. Anh/chị kiểm tra lại.',
  indicator_unknown: 'Đợt này không có chỉ tiêu với mã đó; danh sách có ở phụ lục chỉ tiêu.',
  sharing_does_not_add_up: 'Tổng các phần chưa bằng chỉ tiêu. Anh/chị chỉnh lại cho khớp rồi giao.',
  sharing_without_total: 'Phụ lục không giao chỉ tiêu này cho địa bàn, nên chưa có gì để giao xuống.',
  sharing_unchanged: 'Các phần giống hệt quyết định đang có hiệu lực.',
  layout_without_field: 'Mẫu cần ít nhất một cột có nội dung của hệ thống này.',
  not_an_email: 'Địa chỉ thư chưa đúng. Anh/chị kiểm tra lại.',
  locality_unknown: 'Anh/chị chọn xã, phường, thị trấn trong danh sách.',
  self_claim: 'Đây là số định danh của người thực hiện. Nội dung của bản thân được ghi ở phần việc bản thân thực hiện.',
  outcome_day_needed: 'Nội dung đã đạt cần có ngày đạt.',
  outcome_before_help: 'Ngày đạt sớm hơn ngày hỗ trợ. Nếu có từ trước, anh/chị chọn “Đã có từ trước”.',
  had_after_help: 'Nội dung đã có từ trước thì ngày không muộn hơn ngày hỗ trợ.',
  consent_needed: 'Cần có sự đồng ý của người dân trước khi ghi thông tin.',
  own_record: 'Anh/chị đã ghi người này ở một trường hợp trước. Anh/chị mở trường hợp đó trong mục Hỗ trợ để bổ sung.',
  citizen_fixed:
    'Số định danh của trường hợp này không đổi được nữa. Nếu ghi nhầm người, anh/chị rút trường hợp này rồi ghi trường hợp mới.',
  day_checked:
    'Ngày này đã được đối chiếu với số liệu trích xuất. Anh/chị giữ ngày đã ghi, hoặc gửi đề nghị sửa ngày tại trang của trường hợp.',
  withdrawal_denied: 'Người dân đã trả lời về trường hợp này nên không rút được.',
  reconsideration_open: 'Đề nghị trước của anh/chị đang chờ cơ quan thường trực quyết định.',
  reconsideration_decided: 'Cơ quan thường trực đã quyết định về trường hợp này.',
  reconsideration_unneeded: 'Trường hợp này không có gì cần đề nghị xem lại.',
  day_unchanged: 'Ngày này giống ngày đã ghi. Anh/chị nhập ngày cần sửa thành.',
  own_name_needed: 'Nội dung này cần SIM đăng ký chính chủ.',
  has_4g_needed: 'Nội dung này cần điện thoại kết nối được 4G.',
  certificate_ends_before_start: 'Ngày hết hạn sớm hơn ngày bắt đầu có hiệu lực.',
  target_not_positive: 'Chỉ tiêu là số nguyên từ 1 trở lên.',
  target_lowered_above:
    'Chỉ tiêu thấp hơn mức chung do cấp trên của đơn vị quyết định, kèm văn bản. Anh/chị gửi đề nghị đến cấp trên.',
  target_document_needed: 'Chỉ tiêu thấp hơn mức chung cần có số văn bản quyết định.',
  not_a_number: 'Mục này cần một số.',
  out_of_range: 'Số này nằm ngoài khoảng cho phép.',
  ends_before_start: 'Ngày kết thúc sớm hơn ngày bắt đầu.',
  login_characters:
    'Tên đăng nhập gồm 3 đến 30 chữ cái không dấu, chữ số, dấu chấm hoặc gạch ngang, bắt đầu bằng chữ cái.',
  login_taken: 'Tên đăng nhập này đã có người dùng.',
  code_taken: 'Đã có một đợt cao điểm mang số kế hoạch này.',
  campaigns_overlap:
    'Thời gian trùng với một đợt khác. Nếu đúng là hai đợt cùng chạy, anh/chị đánh dấu ô này rồi bấm lại.',
  already_granted: 'Tài khoản đã có vai trò này tại đơn vị trong thời gian đó.',
  team_has_leader:
    'Tổ đã có tổ trưởng trong thời gian đó. Anh/chị để tổ trưởng hiện nay thôi trước rồi thêm từ ngày hôm sau, hoặc bỏ chọn “Là tổ trưởng”.',
  unit_unknown: 'Anh/chị chọn đơn vị trong danh sách.',
  unit_closed: 'Đơn vị này đã ngừng hoạt động.',
  unit_name_taken: 'Đơn vị cấp trên đã có một đơn vị mang tên này.',
  unit_below_itself: 'Đơn vị không thể trực thuộc chính nó hoặc đơn vị cấp dưới của nó.',
  unit_stays: 'Đơn vị đang trực thuộc nơi này.',
  unit_has_people: 'Còn người công tác tại đơn vị. Anh/chị chuyển họ sang đơn vị khác trước.',
  unit_has_children: 'Còn đơn vị trực thuộc đang hoạt động. Anh/chị chuyển hoặc ngừng các đơn vị đó trước.',
  unit_is_root: 'Đơn vị cấp tỉnh là gốc của cây đơn vị nên không chuyển, không ngừng được.',
  required_not_held: 'Nội dung bắt buộc cần nằm trong các nội dung hỗ trợ của đợt.',
  must_achieve_not_required: 'Nội dung phải đạt nhờ hỗ trợ cần nằm trong các nội dung bắt buộc.',
  parameter_unknown: 'Có tham số mà phần mềm này chưa áp dụng được. Anh/chị bỏ tham số đó rồi lưu lại.',
  nothing_changed: 'Chưa có nội dung nào thay đổi so với phiên bản đang áp dụng.',
  version_moved: 'Quy định vừa có phiên bản mới. Anh/chị tải lại trang rồi sửa trên phiên bản đó.',
  not_forward: 'Ngày mẫu chỉ tiến, không lùi. Anh/chị chọn thời điểm muộn hơn hiện tại.',
  too_far: 'Mỗi lần chỉ tiến nhiều nhất 366 ngày.',
  not_a_count: 'Số người là số nguyên, ví dụ 12.',
  pledge_below_target: 'Số người cam kết không thấp hơn chỉ tiêu được giao.',
  own_pledges_kept:
    'Những người anh/chị chọn đều đã tự ký cam kết cao hơn danh sách này; bản tự ký của họ được giữ. Anh/chị chọn người khác có tên trong danh sách.',
  entry_over:
    'Đã hết ngày nhập số liệu của đợt cao điểm. Nội dung còn thiếu, đơn vị nêu trong phần nhận xét của báo cáo.',
  locality_not_own: 'Anh/chị chọn địa bàn do đơn vị phụ trách; nơi khác do đơn vị phụ trách ở đó ghi.',
  outreach_repeated:
    'Đơn vị đã ghi một hoạt động giống hệt. Nếu đây là hoạt động khác, anh/chị đánh dấu ô “Là hoạt động khác” rồi lưu lại.',
  outside_campaign: 'Ngày này nằm ngoài thời gian của đợt cao điểm.',
  campaign_over: 'Đợt cao điểm đã kết thúc nên không ký cam kết mới.',
  signature_needed: 'Anh/chị đánh dấu vào ô này để ký cam kết.',
  signature_not_taken:
    'Chữ ký số trong tệp chưa dùng được. Anh/chị mở “Ký số bản cam kết” để xem lý do, hoặc gửi minh chứng khác.',
  root_unreadable: 'Tệp chưa đọc được như một chứng thư. Anh/chị gửi tệp .cer, .crt, .der hoặc .pem, không quá 16 KB.',
  root_not_issuer: 'Đây không phải chứng thư gốc: chứng thư gốc tự ký, được phép cấp chứng thư khác và có khóa đủ dài.',
  root_known: 'Chứng thư này đã có trong danh sách.',
  file_kind_unknown: 'Tệp chưa đúng loại. Anh/chị gửi ảnh PNG, JPG, WebP hoặc tệp PDF.',
  file_too_many_pixels: 'Ảnh có kích thước quá lớn. Anh/chị chụp màn hình hoặc thu nhỏ ảnh rồi gửi lại.',
  file_locked: 'Tệp PDF có mật khẩu. Anh/chị gửi tệp không đặt mật khẩu.',
  file_unreadable: 'Không mở được tệp, có thể tệp đã hỏng. Anh/chị gửi lại tệp khác.',
  code_unknown:
    'Mã chưa đúng, đã được dùng hoặc đã hết hạn. Anh/chị xem lại trên phiếu, hoặc nhờ đầu mối của đơn vị cấp mã mới.',
  code_just_used:
    'Mã này vừa được dùng để kích hoạt xong. Anh/chị đăng nhập bằng mật khẩu đã đặt; nếu không phải anh/chị kích hoạt, báo ngay đầu mối của đơn vị.',
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
  invited_enough: 'Hôm nay anh/chị đã mời hoặc tìm đủ 20 người ngoài đơn vị. Mai anh/chị tiếp tục giúp.',
  transfer_waits: 'Người này đang có một đề nghị chuyển chờ đơn vị nhận trả lời. Anh/chị rút đề nghị đó trước.',
  transfer_answered: 'Đề nghị này đã có câu trả lời hoặc đã được rút.',
  transfer_overtaken:
    'Vị trí công tác của người này đã thay đổi từ khi có đề nghị. Anh/chị chọn không tiếp nhận, đơn vị đang quản lý đề nghị lại nếu cần.',
  correction_birth_disagrees:
    'Năm sinh không khớp với số định danh. Anh/chị xem lại; nếu số định danh sai, ghi luôn số đúng ở dưới.',
  correction_sex_disagrees:
    'Giới tính không khớp với số định danh. Anh/chị xem lại; nếu số định danh sai, ghi luôn số đúng ở dưới.',
  correction_nothing: 'Chưa có mục nào khác với dữ liệu đang có. Anh/chị sửa mục cần sửa rồi gửi.',
  correction_waits: 'Mục này đang có một đề nghị chờ xác nhận. Anh/chị rút đề nghị đó trước.',
  correction_answered: 'Đề nghị này đã được trả lời hoặc đã rút.',
  somebodys_number:
    'Số định danh này đang ở một hồ sơ khác. Nếu hai hồ sơ là một người, anh/chị đề nghị gộp hai hồ sơ.',
  somebodys_phone: 'Số điện thoại này đang là của người khác. Anh/chị kiểm tra lại số.',
  merge_not_found: 'Chưa tìm thấy hồ sơ có mã này. Anh/chị xem lại mã cán bộ.',
  merge_over_reach:
    'Một trong hai hồ sơ thuộc đơn vị mà anh/chị không phụ trách. Anh/chị nhờ cấp trên của hai đơn vị đề nghị.',
  merge_account_needed: 'Anh/chị chọn cách đăng nhập được giữ lại.',
  merge_roles_held: 'Tài khoản sẽ kết thúc đang giữ một vai trò. Anh/chị giữ tài khoản đó, hoặc chuyển vai trò trước.',
  merge_in_review: 'Một trong hai hồ sơ đang được xem xét trách nhiệm. Anh/chị gộp sau khi việc xem xét xong.',
  merge_while_closing: 'Kết quả của đợt đang được chốt. Anh/chị gộp sau khi chốt xong.',
  merge_in_inspection:
    'Một trường hợp của hai hồ sơ đang nằm trong mẫu kiểm tra chưa kết thúc. Anh/chị gộp sau khi kiểm tra xong.',
  merge_in_dispute:
    'Hai hồ sơ đang có đề nghị xem lại về cùng một người dân. Anh/chị gộp sau khi đề nghị được quyết định.',
  merge_in_round: 'Một trong hai hồ sơ đang được đề nghị trong một đợt xét. Anh/chị gộp sau khi đợt xét có quyết định.',
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
  sheet_not_opened: 'Anh/chị mở thông tin người dân của phiếu này trước khi ghi kết quả.',
  sheet_checked_meanwhile:
    'Phiếu này đã có kết quả khác sau khi anh/chị mang theo. Anh/chị mở phiếu để xem, nếu cần thì ghi lại.',
  sheet_record_changed:
    'Trường hợp này đã được sửa sau khi anh/chị mang phiếu theo. Anh/chị mở phiếu, xem nội dung mới rồi ghi kết quả.',
  sheet_not_yours:
    'Phiếu này không còn được giao cho anh/chị nên kết quả chưa được ghi. Anh/chị trao đổi với tổ kiểm tra.',
  pin_needed: 'Anh/chị đặt mã PIN cho máy này trước khi mang phiếu theo.',
  results_missing: 'Còn phiếu chưa có kết quả. Anh/chị ghi đủ kết quả rồi ký.',
  signed_already: 'Anh/chị đã ký. Cần một thành viên khác của tổ cùng ký.',
  not_second_signer:
    'Tài khoản của anh/chị và của người đã ký do cùng một người lập hoặc cấp mã. Cần một thành viên khác của tổ cùng ký.',
  not_second_finder:
    'Tài khoản của anh/chị và của người đã ký kết quả do cùng một người lập hoặc cấp mã. Anh/chị nhờ một người khác của cơ quan thường trực kết luận.',
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
  figures_not_seen: 'Anh/chị đánh dấu đã xem số liệu rồi ký.',
  early_reason_needed: 'Kỳ báo cáo chưa hết. Anh/chị ghi lý do ký sớm, hoặc ký từ ngày cuối kỳ.',
  undo_late: 'Đã quá 10 phút từ lúc ký. Nếu cần sửa, anh/chị lập bản đính chính kèm lý do.',
  undo_opened:
    'Cấp trên đã xem bản này hoặc kết quả đã chốt theo bản này. Nếu cần sửa, anh/chị lập bản đính chính kèm lý do.',
  undo_not_newest: 'Chỉ rút được chữ ký của bản mới nhất khi chưa có bản đính chính đang soạn.',
  report_draft_missing: 'Chưa có bản soạn. Anh/chị soạn và lưu trước khi nộp bản ký.',
  document_needs_pdf: 'Bản ký là tệp PDF.',
  more_sent_than_received: 'Tính từ đầu đợt, số hồ sơ chuyển đi nhiều hơn số đã thu nhận.',
  more_approved_than_sent: 'Tính từ đầu đợt, số hồ sơ được duyệt nhiều hơn số đã chuyển đi.',
  outside_point_days: 'Ngày này nằm ngoài thời gian hoạt động của điểm.',
  point_cancelled: 'Điểm này đã hủy.',
  offer_over: 'Ưu đãi này không còn hiệu lực.',
  personal_words:
    'Nội dung này nhiều người đọc được và có vẻ có số điện thoại, số định danh, địa chỉ thư hoặc họ tên. Anh/chị bỏ đi; nếu không phải của ai, đánh dấu ô này rồi gửi lại.',
  push_off: 'Nhắc qua máy đang tắt. Anh/chị vẫn xem việc cần làm khi mở ứng dụng.',
  push_service_unknown:
    'Trình duyệt này nhận tin qua một dịch vụ chưa được phép. Anh/chị dùng trình duyệt khác, hoặc đề nghị quản trị bổ sung dịch vụ.',
  push_enough: 'Anh/chị đã đặt nhận nhắc trên 10 máy. Anh/chị bỏ bớt một máy cũ rồi thêm lại.',
  not_hosts: 'Mỗi dòng là một tên máy chủ, ví dụ push.example.com hoặc *.example.com.',
  wish_known: 'Nhu cầu này của người dân đã được ghi; không cần ghi lại.',
  candidate_step_closed: 'Hồ sơ không còn ở bước này. Anh/chị tải lại trang để xem tình trạng mới nhất.',
  candidate_passed_on: 'Cấp trên đã chuyển tiếp hồ sơ này. Anh/chị đề nghị nơi đang giữ hồ sơ trả lại để sửa hoặc rút.',
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
  proposed_already: 'Đã được đề nghị; mỗi người, mỗi tập thể chỉ đề nghị một lần.',
  outsider_is_official:
    'Người này là người thực hiện trong đợt cao điểm. Đơn vị của họ đề nghị từ danh sách đủ điều kiện, theo hồ sơ của chính họ.',
  outsider_number_needed:
    'Trùng họ tên, năm sinh với một người thực hiện trong đợt. Nếu là người khác, đơn vị ghi số định danh của người được đề nghị để phân biệt; nếu là một người, đơn vị của họ đề nghị từ danh sách.',
  outsider_is_unit: 'Tập thể này là một đơn vị trong hệ thống. Đơn vị đề nghị từ danh sách tập thể đủ điều kiện.',
  birth_year_implausible: 'Năm sinh chưa hợp lý. Anh/chị xem lại năm sinh của người được đề nghị.',
  proposals_over: 'Đã hết thời hạn nhận đề nghị của đơn vị.',
  cap_reached: 'Vượt số lượng tối đa của đợt xét. Anh/chị bỏ bớt trong danh sách đã chọn.',
  candidates_waiting: 'Còn hồ sơ hoặc phụ lục kín chưa được chuyển tiếp, trả lại hoặc ghi kết quả biểu quyết.',
  nobody_proposed: 'Chưa có ai được chuyển vào danh sách.',
  meeting_missing: 'Hội đồng chưa họp về hồ sơ này. Ghi phiên họp, hồ sơ sẽ được chuyển theo biểu quyết.',
  nobody_voted: 'Chưa có ai được Hội đồng chuyển tiếp.',
  achievement_missing: 'Chưa có tóm tắt thành tích của đơn vị.',
  campaign_not_closed: 'Chưa có kết quả xét đã chốt. Đợt xét lập được sau khi kết thúc đợt cao điểm.',
  signer_ended_already: 'Người ký này đã có ngày thôi ký.',
  province_named_later: 'Đã có tên gọi từ ngày đó trở đi. Anh/chị chọn ngày sau ngày bắt đầu của tên gọi gần nhất.',
  basis_ended_already: 'Căn cứ này đã có ngày hết hiệu lực.',
  guarded_person:
    'Danh sách cá nhân của lực lượng vũ trang chỉ hiển thị trong nội bộ đơn vị; đơn vị gửi danh sách theo đường riêng.',
  annex_barred:
    'Trong phụ lục kín có người hiện không đủ điều kiện. Anh/chị trả lại phụ lục để đơn vị lập phụ lục rà soát, đưa người đó ra.',
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
  close_first:
    'Bản tạm được lập trước hạn báo cáo tổng kết. Anh/chị kết thúc đợt trước; kết quả khi đó gồm mọi thay đổi đến nay.',
  close_needs_two: 'Kết thúc đợt cần hai người độc lập: một người đề nghị, một người khác xác nhận.',
  close_items_open: 'Còn nội dung chưa xong và chưa có lý do để lại. Anh/chị xử lý hoặc ghi lý do ở từng dòng.',
  close_proposed: 'Đã có người đề nghị. Một người khác mở trang này để xác nhận.',
  close_not_proposed: 'Chưa có đề nghị nào đang chờ xác nhận.',
  close_same_person: 'Người xác nhận phải khác người đề nghị. Anh/chị nhờ một người khác có quyền mở trang này.',
  close_not_second_person:
    'Tài khoản của anh/chị và của người đề nghị do người này lập cho người kia, hoặc do cùng một người lập, nên chưa tính là hai người độc lập.',
  proposals_run: 'Đợt xét còn nhận đề nghị. Anh/chị đánh dấu đã biết, hoặc chờ hết ngày nhận đề nghị rồi chốt.',
  council_begun: 'Hội đồng đã có ý kiến, hoặc hồ sơ đã chuyển bước nên danh sách không mở lại được.',
  own_candidacy: 'Kết quả này về chính anh/chị. Anh/chị nhờ người khác của Sở Nội vụ ghi phiên họp.',
  version_provisional:
    'Đợt xét đang dựa trên bản tạm, chốt trước hạn báo cáo tổng kết. Anh/chị chuyển đợt xét sang kết quả chốt sau hạn đó, rồi chốt danh sách và ghi quyết định.',
  round_on_newest: 'Đợt xét đã dựa trên kết quả chốt mới nhất.',
  appeals_run: 'Chưa hết thời hạn giải trình, kiến nghị nên danh sách được phân công còn được giữ.',
  appeals_open: 'Còn kiến nghị, tranh chấp hoặc hồ sơ xem xét chưa giải quyết xong nên danh sách còn được giữ.',
  role_too_new:
    'Vai trò của anh/chị được cấp chưa đủ ba ngày nên chưa làm được việc không hoàn tác được. Anh/chị chờ đủ ba ngày, hoặc nhờ người giữ vai trò lâu hơn.',
  being_computed: 'Kết quả đang được tính. Anh/chị chờ xong rồi thực hiện tiếp.',
  late_document_needed:
    'Đã qua ngày nhập cuối. Anh/chị ghi từng trường hợp, kèm số và ngày văn bản cho phép nhập muộn.',
  late_entries_unseen: 'Có trường hợp nhập sau ngày cuối. Anh/chị xem danh sách và đánh dấu trước khi chốt.',
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
