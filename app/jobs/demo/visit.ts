import type { Day } from '#app/domain/calendar.ts'
import type {
  Carrier,
  CitizenAnswer,
  ConsentChannel,
  HelpPlace,
  Outcome,
  OutcomeValue,
} from '#app/domain/vocabulary.ts'
import { isSimListed } from './coverage.ts'
import type { Dice } from './dice.ts'
import type { Fate } from './fate.ts'
import { deciderOf, type Official, type People } from './people.ts'
import {
  DAY_MS,
  dayAt,
  HOUR_MS,
  MINUTE_MS,
  officeHour,
  STANDS_AT,
  STARTS_ON,
  shift,
  TODAY,
  visitHour,
} from './rhythm.ts'
import type { Commune, Tree, Unit } from './tree.server.ts'

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
  /** true if the carriers' lists contain the claimed SIM signature */
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

/** Days by which plan 128's regulation lets an extract and a record differ. */
const GRACE_DAYS = 10

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

/** Makes records: the facts of a visit, what its official and unit did since, and what the citizen said. */
export class VisitMaker {
  constructor(
    private readonly tree: Tree,
    private readonly people: People,
    private readonly dice: Dice,
  ) {}

  /**
   * One record of a visit on `day`, received at `visitedAt` (ms) or, where that is not `isExact`, sometimes days later.
   */
  make(
    base: Pick<Visit, 'official' | 'unit' | 'fate' | 'citizen'>,
    { day, visitedAt, isExact = false }: { day: Day; visitedAt: number; isExact?: boolean },
  ): Visit {
    const { dice } = this
    const { official, unit, fate, citizen } = base
    const helpedOn = fate === 'outside_period' ? shift(STARTS_ON, -dice.int(1, 6)) : day
    const isLate = !isExact && official.villager === null && dice.chance(0.1)
    const latest = STANDS_AT - Math.floor(dice.between(5, 90) * MINUTE_MS)
    const receivedAt = Math.min(latest, visitedAt + (isLate ? dice.int(1, 4) * DAY_MS : 0))
    const isSimLacking =
      fate === 'not_in_extract' && isSimListed(citizen, shift(helpedOn, GRACE_DAYS)) && dice.chance(0.5)
    const outcomes = this.outcomes(base, helpedOn, dayAt(receivedAt))
    const visit: Visit = {
      official,
      unit,
      fate,
      citizen,
      helpedOn,
      receivedAt,
      claimedAt: this.claimedAt(outcomes, receivedAt),
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
      recordedBy: this.recorder(official, unit),
      withdrawnAt: null,
      confirmedAt: null,
      confirmedBy: null,
      returnedAt: null,
      returnReason: null,
      answer: null,
      companion: dice.chance(0.06) ? this.companion(official, unit) : null,
    }
    this.decide(visit)
    visit.answer = this.answer(visit)
    return visit
  }

  /** The required outcomes, now and then a later activation, and some of the optional ones. */
  private outcomes(
    { official, fate }: Pick<Visit, 'official' | 'fate'>,
    helpedOn: Day,
    receivedOn: Day,
  ): Visit['outcomes'] {
    const { dice } = this
    const activatedOn = this.claimedOn(fate, helpedOn, receivedOn)
    const missing = fate === 'outcome_missing' ? this.missing(official) : null
    const hasNothing = missing === 'vneid_installed'
    const lacksAccount = hasNothing || missing === 'eid_activated'
    const lacksSim = hasNothing || missing === 'sim_signature'
    const outcomes: Visit['outcomes'] = [
      { outcome: 'vneid_installed', ...(hasNothing ? NOT_YET : dice.chance(0.27) ? HAD : achieved(helpedOn)) },
      {
        outcome: 'eid_activated',
        ...(missing === 'had_account' ? HAD : lacksAccount ? NOT_YET : achieved(activatedOn)),
      },
      { outcome: 'sim_signature', ...(lacksSim ? NOT_YET : dice.chance(0.16) ? HAD : achieved(activatedOn)) },
    ]
    if (dice.chance(0.3)) outcomes.push({ outcome: 'phone_4g', ...(dice.chance(0.75) ? HAD : achieved(helpedOn)) })
    if (!lacksAccount && dice.chance(0.2)) outcomes.push({ outcome: 'portal_account', ...achieved(activatedOn) })
    if (dice.chance(0.04)) outcomes.push({ outcome: 'eid_submitted', ...achieved(helpedOn) })
    if (dice.chance(0.04)) outcomes.push({ outcome: 'id_card_issued', ...HAD })
    return outcomes
  }

