import { addDays, type Day } from '#app/domain/calendar.ts'
import type { Association, Category, Role, Sex } from '#app/domain/vocabulary.ts'
import type { Dice } from './dice.ts'
import type { MadeUpNumbers } from './made-up-numbers.ts'
import { personName } from './names.ts'
import { type Post, postsOf } from './staffing.ts'
import { TAN_THANH_CODE, VILLAGERS, type Villager } from './tan-thanh.ts'
import { chapterOf, type Tree, type Unit } from './tree.server.ts'

type Posting = {
  unit: Unit
  position: string
  category: Category
  isLeader: boolean
  fromOn: Day
  toOn: Day | null
}

/** One official of the synthetic province; `number` and `phone` null where the roster does not know them. */
export type Official = {
  id: number
  accountId: number
  staffCode: string
  login: string
  name: string
  sex: Sex
  birthYear: number
  birthOn: Day | null
  number: string | null
  phone: string | null
  postings: Posting[]
  memberships: { chapterId: number; fromOn: Day; toOn: Day | null }[]
  villager: Villager | null
}

/** `official` null: an office's account, without an official on a roster. */
export type Account = {
  id: number
  login: string
  displayName: string
  official: Official | null
  hasPassword: boolean
}
export type Grant = { accountId: number; role: Role; unitId: number }

export type People = {
  officials: Official[]
  accounts: Account[]
  grants: Grant[]
  /** the accounts that confirm for a unit: its head and coordinator */
  chairs: ReadonlyMap<number, { head: number; coordinator: number | null }>
}

/** The posting on `day`; for a day before the first one, the first; undefined after the last has ended. */
export function postingAt(official: Official, day: Day): Posting | undefined {
  const current = official.postings.find(row => row.fromOn <= day && (row.toOn === null || day <= row.toOn))
  return current ?? (day < (official.postings[0]?.fromOn ?? day) ? official.postings[0] : undefined)
}

/** Returns the account that may decide on an official: the unit's head or coordinator, for a head the level above. */
export function deciderOf(people: People, tree: Tree, official: Official, unit: Unit, only?: 'head'): number {
  const chair = people.chairs.get(unit.id)
  if (!only && chair?.coordinator && chair.coordinator !== official.accountId && chair.head !== official.accountId)
    return chair.coordinator
  if (chair && chair.head !== official.accountId) return chair.head
  const above = tree.units.find(row => row.id === unit.parentId)
  if (above) return deciderOf(people, tree, official, above, 'head')
  return (
    people.grants.find(row => row.role === 'head' && row.unitId === unit.id && row.accountId !== official.accountId)
      ?.accountId ?? 1
  )
}

/** Draws everyone: posts by unit, names, memberships, transfers, accounts, who heads and who coordinates. */
export function peopleOf(tree: Tree, dice: Dice, numbers: MadeUpNumbers): People {
  const officials: Official[] = []
  for (const unit of tree.units) {
    const villagers = unit.localityCode === TAN_THANH_CODE && unit.kind === 'commune' ? VILLAGERS : null
    const posts: readonly Post[] = villagers ?? postsOf(unit, unit.staff, dice)
    posts.forEach((post, n) => {
      officials.push(drawOfficial(officials.length + 1, unit, post, villagers?.[n] ?? null, dice, numbers))
    })
  }
  moveSome(officials, tree, dice)
  for (const official of officials) official.memberships = membershipsOf(official, tree, dice)
  return { officials, ...accountsOf(officials, tree, dice) }
}

const INDIGENOUS_DISTRICTS = new Set(['691', '692', '693', '694', '696', '698'])

function drawOfficial(
  id: number,
  unit: Unit,
  post: Post,
  villager: Villager | null,
  dice: Dice,
  numbers: MadeUpNumbers,
): Official {
  const sex = post.sex ?? (dice.chance(femaleShare(unit, post)) ? 'female' : 'male')
  const birthYear = birthYearOf(post, dice)
  const isKnown = post.category !== 'member' || dice.chance(0.65)
  const indigenous = unit.kind === 'commune' && INDIGENOUS_DISTRICTS.has(unit.districtCode) ? 0.14 : 0.015
  const staffCode = `bp${String(id).padStart(5, '0')}`
  return {
    id,
    accountId: id,
    staffCode,
    login: villager?.login ?? staffCode,
    name: villager?.name ?? personName(dice, sex, indigenous),
    sex,
    birthYear,
    birthOn: isKnown ? dayIn(birthYear, dice) : null,
    number: isKnown ? numbers.personal(sex, birthYear) : null,
    phone: dice.chance(post.category === 'member' ? 0.6 : 0.94) ? numbers.phone() : null,
    postings: [
      {
        unit,
        position: post.position,
        category: post.category,
        isLeader: post.isLeader ?? false,
        fromOn: dayIn(dice.int(2015, 2023), dice),
        toOn: null,
      },
    ],
    memberships: [],
    villager,
  }
}

