import type { Day } from '#app/domain/calendar.ts'
import type { AssignmentState, TeamKind, WorklistLack } from '#app/domain/vocabulary.ts'
import type { Dice } from './dice.ts'
import type { MadeUpNumbers } from './made-up-numbers.ts'
import { personName } from './names.ts'
import { type Official, type People, postingAt } from './people.ts'
import { DAY_MS, STANDS_AT, TODAY } from './rhythm.ts'
import { TAN_THANH_CODE } from './tan-thanh.ts'
import type { Tree, Unit } from './tree.server.ts'
import type { Visit } from './visit.ts'

/** A citizen on a list; `visit`: the record by which the item is done. */
export type Listed = {
  name: string
  number: string
  phone: string | null
  address: string | null
  birthYear: number
  hamlet: string
  lacks: WorklistLack[]
  official: Official | null
  /** place of the team among the list's teams */
  team: number | null
  state: AssignmentState
  appointment: { on: Day; time: string; place: string } | null
  note: string | null
  changedAt: number | null
  visit: Visit | null
}

type ListedTeam = {
  kind: TeamKind
  name: string
  hamlet: string
  decisionNumber: string
  members: { official: Official; isLeader: boolean; isPaid: boolean; fromOn: Day }[]
}

/** The list of one commune, its teams, and where its people live. */
export type List = {
  unit: Unit
  name: string
  importedAt: number
  importedBy: number
  citizens: Listed[]
  teams: ListedTeam[]
  homes: ReadonlyMap<Official, string>
}

const COMMUNES = ['Tân Thành', 'Tiến Hưng', 'Lộc Hiệp', 'Bom Bo', 'Long Hà', 'Tân Khai', 'Đồng Tiến'] as const
const BASIS_DAY_MS = 20 * DAY_MS

/** States of those who are not done, with their shares; Tân Thành has one of each at least. */
const STATES: readonly (readonly [AssignmentState, number])[] = [
  ['not_contacted', 60],
  ['appointment', 18],
  ['away', 11],
  ['submitted', 7],
  ['refused', 6],
  ['abroad', 4],
  ['address_unknown', 5],
  ['serving_sentence', 3],
]

const NOTES: Partial<Record<AssignmentState, readonly string[]>> = {
  away: ['Đi làm công ty ở Bình Dương, cuối tuần mới về.', 'Đi thăm con, tuần sau về.'],
  refused: ['Chưa có nhu cầu dùng điện thoại thông minh.'],
  submitted: ['Đã thu nhận vân tay, chờ duyệt mức 2.'],
  address_unknown: ['Đã chuyển đi, hàng xóm không rõ nơi ở mới.'],
  appointment: ['Nhờ con trai ở nhà giúp.', 'Hẹn sau giờ cạo mủ cao su.'],
}

const LACKS: readonly (readonly [WorklistLack[], number])[] = [
  [['eid_activation', 'sim_signature'], 42],
  [['eid_activation'], 26],
  [['eid_account', 'eid_activation', 'sim_signature'], 14],
  [['sim_signature'], 12],
  [['id_card', 'eid_account', 'eid_activation', 'sim_signature'], 6],
]

/** Worklists of several communes: citizens done by the records of `visits`, and others in every state. */
export function listsOf(
  tree: Tree,
  people: People,
  visits: readonly Visit[],
  { dice, numbers }: { dice: Dice; numbers: MadeUpNumbers },
): List[] {
  return COMMUNES.flatMap(name => {
    const unit = tree.units.find(row => row.kind === 'commune' && row.name.endsWith(` ${name}`))
    const chair = unit && people.chairs.get(unit.id)
    if (!unit || !chair) return []
    const isTanThanh = unit.localityCode === TAN_THANH_CODE
    const staff = people.officials.filter(row => postingAt(row, TODAY)?.unit.id === unit.id)
    const homes = homesOf(staff, dice)
    const teams = isTanThanh ? teamsOf(staff, people, tree) : []
    const done = spread(visitsIn(unit, visits), isTanThanh ? 22 : dice.int(12, 26))
    const open = Array.from({ length: isTanThanh ? 40 : dice.int(18, 34) }, (_, n) =>
      openCitizen({ staff, teams, homes, n, isTanThanh }, dice, numbers),
    )
    return [
      {
        unit,
        name: 'Người chưa kích hoạt tài khoản, chưa có SIM chính chủ',
        importedAt: STANDS_AT - BASIS_DAY_MS,
        importedBy: chair.coordinator ?? chair.head,
        citizens: [...done.map(visit => doneCitizen(visit, dice)), ...open],
        teams,
        homes,
      },
    ]
  })
}

