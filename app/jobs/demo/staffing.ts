import type { Block, Category, Sex, UnitKind } from '#app/domain/vocabulary.ts'
import type { Dice } from './dice.ts'

/** One place on a unit's roster. `sex` where the position decides it. */
export type Post = { position: string; category: Category; isLeader?: boolean; sex?: Sex }

/** A unit that the founding does not know. */
export type AddedUnit = {
  kind: UnitKind
  block: Block
  name: string
  headTitle: string
  localityCode: string | null
  staff: number
}

/** The offices of each district, with how many work there. */
const DISTRICT_OFFICES: readonly { name: (place: string) => string; headTitle: string; staff: number; block: Block }[] =
  [
    { name: () => 'Văn phòng HĐND và UBND', headTitle: 'Chánh Văn phòng', staff: 8, block: 'state' },
    { name: () => 'Phòng Nội vụ', headTitle: 'Trưởng phòng', staff: 5, block: 'state' },
    { name: () => 'Phòng Tài chính – Kế hoạch', headTitle: 'Trưởng phòng', staff: 6, block: 'state' },
    { name: () => 'Phòng Văn hóa và Thông tin', headTitle: 'Trưởng phòng', staff: 5, block: 'state' },
    { name: () => 'Phòng Giáo dục và Đào tạo', headTitle: 'Trưởng phòng', staff: 6, block: 'state' },
    { name: () => 'Phòng Y tế', headTitle: 'Trưởng phòng', staff: 4, block: 'state' },
    { name: place => `Ủy ban MTTQ Việt Nam ${place}`, headTitle: 'Chủ tịch', staff: 5, block: 'front' },
    { name: place => `Trường THPT ${place}`, headTitle: 'Hiệu trưởng', staff: 11, block: 'state' },
  ]

/** The departments and the school of one district; `place` as in "huyện Lộc Ninh". */
export function districtOffices(place: string): AddedUnit[] {
  return DISTRICT_OFFICES.map(({ name, ...office }) => ({
    ...office,
    kind: 'department',
    name: name(place),
    localityCode: null,
  }))
}

/** The district's police under Công an tỉnh. */
export function districtPolice(place: string, localityCode: string): AddedUnit {
  const headTitle = `Trưởng Công an ${place
    .split(' ')
    .slice(0, place.startsWith('huyện') ? 1 : 2)
    .join(' ')}`
  return { kind: 'department', block: 'armed_forces', name: `Công an ${place}`, headTitle, localityCode, staff: 13 }
}

/** The district's military command under Bộ Chỉ huy Quân sự tỉnh. */
export function districtCommand(place: string, localityCode: string): AddedUnit {
  return {
    kind: 'department',
    block: 'armed_forces',
    name: `Ban Chỉ huy Quân sự ${place}`,
    headTitle: 'Chỉ huy trưởng',
    localityCode,
    staff: 8,
  }
}

/** Unions in enterprises that exist only here, by district: their people are union members and nothing else. */
export const GRASSROOTS: Readonly<Record<string, string>> = {
  '689': 'Công đoàn cơ sở Công ty TNHH May mặc Phúc An Mẫu',
  '695': 'Công đoàn cơ sở Công ty CP Chế biến Điều Thuận Mẫu',
  '697': 'Công đoàn cơ sở Công ty TNHH Giày da Chơn Mẫu',
  '694': 'Công đoàn cơ sở Công ty CP Cao su Hớn Mẫu',
  '690': 'Công đoàn cơ sở Công ty TNHH Gỗ Bình Mẫu',
}

/** The union in an enterprise of one district. */
export function grassrootsUnion(name: string, localityCode: string): AddedUnit {
  return { kind: 'grassroots', block: 'enterprise', name, headTitle: 'Chủ tịch Công đoàn', localityCode, staff: 20 }
}

