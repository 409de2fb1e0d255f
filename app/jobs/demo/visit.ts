import { addDays, type Day, dayOf, daysFrom, startOf } from '#app/domain/calendar.ts'
import type { Carrier, CitizenAnswer, ConsentChannel, HelpPlace, Outcome, OutcomeValue, Sex } from '#app/domain/vocabulary.ts'
import { EXTRACTS, isFullFor, type Whereabouts } from './coverage.ts'
import type { Dice } from './dice.ts'
import { deciderOf, HOUR_MS, officeHour, STANDS_AT, TODAY } from './duties.ts'
import type { MadeUpNumbers } from './made-up-numbers.ts'
import { personName } from './names.ts'
import { type Official, type People, postingAt } from './people.ts'
import type { Commune, Tree, Unit } from './tree.server.ts'

/** What is to become of a record; the facts are drawn so that the rules come to it by themselves. */
export type Fate =
  | 'counts'
  | 'awaiting_confirmation'
  | 'withdrawn'
  | 'outside_period'
  | 'self_claim'
  | 'citizen_denied'
  | 'returned'
  | 'duplicate_claim'
  | 'outcome_missing'
  | 'activated_before'
  | 'activated_after'
  | 'not_in_extract'

export type Citizen = {
  name: string
  number: string
  birthYear: number
  birthOn: Day | null
  phone: string | null
  carrier: Carrier | null
  commune: Commune
  hamlet: string
}

