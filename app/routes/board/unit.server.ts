import { campaignDay, dailyTarget, requiredBy } from '#app/domain/pace.ts'
import { partSums } from '#app/domain/part-sums.ts'
import { paceDays, type UnitPace, unitPace } from '#app/domain/unit-pace.ts'
import { countedByDay, type runningTotals } from '#app/queries/aggregate.server.ts'
import { type ChildBoard, findUnitBoard } from '#app/queries/board.server.ts'
import { openDisputes } from '#app/queries/dispute.server.ts'
import { dueOf } from '#app/queries/report.server.ts'
import { CHILD_ORDERS, type ChildOrder } from '#app/ui/unit-board.tsx'
import { found, idOf, type ReadArgs, type Visit } from '../_web/visit.server.ts'
import { causeGroups } from './causes.server.ts'
import { unitBoard } from './params.ts'

const DUE_SHOWN = 3
/** So many of the units below are shown at once, in the order asked for. */
const CHILDREN_SHOWN = 7

const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole)

/** The share of a unit's counted records that rests on nothing but its own word. */
const ownWord = ({ help }: ChildBoard) => (help.counted === 0 ? 0 : help.byUnit / help.counted)

type Child = ChildBoard & { pace: UnitPace }
const ORDERS: Record<ChildOrder, (a: Child, b: Child) => number> = {
  thieu: (a, b) => b.pace.missing - a.pace.missing,
  ngay: (a, b) => (b.pace.neededPerDay ?? 0) - (a.pace.neededPerDay ?? 0),
  'ty-le': (a, b) => share(a.help.counted, a.people.targets) - share(b.help.counted, b.people.targets),
  'noi-dung': (a, b) =>
    share(a.people.allMet, a.people.obligationBearers) - share(b.people.allMet, b.people.obligationBearers),
  'can-cu': (a, b) => ownWord(b) - ownWord(a),
  cho: (a, b) => b.help.awaiting + b.people.awaiting - a.help.awaiting - a.people.awaiting,
  ten: (a, b) => a.name.localeCompare(b.name, 'vi'),
}

/** What the table shows of a unit below: nothing else goes to the browser. */
const shownOf = ({ id, name, pace, help, people }: Child) => ({
  ...{ id, name, pace },
  help: {
    reported: help.reported,
    counted: help.counted,
    verified: help.verified,
    byUnit: help.byUnit,
    awaiting: help.awaiting,
  },
  people: {
    targets: people.targets,
    obligationBearers: people.obligationBearers,
    allMet: people.allMet,
    awaiting: people.awaiting,
  },
})

/** The sums that the page shows of the many that are kept. */
const HELP_SHOWN = [
  'reported',
  'counted',
  'verified',
  'awaiting',
  'byInspection',
  'byExtract',
  'byCitizen',
  'byUnit',
] as const
const PEOPLE_SHOWN = [
  ...(['reported', 'counted', 'verified', 'awaiting', 'officials', 'quotaBearers', 'targets'] as const),
  ...(['reached', 'idle', 'obligationBearers', 'allMet'] as const),
]

const pick = <Sums, Name extends keyof Sums>(sums: Sums, names: readonly Name[]) =>
  Object.fromEntries(names.map(name => [name, sums[name]])) as Pick<Sums, Name>

/** The days of the campaign as their first and their number, and of each sum what each day so far added, as one text. */
function seriesOf({ days, ...sums }: ReturnType<typeof runningTotals>) {
  const past = (values: readonly (number | null)[]) => {
    const sums = values.filter(value => value !== null)
    return sums.map((value, n) => value - (sums[n - 1] ?? 0)).join(' ')
  }
  return {
    firstOn: days[0] ?? '',
    days: days.length,
    reported: past(sums.reported),
    counted: past(sums.counted),
    verified: past(sums.verified),
  }
}

/** A unit's board as its page shows it: figures and pace, who lacks what and why, the units below in the order asked for. */
export function readUnit(visit: Visit, { params, url }: ReadArgs) {
  const { actor, campaign, regulation, terms, today } = visit
  const { children, series, ...board } = found(findUnitBoard(actor, campaign.id, idOf(params.unitId), today))
  const { id, path, allowed } = board.heading
  const { people, help } = board
  const asked = unitBoard.read(url)
  const order = CHILD_ORDERS.find(word => word === asked.order) ?? 'thieu'
  const due = { total: people.targets, daily: dailyTarget(people.targets, regulation) }
  const [own = [], ...below] = countedByDay(
    campaign.id,
    'unit',
    [id, ...children.map(child => child.id)].map(String),
    paceDays(today, regulation),
  )
  const paceOf = (counted: number, total: number, byDay: readonly number[]) =>
    unitPace({ counted, total, byDay }, today, regulation)
  return {
    heading: board.heading,
    motion: board.motion,
    help: pick(help, HELP_SHOWN),
    people: pick(people, PEOPLE_SHOWN),
    series: seriesOf(series),
    perDay: due.daily,
    due: requiredBy(campaignDay(today, regulation), due),
    pace: paceOf(help.counted, people.targets, own),
    endsOn: regulation.endsOn,
    today,
    parts: people.obligationBearers > 0 ? partSums(people, terms) : [],
    causes: causeGroups(visit, { id, path, officials: people.officials, isOpen: allowed.people }, asked),
    reports: allowed.draftReports ? dueOf(campaign.id, id).slice(0, DUE_SHOWN) : [],
    disputes: openDisputes(actor, campaign.id).find(row => row.unitPath === path)?.due.length ?? 0,
    order,
    children: children
      .map((child, n) => ({ ...child, pace: paceOf(child.help.counted, child.people.targets, below[n] ?? []) }))
      .sort((a, b) => ORDERS[order](a, b) || ORDERS.ten(a, b))
      .slice(0, asked.showsAll ? undefined : CHILDREN_SHOWN)
      .map(shownOf),
    childCount: children.length,
  }
}
