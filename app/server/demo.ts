import { existsSync, renameSync } from 'node:fs'
import { findDemoLoad } from '#app/queries/job.server.ts'
import { useMasterKey } from '#db/keys.server.ts'
import { tryHold, workerLock } from '#db/lock.server.ts'
import { type Refusal, refusalOfFile } from '#db/province-file.server.ts'
import { MIGRATIONS } from '#db/schema-version.server.ts'
import type { Settings } from './settings.ts'

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
  ['quantri2', 'quản trị, người thứ hai'],
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

const REASONS: Record<Refusal['kind'], string> = {
  not_whole: 'tệp hỏng hoặc không phải cơ sở dữ liệu',
  schema: 'tệp do phiên bản khác tạo ra',
  key: 'tệp được mã hóa bằng khóa khác',
}

/**
 * Renames a demo's file that this version or its key cannot use, with the date in its name, and reports it. A demo's
 * data is synthetic, so a new file replaces it. A file that a running server has open stays, and is refused at the
 * start.
 */
export function setUnusableDemoAside({ databaseFile, masterKey }: Settings) {
  if (useMasterKey(masterKey)) return
  const refusal = refusalOfFile(databaseFile, MIGRATIONS)
  if (!refusal) return
  const letGo = tryHold(workerLock(databaseFile))
  if (!letGo) return
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  const aside = databaseFile.replace(/\.sqlite$/, `-${stamp}.sqlite`)
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(databaseFile + suffix)) renameSync(databaseFile + suffix, aside + suffix)
  letGo()
  process.stdout.write(
    `Không dùng được dữ liệu mẫu có sẵn (${REASONS[refusal.kind]}). Đã cất sang ${aside}; dữ liệu mẫu mới đang được tạo.\n`,
  )
}
