import { addDays } from '#app/domain/calendar.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { formatDay } from './format.ts'
import { weekdayLabels } from './regulation.ts'
import { allObligations, type CampaignTerms } from './terms.ts'

/** One part of the guide: its readers, and what they do where, in the order in which they do it. */
type GuidePart = {
  id: string
  title: string
  /** a picture of the real screen, with what it shows; absent where there is none */
  picture?: { src: string; alt: string }
  steps: readonly { text: string; to?: string; link?: string }[]
}

/** What the guide names of a campaign; `province`: the code of its province, null where none is entered yet. */
type GuideFacts = {
  terms: CampaignTerms
  regulation: Pick<Regulation, 'endsOn' | 'finalReportOn' | 'weeklyReport'>
  province: string | null
}

/** The user's guide by role. Pages that the reader may not open answer so themselves. */
export const guideOf = ({ terms, regulation, province }: GuideFacts): readonly GuidePart[] => [
  {
    id: 'can-bo',
    title: 'Cán bộ, công chức, viên chức, đoàn viên, hội viên, chiến sỹ',
    picture: {
      src: '/huong-dan/hom-nay.png',
      alt: 'Trang Hôm nay trên điện thoại: vòng tròn số người dân đã hỗ trợ và nút thêm',
    },
    steps: [
      {
        text:
          terms.obligations.length === 0
            ? 'Ký bản cam kết.'
            : `Ký bản cam kết và kê khai ${allObligations(terms)} của bản thân.`,
        to: '/nghia-vu',
        link: 'Bản thân',
      },
      {
        text: 'Mỗi lần hỗ trợ một người dân: quét mã QR trên thẻ hoặc gõ, chọn kết quả, xin đồng ý rồi lưu. Mất mạng vẫn ghi được; trường hợp hiện “chờ gửi” cho đến khi có mạng.',
        to: '/ho-tro/moi',
        link: 'Thêm người dân đã hỗ trợ',
      },
      {
        text: 'Sau khi lưu, mời người dân quét mã và trả lời trên máy của họ. Không trả lời thay.',
        to: '/ho-tro',
        link: 'Hỗ trợ',
      },
      {
        text: 'Đi theo danh sách được phân công: gọi, hẹn, ghi kết quả, kể cả khi không nghe máy hay sai số. Mất mạng vẫn ghi được.',
        to: '/phan-cong',
        link: 'Phân công',
      },
      {
        text: 'Trường hợp chưa được tính luôn ghi rõ lý do, căn cứ và việc cần làm tiếp.',
        to: '/danh-gia/cua-toi',
        link: 'Đánh giá dự kiến của tôi',
      },
    ],
  },
  {
    id: 'don-vi',
    title: 'Đầu mối và người đứng đầu đơn vị',
    picture: {
      src: '/huong-dan/don-vi.png',
      alt: 'Bảng theo dõi của một đơn vị: số liệu, ai còn thiếu gì, chờ xác nhận',
    },
    steps: [
      { text: 'Xem việc đang chờ của đơn vị mỗi sáng.', to: '/nhac-viec', link: 'Việc cần làm' },
      { text: 'Xác nhận trường hợp và nội dung bản thân; những trường hợp khác thường đứng trước, kèm câu hỏi.' },
      {
        text: 'Nhập danh sách người thực hiện, in phiếu kích hoạt, giao chỉ tiêu, đề nghị miễn giảm trên trang của đơn vị.',
      },
      {
        text: 'Nhập danh sách người dân do công an cấp xã cung cấp và chia cho người, tổ; không ai bị giao quá phần của mình.',
      },
      {
        text: `Báo cáo tuần ký trước ${regulation.weeklyReport.hour} giờ ${weekdayLabels[regulation.weeklyReport.weekday - 1]?.toLowerCase()}; báo cáo tổng kết chậm nhất ngày ${formatDay(regulation.finalReportOn)}. Số đã ký không đổi nữa.`,
      },
      {
        text: 'Người đứng đầu ký báo cáo, quyết định đề nghị xem xét lại và giải trình của cán bộ.',
        to: '/xem-xet',
        link: 'Xem xét',
      },
    ],
  },
  {
    id: 'kiem-tra',
    title: 'Tổ kiểm tra',
    steps: [
      {
        text: 'Mở từng phiếu của mẫu đã chọn; mỗi lượt mở thông tin người dân được lưu vào nhật ký.',
        to: '/kiem-tra',
        link: 'Kiểm tra',
      },
      {
        text: 'Nơi đến không có mạng: trước khi đi, trên máy có mã PIN, mở cuộc kiểm tra và chọn “Mang phiếu theo”. Phiếu tự xóa khi gửi kết quả hoặc sau 24 giờ.',
      },
      { text: 'Chưa gặp được thì ghi như vậy, hệ thống chọn thay. Hai người cùng ký mới có kết quả.' },
    ],
  },
  {
    id: 'cong-an',
    title: 'Công an tỉnh (cơ quan thường trực), cơ quan viễn thông',
    steps: [
      {
        text: 'Tải số liệu trích xuất lên, xem trước rồi áp dụng; hủy được bất cứ lúc nào.',
        to: '/doi-chieu',
        link: 'Đối chiếu',
      },
      {
        text: 'Nhập số liệu các chỉ tiêu theo địa bàn, hoặc dán bảng từ hệ thống khác.',
        ...(province === null ? {} : { to: `/dia-ban/${province}`, link: 'Địa bàn' }),
      },
      { text: 'Trả lời khó khăn, vướng mắc; cập nhật ưu đãi của nhà mạng.', to: '/kho-khan', link: 'Khó khăn' },
      {
        text: `Lập tổ và chọn mẫu kiểm tra; lập bản tạm từ ngày ${formatDay(addDays(regulation.endsOn, 1))}, kết thúc đợt từ ngày ${formatDay(addDays(regulation.finalReportOn, 1))}.`,
        to: '/ket-thuc',
        link: 'Kết thúc đợt',
      },
      { text: 'Xử lý yêu cầu của người dân về dữ liệu của mình đúng hạn.', to: '/yeu-cau', link: 'Yêu cầu' },
    ],
  },
  {
    id: 'noi-vu',
    title: 'Sở Nội vụ',
    steps: [
      {
        text: 'Xem ai đủ điều kiện, ai còn thiếu gì và vì sao; thử phương án khác.',
        to: '/danh-gia',
        link: 'Đánh giá',
      },
      { text: 'Theo dõi từng bước xem xét trách nhiệm; ghi vướng mắc có văn bản.', to: '/xem-xet', link: 'Xem xét' },
      {
        text: 'Xác nhận kết thúc đợt; sau đó lập đợt xét, tổng hợp đề nghị, chốt danh sách, tải tờ trình.',
        to: '/khen-thuong',
        link: 'Khen thưởng',
      },
    ],
  },
  {
    id: 'quan-tri',
    title: 'Quản trị, kiểm toán nhật ký',
    steps: [
      { text: 'Cấp tài khoản và vai trò có thời hạn; không ai tự cấp cho mình.', to: '/quan-tri', link: 'Quản trị' },
      {
        text: 'Cài ứng dụng xác thực trên điện thoại khi được hỏi lúc đăng nhập (Công an tỉnh, Sở Nội vụ, tổ kiểm tra, quản trị); in mã dự phòng và cất riêng. Người mất cả hai: gặp trực tiếp rồi đặt lại ở trang tài khoản của họ.',
      },
      { text: 'Giữ thư hằng ngày có đầu chuỗi nhật ký để đối chiếu.', to: '/nhat-ky', link: 'Nhật ký' },
      {
        text: 'Cài đặt, sao lưu, khôi phục, đổi khóa, xử lý sự cố.',
        to: '/huong-dan/van-hanh',
        link: 'Hướng dẫn vận hành',
      },
    ],
  },
]
