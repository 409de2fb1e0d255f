import { addDays, type Day, isDay, startOf } from './calendar.ts'
import type { Regulation } from './regulation.ts'
import { type Article, OBLIGATIONS, type ReportKind, type UnitKind } from './vocabulary.ts'

const HOUR_MS = 3_600_000

/**
 * One report that every reporting unit owes: on the days up to `endsOn`, from `opensOn` on, by the instant `dueAt` (ms,
 * in time up to and including it). `documentNumber` is the numbered document that set the deadline; null: none did, and
 * then the report counts in no assessment (domain 8).
 */
export type ReportPeriod = {
  kind: ReportKind
  endsOn: Day
  opensOn: Day
  dueAt: number
  documentNumber: string | null
  article: Article
}

/** Units of these kinds report to the unit above them, as soon as they have officials, own or below. Plan IV.2, V.1. */
const REPORTING_KINDS: readonly UnitKind[] = ['provincial_agency', 'district', 'department', 'commune']

/**
 * Decides whether a unit owes reports: a provincial agency, district, department or commune with at least one official
 * in it or below. The province itself reports to nobody here. Hamlet teams and grassroots unions report through the
 * unit above them. Plan V.1: "các đơn vị, địa phương".
 */
export function owesReports({ kind, officials }: { kind: UnitKind; officials: number }): boolean {
  return REPORTING_KINDS.includes(kind) && officials > 0
}

/** The last instant of `hour` o'clock of a day; for 24 the last millisecond before midnight. */
function lastMomentOf(day: Day, hour: number): number {
  return hour === 24 ? startOf(addDays(day, 1)) - 1 : startOf(day) + hour * HOUR_MS
}

/**
 * The reports of a campaign, the weekly ones in order and the final one last. Weekly: each `weekday` within the campaign
 * from the first on or after `firstOn`, to the last day; the days behind the last of them are the final report's. Final:
 * from the day after the campaign to the end of `finalReportOn`, set by the campaign's own document (plan V.1: "trước
 * ngày 10/7/2024", so that 10/7 00:00 is late). A deadline does not move for a day off: the document names the day itself.
 */
export function reportPeriods(regulation: Regulation, campaignCode: string): ReportPeriod[] {
  const { startsOn, endsOn, finalReportOn, weeklyReport } = regulation
  const { weekday, hour, firstOn, documentNumber } = weeklyReport
  const weekly: ReportPeriod[] = []
  let opensOn = startsOn
  const from = firstOn < startsOn ? startsOn : firstOn
  for (let day = firstWeekday(from, weekday); day <= endsOn; day = addDays(day, 7)) {
    weekly.push({
      kind: 'weekly',
      endsOn: day,
      opensOn,
      dueAt: lastMomentOf(day, hour),
      documentNumber: documentNumber || null,
      article: 'IV.2',
    })
    opensOn = addDays(day, 1)
  }
  const final: ReportPeriod = {
    kind: 'final',
    endsOn,
    opensOn: addDays(endsOn, 1),
    dueAt: lastMomentOf(finalReportOn, 24),
    documentNumber: campaignCode,
    article: 'V.1',
  }
  return [...weekly, final]
}

/** The weekly periods in the order of their days, the final one last. */
const inOrder = (one: ReportPeriod, other: ReportPeriod) =>
  Number(one.kind === 'final') - Number(other.kind === 'final') || one.endsOn.localeCompare(other.endsOn)

/**
 * The periods of one unit: those that the regulation in force sets, where the unit signed none under an earlier rhythm.
 * `signedUnder` holds each period that it signed, as the regulation then set it. A signed period keeps its days and its
 * deadline, and takes the place of every weekly one that ends within its days.
 */
export function unitPeriods(
  current: readonly ReportPeriod[],
  signedUnder: readonly ReportPeriod[],
): readonly ReportPeriod[] {
  if (signedUnder.length === 0) return current
  const signed = new Map(signedUnder.map(period => [periodSlug(period), period]))
  const slugs = new Set(current.map(periodSlug))
  const kept = signedUnder.filter(period => period.kind === 'weekly' && !slugs.has(periodSlug(period)))
  const set = current.flatMap(period => {
    const same = signed.get(periodSlug(period))
    if (same) return [{ ...period, dueAt: Math.max(period.dueAt, same.dueAt) }]
    const isCovered =
      period.kind === 'weekly' &&
      kept.some(({ opensOn, endsOn }) => opensOn <= period.endsOn && period.endsOn <= endsOn)
    return isCovered ? [] : [period]
  })
  return [...set, ...kept].sort(inOrder)
}