/** Returns the number of staff at a founded unit. */
export function staffOfFounded(unit: { kind: UnitKind; block: Block; name: string }, dice: Dice): number {
  if (unit.kind === 'province') return 4
  if (unit.kind === 'district') return dice.int(4, 5)
  if (unit.kind === 'commune') return dice.int(22, 27)
  if (unit.name.startsWith('Công an tỉnh')) return 62
  if (unit.block === 'armed_forces') return dice.int(38, 56)
  if (unit.block === 'enterprise') return dice.int(28, 54)
  if (unit.block === 'party' || unit.block === 'front') return dice.int(20, 32)
  return dice.int(24, 50)
}

/** The roster of one unit, its head first: `size` posts. */
export function postsOf(
  unit: { kind: UnitKind; block: Block; name: string; headTitle: string },
  size: number,
  dice: Dice,
): Post[] {
  if (unit.kind === 'commune') return communePosts(unit.headTitle, size, dice)
  if (unit.kind === 'grassroots') return grassrootsPosts(unit.headTitle, size)
  if (unit.kind === 'province' || unit.kind === 'district')
    return Array.from({ length: size }, (_, n) => leader(n === 0 ? unit.headTitle : `Phó ${unit.headTitle}`, 'cadre'))
  const staff = STAFF.find(({ names }) => names.test(unit.name)) ?? OFFICE_STAFF[unit.block]
  const deputies = size < 6 ? 1 : size < 24 ? 2 : 3
  const posts = [leader(unit.headTitle, staff.leaders)]
  for (let n = 0; n < deputies; n++) posts.push(leader(`Phó ${unit.headTitle}`, staff.leaders))
  while (posts.length < size) posts.push(dice.weighted(staff.posts))
  return posts
}

function leader(position: string, category: Category): Post {
  return { position, category, isLeader: true }
}

type Weighted = readonly (readonly [Post, number])[]
type Staff = { leaders: Category; posts: Weighted }

const CONTRACTS: Weighted = [
  [{ position: 'Nhân viên lái xe', category: 'contract', sex: 'male' }, 3],
  [{ position: 'Nhân viên bảo vệ', category: 'contract', sex: 'male' }, 2],
  [{ position: 'Nhân viên phục vụ', category: 'contract', sex: 'female' }, 3],
]

const OFFICE_STAFF: Record<Block, Staff> = {
  state: {
    leaders: 'civil_servant',
    posts: [
      [{ position: 'Trưởng phòng', category: 'civil_servant' }, 8],
      [{ position: 'Phó Trưởng phòng', category: 'civil_servant' }, 9],
      [{ position: 'Chuyên viên chính', category: 'civil_servant' }, 9],
      [{ position: 'Chuyên viên', category: 'civil_servant' }, 42],
      [{ position: 'Kế toán', category: 'civil_servant' }, 3],
      [{ position: 'Văn thư', category: 'civil_servant', sex: 'female' }, 3],
      [{ position: 'Viên chức đơn vị sự nghiệp trực thuộc', category: 'public_employee' }, 16],
      ...CONTRACTS,
    ],
  },
  party: {
    leaders: 'cadre',
    posts: [
      [{ position: 'Trưởng phòng', category: 'civil_servant' }, 12],
      [{ position: 'Phó Trưởng phòng', category: 'civil_servant' }, 12],
      [{ position: 'Chuyên viên chính', category: 'civil_servant' }, 14],
      [{ position: 'Chuyên viên', category: 'civil_servant' }, 46],
      ...CONTRACTS,
    ],
  },
  front: {
    leaders: 'cadre',
    posts: [
      [{ position: 'Trưởng ban', category: 'civil_servant' }, 16],
      [{ position: 'Phó Trưởng ban', category: 'civil_servant' }, 10],
      [{ position: 'Chuyên viên', category: 'civil_servant' }, 50],
      ...CONTRACTS,
    ],
  },
  armed_forces: {
    leaders: 'soldier',
    posts: [
      [{ position: 'Đội trưởng', category: 'soldier' }, 8],
      [{ position: 'Phó Đội trưởng', category: 'soldier' }, 10],
      [{ position: 'Cán bộ', category: 'soldier' }, 62],
      [{ position: 'Công nhân công an', category: 'contract' }, 2],
    ],
  },
  enterprise: {
    leaders: 'contract',
    posts: [
      [{ position: 'Trưởng phòng Kinh doanh', category: 'contract' }, 4],
      [{ position: 'Cửa hàng trưởng', category: 'contract' }, 8],
      [{ position: 'Nhân viên kinh doanh địa bàn', category: 'contract' }, 40],
      [{ position: 'Giao dịch viên', category: 'contract', sex: 'female' }, 22],
      [{ position: 'Nhân viên kỹ thuật', category: 'contract', sex: 'male' }, 22],
    ],
  },
}

