import { formatDay } from './format.ts'

export const accountStateLabels = {
  active: 'Đang sử dụng',
  not_activated: 'Chưa kích hoạt',
  disabled: 'Đã khóa',
} as const

/** Says how long a grant lasts, and whether it is in force today. */
export function explainGrant({
  fromOn,
  toOn,
  state,
}: {
  fromOn: string
  toOn: string | null
  state: 'valid' | 'future' | 'ended'
}): string {
  if (toOn !== null && toOn < fromOn) return `Định cấp từ ${formatDay(fromOn)}, đã kết thúc trước khi có hiệu lực`
  const span = toOn === null ? `Từ ${formatDay(fromOn)}` : `Từ ${formatDay(fromOn)} đến hết ${formatDay(toOn)}`
  if (state === 'ended') return `${span}, đã kết thúc`
  return state === 'future' ? `${span}, chưa đến ngày` : span
}

/** Says who may wake a role that sleeps: the names of those who may vouch; none: how a second administrator is made. */
export function explainVouchers(names: readonly string[]): string {
  return names.length === 0
    ? 'Quản trị vừa mở tài khoản vừa cấp vai trò hoặc đặt lại mật khẩu, nên cần một quản trị thứ hai ghi “đã tự nhận tài khoản”; người vận hành tạo trên máy chủ.'
    : `Quản trị vừa mở tài khoản vừa cấp vai trò hoặc đặt lại mật khẩu, nên cần ${names.join(' hoặc ')} ghi “đã tự nhận tài khoản”.`
}

const providerFaults: Record<string, string> = {
  unreachable: 'Chưa kết nối được cổng đăng nhập của tỉnh. Anh/chị thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu.',
  refused: 'Cổng đăng nhập của tỉnh chưa xác nhận lần đăng nhập này. Anh/chị bấm đăng nhập lại.',
  not_ours: 'Lần đăng nhập qua cổng của tỉnh đã hết hạn hoặc đã dùng. Anh/chị bấm đăng nhập lại từ trang này.',
  unknown:
    'Tài khoản của tỉnh này chưa ứng với mã cán bộ nào đang sử dụng. Anh/chị nhờ đầu mối của đơn vị kiểm tra mã cán bộ, hoặc đăng nhập bằng mật khẩu.',
  another:
    'Mã cán bộ này đã gắn với một người khác ở cổng đăng nhập của tỉnh. Nếu mã nay là của anh/chị, anh/chị nhờ đầu mối của đơn vị cấp mã kích hoạt mới rồi kích hoạt trước.',
  unsure:
    'Tài khoản có vai trò cần gắn với cổng đăng nhập của tỉnh một lần. Anh/chị đăng nhập bằng mật khẩu (hoặc mã kích hoạt) ở đây, rồi bấm “Gắn với cổng đăng nhập của tỉnh” trên trang Tài khoản; từ lần sau vào thẳng được.',
}

/** Explains why a sign-in by the province's provider did not succeed, by its code. */
export function explainProviderFault(fault: string): string {
  return providerFaults[fault] ?? 'Chưa đăng nhập được qua cổng của tỉnh. Anh/chị thử lại.'
}

/** Explains why a password was not checked: the tries of its account, or of the whole network address, are used up. */
export function explainSignInLimit({ waitMs, isNetworks }: { waitMs: number; isNetworks: boolean }): string {
  const wait = `Anh/chị chờ ${Math.ceil(waitMs / 60_000)} phút rồi thử lại`
  return isNetworks
    ? `Từ địa chỉ mạng này, nơi nhiều máy cùng dùng, vừa có nhiều lần nhập sai. ${wait}. Máy từng đăng nhập vẫn vào được, và mã kích hoạt vẫn dùng được.`
    : `Đã thử sai nhiều lần. ${wait}, hoặc nhờ đầu mối của đơn vị cấp mã mới.`
}

/** Why a browser does not stay signed in, and what to do. */
export const cookieFaults = {
  address: {
    title: 'Địa chỉ này chưa dùng https',
    text: 'Trình duyệt không giữ đăng nhập ở địa chỉ http. Anh/chị báo quản trị đặt PUBLIC_URL là địa chỉ https của hệ thống.',
  },
  browser: {
    title: 'Trình duyệt chưa giữ cookie',
    text: 'Mật khẩu đúng, nhưng trình duyệt này không lưu cookie nên chưa vào được. Anh/chị bật cookie cho trang này, thoát chế độ ẩn danh hoặc mở bằng trình duyệt khác rồi đăng nhập lại.',
  },
}
