import { createHash } from 'node:crypto'
import { type Day, dayOf, startOf } from '#app/domain/calendar.ts'
import { answerDueOn, type Draw, drawablesOf, type Picked, planDraw, redraw } from '#app/domain/inspection.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { findBursts } from '#app/domain/signal.ts'
import type { FindingWay, PickResult } from '#app/domain/vocabulary.ts'
import type { Dice } from './dice.ts'
import type { Fate } from './fate.ts'
import type { People } from './people.ts'
import { DAY_MS, HOUR_MS } from './rhythm.ts'
import type { Tree, Unit } from './tree.server.ts'
import type { Visit } from './visit.ts'

type Checked = Picked & {
  result: PickResult | null
  checkedAt: number | null
  checkedBy: number | null
  foundBy: FindingWay | null
  openedAt: number | null
  openedBy: number | null
  overturnedAt: number | null
}

export type Inspection = {
  unit: Unit
  seed: string
  draw: Pick<Draw, 'population' | 'design'>
  drawnAt: number
  drawnBy: number
  concludedAt: number | null
  answerDueOn: Day | null
  answer: { text: string; at: number; by: number } | null
  members: { accountId: number; signedAt: number | null }[]
  picks: Checked[]
  appeal: { helpId: number; raisedAt: number; raisedBy: number; decidedAt: number } | null
  finding: { reason: string; foundAt: number } | null
}

/** `checked`: how many have a result so far, where it is not concluded yet. */
const DRAWS: readonly { unit: RegExp; on: Day; untrue: number; checked?: number; hasFinding?: true }[] = [
  { unit: /^UBND thị trấn Lộc Ninh$/, on: '2024-05-16', untrue: 1 },
  { unit: /^UBND xã Lộc Thiện$/, on: '2024-05-17', untrue: 5, hasFinding: true },
  { unit: /^UBND xã Lộc Tấn$/, on: '2024-06-04', untrue: 0 },
  { unit: /^UBND xã Bom Bo$/, on: '2024-05-21', untrue: 2 },
  { unit: /^UBND phường An Lộc$/, on: '2024-05-23', untrue: 0 },
  { unit: /^UBND xã Long Hà$/, on: '2024-05-28', untrue: 3 },
  { unit: /^Sở Xây dựng$/, on: '2024-05-30', untrue: 1 },
  { unit: /^UBND xã Tân Khai|^UBND thị trấn Tân Khai$/, on: '2024-05-31', untrue: 2 },
  { unit: /^UBND xã Lộc Hưng$/, on: '2024-06-11', untrue: 0, checked: 15 },
]

const WANTED = { certainty: 0.95, untrueShare: 0.05, riskPicks: 3 }
const UNREPORTED: readonly Fate[] = ['withdrawn', 'outside_period']
/** A team checks so many on a day. */
const PER_DAY = 14
/** A citizen's data is opened on the way to them (ms before the result). */
const OPENED_BEFORE_MS = HOUR_MS / 3

/** A pick with when, by whom and how its result was found; without a result it was not opened. */
function checkedAt(
  pick: Picked & { result: PickResult | null },
  { at, by, way }: { at: number; by: number | null; way: FindingWay },
): Checked {
  if (pick.result === null)
    return {
      ...pick,
      foundBy: null,
      openedAt: null,
      openedBy: null,
      checkedAt: null,
      checkedBy: null,
      overturnedAt: null,
    }
  return {
    ...pick,
    foundBy: pick.result === 'not_reached' ? null : way,
    openedAt: at - OPENED_BEFORE_MS,
    openedBy: by,
    checkedAt: at,
    checkedBy: by,
    overturnedAt: null,
  }
}

/**
 * Makes inspections formed by the campaign office, with the same rule for the draw as in production. The district's
 * own inspector belongs to the team if their grant covers it. `idOf` returns the id under which a visit is recorded.
 */