/** Units whose people are called otherwise than in an office; the first that fits the name. */
const STAFF: readonly (Staff & { names: RegExp })[] = [
  {
    names: /^(Bộ|Ban) Chỉ huy/,
    leaders: 'soldier',
    posts: [
      [{ position: 'Trợ lý', category: 'soldier' }, 30],
      [{ position: 'Nhân viên chuyên môn', category: 'soldier' }, 24],
      [{ position: 'Chiến sỹ', category: 'soldier', sex: 'male' }, 40],
    ],
  },
  {
    names: /^Công an (huyện|thị xã|thành phố)/,
    leaders: 'soldier',
    posts: [
      [{ position: 'Đội trưởng', category: 'soldier' }, 10],
      [{ position: 'Cán bộ Đội Cảnh sát QLHC về TTXH', category: 'soldier' }, 40],
      [{ position: 'Công an xã', category: 'soldier', sex: 'male' }, 40],
    ],
  },
  {
    names: /^(Phòng (Nội vụ|Tài chính|Văn hóa|Giáo dục|Y tế)|Văn phòng HĐND)/,
    leaders: 'civil_servant',
    posts: [
      [{ position: 'Chuyên viên', category: 'civil_servant' }, 60],
      [{ position: 'Kế toán', category: 'civil_servant' }, 6],
      [{ position: 'Văn thư', category: 'civil_servant', sex: 'female' }, 6],
      ...CONTRACTS,
    ],
  },
  {
    names: /^Trường /,
    leaders: 'public_employee',
    posts: [
      [{ position: 'Giáo viên', category: 'public_employee' }, 70],
      [{ position: 'Tổ trưởng chuyên môn', category: 'public_employee' }, 16],
      [{ position: 'Nhân viên thư viện, thiết bị', category: 'public_employee' }, 6],
      [{ position: 'Nhân viên bảo vệ', category: 'contract', sex: 'male' }, 5],
    ],
  },
  {
    names: /^(Đài|Trung tâm)/,
    leaders: 'public_employee',
    posts: [
      [{ position: 'Trưởng phòng', category: 'public_employee' }, 10],
      [{ position: 'Viên chức', category: 'public_employee' }, 60],
      [{ position: 'Chuyên viên', category: 'civil_servant' }, 12],
      ...CONTRACTS,
    ],
  },
  {
    names: /^Thanh tra/,
    leaders: 'civil_servant',
    posts: [
      [{ position: 'Thanh tra viên', category: 'civil_servant' }, 40],
      [{ position: 'Thanh tra viên chính', category: 'civil_servant' }, 12],
      [{ position: 'Chuyên viên', category: 'civil_servant' }, 20],
      ...CONTRACTS,
    ],
  },
  {
    names: /^(Tòa án|Viện kiểm sát|Cục Thi hành án)/,
    leaders: 'civil_servant',
    posts: [
      [{ position: 'Công chức nghiệp vụ', category: 'civil_servant' }, 30],
      [{ position: 'Thư ký', category: 'civil_servant' }, 30],
      [{ position: 'Chuyên viên', category: 'civil_servant' }, 16],
      ...CONTRACTS,
    ],
  },
]

