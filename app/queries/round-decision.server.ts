import { createHash } from 'node:crypto'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { type Actor, accountOf, permit } from '#app/access/policy.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import { canonical } from '#app/domain/closing.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import { checkCandidateStep, isCollective } from '#app/domain/round.ts'
import type { DecisionInput } from '#app/domain/round-input.ts'
import type { AwardForm, RoundStage } from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { award, candidate, round } from '#db/schema.ts'
import {
  barsOfCandidate,
  type Candidate,
  candidateRows,
  candidateTarget,
  findCandidate,
  isSealed,
  subjectOf,
} from './candidate.server.ts'
import { type Refused, roundOf, take } from './candidate-step.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import type { Round } from './round.server.ts'
import { inListOrder, listOf } from './round-list.server.ts'
import { rootUnit } from './unit.server.ts'

const permitManaging = (actor: Actor) => permit(actor, 'round.manage', { unitPath: rootUnit().path })

/**
 * Returns the candidates of a running round at these stations, without a check of permission: for acts on the whole
 * list.
 */
function underWay(roundId: number, stages: readonly RoundStage[]): Candidate[] {
  return candidateRows(
    and(eq(candidate.roundId, roundId), isNull(candidate.ended), inArray(candidate.stage, [...stages])),
  )
}

/** SHA-256 (hex) over a list: who is on it, in the order of ids, with the frozen facts behind each figure. */
function hashOf(of: Round, rows: readonly Candidate[]): string {
  const hash = createHash('sha256').update(`${of.campaignId}:${of.kind}:${of.closingVersion}:${of.closingHash}\n`)
  for (const row of rows.toSorted((a, b) => a.id - b.id))
    hash.update(
      `${canonical({
        id: row.id,
        kind: row.kind,
        officialId: row.officialId,
        unitId: row.unitId,
        form: row.form,
        outside: row.outside,
        achievement: row.achievement,
        /* left out where there is none, so that lists frozen before it was asked keep their hash */
        ...(row.exceptionReason === '' ? {} : { exceptionReason: row.exceptionReason }),
        facts: frozenFacts(of, row),
      })}\n`,
    )
  return hash.digest('hex')
}

function frozenFacts(of: Round, row: Candidate): string | null {
  const subject = subjectOf(row)
  if (subject === null) return null
  const [table, column, id] =
    'officialId' in subject
      ? ['official_assessment', 'official_id', subject.officialId]
      : ['collective_assessment', 'unit_id', subject.unitId]
  const found = prepared<{ facts: string }>(
    `select facts from ${table} where campaign_id = ? and ${column} = ? and from_version <= ?
        and (to_version is null or to_version > ?)`,
  ).get(of.campaignId, id, of.closingVersion, of.closingVersion)
  return found?.facts ?? null
}

/**
 * Freezes the list that home affairs has passed on, with a hash over its candidates and their frozen facts. Candidates
 * who have not arrived there are dropped with `lateReason`, and no others are accepted. The council and the decision
 * follow.
 */
export function freezeRound(
  actor: Actor,
  campaignId: number,
  { roundId, lateReason }: { roundId: number; lateReason: string },
): Result<object, InputProblem> {
  permitManaging(actor)
  const of = roundOf(campaignId, roundId)
  return transact(tx => {
    if (of.isDecided) return { ok: false, problem: 'round_decided' }
    if (of.isFrozen) return { ok: false, problem: 'round_frozen' }
    if (underWay(roundId, ['home_affairs']).length > 0) return { ok: false, problem: 'candidates_waiting' }
    const listed = underWay(roundId, ['council', 'decision'])
    if (listed.length === 0) return { ok: false, problem: 'nobody_proposed' }
    for (const row of underWay(roundId, ['unit', 'agency']))
      take(tx, actor, of, row, { action: 'drop', reason: lateReason })
    const hash = hashOf(of, listed)
    tx.update(round).set({ frozenAt: campaignNow(), hash }).where(eq(round.id, roundId)).run()
    logEvent(tx, actor, {
      verb: 'close',
      subject: 'round',
      subjectId: roundId,
      campaignId,
      data: { count: listed.length, hash },
    })
    return { ok: true }
  })
}

/**
 * Records the council's vote on one candidate, and whether it goes on; the votes are optional, the result is required.
 */
export function recordVote(
  actor: Actor,
  campaignId: number,
  input: {
    roundId: number
    candidateId: number
    votes: { for: number; total: number }
    isKept: boolean
    reason: string
  },
): Result<object, InputProblem> {
  const of = roundOf(campaignId, input.roundId)
  return transact(tx => {
    const row = found(findCandidate(actor, campaignId, input))
    permit(actor, 'candidate.decide', candidateTarget(row))
    const action = input.isKept ? ('pass' as const) : ('drop' as const)
    const problem = row.stage === 'council' ? checkCandidateStep(action, row, of) : 'candidate_step_closed'
    if (problem) return { ok: false, problem }
    const bar = input.isKept ? barsOfCandidate(of, row)[0] : undefined
    if (bar) return { ok: false, problem: bar }
    take(tx, actor, of, row, { action, reason: input.reason, votes: input.votes })
    return { ok: true }
  })
}

/**
 * Records the decision that ends a round. Every candidate who reached it gets a certificate's number, in the order of
 * the lists, collectives first, and an award that uses up this campaign's achievement.
 * If a candidate is barred by now, returns their names and writes nothing; home affairs must drop them with a reason
 * first. For a review it records the addressee of the proposals.
 */