export type Visit = {
  official: Official
  unit: Unit
  fate: Fate
  citizen: Citizen
  helpedOn: Day
  receivedAt: number
  claimedAt: number | null
  outcomes: { outcome: Outcome; value: OutcomeValue; onDay: Day | null }[]
  /** day on which the police's database has the account active; null: it is not */
  activatedOn: Day | null
  /** whether the carriers' lists hold the SIM's signature, where it is claimed */
  hasSimRecord: boolean
  place: HelpPlace
  consentChannel: ConsentChannel
  note: string | null
  recordedBy: number | null
  withdrawnAt: number | null
  confirmedAt: number | null
  confirmedBy: number | null
  returnedAt: number | null
  returnReason: string | null
  answer: { answer: CitizenAnswer; outcome: Outcome | null; answeredAt: number } | null
  companion: Official | null
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * HOUR_MS
const STARTS_ON: Day = '2024-04-04'
const GRACE_DAYS = 10

/** Slow in April, most in May, weekends above workdays, little over the holidays (18/4, 27/4–01/5). */
const DAYS: readonly (readonly [Day, number])[] = daysFrom(STARTS_ON, TODAY).map((day, n) => {
  const rise = Math.exp(-(n - 44) / 13)
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  const isHoliday = day === '2024-04-18' || (day >= '2024-04-27' && day <= '2024-05-01')
  const rest = isHoliday ? 0.45 : weekday === 0 || weekday === 6 ? 1.6 : 1
  return [day, (rise / (1 + rise) ** 2 + 0.02) * rest * (day === TODAY ? 0.15 : 1)]
})

/** Shares in percent of what becomes of a record other than to count, in a unit of ordinary care. */
const MISHAPS: readonly (readonly [Fate, number])[] = [
  ['withdrawn', 1.4],
  ['outside_period', 1.2],
  ['self_claim', 0.04],
  ['citizen_denied', 0.6],
  ['returned', 1.6],
  ['duplicate_claim', 2],
  ['outcome_missing', 4.6],
  ['activated_before', 2],
  ['activated_after', 1.2],
  ['not_in_extract', 5],
]

/** Citizens of a provincial agency's people: most in the province's town, the others wherever they come from. */
const DISTRICT_WEIGHTS: Readonly<Record<string, number>> = { '689': 7, '695': 2, '697': 2 }

const WARDS = new Set(['phường', 'thị trấn'])

/** Draws every help record up to the instant at which the province stands, in the order of receipt. */
export function visitsOf(tree: Tree, people: People, dice: Dice, numbers: MadeUpNumbers): Visit[] {
  const drawing = new Drawing(tree, people, dice, numbers)
  for (const official of people.officials) drawing.drawAllOf(official)
  drawing.drawBursts()
  drawing.drawStaffCitizens()
  return drawing.settle()
}

class Drawing {
  private readonly visits: Visit[] = []
  private readonly duplicates: { official: Official; isConfirmed: boolean }[] = []
  private readonly communesOf = new Map<string, Commune[]>()
  private readonly communeByCode = new Map<string, Commune>()
  private lastPhone: string | null = null

  constructor(
    private readonly tree: Tree,
    private readonly people: People,
    private readonly dice: Dice,
    private readonly numbers: MadeUpNumbers,
  ) {
    for (const commune of tree.communes) {
      this.communeByCode.set(commune.code, commune)
      this.communesOf.set(commune.districtCode, [...(this.communesOf.get(commune.districtCode) ?? []), commune])
    }
  }

  drawAllOf(official: Official) {
    if (official.villager) this.drawVillager(official)
    else {
      const unit = official.postings[0]?.unit
      if (!unit) return
      const { dice } = this
      let left = this.howMany(official, unit)
      while (left > 0) {
        const session = Math.min(left, dice.weighted([
          [1, 60],
          [2, 26],
          [3, 14],
        ]))
        const day = dice.weighted(DAYS)
        const startsAt = this.hourOf(day)
        for (let n = 0; n < session; n++)
          this.draw(official, null, day, startsAt + n * Math.floor(dice.between(9, 24) * MINUTE_MS))
        left -= session
      }
    }
  }

  /** 0 to 18: many stop about the target, some never begin. */
  private howMany(official: Official, unit: Unit): number {
    const { dice } = this
    const posting = official.postings[0]
    const zeal = posting?.category === 'member' ? 0.75 : posting?.isLeader ? 1.1 : 1
    if (dice.chance(0.06 / (unit.drive * zeal) ** 2)) return 0
    const effort = dice.weighted([
      [0.4, 20],
      [0.85, 30],
      [1.25, 50],
    ])
    const drawn = Math.round(dice.bell(9 * unit.drive * zeal * effort, 2.6))
    const wanted = drawn > 11 && dice.chance(0.35) ? dice.int(10, 12) : drawn
    return Math.min(18, Math.max(1, wanted))
  }

  private drawVillager(official: Official) {
    const { villager } = official
    if (!villager) return
    const { dice } = this
    const fates: Fate[] = [
      ...Array.from({ length: villager.counts }, () => 'counts' as const),
      ...Array.from({ length: (villager.waits ?? 0) - (villager.hasBurst ? BURST.records : 0) }, () => 'awaiting_confirmation' as const),
      ...(villager.others ?? []),
    ]
    fates.forEach((fate, n) => {
      const day = villager.days?.[n] ?? (fate === 'awaiting_confirmation' ? addDays('2024-06-08', dice.int(0, 3)) : this.dayFor(fate))
      const visit = this.draw(official, fate, day, this.hourOf(day))
      const name = fate === 'outcome_missing' ? villager.missedCitizen : undefined
      if (visit && name) {
        const { birthYear } = visit.citizen
        visit.citizen = { ...visit.citizen, name, number: this.numbers.personal('female', birthYear) }
      }
    })
  }

  /** A day on which a record may come to this fate; counted ones are old enough for the unit to have confirmed them. */
  private dayFor(fate: Fate): Day {
    const latest = fate === 'not_in_extract' || fate === 'activated_after' ? '2024-05-20' : '2024-06-08'
    let day = this.dice.weighted(DAYS)
    while (day > latest || day < '2024-04-08') day = this.dice.weighted(DAYS)
    return day
  }

  /** Eight records in six minutes, of visits on the days before. */
  drawBursts() {
    const { dice } = this
    const village = this.people.officials.find(official => official.villager?.hasBurst)
    const others = dice.shuffled(this.people.officials.filter(({ villager, postings: [post] }) => !villager && post?.unit.kind === 'commune' && post.toOn === null))
    for (const official of [...(village ? [village] : []), ...others.slice(0, 5)]) {
      const day = official === village ? '2024-06-11' : dice.pick(['2024-05-17', '2024-05-31', '2024-06-09', '2024-06-10'])
      const startsAt = startOf(day) + 20 * HOUR_MS + 41 * MINUTE_MS
      for (let n = 0; n < BURST.records; n++)
        this.draw(
          official,
          official === village ? 'awaiting_confirmation' : null,
          addDays(day, -dice.int(0, 5)),
          startsAt + Math.floor((n * BURST.minutes * MINUTE_MS) / BURST.records),
          true,
        )
    }
  }

  /** Some of the citizens helped are themselves on a roster: allowed by default, and a question for whoever confirms. */
  drawStaffCitizens() {
    const helped = this.dice.shuffled(this.people.officials.filter(({ number, villager }) => number !== null && !villager)).slice(0, 60)
    for (const other of helped) {
      const helper = this.dice.pick(this.people.officials)
      if (helper === other || helper.villager || !other.number) continue
      const day = this.dice.weighted(DAYS)
      const visit = this.draw(helper, 'counts', day, this.hourOf(day))
      if (visit) visit.citizen = { ...visit.citizen, name: other.name, number: other.number, birthYear: other.birthYear, birthOn: other.birthOn }
    }
  }

  private hourOf(day: Day): number {
    const { dice } = this
    if (day === TODAY) return startOf(day) + Math.floor(dice.between(6.5, 8.4) * HOUR_MS)
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    const isFree = weekday === 0 || weekday === 6
    const hour = dice.chance(isFree ? 0.4 : 0.68) ? dice.between(18, 21.3) : isFree ? dice.between(7.5, 17.5) : dice.pick([8, 9, 10, 11.5, 14, 15, 16]) + dice.next()
    return startOf(day) + Math.floor(hour * HOUR_MS)
  }

  /** Draws one record; a duplicate waits for `settle`, when there are others to repeat. */
  private draw(official: Official, wanted: Fate | null, day: Day, visitedAt: number, isTogether = false): Visit | null {
    const { dice } = this
    const posting = postingAt(official, day)
    if (!posting) return null
    const { unit } = posting
    const commune = this.communeNear(unit, official.villager !== null, wanted)
    const carrier = dice.weighted<Carrier | null>([
      ['viettel', 58],
      ['vinaphone', 23],
      ['mobifone', 13],
      ['vietnamobile', 2],
      [null, 4],
    ])
    const where = { communeCode: commune.code, districtCode: commune.districtCode, carrier }
    const fate = wanted ?? this.fateOf(unit, where, day)
    if (fate === 'duplicate_claim') {
      this.duplicates.push({ official, isConfirmed: dice.chance(0.7) })
      return null
    }
    const visit = this.compose({ official, unit, fate, citizen: this.citizen(commune, carrier) }, day, visitedAt, isTogether)
    if (fate === 'self_claim' && official.number)
      visit.citizen = { ...visit.citizen, name: official.name, number: official.number, birthYear: official.birthYear, birthOn: official.birthOn }
    this.visits.push(visit)
    return visit
  }

  private fateOf(unit: Unit, where: Whereabouts, day: Day): Fate {
    const { dice } = this
    const isListed = this.isListed(where, day)
    const possible = MISHAPS.filter(([fate]) => {
      if (fate === 'not_in_extract') return isListed
      if (fate === 'activated_after') return day <= '2024-05-22'
      return fate !== 'outside_period' || day <= '2024-04-30'
    })
    const sum = possible.reduce((total, [, share]) => total + share, 0) * unit.carelessness
    if (!dice.chance(sum / 100)) return 'counts'
    return dice.weighted(possible)
  }

  /** Whether a full list would have to hold an account that was activated by this visit. */
  private isListed(where: Whereabouts, day: Day): boolean {
    const listedFrom = addDays(day, GRACE_DAYS)
    return EXTRACTS.some(
      extract => extract.source === 'police' && extract.asOfOn >= listedFrom && isFullFor(extract, where),
    )
  }

  private communeNear(unit: Unit, isVillager: boolean, wanted: Fate | null): Commune {
    const { dice } = this
    const own = this.communeByCode.get(unit.localityCode)
    if (own && (isVillager || wanted === 'not_in_extract' || dice.chance(0.78))) return own
    const districtCode = unit.districtCode && dice.chance(0.86) ? unit.districtCode : this.anyDistrict()
    return dice.pick(this.communesOf.get(districtCode) ?? this.tree.communes)
  }

  private anyDistrict(): string {
    return this.dice.weighted([...this.communesOf.keys()].map(code => [code, DISTRICT_WEIGHTS[code] ?? 1]))
  }

  private citizen(commune: Commune, carrier: Carrier | null): Citizen {
    const { dice } = this
    const sex: Sex = dice.chance(0.52) ? 'female' : 'male'
    const birthYear = dice.chance(0.12) ? dice.int(2004, 2009) : Math.min(2003, Math.max(1938, Math.round(dice.bell(1976, 15))))
    const isShared = dice.chance(0.015)
    const phone = carrier === null ? null : isShared && this.lastPhone ? this.lastPhone : this.numbers.phone()
    this.lastPhone = phone
    return {
      name: personName(dice, sex, commune.type === 'xã' && !['689', '690'].includes(commune.districtCode) ? 0.16 : 0.03),
      number: this.numbers.personal(sex, birthYear),
      birthYear,
      birthOn: dice.chance(0.4) ? addDays(`${birthYear}-01-01`, dice.int(0, 364)) : null,
      phone,
      carrier,
      commune,
      hamlet: `${WARDS.has(commune.type) ? 'Khu phố' : ['691', '696'].includes(commune.districtCode) ? 'Thôn' : 'Ấp'} ${dice.int(1, 8)}`,
    }
  }

  private compose(
    { official, unit, fate, citizen }: Pick<Visit, 'official' | 'unit' | 'fate' | 'citizen'>,
    day: Day,
    visitedAt: number,
    isTogether = false,
  ): Visit {
    const { dice } = this
    const helpedOn = fate === 'outside_period' ? addDays(STARTS_ON, -dice.int(1, 6)) : day
    const isLate = dice.chance(0.1) && official.villager === null
    const receivedAt = Math.min(
      STANDS_AT - Math.floor(dice.between(5, 90) * MINUTE_MS),
      visitedAt + (isLate && !isTogether ? dice.int(1, 4) * DAY_MS : 0),
    )
    const { outcomes, claimedAt } = this.outcomes(official, fate, helpedOn, receivedAt)
    const isSimLacking = fate === 'not_in_extract' && this.isSimListed(citizen, helpedOn) && dice.chance(0.5)
    const recordedBy = this.recorder(official, unit)
    const visit: Visit = {
      official,
      unit,
      fate,
      citizen,
      helpedOn,
      receivedAt,
      claimedAt,
      outcomes,
      activatedOn: this.activatedOn(isSimLacking ? 'counts' : fate, outcomes),
      hasSimRecord: !isSimLacking,
      place: this.place(unit),
      consentChannel: dice.weighted([
        ['own_phone', 74],
        ['paper', 18],
        ['spoken_witnessed', 8],
      ]),
      note: dice.chance(0.015) ? dice.pick(NOTES) : null,
      recordedBy,
      withdrawnAt: null,
      confirmedAt: null,
      confirmedBy: null,
      returnedAt: null,
      returnReason: null,
      answer: null,
      companion: null,
    }
    this.decide(visit)
    visit.answer = this.answer(visit)
    if (dice.chance(0.06)) visit.companion = this.companion(official, unit)
    return visit
  }

  private isSimListed({ commune, carrier }: Citizen, helpedOn: Day): boolean {
    const where = { communeCode: commune.code, districtCode: commune.districtCode, carrier }
    const listedFrom = addDays(helpedOn, GRACE_DAYS)
    return EXTRACTS.some(
      extract => extract.source === 'telecom' && extract.asOfOn >= listedFrom && isFullFor(extract, where),
    )
  }

  private outcomes(official: Official, fate: Fate, helpedOn: Day, receivedAt: number): Pick<Visit, 'outcomes' | 'claimedAt'> {
    const { dice } = this
    const receivedOn = dayOf(receivedAt)
    const later = addDays(helpedOn, dice.int(1, 5))
    const isLater = fate === 'counts' && dice.chance(0.12) && later > receivedOn && later < TODAY
    const activatedOn = isLater ? later : helpedOn
    const claimedAt = isLater ? this.hourOf(later) : receivedAt
    const missing = fate !== 'outcome_missing' ? null : official.villager ? 'sim_signature' : this.missing()
    const had = missing === 'eid_already_had'
    const isInstalled = missing !== 'vneid_installed'
    const outcomes: Visit['outcomes'] = [
      { outcome: 'vneid_installed', ...(isInstalled ? (dice.chance(0.27) ? HAD : achieved(helpedOn)) : NOT_YET) },
      {
        outcome: 'eid_activated',
        ...(had ? HAD : missing === 'eid_activated' || !isInstalled ? NOT_YET : achieved(activatedOn)),
      },
      {
        outcome: 'sim_signature',
        ...(missing === 'sim_signature' || !isInstalled ? NOT_YET : dice.chance(0.16) ? HAD : achieved(activatedOn)),
      },
    ]
    if (dice.chance(0.3)) outcomes.push({ outcome: 'phone_4g', ...(dice.chance(0.75) ? HAD : achieved(helpedOn)) })
    if (dice.chance(0.2)) outcomes.push({ outcome: 'portal_account', ...achieved(activatedOn) })
    if (dice.chance(0.04)) outcomes.push({ outcome: 'eid_submitted', ...achieved(helpedOn) })
    if (dice.chance(0.04)) outcomes.push({ outcome: 'id_card_issued', ...HAD })
    const isClaimed = outcomes.some(row => row.outcome === 'eid_activated' && row.value === 'achieved')
    return { outcomes, claimedAt: isClaimed ? claimedAt : null }
  }

  /** The SIM is what is missing most: nobody should have to buy one for a visit to be told. */
  private missing() {
    return this.dice.weighted([
      ['sim_signature', 62],
      ['eid_activated', 20],
      ['eid_already_had', 13],
      ['vneid_installed', 5],
    ] as const)
  }

  /** The truth that the police's extracts show. */
  private activatedOn(fate: Fate, outcomes: Visit['outcomes']): Day | null {
    const { dice } = this
    const eid = outcomes.find(row => row.outcome === 'eid_activated')
    if (eid?.value === 'already_had') return addDays('2023-08-01', dice.int(0, 230))
    if (!eid?.onDay || fate === 'not_in_extract') return null
    if (fate === 'activated_before')
      return eid.onDay > '2024-04-25' && dice.chance(0.4)
        ? addDays(eid.onDay, -dice.int(GRACE_DAYS + 1, GRACE_DAYS + 8))
        : addDays('2023-09-01', dice.int(0, 200))
    if (fate === 'activated_after') return addDays(eid.onDay, dice.int(GRACE_DAYS + 1, GRACE_DAYS + 3))
    const shifted = addDays(eid.onDay, dice.weighted([
      [-1, 5],
      [0, 80],
      [1, 10],
      [3, 5],
    ]))
    return shifted < STARTS_ON ? STARTS_ON : shifted
  }

  private place({ kind }: Unit): HelpPlace {
    return this.dice.weighted<HelpPlace>([
      ['home', 52],
      ['one_stop_office', kind === 'commune' || kind === 'district' ? 20 : 5],
      ['mobile_point', 12],
      ['school', 6],
      ['industrial_park', 6],
      ['other', 4],
    ])
  }

  /** Some records are entered by the unit's coordinator in the official's name. */
  private recorder(official: Official, unit: Unit): number | null {
    const coordinator = this.people.chairs.get(unit.id)?.coordinator ?? null
    if (coordinator === null || coordinator === official.accountId || official.villager) return null
    return this.dice.chance(0.025) ? coordinator : null
  }

  /** What the unit and the official made of it since. */
  private decide(visit: Visit) {
    const { dice } = this
    const { fate, unit, official, recordedBy } = visit
    const knownAt = Math.max(visit.receivedAt, visit.claimedAt ?? 0)
    const due = officeHour(dayOf(knownAt + Math.floor(unit.confirmDays * dice.between(0.4, 1.6) * DAY_MS)), dice)
    const decidedAt = Math.max(due, knownAt + HOUR_MS / 2)
    const decider = deciderOf(this.people, this.tree, official, unit, recordedBy === null ? undefined : 'head')
    const isDue = decidedAt < STANDS_AT
    if (fate === 'withdrawn') visit.withdrawnAt = Math.min(decidedAt, STANDS_AT - 20 * MINUTE_MS)
    else if (fate === 'returned') {
      visit.returnedAt = Math.min(decidedAt, STANDS_AT - 20 * MINUTE_MS)
      visit.returnReason = dice.pick(RETURN_REASONS)
    } else if (fate === 'awaiting_confirmation' || (fate === 'outcome_missing' && dice.chance(0.7))) return
    else if (official.villager || (isDue && !dice.chance(0.012 * unit.carelessness))) {
      visit.confirmedAt = Math.min(decidedAt, STANDS_AT - 20 * MINUTE_MS)
      visit.confirmedBy = decider
    }
  }

  private answer({ fate, receivedAt, claimedAt, consentChannel, outcomes }: Visit): Visit['answer'] {
    const { dice } = this
    const answeredAt = Math.min(STANDS_AT - MINUTE_MS, Math.max(receivedAt, claimedAt ?? 0) + Math.floor(dice.between(1, 600) * MINUTE_MS))
    if (fate === 'citizen_denied') return { answer: 'no', outcome: null, answeredAt }
    if (consentChannel !== 'own_phone' || fate === 'withdrawn') return null
    const missing = outcomes.find(row => row.value === 'not_yet')
    if (fate === 'outcome_missing' && missing) return dice.chance(0.3) ? { answer: 'not_quite', outcome: missing.outcome, answeredAt } : null
    return dice.chance(0.42) ? { answer: 'yes', outcome: null, answeredAt } : null
  }

  private companion(official: Official, unit: Unit): Official | null {
    const near = this.people.officials[official.id]
    return near && near.postings[0]?.unit.id === unit.id ? near : null
  }

  /** Repeats citizens whom somebody else has recorded, and puts all in the order of receipt. */
  settle(): Visit[] {
    const { dice } = this
    const sound = this.visits.filter(
      ({ fate, claimedAt, helpedOn, citizen }) =>
        fate === 'counts' && claimedAt !== null && helpedOn < '2024-06-02' && citizen.phone !== null,
    )
    const byDistrict = new Map<string, Visit[]>()
    for (const visit of sound)
      byDistrict.set(visit.citizen.commune.districtCode, [...(byDistrict.get(visit.citizen.commune.districtCode) ?? []), visit])
    const taken = new Set<Visit>()
    for (const { official, isConfirmed } of this.duplicates) {
      const unit = official.postings[0]?.unit
      if (!unit) continue
      const nearby = byDistrict.get(unit.districtCode || '689') ?? sound
      const first = dice.pick(nearby)
      if (taken.has(first) || first.official === official) continue
      const claimedAt = first.claimedAt ?? first.receivedAt
      const day = addDays(dayOf(claimedAt), dice.int(0, 4))
      if (!postingAt(official, day)) continue
      const visitedAt = Math.max(claimedAt + HOUR_MS, this.hourOf(day))
      taken.add(first)
      const visit = this.compose({ official, unit, fate: 'duplicate_claim', citizen: first.citizen }, day, visitedAt)
      visit.activatedOn = null
      if (!isConfirmed) {
        visit.confirmedAt = null
        visit.confirmedBy = null
      }
      this.visits.push(visit)
    }
    return this.visits.sort((a, b) => a.receivedAt - b.receivedAt || a.official.id - b.official.id)
  }
}

/** More than the regulation's five within ten minutes. */
const BURST = { records: 8, minutes: 6 }

const HAD = { value: 'already_had', onDay: null } as const
const NOT_YET = { value: 'not_yet', onDay: null } as const
const achieved = (onDay: Day) => ({ value: 'achieved', onDay }) as const

const NOTES = [
  'Máy cũ, đã hướng dẫn cập nhật phần mềm trước khi cài.',
  'Người cao tuổi, có con đi cùng.',
  'Hẹn quay lại hướng dẫn nộp hồ sơ trực tuyến.',
  'Sóng yếu, thực hiện tại nhà văn hóa ấp.',
]

const RETURN_REASONS = [
  'Số điện thoại của người dân chưa liên hệ được, đề nghị anh/chị kiểm tra lại.',
  'Ngày kích hoạt chưa khớp với sổ theo dõi của ấp, đề nghị anh/chị xem lại.',
  'Địa chỉ của người dân chưa rõ, đề nghị anh/chị bổ sung.',
]
