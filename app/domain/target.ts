import { type Day, dayOf } from './calendar.ts'
import type { FieldProblem } from './problem.ts'
import type { Regulation } from './regulation.ts'

/** A decision on targets: how many citizens, and what it rests on (null: nothing named). */
export type TargetInput = { target: number; documentNumber: string | null; reason: string | null }

/** A recorded decision on how many citizens an official must help. */
export type TargetDecision = {
  decisionId: number
  /** Steps from the official: 0 for the person, 1 for their unit or its area, 2 for the level above, … */
  distance: number
  target: number
  decidedAt: number
}

/**
 * The target that was decided for one official (plan V.6): the nearest decision's, of several at one distance the
 * latest; null without any.
 */
export function decidedTarget(decisions: readonly TargetDecision[]): number | null {
  let deciding: TargetDecision | null = null
  for (const decision of decisions) {
    if (deciding === null || precedes(decision, deciding)) deciding = decision
  }
  return deciding?.target ?? null
}

/**
 * True where an area's decision holds for somebody who is in the area since `since`: one below the quota does not follow
 * who was posted there on a later day (domain 3). Without a rule on short postings every decision does.
 */
export function followsInto(
  { target, decidedAt }: Pick<TargetDecision, 'target' | 'decidedAt'>,
  since: Day,
  { quota, shortPostingDays }: Pick<Regulation, 'quota' | 'shortPostingDays'>,
): boolean {
  return target >= quota || shortPostingDays === 0 || since <= dayOf(decidedAt)
}

/** The target of one official (plan IV.1): `decidedTarget`, else the regulation's quota. */
export function effectiveTarget(decided: number | null, { quota }: Pick<Regulation, 'quota'>): number {
  return decided ?? quota
}

function precedes(decision: TargetDecision, other: TargetDecision): boolean {
  if (decision.distance !== other.distance) return decision.distance < other.distance
  if (decision.decidedAt !== other.decidedAt) return decision.decidedAt > other.decidedAt
  return decision.decisionId > other.decisionId
}

/** Lists what keeps a target from being decided: one below the quota needs a numbered document. Plan IV.1. */
export function checkTarget(
  { target, documentNumber }: { target: number; documentNumber: string | null },
  { quota }: Pick<Regulation, 'quota'>,
): FieldProblem[] {
  if (!Number.isInteger(target) || target < 1) return [{ field: 'target', reason: 'target_not_positive' }]
  if (target < quota && !documentNumber) return [{ field: 'documentNumber', reason: 'target_document_needed' }]
  return []
}

/** True where the unit of the first path is above that of the second, and not the same. */
export function isAbove(path: string, below: string): boolean {
  return path !== below && below.startsWith(path)
}