/** `count` of the rows, as far apart as they allow, the last among them. */
function spread<Row>(rows: readonly Row[], count: number): Row[] {
  const step = Math.max(1, Math.floor(rows.length / count))
  return rows.filter((_, n) => (rows.length - 1 - n) % step === 0).slice(-count)
}

/** Standing records of citizens of the commune since the list was made, each citizen once. */
function visitsIn(unit: Unit, visits: readonly Visit[]): Visit[] {
  const first = new Map<string, Visit>()
  for (const visit of visits)
    if (
      visit.citizen.commune.code === unit.localityCode &&
      visit.withdrawnAt === null &&
      !first.has(visit.citizen.number)
    )
      first.set(visit.citizen.number, visit)
  return [...first.values()].filter(({ fate, helpedOn }) => fate === 'counts' && helpedOn >= '2024-05-24')
}

function homesOf(staff: readonly Official[], dice: Dice): Map<Official, string> {
  return new Map(
    staff.map(official => {
      const position = official.postings[0]?.position ?? ''
      const own = /^Trưởng (ấp|thôn|khu phố) (\d+)$/.exec(position)
      return [official, `Ấp ${own?.[2] ?? dice.int(1, 7)}`]
    }),
  )
}

function teamsOf(staff: readonly Official[], people: People, tree: Tree): ListedTeam[] {
  const at = (position: RegExp) => staff.find(row => position.test(row.postings[0]?.position ?? ''))
  const own = staff.find(row => row.login === 'canbo')
  const ward = tree.units.find(row => row.name === 'UBND phường Tân Phú')
  const guest = people.officials.find(row => postingAt(row, TODAY)?.unit.id === ward?.id)
  const members = (rows: readonly (Official | undefined)[], isPaid: readonly boolean[]) =>
    rows.flatMap((official, n) =>
      official ? [{ official, isLeader: n === 0, isPaid: isPaid[n] ?? false, fromOn: '2024-04-15' }] : [],
    )
  return [
    {
      kind: 'project_06',
      name: 'Tổ Đề án 06 ấp 3',
      hamlet: 'Ấp 3',
      decisionNumber: '45/QĐ-UBND',
      members: members([at(/^Trưởng ấp 3$/), own, at(/^Phó Bí thư Đoàn/), guest], [false, true, false, true]),
    },
    {
      kind: 'digital_community',
      name: 'Tổ công nghệ số cộng đồng ấp 5',
      hamlet: 'Ấp 5',
      decisionNumber: '46/QĐ-UBND',
      members: members([at(/^Trưởng ấp 5$/), at(/^Phụ trách truyền thanh/)], [false, false]),
    },
  ]
}

type Place = {
  staff: readonly Official[]
  teams: readonly ListedTeam[]
  homes: ReadonlyMap<Official, string>
  n: number
  isTanThanh: boolean
}

/** At Tân Thành each state is there at least once. */
const drawnState = ({ isTanThanh, n }: Place, dice: Dice) =>
  isTanThanh && n >= 6 && n < 14 ? (STATES[n - 6]?.[0] ?? 'away') : dice.weighted(STATES)

/** One in four at Tân Thành is a team's; null: no team's. */
const drawnTeam = ({ isTanThanh, teams }: Place, dice: Dice) =>
  isTanThanh && dice.chance(0.25) ? dice.int(0, teams.length - 1) : null

