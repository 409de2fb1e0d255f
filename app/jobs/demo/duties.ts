import { addDays, type Day, startOf } from '#app/domain/calendar.ts'
import {
  type Carrier,
  type CertificateKind,
  type ExemptionPart,
  type ExemptionReason,
  type ExemptionState,
  OBLIGATION_PARTS,
  type ObligationPart,
  type ObligationState,
} from '#app/domain/vocabulary.ts'
import type { Dice } from './dice.ts'
import { deciderOf, type Official, type People, postingAt } from './people.ts'
import { HOUR_MS, officeHour, STANDS_AT } from './rhythm.ts'
import type { Tree, Unit } from './tree.server.ts'

const ENDS_ON: Day = '2024-07-03'

type Pledge = {
  official: Official
  citizens: number
  simSignatureBy: Day
  phone4gBy: Day
  portalLoginBy: Day
  signedAt: number
  /** the unit whose signed list contains it; null: the person signed in the app */
  listOf: Unit | null
}

export type Obligation = {
  official: Official
  part: ObligationPart
  state: ObligationState
  phone: string | null
  carrier: Carrier | null
  isOwnName: boolean | null
  certificateProvider: string | null
  certificateKind: CertificateKind | null
  validFromOn: Day | null
  validToOn: Day | null
  deviceMaker: string | null
  deviceModel: string | null
  firstLoginOn: Day | null
  declaredAt: number
  confirmedAt: number | null
  confirmedBy: number | null
  returnedAt: number | null
  returnReason: string | null
}

type Exemption = {
  official: Official
  part: ExemptionPart
  reason: ExemptionReason
  reasonText: string
  documentNumber: string
  fromOn: Day
  toOn: Day
  state: ExemptionState
  askedAt: number
  askedBy: number | null
  decidedAt: number | null
  decidedBy: number | null
  decisionReason: string | null
}

/** Either of one official or of a unit's whole subtree. */
export type TargetDecision = {
  official: Official | null
  unit: Unit | null
  citizens: number
  documentNumber: string
  reason: string
  createdAt: number
  createdBy: number
}

/** Most sign by the end of April: in some units on one signed list, elsewhere each in the app. */
export function pledgesOf(people: People, dice: Dice, targetOf: (official: Official) => number): Pledge[] {
  const lists = new Map<number, boolean>()
  const deadline = () => dice.pick(['2024-04-30', '2024-05-10', '2024-05-15', '2024-05-31'])
  return people.officials.flatMap(official => {
    const unit = postingAt(official, '2024-04-15')?.unit
    if (!unit) return []
    const isListed = lists.get(unit.id) ?? (unit.kind === 'commune' && official.villager === null && dice.chance(0.3))
    lists.set(unit.id, isListed)
    if (!isListed && !dice.chance(official.villager ? 1 : 0.88)) return []
    const more = dice.chance(0.25) ? dice.pick([1, 2, 5]) : 0
    return [
      {
        official,
        citizens: targetOf(official) + more,
        simSignatureBy: deadline(),
        phone4gBy: deadline(),
        portalLoginBy: deadline(),
        signedAt: isListed
          ? startOf('2024-04-12') + 9 * HOUR_MS
          : officeHour(addDays('2024-04-05', dice.int(0, 20)), dice),
        listOf: isListed ? unit : null,
      },
    ]
  })
}

const STATES: Record<ObligationPart, readonly (readonly [ObligationState, number])[]> = {
  sim_signature: [
    ['missing', 8],
    ['declared', 6],
    ['returned', 2],
    ['confirmed', 49],
    ['verified', 28],
  ],
  phone_4g: [
    ['missing', 2],
    ['declared', 2.5],
    ['returned', 0.6],
    ['confirmed', 72],
    ['verified', 20],
  ],
  portal_national: [
    ['missing', 4],
    ['declared', 4],
    ['returned', 1],
    ['confirmed', 87],
  ],
  portal_provincial: [
    ['missing', 6],
    ['declared', 6],
    ['returned', 1.5],
    ['confirmed', 81],
  ],
}

