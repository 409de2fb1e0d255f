import { formatNumber } from './format.ts'

/** A message about what has just been done; `figure` is the whole number that its parameter carries. */
type Text = string | ((figure: number) => string)

type Kind = 'info' | 'success' | 'warning' | 'error'
type Saying<T extends Text = Text> = { kind: Kind; text: T; title?: string }

const saying =
  (kind: Kind) =>
  <T extends Text>(text: T, title?: string): Saying<T> => ({ kind, text, title })
const [info, success, warning, error] = [saying('info'), saying('success'), saying('warning'), saying('error')]

/** Notices by page and by the parameter that asks for them. A part `:…Id` of a page's address is digits. */
export const NOTICES = {
  '/can-bo/:officialId': {
    'da-nhac': success(people =>
      people === 0
        ? 'Hôm nay người này đã được nhắc, hoặc không còn việc thiếu của mình.'
        : 'Đã nhắc. Người này thấy lời nhắc khi mở ứng dụng và trong thư nhắc hằng ngày, nếu đã đăng ký.',
    ),
    'da-chuyen': success('Đã ghi vị trí công tác mới.'),
    'cho-tiep-nhan': success('Đã gửi đề nghị chuyển. Người này ở đơn vị cũ cho đến khi đơn vị nhận tiếp nhận.'),
    'da-rut': success('Đã rút đề nghị chuyển.'),
    'da-sua': success('Đã sửa, số liệu liên quan đã cập nhật.'),
    'cho-gop': success('Đã gửi đề nghị gộp. Hai hồ sơ giữ như cũ đến khi được xác nhận.'),
    'cho-xac-nhan': success('Đã ghi. Phần cần xác nhận đang chờ; đến khi đó số cũ vẫn dùng.'),
    'da-nhap-ho': success('Đã lưu trường hợp nhập hộ. Người khác trong đơn vị sẽ xác nhận.'),
  },
  '/cam-ket': { 'da-ky': success('Đã ký cam kết.') },
  '/dang-nhap': {
    'hai-lop': info(
      'Anh/chị đăng nhập lại; hệ thống sẽ hướng dẫn cài ứng dụng xác thực trên điện thoại.',
      'Vai trò của anh/chị cần xác thực hai lớp',
    ),
    'het-han': warning('Lần đăng nhập trước đã quá 5 phút. Anh/chị đăng nhập lại.'),
    'con-lai': error(left => `Mã PIN chưa đúng. Còn ${left} lần thử.`),
    cho: error('Đã thử sai nhiều lần. Anh/chị chờ ít phút rồi thử lại.'),
  },
  '/di-cung': { 'da-ghi': success(visits => `Đã ghi ý kiến của anh/chị về ${formatNumber(visits)} lần đi cùng.`) },
  '/quan-tri/chung-thu-goc': {
    'da-them': success('Đã nhập. Chứng thư có hiệu lực khi quản trị thứ hai đồng ý.'),
    'da-dong-y': success('Đã đồng ý. Từ nay chữ ký số được kiểm tra đến chứng thư này.'),
    'da-thoi': success('Đã thôi tin cậy. Chữ ký kiểm tra từ nay không dựa vào chứng thư này.'),
    'da-them-loai': success('Đã nhập. Loại này được dùng khi quản trị thứ hai đồng ý.'),
    'da-dong-y-loai': success('Đã đồng ý. Các tệp đã lưu được xem lại theo bảng loại ngay sau đây.'),
    'da-thoi-loai': success('Đã thôi dùng. Các tệp đã lưu được xem lại theo bảng loại ngay sau đây.'),
    'da-them-danh-sach': success('Đã nhập danh sách thu hồi. Các tệp đã lưu được xem lại ngay sau đây.'),
  },
  '/quan-tri/cong-dich-vu-cong': {
    'da-them': success('Đã nhập. Trang đăng nhập này có giá trị chứng minh khi quản trị thứ hai đồng ý.'),
    'da-dong-y': success('Đã đồng ý. Trong những ngày đã ghi, đăng nhập tại đây chứng minh nội dung của cổng.'),
    'da-thoi': success('Đã thôi dùng. Điều đã chứng minh vẫn giữ nguyên.'),
  },
  '/quan-tri/dot/:campaignId': { 'da-xem': success('Đã ghi là đã xem lại.') },
  '/quan-tri/dot/:campaignId/chi-so': { 'da-luu': success('Đã lưu chỉ tiêu.'), 'da-bo': success('Đã bỏ chỉ tiêu.') },
  '/danh-gia/muc-tieu': {
    'da-luu': success(saved =>
      saved === 0 ? 'Không có số nào thay đổi.' : `Đã lưu ${formatNumber(saved)} số được trừ.`,
    ),
  },
  '/quan-tri/dot/:campaignId/dieu-khoan': { 'da-luu': success('Đã lưu điều khoản của kế hoạch.') },
  '/quan-tri/dot/:campaignId/ten-goi': { 'da-luu': success('Đã lưu tên gọi trong kế hoạch.') },
  '/dia-ban/:code/so-lieu': {
    'da-luu': success(saved => (saved === 0 ? 'Không có số nào thay đổi.' : `Đã lưu ${formatNumber(saved)} số liệu.`)),
  },
  '/diem-thu-nhan/:pointId': {
    'da-them': success('Đã thêm điểm. Lịch của điểm đã công khai.'),
    'da-huy': success(
      'Đã hủy điểm. Trang công khai không còn điểm này; người đã mở trang trước đó có thể còn thấy đến khoảng 10 phút.',
    ),
    'da-luu': success('Đã lưu số liệu ngày.'),
  },
  '/don-vi/:unitId': {
    'da-nhac': success(people =>
      people === 0
        ? 'Những người này đã được nhắc hôm nay, hoặc không còn việc thiếu của mình.'
        : `Đã nhắc ${formatNumber(people)} người. Họ thấy lời nhắc khi mở ứng dụng và trong thư nhắc hằng ngày, nếu đã đăng ký.`,
    ),
  },
  '/don-vi/:unitId/bao-cao': {
    'da-nhac': success(units =>
      units === 0
        ? 'Các đơn vị này đã được nhắc trong hôm nay hoặc vừa ký báo cáo.'
        : `Đã nhắc ${formatNumber(units)} đơn vị. Đơn vị thấy ở Việc cần làm và trong thư hằng ngày.`,
    ),
  },
  '/don-vi/:unitId/bao-cao/:period': {
    'da-ky': success('Đã ký. Số liệu của bản này không thay đổi nữa.'),
    'da-rut-chu-ky': success('Đã rút chữ ký. Bản này trở lại thành bản soạn.'),
    'da-luu': success('Đã lưu bản soạn.'),
  },
  '/don-vi/:unitId/nguoi-thuc-hien': {
    'da-chuyen': success('Đã ghi vị trí công tác mới; người này nay thuộc đơn vị khác.'),
  },
  '/don-vi/:unitId/cam-ket': {
    'da-luu': success(people => `Đã lưu bản quét làm cam kết của ${formatNumber(people)} người.`),
    'da-luu-giu': warning(
      people =>
        `Đã lưu bản quét làm cam kết của ${formatNumber(people)} người. Những người còn lại đã tự ký cam kết cao hơn danh sách và giữ bản tự ký.`,
    ),
  },
  '/don-vi/:unitId/chi-tieu': {
    'da-giao': success(people => `Đã giao chỉ tiêu cho ${formatNumber(people)} người.`),
    'dang-xet-lai': success(
      'Chỉ tiêu của mọi người trong địa bàn đang được tính lại, số liệu thay đổi trong ít phút.',
      'Đã ghi quyết định',
    ),
  },
  '/don-vi/:unitId/chuyen': {
    'da-tiep-nhan': success('Đã tiếp nhận, vị trí mới có hiệu lực từ ngày đề nghị.'),
    'khong-tiep-nhan': success('Đã trả lời không tiếp nhận. Người này vẫn ở đơn vị cũ.'),
    'da-rut': success('Đã rút đề nghị chuyển.'),
  },
  '/don-vi/:unitId/dau-moi': { 'da-cu': success('Đã cử đầu mối.') },
  '/don-vi/:unitId/diem-thu-nhan': { 'da-nhap': success(days => `Đã lưu ${formatNumber(days)} ngày.`) },
  '/don-vi/:unitId/tu-nhan': {
    'da-ghi': success(people => `Đã ghi: ${formatNumber(people)} người đã tự nhận tài khoản.`),
  },
  '/don-vi/:unitId/giao-chi-tieu': { 'da-giao': success('Đã giao chỉ tiêu.') },
  '/don-vi/:unitId/mien-giam': {
    'da-de-nghi': success('Đã ghi đề nghị, chờ người có thẩm quyền quyết định.'),
    'da-quyet-dinh': success('Đã ghi quyết định, số liệu của đơn vị đã cập nhật.'),
    'da-bo-sung': success('Đã lưu bản chụp văn bản.'),
  },
  '/don-vi/:unitId/phan-cong': {
    'da-nhap': success(rows => `Đã nhập ${formatNumber(rows)} dòng của danh sách.`),
    'da-chia': success(citizens => `Đã phân công ${formatNumber(citizens)} người dân.`),
  },
  '/don-vi/:unitId/phan-cong/chia': {
    'da-doi': warning('Danh sách vừa thay đổi nên chưa chia. Anh/chị xem lại kết quả dưới đây.'),
  },
  '/don-vi/:unitId/phan-cong/nhap/:batchId': {
    'da-doi': warning('Dữ liệu đã thay đổi từ lúc xem trước nên chưa nhập ai. Anh/chị xem lại danh sách dưới đây.'),
  },
  '/don-vi/:unitId/to/:teamId': {
    'da-moi': success('Đã mời. Họ tên hiện khi người ấy hoặc đơn vị của họ đồng ý.'),
  },
  '/don-vi/:unitId/tranh-chap': {
    'da-quyet-dinh': success('Đã ghi quyết định, số liệu của hai bên đã cập nhật.'),
    'khong-con': info('Đề nghị này đã có quyết định hoặc không còn cần quyết định.'),
  },
  '/don-vi/:unitId/truong-hop/nhap/:helpBatchId': {
    'da-doi': warning(
      'Bảng dưới đây đã được kiểm tra lại, anh/chị xem rồi nhập.',
      'Dữ liệu đã thay đổi từ lúc xem trước nên chưa ghi dòng nào',
    ),
  },
  '/don-vi/:unitId/tuyen-truyen': {
    'da-luu': success('Đã ghi hoạt động.'),
    'da-nhap': success(activities => `Đã nhập ${formatNumber(activities)} hoạt động mới.`),
    'da-rut': success('Đã rút hoạt động khỏi số liệu.'),
  },
  '/don-vi/:unitId/xac-nhan': {
    'da-xac-nhan': success(count => `Đã xác nhận ${formatNumber(count)} mục.`),
    'da-tra-lai': success(count => `Đã trả lại ${formatNumber(count)} mục kèm lý do.`),
    'da-hoan-tac': success(count => `Đã hoàn tác: ${formatNumber(count)} mục chờ xác nhận như trước.`),
    'khong-hoan-tac': warning(
      'Đã quá 30 giây, hoặc có mục thay đổi sau khi xác nhận, nên chưa hoàn tác. Cần xem lại mục nào, anh/chị mở ra và trả lại.',
    ),
  },
  '/ho-tro': { 'da-luu': success(people => `Đã lưu ${formatNumber(people)} người của buổi hỗ trợ`) },
  '/ho-tro/:helpId': {
    'da-luu': success('Đã lưu.'),
    'khac-danh-sach': warning(
      'Số định danh khác với người trong danh sách được phân công nên người đó vẫn còn trong danh sách. Anh/chị kiểm tra lại số, hoặc báo đơn vị nếu danh sách ghi sai.',
    ),
    'da-dat-lai': info('Nội dung được xét đã thay đổi nên xác nhận trước đó của đơn vị không còn hiệu lực.'),
    'da-de-nghi': success('Đã gửi đề nghị xem xét lại. Trong lúc chờ quyết định, số liệu giữ nguyên.'),
    'da-gui-xem-lai': success('Đã gửi đề nghị xem lại đến cơ quan thường trực. Trong lúc chờ, kết quả xét giữ nguyên.'),
    'da-khoi-phuc': success('Đã khôi phục trường hợp. Đơn vị sẽ xác nhận lại.'),
    'da-rut': success('Đã ghi nhận việc rút. Trường hợp không còn trong số liệu báo cáo và có thể khôi phục.'),
    'da-gan-phieu': success('Đã gắn phiếu vào trường hợp này.'),
    'khong-co-phieu': warning('Không có phiếu chưa dùng với mã này. Anh/chị xem lại mã trên phiếu.'),
  },
  '/ket-thuc': {
    'da-ghi': success('Đã ghi lý do để lại.'),
    'da-bo': success('Đã bỏ lý do; dòng này cần xử lý trước khi kết thúc.'),
    'da-de-nghi': success('Đã đề nghị. Một người khác xác nhận trên trang này.'),
    'da-rut': success('Đã rút đề nghị.'),
  },
  '/khen-thuong/:roundId': {
    'da-lap': success('Đã lập đợt xét.'),
    'da-de-nghi': success(files => `Đã đề nghị ${formatNumber(files)} hồ sơ.`),
    'da-chuyen': success(files => `Đã chuyển tiếp ${formatNumber(files)} hồ sơ.`),
    'da-tra-lai': success(files => `Đã trả lại ${formatNumber(files)} hồ sơ.`),
    'da-loai-ra': success(files => `Đã đưa ${formatNumber(files)} hồ sơ ra khỏi danh sách.`),
    'da-hop': success('Đã ghi phiên họp. Biên bản giữ nguyên nội dung này.'),
    'da-bo-sung': success('Đã ghi bổ sung vào biên bản.'),
    'da-mo-lai': success('Đã mở lại danh sách; nhận đề nghị tiếp.'),
    'da-chuyen-ban': success('Đợt xét nay dựa trên kết quả chốt mới nhất.'),
    'da-chot': success('Đã chốt danh sách.'),
    'da-quyet-dinh': success('Đã ghi quyết định.'),
  },
  '/khen-thuong/:roundId/ho-so/:candidateId': {
    'da-de-nghi': success('Đã gửi đề nghị.'),
    'da-ghi': success('Đã ghi.'),
    'da-rut': success('Đã rút đề nghị. Đơn vị đề nghị lại được khi đợt xét còn nhận.'),
  },
  '/khen-thuong/can-cu': {
    'da-them': success('Đã thêm căn cứ.'),
    'da-ket-thuc': success('Đã ghi ngày hết hiệu lực.'),
  },
  '/khen-thuong/muc-thuong': {
    'da-them': success('Đã thêm mức tiền thưởng.'),
    'da-ket-thuc': success('Đã ghi ngày hết áp dụng.'),
  },
  '/khen-thuong/phoi': { 'da-luu': success('Đã lưu vị trí in.') },
  '/kho-khan': {
    'da-gui': success('Đã gửi. Câu trả lời sẽ hiện tại đây.'),
    'da-rut': success('Đã rút nội dung. Nội dung không còn hiện với ai.'),
  },
  '/kho-khan/:difficultyId': {
    'da-tra-loi': success('Đã lưu câu trả lời.'),
    'da-sua': success('Đã lưu nội dung. Người đọc thấy thời điểm sửa.'),
  },
  '/kiem-tra/:inspectionId/phieu/:helpId': { 'da-ghi': success('Đã ghi kết quả. Đây là phiếu tiếp theo.') },
  '/kiem-tra/:inspectionId': {
    'da-chon-mau': success('Đã chọn mẫu. Tổ kiểm tra mở từng phiếu để đi gặp người dân.'),
    'da-ghi': success('Đã ghi kết quả.'),
    'da-ghi-quyet-dinh': success('Đã ghi quyết định thành lập Tổ kiểm tra.'),
    'da-ky': success('Đã ký.'),
    'da-tra-loi': success('Đã ghi trả lời của đơn vị.'),
    'da-ket-luan': success('Đã ghi kết luận.'),
    'da-rut-ket-luan': success('Đã rút kết luận; kết luận cũ vẫn được lưu.'),
  },
  '/kiem-tra/de-nghi': { 'da-quyet-dinh': success('Đã ghi quyết định, số liệu đã cập nhật.') },
  '/kiem-tra/:inspectionId/kien-nghi/:helpId': {
    'da-gui': success('Đã gửi kiến nghị đến cơ quan thường trực.'),
    'da-quyet-dinh': success('Đã ghi quyết định, số liệu đã cập nhật.'),
  },
  '/loi-moi': {
    'da-dong-y': success('Đã đồng ý.'),
    'da-tu-choi': success('Đã từ chối.'),
    'khong-con': info('Lời mời này không còn hiệu lực, hoặc người ấy đã là tổ viên.'),
  },
  '/nghia-vu': {
    'da-ke-khai': success('Đã gửi kê khai, chờ đơn vị xác nhận.'),
    'het-han-som': warning(
      'Đã gửi kê khai. Chứng thư số hết hạn trước ngày kết thúc đợt nên nội dung này sẽ không đạt; anh/chị gia hạn rồi kê khai lại.',
    ),
    'cong-da-chung-minh': success(
      'Đã ghi lần đăng nhập cổng dịch vụ công. Nội dung này đạt, không cần đơn vị xác nhận.',
    ),
    'cong-cho-xac-nhan': info(
      'Đã ghi lần đăng nhập. Cổng không cho biết số định danh trùng với hồ sơ, nên đơn vị xác nhận giúp rồi mới tính là đạt.',
    ),
    'cong-dau-hieu': info(
      'Đã ghi lần đăng nhập như một dấu hiệu. Mức xác thực chưa đủ để chứng minh; anh/chị đăng nhập lại bằng tài khoản định danh mức 2 hoặc kê khai.',
    ),
    'cong-khac-so': warning(
      'Tài khoản vừa đăng nhập không trùng số định danh trong hồ sơ, hoặc đã gắn với người khác, nên chưa ghi. Anh/chị đăng nhập bằng tài khoản của mình; nếu số trong hồ sơ sai, đề nghị đơn vị sửa.',
    ),
    'cong-het-dot': info('Không có đợt đang diễn ra cần nội dung này, nên lần đăng nhập không được ghi.'),
    'cong-khong-mo': warning('Cổng dịch vụ công chưa trả lời. Anh/chị thử lại sau, hoặc kê khai ngày đăng nhập.'),
    'cong-lam-lai': warning('Lần đăng nhập vừa rồi chưa xong. Anh/chị thử lại, hoặc kê khai ngày đăng nhập.'),
  },
  '/phan-cong/:assignmentId': { 'da-luu': success('Đã lưu kết quả liên hệ.') },
  '/quan-tri/danh-sach/:list/:batchId': {
    'da-nhap': success(rows => `Đã ghi ${formatNumber(rows)} dòng của danh sách.`),
    'da-doi': warning(
      'Dữ liệu đã thay đổi từ lúc xem trước nên chưa ghi dòng nào. Anh/chị xem lại danh sách dưới đây.',
    ),
    'da-huy': success(rows => `Đã hủy lần nhập: ${formatNumber(rows)} dòng trở lại như trước.`),
  },
  '/quan-tri/nhac-may': {
    'da-bat': success('Đã bật nhắc việc qua máy.'),
    'da-tat': success('Đã tắt nhắc việc qua máy.'),
  },
  '/quan-tri/don-vi/:unitId/nguoi-ky': {
    'da-them': success('Đã thêm người ký.'),
    'da-ket-thuc': success('Đã ghi ngày thôi ký.'),
  },
  '/quan-tri/tinh': { 'da-them': success('Đã thêm tên gọi.') },
  '/quan-tri/dot/:campaignId/danh-sach': {
    'da-de-nghi': success('Đã đề nghị. Một người khác xác nhận trên trang này.'),
    'da-rut': success('Đã rút đề nghị.'),
    'da-xoa': success(citizens => `Đã hủy dữ liệu của ${formatNumber(citizens)} người dân trong các danh sách.`),
  },
  '/quan-tri/dot/:campaignId/huy-khoa': { 'da-ghi': success('Đã ghi nhận.') },
  '/quan-tri/tai-khoan/tu-nhan': {
    'da-ghi': success(people => `Đã ghi: ${formatNumber(people)} người đã tự nhận tài khoản.`),
  },
  '/quan-tri/vai-tro': {
    'da-ghi': success('Đã ghi.'),
    'da-cap': success(roles => `Đã cấp ${formatNumber(roles)} vai trò của danh sách.`),
    'da-bo': success(roles => `Đã bỏ ${formatNumber(roles)} vai trò của danh sách.`),
  },
  '/quan-tri/van-hanh': { 'da-ghi': success('Đã ghi.') },
  '/sua-ho-so': {
    'da-sua': success('Đã xác nhận, số liệu liên quan đã cập nhật.'),
    'da-tu-choi': success('Đã ghi là không đúng. Mọi thứ giữ như cũ.'),
    'da-rut': success('Đã rút đề nghị.'),
  },
  '/tai-khoan': {
    'da-doi': success('Đã đổi mật khẩu. Các phiên đăng nhập khác và máy được ghi nhớ đã kết thúc.'),
    'da-nho': success('Đã ghi nhớ máy này. Lần sau anh/chị mở bằng mã PIN.'),
    'da-bo': success('Đã bỏ ghi nhớ máy.'),
    'da-ket-thuc': success('Đã kết thúc phiên đăng nhập.'),
  },
  '/tai-khoan/nhac-may': {
    'da-nhan': success('Máy này sẽ hiện lời nhắc khi đơn vị nhắc anh/chị.'),
    'da-bo': success('Máy này không nhận lời nhắc nữa.'),
  },
  '/tai-khoan/thu-nhac': { 'da-luu': success('Đã lưu.') },
  '/uu-dai': {
    'da-ghi': success('Đã ghi nhu cầu của người dân.'),
    'da-them': success('Đã thêm ưu đãi.'),
    'khong-con': info('Không còn nhu cầu nào chờ chuyển. Tệp đã chuyển tải lại được ở mục “Đã chuyển”.'),
    'thieu-mat-khau': error('Anh/chị đặt mật khẩu đủ dài để khóa tệp.'),
  },
  '/van-ban/:paperId': {
    'da-xac-nhan': success('Đã xác nhận người ký. Chữ ký được tính từ bây giờ.'),
    'chua-chon': warning('Anh/chị đánh dấu người cần xác nhận.'),
  },
  '/xem-xet/:caseId': { 'da-ghi': success('Đã ghi vào hồ sơ.') },
  '/xem-xet/vuong-mac': {
    'da-ghi': success('Đã ghi vướng mắc.'),
    'da-rut': success('Đã rút. Vướng mắc không còn tác dụng và vẫn được lưu.'),
  },
  '/yeu-cau': {
    'da-sua': success(requestId => `Đã sửa dữ liệu theo yêu cầu số ${requestId}; người ghi được báo.`),
    'da-xoa': success(requestId => `Đã xóa dữ liệu theo yêu cầu số ${requestId}.`),
  },
} as const satisfies Record<string, Record<string, Saying>>

