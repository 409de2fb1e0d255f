import { z } from '#app/domain/zod.ts'
import { isDay } from './calendar.ts'
import {
  ANNEX_READINGS,
  type ARTICLES,
  CATEGORIES,
  CERTIFICATE_KINDS,
  OBLIGATION_PARTS,
  OUTCOMES,
  QUOTA_READINGS,
} from './vocabulary.ts'

const day = z.string().refine(isDay)

/**
 * Days off from plan 128's campaign on to the end of the year after, as the government announced them. Versions stored
 * without `daysOff` are judged by this list: it never changes. A new campaign's days come from days-off.ts.
 */
const HOLIDAYS = [
  '2024-04-18',
  '2024-04-29',
  '2024-04-30',
  '2024-05-01',
  '2024-09-02',
  '2024-09-03',
  '2025-01-01',
  '2025-01-27',
  '2025-01-28',
  '2025-01-29',
  '2025-01-30',
  '2025-01-31',
  '2025-04-07',
  '2025-04-30',
  '2025-05-01',
  '2025-05-02',
  '2025-09-01',
  '2025-09-02',
] as const

/**
 * The parameters by which a campaign is judged: every reading of the plan where it is silent or can be read two ways.
 * One version holds for a whole campaign; a change is a new dated version that re-judges everything, and what is
 * frozen keeps the version it was frozen with. `PARAMETERS` gives each its article and basis.
 *
 * A parameter that joins later has a default that keeps the meaning from before it: versions stored without it go on as
 * they were. Nothing is judged by another meaning until a version says so.
 */
export const regulationParameters = z.object({
  /** First and last day of the campaign, both inclusive; the last is the cut-off. Plan IV.1. */
  startsOn: day,
  endsOn: day,
  /** Last day on which a final report is in time. Plan V.1: before 10/7/2024. */
  finalReportOn: day,
  /** Citizens that each official must help. Plan IV.1. */
  quota: z.number().int().min(1).max(1000),
  /** Outcomes that must each be achieved or already_had. Plan IV.1. */
  requiredOutcomes: z.array(z.enum(OUTCOMES)).min(1),
  /** The outcome that must be `achieved` by the help itself. Plan IV.2. */
  mustAchieve: z.enum(OUTCOMES),
  /** Days by which an extract may lag behind, or disagree with, an outcome's date. */
  graceDays: z.number().int().min(0).max(90),
  /** Whether a citizen who is themself an official (not only a member) is refused rather than asked about. */
  refusesRosterMembers: z.boolean(),
  /** Lowest age of a citizen on the date helped, in years. */
  minimumAge: z.number().int().min(0).max(100),
  /** Categories that bear the three obligations, and the quota. Plan IV.1. */
  obligationCategories: z.array(z.enum(CATEGORIES)),
  quotaCategories: z.array(z.enum(CATEGORIES)),
  /** Kinds of certificate accepted for sim_signature. Plan IV.1. */
  certificateKinds: z.array(z.enum(CERTIFICATE_KINDS)).min(1),
  /** How a collective reaches its target: Σ counted against Σ targets, or every member their own. Plan IV.2. */
  collectiveTarget: z.enum(['sum', 'every_member']),
  /** Share of untrue records in an inspection that a collective may still be eligible with (0–1). */
  toleratedUntrueShare: z.number().min(0).max(1),
  /** Whether a collective out of consideration bars its people. Plan IV.2. */
  collectiveBarsMembers: z.boolean(),
  /** Signals, section 6.5 of the domain: thresholds that raise questions, never penalties. */
  burst: z.object({ records: z.number().int().min(2), minutes: z.number().int().min(1) }),
  /* the signals below joined later: a version stored without them has these */
  /** Citizens of one official whose serial digits follow each other. */
  sequence: z.number().int().min(2).default(3),
  /** Citizens with one phone number. */
  sharedPhone: z.number().int().min(2).default(2),
  /** Of at least so many officials of a unit who reached their target, this share (0–1) stopped exactly there. */
  targetStop: z
    .object({ officials: z.number().int().min(2), share: z.number().min(0).max(1) })
    .default({ officials: 5, share: 0.5 }),
  /** Of at least so many records of an official, this share (0–1) was received in the campaign's last days. */
  deadline: z
    .object({
      records: z.number().int().min(2),
      days: z.number().int().min(1),
      share: z.number().min(0).max(1),
    })
    .default({ records: 5, days: 5, share: 0.5 }),
  /** Records of an official with every outcome achieved in the one visit, and none without. */
  perfect: z.number().int().min(2).default(10),
  /**
   * The weekly report: for the days up to `weekday` (1 Monday … 7 Sunday), due that day at `hour` o'clock, first on
   * `firstOn`. It counts in an assessment only where a numbered document set it; '' where none did. Plan IV.2.
   */
  weeklyReport: z
    .object({
      weekday: z.number().int().min(1).max(7),
      hour: z.number().int().min(0).max(24),
      firstOn: day,
      documentNumber: z.string(),
    })
    .default({ weekday: 5, hour: 17, firstOn: '2024-04-12', documentNumber: '' }),
  /** Calendar days for an explanation from the notice on, and for an appeal from the finding on. Plan V.4. */
  explanationDays: z.number().int().min(1).max(60).default(10),
  appealDays: z.number().int().min(1).max(60).default(5),
  /** Holidays in addition to Saturday and Sunday: a deadline that falls on a day off ends on the next working day. */
  daysOff: z.array(day).default([...HOLIDAYS]),
  /**
   * What a record must have to count towards the quota (plan IV.1). Either every required outcome is there and the
   * must-achieve one was achieved by the help, or any one required outcome was achieved by it.
   */
  quotaReading: z.enum(QUOTA_READINGS).default('all'),
  /** Last day on which a record is entered without a document; null: the last day of the final report. Plan V.1. */
  lastEntryOn: day.nullable().default(null),
  /**
   * Days within which a posting around the cut-off ends, or leads back, without moving the assessment. 0: every posting
   * moves it, and a lowered area target holds for those posted later as well. Plan IV.1.
   */
  shortPostingDays: z.number().int().min(0).max(90).default(0),
  /**
   * Up to this share (0–1) of a unit's people, and at least so many, its own head exempts; beyond it the level above
   * decides. It decides who decides, never a verdict. Plan IV.1.
   */
  exemptionShare: z
    .object({ share: z.number().min(0).max(1), people: z.number().int().min(0).max(1000) })
    .default({ share: 0.1, people: 3 }),
  /** Parts of the own obligations, and outcomes of help, that this campaign asks for at all (`heldTerms`). Plan IV.1. */
  heldParts: z.array(z.enum(OBLIGATION_PARTS)).default([...OBLIGATION_PARTS]),
  heldOutcomes: z
    .array(z.enum(OUTCOMES))
    .min(1)
    .default([...OUTCOMES]),
  /**
   * What a locality must reach of an indicator: all that the annex assigns, or where the plan's text states a goal as a
   * share of the annex, that share of what is left after the people whom it leaves out. Plan IV.1.
   */
  annexReading: z.enum(ANNEX_READINGS).default('annex'),
  /** Days by which the newest extract or figure may lie before the last day without being asked about at the close. */
  extractAgeDays: z.number().int().min(0).max(90).default(7),
})
export type Regulation = z.infer<typeof regulationParameters>
export type Parameter = keyof Regulation

