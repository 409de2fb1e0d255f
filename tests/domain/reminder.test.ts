import { describe, expect, it } from 'vitest'
import {
  auditReminders,
  daysOverdue,
  homeAffairsReminders,
  inDueOrder,
  inspectorReminders,
  leaderReminders,
  nextDate,
  type OfficeSums,
  type OwnSums,
  officeReminders,
  operatingReminders,
  ownReminders,
  type Reminder,
  stepReminders,
  telecomReminders,
  type UnitSums,
  unitReminders,
} from '#app/domain/reminder.ts'
import { ownState } from '#app/domain/standing.ts'
import { OBLIGATION_PARTS, type ObligationPart, type PartStanding, recordOf } from '#app/domain/vocabulary.ts'
import { ownSentence } from '#app/text/home.ts'
import { reminderAct, reminderDue, reminderLine, reminderWhat } from '#app/text/reminder.ts'

const TODAY = '2024-06-12'
const ON = { startsOn: '2024-04-04', endsOn: '2024-07-03', finalReportOn: '2024-07-09', today: TODAY }
const UNIT = { id: 7, name: 'UBND xã A' }

const told = (rows: readonly Reminder[]) => rows.map(({ kind, count, dueOn }) => [kind, count, dueOn])
const said = (rows: readonly Reminder[]) => rows.map(row => reminderLine(row, TODAY))
const pagesOf = (rows: readonly Reminder[]) => rows.map(row => reminderAct(row)?.to)

/** An official who lacks what `parts` says; all other parts are met. */
function own(changes: Partial<OwnSums> & { parts?: Partial<Record<ObligationPart, PartStanding>>; counted?: number }) {
  const { parts, counted = 10, ...more } = changes
  const standing = {
    target: 10,
    counts: { reported: counted, counted, verified: 0, countedAny: counted },
    parts: { ...recordOf(OBLIGATION_PARTS, (): PartStanding => 'met'), ...parts },
  }
  const state = ownState(standing, { awaiting: 0, isCertificateFlawed: more.certificateEndsOn != null })
  const days = { sim_signature: '2024-07-01', phone_4g: '2024-05-31', portal_login: '2024-07-01' }
  const none = { pledged: days, certificateEndsOn: null, returned: 0, toLookAt: 0, appointments: [], companion: 0 }
  const means: OwnSums['means'] = null
  return { state, means, ...none, ...more } satisfies OwnSums
}

describe('the home of an official', () => {
  it('is empty where everything is done', () => {
    expect(ownReminders(own({}), ON)).toEqual([])
  })

  it('tells what is missing until the last day, and a pledged day that passed', () => {
    const rows = ownReminders(own({ counted: 7, parts: { phone_4g: 'missing', portal_national: 'returned' } }), ON)
    expect(told(inDueOrder(rows))).toEqual([
      ['pledge_passed', 1, '2024-05-31'],
      ['obligations', 1, '2024-07-03'],
      ['citizens', 3, '2024-07-03'],
    ])
    expect(reminderDue(rows[0] as Reminder, TODAY)).toBe('Quá hạn 12 ngày')
  })

  it('leads to the own act that proves a part soonest, a portal before a signature; the unit’s word is no such act', () => {
    const parts = { sim_signature: 'missing', portal_national: 'missing', portal_provincial: 'missing' } as const
    const means = { portals: ['portal_provincial'], hasRoots: true, hasExtracts: true } satisfies OwnSums['means']
    const leads = (changes: Partial<OwnSums['means']>) => {
      const rows = ownReminders(own({ parts, means: { ...means, ...changes } }), ON)
      return rows.map(row => [reminderWhat(row), reminderAct(row)])
    }
    expect(leads({})).toEqual([
      [
        '3 nội dung bản thân chưa đạt, cần kê khai hoặc bổ sung; nhanh nhất: đăng nhập cổng để tự chứng minh, không cần chờ xác nhận',
        { to: '/nghia-vu/portal_provincial', act: 'Đăng nhập cổng' },
      ],
    ])
    expect(leads({ portals: [] })[0]?.[1]).toEqual({ to: '/nghia-vu/sim_signature', act: 'Ký số' })
    expect(leads({ portals: [], hasRoots: false })).toEqual([
      ['3 nội dung bản thân chưa đạt, cần kê khai hoặc bổ sung', { to: '/nghia-vu', act: 'Kê khai' }],
    ])
  })

  it('names a certificate that ends before the campaign, though it was declared', () => {
    const rows = ownReminders(own({ parts: { sim_signature: 'declared' }, certificateEndsOn: '2024-06-25' }), ON)
    expect(said(rows)).toEqual([
      'Chứng thư chữ ký số của anh/chị hết hạn 25/6/2024, trước ngày kết thúc đợt. Hạn 03/7/2024',
    ])
    expect(pagesOf(rows)).toEqual(['/nghia-vu/sim_signature'])
  })

  it('puts an appointment of today first, and what has no day last', () => {
    const rows = ownReminders(own({ counted: 9, pledged: null, appointments: ['2024-06-13', TODAY] }), ON)
    expect(told(inDueOrder(rows))).toEqual([
      ['appointments', 2, TODAY],
      ['citizens', 1, '2024-07-03'],
      ['pledge', 1, null],
    ])
    expect(reminderDue(inDueOrder(rows)[0] as Reminder, TODAY)).toBe('Hôm nay')
  })
})