const SIM_CARRIERS: readonly (readonly [Carrier, string, string, number])[] = [
  ['viettel', 'Viettel-CA', 'MySign', 62],
  ['vinaphone', 'VNPT-CA', 'VNPT SmartCA', 28],
  ['mobifone', 'MobiFone CA', 'MobiFone CA', 10],
]

const DEVICES: readonly (readonly [string, readonly string[]])[] = [
  ['Samsung', ['Galaxy A15', 'Galaxy A34', 'Galaxy S23', 'Galaxy A05s']],
  ['OPPO', ['A58', 'Reno10', 'A18']],
  ['Xiaomi', ['Redmi 13C', 'Redmi Note 12']],
  ['vivo', ['Y17s', 'Y36']],
  ['Apple', ['iPhone 11', 'iPhone 13', 'iPhone XR']],
]

const RETURN_REASONS: Record<ObligationPart, string> = {
  sim_signature: 'Thời hạn chứng thư trên ảnh khác với thời hạn đã khai, đề nghị anh/chị kiểm tra lại.',
  phone_4g: 'Chưa rõ tên máy, đề nghị anh/chị ghi thêm.',
  portal_national: 'Ngày đăng nhập chưa khớp, đề nghị anh/chị xem lại.',
  portal_provincial: 'Ngày đăng nhập chưa khớp, đề nghị anh/chị xem lại.',
}

/** Returns the declarations of the four parts for all except ordinary members; a part without a row is missing. */
export function obligationsOf(people: People, tree: Tree, dice: Dice): Obligation[] {
  return people.officials.flatMap(official => {
    const posting = official.postings.at(-1)
    if (!posting || posting.category === 'member') return []
    return OBLIGATION_PARTS.flatMap(part => {
      const gap = official.villager?.gaps?.[part]
      const state = stateOf(official, posting.unit, part, dice)
      if (state === 'missing') return []
      return [declared(official, posting.unit, part, state, gap === 'expiring', people, tree, dice)]
    })
  })
}

function stateOf({ villager }: Official, unit: Unit, part: ObligationPart, dice: Dice): ObligationState {
  const gap = villager?.gaps?.[part]
  if (gap === 'expiring') return 'confirmed'
  if (gap) return gap
  if (villager) return part === 'sim_signature' && dice.chance(0.4) ? 'verified' : 'confirmed'
  return dice.weighted(
    STATES[part].map(([state, share]) => [
      state,
      state === 'missing' || state === 'declared' || state === 'returned' ? share / unit.drive ** 2 : share,
    ]),
  )
}

function declared(
  official: Official,
  unit: Unit,
  part: ObligationPart,
  state: ObligationState,
  isExpiring: boolean,
  people: People,
  tree: Tree,
  dice: Dice,
): Obligation {
  const declaredOn =
    state === 'declared' ? addDays('2024-05-27', dice.int(0, 15)) : addDays('2024-04-06', dice.int(0, 50))
  const declaredAt = Math.min(officeHour(declaredOn, dice), STANDS_AT - HOUR_MS)
  const decidedAt = Math.min(declaredAt + Math.floor(dice.between(0.2, 6) * 24) * HOUR_MS, STANDS_AT - HOUR_MS / 2)
  const isConfirmed = state === 'confirmed' || state === 'verified'
  return {
    official,
    part,
    state,
    ...NOTHING,
    ...(part === 'sim_signature' ? certificate(official, state, isExpiring, dice) : {}),
    ...(part === 'phone_4g' ? device(dice) : {}),
    ...(part === 'portal_national' || part === 'portal_provincial'
      ? { firstLoginOn: addDays(declaredOn, -dice.int(0, 40)) }
      : {}),
    declaredAt,
    confirmedAt: isConfirmed ? decidedAt : null,
    confirmedBy: isConfirmed ? deciderOf(people, tree, official, unit) : null,
    returnedAt: state === 'returned' ? decidedAt : null,
    returnReason: state === 'returned' ? RETURN_REASONS[part] : null,
  }
}

