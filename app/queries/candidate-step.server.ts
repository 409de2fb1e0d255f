import { and, eq } from 'drizzle-orm'
import { type Action, type Actor, accountOf, can, permit } from '#app/access/policy.ts'
import { isPlausibleBirthYear } from '#app/domain/outsider.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { found, notFound, type Result } from '#app/domain/refusal.ts'
import { checkCandidateStep, fitsCap, isCollective, isWithUnit, placeAfter, stationsOf } from '#app/domain/round.ts'
import type { OutsideInput } from '#app/domain/round-input.ts'
import type { AwardForm, CandidateAction, CandidateKind, RoundStage } from '#app/domain/vocabulary.ts'
import { db, prepared, type Tx, transact } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'
import { candidate, candidateStep, unit } from '#db/schema.ts'
import {
  barsOf,
  barsOfCandidate,
  type Candidate,
  COLLECTIVES,
  candidateTarget,
  findCandidate,
  listCandidates,
  type Outside,
  PERSONS,
  subjectOf,
} from './candidate.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { type OutsideRow, officialsLike, outsiderBarOf } from './outsider.server.ts'
import { type Round, roundById } from './round.server.ts'

/** A round, or 404. */
export function roundOf(campaignId: number, roundId: number): Round {
  return found(roundById(campaignId, roundId))
}

/** Paths of a unit, and of its district or agency; `hasAgency`: that is another unit. */
function placesOf({ unitPath, guardPath }: Pick<Candidate, 'unitPath' | 'guardPath'>): {
  agencyPath: string
  hasAgency: boolean
} {
  /* people of the armed forces go through their own tree: its top decides who is named (domain 9) */
  if (guardPath !== null) return { agencyPath: guardPath, hasAgency: unitPath !== guardPath }
  const ids = unitPath.split('/').filter(id => id !== '')
  return { agencyPath: `/${ids.slice(0, 2).join('/')}/`, hasAgency: ids.length > 2 }
}

/** The stations of a candidate of this round. */
const stationsFor = (of: Pick<Round, 'kind'>, row: Pick<Candidate, 'kind' | 'unitPath' | 'guardPath'>) =>
  stationsOf(of.kind, placesOf(guardedOf(row)))

/** Only people are guarded: a collective of the armed forces goes like any other (domain 3). */
const guardedOf = (row: Pick<Candidate, 'kind' | 'unitPath' | 'guardPath'>) =>
  row.kind === 'official' ? row : { ...row, guardPath: null }

/**
 * Returns the permission for an action at a station: of the unit itself, its agency, home affairs with the police, or
 * home affairs.
 */
function permissionFor(
  action: CandidateAction,
  stage: RoundStage,
  row: Candidate,
): { action: Action; target: ReturnType<typeof candidateTarget> } {
  const target = candidateTarget(row)
  if (stage === 'unit') return { action: 'candidate.propose', target }
  if (stage === 'agency')
    return { action: 'candidate.propose', target: { ...target, unitPath: placesOf(guardedOf(row)).agencyPath } }
  return { action: stage === 'home_affairs' && action === 'return' ? 'candidate.review' : 'candidate.decide', target }
}

/** Returns true if the actor may take an action on a candidate now; for buttons. */
export function mayStep(
  actor: Actor,
  action: CandidateAction,
  { round: of, ...row }: Candidate & { round: Round },
): boolean {
  if (checkCandidateStep(action, row, of) !== null || needsMeeting(action, row)) return false
  const needed = permissionFor(action, row.stage, row)
  return (
    can(actor, needed.action, needed.target) && (action !== 'return' || stationsFor(of, row).indexOf(row.stage) > 0)
  )
}

/** The problems of some candidates of many, by id; nothing is written where there is one. */
export type Refused = { candidateId: number; name: string; problem: InputProblem }
export type Taken = Result<{ done: number }, Refused[]>

/**
 * Takes one action on each of these candidates: passes on, returns or drops with a reason. All or nothing: if one is
 * refused, none moves. Throws 404 if one is not visible.
 */
