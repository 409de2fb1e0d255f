import { addDays, type Day, startOf } from '#app/domain/calendar.ts'
import { grouped } from '#app/domain/grouping.ts'
import type { Carrier, Sex } from '#app/domain/vocabulary.ts'
import { isAccountListed, type Whereabouts } from './coverage.ts'
import type { Dice } from './dice.ts'
import type { Fate } from './fate.ts'
import type { MadeUpNumbers } from './made-up-numbers.ts'
import { personName } from './names.ts'
import { type Official, type People, postingAt } from './people.ts'
import { dayAt, drawDay, HOUR_MS, MINUTE_MS, shift, visitHour } from './rhythm.ts'
import type { Commune, Tree, Unit } from './tree.server.ts'
import { type Citizen, type Visit, VisitMaker } from './visit.ts'

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

/**
 * Where a provincial agency's officials find citizens: mostly in the province's town, else in their places of origin.
 */
const DISTRICT_WEIGHTS: Readonly<Record<string, number>> = { '689': 7, '695': 2, '697': 2 }
const MOST = 18
/** More than the regulation's five within ten minutes. */
const BURST = { records: 8, minutes: 6, people: 6 }
const STAFF_CITIZENS = 60
const GRACE_DAYS = 10

/** Returns every help record up to the province's current instant, in the order of receipt. */
export function visitsOf(tree: Tree, people: People, dice: Dice, numbers: MadeUpNumbers): Visit[] {
  const visiting = new Visiting(tree, people, dice, numbers)
  for (const official of people.officials) visiting.drawAllOf(official)
  visiting.drawBursts()
  visiting.drawStaffCitizens()
  return visiting.settle()
}

class Visiting {
  private readonly visits: Visit[] = []
  private readonly counts = new Map<Official, number>()
  private readonly repeats: { official: Official; isConfirmed: boolean }[] = []
  private readonly communes: ReadonlyMap<string, Commune>
  private readonly communesOf: ReadonlyMap<string, Commune[]>
  private readonly maker: VisitMaker
  private lastPhone: string | null = null

  constructor(
    tree: Tree,
    private readonly people: People,
    private readonly dice: Dice,
    private readonly numbers: MadeUpNumbers,
  ) {
    this.maker = new VisitMaker(tree, people, dice)
    this.communes = new Map(tree.communes.map(row => [row.code, row]))
    this.communesOf = grouped(tree.communes, row => row.districtCode)
  }

  drawAllOf(official: Official) {
    if (official.villager) {
      this.drawVillager(official)
      return
    }
    const { dice } = this
    let left = this.howMany(official)
    while (left > 0) {
      const day = drawDay(dice)
      const startsAt = visitHour(day, dice)
      const together = Math.min(left, dice.pick([1, 1, 1, 2, 2, 3]))
      for (let n = 0; n < together; n++)
        this.draw(official, null, day, startsAt + n * Math.floor(dice.between(9, 24) * MINUTE_MS))
      left -= together
    }
  }

  /** 0 to 18: many stop about the target, some never begin. */
  private howMany({ postings: [posting] }: Official): number {
    const { dice } = this
    if (!posting) return 0
    const zeal = posting.unit.drive * (posting.category === 'member' ? 0.75 : posting.isLeader ? 1.1 : 1)
    if (dice.chance(0.06 / zeal ** 2)) return 0
    const effort = dice.weighted([
      [0.4, 18],
      [0.85, 28],
      [1.28, 54],
    ])
    const drawn = Math.round(dice.bell(8.5 * zeal * effort, 2.6))
    const wanted = drawn > 11 && dice.chance(0.35) ? dice.int(10, 12) : drawn
    return Math.min(MOST, Math.max(1, wanted))
  }

