import { z } from '#app/domain/zod.ts'
import { type Day, isDay } from './calendar.ts'
import { annexWords } from './campaign-words-input.ts'
import {
  choices,
  optionalDay,
  optionalText,
  requiredChoice,
  requiredDay,
  requiredId,
  requiredText,
  requiredWhole,
  tick,
} from './field.ts'
import type { FieldProblem, InputProblem } from './problem.ts'
import type { Regulation } from './regulation.ts'
import {
  ANNEX_READINGS,
  CATEGORIES,
  CERTIFICATE_KINDS,
  OBLIGATION_PARTS,
  OUTCOMES,
  QUOTA_READINGS,
} from './vocabulary.ts'

const COLLECTIVE_TARGETS = ['sum', 'every_member'] as const satisfies readonly Regulation['collectiveTarget'][]

/** A share typed as a percentage with at most two decimals, point or comma; read as 0–1. */
export const percentage = z
  .string({ error: 'required' satisfies InputProblem })
  .trim()
  .regex(/^\d{1,3}([.,]\d{1,2})?$/, { error: 'not_a_number' satisfies InputProblem, abort: true })
  .transform(typed => Math.round(Number(typed.replace(',', '.')) * 100) / 10_000)
  .refine(share => share <= 1, { error: 'out_of_range' satisfies InputProblem })

/** Days typed as 30/4/2024, apart by commas, spaces or lines; in their order, each once. */
const typedDays = z
  .string()
  .default('')
  .transform(typed => typed.split(/[\s,;]+/).filter(word => word !== ''))
  .transform((words, context) => {
    const days = words.map(dayTyped)
    if (days.some(day => day === null)) {
      context.addIssue({ code: 'custom', message: 'not_a_day' satisfies InputProblem })
      return z.NEVER
    }
    return [...new Set(days.filter(day => day !== null))].sort()
  })

function dayTyped(word: string): Day | null {
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(word) ?? []
  const found = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  return isDay(found) ? found : null
}

const period = { startsOn: requiredDay, endsOn: requiredDay, finalReportOn: requiredDay }
const quota = requiredWhole({ min: 1, max: 1000 })

const flatParameters = {
  ...period,
  quota,
  heldParts: choices(OBLIGATION_PARTS, 0),
  heldOutcomes: choices(OUTCOMES, 1),
  requiredOutcomes: choices(OUTCOMES, 1),
  mustAchieve: requiredChoice(OUTCOMES),
  quotaReading: requiredChoice(QUOTA_READINGS),
  graceDays: requiredWhole({ min: 0, max: 90 }),
  refusesRosterMembers: tick,
  minimumAge: requiredWhole({ min: 0, max: 100 }),
  obligationCategories: choices(CATEGORIES, 0),
  quotaCategories: choices(CATEGORIES, 0),
  certificateKinds: choices(CERTIFICATE_KINDS, 1),
  collectiveTarget: requiredChoice(COLLECTIVE_TARGETS),
  toleratedUntrueShare: percentage,
  collectiveBarsMembers: tick,
  burstRecords: requiredWhole({ min: 2, max: 1000 }),
  burstMinutes: requiredWhole({ min: 1, max: 1440 }),
  sequence: requiredWhole({ min: 2, max: 1000 }),
  sharedPhone: requiredWhole({ min: 2, max: 1000 }),
  targetStopOfficials: requiredWhole({ min: 2, max: 1000 }),
  targetStopShare: percentage,
  deadlineRecords: requiredWhole({ min: 2, max: 1000 }),
  deadlineDays: requiredWhole({ min: 1, max: 90 }),
  deadlineShare: percentage,
  perfect: requiredWhole({ min: 2, max: 1000 }),
  weeklyWeekday: requiredWhole({ min: 1, max: 7 }),
  weeklyHour: requiredWhole({ min: 0, max: 24 }),
  weeklyFirstOn: requiredDay,
  weeklyDocument: optionalText(60),
  explanationDays: requiredWhole({ min: 1, max: 60 }),
  appealDays: requiredWhole({ min: 1, max: 60 }),
  daysOff: typedDays,
  lastEntryOn: optionalDay,
  shortPostingDays: requiredWhole({ min: 0, max: 90 }),
  extractAgeDays: requiredWhole({ min: 0, max: 90 }),
  exemptionShare: percentage,
  exemptionPeople: requiredWhole({ min: 0, max: 1000 }),
  annexReading: requiredChoice(ANNEX_READINGS),
}

