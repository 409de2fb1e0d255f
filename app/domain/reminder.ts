import { addDays, type Day, daysBetween } from './calendar.ts'
import { ageOf } from './figure-age.ts'
import { isOwnAct, type ProofMeans, type Quickest, quickestOf } from './proof-way.ts'
import type { OwnState } from './standing.ts'
import { OBLIGATIONS, type Obligation, type ObligationPart, PARTS_OF, type RoundStage } from './vocabulary.ts'

/** What may wait for somebody: of their account, for themself, for a unit, for an office. */
export const REMINDER_KINDS = [
  'own_reset',
  'root_head_reset',
  'keys_announced',
  'grant_requests',
  'nudge',
  'pledge',
  'pledge_passed',
  'certificate',
  'obligations',
  'citizens',
  'returned',
  'to_look_at',
  'appointments',
  'companion',
  'join_offers',
  'corrections',
  'explain',
  'confirm_help',
  'confirm_obligations',
  'disputes',
  'exemptions',
  'exemption_scans',
  'transfers',
  'receipts',
  'inspection_answer',
  'report_asked',
  'report_overdue',
  'report',
  'silent_units',
  'judge',
  'idle',
  'not_signed_in',
  'inspection_sheets',
  'inspection_signatures',
  'appeals',
  'reconsiderations',
  'difficulties',
  'answers',
  'citizen_requests',
  'old_extract',
  'no_extract',
  'unconcluded',
  'findings_wanted',
  'offers_ending',
  'offer_wishes',
  'round_home_affairs',
  'round_council',
  'round_decision',
  'changed_candidates',
  'open_gates',
  'closing',
  'close_campaign',
  'recount',
  'go_live',
  'failed_jobs',
  'failed_backup',
  'chain_unchecked',
  'facts_unchecked',
] as const
export type ReminderKind = (typeof REMINDER_KINDS)[number]

/** What waits in every campaign alike: of the account, the person, their place or the installation, not of a plan. */
const OF_NO_CAMPAIGN: readonly ReminderKind[] = [
  'corrections',
  'transfers',
  'receipts',
  'own_reset',
  'root_head_reset',
  'keys_announced',
  'grant_requests',
  'not_signed_in',
  'go_live',
  'failed_jobs',
  'failed_backup',
  'chain_unchecked',
  'facts_unchecked',
]

/** What may mean that somebody else acts through one's account comes before all that has a day. */
const FIRST: readonly ReminderKind[] = ['own_reset', 'root_head_reset']

/** One thing that waits: how many, until when (null: it has no day), and for which unit (null: one's own). */
export type Reminder = {
  kind: ReminderKind
  count: number
  dueOn: Day | null
  unit: { id: number; name: string } | null
  /** of how many, where the row names a share */
  of?: number
  /** the day that it speaks of, where that is not the last one for the act */
  on?: Day
  /** whom or what it is about, where it is one; for pages alone, for mail is read by others too */
  about?: string
  /** the word or id by which an address names it, where it is one */
  at?: string
  /** of parts: the one that an own act proves soonest, and that act */
  quickest?: Quickest
}

/** One row where anything waits; none where `count` is 0. */
const row = (kind: ReminderKind, count: number, more: Partial<Omit<Reminder, 'kind' | 'count'>> = {}): Reminder[] =>
  count > 0 ? [{ kind, count, dueOn: null, unit: null, ...more }] : []

/** Sums up what waits, each until its own day: how many, and the nearest day. Empty: nothing. */
export function remindOf(kind: ReminderKind, due: readonly Day[], unit: Reminder['unit'] = null): Reminder[] {
  return row(kind, due.length, { dueOn: nearest(due), unit })
}

const nearest = (days: readonly (Day | null)[]): Day | null => days.filter(day => day !== null).sort()[0] ?? null

/** Puts rows in the order in which they are due; what has no day comes last. Every list of them is in this order. */
export function inDueOrder(reminders: readonly Reminder[]): Reminder[] {
  const rank = ({ kind, dueOn }: Reminder) => (FIRST.includes(kind) ? '' : (dueOn ?? '9999'))
  return reminders.toSorted((a, b) => rank(a).localeCompare(rank(b)))
}

/** Days by which something is overdue on `today`: 0 on its last day and before, and where it has none. */
export const daysOverdue = ({ dueOn }: Pick<Reminder, 'dueOn'>, today: Day): number =>
  dueOn === null ? 0 : Math.max(0, daysBetween(dueOn, today))

