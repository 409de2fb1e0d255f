import { createHash } from 'node:crypto'
import { and, desc, eq, isNull } from 'drizzle-orm'
import { type Actor, accountOf, can, permit } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { canonical } from '#app/domain/closing.ts'
import {
  type AnnexVote,
  type CouncilMinutes,
  type CouncilVote,
  readVotes,
  type VoteLine,
  type VoteProblem,
} from '#app/domain/council.ts'
import type { CouncilInput } from '#app/domain/council-input.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { notFound, type Result } from '#app/domain/refusal.ts'
import { checkCandidateStep, isCollective } from '#app/domain/round.ts'
import { db, type Tx, transact } from '#db/client.server.ts'
import { account, candidate, councilMeeting, councilSupplement } from '#db/schema.ts'
import { barsOfCandidate, type Candidate, candidateRows, candidateTarget, isSealed } from './candidate.server.ts'
import { roundOf, take } from './candidate-step.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import type { Round } from './round.server.ts'
import { inListOrder } from './round-list.server.ts'
import { type AnnexToVote, annexesBeforeCouncil } from './sealed-annex.server.ts'
import { rootUnit } from './unit.server.ts'

const permitManaging = (actor: Actor) => permit(actor, 'round.manage', { unitPath: rootUnit().path })

/** A meeting as it was recorded: its minutes, which nothing changes, and what was added since. */
export type CouncilMeeting = CouncilMinutes & {
  id: number
  hash: string
  recordedAt: number
  supplements: { body: string; recordedAt: number; recordedByName: string }[]
}

/**
 * The candidates of a round who wait for the council, in the order of the list, and behind them the sealed annexes, each
 * as a whole and without a name: a meeting votes on all of them.
 */
export function listBeforeCouncil(
  actor: Actor,
  campaignId: number,
  roundId: number,
): { round: Round; rows: Candidate[]; annexes: AnnexToVote[] } {
  permitManaging(actor)
  const round = roundOf(campaignId, roundId)
  if (round.kind === 'review') throw notFound()
  return { round, rows: beforeCouncil(round), annexes: annexesBeforeCouncil(round) }
}

const beforeCouncil = (round: Round) =>
  inListOrder(
    round,
    candidateRows(and(eq(candidate.roundId, round.id), isNull(candidate.ended), eq(candidate.stage, 'council'))).filter(
      row => !isSealed(row),
    ),
  )

/** What keeps a meeting from being recorded besides a field: lines of the votes, or what bars a candidate. */
export type MeetingProblems = { votes: VoteProblem[]; count: number } | { barred: string; reason: InputProblem }

type Recorded = Result<{ meetingId: number }, InputProblem> | Result<{ meetingId: number }, MeetingProblems>

/**
 * Records a meeting of the council with its votes on every candidate and sealed annex that waits for it, all or none:
 * what is proposed goes on to the decision, the others end with the council's reason. The minutes are frozen with a
 * hash; whatever happens to a candidate later leaves them as they are.
 */
export function recordMeeting(
  actor: Actor,
  campaignId: number,
  { roundId, input }: { roundId: number; input: CouncilInput },
): Recorded {
  permitManaging(actor)
  return transact((tx): Recorded => {
    const of = roundOf(campaignId, roundId)
    if (of.kind === 'review') throw notFound()
    const [rows, annexes] = [beforeCouncil(of), annexesBeforeCouncil(of)]
    const count = rows.length + annexes.length
    if (count === 0) return { ok: false, problem: 'nobody_proposed' }
    if (input.metOn > campaignToday()) return { ok: false, problem: 'in_future' }
    const total = input.present.length
    const { lines, problems } = readVotes(input.votes, { total, count, isUnanimous: input.isUnanimous })
    if (problems.length > 0) return { ok: false, problems: { votes: problems, count } }
    const decided = rows.map((row, n) => ({ row, vote: voteOn(row, lines.get(n + 1), total) }))
    const votes = decided.map(({ vote }) => vote)
    const sealed = annexes.map((annex, n) => ({ annex, vote: annexVote(annex, lines.get(rows.length + n + 1), total) }))
    const refused = refusalOf(actor, of, decided) ?? annexRefusal(of, sealed)
    if (refused) return refusal(refused)
    const annexVotes = sealed.map(({ vote }) => vote)
    const { id, hash } = keepMinutes(tx, actor, roundId, { input, votes, annexVotes })
    const moved = sealed.flatMap(({ annex, vote }) => annex.rows.map(row => ({ row, vote })))
    for (const { row, vote } of [...decided, ...moved]) take(tx, actor, of, row, stepOf(vote))
    logEvent(tx, actor, {
      verb: 'record',
      subject: 'round',
      subjectId: roundId,
      campaignId,
      data: { on: input.metOn, count, hash },
    })
    return { ok: true, meetingId: id }
  })
}

const refusal = (refused: InputProblem | MeetingProblems): Recorded =>
  typeof refused === 'string' ? { ok: false, problem: refused } : { ok: false, problems: refused }

