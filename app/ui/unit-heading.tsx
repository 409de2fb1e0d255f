import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { PageHeading } from './page.tsx'

/** What the pages of a unit know about the unit: queries' `findUnitHeading`. */
type Heading = {
  id: number
  name: string
  headTitle: string
  localityCode: string | null
  above: readonly { id: number; name: string; isSeen: boolean }[]
  allowed: Record<
    | 'people'
    | 'records'
    | 'confirm'
    | 'confirmLast'
    | 'disputes'
    | 'assign'
    | 'decideArea'
    | 'exempt'
    | 'activate'
    | 'pledge'
    | 'appoint'
    | 'handDown'
    | 'receive'
    | 'locality'
    | 'reports'
    | 'worklist'
    | 'teams'
    | 'transfers',
    boolean
  >
}

type Section = { path: string; label: string; needs: readonly (keyof Heading['allowed'])[] }

const SECTIONS = {
  board: { path: '', label: 'Bảng theo dõi', needs: [] },
  people: { path: '/nguoi-thuc-hien', label: 'Người thực hiện', needs: ['people'] },
  records: { path: '/truong-hop', label: 'Trường hợp', needs: ['records'] },
  confirm: { path: '/xac-nhan', label: 'Xác nhận', needs: ['confirm', 'confirmLast'] },
  disputes: { path: '/tranh-chap', label: 'Xem xét lại', needs: ['disputes'] },
  worklist: { path: '/phan-cong', label: 'Phân công', needs: ['worklist'] },
  teams: { path: '/to', label: 'Tổ', needs: ['teams'] },
  targets: { path: '/chi-tieu', label: 'Chỉ tiêu', needs: ['assign', 'decideArea', 'exempt'] },
  handDown: { path: '/giao-chi-tieu', label: 'Giao chỉ tiêu', needs: ['handDown'] },
  received: { path: '/chi-tieu/duoc-giao', label: 'Chỉ tiêu được giao', needs: ['receive'] },
  exemptions: { path: '/mien-giam', label: 'Miễn, giảm', needs: ['exempt', 'people'] },
  transfers: { path: '/chuyen', label: 'Chuyển đơn vị', needs: ['transfers'] },
  activation: { path: '/ma-kich-hoat', label: 'Mã kích hoạt', needs: ['activate'] },
  pledges: { path: '/cam-ket', label: 'Danh sách cam kết', needs: ['pledge'] },
  reports: { path: '/bao-cao', label: 'Báo cáo', needs: ['reports'] },
  outreach: { path: '/tuyen-truyen', label: 'Tuyên truyền', needs: [] },
  points: { path: '/diem-thu-nhan', label: 'Điểm thu nhận', needs: [] },
  coordinators: { path: '/dau-moi', label: 'Đầu mối', needs: ['appoint'] },
} as const satisfies Record<string, Section>

/**
 * The head of a unit's page: the way down to it, its name, and its other pages as far as they are open to the reader.
 * `title` names the page below the unit's name; without one it is the board.
 */
export function UnitPageHeading({
  unit,
  current,
  title,
  note,
  actions,
}: {
  unit: Heading
  current: keyof typeof SECTIONS
  title?: string
  note?: ReactNode
  actions?: ReactNode
}) {
  const base = `/don-vi/${unit.id}`
  const above = unit.above.map(({ id, name, isSeen }) => ({ to: isSeen ? `/don-vi/${id}` : undefined, label: name }))
  const sections = Object.entries(SECTIONS).filter(
    ([, { needs }]) => needs.length === 0 || needs.some(need => unit.allowed[need]),
  )
  return (
    <PageHeading
      title={title ?? unit.name}
      note={note}
      breadcrumbs={title === undefined ? above : [...above, { to: base, label: unit.name }]}
      actions={actions}
      tabs={
        sections.length < 2 ? null : (
          <nav className="sections" aria-label="Các trang của đơn vị">
            {sections.map(([key, { path, label }]) => (
              <Link key={key} to={`${base}${path}`} aria-current={key === current ? 'page' : undefined}>
                {label}
              </Link>
            ))}
            {unit.allowed.locality ? <Link to={`/dia-ban/${unit.localityCode}`}>Địa bàn</Link> : null}
          </nav>
        )
      }
    />
  )
}