/** What an official's own work still needs. */
export type OwnSums = {
  state: OwnState
  /** the day promised for each obligation in the pledge in force; null: none is signed */
  pledged: Record<Obligation, Day> | null
  /** the last day of a declared certificate that ends before the campaign does; null: there is none such */
  certificateEndsOn: Day | null
  /** what is there to prove parts with; null: no part is to be done */
  means: ProofMeans | null
  returned: number
  /** records that count only once the official acts, without those that were returned */
  toLookAt: number
  /** appointments of today and tomorrow */
  appointments: readonly Day[]
  companion: number
}

/**
 * Lists what an official still owes by the last day (plan IV.1). A part promised for a day that passed has that day, and
 * a certificate that ends too early its own. Rows of parts lead to the act that proves one of them soonest, if any does.
 */
export function ownReminders(sums: OwnSums, { endsOn, today }: { endsOn: Day; today: Day }): Reminder[] {
  const { state, pledged, certificateEndsOn, appointments } = sums
  const ending = state.toDo.filter(part => part === 'sim_signature' && certificateEndsOn !== null)
  const rest = state.toDo.filter(part => !ending.includes(part))
  const promisedOn = (part: ObligationPart) => pledged?.[OBLIGATIONS.find(one => isOf(one, part)) ?? 'sim_signature']
  const passed = rest.filter(part => (promisedOn(part) ?? today) < today)
  return [
    ...row('pledge', pledged === null ? 1 : 0),
    ...row('certificate', ending.length, { dueOn: endsOn, on: certificateEndsOn ?? undefined }),
    ...row('pledge_passed', passed.length, {
      dueOn: nearest(passed.map(part => promisedOn(part) ?? null)),
      ...soonest(passed, sums.means),
    }),
    ...row('obligations', rest.length - passed.length, {
      dueOn: endsOn,
      ...soonest(
        rest.filter(part => !passed.includes(part)),
        sums.means,
      ),
    }),
    ...row('citizens', state.shortage, { dueOn: endsOn, of: state.awaiting }),
    ...row('returned', sums.returned),
    ...row('to_look_at', sums.toLookAt),
    ...row('appointments', appointments.length, { dueOn: nearest(appointments) }),
    ...row('companion', sums.companion),
  ]
}

function soonest(parts: readonly ObligationPart[], means: ProofMeans | null): Pick<Reminder, 'quickest'> {
  const quickest = means && quickestOf(parts, means)
  return quickest && isOwnAct(quickest.way) ? { quickest } : {}
}

const isOf = (obligation: Obligation, part: ObligationPart) =>
  (PARTS_OF[obligation] as readonly ObligationPart[]).includes(part)

/** What waits at a unit for its head or coordinator. */
export type UnitSums = {
  unit: { id: number; name: string }
  help: number
  obligations: number
  disputes: readonly Day[]
  exemptions: readonly Day[]
  owedScans: number
  transfers: readonly Day[]
  receipts: readonly Day[]
  inspections: readonly Day[]
  /** reports not signed, by the day on which each is due; `at`: its word in addresses; `isAsked`: the level above reminded */
  reports: readonly { at: string; dueOn: Day; isMissing: boolean; isAsked: boolean }[]
  /** units directly below that did not send the newest report that was due, and when it was; null: none was due */
  silent: { count: number; dueOn: Day | null }
  /** people with a target and no record at all */
  idle: number
  /** people who never signed in */
  notSignedIn: number
  /** ids of the difficulties, raised by the unit or for one below it by this person, that were answered lately */
  answered: readonly number[]
}

/** So many days an answer is among the tasks of who asked. */
const ANSWER_SHOWN_DAYS = 7

/** The first day whose answers are still shown on `today`. */
export const answersSince = (today: Day): Day => addDays(today, 1 - ANSWER_SHOWN_DAYS)

/** Lists what waits at a unit: reports apart by whether they are overdue, people by what is missing at all. */
export function unitReminders(sums: UnitSums, endsOn: Day): Reminder[] {
  const only = ([id, ...others]: readonly number[]) => (others.length === 0 ? String(id) : undefined)
  const { unit, silent } = sums
  const days = (kind: ReminderKind, due: readonly Day[]) => remindOf(kind, due, unit)
  const others = sums.reports.filter(({ isAsked }) => !isAsked)
  const reports = (kind: ReminderKind, rows: UnitSums['reports']) => {
    const only = rows.length === 1 ? rows[0] : undefined
    return row(kind, rows.length, { dueOn: nearest(rows.map(({ dueOn }) => dueOn)), unit, at: only?.at })
  }
  return [
    ...row('confirm_help', sums.help, { dueOn: endsOn, unit }),
    ...row('confirm_obligations', sums.obligations, { dueOn: endsOn, unit }),
    ...days('disputes', sums.disputes),
    ...days('exemptions', sums.exemptions),
    ...row('exemption_scans', sums.owedScans, { unit }),
    ...days('transfers', sums.transfers),
    ...days('receipts', sums.receipts),
    ...days('inspection_answer', sums.inspections),
    ...reports(
      'report_asked',
      sums.reports.filter(({ isAsked }) => isAsked),
    ),
    ...reports(
      'report_overdue',
      others.filter(({ isMissing }) => isMissing),
    ),
    ...reports(
      'report',
      others.filter(({ isMissing }) => !isMissing),
    ),
    ...row('silent_units', silent.count, { dueOn: silent.dueOn, unit }),
    ...row('idle', sums.idle, { dueOn: endsOn, unit }),
    ...row('not_signed_in', sums.notSignedIn, { unit }),
    ...row('answers', sums.answered.length, { unit, at: only(sums.answered) }),
  ]
}