describe('the sentence about an official’s own work', () => {
  const sentence = (changes: Parameters<typeof own>[0], awaiting = 0) =>
    ownSentence(22, { ...own(changes).state, awaiting })

  it('counts what waits at the unit, and apart from it what is to be done again', () => {
    expect(sentence({ counted: 8, parts: { sim_signature: 'declared', phone_4g: 'missing' } }, 4)).toBe(
      'Còn 22 ngày. Được tính 8/10 người dân, còn thiếu 2, 4 trường hợp chờ đơn vị xác nhận; 1 nội dung bản thân cần làm, 1 nội dung bản thân chờ đơn vị xác nhận.',
    )
  })

  it('takes a declared certificate that ends too early as to be done again', () => {
    expect(sentence({ parts: { sim_signature: 'declared' }, certificateEndsOn: '2024-06-25' })).toBe(
      'Còn 22 ngày. Được tính 10/10 người dân, đã đủ chỉ tiêu; 1 nội dung bản thân cần làm.',
    )
  })
})

const NOTHING: UnitSums = {
  unit: UNIT,
  help: 0,
  obligations: 0,
  disputes: [],
  exemptions: [],
  owedScans: 0,
  transfers: [],
  receipts: [],
  inspections: [],
  reports: [],
  silent: { count: 0, dueOn: null },
  idle: 0,
  notSignedIn: 0,
  answered: [],
}