  /** Draws the records that the table of Tân Thành lists individually. */
  private drawVillager(official: Official) {
    const { villager } = official
    if (!villager) return
    const { dice } = this
    const single = (villager.waits ?? 0) - (villager.hasBurst ? BURST.records : 0)
    const fates: Fate[] = [
      ...Array<Fate>(villager.counts).fill('counts'),
      ...Array<Fate>(single).fill('awaiting_confirmation'),
      ...(villager.others ?? []),
    ]
    fates.forEach((fate, n) => {
      const day = villager.days?.[n] ?? this.dayFor(fate)
      const visit = this.draw(official, fate, day, visitHour(day, dice))
      const name = fate === 'outcome_missing' ? villager.missedCitizen : undefined
      if (visit && name)
        visit.citizen = { ...visit.citizen, name, number: this.numbers.personal('female', visit.citizen.birthYear) }
    })
  }

  /** A day on which a record may come to this fate; counted ones are old enough for the unit to have confirmed them. */
  private dayFor(fate: Fate): Day {
    if (fate === 'awaiting_confirmation') return shift('2024-06-08', this.dice.int(0, 3))
    const latest = fate === 'not_in_extract' || fate === 'activated_after' ? '2024-05-20' : '2024-06-09'
    let day = drawDay(this.dice)
    while (day > latest || day < '2024-04-08') day = drawDay(this.dice)
    return day
  }

  /** Eight records in six minutes, of visits on the days before. */
  drawBursts() {
    const { dice, people } = this
    const village = people.officials.filter(official => official.villager?.hasBurst)
    const others = dice.shuffled(
      people.officials.filter(
        official =>
          !official.villager &&
          official.postings[0]?.unit.kind === 'commune' &&
          official.postings[0].toOn === null &&
          (this.counts.get(official) ?? 0) + BURST.records <= MOST,
      ),
    )
    for (const official of [...village, ...others].slice(0, BURST.people)) {
      const fate = official.villager ? 'awaiting_confirmation' : null
      const day = official.villager ? '2024-06-11' : dice.pick(['2024-05-17', '2024-05-31', '2024-06-09', '2024-06-10'])
      const startsAt = startOf(day) + 20 * HOUR_MS + 41 * MINUTE_MS
      for (let n = 0; n < BURST.records; n++) {
        const at = startsAt + Math.floor((n * BURST.minutes * MINUTE_MS) / BURST.records)
        this.draw(official, fate, shift(day, -dice.int(0, 5)), at, true)
      }
    }
  }

  /** Some of the citizens helped are themselves on a roster: allowed by default, and a question for who confirms. */
  drawStaffCitizens() {
    const { dice, people } = this
    const known = people.officials.filter(({ number, villager }) => number !== null && !villager)
    for (const helped of dice.shuffled(known).slice(0, STAFF_CITIZENS)) {
      const helper = dice.pick(known)
      if (helper === helped || (this.counts.get(helper) ?? 0) >= MOST) continue
      const day = drawDay(dice)
      const visit = this.draw(helper, 'counts', day, visitHour(day, dice))
      if (visit) visit.citizen = asCitizen(helped, visit.citizen)
    }
  }

  /** Draws one record; one that repeats another's citizen waits for `settle`, when there are others to repeat. */
  private draw(official: Official, wanted: Fate | null, day: Day, visitedAt: number, isExact = false): Visit | null {
    const { dice } = this
    const unit = postingAt(official, day)?.unit
    if (!unit) return null
    const commune = this.communeNear(unit, wanted !== null)
    const carrier = dice.weighted<Carrier | null>([
      ['viettel', 58],
      ['vinaphone', 23],
      ['mobifone', 13],
      ['vietnamobile', 2],
      [null, 10],
    ])
    const fate = wanted ?? this.fateOf(unit, { commune, carrier }, day)
    this.counts.set(official, (this.counts.get(official) ?? 0) + 1)
    if (fate === 'duplicate_claim') {
      this.repeats.push({ official, isConfirmed: dice.chance(0.7) })
      return null
    }
    const drawn = this.citizen(commune, carrier)
    const citizen = fate === 'self_claim' ? asCitizen(official, drawn) : drawn
    const visit = this.maker.make({ official, unit, fate, citizen }, { day, visitedAt, isExact })
    this.visits.push(visit)
    return visit
  }

