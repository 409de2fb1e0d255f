import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import { grouped } from '#app/domain/grouping.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { forbidden, found, type Result } from '#app/domain/refusal.ts'
import { checkCandidateStep } from '#app/domain/round.ts'
import type { AwardForm } from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { candidate, unit } from '#db/schema.ts'
import { barsOfCandidate, type Candidate, candidateRows } from './candidate.server.ts'
import { needsMeeting, roundOf, take } from './candidate-step.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { type Round, roundById } from './round.server.ts'
import { rootUnit } from './unit.server.ts'

/**
 * The sealed annex of one command: people of its tree who are proposed and did not agree to be named outside it
 * (domain 9). Others see how many, at which station, and act on the annex as a whole.
 */
type SealedAnnex = {
  /** the unit at the top of the tree */
  commandId: number
  command: string
  stage: Candidate['stage']
  isDecided: boolean
  count: number
  /** numbers in the register, once decided */
  certificates: number[]
}

/** People in sealed annexes of a round, under way or decided. Checks no permission. */
const sealedRows = (roundId: number): Candidate[] =>
  candidateRows(
    and(
      eq(candidate.roundId, roundId),
      eq(candidate.kind, 'official'),
      isNotNull(unit.guardPath),
      isNull(candidate.disclosedAt),
    ),
  ).filter(({ ended }) => ended === null || ended === 'decide')

/** The sealed annexes of a round by command and station, of one form of award where it is given; no person is named. */
export function listSealed(of: Round, form?: AwardForm): SealedAnnex[] {
  const rows = sealedRows(of.id).filter(row => form === undefined || row.form === form)
  const annexes = grouped(rows, ({ guardPath, stage, ended }) => `${guardPath} ${stage} ${ended}`)
  const listed = [...annexes.values()].map(annex => {
    const { guardPath, stage, ended } = found(annex[0])
    const { id: commandId, name: command } = commandAt(guardPath ?? '')
    const certificates = annex.flatMap(({ certificateNumber }) => certificateNumber ?? []).map(Number)
    return { commandId, command, stage, isDecided: ended === 'decide', count: annex.length, certificates }
  })
  /* in the order of the register, before it in that of units */
  const firstOf = ({ certificates }: SealedAnnex) => Math.min(...certificates, Number.MAX_SAFE_INTEGER)
  return listed.toSorted((a, b) => firstOf(a) - firstOf(b) || a.commandId - b.commandId)
}

/** May open the names of an annex: its own tree, and home affairs for the council from the freeze to the decision. */
const mayOpen = (actor: Actor, of: Round, guardPath: string): boolean =>
  can(actor, 'candidate.view', { unitPath: guardPath, guardPath, officialId: 0 }) ||
  (of.isFrozen && !of.isDecided && mayManage(actor))

const mayManage = (actor: Actor) => can(actor, 'round.manage', { unitPath: rootUnit().path })

/** An annex that waits for the council, with the people of whom the vote is taken as a whole. */
export type AnnexToVote = { commandId: number; command: string; rows: Candidate[] }

/** The sealed annexes that wait for the council, by command in the order of units. Checks no permission. */
export function annexesBeforeCouncil(of: Round): AnnexToVote[] {
  const rows = sealedRows(of.id).filter(({ stage, ended }) => stage === 'council' && ended === null)
  return [...grouped(rows, ({ guardPath }) => guardPath ?? '')]
    .map(([path, annex]) => {
      const { id: commandId, name: command } = commandAt(path)
      return { commandId, command, rows: annex }
    })
    .toSorted((a, b) => a.commandId - b.commandId)
}

/** The stations at which home affairs acts on an annex: its own, and the council's once the list is frozen. */
const isInHand = (of: Round, stage: Candidate['stage']) =>
  stage === 'home_affairs' || (stage === 'council' && of.isFrozen)