const NOTHING = {
  phone: null,
  carrier: null,
  isOwnName: null,
  certificateProvider: null,
  certificateKind: null,
  validFromOn: null,
  validToOn: null,
  deviceMaker: null,
  deviceModel: null,
  firstLoginOn: null,
}

/** The people of Tân Thành hold certificates that last, except where the table says otherwise. */
function certificate({ phone, villager }: Official, state: ObligationState, isExpiring: boolean, dice: Dice) {
  const [carrier, onSim, remote] = isExpiring
    ? (['viettel', 'Viettel-CA', 'MySign'] as const)
    : dice.weighted(SIM_CARRIERS.map(row => [row, row[3]]))
  const isToken = villager === null && state === 'confirmed' && dice.chance(0.03)
  const kind: CertificateKind = isToken ? 'government_token' : dice.chance(0.72) ? 'sim' : 'remote'
  const endsEarly = isExpiring || (villager === null && dice.chance(0.035))
  const validFromOn = endsEarly ? '2023-07-01' : addDays('2024-03-20', dice.int(0, 60))
  return {
    phone,
    carrier,
    isOwnName: true,
    certificateProvider: isToken ? 'Ban Cơ yếu Chính phủ' : kind === 'sim' ? onSim : remote,
    certificateKind: kind,
    validFromOn,
    validToOn: endsEarly ? '2024-06-30' : addDays(validFromOn, dice.pick([365, 365, 730, 1095])),
  }
}

function device(dice: Dice) {
  const [deviceMaker, models] = dice.pick(DEVICES)
  return { deviceMaker, deviceModel: dice.pick(models) }
}

const EXEMPTION_SHARE = 0.021

const REASONS: readonly (readonly [ExemptionReason, number])[] = [
  ['maternity', 30],
  ['long_sick', 18],
  ['study', 20],
  ['seconded_out', 9],
  ['saturated_area', 6],
  ['other', 4],
]

const OTHER_TEXT = 'Phục vụ đoàn công tác dài ngày ngoài tỉnh'

/** Makes exemptions: requested, approved or rejected; those who left are recorded by their reason. */
export function exemptionsOf(people: People, tree: Tree, dice: Dice): Exemption[] {
  return people.officials.flatMap(official => {
    const posting = official.postings.at(-1)
    if (!posting) return []
    const { villager } = official
    if (villager?.exempt)
      return (['quota', ...OBLIGATION_PARTS] as const).map(part =>
        exemption(official, posting.unit, part, villager.exempt ?? 'study', 'approved', people, tree, dice),
      )
    if (posting.toOn !== null)
      return [exemption(official, posting.unit, 'quota', departure(dice), 'approved', people, tree, dice)]
    if (villager || !dice.chance(EXEMPTION_SHARE)) return []
    const drawn = dice.weighted(REASONS)
    const reason = drawn === 'maternity' && official.sex === 'male' ? 'study' : drawn
    const state = dice.weighted([
      ['approved', 62],
      ['asked', 24],
      ['rejected', 14],
    ] as const)
    const isWide = reason === 'long_sick' || reason === 'seconded_out'
    const parts: readonly ExemptionPart[] = isWide
      ? ['quota', ...OBLIGATION_PARTS]
      : [dice.chance(0.9) ? 'quota' : dice.pick(OBLIGATION_PARTS)]
    return parts.map(part => exemption(official, posting.unit, part, reason, state, people, tree, dice))
  })
}

function departure(dice: Dice): ExemptionReason {
  return dice.weighted([
    ['retired', 12],
    ['left', 9],
    ['deceased', 1.5],
  ] as const)
}