export function stepCandidates(
  actor: Actor,
  campaignId: number,
  {
    roundId,
    ids,
    action,
    reason,
  }: { roundId: number; ids: readonly number[]; action: 'pass' | 'return' | 'drop'; reason: string },
): Taken {
  const of = roundOf(campaignId, roundId)
  return transact(tx => {
    const rows = [...new Set(ids)].map(candidateId => found(findCandidate(actor, campaignId, { roundId, candidateId })))
    const problems = rows.flatMap((row): Refused[] => {
      const problem = problemOf(actor, of, row, action)
      return problem ? [{ candidateId: row.id, name: row.name, problem }] : []
    })
    if (action === 'pass') problems.push(...overCap(of, rows))
    if (problems.length > 0) return { ok: false, problems }
    for (const row of rows) take(tx, actor, of, row, { action, reason })
    return { ok: true, done: rows.length }
  })
}

/** Those of a round's candidates whom the actor may pass on now and nothing bars, for one act on all of them. */
export function passable(
  actor: Actor,
  of: Round,
  filter: { stage: RoundStage; part: 'persons' | 'collectives' },
): number[] {
  return listCandidates(actor, of, filter)
    .filter(row => mayStep(actor, 'pass', { ...row, round: of }))
    .filter(row => problemOf(actor, of, row, 'pass') === null)
    .map(({ id }) => id)
}

/** Past the council leads its meeting alone, whose minutes hold the votes. */
export const needsMeeting = (action: CandidateAction, { stage }: Pick<Candidate, 'stage'>) =>
  action === 'pass' && stage === 'council'

function problemOf(actor: Actor, of: Round, row: Candidate, action: CandidateAction): InputProblem | null {
  const problem = checkCandidateStep(action, row, of)
  if (problem) return problem
  const needed = permissionFor(action, row.stage, row)
  permit(actor, needed.action, needed.target)
  if (needsMeeting(action, row)) return 'meeting_missing'
  if (placeAfter(action, row, stationsFor(of, row)) === null) return 'candidate_step_closed'
  if (action !== 'pass' && action !== 'decide' && action !== 'propose') return null
  if (of.kind === 'commendation' && row.achievement === '') return 'achievement_missing'
  return barsOfCandidate(of, row)[0] ?? null
}

/** Caps hold where home affairs passes on: persons and collectives apart. */
function overCap(of: Round, rows: readonly Candidate[]): Refused[] {
  return ([false, true] as const).flatMap(collective => {
    const adding = rows.filter(row => row.stage === 'home_affairs' && isCollective(row.kind) === collective)
    const first = adding[0]
    const passed = prepared<{ count: number }>(
      `select count(*) as count from candidate where round_id = ? and kind in (select value from json_each(?))
          and stage in ('council', 'decision') and (ended is null or ended = 'decide')`,
    ).one(of.id, JSON.stringify(collective ? COLLECTIVES : PERSONS))
    const cap = collective ? of.collectiveCap : of.individualCap
    return first && !fitsCap(cap, { passed: passed.count, adding: adding.length })
      ? [{ candidateId: first.id, name: first.name, problem: 'cap_reached' as const }]
      : []
  })
}

/** Writes one step and where it leads, with its event. */
export function take(
  tx: Tx,
  actor: Actor,
  of: Round,
  row: Pick<Candidate, 'id' | 'kind' | 'stage' | 'unitPath' | 'guardPath'>,
  { action, reason = '', votes }: { action: CandidateAction; reason?: string; votes?: { for: number; total: number } },
) {
  const place = placeAfter(action, row, stationsFor(of, row))
  if (!place) throw new Error(`no station behind ${row.stage}`)
  tx.update(candidate).set(place).where(eq(candidate.id, row.id)).run()
  tx.insert(candidateStep)
    .values({
      candidateId: row.id,
      stage: row.stage,
      action,
      reason,
      votesFor: votes?.for ?? null,
      votesTotal: votes?.total ?? null,
      takenAt: campaignNow(),
      takenBy: accountOf(actor),
    })
    .run()
  logEvent(tx, actor, {
    verb: action,
    subject: 'candidate',
    subjectId: row.id,
    campaignId: of.campaignId,
    data: { roundId: of.id, stage: row.stage },
  })
}

