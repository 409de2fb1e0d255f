import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { boardPages } from './board-views.tsx'
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

/** The pages of a unit in four groups, each page once. */
const GROUPS = {
  'Theo dõi': {
    /** its views (`boardPages`) stand in its place */
    board: { path: '', label: 'Đơn vị', needs: [] },
    reports: { path: '/bao-cao', label: 'Báo cáo', needs: ['reports'] },
  },
  'Người thực hiện': {
    people: { path: '/nguoi-thuc-hien', label: 'Danh sách', needs: ['people'] },
    activation: { path: '/ma-kich-hoat', label: 'Mã kích hoạt', needs: ['activate'] },
    pledges: { path: '/cam-ket', label: 'Danh sách cam kết', needs: ['pledge'] },
    transfers: { path: '/chuyen', label: 'Chuyển đơn vị', needs: ['transfers'] },
    coordinators: { path: '/dau-moi', label: 'Đầu mối', needs: ['appoint'] },
  },
  'Hỗ trợ người dân': {
    confirm: { path: '/xac-nhan', label: 'Xác nhận', needs: ['confirm', 'confirmLast'] },
    records: { path: '/truong-hop', label: 'Trường hợp', needs: ['records'] },
    disputes: { path: '/tranh-chap', label: 'Ghi trùng', needs: ['disputes'] },
    worklist: { path: '/phan-cong', label: 'Phân công', needs: ['worklist'] },
    teams: { path: '/to', label: 'Tổ', needs: ['teams'] },
    outreach: { path: '/tuyen-truyen', label: 'Tuyên truyền', needs: [] },
    points: { path: '/diem-thu-nhan', label: 'Điểm thu nhận', needs: [] },
  },
  'Chỉ tiêu': {
    targets: { path: '/chi-tieu', label: 'Của từng người', needs: ['assign', 'decideArea', 'exempt'] },
    handDown: { path: '/giao-chi-tieu', label: 'Giao xuống', needs: ['handDown'] },
    received: { path: '/chi-tieu/duoc-giao', label: 'Được giao', needs: ['receive'] },
    exemptions: { path: '/mien-giam', label: 'Miễn, giảm', needs: ['exempt', 'people'] },
  },
} as const satisfies Record<string, Record<string, Section>>

type Groups = typeof GROUPS
type SectionKey = { [Group in keyof Groups]: keyof Groups[Group] }[keyof Groups]

const isOpen = ({ needs }: Section, unit: Heading) => needs.length === 0 || needs.some(need => unit.allowed[need])

/** The groups of a unit's pages as far as they are open to the reader; the views of its board are in the first. */
function groupsOf(unit: Heading) {
  const views = boardPages({ unitId: unit.id, localityCode: unit.allowed.locality ? unit.localityCode : null })
  return Object.entries<Record<string, Section>>(GROUPS).flatMap(([label, sections]) => {
    const pages = Object.entries(sections)
      .filter(([, section]) => isOpen(section, unit))
      .flatMap(([key, { path, label }]) =>
        key === 'board' ? views : [{ key, to: `/don-vi/${unit.id}${path}`, label }],
      )
    return pages.length === 0 ? [] : [{ label, pages }]
  })
}

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
  current: SectionKey
  title?: string
  note?: ReactNode
  actions?: ReactNode
}) {
  const base = `/don-vi/${unit.id}`
  const above = unit.above.map(({ id, name, isSeen }) => ({ to: isSeen ? `/don-vi/${id}` : undefined, label: name }))
  return (
    <PageHeading
      title={title ?? unit.name}
      note={note}
      breadcrumbs={title === undefined ? above : [...above, { to: base, label: unit.name }]}
      actions={actions}
      tabs={<UnitPages unit={unit} current={current} />}
    />
  )
}

/** The four groups, and below them the pages of the one that is open. */
function UnitPages({ unit, current }: { unit: Heading; current: SectionKey }) {
  const groups = groupsOf(unit)
  const open = groups.find(({ pages }) => pages.some(({ key }) => key === current))
  return (
    <>
      {groups.length < 2 ? null : (
        <nav className="sections" aria-label="Các trang của đơn vị">
          {groups.map(({ label, pages }) => (
            <Link key={label} to={pages[0]?.to ?? ''} aria-current={label === open?.label ? 'true' : undefined}>
              {label}
            </Link>
          ))}
        </nav>
      )}
      {open === undefined || open.pages.length < 2 ? null : (
        <nav className="views" aria-label={open.label}>
          <ul>
            {open.pages.map(({ key, to, label }) => (
              <li key={key}>
                <Link to={to} aria-current={key === current ? 'page' : undefined}>
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </>
  )
}