/** Every period that any of some units has, each once, in order: the columns of a table of their reports. */
export function allPeriods(ofUnits: readonly (readonly ReportPeriod[])[]): ReportPeriod[] {
  const bySlug = new Map(ofUnits.flat().map(period => [periodSlug(period), period]))
  return [...bySlug.values()].sort(inOrder)
}

/**
 * The day of a new campaign's first weekly report: the first `weekday` that has a whole week behind it, or of the
 * campaign where it is shorter than that.
 */
export function firstWeeklyOn({ startsOn, endsOn }: Pick<Regulation, 'startsOn' | 'endsOn'>, weekday: number): Day {
  const whole = firstWeekday(addDays(startsOn, 7), weekday)
  return whole <= endsOn ? whole : startsOn
}

/** The first day from `day` on that is `weekday` (1 Monday … 7 Sunday). */
function firstWeekday(day: Day, weekday: number): Day {
  const own = new Date(`${day}T00:00:00Z`).getUTCDay() || 7
  return addDays(day, (weekday - own + 7) % 7)
}

/** The word that an address has for a period: `tuan-2024-06-14`, `tong-ket`. */
export function periodSlug({ kind, endsOn }: Pick<ReportPeriod, 'kind' | 'endsOn'>): string {
  return kind === 'final' ? 'tong-ket' : `tuan-${endsOn}`
}

/** The period that an address names; undefined where the campaign has none such. */
export function periodOf(periods: readonly ReportPeriod[], slug: string): ReportPeriod | undefined {
  const day = slug.replace(/^tuan-/, '')
  if (slug !== 'tong-ket' && !isDay(day)) return undefined
  return periods.find(period => periodSlug(period) === slug)
}

/** The states of one unit's report for one period. */
export const REPORT_STATES = ['not_open', 'awaited', 'draft', 'in_time', 'late', 'missing'] as const
/** `not_owed`: the unit has no such period, others have. */
export type ReportState = (typeof REPORT_STATES)[number] | 'not_owed'
type OwedReportState = (typeof REPORT_STATES)[number]

/** True while a report is asked for and not signed: its period has begun, or its deadline has passed. */
export function isUnsigned(state: ReportState): boolean {
  return state === 'awaited' || state === 'draft' || state === 'missing'
}

/** What is known of a unit's report of one period: when its first version was signed (null: none is), and any draft. */
export type ReportFacts = { firstSignedAt: number | null; hasDraft: boolean }

/**
 * The state at the instant `at` (ms). The first signed version decides whether it was in time: a correction later on
 * does not make it late. A draft is no report once the deadline has passed.
 */
export function reportState(
  period: ReportPeriod,
  { firstSignedAt, hasDraft }: ReportFacts,
  at: number,
): OwedReportState {
  if (firstSignedAt !== null) return firstSignedAt <= period.dueAt ? 'in_time' : 'late'
  if (at > period.dueAt) return 'missing'
  if (hasDraft) return 'draft'
  return at < startOf(period.opensOn) ? 'not_open' : 'awaited'
}

/** What an assessment asks of a unit's reports: plan IV.2 (who does not report), V.1. */
export type ReportEvidence = { isFinalReportMissing: boolean; inTime: number; due: number }

/**
 * Says what the states of a unit mean in an assessment at the instant `at`. Only deadlines that a numbered document set
 * and that have passed count. A final report that came late is late, not missing.
 */
export function evidenceOfReports(
  periods: readonly ReportPeriod[],
  factsOf: (period: ReportPeriod) => ReportFacts,
  at: number,
): ReportEvidence {
  const due = periods
    .filter(({ documentNumber, dueAt }) => documentNumber !== null && at > dueAt)
    .map(period => ({ kind: period.kind, state: reportState(period, factsOf(period), at) }))
  return {
    isFinalReportMissing: due.some(({ kind, state }) => kind === 'final' && state === 'missing'),
    inTime: due.filter(({ state }) => state === 'in_time').length,
    due: due.length,
  }
}