export function inspectionsOf(
  tree: Tree,
  people: People,
  { visits, idOf }: { visits: readonly Visit[]; idOf: (visit: Visit) => number },
  dice: Dice,
): Inspection[] {
  const office = people.grants.find(({ role }) => role === 'campaign_office')?.accountId ?? 1
  const burst = burstIds(visits, idOf)
  return DRAWS.flatMap(({ unit: pattern, on, untrue, checked, hasFinding }) => {
    const unit = tree.units.find(({ name }) => pattern.test(name))
    if (!unit) return []
    const drawnAt = startOf(on) + 8 * HOUR_MS
    const drawable = new Map(
      visits
        .filter(visit => visit.unit.path.startsWith(unit.path) && visit.receivedAt < drawnAt)
        .filter(visit => !UNREPORTED.includes(visit.fate))
        .map(visit => [idOf(visit), visit]),
    )
    const candidates = [...drawable.keys()].map(id => ({ id, unitId: unit.id, isMarked: burst.has(id) }))
    const seed = createHash('sha256').update(`128-${unit.id}-${on}`).digest('hex').slice(0, 32)
    const { population, design, picks: drawn } = planDraw(candidates, WANTED, seed)
    const team = teamOf(tree, people, unit)
    const results = resultsOf(drawn, { drawable, untrue, checked: checked ?? Number.POSITIVE_INFINITY }, dice)
    const picks = withRedraws(results, { draw: { population, design }, seed }).map((pick, n): Checked => {
      const at = drawnAt + Math.floor(n / PER_DAY) * DAY_MS + ((n % PER_DAY) + 1) * (HOUR_MS / 2)
      return checkedAt(pick, { at, by: team[n % team.length] ?? null, way: n % 5 === 4 ? 'called' : 'met' })
    })
    const concludedAt = checked === undefined ? drawnAt + 6 * DAY_MS : null
    const appealed = picks.filter(({ result }) => result === 'untrue')[4]
    const appellant = appealed && drawable.get(appealed.helpId)
    if (appealed && concludedAt !== null) appealed.overturnedAt = concludedAt + 4 * DAY_MS
    const head = people.chairs.get(unit.id)?.head
    return [
      {
        unit,
        seed,
        draw: { population, design },
        drawnAt,
        drawnBy: office,
        concludedAt,
        answerDueOn: concludedAt === null ? null : answerDueOn(dayOf(concludedAt), PLAN_128.daysOff),
        answer:
          concludedAt !== null && untrue > 0 && head !== undefined
            ? {
                text: 'Đơn vị đã rà soát, tiếp thu kết quả kiểm tra và yêu cầu người thực hiện sửa lại các trường hợp nêu trên.',
                at: concludedAt + 3 * DAY_MS,
                by: head,
              }
            : null,
        members: team.map((accountId, n) => ({
          accountId,
          signedAt: concludedAt === null ? null : concludedAt - (team.length - 1 - n) * HOUR_MS,
        })),
        picks,
        appeal:
          appealed && appellant && concludedAt !== null
            ? {
                helpId: appealed.helpId,
                raisedAt: concludedAt + 2 * DAY_MS,
                raisedBy: appellant.official.accountId,
                decidedAt: concludedAt + 4 * DAY_MS,
              }
            : null,
        finding:
          hasFinding && concludedAt !== null
            ? {
                reason: 'Nhiều trường hợp được chọn ngẫu nhiên không đúng với nội dung đơn vị đã báo cáo.',
                foundAt: concludedAt + 7 * DAY_MS,
              }
            : null,
      },
    ]
  })
}

function burstIds(visits: readonly Visit[], idOf: (visit: Visit) => number): Set<number> {
  const received = visits
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .map(visit => ({ helpId: idOf(visit), officialId: visit.official.id, receivedAt: visit.receivedAt }))
  return new Set([...findBursts(received, PLAN_128).values()].flatMap(({ helpIds }) => helpIds))
}

/** Two inspectors whose grants cover the unit, those granted it most closely first. */
function teamOf(tree: Tree, people: People, unit: Unit): number[] {
  return people.grants
    .flatMap(({ role, unitId, accountId }) => {
      const path = tree.units.find(({ id }) => id === unitId)?.path
      return role === 'inspector' && path !== undefined && unit.path.startsWith(path) ? [{ accountId, path }] : []
    })
    .sort((a, b) => b.path.length - a.path.length)
    .slice(0, 2)
    .map(({ accountId }) => accountId)
}

type Result = Picked & { result: PickResult | null }

/** Those that the citizen denies are untrue, and besides them the first `untrue` of those that count. */
function resultsOf(
  picks: readonly Picked[],
  { drawable, untrue, checked }: { drawable: ReadonlyMap<number, Visit>; untrue: number; checked: number },
  dice: Dice,
): Result[] {
  let left = untrue
  return picks.map((pick, n) => {
    if (n >= checked) return { ...pick, result: null }
    const fate = drawable.get(pick.helpId)?.fate
    if (fate === 'citizen_denied') return { ...pick, result: 'untrue' }
    if (fate === 'counts' && left > 0) {
      left -= 1
      return { ...pick, result: 'untrue' }
    }
    return { ...pick, result: dice.chance(0.92) ? 'true' : 'not_reached' }
  })
}

/** One more of the same stratum for each that was not reached; those were reached. */
function withRedraws(results: readonly Result[], { draw, seed }: { draw: Inspection['draw']; seed: string }): Result[] {
  const drawables = drawablesOf(draw)
  const picked = new Set(results.map(({ helpId }) => helpId))
  const redrawn = results.flatMap(({ result, origin, stratum }): Result[] => {
    if (result !== 'not_reached' || origin === 'risk') return []
    const next = redraw(drawables, { seed, stratum, picked })
    if (next === undefined) return []
    picked.add(next.id)
    const isOpen = results.some(pick => pick.result === null)
    const place = picked.size
    return [{ helpId: next.id, origin: 'redraw', stratum, place, result: isOpen ? null : 'true' }]
  })
  return [...results, ...redrawn]
}
