import type { AnnexReading, GoalBasis } from './vocabulary.ts'

/** mục tiêu: what the text of a plan states for an indicator beside its annex; a row of the campaign. */
export type StatedGoal = {
  indicator: string
  /** 0–1 */
  share: number
  basis: GoalBasis
  /** the adults of the province, and how many of them had it at the start; null: another basis */
  adults: number | null
  atStart: number | null
  /** who is left out of the annex's total, in words; '': nobody */
  exceptions: string
}

/**
 * What the text of a plan wants for the whole province, if its annex differs or gives no number to measure it by.
 * `part_of_annex` asks for a share of what the annex assigns in full, less the people that the plan leaves out.
 * `share_of_adults` asks for a share of the adults, which the annex's targets may or may not reach. `no_baseline` asks
 * for a share whose start is unknown.
 */
export type Goal = { indicator: string; share: number } & (
  | {
      code: 'part_of_annex'
      annexTotal: number
      /** who is left out, in words, and how many they are; null: not told yet */
      exceptions: string
      excepted: number | null
      wanted: number
    }
  | { code: 'share_of_adults'; adults: number; atStart: number; withAnnex: number }
  | { code: 'no_baseline' }
)

/** A part of a number of people, rounded up to whole people; shares such as 0.07 leave no crumbs behind. */
const partOf = (total: number, share: number) => Math.ceil(Number((total * share).toFixed(6)))

/** What a goal wants of a locality's row of the annex: its share of the total, less the people left out. Plan IV.1. */
const wantedOfAnnex = ({ share }: Pick<StatedGoal, 'share'>, total: number, excepted: number): number =>
  partOf(Math.max(0, total - excepted), share)

/** Whether localities are judged by a goal: by the reading of goals, where it is a share of the annex. Plan IV.1. */
export const isJudgedBy = (goal: StatedGoal | undefined, annexReading: AnnexReading): goal is StatedGoal =>
  annexReading === 'goals' && goal?.basis === 'annex'

/**
 * What a locality must reach of an indicator: all that the annex assigns to it, or by the other reading the goal's share
 * of what is left after the people left out. A goal that is no share of the annex changes nothing. Plan IV.1.
 */
export function judgedTarget(
  total: number,
  goal: StatedGoal | undefined,
  { annexReading, excepted }: { annexReading: AnnexReading; excepted: number },
): number {
  return isJudgedBy(goal, annexReading) ? wantedOfAnnex(goal, total, excepted) : total
}

/** Whether the plan leaves people out of a goal, who are counted by locality. */
export const hasExceptions = ({ basis, exceptions }: StatedGoal) => basis === 'annex' && exceptions !== ''

const MOST_PEOPLE = 9_999_999
export type ExceptionProblem = 'figure_out_of_range' | 'exception_without_target' | 'exception_exceeds_annex'

/** Returns what keeps a number of people from being left out of a locality's total; null `people` takes it back. */
export function exceptionProblem(people: number | null, total: number | null): ExceptionProblem | null {
  if (people === null) return null
  if (!Number.isInteger(people) || people < 0 || people > MOST_PEOPLE) return 'figure_out_of_range'
  if (total === null) return 'exception_without_target'
  return people > total ? 'exception_exceeds_annex' : null
}

/** A stated goal beside its indicator's total in the annex and the people left out; null: not told yet. */
export function goalOf(stated: StatedGoal, annexTotal: number, excepted: number | null): Goal {
  const { indicator, share, basis, exceptions, adults, atStart } = stated
  if (basis === 'annex') {
    const wanted = wantedOfAnnex(stated, annexTotal, excepted ?? 0)
    return { code: 'part_of_annex', indicator, share, annexTotal, exceptions, excepted, wanted }
  }
  if (basis === 'unknown' || adults === null || atStart === null) return { code: 'no_baseline', indicator, share }
  return { code: 'share_of_adults', indicator, share, adults, atStart, withAnnex: atStart + annexTotal }
}