/** Lists the contradictions within a regulation: dates out of order, an outcome that is required and does not hold. */
function contradictions(
  row: Pick<Regulation, 'startsOn' | 'endsOn' | 'finalReportOn'> &
    Partial<Pick<Regulation, 'heldOutcomes' | 'requiredOutcomes' | 'mustAchieve' | 'lastEntryOn'>> & {
      weeklyFirstOn?: Day
    },
): FieldProblem[] {
  const problems: FieldProblem[] = []
  const { weeklyFirstOn = row.startsOn } = row
  if (row.startsOn <= row.endsOn && (weeklyFirstOn < row.startsOn || weeklyFirstOn > row.endsOn))
    problems.push({ field: 'weeklyFirstOn', reason: 'outside_campaign' })
  if (row.endsOn < row.startsOn) problems.push({ field: 'endsOn', reason: 'ends_before_start' })
  if (row.finalReportOn < row.endsOn) problems.push({ field: 'finalReportOn', reason: 'ends_before_start' })
  if (row.lastEntryOn && row.lastEntryOn < row.endsOn)
    problems.push({ field: 'lastEntryOn', reason: 'ends_before_start' })
  if (row.requiredOutcomes?.some(outcome => !row.heldOutcomes?.includes(outcome)))
    problems.push({ field: 'requiredOutcomes', reason: 'required_not_held' })
  if (row.mustAchieve && !row.requiredOutcomes?.includes(row.mustAchieve))
    problems.push({ field: 'mustAchieve', reason: 'must_achieve_not_required' })
  return problems
}

/**
 * The form of a new regulation version, flat as FormData carries it. It holds every parameter, the numbered document
 * that decided it with its date, a note, and the version that the form was filled in from.
 */
export const regulationInput = z
  .object({
    ...flatParameters,
    basedOn: requiredWhole({ min: 1, max: 1_000_000 }),
    documentNumber: requiredText(60),
    decidedOn: requiredDay,
    note: optionalText(500),
  })
  .transform((row, context) => {
    for (const { field, reason } of contradictions(row))
      context.addIssue({ code: 'custom', path: [field], message: reason })
    const { basedOn, documentNumber, decidedOn, note, burstRecords, burstMinutes, ...signals } = row
    const { targetStopOfficials, targetStopShare, deadlineRecords, deadlineDays, deadlineShare, ...reports } = signals
    const { weeklyWeekday, weeklyHour, weeklyFirstOn, weeklyDocument, ...others } = reports
    const { exemptionShare, exemptionPeople, ...rest } = others
    const parameters: Regulation = {
      ...rest,
      burst: { records: burstRecords, minutes: burstMinutes },
      exemptionShare: { share: exemptionShare, people: exemptionPeople },
      targetStop: { officials: targetStopOfficials, share: targetStopShare },
      deadline: { records: deadlineRecords, days: deadlineDays, share: deadlineShare },
      weeklyReport: {
        weekday: weeklyWeekday,
        hour: weeklyHour,
        firstOn: weeklyFirstOn,
        documentNumber: weeklyDocument ?? '',
      },
    }
    return { parameters, basedOn, documentNumber, decidedOn, note: note ?? '' }
  })

/** A regulation as the values with which `regulationInput`'s form starts. */
export function regulationFields({
  burst,
  targetStop,
  deadline,
  toleratedUntrueShare,
  weeklyReport,
  daysOff,
  exemptionShare,
  ...rest
}: Regulation) {
  const typed = (day: Day) => day.split('-').map(Number).reverse().join('/')
  const percent = (share: number) => String(Math.round(share * 10_000) / 100).replace('.', ',')
  return {
    ...rest,
    quota: String(rest.quota),
    graceDays: String(rest.graceDays),
    minimumAge: String(rest.minimumAge),
    refusesRosterMembers: rest.refusesRosterMembers ? 'on' : '',
    collectiveBarsMembers: rest.collectiveBarsMembers ? 'on' : '',
    toleratedUntrueShare: percent(toleratedUntrueShare),
    burstRecords: String(burst.records),
    burstMinutes: String(burst.minutes),
    sequence: String(rest.sequence),
    sharedPhone: String(rest.sharedPhone),
    targetStopOfficials: String(targetStop.officials),
    targetStopShare: percent(targetStop.share),
    deadlineRecords: String(deadline.records),
    deadlineDays: String(deadline.days),
    deadlineShare: percent(deadline.share),
    perfect: String(rest.perfect),
    weeklyWeekday: String(weeklyReport.weekday),
    weeklyHour: String(weeklyReport.hour),
    weeklyFirstOn: weeklyReport.firstOn,
    weeklyDocument: weeklyReport.documentNumber,
    explanationDays: String(rest.explanationDays),
    appealDays: String(rest.appealDays),
    daysOff: daysOff.map(typed).join(', '),
    lastEntryOn: rest.lastEntryOn ?? '',
    shortPostingDays: String(rest.shortPostingDays),
    extractAgeDays: String(rest.extractAgeDays),
    exemptionShare: percent(exemptionShare.share),
    exemptionPeople: String(exemptionShare.people),
  }
}

/**
 * The form of a new campaign: the document that founds it, its dates and quota, and the campaign from which the rest is
 * copied; with the annex its indicators are. `allowsOverlap`: it was said that another runs at the same time.
 */
export const campaignInput = z
  .object({
    code: requiredText(60),
    name: requiredText(200),
    issuer: requiredText(120),
    issuedOn: requiredDay,
    ...period,
    quota,
    copyOf: requiredId,
    copiesIndicators: tick,
    copiesAnnex: tick,
    allowsOverlap: tick,
    ...annexWords,
  })
  .superRefine((row, context) => {
    for (const { field, reason } of contradictions(row))
      context.addIssue({ code: 'custom', path: [field], message: reason })
  })
