import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { canSomewhere } from '#app/access/policy.ts'
import { forbidden } from '#app/domain/refusal.ts'
import { canReadAccesses } from '#app/queries/access-log.server.ts'
import { keepsEntries } from '#app/queries/agreed-entry.server.ts'
import { canOperate, findGoLive } from '#app/queries/go-live.server.ts'
import { countAdministrators, countGrantRequests } from '#app/queries/grant-request.server.ts'
import { listOwnJobs } from '#app/queries/job.server.ts'
import { setsUp } from '#app/queries/setup-steps.server.ts'
import { formatInstant } from '#app/text/format.ts'
import { jobStateLabels, jobTexts } from '#app/text/job.ts'
import { useLevels } from '#app/ui/levels.ts'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Quản trị · 4 phủ' }]

export const loader = reads(({ actor, campaign, today }, { context }) => {
  const may = {
    accounts: canSomewhere(actor, 'account.view'),
    campaigns: canSomewhere(actor, 'campaign.edit'),
    units: canSomewhere(actor, 'unit.edit'),
    tokens: canSomewhere(actor, 'token.manage'),
    events: canSomewhere(actor, 'event.view'),
    accesses: canReadAccesses(actor),
    operation: canOperate(actor),
    roots: keepsEntries(actor, 'trusted_root'),
    portals: keepsEntries(actor, 'portal_issuer'),
    setup: setsUp(actor),
  }
  if (!Object.values(may).some(Boolean)) throw forbidden()
  const openItems = may.operation ? findGoLive(actor, context).open : 0
  const grants = may.accounts
    ? {
        isAlone: countAdministrators(today) < 2,
        waiting: countGrantRequests(actor),
      }
    : { isAlone: false, waiting: 0 }
  return { may, campaign, openItems, grants, jobs: listOwnJobs(actor) }
})

export default function AdministrationPage() {
  const loaded = useLoaderData<typeof loader>()
  const { openItems, grants, jobs } = loaded
  const pages = pagesOf(loaded, useLevels().belowInFull)
  return (
    <div className="narrow stack">
      <PageHeading title="Quản trị" />
      {openItems === 0 ? null : (
        <Notice kind="warning" title={`Còn ${openItems} việc trước khi vận hành chính thức`}>
          <Link to="/quan-tri/van-hanh">Xem từng việc</Link>
        </Notice>
      )}
      {grants.isAlone ? (
        <Notice kind="warning" title="Hệ thống mới có một quản trị">
          Vai trò của cơ quan cấp tỉnh, và vai trò quản trị cấp cho tài khoản do chính mình mở hoặc đặt lại, chờ đến khi
          có quản trị thứ hai. Người vận hành tạo trên máy chủ bằng lệnh:{' '}
          <code>npm run account:create -- &lt;tên đăng nhập&gt; &lt;tên hiển thị&gt;</code>
        </Notice>
      ) : null}
      <Sheet>
        <RowList>
          {pages.map(page => (
            <Row key={page.to} title={<Link to={page.to}>{page.title}</Link>} detail={page.detail} />
          ))}
        </RowList>
      </Sheet>
      {jobs.length === 0 ? null : (
        <Sheet title="Công việc anh/chị đã khởi chạy" note="mới nhất ở trên">
          <RowList>
            {jobs.map(job => (
              <Row
                key={job.id}
                title={<Link to={`/cong-viec/${job.id}`}>{jobTexts[job.kind].name}</Link>}
                detail={formatInstant(job.createdAt)}
                aside={jobStateLabels[job.state]}
              />
            ))}
          </RowList>
        </Sheet>
      )}
    </div>
  )
}