/** Returns why units may no longer propose: the list is frozen, or the round's last day is over. Null: they may. */
export function proposalProblem(of: Round): InputProblem | null {
  if (of.isDecided) return 'round_decided'
  if (of.isFrozen) return 'round_frozen'
  return of.kind === 'commendation' && campaignToday() > of.proposalsDueOn ? 'proposals_over' : null
}

/**
 * Proposes officials or collectives from the frozen list with one form of award and (unless they were proposed before) one
 * text of achievement to begin with; the unit completes each. For a review home affairs takes them over. All or nothing.
 */
export function proposeListed(
  actor: Actor,
  campaignId: number,
  {
    roundId,
    kind,
    ids,
    form,
    achievement,
    exceptionReason = '',
  }: {
    roundId: number
    kind: 'official' | 'collective'
    ids: readonly number[]
    form: AwardForm | null
    achievement: string
    /** why collectives that are not eligible are proposed all the same; '': they are eligible */
    exceptionReason?: string
  },
): Taken {
  const of = roundOf(campaignId, roundId)
  return transact(tx => {
    const closed = proposalProblem(of)
    const wanted = [...new Set(ids)].map(id => proposalOf(of, kind, id))
    const problems = wanted.flatMap((row): Refused[] => {
      const problem = closed ?? checkProposal(actor, of, row, exceptionReason !== '')
      return problem ? [{ candidateId: 0, name: row.name, problem }] : []
    })
    if (problems.length > 0) return { ok: false, problems }
    const reason = kind === 'collective' && of.kind === 'commendation' ? exceptionReason : ''
    for (const row of wanted)
      enter(tx, actor, of, {
        ...row,
        form: of.kind === 'review' ? null : form,
        achievement,
        exceptionReason: reason,
      })
    return { ok: true, done: wanted.length }
  })
}

type Proposal = Pick<Candidate, 'kind' | 'officialId' | 'unitId' | 'unitPath' | 'guardPath' | 'name'>

/** Whom an id of the frozen list names, at the unit of the cut-off; 404 where the round's version has none. */
function proposalOf(of: Round, kind: 'official' | 'collective', id: number): Proposal {
  const text =
    kind === 'official'
      ? `select o.name, a.unit_id as unitId, u.path as unitPath, u.guard_path as guardPath
           from official_assessment a join official o on o.id = a.official_id join unit u on u.id = a.unit_id
          where a.campaign_id = ? and a.official_id = ? and a.from_version <= ? and (a.to_version is null or a.to_version > ?)`
      : `select u.name, u.id as unitId, u.path as unitPath, u.guard_path as guardPath
           from collective_assessment a join unit u on u.id = a.unit_id
          where a.campaign_id = ? and a.unit_id = ? and a.from_version <= ? and (a.to_version is null or a.to_version > ?)`
  const row = found(
    prepared<Pick<Proposal, 'name' | 'unitId' | 'unitPath' | 'guardPath'>>(text).get(
      of.campaignId,
      id,
      of.closingVersion,
      of.closingVersion,
    ),
  )
  return { ...row, kind, officialId: kind === 'official' ? id : null }
}

function checkProposal(actor: Actor, of: Round, row: Proposal, hasReasons: boolean): InputProblem | null {
  const isGuarded = row.kind === 'official' && row.guardPath !== null
  if (of.kind === 'review' && isGuarded) return 'guarded_person'
  permit(actor, of.kind === 'review' ? 'candidate.decide' : 'candidate.propose', candidateTarget(row))
  if (existing(of, row)?.isOpen) return 'proposed_already'
  return barsOf(of, row.kind, subjectOf(row), { hasReasons })[0] ?? null
}

/**
 * Finds the row of an official or unit proposed before in this round; one dropped at its unit may be proposed again.
 */
function existing(of: Round, row: Proposal): { id: number; isOpen: boolean } | undefined {
  const found = db
    .select({ id: candidate.id, stage: candidate.stage, ended: candidate.ended })
    .from(candidate)
    .where(
      and(
        eq(candidate.roundId, of.id),
        eq(candidate.kind, row.kind),
        row.officialId === null ? eq(candidate.unitId, row.unitId) : eq(candidate.officialId, row.officialId),
      ),
    )
    .get()
  return found && { id: found.id, isOpen: !(found.ended === 'drop' && found.stage === 'unit') }
}