/** A step of due process that is this person's to take; `isOwn`: they are the one concerned. */
type StepSum = { caseId: number; about: string; isOwn: boolean; dueOn: Day | null }

/** Lists steps of due process (plan V.4): one's own word, and what is to be judged; one alone leads to its case. */
export function stepReminders(steps: readonly StepSum[]): Reminder[] {
  return (['explain', 'judge'] as const).flatMap(kind => {
    const rows = steps.filter(({ isOwn }) => isOwn === (kind === 'explain'))
    const only = rows.length === 1 ? rows[0] : undefined
    return row(kind, rows.length, {
      dueOn: nearest(rows.map(({ dueOn }) => dueOn)),
      about: only?.about,
      at: only && String(only.caseId),
    })
  })
}

/** An inspection of one's team that is not concluded: how many of its sample have no result yet. */
export type SheetSum = { inspectionId: number; about: string; left: number; of: number }

/** Lists the inspections of an inspector's teams, each with what is left of its sample (domain 6.4). */
export function inspectorReminders(sheets: readonly SheetSum[]): Reminder[] {
  return sheets.flatMap(({ inspectionId, left, ...sheet }) =>
    row('inspection_sheets', left, { ...sheet, at: String(inspectionId) }),
  )
}

/** A source of extracts that an office answers for: police, a carrier; and the day of the newest applied one. */
export type SourceSum = { source: string; asOfOn: Day | null }

/** Lists sources whose newest extract is old, or that delivered none a week after the campaign began. */
function extractReminders(
  sources: readonly SourceSum[],
  { startsOn, today }: { startsOn: Day; today: Day },
): Reminder[] {
  return sources.flatMap(({ source, asOfOn }) => {
    const { days, isOld } = ageOf(asOfOn ?? startsOn, today)
    if (!isOld) return []
    return row(asOfOn === null ? 'no_extract' : 'old_extract', days, { at: source })
  })
}

/** What waits for the campaign office, as the body that runs the campaign (plan IV.2, V.2). */
export type OfficeSums = {
  difficulties: number
  requests: readonly Day[]
  extracts: readonly SourceSum[]
  /** concluded inspections with untrue records and no finding about the unit's report */
  unconcluded: number
  silent: UnitSums['silent']
  root: { id: number; name: string }
  /** the campaign's last day has come, and no close decides yet */
  isToClose: boolean
}

/** Lists what waits for the campaign office. */
export function officeReminders(sums: OfficeSums, on: { startsOn: Day; finalReportOn: Day; today: Day }): Reminder[] {
  return [
    ...row('difficulties', sums.difficulties),
    ...remindOf('citizen_requests', sums.requests),
    ...extractReminders(sums.extracts, on),
    ...row('unconcluded', sums.unconcluded),
    ...row('silent_units', sums.silent.count, { dueOn: sums.silent.dueOn, unit: sums.root }),
    ...row('close_campaign', sums.isToClose ? 1 : 0, { dueOn: on.finalReportOn }),
  ]
}

/** What waits for the telecom office (plan III.1, V.3). */
export type TelecomSums = {
  difficulties: number
  extracts: readonly SourceSum[]
  /** the last days of offers that end within a week */
  offersEnding: readonly Day[]
  wishes: number
}

/** Lists what waits for the telecom office. */
export function telecomReminders(sums: TelecomSums, on: { startsOn: Day; today: Day }): Reminder[] {
  return [
    ...row('difficulties', sums.difficulties),
    ...extractReminders(sums.extracts, on),
    ...remindOf('offers_ending', sums.offersEnding),
    ...row('offer_wishes', sums.wishes),
  ]
}

/** The last day of an offer that ends soon. */
export const offersEndBy = (today: Day): Day => addDays(today, 7)

const STATIONS = {
  home_affairs: 'round_home_affairs',
  council: 'round_council',
  decision: 'round_decision',
} as const satisfies Partial<Record<RoundStage, ReminderKind>>
export type HomeAffairsStation = keyof typeof STATIONS