/** Lists the pages that this account may open, with what each is for. */
function pagesOf({ may, campaign, grants }: ReturnType<typeof useLoaderData<typeof loader>>, below: string) {
  return [
    may.accounts && {
      to: '/quan-tri/tai-khoan',
      title: 'Tài khoản và vai trò',
      detail: 'Tìm tài khoản, cấp và kết thúc vai trò, khóa và mở lại, cấp mã kích hoạt.',
    },
    may.accounts && {
      to: '/quan-tri/vai-tro',
      title: 'Vai trò chờ người thứ hai đồng ý',
      detail: grants.waiting === 0 ? 'Không có vai trò nào chờ.' : `${grants.waiting} vai trò chờ.`,
    },
    may.accounts && {
      to: '/quan-tri/tai-khoan/tu-nhan',
      title: 'Tài khoản đã tự nhận',
      detail: 'Ghi những người đã tự nhận tài khoản, vai trò do một quản trị khác lập hoặc đặt lại.',
    },
    may.campaigns && {
      to: '/quan-tri/dot',
      title: 'Các đợt cao điểm',
      detail: 'Danh sách các đợt, tạo đợt mới.',
    },
    may.campaigns && {
      to: `/quan-tri/dot/${campaign.id}`,
      title: 'Quy định của đợt đang xem',
      detail: `KH ${campaign.code}, phiên bản ${campaign.version}: thời gian, chỉ tiêu, cách xét.`,
    },
    may.campaigns && {
      to: `/quan-tri/dot/${campaign.id}/chi-tieu`,
      title: 'Phụ lục chỉ tiêu của đợt đang xem',
      detail: `Các chỉ tiêu của kế hoạch theo ${below}.`,
    },
    may.setup && {
      to: '/quan-tri/thiet-lap',
      title: 'Thiết lập ban đầu',
      detail: 'Các bước từ máy chủ trống đến ngày vận hành: ai làm, làm ở đâu, đã đến đâu.',
    },
    may.campaigns && {
      to: '/quan-tri/tinh',
      title: 'Tên gọi của tỉnh',
      detail: 'Tên, địa danh và cơ quan viễn thông mà văn bản, trang công khai dùng.',
    },
    may.units && {
      to: '/quan-tri/don-vi',
      title: 'Cơ quan, đơn vị',
      detail: 'Thêm, đổi tên, chuyển, ngừng hoạt động.',
    },
    may.tokens && {
      to: '/quan-tri/ma-truy-cap',
      title: 'Mã truy cập giao diện số liệu',
      detail: 'Cấp và thu hồi mã cho phần mềm khác đọc, ghi số liệu.',
    },
    may.roots && {
      to: '/quan-tri/chung-thu-goc',
      title: 'Chứng thư gốc tin cậy',
      detail: 'Những chứng thư mà chữ ký số được kiểm tra đến, loại chữ ký theo đơn vị cấp, danh sách thu hồi.',
    },
    may.portals && {
      to: '/quan-tri/cong-dich-vu-cong',
      title: 'Trang đăng nhập của cổng dịch vụ công',
      detail: 'Trang nào là của cổng quốc gia, cổng tỉnh: đăng nhập ở đó là tự chứng minh.',
    },
    may.operation && {
      to: '/quan-tri/van-hanh',
      title: 'Trước khi vận hành chính thức',
      detail: 'Việc đã xong, việc còn lại, kèm văn bản; những điều hệ thống tự kiểm tra.',
    },
    may.operation && {
      to: '/quan-tri/nhac-may',
      title: 'Nhắc việc qua máy',
      detail: 'Bật hoặc tắt tin nhắc trống trên điện thoại, máy tính của người được nhắc.',
    },
    may.operation && {
      to: '/huong-dan/van-hanh',
      title: 'Hướng dẫn vận hành',
      detail: 'Cài đặt, nâng cấp, sao lưu, khôi phục, đổi khóa, xử lý sự cố.',
    },
    may.events && { to: '/nhat-ky', title: 'Nhật ký', detail: 'Mọi thay đổi, ai làm, lúc nào; kiểm tra chuỗi mã băm.' },
    may.accesses && {
      to: '/nhat-ky/truy-cap',
      title: 'Lượt mở dữ liệu người dân',
      detail: 'Ai đã mở, in hoặc tải dữ liệu của người dân, lúc nào.',
    },
  ].filter(page => page !== false)
}
