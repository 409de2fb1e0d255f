import { dayOf } from '#app/domain/calendar.ts'
import type { LoginWord, ShownLogin } from '#app/domain/portal-login.ts'
import { formatDay } from './format.ts'

/** What a kept sign-in says of its part, alone in a chip; null: nothing. */
export const loginLabels: Record<LoginWord, string | null> = {
  proof: 'Đã chứng minh',
  waits: 'Có dấu hiệu',
  sign: 'Có dấu hiệu',
  another: null,
}

/** Says in a sentence what a kept sign-in proves; `part` null: its issuer is no portal's own. */
export function explainLogin({ part, host, signedInAt, word }: ShownLogin): string {
  const did = `Đăng nhập qua ${host} ngày ${formatDay(dayOf(signedInAt))}`
  switch (word) {
    case 'proof':
      return `${did}: việc đăng nhập chứng minh nội dung này.`
    case 'waits':
      return `${did}. Cổng không cho biết số định danh trùng với hồ sơ; đơn vị xác nhận sau lần đăng nhập thì thành chứng minh.`
    case 'sign':
      return part === null
        ? `${did}. Đây không phải trang đăng nhập của cổng dịch vụ công, nên chưa chứng minh.`
        : `${did}. Mức xác thực chưa đủ, nên chưa chứng minh.`
    case 'another':
      return `${did} bằng số định danh khác số trong hồ sơ hiện nay, nên không còn là chứng minh.`
  }
}
