import { covers, type Day } from './calendar.ts'
import type { AwardForm } from './vocabulary.ts'

/** Whom an award goes to, for its bonus. */
export const AWARD_PARTS = ['person', 'collective'] as const
export type AwardPart = (typeof AWARD_PARTS)[number]

/**
 * mức tiền thưởng: the bonus of an award given within these days, as the decree's table and the base salary in force
 * make it. Entered by home affairs with its source; no amount is known to the software.
 */
export type AwardRate = {
  form: AwardForm
  part: AwardPart
  /** how many times the base salary, in hundredths: 150 is 1.5 */
  multiple: number
  /** mức lương cơ sở in đồng */
  baseSalary: number
  /** the article and table that say so, and the decree of the base salary */
  source: string
  fromOn: Day
  toOn: Day | null
}

/** The rate of an award on the day of its decision: of those in force the one that began last; undefined: none is entered. */
export function rateOn<Rate extends AwardRate>(
  rates: readonly Rate[],
  day: Day,
  { form, part }: { form: AwardForm; part: AwardPart },
): Rate | undefined {
  return rates
    .filter(rate => rate.form === form && rate.part === part && covers(rate, day))
    .sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1))
    .at(-1)
}

/** The bonus of one award in đồng. */
export const amountOf = ({ multiple, baseSalary }: Pick<AwardRate, 'multiple' | 'baseSalary'>) =>
  Math.round((multiple * baseSalary) / 100)

/** Bonuses of a decision: how many awards of each part, at which rate; `rate` undefined: none is entered. */
export type BudgetLine = { part: AwardPart; count: number; rate: AwardRate | undefined }

/** The sum of a decision's bonuses in đồng; null: a rate that it needs is not entered. */
export function budgetTotal(lines: readonly BudgetLine[]): number | null {
  const needed = lines.filter(({ count }) => count > 0)
  if (needed.some(({ rate }) => rate === undefined)) return null
  return needed.reduce((sum, { count, rate }) => sum + count * (rate === undefined ? 0 : amountOf(rate)), 0)
}