/** Freezes the minutes of a meeting with their hash. */
function keepMinutes(
  tx: Tx,
  actor: Actor,
  roundId: number,
  { input, votes, annexVotes }: { input: CouncilInput; votes: CouncilVote[]; annexVotes: AnnexVote[] },
): { id: number; hash: string } {
  const { isUnanimous: _, votes: __, ...sitting } = input
  const minutes = canonical({
    ...sitting,
    votes,
    ...(annexVotes.length === 0 ? {} : { annexes: annexVotes }),
  } satisfies CouncilMinutes)
  const hash = createHash('sha256').update(minutes).digest('hex')
  const { id } = tx
    .insert(councilMeeting)
    .values({
      roundId,
      metOn: input.metOn,
      minutes,
      hash,
      recordedAt: campaignNow(),
      recordedBy: accountOf(actor),
    })
    .returning({ id: councilMeeting.id })
    .get()
  return { id, hash }
}

/** One candidate's line of the minutes. */
function voteOn(row: Candidate, line: VoteLine | undefined, votesTotal: number): CouncilVote {
  return {
    candidateId: row.id,
    name: row.name,
    unitName: row.outside?.description ?? row.unitName,
    isCollective: isCollective(row.kind),
    form: row.form,
    ...wordOf(line, votesTotal),
  }
}

/** An annex's line of the minutes: how many, without a name. */
const annexVote = (
  { commandId, command, rows }: AnnexToVote,
  line: VoteLine | undefined,
  votesTotal: number,
): AnnexVote => ({ commandId, command, count: rows.length, ...wordOf(line, votesTotal) })

function wordOf(line: VoteLine | undefined, votesTotal: number) {
  const { votesFor = 0, reason = '' } = line ?? {}
  return { votesFor, votesTotal, isKept: reason === '', reason }
}

/** The candidate's step that a vote leads to. */
const stepOf = ({
  isKept,
  reason,
  votesFor,
  votesTotal,
}: Pick<CouncilVote, 'isKept' | 'reason' | 'votesFor' | 'votesTotal'>) => ({
  action: isKept ? ('pass' as const) : ('drop' as const),
  reason,
  votes: { for: votesFor, total: votesTotal },
})

/** Why one of the candidates cannot take the step that the council's word is; null: all can. */
function refusalOf(
  actor: Actor,
  of: Round,
  decided: readonly { row: Candidate; vote: CouncilVote }[],
): InputProblem | MeetingProblems | null {
  for (const {
    row,
    vote: { isKept },
  } of decided) {
    if (!can(actor, 'candidate.decide', candidateTarget(row))) return { barred: row.name, reason: 'own_candidacy' }
    const problem = checkCandidateStep(isKept ? 'pass' : 'drop', row, of)
    if (problem) return problem
    const bar = isKept ? barsOfCandidate(of, row)[0] : undefined
    if (bar) return { barred: row.name, reason: bar }
  }
  return null
}

/** Why an annex that the council keeps cannot go on: only its command may tell who is barred. Null: all can. */
function annexRefusal(
  of: Round,
  sealed: readonly { annex: AnnexToVote; vote: AnnexVote }[],
): InputProblem | MeetingProblems | null {
  for (const { annex, vote } of sealed)
    for (const row of annex.rows) {
      const problem = checkCandidateStep(vote.isKept ? 'pass' : 'drop', row, of)
      if (problem) return problem
      if (vote.isKept && barsOfCandidate(of, row).length > 0) return { barred: annex.command, reason: 'annex_barred' }
    }
  return null
}

/** The meetings of a round, the newest first, with what was added to their minutes. */
export function listMeetings(actor: Actor, campaignId: number, roundId: number): CouncilMeeting[] {
  permitManaging(actor)
  roundOf(campaignId, roundId)
  return db
    .select()
    .from(councilMeeting)
    .where(eq(councilMeeting.roundId, roundId))
    .orderBy(desc(councilMeeting.id))
    .all()
    .map(({ id, minutes, hash, recordedAt }) => ({
      ...(JSON.parse(minutes) as CouncilMinutes),
      id,
      hash,
      recordedAt,
      supplements: supplementsOf(id),
    }))
}

const supplementsOf = (meetingId: number) =>
  db
    .select({
      body: councilSupplement.body,
      recordedAt: councilSupplement.recordedAt,
      recordedByName: account.displayName,
    })
    .from(councilSupplement)
    .innerJoin(account, eq(account.id, councilSupplement.recordedBy))
    .where(eq(councilSupplement.meetingId, meetingId))
    .orderBy(councilSupplement.id)
    .all()

/** Adds to the newest minutes of a round what changed after the meeting. */
export function addSupplement(
  actor: Actor,
  campaignId: number,
  { roundId, body }: { roundId: number; body: string },
): Result<object, InputProblem> {
  permitManaging(actor)
  return transact(tx => {
    roundOf(campaignId, roundId)
    const meeting = tx
      .select({ id: councilMeeting.id })
      .from(councilMeeting)
      .where(eq(councilMeeting.roundId, roundId))
      .orderBy(desc(councilMeeting.id))
      .get()
    if (!meeting) return { ok: false, problem: 'nobody_voted' }
    const { id } = tx
      .insert(councilSupplement)
      .values({ meetingId: meeting.id, body, recordedAt: campaignNow(), recordedBy: accountOf(actor) })
      .returning({ id: councilSupplement.id })
      .get()
    logEvent(tx, actor, { verb: 'add', subject: 'round', subjectId: roundId, campaignId, data: { supplementId: id } })
    return { ok: true }
  })
}

/** On which day the council met last on a round; null: it has not. */
export function councilDay(roundId: number): Day | null {
  const row = db
    .select({ metOn: councilMeeting.metOn })
    .from(councilMeeting)
    .where(eq(councilMeeting.roundId, roundId))
    .orderBy(desc(councilMeeting.id))
    .get()
  return row?.metOn ?? null
}