/** Writes a candidate at its first station with the step that proposes it; a commendation stays with its unit until passed on. */
function enter(
  tx: Tx,
  actor: Actor,
  of: Round,
  row: Proposal & {
    form: AwardForm | null
    achievement: string
    exceptionReason?: string
    outside?: string
    outsideNumberHash?: string | null
  },
): number {
  const stage = stationsFor(of, row)[0] ?? 'unit'
  const { form, achievement, exceptionReason = '' } = row
  const values = { stage, ended: null, form, achievement, exceptionReason, proposedAt: campaignNow() }
  const before = row.outside === undefined ? existing(of, row) : undefined
  if (before) tx.update(candidate).set(values).where(eq(candidate.id, before.id)).run()
  const id =
    before?.id ??
    tx
      .insert(candidate)
      .values({
        roundId: of.id,
        kind: row.kind,
        officialId: row.officialId,
        unitId: row.unitId,
        outside: row.outside ?? '{}',
        outsideNumberHash: row.outsideNumberHash ?? null,
        ...values,
      })
      .returning({ id: candidate.id })
      .get().id
  if (of.kind === 'commendation') take(tx, actor, of, { ...row, id, stage }, { action: 'propose' })
  else note(tx, actor, of, id, stage)
  return id
}

/** A review begins at its present station: the step says who took it over from the frozen list. */
function note(tx: Tx, actor: Actor, of: Round, candidateId: number, stage: RoundStage) {
  tx.insert(candidateStep)
    .values({ candidateId, stage, action: 'propose', takenAt: campaignNow(), takenBy: accountOf(actor) })
    .run()
  logEvent(tx, actor, {
    verb: 'propose',
    subject: 'candidate',
    subjectId: candidateId,
    campaignId: of.campaignId,
    data: { roundId: of.id, stage },
  })
}

/**
 * Proposes a person from outside the rosters, by a unit, with their achievement (domain 9); for a commendation only.
 */
export function proposeOutside(
  actor: Actor,
  campaignId: number,
  { roundId, unitId, input }: { roundId: number; unitId: number; input: OutsideInput },
): Result<{ candidateId: number }, InputProblem> {
  const of = roundOf(campaignId, roundId)
  return transact(tx => {
    const place = found(tx.select({ unitPath: unit.path, name: unit.name }).from(unit).where(eq(unit.id, unitId)).get())
    permit(actor, 'candidate.propose', { unitPath: place.unitPath })
    const problem = of.kind === 'review' ? 'not_for_review' : proposalProblem(of)
    if (problem) return { ok: false, problem }
    const { kind, form, achievement, name } = input
    const told = outsideOf(input)
    const row = { id: 0, kind: kind as CandidateKind, unitId, ...place, name, ...told.compared }
    const bar = outsiderProblem(campaignId, row)
    if (bar) return { ok: false, problem: bar }
    const proposal = { ...row, officialId: null, guardPath: null, form, achievement }
    return { ok: true, candidateId: enter(tx, actor, of, { ...proposal, ...told.stored }) }
  })
}

/** What is stored of somebody from outside, and by what they are compared with others. The number is kept as a hash. */
function outsideOf({ kind, name, description, sex, birthYear, number, awards, awardsText }: OutsideInput) {
  const isPerson = kind === 'outside_person'
  const outsideNumberHash = isPerson && number !== null ? matchHash('staff', 'number', number) : null
  const outside: Outside = {
    name,
    description,
    sex: isPerson ? sex : null,
    birthYear: isPerson ? birthYear : null,
    awards: awards === 'none' ? [] : (awardsText ?? '').split('\n').filter(line => line.trim() !== ''),
  }
  return {
    stored: { outside: JSON.stringify(outside), outsideNumberHash },
    compared: { birthYear: outside.birthYear, outsideNumberHash },
  }
}

