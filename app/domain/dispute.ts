import type { InputProblem } from './problem.ts'
import type { Decision } from './vocabulary.ts'

/** A record as a dispute looks at it: whose it is and how often it was changed. */
export type Claim = { helpId: number; officialId: number; revision: number }

/** A dispute as it was raised, and what was decided; null: nothing yet. */
export type RaisedDispute = {
  helpId: number
  holderId: number
  helpRevision: number
  holderRevision: number
  decision: Decision | null
}

/** lapsed: undecided, but the two records no longer conflict. */
export type DisputeState = Decision | 'open' | 'lapsed'

/**
 * Returns what keeps the owner of a record from disputing that `holder` has the credit for its citizen (domain 5).
 * Either nobody else holds it, or the same dispute waits for a decision. Or a dispute between the two records was
 * decided, for either side, and neither has changed since.
 */
export function checkDispute(
  own: Claim,
  holder: Claim | null,
  earlier: readonly RaisedDispute[],
): Extract<InputProblem, `dispute_${string}`> | null {
  if (holder === null || holder.officialId === own.officialId) return 'dispute_without_holder'
  const between = earlier.filter(dispute => revisionIn(dispute, own) !== null && revisionIn(dispute, holder) !== null)
  if (between.some(({ decision, helpId }) => decision === null && helpId === own.helpId)) return 'dispute_open'
  const isDecided = between.some(
    dispute =>
      dispute.decision !== null &&
      revisionIn(dispute, own) === own.revision &&
      revisionIn(dispute, holder) === holder.revision,
  )
  return isDecided ? 'dispute_decided' : null
}

/** The revision of a record when the dispute was raised; null where it is about other records. */
function revisionIn(dispute: RaisedDispute, { helpId }: Claim): number | null {
  if (dispute.helpId === helpId) return dispute.helpRevision
  return dispute.holderId === helpId ? dispute.holderRevision : null
}

/**
 * Returns the state of a dispute. `holderId`: the record that now holds the credit instead of the disputing one; null
 * if none.
 */
export function disputeState(
  { decision, holderId }: Pick<RaisedDispute, 'decision' | 'holderId'>,
  now: { holderId: number | null },
): DisputeState {
  return decision ?? (now.holderId === holderId ? 'open' : 'lapsed')
}

/** The nearest unit above, or at, both: of paths like `/1/12/140/`, both below one root. */
export function nearestCommonPath(one: string, other: string): string {
  const others = other.split('/')
  const ids = one.split('/').slice(1, -1)
  const differs = ids.findIndex((id, n) => id !== others[n + 1])
  return `/${(differs < 0 ? ids : ids.slice(0, differs)).join('/')}/`
}

/** Who decides a dispute: the head of the unit at `unitPath`, or, at the root, the campaign office. */
export type DisputeDecider = { unitPath: string; by: 'head' | 'campaign_office' }

/**
 * Returns who decides: the head of the nearest unit at or above `path` with a head who is no party to the dispute
 * (officials in `parties`). Where no such head is left up to the root, the campaign office decides there (domain 5).
 * `officialId` null: an office's account.
 */
export function deciderOf(
  path: string,
  heads: readonly { unitPath: string; officialId: number | null }[],
  parties: readonly number[],
): DisputeDecider {
  const nearest = heads
    .filter(({ unitPath, officialId }) => path.startsWith(unitPath) && !parties.some(party => party === officialId))
    .map(({ unitPath }) => unitPath)
    .sort((one, other) => other.length - one.length)[0]
  if (nearest !== undefined) return { unitPath: nearest, by: 'head' }
  return { unitPath: `/${path.split('/')[1]}/`, by: 'campaign_office' }
}
