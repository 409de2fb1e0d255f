import type { StatedGoal } from './goal.ts'
import { foldName } from './name.ts'
import type { TALLIED_OUTCOMES } from './outcome-marks.ts'
import type { IndicatorSource } from './vocabulary.ts'

/** How a campaign calls an indicator. */
export type IndicatorWords = {
  /** in full, as forms and papers print it */
  name: string
  /** short enough to stand side by side with others */
  shortName: string
  /** the head of its column as the plan prints it */
  printedName: string
  /** for people who do not know the plan */
  publicName: string
  /** its unit of count: "thuê bao" */
  unit: string
}

/** An outcome of help records that is summed up by itself, so that an indicator can show it. */
export type FeedingOutcome = (typeof TALLIED_OUTCOMES)[number]

/** chỉ tiêu của kế hoạch: what a campaign's annex assigns to localities; a row of the campaign. */
export type Indicator = IndicatorWords & {
  /** the word by which targets, figures, files and the interface name it; never changes */
  code: string
  /** who delivers its figures, and so who may enter them */
  source: IndicatorSource
  /** the outcome of counted records that is shown beside it; null: none */
  outcome: FeedingOutcome | null
}

export const MOST_INDICATORS = 12

/** What a code may look like; two words are columns of the list of figures itself. */
const CODE = /^[a-z][a-z0-9_]{1,39}$/
const TAKEN_CODES = ['locality', 'locality_code']
export const isIndicatorCode = (code: string) => CODE.test(code) && !TAKEN_CODES.includes(code)

/** A code made of words: "Sổ sức khỏe" → `so_suc_khoe`; '' where they hold neither a letter nor a digit. */
export function codeOf(words: string): string {
  const plain = foldName(words)
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '')
    .slice(0, 38)
  return /^[0-9]/.test(plain) || TAKEN_CODES.includes(plain) ? `c_${plain}` : plain
}

/** An indicator with the goal that the plan's text states for it. */
type Kept = Indicator & { goal: Omit<StatedGoal, 'indicator'> | null }

const WORDS = [
  'name',
  'shortName',
  'printedName',
  'publicName',
  'unit',
] as const satisfies readonly (keyof IndicatorWords)[]
const MEASURES = ['share', 'basis', 'adults', 'atStart'] as const satisfies readonly (keyof StatedGoal)[]
export type IndicatorField = (typeof WORDS)[number] | 'source' | 'outcome' | 'goal'

/** What a new version of an indicator changes: its wording, and beside it what figures and goals hang on. */
export function indicatorChanges(before: Kept, after: Kept): { words: IndicatorField[]; deciding: IndicatorField[] } {
  const words: IndicatorField[] = WORDS.filter(field => before[field] !== after[field])
  const deciding: IndicatorField[] = (['source', 'outcome'] as const).filter(field => before[field] !== after[field])
  if (MEASURES.some(field => before.goal?.[field] !== after.goal?.[field])) deciding.push('goal')
  else if (before.goal?.exceptions !== after.goal?.exceptions) words.push('goal')
  return { words, deciding }
}

/** Looks an indicator up by its code; undefined where the campaign has none. */
export const indicatorNamed = <Row extends { code: string }>(rows: readonly Row[], code: string): Row | undefined =>
  rows.find(row => row.code === code)

/** Returns what a campaign calls an indicator in full; one that has no row keeps its code. */
export const indicatorNamer =
  (rows: readonly Pick<Indicator, 'code' | 'name'>[]) =>
  (code: string): string =>
    indicatorNamed(rows, code)?.name ?? code

/** The indicator of citizens who get an account: what the quota asks for, so feasibility and pace go by it. */
export const activationOf = <Row extends Pick<Indicator, 'outcome'>>(rows: readonly Row[]): Row | undefined =>
  rows.find(({ outcome }) => outcome === 'eid_activated')

/** The indicator that pages open with and that the map draws: the activation, else the first; undefined without any. */
export const leadingIndicator = <Row extends Pick<Indicator, 'outcome'>>(rows: readonly Row[]): Row | undefined =>
  activationOf(rows) ?? rows[0]
