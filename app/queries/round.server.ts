import { and, desc, eq, sql } from 'drizzle-orm'
import { type Actor, accountOf, can, permit, permitSomewhere } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { isProvisional } from '#app/domain/closing.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import { arePapersDraft } from '#app/domain/round.ts'
import type { RoundInput } from '#app/domain/round-input.ts'
import type { CandidateAction, CandidateKind, RoundStage } from '#app/domain/vocabulary.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { closing, round } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { currentClosing } from './closing.server.ts'
import { logEvent } from './event.server.ts'
import { regulationOf } from './judging/index.server.ts'
import { rootUnit } from './unit.server.ts'

export type Round = typeof round.$inferSelect & {
  closingVersion: number
  closingHash: string
  closingFrozenAt: number
  /** the version that it draws on was frozen before the final reports were due: it decides nothing */
  isProvisional: boolean
  isFrozen: boolean
  isDecided: boolean
}

const COLUMNS = {
  row: round,
  closingVersion: closing.version,
  closingHash: sql<string>`coalesce(${closing.hash}, '')`,
  closingFrozenAt: sql<number>`coalesce(${closing.frozenAt}, 0)`,
  closingOn: sql<Day>`${closing.summary} ->> '$.on'`,
  regulationId: closing.regulationId,
}

type Read = {
  row: typeof round.$inferSelect
  closingVersion: number
  closingHash: string
  closingFrozenAt: number
  closingOn: Day
  regulationId: number
}
const asRound = ({ row, closingOn, regulationId, ...of }: Read): Round => ({
  ...row,
  ...of,
  isProvisional: isProvisional({ version: of.closingVersion, on: closingOn }, regulationOf(regulationId).regulation),
  isFrozen: row.frozenAt !== null,
  isDecided: row.decidedAt !== null,
})

/** Opens a round on the newest frozen assessments (plan V.4); impossible before the close. */
export function createRound(
  actor: Actor,
  campaignId: number,
  input: RoundInput,
): Result<{ roundId: number }, InputProblem> {
  permit(actor, 'round.manage', { unitPath: rootUnit().path })
  const createdBy = accountOf(actor)
  const frozen = currentClosing(campaignId)
  if (!frozen) return { ok: false, problem: 'campaign_not_closed' }
  return transact(tx => {
    const { id } = tx
      .insert(round)
      .values({ campaignId, ...input, closingId: frozen.id, createdAt: campaignNow(), createdBy })
      .returning({ id: round.id })
      .get()
    logEvent(tx, actor, {
      verb: 'create',
      subject: 'round',
      subjectId: id,
      campaignId,
      data: { kind: input.kind, closingId: frozen.id, proposalsDueOn: input.proposalsDueOn },
    })
    return { ok: true, roundId: id }
  })
}

/**
 * Moves a round to the newest frozen version, until its list is frozen: what was proposed stays, and is judged by that
 * version (domain 9).
 */
export function moveRound(actor: Actor, campaignId: number, roundId: number): Result<object, InputProblem> {
  permit(actor, 'round.manage', { unitPath: rootUnit().path })
  return transact(tx => {
    const of = found(roundById(campaignId, roundId))
    const newest = currentClosing(campaignId)
    if (of.isDecided) return { ok: false, problem: 'round_decided' }
    if (of.isFrozen) return { ok: false, problem: 'round_frozen' }
    if (!newest || newest.id === of.closingId) return { ok: false, problem: 'round_on_newest' }
    tx.update(round).set({ closingId: newest.id }).where(eq(round.id, roundId)).run()
    logEvent(tx, actor, {
      verb: 'edit',
      subject: 'round',
      subjectId: roundId,
      campaignId,
      data: { closingId: newest.id, version: newest.version },
    })
    return { ok: true }
  })
}

/**
 * Lists the rounds of a campaign, newest first, for actors who may see any; throws 403 for others. Leaders of other
 * houses may not see reviews.
 */
export function listRounds(actor: Actor, campaignId: number): Round[] {
  permitSomewhere(actor, 'round.view')
  return db
    .select(COLUMNS)
    .from(round)
    .innerJoin(closing, eq(closing.id, round.closingId))
    .where(eq(round.campaignId, campaignId))
    .orderBy(desc(round.id))
    .all()
    .map(asRound)
}

/**
 * Returns one round without its candidates, and without a check of permission. Undefined if the campaign has none with
 * that id.
 */
export function roundById(campaignId: number, roundId: number): Round | undefined {
  const found = db
    .select(COLUMNS)
    .from(round)
    .innerJoin(closing, eq(closing.id, round.closingId))
    .where(and(eq(round.id, roundId), eq(round.campaignId, campaignId)))
    .get()
  return found && asRound(found)
}

/** A round for its page; 404 where it is not there, 403 for whom no round concerns. */
export function findRound(actor: Actor, campaignId: number, roundId: number) {
  permitSomewhere(actor, 'round.view')
  const found = roundById(campaignId, roundId)
  if (!found) return undefined
  const newest = currentClosing(campaignId)
  return {
    ...found,
    /** a newer version of the assessments than the one that the round draws on; null: none */
    newerVersion: newest && newest.version > found.closingVersion ? newest.version : null,
    mayManage: can(actor, 'round.manage', { unitPath: rootUnit().path }),
  }
}

type StationCount = { kind: CandidateKind; stage: RoundStage; ended: CandidateAction | null; count: number }

/** True while the papers of a round are drafts. */
export const hasDraftPapers = (of: Round): boolean =>
  arePapersDraft(
    of,
    countStations(of.id).reduce(
      (sum, { stage, ended, count }) => (ended === null && stage !== 'decision' ? sum + count : sum),
      0,
    ),
  )

/** Counts the candidates at each station of a round, by kind: for the whole province, without names. */
export function countStations(roundId: number): StationCount[] {
  return prepared<StationCount>(
    'select kind, stage, ended, count(*) as count from candidate where round_id = ? group by kind, stage, ended',
  ).all(roundId)
}