/** True if a period's report can be drafted and signed at `at`: late ones always, none before its period begins. */
export function isOpen({ opensOn }: Pick<ReportPeriod, 'opensOn'>, at: number): boolean {
  return at >= startOf(opensOn)
}

/** True before the last day of a report's period, when its figures still grow: signing then needs a reason. */
export function isEarly({ endsOn }: Pick<ReportPeriod, 'endsOn'>, at: number): boolean {
  return at < startOf(endsOn)
}

/** How long a signature can be taken back (ms). */
export const UNDO_MS = 10 * 60_000

/** Why a signature cannot be taken back. */
export type UndoProblem = 'undo_late' | 'undo_opened' | 'undo_not_newest'

/**
 * Returns why the signature of a version cannot be taken back at the instant `at` (ms); null if it can. It can be for
 * ten minutes, while nobody above has opened it and no close has used it. Plan IV.2.
 */
export function checkUndo(
  { signedAt, isOpenedAbove, isNewest }: { signedAt: number; isOpenedAbove: boolean; isNewest: boolean },
  at: number,
): UndoProblem | null {
  if (!isNewest) return 'undo_not_newest'
  if (isOpenedAbove) return 'undo_opened'
  return at < signedAt + UNDO_MS ? null : 'undo_late'
}

/** What is left to the unit when its report is signed: counts of what waits for it, and which words are empty. */
export type SigningState = {
  waiting: Record<WaitingWork, number>
  isEmpty: { difficulties: boolean; proposals: boolean }
}
export const WAITING_WORK = ['help', 'obligations', 'exemptions', 'reports_below'] as const
export type WaitingWork = (typeof WAITING_WORK)[number]

/** The figures of a report, in the order in which they are read; counts, all of the unit with everything below it. */
export const REPORT_FIGURES = [
  'reported',
  'counted',
  'verified',
  'by_inspection',
  'by_extract',
  'by_citizen',
  'by_unit',
  'awaiting',
  'officials',
  'quota_bearers',
  'targets',
  'quota_reached',
  'obligation_bearers',
  'obligations_met',
  ...OBLIGATIONS.flatMap(obligation => [`${obligation}_bearers` as const, `${obligation}_met` as const]),
  'outreach_sessions',
  'outreach_people',
  'collection_points',
  'collection_invited',
  'collection_received',
  'collection_sent_on',
  'collection_approved',
  'difficulties_raised',
  'difficulties_answered',
] as const
export type ReportFigure = (typeof REPORT_FIGURES)[number]
export type ReportFigures = Record<ReportFigure, number>

/** One indicator of the annex as a report holds it; `done`, `asOfOn` null: no figure is known by the period's last day. */
export type ReportIndicator = { indicator: string; target: number; done: number | null; asOfOn: Day | null }

/** What is signed, hashed and exported of a report; instants are ms since 1970, `signerCapacity` a vocabulary word. */
export type ReportContent = {
  campaign: string
  unitId: number
  unitName: string
  kind: ReportKind
  endsOn: Day
  version: number
  reason: string
  difficulties: string
  proposals: string
  signedAt: number
  signerName: string
  signerCapacity: string
  /** the office of the unit's head at the signing, "Chủ tịch UBND xã"; missing in reports signed before it was kept */
  signerTitle?: string
  /** why it was signed before the last day of its period; null: it was not; missing as above */
  earlyReason?: string | null
  documentNumber: string | null
  documentOn: Day | null
  regulationId: number
  figures: ReportFigures
  /** the moment (ms) of the figures, where a paper was prepared with them and signed later; missing: that of signing */
  figuresAt?: number
  /** the annex's indicators of the unit's locality; missing in reports signed before they were kept */
  indicators?: readonly ReportIndicator[]
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * One text for one value: keys sorted, no spaces, as `JSON.stringify` writes strings and whole numbers. A hash is taken
 * of its UTF-8 bytes, so that anyone can take it again with any tool. A key without a value is left out.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([key, child]) => (child === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(child)}`]))
      .join(',')}}`
  return JSON.stringify(value)
}
