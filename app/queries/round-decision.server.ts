import { createHash } from 'node:crypto'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { type Actor, accountOf, permit } from '#app/access/policy.ts'
import { canonical } from '#app/domain/closing.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import { checkCandidateStep, takesProposals } from '#app/domain/round.ts'
import type { DecisionInput } from '#app/domain/round-input.ts'
import type { AwardForm, RoundStage } from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { award, candidate, candidateStep, round } from '#db/schema.ts'
import {
  barsOfCandidate,
  type Candidate,
  candidateRows,
  findCandidate,
  isSealed,
  subjectOf,
} from './candidate.server.ts'
import { type Refused, roundOf, take } from './candidate-step.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import type { Round } from './round.server.ts'
import { inListOrder } from './round-list.server.ts'
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
 * follow. While proposals may still come it takes a word that this is known.
 */
export function freezeRound(
  actor: Actor,
  campaignId: number,
  { roundId, lateReason, isEarlySeen = false }: { roundId: number; lateReason: string; isEarlySeen?: boolean },
): Result<object, InputProblem> {
  permitManaging(actor)
  const of = roundOf(campaignId, roundId)
  return transact(tx => {
    if (of.isDecided) return { ok: false, problem: 'round_decided' }
    if (of.isFrozen) return { ok: false, problem: 'round_frozen' }
    if (takesProposals(of, campaignToday()) && !isEarlySeen) return { ok: false, problem: 'proposals_run' }
    if (of.isProvisional) return { ok: false, problem: 'version_provisional' }
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
 * Takes the freeze of a list back, until the next step of any candidate: who was dropped because they had not arrived
 * goes on where they were, and proposals come in again (domain 9).
 */
export function reopenRound(
  actor: Actor,
  campaignId: number,
  { roundId, lateReason, reason }: { roundId: number; lateReason: string; reason: string },
): Result<object, InputProblem> {
  permitManaging(actor)
  const of = roundOf(campaignId, roundId)
  return transact(tx => {
    if (of.isDecided) return { ok: false, problem: 'round_decided' }
    if (!of.isFrozen) return { ok: false, problem: 'round_not_frozen' }
    if (hasStepsSince(of)) return { ok: false, problem: 'council_begun' }
    for (const { id, stage } of droppedLate(roundId, lateReason)) {
      tx.update(candidate).set({ ended: null }).where(eq(candidate.id, id)).run()
      tx.insert(candidateStep)
        .values({
          candidateId: id,
          stage,
          action: 'propose',
          reason,
          takenAt: campaignNow(),
          takenBy: accountOf(actor),
        })
        .run()
    }
    tx.update(round).set({ frozenAt: null, hash: null }).where(eq(round.id, roundId)).run()
    logEvent(tx, actor, { verb: 'reopen', subject: 'round', subjectId: roundId, campaignId })
    return { ok: true }
  })
}

/** True once a candidate took a step after the list was frozen, or the council met. */
function hasStepsSince({ id, frozenAt }: Round): boolean {
  return (
    prepared(
      `select 1 from candidate_step s join candidate c on c.id = s.candidate_id where c.round_id = @id and s.taken_at > @frozenAt
       union all select 1 from council_meeting where round_id = @id limit 1`,
    ).get({ id, frozenAt }) !== undefined
  )
}

/** True where a freeze may still be taken back; for a button. */
export const mayReopen = (of: Round): boolean => of.isFrozen && !of.isDecided && !hasStepsSince(of)

/** Those who were dropped by the freeze, because they had not arrived. */
function droppedLate(roundId: number, lateReason: string) {
  return prepared<{ id: number; stage: RoundStage }>(
    `select c.id, c.stage from candidate c join candidate_step s on s.id = (
        select max(l.id) from candidate_step l where l.candidate_id = c.id)
      where c.round_id = ? and c.ended = 'drop' and s.action = 'drop' and s.reason = ?`,
  ).all(roundId, lateReason)
}

/** Why a round cannot be decided now, apart from its candidates; null if it can. */
function undecidable(of: Round, rows: readonly Candidate[]): InputProblem | null {
  if (of.isDecided) return 'round_decided'
  if (!of.isFrozen) return 'round_not_frozen'
  if (of.isProvisional) return 'version_provisional'
  if (rows.length === 0) return 'nobody_voted'
  return underWay(of.id, ['home_affairs', 'council']).length > 0 ? 'candidates_waiting' : null
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
    const rows = underWay(roundId, ['decision'])
    const problem = undecidable(of, rows)
    if (problem !== null) return { ok: false, problem }
    const problems = rows.flatMap((row): Refused[] => {
      const bar = barsOfCandidate(of, row)[0]
      if (!bar) return []
      /* who is in a sealed annex is named by their own tree alone */
      if (isSealed(row)) return [{ candidateId: 0, name: '', problem: 'annex_barred' }]
      return [{ candidateId: row.id, name: row.name, problem: bar }]
    })
    if (problems.length > 0) return { ok: false, problems }
    const { decisionNumber, decisionOn, firstCertificate } = input
    for (const [n, row] of inListOrder(of, rows).entries()) {
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
