/** Long work by its kind: its name, and what its progress counts. */
export const jobTexts = {
  roster_plan: { name: 'Đọc danh sách người thực hiện', counted: 'dòng' },
  roster_apply: { name: 'Nhập danh sách người thực hiện', counted: 'người' },
  rejudge: { name: 'Xét lại đợt cao điểm', counted: 'người dân và người thực hiện' },
  extract_read: { name: 'Đọc số liệu trích xuất', counted: 'dòng, người dân' },
  extract_apply: { name: 'Áp dụng số liệu trích xuất', counted: 'người dân' },
  extract_undo: { name: 'Hủy áp dụng số liệu trích xuất', counted: 'người dân' },
  inspection_draw: { name: 'Chọn mẫu kiểm tra', counted: 'trường hợp' },
  worklist_plan: { name: 'Đọc danh sách người dân cần hỗ trợ', counted: 'dòng' },
  worklist_apply: { name: 'Nhập danh sách người dân cần hỗ trợ', counted: 'người dân' },
  help_plan: { name: 'Đọc danh sách trường hợp đã hỗ trợ', counted: 'dòng' },
  help_apply: { name: 'Nhập trường hợp đã hỗ trợ', counted: 'trường hợp' },
  digest: { name: 'Gửi thư nhắc việc', counted: 'người' },
  closing: { name: 'Tính kết quả xét của đợt', counted: 'người và tập thể' },
  replay: { name: 'Tính thử theo phương án khác', counted: 'người và tập thể' },
  round_papers: { name: 'Lập văn bản của đợt xét', counted: 'văn bản' },
  demo_load: { name: 'Tạo dữ liệu mẫu', counted: 'bản ghi' },
} as const

export const jobStateLabels = {
  queued: 'Đang chờ',
  running: 'Đang chạy',
  done: 'Đã xong',
  failed: 'Dừng giữa chừng',
} as const

const FAILURES: Record<string, string> = {
  plan_changed: 'Dữ liệu đã thay đổi từ lúc xem trước nên chưa có gì được ghi. Anh/chị xem trước lại rồi áp dụng.',
  worker_died:
    'Công việc này đã được chạy ba lần, cả ba lần máy chủ dừng đột ngột giữa chừng, nên không chạy tiếp nữa. Phần đã ghi vẫn đúng. Anh/chị báo quản trị trước khi chạy lại.',
  mail_server:
    'Chưa gửi được thư: máy chủ thư không trả lời hoặc chưa xác thực được. Hệ thống tự gửi lại sau; quản trị xem nhật ký máy chủ.',
}

/** Explains why a job failed, by the code that it left; a failure without a known code is a fault of the system. */
export function explainJobFailure(reason: string): string {
  return (
    FAILURES[reason] ??
    'Hệ thống gặp lỗi khi xử lý. Phần đã ghi vẫn đúng, phần còn lại chưa thực hiện. Anh/chị chạy lại; nếu vẫn dừng, báo quản trị.'
  )
}