function femaleShare({ block }: Unit, post: Post): number {
  if (block === 'armed_forces') return 0.14
  if (post.isLeader) return 0.24
  if (/Giáo viên|Kế toán|y tế|kế toán/.test(post.position)) return 0.72
  return /Trưởng ấp|Trưởng khu phố|địa chính/.test(post.position) ? 0.18 : 0.48
}

function birthYearOf(post: Post, dice: Dice): number {
  if (post.isLeader) return dice.int(1965, 1984)
  if (/Đoàn (TNCS|viên thanh niên)/.test(post.position)) return dice.int(1992, 2002)
  if (/Cựu chiến binh|cựu chiến binh/.test(post.position)) return dice.int(1957, 1970)
  if (post.position === 'Chiến sỹ') return dice.int(1998, 2005)
  return dice.int(1970, 2000)
}

function dayIn(year: number, dice: Dice): Day {
  return addDays(`${year}-01-01`, dice.int(0, 364))
}

const TRANSFERS = 64
const DEPARTURES = 34

/**
 * Moves some to another unit of the same kind in May or June 2024, and lets some leave; never people of Tân Thành or
 * leaders.
 */
function moveSome(officials: readonly Official[], tree: Tree, dice: Dice) {
  const movable = dice.shuffled(
    officials.filter(
      ({ villager, postings: [post] }) =>
        villager === null && post && !post.isLeader && post.category !== 'member' && post.unit.block === 'state',
    ),
  )
  for (const official of movable.slice(0, TRANSFERS)) {
    const [from] = official.postings
    if (!from) continue
    const unit = dice.pick(
      tree.units.filter(
        ({ id, kind, block, localityCode }) =>
          id !== from.unit.id &&
          kind === from.unit.kind &&
          block === from.unit.block &&
          localityCode !== TAN_THANH_CODE,
      ),
    )
    const fromOn = dice.pick(['2024-05-02', '2024-05-06', '2024-05-15', '2024-06-01', '2024-06-03'])
    from.toOn = addDays(fromOn, -1)
    official.postings.push({ ...from, unit, fromOn, toOn: null })
  }
  for (const official of movable.slice(TRANSFERS, TRANSFERS + DEPARTURES)) {
    const [post] = official.postings
    if (post) post.toOn = dice.pick(['2024-04-30', '2024-05-15', '2024-05-31', '2024-06-07'])
  }
}

function membershipsOf(official: Official, tree: Tree, dice: Dice): Official['memberships'] {
  const joined = associationsOf(official, dice)
  const since = dayIn(dice.int(2016, 2023), dice)
  return official.postings.flatMap((posting, n) =>
    joined.flatMap(association => {
      const chapterId = chapterOf(tree, association, posting.unit)
      return chapterId === undefined
        ? []
        : [{ chapterId, fromOn: n === 0 ? since : posting.fromOn, toOn: posting.toOn }]
    }),
  )
}

function unionShare({ unit, category }: Official['postings'][number]): number {
  if (unit.block === 'armed_forces') return 0.45
  return category === 'part_time' ? 0.55 : 0.93
}

function associationsOf({ sex, birthYear, postings: [posting] }: Official, dice: Dice): Association[] {
  if (!posting) return []
  const { position, category, unit } = posting
  if (category === 'member') return [onlyAssociation(position)]
  const isLocal = unit.kind === 'commune'
  const joined: Association[] = []
  if (dice.chance(unionShare(posting))) joined.push('union')
  if (birthYear >= 1989 && dice.chance(0.85)) joined.push('youth')
  if (sex === 'female' && dice.chance(0.8)) joined.push('women')
  if (isLocal && (position.includes('Nông dân') || dice.chance(category === 'part_time' ? 0.35 : 0.06)))
    joined.push('farmers')
  if (isLocal && birthYear < 1972 && (position.includes('Cựu chiến binh') || (sex === 'male' && dice.chance(0.35))))
    joined.push('veterans')
  return joined
}

function onlyAssociation(position: string): Association {
  if (position.includes('phụ nữ')) return 'women'
  if (position.includes('nông dân')) return 'farmers'
  if (position.includes('cựu chiến binh')) return 'veterans'
  return position.includes('thanh niên') ? 'youth' : 'union'
}