/** What waits for home affairs (plan V.4). */
export type HomeAffairsSums = {
  /** candidates of rounds that are not decided, by the station at which they are */
  rounds: readonly { roundId: number; about: string; station: HomeAffairsStation; count: number; dueOn: Day | null }[]
  /** candidates whose result changed after they were proposed, and the only round that has any */
  changed: { count: number; at?: string }
  /** gates in force without a last day */
  openGates: number
}

/** Lists what waits for home affairs; a round's day is that until which proposals are taken. */
export function homeAffairsReminders({ rounds, changed, openGates }: HomeAffairsSums): Reminder[] {
  return [
    ...rounds.flatMap(({ roundId, station, count, about, dueOn }) =>
      row(STATIONS[station], count, { about, dueOn, at: String(roundId) }),
    ),
    ...row('changed_candidates', changed.count, { at: changed.at }),
    ...row('open_gates', openGates),
  ]
}

/** What the leaders of a province have to decide or ask about; numbers only. */
export type LeaderSums = {
  /** units directly below the province that sent neither of the two newest reports that were due */
  silentTwice: number
  difficulties: number
  unconcluded: number
  root: { id: number; name: string }
}

/** Lists what waits for the leaders of the province. */
export function leaderReminders({ silentTwice, difficulties, unconcluded, root }: LeaderSums): Reminder[] {
  return [
    ...row('silent_units', silentTwice, { unit: root, of: 2 }),
    ...row('difficulties', difficulties),
    ...row('findings_wanted', unconcluded),
  ]
}

/** What an administrator has to see to. */
export type OperatingSums = {
  /** items of the go-live list that are open, and the days of those that are to be done again */
  goLive: { open: number; again: readonly Day[] }
  failedJobs: number
  /** the day of a failed backup that no good one followed; null: none */
  failedBackupOn: Day | null
}

/** Lists what waits for an administrator. */
export function operatingReminders({ goLive, failedJobs, failedBackupOn }: OperatingSums): Reminder[] {
  return [
    ...row('go_live', goLive.open, { dueOn: nearest(goLive.again) }),
    ...row('failed_jobs', failedJobs),
    ...row('failed_backup', failedBackupOn === null ? 0 : 1, { dueOn: failedBackupOn }),
  ]
}

/** When the event log and the facts were last found whole, as a day; null: never. */
export type AuditSums = { chainOn: Day | null; factsOn: Day | null }

/** Days after which a check that runs every night is missed. */
const CHECK_DAYS = 2

/** Lists the nightly checks that were not passed lately, for an auditor (domain 10). */
export function auditReminders({ chainOn, factsOn }: AuditSums, today: Day): Reminder[] {
  const missed = (kind: ReminderKind, on: Day | null) =>
    row(kind, on !== null && daysBetween(on, today) < CHECK_DAYS ? 0 : 1, { on: on ?? undefined })
  return [...missed('chain_unchecked', chainOn), ...missed('facts_unchecked', factsOn)]
}

/** A campaign's share of a person's tasks; `code` null: what waits in every campaign alike. */
export type ReminderPart = { code: string | null; reminders: Reminder[] }

/** Puts the tasks of several campaigns together: what waits in all of them is said once, at the end. */
export function reminderParts(campaigns: readonly { code: string; reminders: readonly Reminder[] }[]): ReminderPart[] {
  const isCommon = ({ kind }: Reminder) => OF_NO_CAMPAIGN.includes(kind)
  const parts: ReminderPart[] = campaigns.map(({ code, reminders }) => ({
    code,
    reminders: reminders.filter(reminder => !isCommon(reminder)),
  }))
  const common = campaigns[0]?.reminders.filter(isCommon) ?? []
  return [...parts, { code: null, reminders: common }].filter(({ reminders }) => reminders.length > 0)
}

/** Returns the days whose appointments are announced: today and tomorrow. */
export function appointmentDays(today: Day): { from: Day; to: Day } {
  return { from: today, to: addDays(today, 1) }
}

/** The next day that matters to somebody for whom nothing waits: the first, a report's, the last, the final report's. */
export function nextDate(
  today: Day,
  { startsOn, endsOn, finalReportOn }: { startsOn: Day; endsOn: Day; finalReportOn: Day },
  owesReports: boolean,
): { what: 'begins' | 'ends' | 'final_report'; on: Day } | null {
  if (today < startsOn) return { what: 'begins', on: startsOn }
  if (today <= endsOn) return { what: 'ends', on: endsOn }
  return owesReports && today <= finalReportOn ? { what: 'final_report', on: finalReportOn } : null
}
