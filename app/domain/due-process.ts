import type { DueProcess } from './assessment.ts'
import { addDays, type Day, termEnd } from './calendar.ts'
import type { Regulation } from './regulation.ts'
import type { ReviewDecision, ReviewStep } from './vocabulary.ts'
import { waitsUntil } from './waiting.ts'

/**
 * Due process of one official or collective before anyone is listed for review (plan V.4). The steps: notice →
 * explanation → the head accepts it or not → finding → appeal → decision on the appeal. The state is computed from the
 * recorded steps, in the order in which they were taken. Silence proves only that a term has passed.
 */
export type TakenStep = { kind: ReviewStep; decision: ReviewDecision | null; on: Day }

export type Terms = Pick<Regulation, 'explanationDays' | 'appealDays' | 'daysOff'>

/** Returns the terms of a case: those in its notice, or those in force if they are longer. */
export function longerTerms(told: Terms, inForce: Terms): Terms {
  return {
    explanationDays: Math.max(told.explanationDays, inForce.explanationDays),
    appealDays: Math.max(told.appealDays, inForce.appealDays),
    daysOff: [...new Set([...told.daysOff, ...inForce.daysOff])],
  }
}

/** The first day of notices of non-completion: everybody has until the end of the last day (plan IV.1). */
export function noticesFrom({ endsOn }: Pick<Regulation, 'endsOn'>): Day {
  return addDays(endsOn, 1)
}

/** Returns why no notice of non-completion may be given on `today`; null if it may. */
export function checkNotice(today: Day, regulation: Pick<Regulation, 'endsOn'>): 'notice_too_early' | null {
  return today < noticesFrom(regulation) ? 'notice_too_early' : null
}

/** Who takes a step: the one concerned, the head who decides about them, or the level above that head. */
export type StepTaker = 'notifier' | 'concerned' | 'head' | 'above'

export const TAKER_OF: Record<ReviewStep, StepTaker> = {
  notice: 'notifier',
  explanation: 'concerned',
  explanation_decision: 'head',
  finding_decision: 'head',
  appeal: 'concerned',
  appeal_decision: 'above',
  withdrawal: 'notifier',
}

export const DECISIONS_OF: Record<ReviewStep, readonly ReviewDecision[]> = {
  notice: [],
  explanation: [],
  explanation_decision: ['accepted', 'rejected'],
  finding_decision: ['made', 'not_made'],
  appeal: [],
  appeal_decision: ['upheld', 'dismissed'],
  withdrawal: [],
}

/** A step that is open, and its last day; null: it has no term. */
export type OpenStep = { kind: ReviewStep; dueOn: Day | null }

/** The state of a case on a day: what the assessment reads, the steps that may be taken now, the running terms. */
export type CaseState = {
  dueProcess: DueProcess
  open: OpenStep[]
  /** nothing is left to do, or may be done any more */
  isClosed: boolean
  explanationDueOn: Day | null
  appealDueOn: Day | null
}

const NOTHING: DueProcess = { explanation: 'none', finding: 'none', appeal: 'none' }

/**
 * Computes the state of a case on `today`. An explanation may be given until its term ends, and later as long as the
 * head has not decided. The head decides once the explanation is there, or the term has passed without one. An appeal
 * may be lodged until its term ends; without one the finding is final from the day after.
 */
export function caseState(steps: readonly TakenStep[], today: Day, terms: Terms): CaseState {
  const taken = (kind: ReviewStep) => steps.findLast(step => step.kind === kind)
  const notice = taken('notice')
  const state = (dueProcess: DueProcess, open: OpenStep[], dues: Partial<CaseState> = {}): CaseState => ({
    dueProcess,
    open,
    isClosed: open.length === 0,
    explanationDueOn: null,
    appealDueOn: null,
    ...dues,
  })
  if (taken('withdrawal')) return state(NOTHING, [])
  if (!notice) return state(NOTHING, [{ kind: 'notice', dueOn: null }])

  const explanationDueOn = termEnd(notice.on, terms.explanationDays, terms.daysOff)
  const withdrawal: OpenStep = { kind: 'withdrawal', dueOn: null }
  const answered = taken('explanation_decision')
  const answer = answered?.decision ?? null
  if (!answered || answer === null) {
    const explanation = taken('explanation')
    const open: OpenStep[] = explanation ? [] : [{ kind: 'explanation', dueOn: explanationDueOn }]
    if (explanation || today > explanationDueOn)
      open.push({ kind: 'explanation_decision', dueOn: waitsUntil(explanation?.on ?? explanationDueOn, terms) })
    return state({ ...NOTHING, explanation: 'pending' }, [...open, withdrawal], { explanationDueOn })
  }
  if (answer === 'accepted') return state({ ...NOTHING, explanation: 'accepted' }, [], { explanationDueOn })

  const found = taken('finding_decision')
  if (!found)
    return state(
      { explanation: 'rejected', finding: 'pending', appeal: 'none' },
      [{ kind: 'finding_decision', dueOn: waitsUntil(answered.on, terms) }, withdrawal],
      { explanationDueOn },
    )
  if (found.decision !== 'made') return state({ ...NOTHING, explanation: 'rejected' }, [], { explanationDueOn })

  const dues = { explanationDueOn, appealDueOn: termEnd(found.on, terms.appealDays, terms.daysOff) }
  const made = (appeal: DueProcess['appeal']): DueProcess => ({ explanation: 'rejected', finding: 'made', appeal })
  const decided = taken('appeal_decision')?.decision ?? null
  if (decided !== null) return state(made(decided === 'upheld' ? 'upheld' : 'rejected'), [], dues)
  const appeal = taken('appeal')
  if (appeal) return state(made('pending'), [{ kind: 'appeal_decision', dueOn: waitsUntil(appeal.on, terms) }], dues)
  if (today <= dues.appealDueOn) return state(made('pending'), [{ kind: 'appeal', dueOn: dues.appealDueOn }], dues)
  return state(made('none'), [], dues)
}

/** Why a step cannot be taken. */
export type StepProblem = 'step_not_open' | 'decision_not_fitting' | 'step_too_late'

/**
 * Returns why a step may not be taken on `today` with this decision; null if it may. The access matrix decides who may
 * take it (`TAKER_OF`), and that nobody decides about themself.
 */
export function checkStep(
  { kind, decision }: { kind: ReviewStep; decision: ReviewDecision | null },
  steps: readonly TakenStep[],
  today: Day,
  terms: Terms,
): StepProblem | null {
  const { open, appealDueOn } = caseState(steps, today, terms)
  if (!open.some(step => step.kind === kind))
    return kind === 'appeal' && appealDueOn !== null && today > appealDueOn ? 'step_too_late' : 'step_not_open'
  const fitting = DECISIONS_OF[kind]
  const isFitting = decision === null ? fitting.length === 0 : fitting.includes(decision)
  return isFitting ? null : 'decision_not_fitting'
}
