import type { AchievementReport } from '#app/documents/achievement-report.ts'
import type { Issuing } from '#app/documents/administrative-paper.ts'
import type { ListedCollective, ListedPerson } from '#app/documents/candidate-list.ts'
import type { CouncilMinutes } from '#app/documents/council-minutes.ts'
import type { CitedPlan, Petition } from '#app/documents/petition.ts'
import type { PledgePaper } from '#app/documents/pledge-paper.ts'
import type { ResultFigures, ResultReport } from '#app/documents/result-report.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { EVERY_TERM } from '#app/domain/terms.ts'
import { namedPartBases } from '#app/text/part-basis.ts'
import { campaignTerms, namedShares, promisedHelp } from '#app/text/terms.ts'
import { readPlan } from '#db/reference.server.ts'

export const TERMS = campaignTerms(EVERY_TERM)

/** Typed data of which the tests make documents. */

export const PLAN: CitedPlan = {
  code: '128/KH-UBND',
  articles: readPlan('db/reference').articles,
  name: 'Đợt cao điểm “90 ngày, đêm” triển khai mục tiêu “4 phủ”',
  title: 'thực hiện đợt cao điểm “90 ngày, đêm” triển khai mục tiêu “4 phủ” trên địa bàn tỉnh Bình Phước',
  issuer: 'UBND tỉnh Bình Phước',
  issuedOn: '2024-04-04',
  startsOn: '2024-04-04',
  endsOn: '2024-07-03',
}

export const HOME_AFFAIRS: Issuing = {
  form: 'state',
  above: 'Ủy ban nhân dân tỉnh Bình Phước',
  issuer: 'Sở Nội vụ',
  sign: 'SNV',
  place: 'Bình Phước',
  number: null,
  datedOn: null,
  signing: { form: 'head', title: 'Giám đốc' },
  signer: 'Lê Thị Nội Vụ',
  draftedBy: 'TĐKT',
}

export const CITY: Issuing = {
  ...HOME_AFFAIRS,
  above: null,
  issuer: 'Ủy ban nhân dân thành phố Đồng Xoài',
  sign: 'UBND',
  place: 'Đồng Xoài',
  signing: { form: 'on_behalf', body: 'Ủy ban nhân dân', title: 'Chủ tịch' },
  signer: 'Trần Văn Thành Phố',
  draftedBy: null,
}

export const COMMUNE: Issuing = {
  ...CITY,
  issuer: 'Ủy ban nhân dân xã Tân Thành',
  place: 'Tân Thành',
  signer: 'Phạm Thị Xã',
  draftedBy: '',
}

export const PARTY_BODY: Issuing = {
  ...HOME_AFFAIRS,
  form: 'party',
  above: 'Tỉnh ủy Bình Phước',
  issuer: 'Ban Tổ chức',
  sign: null,
  signing: { form: 'head', title: 'Trưởng ban' },
  signer: 'Hồ Văn Ban',
}

/** What the parts of a person rest on, one of each kind. */
const BASES_OF_PARTS = namedPartBases(
  [
    { part: 'sim_signature', basis: 'unit' },
    { part: 'phone_4g', basis: 'extract' },
    { part: 'portal_national', basis: 'proof' },
    { part: 'portal_provincial', basis: 'proof' },
  ],
  TERMS.names,
)

export const person = (n: number, changes: Partial<ListedPerson> = {}): ListedPerson => ({
  candidateId: n,
  officialId: 100 + n,
  name: ['Điểu Thị Ngễnh', 'Nguyễn Đức Thọ', 'Hứa Thị Mỹ Phượng', 'Đỗ Ngọc Tú'][n % 4] ?? '',
  sex: n % 2 === 0 ? 'female' : 'male',
  birthYear: 1980 + (n % 20),
  position: 'Chuyên viên Văn phòng - Thống kê',
  unitId: 7,
  unitName: 'UBND xã Tân Thành, thành phố Đồng Xoài',
  achievement: 'Hướng dẫn người dân ấp 4 kích hoạt tài khoản định danh điện tử, vượt chỉ tiêu trước 30 ngày.',
  earlierAwards: n % 3 === 0 ? ['Giấy khen của Chủ tịch UBND thành phố năm 2023'] : [],
  figures: { target: 10, reported: 16, counted: 14, verified: 9 },
  obligations: { met: 4, borne: 4, bases: BASES_OF_PARTS },
  form: 'Bằng khen của Chủ tịch UBND tỉnh',
  note: '',
  ...changes,
})

export const collective = (n: number, changes: Partial<ListedCollective> = {}): ListedCollective => ({
  candidateId: 500 + n,
  unitId: 20 + n,
  name: ['UBND xã Tân Thành', 'Phòng Quản lý đô thị', 'Sở Giáo dục và Đào tạo'][n % 3] ?? '',
  kind: 'Xã, phường, thị trấn',
  achievement: 'Dẫn đầu thành phố về tỷ lệ kích hoạt; tổ chức 12 điểm hỗ trợ lưu động.',
  earlierAwards: [],
  figures: { target: 310, reported: 402, counted: 371, verified: 240, officials: 31, women: 14 },
  obligations: namedShares(
    {
      sim_signature: { met: 31, bearers: 31 },
      phone_4g: { met: 31, bearers: 31 },
      portal_login: { met: 30, bearers: 30 },
    },
    TERMS,
  ),
  form: 'Bằng khen của Chủ tịch UBND tỉnh',
  note: '',
  ...changes,
})

export const BASES = [
  'Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022',
  'Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng',
  `Căn cứ Kế hoạch số 128/KH-UBND ngày 04 tháng 4 năm 2024 của Ủy ban nhân dân tỉnh Bình Phước ${PLAN.title}`,
]