  private fateOf(unit: Unit, where: Whereabouts, day: Day): Fate {
    const { dice } = this
    const isListed = isAccountListed(where, shift(day, GRACE_DAYS))
    const possible = MISHAPS.filter(([fate]) => {
      if (fate === 'not_in_extract') return isListed
      if (fate === 'activated_after') return day <= '2024-05-22'
      return fate !== 'outside_period' || day <= '2024-04-30'
    })
    const share = (possible.reduce((total, [, part]) => total + part, 0) * unit.carelessness) / 100
    return dice.chance(share) ? dice.weighted(possible) : 'counts'
  }

  /**
   * Draws a commune: mostly the unit's own; a provincial agency's officials also go to where they live or come from.
   */
  private communeNear(unit: Unit, isOwn: boolean): Commune {
    const { dice } = this
    const own = this.communes.get(unit.localityCode)
    if (own && (isOwn || dice.chance(0.78))) return own
    const districtCode = unit.districtCode && dice.chance(0.86) ? unit.districtCode : this.anyDistrict()
    return dice.pick(this.communesOf.get(districtCode) ?? [...this.communes.values()])
  }

  private anyDistrict(): string {
    return this.dice.weighted([...this.communesOf.keys()].map(code => [code, DISTRICT_WEIGHTS[code] ?? 1]))
  }

  private citizen(commune: Commune, carrier: Carrier | null): Citizen {
    const { dice } = this
    const sex: Sex = dice.chance(0.52) ? 'female' : 'male'
    const grown = Math.min(2003, Math.max(1938, Math.round(dice.bell(1976, 15))))
    const birthYear = dice.chance(0.12) ? dice.int(2004, 2009) : grown
    const isRural = commune.type === 'xã'
    const indigenous = isRural && !['689', '690'].includes(commune.districtCode) ? 0.16 : 0.03
    const hamlet = isRural ? (['691', '696'].includes(commune.districtCode) ? 'Thôn' : 'Ấp') : 'Khu phố'
    return {
      name: personName(dice, sex, indigenous),
      number: this.numbers.personal(sex, birthYear),
      birthYear,
      birthOn: dice.chance(0.4) ? addDays(`${birthYear}-01-01`, dice.int(0, 364)) : null,
      phone: carrier && this.phone(),
      carrier,
      commune,
      hamlet: `${hamlet} ${dice.int(1, 8)}`,
    }
  }

  /** Draws a phone; a few citizens share the phone of the previous one. */
  private phone(): string {
    const phone = this.lastPhone && this.dice.chance(0.015) ? this.lastPhone : this.numbers.phone()
    this.lastPhone = phone
    return phone
  }

  /** Repeats citizens whom another official nearby has recorded, and sorts all visits in the order of receipt. */
  settle(): Visit[] {
    const { dice } = this
    const sound = this.visits.filter(({ fate, helpedOn }) => fate === 'counts' && helpedOn < '2024-06-02')
    const nearby = grouped(sound, visit => visit.citizen.commune.districtCode)
    const repeated = new Set<Visit>()
    for (const { official, isConfirmed } of this.repeats) {
      const district = official.postings[0]?.unit.districtCode || '689'
      const free = (nearby.get(district) ?? sound).filter(visit => !repeated.has(visit) && visit.official !== official)
      const first = dice.pick(free)
      const claimedAt = first.claimedAt ?? first.receivedAt
      const day = shift(dayAt(claimedAt), dice.int(0, 4))
      const unit = postingAt(official, day)?.unit
      if (!unit) continue
      repeated.add(first)
      const visit = this.maker.make(
        { official, unit, fate: 'duplicate_claim', citizen: first.citizen },
        { day, visitedAt: Math.max(claimedAt + HOUR_MS, visitHour(day, dice)) },
      )
      if (!isConfirmed) {
        visit.confirmedAt = null
        visit.confirmedBy = null
      }
      this.visits.push(visit)
    }
    return this.visits.sort((a, b) => a.receivedAt - b.receivedAt || a.official.id - b.official.id)
  }
}

/** The official as the citizen of a record: their own name and number, where those are known. */
function asCitizen({ name, number, birthYear, birthOn }: Official, citizen: Citizen): Citizen {
  return number === null ? citizen : { ...citizen, name, number, birthYear, birthOn }
}