/** Offices of the demo whose people are found by unit: login, role granted at the root, how far down the roster. */
const OFFICES: readonly { login: string; unit: string; role: Role }[] = [
  { login: 'congan', unit: 'Công an tỉnh (thường trực Tổ công tác Đề án 06)', role: 'campaign_office' },
  { login: 'stttt', unit: 'Sở Thông tin và Truyền thông', role: 'telecom_office' },
  { login: 'noivu', unit: 'Sở Nội vụ', role: 'home_affairs' },
  { login: 'lanhdao', unit: 'Tỉnh Bình Phước', role: 'province_leader' },
]
/** Inspectors work at one unit and are granted others' subtrees: the first a district, the rest the province. */
const INSPECTORS = { logins: ['kiemtra', 'kiemtra2', null], unit: 'Thanh tra tỉnh', inspects: 'Huyện Lộc Ninh' }
const DISTRICT_HEAD = { login: 'truonghuyen', unit: 'Thành phố Đồng Xoài' }
/** The provincial committee's office decides at the root beside the chairman. */
const COMMITTEE_OFFICE = 'Văn phòng UBND tỉnh'
const WITHOUT_ROSTER: readonly { login: string; displayName: string; role: Role }[] = [
  { login: 'kiemtoan', displayName: 'Kiểm toán nhật ký', role: 'auditor' },
  { login: 'quantri', displayName: 'Quản trị hệ thống', role: 'admin' },
  { login: 'quantri2', displayName: 'Quản trị hệ thống, người thứ hai', role: 'admin' },
]

function accountsOf(officials: readonly Official[], tree: Tree, dice: Dice): Omit<People, 'officials'> {
  const grants: Grant[] = []
  const chairs = new Map<number, { head: number; coordinator: number | null }>()
  const rosters = new Map<number, Official[]>()
  for (const official of officials) {
    const here = official.postings.at(-1)
    if (here && here.toOn === null) rosters.set(here.unit.id, [...(rosters.get(here.unit.id) ?? []), official])
  }
  const named = (name: string) => {
    const unit = tree.units.find(row => row.name === name)
    const roster = unit && rosters.get(unit.id)
    if (!unit || !roster) throw new Error(`no staff at ${name}`)
    return { unit, roster }
  }
  const grant = (official: Official, role: Role, unitId: number) =>
    grants.push({ accountId: official.accountId, role, unitId })
  const login = (official: Official | undefined, name: string): Official => {
    if (!official) throw new Error(`nobody to sign in as ${name}`)
    official.login = name
    return official
  }

  const rootId = tree.units[0]?.id ?? 1
  for (const { login: name, unit, role } of OFFICES) {
    const plain = named(unit).roster.find(
      row => !isHead(row) && (role === 'province_leader' || !row.postings.at(-1)?.isLeader),
    )
    grant(login(plain, name), role, rootId)
  }
  const inspectors = named(INSPECTORS.unit).roster.filter(row => !row.postings.at(-1)?.isLeader)
  INSPECTORS.logins.forEach((name, n) => {
    const inspector = inspectors[n]
    if (name !== null) login(inspector, name)
    if (inspector) grant(inspector, 'inspector', n === 0 ? named(INSPECTORS.inspects).unit.id : rootId)
  })
  login(named(DISTRICT_HEAD.unit).roster.find(isHead), DISTRICT_HEAD.login)

  for (const unit of tree.units) {
    const head = rosters.get(unit.id)?.find(isHead)
    if (!head) continue
    grant(head, 'head', unit.id)
    const coordinator = coordinatorOf(unit, rosters, tree, dice)
    if (coordinator) grant(coordinator, 'coordinator', unit.id)
    chairs.set(unit.id, { head: head.accountId, coordinator: coordinator?.accountId ?? null })
  }
  const committeeOffice = named(COMMITTEE_OFFICE).roster.find(isHead)
  if (committeeOffice) grant(committeeOffice, 'head', rootId)

  const accounts: Account[] = officials.map(official => ({
    id: official.accountId,
    login: official.login,
    displayName: official.name,
    official,
    hasPassword: official.login !== official.staffCode,
  }))
  for (const { login: name, displayName, role } of WITHOUT_ROSTER) {
    const id = accounts.length + 1
    accounts.push({ id, login: name, displayName, official: null, hasPassword: true })
    grants.push({ accountId: id, role, unitId: rootId })
  }
  return { accounts, grants, chairs }
}

/**
 * Returns true if an official heads the unit of their last posting: their position is the unit's title for its head.
 */
function isHead(official: Official): boolean {
  const posting = official.postings.at(-1)
  return posting?.isLeader === true && posting.position === posting.unit.headTitle
}

/** A district's coordinator sits in its office; most other units have one of their own. */
function coordinatorOf(
  unit: Unit,
  rosters: ReadonlyMap<number, readonly Official[]>,
  tree: Tree,
  dice: Dice,
): Official | undefined {
  const roster = rosters.get(unit.id) ?? []
  const villager = roster.find(official => official.login === 'daumoi')
  if (villager) return villager
  if (unit.kind === 'province' || (unit.kind !== 'district' && dice.chance(0.1))) return undefined
  const office =
    unit.kind === 'district' ? tree.units.find(row => row.parentId === unit.id && row.staff === 8) : undefined
  const candidates = (office ? (rosters.get(office.id) ?? []) : roster).filter(
    row => !row.postings.at(-1)?.isLeader && row.login === row.staffCode,
  )
  return (
    candidates.find(row => /văn phòng|Văn thư|Chuyên viên/.test(row.postings.at(-1)?.position ?? '')) ?? candidates[0]
  )
}
