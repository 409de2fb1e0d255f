import { writeAchievementReport } from '#app/documents/achievement-report.ts'
import type { Issuing } from '#app/documents/administrative-paper.ts'
import { writeCandidateList } from '#app/documents/candidate-list.ts'
import { writeCertificates } from '#app/documents/certificates.ts'
import { writeCouncilMinutes } from '#app/documents/council-minutes.ts'
import { annexedToDecision, writeAwardBudget, writeDecision, writeSealedAnnex } from '#app/documents/decision.ts'
import { type InspectionMinutes, writeInspectionMinutes } from '#app/documents/inspection-minutes.ts'
import { writeInvitations } from '#app/documents/invitation.ts'
import { annexedToPetition, writePetition } from '#app/documents/petition.ts'
import { writePledgeList, writePledgePaper } from '#app/documents/pledge-paper.ts'
import { writeReportPaper } from '#app/documents/report-paper.ts'
import { writeResultReport } from '#app/documents/result-report.ts'
import { type ReviewPaperKind, writeReviewPaper } from '#app/documents/review-paper.ts'
import { writeUnitPetition } from '#app/documents/unit-proposal.ts'
import { USUAL_LAYOUT } from '#app/domain/certificate-layout.ts'
import { estimateOf } from '#app/domain/inspection.ts'
import { REPORT_FIGURES, type ReportFigures } from '#app/domain/report.ts'
import { EVERY_TERM } from '#app/domain/terms.ts'
import { campaignTerms } from '#app/text/terms.ts'
import {
  achievement,
  BASES,
  CITY,
  COMMUNE,
  collective,
  HOME_AFFAIRS,
  minutes,
  PARTY_BODY,
  PLAN,
  person,
  petition,
  pledgePaper,
  report,
} from './papers.ts'

type Signs = Pick<Issuing, 'signing' | 'signer'>

/** One paper of the application and what its form has. */
export type PaperForm = {
  name: string
  write: () => Promise<Uint8Array>
  /** the same paper of another issuer */
  writeAs?: (issuing: Issuing) => Promise<Uint8Array>
  /** an authority's head; a person's own; none: a list on its own */
  head: { issuing: Issuing; kind: string; isUndated?: true } | 'person' | 'none'
  /** name and subject, as they stand below each other */
  title: readonly string[]
  /** what it rests on: the plan with the law of commendation, the plan alone, or nothing */
  cites: 'commendation' | 'plan' | 'none'
  signs: readonly Signs[]
  hasRecipients: boolean
  annexes: number
  /** DỰ THẢO: of what is still open here; 'signing': until it has number, day and signer, which `writeAs` shows */
  draft?: 'open' | 'signing'
  /** filled into a form printed before: its own size and margins */
  isForm?: true
  words?: readonly string[]
}

const COUNCIL: Issuing = { ...HOME_AFFAIRS, ...minutes().issuing, signer: null }
const TEAM: Issuing = { ...HOME_AFFAIRS, issuer: 'Tổ kiểm tra', sign: 'TKT' }

const unitReport = (issuing: Issuing) =>
  writeReportPaper({
    campaign: PLAN,
    issuing,
    aboveName: 'Thành phố Đồng Xoài',
    isToProvince: false,
    kind: 'final',
    endsOn: '2024-07-03',
    at: Date.parse('2024-07-08T09:30+07:00'),
    terms: campaignTerms(EVERY_TERM),
    indicators: [],
    nameOf: indicator => indicator,
    figures: Object.fromEntries(REPORT_FIGURES.map(figure => [figure, 1])) as ReportFigures,
    difficulties: '',
    proposals: '',
    signed: null,
  })

