import { addDays, type Day } from './calendar.ts'
import { readIdNumber } from './id-number.ts'
import { isSameName } from './name.ts'
import type { FieldProblem } from './problem.ts'
import type { CorrectionKind, ObligationState, Sex } from './vocabulary.ts'

/** Corrections of an official: what takes effect at once, what waits, and what becomes of two entries (domain 3). */

/** What a correction changes; `entry` and `login` are those that end and go on where two entries become one. */
export type CorrectedField = 'name' | 'birthOn' | 'birthYear' | 'sex' | 'number' | 'phone' | 'entry' | 'login'

/** One corrected value as the trace shows it, null: none; of numbers and phones the last three digits. */
export type CorrectionChange = { field: CorrectedField; from: string | null; to: string | null }

/** The details of a person that a correction sets; null: not known. */
export type Details = { name: string; birthOn: Day | null; birthYear: number | null; sex: Sex | null }

/**
 * True where a value waits for the person, or for somebody independent: a number in place of another one, a phone in
 * place of the one that signs somebody in. `isOpened`: the account was ever opened.
 */
export function waitsForConsent(
  kind: CorrectionKind,
  { hadBefore, isOpened }: { hadBefore: boolean; isOpened: boolean },
): boolean {
  if (kind === 'merge') return true
  return hadBefore && (kind === 'number' || (kind === 'phone' && isOpened))
}

/** The details that differ, each with its former value. A name differs if one letter or mark does. */
export function changedDetails(from: Details, to: Details): CorrectionChange[] {
  const changes: CorrectionChange[] = [
    { field: 'name', from: from.name, to: to.name },
    { field: 'birthOn', from: from.birthOn, to: to.birthOn },
    { field: 'birthYear', from: yearText(from.birthYear), to: yearText(to.birthYear) },
    { field: 'sex', from: from.sex, to: to.sex },
  ]
  return changes.filter(change => change.from !== change.to)
}

const yearText = (year: number | null) => (year === null ? null : String(year))

/**
 * Says where details and a personal number contradict each other. A number that cannot be read, or none (null),
 * contradicts nothing.
 */
export function checkDetails({ birthYear, sex }: Pick<Details, 'birthYear' | 'sex'>, number: string | null) {
  const reading = number === null ? undefined : readIdNumber(number)
  if (!reading?.ok) return []
  const problems: FieldProblem[] = []
  if ((birthYear ?? reading.birthYear) !== reading.birthYear)
    problems.push({ field: 'birthOn', reason: 'correction_birth_disagrees' })
  if ((sex ?? reading.sex) !== reading.sex) problems.push({ field: 'sex', reason: 'correction_sex_disagrees' })
  return problems
}

/** What a roster's row and an official on record say of a person. */
type Said = {
  staffCode: string | null
  numberKey: string | null
  name: string
  birthOn: Day | null
  birthYear: number | null
}

/**
 * True where a row surely means this official, so that what else it says corrects them: two of staff code, number, name
 * and birth date agree, the name or the date among them, and at most one of number, name and birth is another.
 * Otherwise it may be another person. A year alone proves nothing.
 */
export function isSurely(row: Said, known: Said, isSameCode: boolean): boolean {
  const isNamed = isSameName(row.name, known.name)
  const isBornThen = row.birthOn !== null && row.birthOn === known.birthOn
  const isNumbered = row.numberKey !== null && row.numberKey === known.numberKey
  const agreeing = [isSameCode, isNumbered, isNamed, isBornThen].filter(Boolean).length
  const isOther = [
    !isNamed,
    differ(row.numberKey, known.numberKey),
    differ(row.birthOn, known.birthOn) || differ(row.birthYear, known.birthYear),
  ]
  return agreeing >= 2 && (isNamed || isBornThen) && isOther.filter(Boolean).length <= 1
}

const differ = <T>(a: T | null, b: T | null) => a !== null && b !== null && a !== b

/** Days from–to, both inclusive; `toOn` null: without an end. */
type Span = { fromOn: Day; toOn: Day | null }

/**
 * The parts of `others` that fall on days on which nothing of `kept` runs: of two entries of one person, what the kept
 * one says of a day holds, and the other one's fills the gaps.
 */
export function fillGaps<Row extends Span>(kept: readonly Span[], others: readonly Row[]): Row[] {
  return others.flatMap(row => kept.reduce<Row[]>((parts, span) => parts.flatMap(part => without(part, span)), [row]))
}

function without<Row extends Span>(row: Row, span: Span): Row[] {
  const isApart = (row.toOn !== null && row.toOn < span.fromOn) || (span.toOn !== null && span.toOn < row.fromOn)
  if (isApart) return [row]
  const before = row.fromOn < span.fromOn ? [{ ...row, toOn: addDays(span.fromOn, -1) }] : []
  const isAfter = span.toOn !== null && (row.toOn === null || row.toOn > span.toOn)
  return [...before, ...(isAfter && span.toOn !== null ? [{ ...row, fromOn: addDays(span.toOn, 1) }] : [])]
}

/** How far an obligation's part has come; of two entries of one person the further one holds. */
const PROGRESS: Record<ObligationState, number> = { missing: 0, returned: 1, declared: 2, confirmed: 3, verified: 4 }

/** True where the entry that ends has come further with a part than the kept one (null: it declared nothing). */
export function isFurther(ending: ObligationState, kept: ObligationState | null): boolean {
  return kept === null || PROGRESS[ending] > PROGRESS[kept]
}