/** Lists the officials like somebody who is being proposed from outside; for an answer to the form. */
export function listAlikeOfInput(
  actor: Actor,
  campaignId: number,
  { unitId, input }: { unitId: number; input: OutsideInput },
) {
  const place = found(prepared<{ unitPath: string }>('select path as unitPath from unit where id = ?').get(unitId))
  const row = { id: 0, kind: input.kind, unitId, ...place, name: input.name, ...outsideOf(input).compared }
  return officialsLike(actor, campaignId, row)
}

/** Why somebody is not proposed from outside: an implausible birth year, or how they compare with others; null: nothing. */
function outsiderProblem(campaignId: number, row: OutsideRow): InputProblem | null {
  const year = Number(rulesOf(campaignId).regulation.endsOn.slice(0, 4))
  if (row.birthYear !== null && !isPlausibleBirthYear(row.birthYear, year)) return 'birth_year_implausible'
  return outsiderBarOf(campaignId, row)
}

/** Returns true if the unit that proposed a candidate may still correct or withdraw it; for buttons. */
export function isStillWithUnit({ round: of, ...row }: Candidate & { round: Round }): boolean {
  return isWithUnit(row, of, stationsFor(of, row))
}

/** The candidate that its unit may still correct or withdraw; refused once it was passed on, 404 where out of sight. */
function withUnit(actor: Actor, campaignId: number, ids: { roundId: number; candidateId: number }) {
  const row = found(findCandidate(actor, campaignId, ids))
  permit(actor, 'candidate.propose', candidateTarget(row))
  return row
}

/** Corrects a proposal from outside the rosters, until somebody above has passed it on. Kept in its steps. */
export function editOutside(
  actor: Actor,
  campaignId: number,
  { input, note: reason, ...ids }: { roundId: number; candidateId: number; input: OutsideInput; note: string },
): Result<object, InputProblem> {
  return transact(tx => {
    const row = withUnit(actor, campaignId, ids)
    if (row.outside === null) throw notFound()
    if (!isStillWithUnit(row)) return { ok: false, problem: 'candidate_passed_on' }
    const { form, achievement, name } = input
    const told = outsideOf({ ...input, kind: row.kind as OutsideInput['kind'] })
    const bar = outsiderProblem(campaignId, { ...row, name, ...told.compared })
    if (bar) return { ok: false, problem: bar }
    tx.update(candidate)
      .set({ form, achievement, ...told.stored })
      .where(eq(candidate.id, row.id))
      .run()
    tx.insert(candidateStep)
      .values({
        candidateId: row.id,
        stage: 'unit',
        action: 'propose',
        reason,
        takenAt: campaignNow(),
        takenBy: accountOf(actor),
      })
      .run()
    logEvent(tx, actor, {
      verb: 'edit',
      subject: 'candidate',
      subjectId: row.id,
      campaignId,
      data: { roundId: ids.roundId, stage: row.stage },
    })
    return { ok: true }
  })
}

/** Takes a proposal back to its unit and ends it there, until somebody above has passed it on; it may be made again. */
export function withdrawCandidate(
  actor: Actor,
  campaignId: number,
  { note: reason, ...ids }: { roundId: number; candidateId: number; note: string },
): Result<object, InputProblem> {
  const of = roundOf(campaignId, ids.roundId)
  return transact(tx => {
    const row = withUnit(actor, campaignId, ids)
    if (!isStillWithUnit(row)) return { ok: false, problem: 'candidate_passed_on' }
    take(tx, actor, of, { ...row, stage: 'unit' }, { action: 'drop', reason })
    return { ok: true }
  })
}

/** The unit's words on a candidate that was returned to it, and the form proposed; then it goes on again. */
export function proposeAgain(
  actor: Actor,
  campaignId: number,
  input: { roundId: number; candidateId: number; form: AwardForm; achievement: string },
): Result<object, InputProblem> {
  const of = roundOf(campaignId, input.roundId)
  return transact(tx => {
    const row = found(findCandidate(actor, campaignId, input))
    const { form, achievement } = input
    const problem = problemOf(actor, of, { ...row, achievement }, 'propose')
    if (problem) return { ok: false, problem }
    tx.update(candidate).set({ form, achievement }).where(eq(candidate.id, row.id)).run()
    take(tx, actor, of, row, { action: 'propose' })
    return { ok: true }
  })
}