describe('the home of a unit’s head or coordinator', () => {
  it('tells an overdue report apart from the next one, and leads to it', () => {
    const reports = [
      { at: 'tuan-2024-06-14', dueOn: '2024-06-14', isMissing: false, isAsked: false },
      { at: 'tuan-2024-04-26', dueOn: '2024-04-26', isMissing: true, isAsked: false },
    ]
    const rows = inDueOrder(unitReminders({ ...NOTHING, reports, help: 31, idle: 6, notSignedIn: 40 }, '2024-07-03'))
    expect(said(rows)).toEqual([
      '1 báo cáo đã đến hạn, chưa ký gửi, UBND xã A. Quá hạn 47 ngày',
      '1 báo cáo sắp đến hạn, chưa ký gửi, UBND xã A. Hạn 14/6/2024',
      '31 trường hợp chờ xác nhận, UBND xã A. Hạn 03/7/2024',
      '6 người chưa ghi trường hợp nào, UBND xã A. Hạn 03/7/2024',
      '40 người chưa đăng nhập lần nào, UBND xã A',
    ])
    expect(pagesOf(rows)).toEqual([
      '/don-vi/7/bao-cao/tuan-2024-04-26',
      '/don-vi/7/bao-cao/tuan-2024-06-14',
      '/don-vi/7/xac-nhan',
      '/don-vi/7/nhac-viec',
      '/don-vi/7/ma-kich-hoat',
    ])
  })

  it('of a district tells the units below that sent no report', () => {
    const rows = unitReminders({ ...NOTHING, silent: { count: 3, dueOn: '2024-06-07' } }, '2024-07-03')
    expect(said(rows)).toEqual(['3 đơn vị trực thuộc chưa gửi báo cáo, UBND xã A. Quá hạn 5 ngày'])
  })

  it('tells whose explanation is due from whose is to be judged, on the page and not in the mail', () => {
    const rows = stepReminders([
      { caseId: 4, about: 'Nguyễn Hoàng Sơn', isOwn: false, dueOn: '2024-06-17' },
      { caseId: 9, about: 'UBND xã A', isOwn: true, dueOn: '2024-06-20' },
    ])
    expect(pagesOf(rows)).toEqual(['/xem-xet/9', '/xem-xet/4'])
    expect(rows.map(({ about }) => about)).toEqual(['UBND xã A', 'Nguyễn Hoàng Sơn'])
    expect(said(rows).join()).not.toContain('Sơn')
  })
})

describe('the home of an inspector', () => {
  it('tells each inspection with what is left of its sample', () => {
    const rows = inspectorReminders([
      { inspectionId: 3, about: 'UBND xã A', left: 12, of: 51 },
      { inspectionId: 4, about: 'UBND xã B', left: 0, of: 20 },
    ])
    expect(said(rows)).toEqual(['Kiểm tra: còn 12/51 phiếu chưa có kết quả'])
    expect(pagesOf(rows)).toEqual(['/kiem-tra/3'])
  })
})

describe('the home of an office (B12)', () => {
  const office: OfficeSums = {
    difficulties: 3,
    requests: ['2024-06-20', '2024-06-14'],
    extracts: [{ source: 'police', asOfOn: '2024-06-04' }],
    unconcluded: 2,
    silent: { count: 8, dueOn: '2024-06-07' },
    root: { id: 1, name: 'Tỉnh' },
    isToClose: false,
  }

  it('of the campaign has its questions, requests by legal term, old extracts, findings and missing reports', () => {
    const rows = inDueOrder(officeReminders(office, ON))
    expect(told(rows)).toEqual([
      ['silent_units', 8, '2024-06-07'],
      ['citizen_requests', 2, '2024-06-14'],
      ['difficulties', 3, null],
      ['old_extract', 8, null],
      ['unconcluded', 2, null],
    ])
    expect(reminderWhat(rows[3] as Reminder)).toBe('Số liệu trích xuất của Công an đã 8 ngày')
  })

  it('has the close from the last day on', () => {
    const rows = officeReminders({ ...office, isToClose: true }, { ...ON, today: '2024-07-03' })
    expect(told(rows)).toContainEqual(['close_campaign', 1, '2024-07-09'])
  })

  it('is not told of extracts in the first week, and then that there is none', () => {
    const none: OfficeSums = { ...office, extracts: [{ source: 'police', asOfOn: null }] }
    const kinds = (today: string) => officeReminders(none, { ...ON, today }).map(({ kind }) => kind)
    expect(kinds('2024-04-11')).not.toContain('no_extract')
    expect(kinds('2024-04-12')).toContain('no_extract')
  })

  it('of telecoms has each carrier whose extract is old, offers that end, and wishes', () => {
    const extracts = [
      { source: 'viettel', asOfOn: '2024-06-01' },
      { source: 'vinaphone', asOfOn: '2024-06-11' },
    ]
    const sums = { difficulties: 0, extracts, offersEnding: ['2024-06-15'], wishes: 19 }
    expect(said(inDueOrder(telecomReminders(sums, ON)))).toEqual([
      '1 ưu đãi sắp hết hạn. Hạn 15/6/2024',
      'Số liệu trích xuất của Viettel đã 11 ngày',
      '19 nguyện vọng nhận ưu đãi chưa chuyển cho nhà mạng',
    ])
  })

  it('of home affairs has rounds by station, changed candidates and gates without an end', () => {
    const rounds = [
      { roundId: 2, about: 'Đợt 1', station: 'home_affairs' as const, count: 5, dueOn: '2024-07-20' },
      { roundId: 2, about: 'Đợt 1', station: 'council' as const, count: 3, dueOn: null },
    ]
    const rows = homeAffairsReminders({ rounds, changed: { count: 1, at: '2' }, openGates: 2 })
    expect(told(rows)).toEqual([
      ['round_home_affairs', 5, '2024-07-20'],
      ['round_council', 3, null],
      ['changed_candidates', 1, null],
      ['open_gates', 2, null],
    ])
    expect(pagesOf(rows).slice(0, 3)).toEqual(['/khen-thuong/2', '/khen-thuong/2', '/khen-thuong/2'])
  })
})

