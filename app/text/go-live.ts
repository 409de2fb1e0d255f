import type { BackupFailure } from '#app/domain/backup.ts'
import type { GoLiveItem, InstallationCheck } from '#app/domain/go-live.ts'

/** What each item is, and what counts as its document. */
export const goLiveTexts: Record<GoLiveItem, { title: string; detail: string }> = {
  security_level: {
    title: 'Phê duyệt cấp độ an toàn hệ thống thông tin',
    detail: 'Quyết định phê duyệt hồ sơ đề xuất cấp độ theo Nghị định 85/2016/NĐ-CP.',
  },
  basis_police_extract: {
    title: 'Căn cứ cho số liệu trích xuất của Công an tỉnh',
    detail: 'Văn bản cho phép cung cấp, nêu trường dữ liệu, mục đích và thời hạn lưu.',
  },
  basis_carrier_extract: {
    title: 'Căn cứ cho số liệu trích xuất của nhà mạng',
    detail: 'Văn bản của cơ quan viễn thông và thỏa thuận với từng nhà mạng.',
  },
  basis_public_page: {
    title: 'Căn cứ cho trang công khai',
    detail: 'Văn bản của UBND tỉnh cho phép công khai số liệu tổng hợp theo đơn vị, địa bàn.',
  },
  basis_interface: {
    title: 'Căn cứ cho giao diện số liệu',
    detail: 'Văn bản cho từng phần mềm được cấp mã truy cập; không dùng giao diện thì ghi “không dùng”.',
  },
  impact_assessment: {
    title: 'Hồ sơ đánh giá tác động xử lý dữ liệu cá nhân',
    detail:
      'Điều 24 Nghị định 13/2023/NĐ-CP: lập trước khi xử lý, gửi A05 (Bộ Công an) trong 60 ngày; từ 01/01/2026 đối chiếu thêm Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.',
  },
  keys_escrowed: {
    title: 'Gửi giữ khóa chủ trong hai phong bì',
    detail: 'MASTER_KEY in ra giấy, niêm phong, hai nơi, hai người giữ; biên bản giao nhận.',
  },
  restore_drill: {
    title: 'Diễn tập khôi phục',
    detail: 'Khôi phục bản sao lưu mới nhất sang thư mục khác theo hướng dẫn vận hành; làm lại sau 180 ngày.',
  },
  second_factors: {
    title: 'Xác thực hai lớp của tài khoản có quyền cao',
    detail: 'Công an tỉnh, Sở Nội vụ, quản trị, tổ kiểm tra đều đã cài; danh sách kèm theo.',
  },
  metrics_watched: {
    title: 'Số đo vận hành có người theo dõi',
    detail: 'Cảnh báo đã đặt và đã thử: ai nhận, bằng cách nào.',
  },
  accounts_reviewed: {
    title: 'Rà soát tài khoản và vai trò',
    detail: 'Khóa tài khoản không còn dùng, kết thúc vai trò thừa; làm lại sau ba tháng.',
  },
}

/** What the system checks automatically, and what to do if a check fails. */
export const installationTexts: Record<InstallationCheck, { title: string; remedy: string }> = {
  demo_off: {
    title: 'Không chạy ở chế độ dữ liệu mẫu',
    remedy: 'Bỏ DEMO=1, dùng thư mục dữ liệu trống rồi chạy lại.',
  },
  tls_on: {
    title: 'Địa chỉ dùng HTTPS',
    remedy: 'Đặt nginx ở trước theo tệp mẫu và PUBLIC_URL=https://…',
  },
  backups_apart: {
    title: 'Bản sao lưu nằm trên ổ đĩa khác',
    remedy: 'Gắn ổ đĩa khác và đặt BACKUP_DIR vào đó. Hai phân vùng của một ổ đĩa hỏng cùng nhau, nên tính là một ổ.',
  },
  backup_writable: {
    title: 'Thư mục sao lưu ghi được',
    remedy: 'Kiểm tra BACKUP_DIR: ổ đĩa đã gắn chưa, tài khoản chạy dịch vụ có quyền ghi không.',
  },
  backup_fresh: {
    title: 'Có bản sao lưu đạt kiểm tra trong 26 giờ qua',
    remedy: 'Chạy npm run backup, rồi xem nhật ký của máy chủ vì sao đêm qua không có.',
  },
  replica_fresh: {
    title: 'Bản sao liên tục trên ổ đĩa hoặc máy khác, chậm không quá một phút',
    remedy: 'Cài theo phần “Bản sao liên tục” của hướng dẫn vận hành, đặt REPLICA_DIR hoặc REPLICA_METRICS.',
  },
}

/** Why the last backup failed, and what to do about it. */
export const backupFailureTexts: Record<BackupFailure, string> = {
  folder: 'Thư mục sao lưu không ghi được. Kiểm tra BACKUP_DIR và quyền ghi.',
  disk_full: 'Ổ đĩa sao lưu đã đầy. Dọn bớt hoặc giảm BACKUP_KEEP.',
  interrupted: 'Việc sao lưu bị ngắt giữa chừng; hệ thống tự làm lại.',
  not_whole: 'Tệp vừa tạo bị hỏng. Kiểm tra ổ đĩa.',
  key: 'MASTER_KEY không đúng hoặc chưa đặt.',
  chain_broken: 'Chuỗi nhật ký không khớp. Giữ nguyên máy chủ, xem phần Sự cố của hướng dẫn vận hành.',
  tallies_differ: 'Số liệu không khớp với dữ kiện. Chạy npm run check:tallies và báo nhóm phát triển.',
  other: 'Xem nhật ký của máy chủ để biết nguyên nhân.',
}

/** Says which version runs, for the operator's page; `schema` null: the database is newer than the process. */
export function versionText({ product, schema }: { product: string; schema: { number: number; name: string } | null }) {
  const data = schema === null ? 'mới hơn phiên bản đang chạy' : `số ${schema.number} (${schema.name})`
  return `Phiên bản ${product}, cấu trúc dữ liệu ${data}.`
}
