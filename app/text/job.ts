/** Long work by its kind: its name, and what its progress counts. */
export const jobTexts = {
  roster_apply: { name: 'Nhập danh sách người thực hiện', counted: 'người' },
  rejudge: { name: 'Xét lại đợt cao điểm', counted: 'người dân và người thực hiện' },
  demo_load: { name: 'Tạo dữ liệu mẫu', counted: 'bản ghi' },
} as const

export const jobStateLabels = {
  queued: 'Đang chờ',
  running: 'Đang chạy',
  done: 'Đã xong',
  failed: 'Dừng giữa chừng',
} as const