export function decideRound(
  actor: Actor,
  campaignId: number,
  { roundId, input, awardNames }: { roundId: number; input: DecisionInput; awardNames: Record<AwardForm, string> },
): Result<object, InputProblem> | Result<object, Refused[]> {
  permitManaging(actor)
  const of = roundOf(campaignId, roundId)
  return transact(tx => {
    if (of.isDecided) return { ok: false, problem: 'round_decided' }
    if (!of.isFrozen) return { ok: false, problem: 'round_not_frozen' }
    const rows = underWay(roundId, ['decision'])
    if (rows.length === 0) return { ok: false, problem: 'nobody_voted' }
    if (underWay(roundId, ['home_affairs', 'council']).length > 0) return { ok: false, problem: 'candidates_waiting' }
    const problems = rows.flatMap((row): Refused[] => {
      const bar = barsOfCandidate(of, row)[0]
      if (!bar) return []
      /* who is in a sealed annex is named by their own tree alone */
      if (isSealed(row)) return [{ candidateId: 0, name: '', problem: 'annex_barred' }]
      return [{ candidateId: row.id, name: row.name, problem: bar }]
    })
    if (problems.length > 0) return { ok: false, problems }
    const { decisionNumber, decisionOn, firstCertificate } = input
    for (const [n, row] of registered(of, rows).entries()) {
      take(tx, actor, of, row, { action: 'decide' })
      if (of.kind === 'review') continue
      tx.update(candidate)
        .set({ certificateNumber: String(firstCertificate + n) })
        .where(eq(candidate.id, row.id))
        .run()
      const subject = subjectOf(row)
      if (subject)
        tx.insert(award)
          .values({
            ...subject,
            name: awardNames[row.form ?? 'province_certificate'],
            year: Number(decisionOn.slice(0, 4)),
            decisionNumber,
            campaignId,
            createdAt: campaignNow(),
            createdBy: accountOf(actor),
          })
          .run()
    }
    tx.update(round).set({ decisionNumber, decisionOn, decidedAt: campaignNow() }).where(eq(round.id, roundId)).run()
    logEvent(tx, actor, {
      verb: 'decide',
      subject: 'round',
      subjectId: roundId,
      campaignId,
      data: { documentNumber: decisionNumber, on: decisionOn, count: rows.length },
    })
    return { ok: true }
  })
}

/** The candidates in the order of the decision's lists: collectives, people, sealed annexes, each as its list has them. */
function registered(of: Round, rows: readonly Candidate[]): Candidate[] {
  const partOf = (row: Candidate) => (isCollective(row.kind) ? 0 : isSealed(row) ? 2 : 1)
  return inListOrder(of, listOf(of, rows)).sort((a, b) => partOf(a) - partOf(b))
}

/**
 * Takes an award back, after fraud for one: a further step with its reason; candidate, decision and certificate stay on
 * record, the award is marked as revoked and no longer counts as one.
 */
export function revokeAward(
  actor: Actor,
  campaignId: number,
  input: { roundId: number; candidateId: number; reason: string },
): Result<object, InputProblem> {
  const of = roundOf(campaignId, input.roundId)
  return transact(tx => {
    const row = found(findCandidate(actor, campaignId, input))
    permit(actor, 'candidate.decide', row.target)
    const problem = checkCandidateStep('revoke', row, of)
    if (problem) return { ok: false, problem }
    take(tx, actor, of, row, { action: 'revoke', reason: input.reason })
    const subject = subjectOf(row)
    if (subject && of.decisionNumber !== null) {
      const held = tx
        .select({ id: award.id })
        .from(award)
        .where(
          and(
            'officialId' in subject ? eq(award.officialId, subject.officialId) : eq(award.unitId, subject.unitId),
            eq(award.campaignId, campaignId),
            eq(award.decisionNumber, of.decisionNumber),
            isNull(award.revokedAt),
          ),
        )
        .orderBy(asc(award.id))
        .get()
      if (held) {
        tx.update(award).set({ revokedAt: campaignNow() }).where(eq(award.id, held.id)).run()
        logEvent(tx, actor, { verb: 'revoke', subject: 'award', subjectId: held.id, campaignId })
      }
    }
    return { ok: true }
  })
}

/** On which day the council voted last; null: it has not. */
export function councilDay(roundId: number): Day | null {
  const row = prepared<{ at: number | null }>(
    `select max(s.taken_at) as at from candidate_step s join candidate c on c.id = s.candidate_id
      where c.round_id = ? and s.stage = 'council' and s.votes_total is not null`,
  ).get(roundId)
  return row?.at ? dayOf(row.at) : null
}

/** The council's last vote on each candidate of a round, where one is on record. */
export function votesOf(roundId: number): Map<number, { for: number; total: number }> {
  const rows = prepared<{ candidateId: number; votesFor: number; votesTotal: number }>(
    `select s.candidate_id as candidateId, s.votes_for as votesFor, s.votes_total as votesTotal
       from candidate_step s join candidate c on c.id = s.candidate_id
      where c.round_id = ? and s.stage = 'council' and s.votes_total is not null order by s.id`,
  ).all(roundId)
  return new Map(rows.map(row => [row.candidateId, { for: row.votesFor, total: row.votesTotal }]))
}