const INSPECTION: InspectionMinutes = {
  campaign: PLAN,
  unitName: 'UBND xã Tân Thành',
  headTitle: 'Chủ tịch UBND xã',
  headName: 'Phạm Thị Xã',
  seed: 'd1556d57',
  drawnAt: Date.parse('2024-05-17T08:00+07:00'),
  teamDecision: { number: '45/QĐ-CAT', on: '2024-05-14' },
  concludedAt: null,
  answerDueOn: null,
  unitAnswer: null,
  unitAnsweredAt: null,
  population: 10,
  certainty: 0.95,
  untrueShare: 0.05,
  size: 1,
  strata: [{ stratum: '7', unitName: 'UBND xã Tân Thành', isMarked: false, size: 10, drawn: 1 }],
  picks: [
    {
      helpId: 1,
      origin: 'lot',
      stratum: '7',
      place: 1,
      result: null,
      foundBy: null,
      checkedAt: null,
      overturnedAt: null,
    },
  ],
  estimate: estimateOf([], 0.95),
  members: [{ name: 'Đỗ Ngọc Tú', signedAt: null, isLeader: true }],
}

const invitation = (issuing: Issuing) =>
  writeInvitations({
    campaign: PLAN,
    issuing,
    day: '2024-06-20',
    time: '08:00',
    place: 'nhà văn hóa ấp 3',
    bring: 'điện thoại',
    phone: '0271 3879 123',
    people: [
      {
        name: 'Điểu Lơn',
        birthYear: 1972,
        address: null,
        hamlet: 'Ấp 3',
        communeName: 'xã Tân Thành',
        lacks: ['id_card'],
      },
    ],
  })

const pledgeList = (issuing: Issuing) =>
  writePledgeList({
    plan: PLAN,
    issuing,
    before: 0,
    obligations: Object.values(campaignTerms(EVERY_TERM).names.obligation),
    rows: [{ name: 'Điểu Lơn', position: 'Chuyên viên', citizens: 10 }],
  })

const LISTS = { kind: 'commendation', annexedTo: annexedToPetition(HOME_AFFAIRS), ...petition().lists } as const
const REVIEW = petition({
  kind: 'review',
  bases: [`Căn cứ Kế hoạch số ${PLAN.code} ngày 04 tháng 4 năm 2024 của Ủy ban nhân dân tỉnh Bình Phước ${PLAN.title}`],
  lists: { collectives: [], persons: [person(1, { form: 'Xem xét trách nhiệm' })] },
})
const own = (kind: string, issuing: Issuing) => ({ head: { issuing, kind }, signs: [issuing] })

export const CHAIRMAN = {
  ...HOME_AFFAIRS,
  above: null,
  issuer: 'Ủy ban nhân dân tỉnh Bình Phước',
  sign: 'UBND',
  signing: { form: 'head', title: 'Chủ tịch' },
  signer: 'Nguyễn Văn Tỉnh',
  draftedBy: 'SNV',
  authority: 'Chủ tịch Ủy ban nhân dân tỉnh Bình Phước',
} as const
const RATE = { form: 'province_certificate', baseSalary: 1_000_000, fromOn: '2024-01-01', toOn: null } as const
export const BUDGET = [
  { part: 'collective', count: 2, rate: { ...RATE, part: 'collective', multiple: 200, source: 'Điều A' } },
  { part: 'person', count: 3, rate: { ...RATE, part: 'person', multiple: 150, source: 'Điều B' } },
] as const
export const decision = (changes: Partial<Parameters<typeof writeDecision>[0]> = {}) =>
  writeDecision({
    plan: PLAN,
    issuing: CHAIRMAN,
    isDraft: false,
    bases: BASES,
    petition: HOME_AFFAIRS,
    council: 'Hội đồng Thi đua - Khen thưởng tỉnh',
    lists: {
      persons: [
        { ...person(0), certificate: '9' },
        { ...person(1), certificate: '10' },
      ],
      collectives: [{ ...collective(0), certificate: '8' }],
    },
    sealed: [],
    budget: BUDGET,
    ...changes,
  })

const reviewPaper = (kind: ReviewPaperKind, issuing: Issuing = COMMUNE) =>
  writeReviewPaper({
    kind,
    plan: PLAN,
    issuing,
    bases: REVIEW.bases,
    concerned: 'ông (bà) Điểu Thị Ngễnh, Ủy ban nhân dân xã Tân Thành',
    signer: 'Điểu Thị Ngễnh',
    step: null,
    parts: null,
    answers: 'Thông báo số 31/TB-UBND',
    dueOn: '2024-07-15',
  })