type Pages = typeof NOTICES

/** The addresses of a page: `/ho-tro/${number}` for '/ho-tro/:helpId'. */
type AddressOf<Page> = Page extends `${infer Head}/:${infer Name}/${infer Rest}`
  ? `${Head}/${Part<Name>}${AddressOf<`/${Rest}`>}`
  : Page extends `${infer Head}/:${infer Name}`
    ? `${Head}/${Part<Name>}`
    : Page
type Part<Name> = Name extends `${string}Id` ? number : string

type PageAt<To> = {
  [Page in keyof Pages]: To extends AddressOf<Page> | `${AddressOf<Page>}?${string}` ? Page : never
}[keyof Pages]

/** The notices of the page at the address `To`. */
export type NoticeAt<To> = [PageAt<To>] extends [never] ? never : keyof Pages[PageAt<To>] & string

/** The figure that a notice asks for: one, or none. */
export type FigureOf<To, Name extends NoticeAt<To>> = Pages[PageAt<To>][Name] extends { text: string }
  ? []
  : [figure: number]

/** The address `to` of a page with one of its notices; a notice of another page, or no figure, does not compile. */
export function noticeTo<To extends string, Name extends NoticeAt<To>>(
  to: To,
  name: Name,
  ...[figure]: FigureOf<To, Name>
): `${To}?${Name}` {
  const value = figure === undefined ? '' : `=${figure}`
  return `${to}${to.includes('?') ? '&' : '?'}${name}${value}` as `${To}?${Name}`
}

const PATTERNS = Object.entries<Record<string, Saying>>(NOTICES).map(([page, notices]) => ({
  pattern: new RegExp(`^${page.replace(/:\w+/g, part => (part.endsWith('Id') ? '\\d+' : '[^/]+'))}$`),
  notices: Object.entries(notices),
}))

/** The notices that an address asks for, in the order of NOTICES; none for a figure that is not a whole number. */
export function noticesAt(pathname: string, search: URLSearchParams) {
  const { notices = [] } = PATTERNS.find(({ pattern }) => pattern.test(pathname)) ?? {}
  return notices.flatMap(([name, { kind, text, title }]) => {
    const value = search.get(name)
    if (value === null) return []
    if (typeof text === 'string') return [{ name, kind, title, text }]
    return /^\d{1,15}$/.test(value) ? [{ name, kind, title, text: text(Number(value)) }] : []
  })
}