export const petition = (changes: Partial<Petition> = {}): Petition => ({
  kind: 'commendation',
  plan: PLAN,
  issuing: HOME_AFFAIRS,
  isDraft: true,
  bases: BASES,
  form: null,
  totals: { officials: 5713, eligible: 812, reported: 45210, counted: 38114, verified: 21002 },
  frozenOn: '2024-07-15',
  hash: 'd1556d57aa01ffee8c3b7f6e21aa4409',
  provisional: null,
  council: { metOn: '2024-07-22' },
  lists: {
    persons: Array.from({ length: 24 }, (_, n) => person(n)),
    collectives: [collective(0), collective(1), collective(2)],
  },
  sealed: [],
  ...changes,
})

const figures = (id: number, name: string, scale: number): ResultFigures => ({
  id,
  name,
  officials: 31 * scale,
  targets: 310 * scale,
  reported: 350 * scale,
  counted: 301 * scale,
  verified: 190 * scale,
  quotaBearers: 31 * scale,
  reached: 25 * scale,
  bases: [
    { name: 'SIM chính chủ kèm chữ ký số', proof: null, extract: 20 * scale, unit: 8 * scale },
    { name: 'Đăng nhập Cổng Dịch vụ công quốc gia', proof: 12 * scale, extract: null, unit: 15 * scale },
  ],
  obligations: namedShares(
    {
      sim_signature: { met: 28 * scale, bearers: 30 * scale },
      phone_4g: { met: 30 * scale, bearers: 30 * scale },
      portal_login: { met: 27 * scale, bearers: 30 * scale },
    },
    TERMS,
  ),
})

export const report = (changes: Partial<ResultReport> = {}): ResultReport => ({
  plan: PLAN,
  issuing: CITY,
  bases: BASES.slice(2),
  form: null,
  addressees: ['Ủy ban nhân dân tỉnh', 'Công an tỉnh'],
  period: { fromOn: '2024-04-04', toOn: '2024-07-03' },
  asOf: Date.parse('2024-07-08T09:15+07:00'),
  isFinal: true,
  total: figures(2, 'Thành phố Đồng Xoài', 8),
  parts: Array.from({ length: 8 }, (_, n) => figures(20 + n, `UBND phường Tân Phú ${n + 1}`, 1)),
  indicators: [
    { name: 'Kích hoạt định danh điện tử', target: 27547, done: 25001, asOfOn: '2024-07-03' },
    { name: 'Trang bị điện thoại thông minh 4G', target: 2790, done: null, asOfOn: null },
  ],
  difficulties: 'Nhiều người dân đi làm xa, chỉ gặp được buổi tối.',
  proposals: '',
  hash: 'ab12cd34ef56ab78cd90',
  ...changes,
})

export const achievement = (changes: Partial<AchievementReport> = {}): AchievementReport => ({
  plan: PLAN,
  issuing: COMMUNE,
  confirming: {
    ...COMMUNE,
    signing: { form: 'deputy', body: 'Ủy ban nhân dân', headTitle: 'Chủ tịch', title: 'Phó Chủ tịch' },
  },
  proposing: CITY,
  form: null,
  isDraft: true,
  provisional: null,
  subject: { kind: 'person', row: person(0) },
  ...changes,
})

export const minutes = (changes: Partial<CouncilMinutes> = {}): CouncilMinutes => ({
  issuing: {
    form: 'state',
    above: 'Ủy ban nhân dân tỉnh Bình Phước',
    issuer: 'Hội đồng Thi đua - Khen thưởng',
    sign: 'HĐTĐKT',
  },
  council: 'Hội đồng Thi đua - Khen thưởng tỉnh',
  presenter: 'Sở Nội vụ',
  plan: PLAN,
  bases: BASES,
  form: null,
  sitting: {
    metOn: '2024-07-22',
    startedAt: 8 * 3_600_000,
    endedAt: 10.5 * 3_600_000,
    place: 'Phòng họp số 1, trụ sở UBND tỉnh',
    chair: 'Trần Thị Mẫu, Chủ tịch Hội đồng',
    secretary: 'Lê Văn Mẫu, Sở Nội vụ',
    present: Array.from({ length: 11 }, (_, n) => `Ủy viên Mẫu ${n + 1}`),
    absent: ['Ủy viên Mẫu 12'],
  },
  supplements: [],
  annexes: [],
  collectives: [
    {
      name: 'UBND xã Tân Thành',
      unitName: 'Thành phố Đồng Xoài',
      votes: { for: 11, total: 11 },
      isKept: true,
    },
  ],
  persons: [
    {
      name: 'Điểu Thị Ngễnh',
      unitName: 'UBND xã Tân Thành',
      votes: { for: 10, total: 11 },
      isKept: true,
    },
    {
      name: 'Nguyễn Đức Thọ',
      unitName: 'UBND xã Tân Thành',
      votes: { for: 4, total: 11 },
      isKept: false,
    },
  ],
  ...changes,
})

export const pledgePaper = (changes: Partial<PledgePaper> = {}): PledgePaper => ({
  plan: PLAN,
  place: 'Bình Phước',
  name: 'Điểu Thị Ngễnh',
  position: 'Chuyên viên',
  unitName: 'UBND xã Tân Thành',
  headTitle: 'Chủ tịch UBND xã',
  citizens: 12,
  help: promisedHelp(PLAN_128, TERMS),
  obligations: [
    { name: TERMS.names.obligation.sim_signature, by: '2024-04-30' },
    { name: TERMS.names.obligation.phone_4g, by: '2024-05-05' },
    { name: TERMS.names.obligation.portal_login, by: '2024-06-12' },
  ],
  signedAt: Date.parse('2024-04-08T10:00+07:00'),
  signedOn: '2024-04-08',
  ...changes,
})