const REVIEW_FORMS = [
  ['notice', 'TB', 'Thông báo', 'Về việc chưa hoàn thành nhiệm vụ', ['- Điểu Thị Ngễnh;']],
  ['finding', 'KL', 'Kết luận', 'Về trách nhiệm trong thực hiện', ['- Điểu Thị Ngễnh;']],
  [
    'appeal',
    'QĐ',
    'Quyết định',
    'Về việc giải quyết kiến nghị',
    ['CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TÂN THÀNH', 'QUYẾT ĐỊNH:', '- Như Điều 2;'],
  ],
] as const

export const FORMS: readonly PaperForm[] = [
  {
    name: 'decision',
    write: () => decision(),
    ...own('QĐ', CHAIRMAN),
    title: ['Quyết định', 'Về việc tặng Bằng khen cho các tập thể, cá nhân có thành tích xuất sắc'],
    cites: 'commendation',
    hasRecipients: true,
    annexes: 2,
    words: [
      'CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BÌNH PHƯỚC',
      'QUYẾT ĐỊNH:',
      '01 tập thể (danh sách tại Phụ lục I) và 02 cá nhân (danh sách tại Phụ lục II)',
      'mỗi tập thể 2.000.000 đồng, mỗi cá nhân 1.500.000 đồng, theo Điều A; Điều B',
      'Tổng số tiền thưởng: 8.500.000 đồng',
    ],
  },
  {
    name: 'sealed annex of a decision',
    write: () =>
      writeSealedAnnex({ annexedTo: annexedToDecision(CHAIRMAN), persons: [{ ...person(0), certificate: '11' }] }),
    head: 'none',
    title: ['Danh sách cá nhân được tặng Bằng khen'],
    cites: 'none',
    signs: [],
    hasRecipients: false,
    annexes: 0,
    words: [
      '(Kèm theo Quyết định số ……/QĐ-UBND',
      'của Chủ tịch Ủy ban nhân dân tỉnh Bình Phước)',
      'Điểu Thị Ngễnh',
      '11',
    ],
  },
  {
    name: 'budget',
    write: () => writeAwardBudget({ plan: PLAN, issuing: HOME_AFFAIRS, isDraft: false, bases: BASES, budget: BUDGET }),
    ...own('DT', HOME_AFFAIRS),
    title: ['Dự toán', 'Tiền thưởng kèm theo Bằng khen'],
    cites: 'commendation',
    hasRecipients: true,
    annexes: 0,
    words: ['Tập thể 2 2,00 1.000.000 2.000.000 4.000.000', 'Cộng 5'],
  },
  {
    name: 'certificates',
    write: () =>
      writeCertificates({
        layout: USUAL_LAYOUT,
        issuing: CHAIRMAN,
        reason: 'Đã có thành tích xuất sắc',
        decision: { number: '1205/QĐ-UBND', on: '2024-07-25' },
        awarded: [{ name: 'Điểu Thị Ngễnh', unitName: 'UBND xã Tân Thành', certificate: '9' }],
      }),
    head: 'none',
    title: [CHAIRMAN.authority],
    cites: 'none',
    signs: [CHAIRMAN],
    hasRecipients: false,
    annexes: 0,
    isForm: true,
    words: ['Quyết định số 1205/QĐ-UBND, ngày 25 tháng 7 năm 2024', 'Số vào sổ: 9'],
  },
  {
    name: 'unit petition',
    write: () =>
      writeUnitPetition({
        plan: PLAN,
        issuing: COMMUNE,
        isDraft: false,
        bases: BASES,
        form: null,
        to: ['Ủy ban nhân dân thành phố Đồng Xoài'],
        lists: { persons: [person(0)], collectives: [] },
      }),
    ...own('TTr', COMMUNE),
    title: ['Tờ trình', 'Về việc đề nghị tặng thưởng'],
    cites: 'commendation',
    hasRecipients: true,
    annexes: 1,
    words: ['Kính gửi: Ủy ban nhân dân thành phố Đồng Xoài.', '01 cá nhân (danh sách tại Phụ lục)'],
  },
  {
    name: 'unit minutes',
    write: () =>
      writeCouncilMinutes(minutes({ issuing: COMMUNE, council: 'Hội nghị xét khen thưởng', presenter: 'các bộ phận' })),
    head: { issuing: COMMUNE, kind: 'BB', isUndated: true },
    title: ['Biên bản', 'Họp xét đề nghị tặng thưởng'],
    cites: 'commendation',
    signs: [],
    hasRecipients: true,
    annexes: 0,
    words: ['Hội nghị xét khen thưởng thống nhất', 'CHỦ TỌA'],
  },
  ...REVIEW_FORMS.map(
    ([kind, sign, name, about, words]): PaperForm => ({
      name: `due process: ${kind}`,
      write: () => reviewPaper(kind),
      writeAs: issuing => reviewPaper(kind, issuing),
      draft: 'signing',
      ...own(sign, COMMUNE),
      signs: [kind === 'appeal' ? { ...COMMUNE, signing: { form: 'head', title: 'Chủ tịch' } } : COMMUNE],
      title: [name, about],
      cites: 'plan',
      hasRecipients: true,
      annexes: 0,
      words,
    }),
  ),
  {
    name: 'due process: explanation',
    write: () => reviewPaper('explanation'),
    head: 'person',
    title: ['Văn bản giải trình', 'Về việc chưa hoàn thành nhiệm vụ'],
    cites: 'plan',
    signs: [{ signing: { form: 'head', title: 'Người giải trình' }, signer: 'Điểu Thị Ngễnh' }],
    hasRecipients: false,
    annexes: 0,
    words: ['theo Thông báo số 31/TB-UBND'],
  },
  {
    name: 'petition',
    draft: 'open',
    write: () => writePetition(petition()),
    ...own('TTr', HOME_AFFAIRS),
    title: ['Tờ trình', 'Về việc tặng Bằng khen cho các tập thể, cá nhân có thành tích xuất sắc'],
    cites: 'commendation',
    hasRecipients: true,
    annexes: 2,
    words: [
      '03 tập thể (danh sách tại Phụ lục I) và 24 cá nhân (danh sách tại Phụ lục II)',
      // records and citizens are two figures (A13)
      'ghi nhận 45.210 trường hợp hỗ trợ người dân, được tính 38.114 (mỗi người dân được tính một lần)',
    ],
  },
  {
    name: 'review petition',
    draft: 'open',
    write: () => writePetition(REVIEW),
    ...own('TTr', HOME_AFFAIRS),
    title: ['Tờ trình', 'Về việc xem xét, đánh giá trách nhiệm'],
    cites: 'plan',
    hasRecipients: true,
    annexes: 1,
    words: ['01 cá nhân (danh sách tại Phụ lục)'],
  },
  ...(['persons', 'collectives'] as const).map(
    (part): PaperForm => ({
      name: `list of ${part}`,
      write: () => writeCandidateList(LISTS, part),
      head: 'none',
      title: [`Danh sách ${part === 'persons' ? 'cá nhân' : 'tập thể'} đề nghị tặng Bằng khen của Chủ tịch UBND tỉnh`],
      cites: 'none',
      signs: [],
      hasRecipients: false,
      annexes: 0,
    }),
  ),
  {
    name: 'council minutes',
    write: () => writeCouncilMinutes(minutes()),
    head: { issuing: COUNCIL, kind: 'BB', isUndated: true },
    title: ['Biên bản', 'Họp xét đề nghị tặng thưởng các tập thể, cá nhân'],
    cites: 'commendation',
    signs: [],
    hasRecipients: true,
    annexes: 0,
    words: [
      'Thời gian bắt đầu: 08 giờ 00, ngày 22 tháng 7 năm 2024',
      'Địa điểm: Phòng họp số 1',
      'THÀNH PHẦN THAM DỰ',
      'vắng mặt',
      'kết thúc vào 10 giờ 30, ngày 22 tháng 7 năm 2024',
      'Lê Văn Mẫu Trần Thị Mẫu',
      'THƯ KÝ',
      'CHỦ TỌA',
    ],
  },
  {
    name: 'result report',
    writeAs: issuing => writeResultReport({ ...report(), issuing }),
    draft: 'signing',
    write: () => writeResultReport(report()),
    ...own('BC', CITY),
    title: ['Báo cáo', 'Kết quả thực hiện', 'của Ủy ban nhân dân thành phố Đồng Xoài'].toSpliced(
      1,
      1,
      `Kết quả thực hiện Kế hoạch số ${PLAN.code}`,
    ),
    cites: 'plan',
    hasRecipients: true,
    annexes: 1,
  },
  {
    name: 'unit report',
    draft: 'open',
    write: () => unitReport(COMMUNE),
    writeAs: unitReport,
    ...own('BC', COMMUNE),
    title: ['Báo cáo', `Tổng kết kết quả thực hiện Kế hoạch số ${PLAN.code}`],
    cites: 'plan',
    hasRecipients: true,
    annexes: 0,
  },
  {
    name: 'unit report of a party body',
    draft: 'open',
    write: () => unitReport(PARTY_BODY),
    ...own('BC', PARTY_BODY),
    title: ['Báo cáo', `Tổng kết kết quả thực hiện Kế hoạch số ${PLAN.code}`],
    cites: 'plan',
    hasRecipients: true,
    annexes: 0,
  },
  {
    name: 'achievement report of a person',
    write: () => writeAchievementReport(achievement()),
    head: 'person',
    title: ['Báo cáo thành tích', 'Đề nghị tặng Bằng khen của Chủ tịch UBND tỉnh'],
    cites: 'plan',
    signs: [
      achievement().confirming,
      CITY,
      { signing: { form: 'head', title: 'Người báo cáo' }, signer: person(0).name },
    ],
    hasRecipients: false,
    annexes: 0,
    words: ['THỦ TRƯỞNG ĐƠN VỊ XÁC NHẬN, ĐỀ NGHỊ', 'XÁC NHẬN CỦA CẤP TRÌNH KHEN THƯỞNG'],
  },
  {
    name: 'achievement report of a collective',
    draft: 'open',
    write: () =>
      writeAchievementReport(achievement({ confirming: COMMUNE, subject: { kind: 'collective', row: collective(0) } })),
    head: { issuing: COMMUNE, kind: 'BC' },
    title: ['Báo cáo thành tích', 'Đề nghị tặng Bằng khen của Chủ tịch UBND tỉnh'],
    cites: 'plan',
    signs: [COMMUNE, CITY],
    hasRecipients: false,
    annexes: 0,
    words: ['XÁC NHẬN CỦA CẤP TRÌNH KHEN THƯỞNG'],
  },
  {
    name: 'pledge',
    write: () => writePledgePaper(pledgePaper({ place: 'Tân Thành' })),
    head: 'person',
    title: ['Bản cam kết', PLAN.name],
    cites: 'none',
    signs: [],
    hasRecipients: false,
    annexes: 0,
    words: ['NGƯỜI CAM KẾT'],
  },
  {
    name: 'pledge list',
    writeAs: pledgeList,
    draft: 'signing',
    write: () => pledgeList(COMMUNE),
    ...own('DS', COMMUNE),
    title: ['Danh sách', `Cam kết thực hiện Kế hoạch số ${PLAN.code}`],
    cites: 'plan',
    hasRecipients: true,
    annexes: 0,
  },
  {
    name: 'invitation',
    writeAs: invitation,
    draft: 'signing',
    write: () => invitation(COMMUNE),
    ...own('GM', COMMUNE),
    title: ['Giấy mời', 'Làm thẻ căn cước'],
    cites: 'plan',
    hasRecipients: true,
    annexes: 0,
    words: ['Thời gian: 08 giờ 00, ngày 20 tháng 6 năm 2024', 'Địa điểm: nhà văn hóa ấp 3'],
  },
  {
    name: 'inspection minutes',
    draft: 'open',
    write: () => writeInspectionMinutes(INSPECTION),
    head: { issuing: TEAM, kind: 'BB', isUndated: true },
    title: ['Biên bản', `Kiểm tra kết quả thực hiện Kế hoạch số ${PLAN.code}`],
    cites: 'plan',
    signs: [],
    hasRecipients: true,
    annexes: 1,
    words: [
      'Thời gian bắt đầu: …… giờ ……',
      'Địa điểm: ',
      '- Ông (bà) Đỗ Ngọc Tú, Tổ trưởng.',
      'số 45/QĐ-CAT ngày 14 tháng 5 năm 2024',
      'Ông (bà) Phạm Thị Xã',
      'kết thúc vào …… giờ',
    ],
  },
]
