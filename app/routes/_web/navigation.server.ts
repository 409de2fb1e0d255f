import { canSomewhere, type Person } from '#app/access/policy.ts'
import type { Navigation, NavigationItem, Subject } from '#app/ui/navigation.tsx'

/** Entries beside "Khác"; a sixth is "Khác" itself. */
const MOST = 5

/** Pages whose addresses lie below a unit's, and the boards that are views of one. */
const BOARDS = ['/don-vi', '/tong-hop', '/dia-ban', '/doan-the']

/**
 * The subjects that this person has, the most used first: at most five, each with its pages. What is left, and what
 * everybody may open, is under "Khác".
 */
export function navigationOf(actor: Person): Navigation {
  const subjects = [
    subject([{ to: '/', label: 'Hôm nay' }]),
    canSomewhere(actor, 'inspection.check') && subject([{ to: '/kiem-tra', label: 'Kiểm tra' }]),
    ...ownSubjects(actor),
    ...unitSubjects(actor),
    resultSubject(actor),
    evidenceSubject(actor),
    adminSubject(actor),
  ].filter(entry => entry !== false)
  return {
    subjects: subjects.slice(0, MOST),
    rest: [
      ...subjects.slice(MOST),
      ...[
        { to: '/nhac-viec', label: 'Việc cần làm' },
        { to: '/uu-dai', label: 'Ưu đãi' },
        { to: '/kho-khan', label: 'Khó khăn' },
        { to: '/huong-dan', label: 'Hướng dẫn' },
      ].map(page => ({ ...page, pages: [page] })),
    ],
  }
}

/** A subject named by its first page, or by `label`; false without any. */
function subject(pages: readonly (NavigationItem | false)[], label?: string): Subject | false {
  const open = pages.filter(page => page !== false)
  const [first] = open
  return first ? { to: first.to, label: label ?? first.label, pages: open } : false
}

/** An official's own work: three entries, or one where they hold a role besides. */
function ownSubjects(actor: Person): (Subject | false)[] {
  if (actor.officialId === null) return []
  const help = { to: '/ho-tro', label: 'Hỗ trợ' }
  const worklist = { to: '/phan-cong', label: 'Phân công' }
  const own = { to: '/nghia-vu', label: 'Bản thân' }
  return actor.grants.length === 0
    ? [subject([help]), subject([worklist]), subject([own])]
    : [subject([help, worklist, own])]
}

/** The unit that they lead or coordinate, or else the boards that they may read. */
function unitSubjects(actor: Person): (Subject | false)[] {
  const unit = actor.grants.find(grant => grant.role === 'head' || grant.role === 'coordinator')
  if (unit === undefined) {
    const board = canSomewhere(actor, 'unit.view') && subject([{ to: '/tong-hop', label: 'Tổng hợp' }])
    return [board && { ...board, covers: BOARDS }]
  }
  const to = `/don-vi/${unit.unitId}`
  return [
    { to, label: 'Đơn vị', pages: [{ to, label: 'Đơn vị' }], covers: BOARDS },
    subject([{ to: `${to}/xac-nhan`, label: 'Xác nhận' }]),
  ]
}

/** What the work leads to: assessments, commendation, review, the close. */
function resultSubject(actor: Person): Subject | false {
  return subject([
    canSomewhere(actor, 'assessment.view_units') && { to: '/danh-gia', label: 'Đánh giá' },
    canSomewhere(actor, 'round.view') && { to: '/khen-thuong', label: 'Khen thưởng' },
    canSomewhere(actor, 'review.notify') && { to: '/xem-xet', label: 'Hồ sơ xem xét' },
    canSomewhere(actor, 'inspection.view') &&
      !canSomewhere(actor, 'inspection.check') && { to: '/kiem-tra', label: 'Kiểm tra' },
    canSomewhere(actor, 'closing.view') && { to: '/ket-thuc', label: 'Kết thúc đợt' },
  ])
}

/** What records are held against: extracts, and citizens' requests. */
function evidenceSubject(actor: Person): Subject | false {
  return subject([
    canSomewhere(actor, 'extract.view') && { to: '/doi-chieu', label: 'Đối chiếu' },
    canSomewhere(actor, 'citizen_request.handle') && { to: '/yeu-cau', label: 'Yêu cầu' },
  ])
}

function adminSubject(actor: Person): Subject | false {
  return subject([
    (canSomewhere(actor, 'account.manage') || canSomewhere(actor, 'campaign.edit')) && {
      to: '/quan-tri',
      label: 'Quản trị',
    },
    canSomewhere(actor, 'event.view') && { to: '/nhat-ky', label: 'Nhật ký' },
  ])
}