const COMMUNE_CADRES: readonly Post[] = [
  { position: 'Bí thư Đảng ủy', category: 'cadre', isLeader: true },
  { position: 'Phó Bí thư Thường trực Đảng ủy', category: 'cadre', isLeader: true },
  { position: 'Phó Chủ tịch HĐND', category: 'cadre', isLeader: true },
  { position: 'Chủ tịch Ủy ban MTTQ Việt Nam', category: 'cadre' },
  { position: 'Bí thư Đoàn TNCS Hồ Chí Minh', category: 'cadre' },
  { position: 'Chủ tịch Hội Liên hiệp Phụ nữ', category: 'cadre', sex: 'female' },
  { position: 'Chủ tịch Hội Nông dân', category: 'cadre' },
  { position: 'Chủ tịch Hội Cựu chiến binh', category: 'cadre', sex: 'male' },
  { position: 'Công chức văn phòng – thống kê', category: 'civil_servant' },
  { position: 'Công chức tài chính – kế toán', category: 'civil_servant' },
  { position: 'Công chức tư pháp – hộ tịch', category: 'civil_servant' },
  { position: 'Công chức văn hóa – xã hội', category: 'civil_servant' },
  { position: 'Công chức văn hóa – xã hội', category: 'civil_servant' },
  { position: 'Chỉ huy trưởng Ban Chỉ huy Quân sự', category: 'civil_servant', sex: 'male' },
]

const COMMUNE_OTHERS: Weighted = [
  [{ position: 'Viên chức trạm y tế', category: 'public_employee' }, 22],
  [{ position: 'Phó Chủ tịch Hội Liên hiệp Phụ nữ', category: 'part_time', sex: 'female' }, 8],
  [{ position: 'Phó Bí thư Đoàn TNCS Hồ Chí Minh', category: 'part_time' }, 8],
  [{ position: 'Phó Chỉ huy trưởng Ban Chỉ huy Quân sự', category: 'part_time', sex: 'male' }, 8],
  [{ position: 'Phụ trách truyền thanh', category: 'part_time' }, 6],
  [{ position: 'Văn thư – lưu trữ', category: 'part_time', sex: 'female' }, 6],
  [{ position: 'Trưởng ấp', category: 'part_time' }, 16],
  [{ position: 'Hội viên phụ nữ', category: 'member', sex: 'female' }, 10],
  [{ position: 'Hội viên nông dân', category: 'member' }, 6],
  [{ position: 'Đoàn viên thanh niên', category: 'member' }, 8],
  [{ position: 'Hội viên cựu chiến binh', category: 'member', sex: 'male' }, 3],
]

function communePosts(headTitle: string, size: number, dice: Dice): Post[] {
  const place = headTitle.replace('Chủ tịch UBND ', '')
  const isRural = place === 'xã'
  const surveyor = isRural
    ? 'địa chính – nông nghiệp – xây dựng và môi trường'
    : 'địa chính – xây dựng – đô thị và môi trường'
  const posts: Post[] = [
    leader(headTitle, 'cadre'),
    leader(`Phó ${headTitle}`, 'cadre'),
    leader(`Phó ${headTitle}`, 'cadre'),
    ...COMMUNE_CADRES,
    { position: `Công chức ${surveyor}`, category: 'civil_servant' },
  ]
  while (posts.length < size) {
    const post = dice.weighted(COMMUNE_OTHERS)
    posts.push(post.position === 'Trưởng ấp' && !isRural ? { ...post, position: 'Trưởng khu phố' } : post)
  }
  return posts
}

function grassrootsPosts(headTitle: string, size: number): Post[] {
  return Array.from({ length: size }, (_, n) => ({
    position: n === 0 ? headTitle : 'Đoàn viên công đoàn',
    category: 'member' as const,
    isLeader: n === 0,
  }))
}