describe('the home of the province’s leaders', () => {
  it('has units silent twice, open difficulties, and findings that they ask about without opening anything', () => {
    const rows = leaderReminders({ silentTwice: 3, difficulties: 12, unconcluded: 2, root: { id: 1, name: 'Tỉnh' } })
    expect(rows.map(reminderWhat)).toEqual([
      '3 đơn vị trực thuộc chưa gửi báo cáo hai kỳ liền',
      '12 khó khăn chờ trả lời',
      '2 cuộc kiểm tra có kết quả sai, cơ quan thường trực chưa kết luận',
    ])
    expect(pagesOf(rows)).toEqual(['/don-vi/1/bao-cao', '/kho-khan', undefined])
  })
})

describe('the home of an administrator and of an auditor', () => {
  it('has what keeps the system from going live, failed jobs and a failed backup', () => {
    const sums = { goLive: { open: 4, again: ['2024-06-01'] }, failedJobs: 2, failedBackupOn: '2024-06-11' }
    expect(told(operatingReminders(sums))).toEqual([
      ['go_live', 4, '2024-06-01'],
      ['failed_jobs', 2, null],
      ['failed_backup', 1, '2024-06-11'],
    ])
    expect(operatingReminders({ goLive: { open: 0, again: [] }, failedJobs: 0, failedBackupOn: null })).toEqual([])
  })

  it('has a nightly check that did not pass lately', () => {
    expect(auditReminders({ chainOn: TODAY, factsOn: '2024-06-11' }, TODAY)).toEqual([])
    expect(said(auditReminders({ chainOn: '2024-06-10', factsOn: null }, TODAY))).toEqual([
      'Nhật ký được kiểm tra khớp lần cuối ngày 10/6/2024',
      'Dữ liệu đối chiếu với nhật ký chưa được kiểm tra lần nào',
    ])
  })
})

describe('the order and the days', () => {
  it('has a replaced password before all that has a day', () => {
    const row = (kind: Reminder['kind'], dueOn: string | null): Reminder => ({ kind, count: 1, dueOn, unit: null })
    const rows = inDueOrder([row('citizens', '2024-07-03'), row('pledge', null), row('own_reset', null)])
    expect(rows.map(({ kind }) => kind)).toEqual(['own_reset', 'citizens', 'pledge'])
    expect(daysOverdue({ dueOn: TODAY }, TODAY)).toBe(0)
  })

  it('names the next date where nothing waits', () => {
    expect(nextDate('2024-04-01', ON, true)).toEqual({ what: 'begins', on: '2024-04-04' })
    expect(nextDate(TODAY, ON, true)).toEqual({ what: 'ends', on: '2024-07-03' })
    expect(nextDate('2024-07-04', ON, true)).toEqual({ what: 'final_report', on: '2024-07-09' })
    expect(nextDate('2024-07-04', ON, false)).toBeNull()
  })
})