  /** The day of activation that a record gives: of the help, now and then a few days after it. */
  private claimedOn(fate: Fate, helpedOn: Day, receivedOn: Day): Day {
    const later = shift(helpedOn, this.dice.int(1, 5))
    const isLater = fate === 'counts' && this.dice.chance(0.12) && later > receivedOn && later < TODAY
    return isLater ? later : helpedOn
  }

  /** Receipt of what first called the account activated: the record's own, or of its continuation on a later day. */
  private claimedAt(outcomes: Visit['outcomes'], receivedAt: number): number | null {
    const activatedOn = outcomes.find(row => row.outcome === 'eid_activated')?.onDay ?? null
    if (activatedOn === null) return null
    return activatedOn > dayAt(receivedAt) ? visitHour(activatedOn, this.dice) : receivedAt
  }

  /** The SIM's signature is missing most often. */
  private missing({ villager }: Official) {
    if (villager) return 'sim_signature'
    return this.dice.weighted([
      ['sim_signature', 62],
      ['eid_activated', 20],
      ['had_account', 13],
      ['vneid_installed', 5],
    ] as const)
  }

  /** The truth that the police's extracts show. */
  private activatedOn(fate: Fate, outcomes: Visit['outcomes']): Day | null {
    const { dice } = this
    const account = outcomes.find(row => row.outcome === 'eid_activated')
    if (account?.value === 'already_had') return shift('2023-08-01', dice.int(0, 230))
    if (!account?.onDay || fate === 'not_in_extract') return null
    if (fate === 'activated_before')
      return account.onDay > '2024-04-25' && dice.chance(0.4)
        ? shift(account.onDay, -dice.int(GRACE_DAYS + 1, GRACE_DAYS + 8))
        : shift('2023-09-01', dice.int(0, 200))
    if (fate === 'activated_after') return shift(account.onDay, dice.int(GRACE_DAYS + 1, GRACE_DAYS + 3))
    const lag = dice.weighted([
      [-1, 5],
      [0, 80],
      [1, 10],
      [3, 5],
    ])
    const shifted = shift(account.onDay, lag)
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
  private recorder({ accountId, villager }: Official, unit: Unit): number | null {
    const coordinator = this.people.chairs.get(unit.id)?.coordinator ?? null
    if (coordinator === null || coordinator === accountId || villager) return null
    return this.dice.chance(0.025) ? coordinator : null
  }

  private companion(official: Official, unit: Unit): Official | null {
    const next = this.people.officials[official.id]
    return next?.postings[0]?.unit.id === unit.id ? next : null
  }

  /**
   * Applies what the unit and the official did with the record since. In Tân Thành, only the records marked as waiting
   * still wait.
   */
  private decide(visit: Visit) {
    const { dice } = this
    const { fate, unit, official, recordedBy } = visit
    const knownAt = Math.max(visit.receivedAt, visit.claimedAt ?? 0)
    const day = dayAt(knownAt + Math.floor(unit.confirmDays * dice.between(0.4, 1.6) * DAY_MS))
    const dueAt = Math.max(officeHour(day, dice), knownAt + HOUR_MS / 2)
    const decidedAt = Math.min(dueAt, STANDS_AT - 5 * MINUTE_MS)
    const isSlow = dueAt >= STANDS_AT || dice.chance(0.012 * unit.carelessness)
    if (fate === 'withdrawn') visit.withdrawnAt = decidedAt
    else if (fate === 'returned') {
      visit.returnedAt = decidedAt
      visit.returnReason = dice.pick(RETURN_REASONS)
    } else if (fate !== 'awaiting_confirmation' && (official.villager || !isSlow)) {
      if (fate === 'outcome_missing' && dice.chance(0.7)) return
      visit.confirmedAt = decidedAt
      visit.confirmedBy = deciderOf(this.people, this.tree, official, unit, recordedBy === null ? undefined : 'head')
    }
  }

  private answer({ fate, receivedAt, claimedAt, consentChannel, outcomes }: Visit): Visit['answer'] {
    const { dice } = this
    const asked = Math.max(receivedAt, claimedAt ?? 0)
    const answeredAt = Math.min(STANDS_AT - MINUTE_MS, asked + Math.floor(dice.between(1, 600) * MINUTE_MS))
    if (fate === 'citizen_denied') return { answer: 'no', outcome: null, answeredAt }
    if (consentChannel !== 'own_phone' || fate === 'withdrawn') return null
    const missing = outcomes.find(row => row.value === 'not_yet')
    if (!missing) return dice.chance(0.42) ? { answer: 'yes', outcome: null, answeredAt } : null
    return dice.chance(0.3) ? { answer: 'not_quite', outcome: missing.outcome, answeredAt } : null
  }
}