const drawnNote = (state: AssignmentState, dice: Dice) => (dice.chance(0.7) ? dice.pick(NOTES[state] ?? [null]) : null)

const pickNear = (neighbours: readonly Official[], staff: readonly Official[], dice: Dice) =>
  dice.pick(neighbours.length > 0 ? neighbours : staff)

function openCitizen(place: Place, dice: Dice, numbers: MadeUpNumbers): Listed {
  const { staff, teams, n, isTanThanh } = place
  const sex = dice.chance(0.52) ? 'female' : 'male'
  const birthYear = dice.int(1945, 2006)
  const drawn = drawnState(place, dice)
  const known = isTanThanh ? KNOWN[n] : undefined
  const state = known?.state ?? drawn
  const hamlet = known?.hamlet ?? `Ấp ${dice.int(1, 7)}`
  const own = known === undefined ? undefined : staff.find(row => row.login === 'canbo')
  const team = own ? null : drawnTeam(place, dice)
  const isShared = known !== undefined || state !== 'not_contacted' || dice.chance(0.35)
  const neighbours = staff.filter(row => place.homes.get(row) === hamlet)
  return {
    name: known?.name ?? personName(dice, sex, 0.06),
    number: numbers.personal(sex, birthYear),
    phone: dice.chance(0.85) ? numbers.phone() : null,
    address: dice.chance(0.7) ? `Tổ ${dice.int(1, 9)}` : null,
    birthYear,
    hamlet: teams[team ?? -1]?.hamlet ?? hamlet,
    lacks: dice.weighted(LACKS),
    official: own ?? (isShared && team === null ? pickNear(neighbours, staff, dice) : null),
    team: isShared ? team : null,
    state,
    appointment: state === 'appointment' ? (known?.appointment ?? appointmentOf(dice)) : null,
    note: drawnNote(state, dice),
    changedAt: state === 'not_contacted' ? null : STANDS_AT - dice.int(1, 12) * DAY_MS,
    visit: null,
  }
}

const appointmentOf = (dice: Dice) => ({
  on: `2024-06-${dice.int(12, 22)}`,
  time: dice.pick(['', '08:00', '17:30', '18:30', '19:00']),
  place: dice.pick(['nhà', 'nhà văn hóa ấp', 'UBND xã']),
})

/** Those whom `canbo` is to go to. */
const KNOWN: readonly {
  name: string
  hamlet: string
  state: AssignmentState
  appointment?: Listed['appointment']
}[] = [
  {
    name: 'Trần Văn Ước',
    hamlet: 'Ấp 3',
    state: 'appointment',
    appointment: { on: '2024-06-14', time: '18:30', place: 'nhà' },
  },
  { name: 'Thị Nhưng', hamlet: 'Ấp 5', state: 'not_contacted' },
  { name: 'Điểu Lơn', hamlet: 'Ấp 3', state: 'not_contacted' },
  { name: 'Phạm Thị Kim Loan', hamlet: 'Ấp 1', state: 'away' },
  { name: 'Nguyễn Văn Hậu', hamlet: 'Ấp 3', state: 'refused' },
  {
    name: 'Lê Thị Nhàn',
    hamlet: 'Ấp 5',
    state: 'appointment',
    appointment: { on: '2024-06-13', time: '', place: 'nhà văn hóa ấp 5' },
  },
]

function doneCitizen(visit: Visit, dice: Dice): Listed {
  const { citizen, official } = visit
  return {
    name: citizen.name,
    number: citizen.number,
    phone: citizen.phone,
    address: dice.chance(0.7) ? `Tổ ${dice.int(1, 9)}` : null,
    birthYear: citizen.birthYear,
    hamlet: citizen.hamlet,
    lacks: dice.weighted(LACKS),
    official,
    team: null,
    state: 'done',
    appointment: null,
    note: null,
    changedAt: visit.receivedAt,
    visit,
  }
}
