import { findDemoLoad } from '#app/queries/job.server.ts'

const ACCOUNTS: readonly [login: string, role: string][] = [
  ['canbo', 'cán bộ, UBND xã Tân Thành'],
  ['daumoi', 'đầu mối, UBND xã Tân Thành'],
  ['thutruong', 'người đứng đầu, UBND xã Tân Thành'],
  ['truonghuyen', 'người đứng đầu, thành phố Đồng Xoài'],
  ['kiemtra', 'tổ kiểm tra'],
  ['kiemtra2', 'tổ kiểm tra, người ký thứ hai'],
  ['congan', 'Công an tỉnh (cơ quan thường trực)'],
  ['stttt', 'Sở Thông tin và Truyền thông'],
  ['noivu', 'Sở Nội vụ'],
  ['lanhdao', 'lãnh đạo UBND tỉnh'],
  ['kiemtoan', 'kiểm toán nhật ký'],
  ['quantri', 'quản trị'],
]

const BAR = 30

/** Shows on the terminal how the synthetic province is loading, then where it is and who may sign in. */
export function announceDemo(address: string) {
  const job = findDemoLoad()
  if (job?.state === 'failed') {
    process.stdout.write(`\nChưa tạo được dữ liệu mẫu: ${job.result}\n`)
    return
  }
  if (job?.state === 'done') {
    const accounts = ACCOUNTS.map(([login, role]) => `  ${login.padEnd(12)} ${role}`).join('\n')
    process.stdout.write(`\n${address}\nMật khẩu chung: demo-4phu\n${accounts}\n`)
    return
  }
  const share = job && job.total > 0 ? job.done / job.total : 0
  const bar = '█'.repeat(Math.round(share * BAR)).padEnd(BAR, '░')
  process.stdout.write(`\rĐang tạo dữ liệu mẫu ${bar} ${Math.floor(share * 100)}%`)
  setTimeout(() => announceDemo(address), 500).unref()
}
