import type { Category, ObligationPart, Sex } from '#app/domain/vocabulary.ts'
import type { Fate } from './fate.ts'

/**
 * UBND xã Tân Thành, Đồng Xoài, person by person: the unit on which the demo's accounts `canbo`, `daumoi` and `thutruong`
 * open. 43 people, 2 of them exempt; 268 citizens counted of a target of 410, 31 records waiting, 25 others.
 */
export type Villager = {
  position: string
  category: Category
  /** records that count */
  counts: number
  isLeader?: true
  name?: string
  sex?: Sex
  login?: string
  /** records that wait for the unit */
  waits?: number
  others?: readonly Fate[]
  /** obligation parts that are not met, with their state */
  gaps?: Partial<Record<ObligationPart, 'missing' | 'declared' | 'returned' | 'expiring'>>
  target?: number
  /** exempt from everything */
  exempt?: 'maternity' | 'study'
  /** eight records received within six minutes */
  hasBurst?: true
  /** the citizen of the record whose outcome is missing */
  missedCitizen?: string
  /** the days of the records, counted ones first, if they are listed individually */
  days?: readonly string[]
}

const leader = (position: string, counts: number, more: Partial<Villager> = {}): Villager => ({
  position,
  category: 'cadre',
  isLeader: true,
  counts,
  ...more,
})

const post =
  (category: Category) =>
  (position: string, counts: number, more: Partial<Villager> = {}): Villager => ({
    position,
    category,
    counts,
    ...more,
  })
const cadre = post('cadre')
const servant = post('civil_servant')
const health = post('public_employee')
const partTime = post('part_time')

const HEALTH_POST = 'Viên chức trạm y tế'

export const TAN_THANH_CODE = '25207'

export const VILLAGERS: readonly Villager[] = [
  leader('Chủ tịch UBND xã', 11, { name: 'Bùi Đức Thịnh', sex: 'male', login: 'thutruong' }),
  leader('Bí thư Đảng ủy', 10),
  leader('Phó Bí thư Thường trực Đảng ủy', 10),
  leader('Phó Chủ tịch UBND xã', 16, { name: 'Võ Minh Tuấn', sex: 'male', others: ['duplicate_claim'], target: 12 }),
  leader('Phó Chủ tịch UBND xã', 11, { waits: 1 }),
  leader('Phó Chủ tịch HĐND', 4, { waits: 1 }),
  cadre('Chủ tịch Ủy ban MTTQ Việt Nam', 10),
  cadre('Bí thư Đoàn TNCS Hồ Chí Minh', 12, { waits: 2 }),
  cadre('Chủ tịch Hội Liên hiệp Phụ nữ', 11, { waits: 1, sex: 'female' }),
  cadre('Chủ tịch Hội Nông dân', 10, { others: ['duplicate_claim'] }),
  cadre('Chủ tịch Hội Cựu chiến binh', 3, { others: ['outcome_missing'], sex: 'male' }),
  servant('Công chức văn phòng – thống kê', 11, { waits: 1, name: 'Hoàng Thị Thu Hà', sex: 'female', login: 'daumoi' }),
  servant('Công chức văn phòng – thống kê', 10, { waits: 1 }),
  servant('Công chức địa chính', 8, { name: 'Đỗ Văn Được', sex: 'male', others: ['returned'] }),
  servant('Công chức địa chính', 4, { waits: 1, others: ['outcome_missing'] }),
  servant('Công chức tài chính – kế toán', 10),
  servant('Công chức tài chính – kế toán', 2, { others: ['not_in_extract'] }),
  servant('Công chức tư pháp – hộ tịch', 7, {
    waits: 1,
    others: ['outcome_missing'],
    name: 'Trần Thị Mai Phương',
    sex: 'female',
    login: 'canbo',
    missedCitizen: 'Nguyễn Thị Hường',
    gaps: { sim_signature: 'expiring', portal_provincial: 'declared' },
    days: [
      '2024-04-13',
      '2024-04-20',
      '2024-05-05',
      '2024-05-12',
      '2024-05-18',
      '2024-06-06',
      '2024-06-08',
      '2024-06-11',
      '2024-06-02',
    ],
  }),
  servant('Công chức tư pháp – hộ tịch', 10, { waits: 1, others: ['activated_before'] }),
  servant('Công chức văn hóa – xã hội', 0, {
    name: 'Lê Thị Ánh',
    sex: 'female',
    others: ['not_in_extract'],
    gaps: { sim_signature: 'missing' },
  }),
  servant('Công chức văn hóa – xã hội', 10, { waits: 1, others: ['outcome_missing'] }),
  servant('Chỉ huy trưởng Ban Chỉ huy Quân sự', 10, { waits: 1, sex: 'male' }),
  health('Trạm trưởng trạm y tế', 10, { others: ['duplicate_claim'] }),
  health(HEALTH_POST, 2, { name: 'Nguyễn Thị Kiều Oanh', sex: 'female', exempt: 'maternity' }),
  health(HEALTH_POST, 4, { waits: 1, others: ['outcome_missing'] }),
  health(HEALTH_POST, 0, { exempt: 'study' }),
  health(HEALTH_POST, 3, { waits: 1, others: ['activated_after'], sex: 'female' }),
  partTime('Người hoạt động không chuyên trách', 5, {
    name: 'Phạm Quốc Bửu',
    sex: 'male',
    waits: 9,
    hasBurst: true,
  }),
  partTime('Phó Chỉ huy trưởng Ban Chỉ huy Quân sự', 10, { waits: 1, others: ['returned'], sex: 'male' }),
  partTime('Phó Chủ tịch Ủy ban MTTQ Việt Nam', 3, { others: ['outcome_missing'], target: 8 }),
  partTime('Phó Bí thư Đoàn TNCS Hồ Chí Minh', 11, { waits: 2, others: ['duplicate_claim'] }),
  partTime('Phó Chủ tịch Hội Liên hiệp Phụ nữ', 10, { waits: 1, others: ['activated_before'], sex: 'female' }),
  partTime('Phó Chủ tịch Hội Nông dân', 0, { gaps: { sim_signature: 'missing', phone_4g: 'missing' } }),
  partTime('Phó Chủ tịch Hội Cựu chiến binh', 0, { gaps: { portal_provincial: 'missing' }, sex: 'male' }),
  partTime('Phụ trách truyền thanh', 4, { waits: 1, others: ['outcome_missing', 'citizen_denied'] }),
  partTime('Văn thư – thủ quỹ', 0, { gaps: { sim_signature: 'declared' }, sex: 'female' }),
  partTime('Trưởng ấp 1', 5, { waits: 1, others: ['outcome_missing', 'duplicate_claim'] }),
  partTime('Trưởng ấp 2', 4, { waits: 1, others: ['not_in_extract', 'returned'] }),
  partTime('Trưởng ấp 3', 4, { others: ['activated_before'] }),
  partTime('Trưởng ấp 4', 0, { gaps: { sim_signature: 'returned' } }),
  partTime('Trưởng ấp 5', 3, { waits: 1, others: ['outcome_missing'] }),
  partTime('Trưởng ấp 6', 0),
  partTime('Trưởng ấp 7', 0, { gaps: { portal_provincial: 'missing' } }),
]
