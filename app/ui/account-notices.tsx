import { Link } from '@remix-run/react'
import { explainVouchers } from '#app/text/account.ts'
import { formatDay, formatInstant } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Notice } from './notice.tsx'

/** What an account's owner must see: queries' `listAccountNotices`. */
type AccountNotice =
  | { kind: 'own_reset' | 'root_head_reset'; name: string; by: string; at: number }
  | { kind: 'asleep'; role: keyof typeof labels.role; unitName: string; by: string[] }
  | { kind: 'keys_announced'; campaignId: number; code: string; fromOn: string }

/** Tells of a replaced password and of keys that are to be destroyed, above every page. */
export function AccountNotices({ notices }: { notices: readonly AccountNotice[] }) {
  return notices.map(notice =>
    notice.kind === 'asleep' ? (
      <Notice
        kind="warning"
        key={`asleep ${notice.role} ${notice.unitName}`}
        title={`Vai trò ${labels.role[notice.role]} tại ${notice.unitName} chờ một người nữa xác nhận`}
      >
        {explainVouchers(notice.by)} Trong khi chờ, anh/chị vẫn ghi việc của mình như thường.
      </Notice>
    ) : notice.kind === 'keys_announced' ? (
      <Notice kind="warning" key={`keys ${notice.campaignId}`} title={`Có đề nghị hủy dữ liệu đợt ${notice.code}`}>
        Xác nhận được từ {formatDay(notice.fromOn)}, trước đó cơ quan thường trực hoặc quản trị rút được.{' '}
        <Link to={`/quan-tri/dot/${notice.campaignId}/huy-khoa`}>Xem đề nghị</Link>
      </Notice>
    ) : (
      <Notice kind="warning" key={`${notice.kind} ${notice.at}`} title="Mật khẩu vừa được đặt lại">
        {notice.kind === 'own_reset' ? 'Mật khẩu của anh/chị' : `Mật khẩu của ${notice.name}`} được đặt lại{' '}
        {formatInstant(notice.at)} bằng mã do {notice.by} cấp.{' '}
        {notice.kind === 'own_reset'
          ? 'Nếu không phải anh/chị nhận mã, anh/chị báo ngay cấp trên hoặc quản trị.'
          : 'Nếu người này không tự đề nghị, anh/chị báo ngay cơ quan thường trực.'}
      </Notice>
    ),
  )
}