function exemption(
  official: Official,
  unit: Unit,
  part: ExemptionPart,
  reason: ExemptionReason,
  state: ExemptionState,
  people: People,
  tree: Tree,
  dice: Dice,
): Exemption {
  const askedAt = officeHour(
    state === 'asked' ? addDays('2024-05-30', dice.int(0, 12)) : addDays('2024-04-08', dice.int(0, 40)),
    dice,
  )
  const decidedAt = Math.min(askedAt + dice.int(1, 5) * 24 * HOUR_MS, STANDS_AT - HOUR_MS)
  const isDecided = state !== 'asked'
  const askedBy = deciderOf(people, tree, official, unit)
  const decider = deciderOf(people, tree, official, unit, 'head')
  return {
    official,
    part,
    reason,
    reasonText: reason === 'other' ? OTHER_TEXT : '',
    documentNumber: `${dice.int(3, 180)}/${reason === 'study' || reason === 'seconded_out' ? 'QĐ' : 'TB'}-${unit.kind === 'commune' ? 'UBND' : 'VP'}`,
    fromOn: dice.pick(['2024-03-01', '2024-03-18', '2024-04-01']),
    toOn:
      official.villager || dice.chance(0.85)
        ? dice.pick(['2024-08-31', '2024-09-30', '2024-12-31'])
        : addDays(ENDS_ON, -dice.int(5, 25)),
    state,
    askedAt,
    askedBy,
    decidedAt: isDecided ? decidedAt : null,
    decidedBy: isDecided ? (decider === askedBy ? aboveOf(people, tree, official, unit) : decider) : null,
    decisionReason: state === 'rejected' ? 'Chưa có văn bản kèm theo; thời gian nghỉ không trùng đợt cao điểm.' : null,
  }
}

/** The head above a unit; the root's own where there is none above. */
function aboveOf(people: People, tree: Tree, official: Official, unit: Unit): number {
  const above = tree.units.find(row => row.id === unit.parentId) ?? unit
  return deciderOf(people, tree, official, above, 'head')
}

/** The commune whose area's target the campaign office lowered: few there are left without an account. */
const LOWERED_COMMUNE = '25222'
const RAISED_SHARE = 0.05

/**
 * Makes target decisions: heads raise some to 12 or 15, and a few units raise everyone. A document lowers one
 * commune's target, and one person's.
 */
export function targetDecisionsOf(people: People, tree: Tree, dice: Dice): TargetDecision[] {
  const decisions: TargetDecision[] = []
  const decide = (row: Partial<TargetDecision> & { citizens: number; createdBy: number }) =>
    decisions.push({
      official: null,
      unit: null,
      documentNumber: '',
      reason: '',
      createdAt: officeHour(addDays('2024-04-10', dice.int(0, 25)), dice),
      ...row,
    })
  for (const official of people.officials) {
    const posting = official.postings.at(-1)
    if (!posting) continue
    const citizens =
      official.villager?.target ?? (!official.villager && dice.chance(RAISED_SHARE) ? dice.pick([12, 12, 15]) : null)
    if (citizens === null) continue
    const createdBy =
      citizens < 10
        ? aboveOf(people, tree, official, posting.unit)
        : deciderOf(people, tree, official, posting.unit, 'head')
    const lowered = citizens < 10 ? { documentNumber: '27/TB-UBND', reason: 'Sức khỏe hạn chế, giảm chỉ tiêu' } : {}
    decide({ official, citizens, createdBy, ...lowered })
  }
  const agencies = tree.units.filter(({ kind, drive }) => kind === 'provincial_agency' && drive > 1.25)
  for (const unit of agencies.slice(0, 3)) {
    const chair = people.chairs.get(unit.id)
    if (chair) decide({ unit, citizens: 12, createdBy: chair.head, reason: 'Thủ trưởng giao chung toàn cơ quan' })
  }
  const commune = tree.units.find(({ kind, localityCode }) => kind === 'commune' && localityCode === LOWERED_COMMUNE)
  const office = people.grants.find(({ role }) => role === 'campaign_office')
  if (commune && office)
    decide({
      unit: commune,
      citizens: 6,
      documentNumber: '1962/UBND-NC',
      reason: 'Số người dân chưa kích hoạt còn lại trên địa bàn ít hơn tổng chỉ tiêu',
      createdBy: office.accountId,
    })
  return decisions
}