/** The annexes that the actor knows of, and what they may do: those of their own tree, all of them for home affairs. */
export function annexesFor(actor: Actor, of: Round) {
  const isManager = mayManage(actor)
  return listSealed(of).flatMap(({ commandId, command, stage, isDecided, count }) => {
    const isOpen = mayOpen(actor, of, commandOf(commandId))
    if (!isOpen && !isManager) return []
    const mayStep = isManager && !of.isDecided && isInHand(of, stage)
    return [{ commandId, command, stage, isDecided, count, mayOpen: isOpen, mayStep }]
  })
}

const commandAt = (path: string) =>
  found(prepared<{ id: number; name: string }>('select id, name from unit where path = ?').get(path))

const commandOf = (commandId: number) =>
  found(prepared<{ path: string }>('select path from unit where id = ? and guard_path = path').get(commandId)).path

/**
 * Home affairs passes a command's annex on to the council, or sends it back, as a whole and without a name. Where
 * somebody is barred by now the whole annex goes back: only the command may tell who it is. Past the council leads its
 * meeting alone (`recordMeeting`).
 */
export function stepAnnex(
  actor: Actor,
  campaignId: number,
  input: {
    roundId: number
    commandId: number
    action: 'pass' | 'return'
    reason: string
  },
): Result<{ done: number }, InputProblem> {
  permit(actor, 'round.manage', { unitPath: rootUnit().path })
  const of = roundOf(campaignId, input.roundId)
  return transact(tx => {
    const path = commandOf(input.commandId)
    const rows = sealedRows(of.id).filter(
      ({ guardPath, stage, ended }) => guardPath === path && ended === null && isInHand(of, stage),
    )
    if (rows.length === 0) return { ok: false, problem: 'nobody_chosen' }
    for (const row of rows) {
      const problem = checkCandidateStep(input.action, row, of)
      if (problem) return { ok: false, problem }
      if (needsMeeting(input.action, row)) return { ok: false, problem: 'meeting_missing' }
      if (input.action === 'pass' && barsOfCandidate(of, row).length > 0) return { ok: false, problem: 'annex_barred' }
    }
    for (const row of rows) take(tx, actor, of, row, { action: input.action, reason: input.reason })
    return { ok: true, done: rows.length }
  })
}

/**
 * Opens the annex of a command with its names: for that tree's heads and coordinators, and for the council through home
 * affairs, from the freeze of the list to the decision. Each opening is logged with who looked.
 */
export function openAnnex(
  actor: Actor,
  campaignId: number,
  { roundId, commandId }: { roundId: number; commandId: number },
): { round: Round; rows: Candidate[] } {
  const of = found(roundById(campaignId, roundId))
  const guardPath = commandOf(commandId)
  if (!mayOpen(actor, of, guardPath)) throw forbidden()
  const rows = sealedRows(of.id).filter(row => row.guardPath === guardPath)
  transact(tx =>
    logEvent(tx, actor, {
      verb: 'open',
      subject: 'round',
      subjectId: roundId,
      campaignId,
      data: { document: 'sealed_annex', unitId: commandId, rows: rows.length },
    }),
  )
  return { round: of, rows }
}

/** A person of the armed forces agrees to be named outside their tree, or takes that back before the list is frozen. */
export function setDisclosure(
  actor: Actor,
  campaignId: number,
  { roundId, candidateId, isAgreed }: { roundId: number; candidateId: number; isAgreed: boolean },
): Result<object, InputProblem> {
  const of = roundOf(campaignId, roundId)
  return transact(tx => {
    const row = found(
      candidateRows(
        and(eq(candidate.id, candidateId), eq(candidate.roundId, roundId), eq(candidate.kind, 'official')),
      )[0],
    )
    if (actor.kind !== 'person' || row.officialId === null || actor.officialId !== row.officialId) throw forbidden()
    if (of.isDecided) return { ok: false, problem: 'round_decided' }
    if (of.isFrozen) return { ok: false, problem: 'round_frozen' }
    tx.update(candidate)
      .set({ disclosedAt: isAgreed ? campaignNow() : null })
      .where(eq(candidate.id, candidateId))
      .run()
    logEvent(tx, actor, {
      verb: 'edit',
      subject: 'candidate',
      subjectId: candidateId,
      campaignId,
      data: { roundId, isDisclosed: isAgreed },
    })
    return { ok: true }
  })
}