/** Where a parameter comes from: an article of the plan, or a reading that the province may change. */
export type Basis = { article: (typeof ARTICLES)[number]; reading: boolean }

export const PARAMETERS: Record<Parameter, Basis> = {
  startsOn: { article: 'IV.1', reading: false },
  endsOn: { article: 'IV.1', reading: false },
  finalReportOn: { article: 'V.1', reading: false },
  quota: { article: 'IV.1', reading: false },
  requiredOutcomes: { article: 'IV.1', reading: true },
  mustAchieve: { article: 'IV.2', reading: true },
  graceDays: { article: 'IV.2', reading: true },
  refusesRosterMembers: { article: 'IV.1', reading: true },
  minimumAge: { article: 'IV.1', reading: true },
  obligationCategories: { article: 'IV.1', reading: true },
  quotaCategories: { article: 'IV.1', reading: true },
  certificateKinds: { article: 'IV.1', reading: true },
  collectiveTarget: { article: 'IV.2', reading: true },
  toleratedUntrueShare: { article: 'IV.2', reading: true },
  collectiveBarsMembers: { article: 'IV.2', reading: true },
  burst: { article: 'IV.2', reading: true },
  sequence: { article: 'IV.2', reading: true },
  sharedPhone: { article: 'IV.2', reading: true },
  targetStop: { article: 'IV.2', reading: true },
  deadline: { article: 'IV.2', reading: true },
  perfect: { article: 'IV.2', reading: true },
  weeklyReport: { article: 'IV.2', reading: true },
  explanationDays: { article: 'V.4', reading: true },
  appealDays: { article: 'V.4', reading: true },
  daysOff: { article: 'V.4', reading: true },
  quotaReading: { article: 'IV.1', reading: true },
  lastEntryOn: { article: 'V.1', reading: true },
  shortPostingDays: { article: 'IV.1', reading: true },
  exemptionShare: { article: 'IV.1', reading: true },
  heldParts: { article: 'IV.1', reading: false },
  heldOutcomes: { article: 'IV.1', reading: false },
  annexReading: { article: 'IV.1', reading: true },
  extractAgeDays: { article: 'IV.2', reading: true },
}

/** Plan 128/KH-UBND of 04/4/2024 as its first regulation version. */
export const PLAN_128: Regulation = {
  startsOn: '2024-04-04',
  endsOn: '2024-07-03',
  finalReportOn: '2024-07-09',
  quota: 10,
  requiredOutcomes: ['vneid_installed', 'eid_activated', 'sim_signature'],
  mustAchieve: 'eid_activated',
  graceDays: 10,
  refusesRosterMembers: false,
  minimumAge: 14,
  obligationCategories: ['cadre', 'civil_servant', 'public_employee', 'soldier', 'part_time', 'contract'],
  quotaCategories: ['cadre', 'civil_servant', 'public_employee', 'soldier', 'part_time', 'contract', 'member'],
  certificateKinds: ['sim', 'remote'],
  collectiveTarget: 'sum',
  toleratedUntrueShare: 0,
  collectiveBarsMembers: false,
  burst: { records: 5, minutes: 10 },
  sequence: 3,
  sharedPhone: 2,
  targetStop: { officials: 5, share: 0.5 },
  deadline: { records: 5, days: 5, share: 0.5 },
  perfect: 10,
  weeklyReport: { weekday: 5, hour: 17, firstOn: '2024-04-12', documentNumber: '' },
  explanationDays: 10,
  appealDays: 5,
  daysOff: [...HOLIDAYS],
  quotaReading: 'all',
  lastEntryOn: null,
  shortPostingDays: 30,
  exemptionShare: { share: 0.1, people: 3 },
  heldParts: [...OBLIGATION_PARTS],
  heldOutcomes: [...OUTCOMES],
  annexReading: 'annex',
  extractAgeDays: 7,
}
