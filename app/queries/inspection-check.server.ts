import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type Actor, accountOf, permit } from '#app/access/policy.ts'
import { dayOf } from '#app/domain/calendar.ts'
import {
  answerDueOn,
  checkInspector,
  checkRecording,
  checkSigning,
  compareOnRoad,
  concludes,
  drawablesOf,
  nextOnRoad,
  proposedWay,
  redraw,
} from '#app/domain/inspection.ts'
import type { TeamDecisionInput } from '#app/domain/inspection-input.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { forbidden, found, notFound, type Result } from '#app/domain/refusal.ts'
import type { FindingWay, OpeningPurpose, PickResult } from '#app/domain/vocabulary.ts'
import { db, type FactTx, transact } from '#db/client.server.ts'
import { seal, unsealName, unsealText } from '#db/keys.server.ts'
import {
  citizenAnswer,
  help,
  inspection,
  inspectionMember,
  inspectionPick,
  locality,
  official,
  unit,
} from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { countUntrue, drawOf, isSecondToSigners, picksOf, sightOf } from './inspection.server.ts'
import { inspectorOf } from './inspection-team.server.ts'
import { change, clearContradictions, outcomesOf, rulesOf, writeUnjudged } from './judging/index.server.ts'
import { unitIdOn } from './official-posting.server.ts'

type Place = { inspectionId: number; helpId: number }

const noteSlot = ({ inspectionId, helpId }: Place) => ({
  table: 'inspection_pick',
  column: `note.${inspectionId}`,
  rowId: helpId,
})

/** The team's own note on a sheet; null: none. */
export const noteOf = (place: Place, { noteCipher }: { noteCipher: Buffer | null }) =>
  unsealText(noteSlot(place), noteCipher)

/**
 * Returns the inspection for a member of its team; throws 404 if it is not visible, 403 for actors outside the team.
 */
export function asMember(actor: Actor, campaignId: number, inspectionId: number) {
  const sight = found(sightOf(actor, campaignId, inspectionId))
  permit(actor, 'inspection.check', sight.target)
  if (!sight.isMember) throw forbidden()
  return sight
}

/**
 * Enters the decision that formed the team of an inspection and who of its members leads it, or corrects them, for its
 * minutes: until two have signed, by the team and by those who form inspections of the unit. Throws 404 if it is not
 * visible, 403 for others.
 */
export function nameTeamDecision(
  actor: Actor,
  campaignId: number,
  { inspectionId, input }: { inspectionId: number; input: TeamDecisionInput },
): Result<object, InputProblem> {
  const { members, isMember, isOffice, isFormer, row } = found(sightOf(actor, campaignId, inspectionId))
  if (!isMember && !isOffice && !isFormer) throw forbidden()
  if (row.concludedAt !== null) return { ok: false, problem: 'inspection_concluded' }
  const { leader } = input
  if (leader !== null && !members.some(({ accountId }) => accountId === leader))
    return { ok: false, problem: 'not_a_choice' }
  if (input.decisionOn > campaignToday()) return { ok: false, problem: 'in_future' }
  return writeUnjudged(tx => {
    tx.update(inspection)
      .set({ teamDecisionNumber: input.decisionNumber, teamDecisionOn: input.decisionOn, teamLeaderId: leader })
      .where(eq(inspection.id, inspectionId))
      .run()
    logEvent(tx, actor, {
      verb: 'edit',
      subject: 'inspection',
      subjectId: inspectionId,
      campaignId,
      data: { documentNumber: input.decisionNumber, on: input.decisionOn, leader },
    })
    return { ok: true }
  })
}

export function pickOf({ inspectionId, helpId }: Place) {
  return found(
    db
      .select()
      .from(inspectionPick)
      .where(and(eq(inspectionPick.inspectionId, inspectionId), eq(inspectionPick.helpId, helpId)))
      .get(),
  )
}

/** The sheets of a draw in the order of the road, each with where its citizen lives; no citizen is named. */
export function roadOf(inspectionId: number) {
  return db
    .select({
      helpId: inspectionPick.helpId,
      place: inspectionPick.place,
      result: inspectionPick.result,
      hamlet: help.hamlet,
      commune: sql<string>`${locality.type} || ' ' || ${locality.name}`,
    })
    .from(inspectionPick)
    .innerJoin(help, eq(help.id, inspectionPick.helpId))
    .innerJoin(locality, eq(locality.code, help.localityCode))
    .where(eq(inspectionPick.inspectionId, inspectionId))
    .all()
    .sort(compareOnRoad)
}

/**
 * Lists the sheets of an inspection in the order of the road, for its team alone: commune, hamlet and result. Throws
 * 404 if the inspection is not visible, 403 for actors outside the team. Domain 6.4.
 */
export function listRoad(actor: Actor, campaignId: number, inspectionId: number) {
  asMember(actor, campaignId, inspectionId)
  return roadOf(inspectionId)
}

/** Finds the sheet to go to after one of them; null where all have a result. For the team alone, as `listRoad`. */
export function nextSheet(actor: Actor, campaignId: number, { inspectionId, helpId }: Place): number | null {
  return nextOnRoad(listRoad(actor, campaignId, inspectionId), helpId)?.helpId ?? null
}

/** The field sheet of one drawn record before anything of the citizen is opened: what is claimed, and the result so far. */
export function findSheet(actor: Actor, campaignId: number, place: Place) {
  const sight = asMember(actor, campaignId, place.inspectionId)
  const { noteCipher, ...pick } = pickOf(place)
  const claim = db
    .select({
      helpedOn: help.helpedOn,
      place: help.place,
      commune: locality.name,
      communeType: locality.type,
      hamlet: help.hamlet,
      /** its official asked to withdraw it; the team goes on with it as drawn */
      withdrawnAt: help.withdrawnAt,
    })
    .from(help)
    .innerJoin(locality, eq(locality.code, help.localityCode))
    .where(eq(help.id, place.helpId))
    .get()
  if (!claim) return undefined
  const next = nextOnRoad(roadOf(place.inspectionId), place.helpId)
  return {
    ...pick,
    unitName: sight.unitName,
    isConcluded: sight.row.concludedAt !== null,
    /** the citizen was opened for this check, so that a result can be recorded */
    isOpened: checkRecording({ ...pick, result: 'not_reached', isSetAside: pick.setAsideAt !== null }) === null,
    isSigned: sight.members.some(({ signedAt }) => signedAt !== null),
    note: noteOf(place, { noteCipher }),
    claim: { ...claim, outcomes: outcomesOf(place.helpId) },
    /** the next one without a result, on the road */
    next: next && { helpId: next.helpId, hamlet: next.hamlet, commune: next.commune },
  }
}

/**
 * The drawn citizen's data, whole, for a member of the team who has said what for. Each opening is logged with the
 * inspection and the record; without it no result is recorded. Who claims to have helped is named, but for people of armed-forces units (domain 3, 11).
 */
export function openSheet(
  actor: Actor,
  campaignId: number,
  { purpose, ...place }: Place & { purpose: OpeningPurpose },
) {
  asMember(actor, campaignId, place.inspectionId)
  pickOf(place)
  return openPick(actor, campaignId, { ...place, purpose })
}

/**
 * Opens one drawn record for a team that the caller has checked; `isAlong`: to be taken along on a phone, which the log
 * says too. Undefined if there is no such record.
 */
export function openPick(
  actor: Actor,
  campaignId: number,
  { purpose, isAlong, ...place }: Place & { purpose: OpeningPurpose; isAlong?: boolean },
) {
  const row = db
    .select({ help, officialName: official.name, guardPath: unit.guardPath })
    .from(help)
    .innerJoin(official, eq(official.id, help.officialId))
    .innerJoin(unit, eq(unit.id, unitIdOn(help.officialId, help.helpedOn)))
    .where(eq(help.id, place.helpId))
    .get()
  if (!row) return undefined
  writeUnjudged(tx => {
    tx.update(inspectionPick)
      .set({ openedAt: campaignNow(), openedBy: accountOf(actor) })
      .where(and(eq(inspectionPick.inspectionId, place.inspectionId), eq(inspectionPick.helpId, place.helpId)))
      .run()
    logEvent(tx, actor, {
      verb: 'open',
      subject: 'help',
      subjectId: place.helpId,
      campaignId,
      data: { inspectionId: place.inspectionId, purpose, ...(isAlong && { isAlong }) },
    })
  })
  const slot = (column: string) => ({ table: 'help', column, rowId: place.helpId })
  return {
    purpose,
    /** what the result's form has chosen at first */
    proposedWay: proposedWay(purpose),
    name: unsealName(slot('citizenName'), row.help.citizenNameCipher),
    number: unsealText(slot('citizenNumber'), row.help.citizenNumberCipher) ?? '',
    phone: unsealText(slot('citizenPhone'), row.help.citizenPhoneCipher),
    hamlet: row.help.hamlet,
    birthYear: row.help.citizenBirthYear,
    officialName: row.guardPath === null ? row.officialName : null,
  }
}
export type OpenedSheet = NonNullable<ReturnType<typeof openSheet>>

/** `enteredAt`: when a phone noted it without a network (ms, campaign clock; claimed); absent: as it is received. */
export type Recorded = {
  result: PickResult
  foundBy: FindingWay | null
  note: string | null
  enteredAt?: number
}

/** How a result was found, as it is stored: not reached has no way. */
export const storedWay = ({ result, foundBy }: Pick<Recorded, 'result' | 'foundBy'>) =>
  result === 'not_reached' ? null : foundBy

/**
 * Records what the team found at one drawn record, and how, once its citizen was opened. Not reached, another is drawn in its place: the next of the same
 * stratum. Signatures given before lapse, for they stood under other results. Nothing follows before the conclusion.
 */
export function recordCheck(
  actor: Actor,
  campaignId: number,
  { result, foundBy, note, enteredAt, ...place }: Place & Recorded,
): Result<object, InputProblem> {
  const sight = asMember(actor, campaignId, place.inspectionId)
  const pick = pickOf(place)
  if (sight.row.concludedAt !== null) return { ok: false, problem: 'inspection_concluded' }
  const problem = checkRecording({ ...pick, result, foundBy, isSetAside: pick.setAsideAt !== null })
  if (problem !== null) return { ok: false, problem }
  writeUnjudged(tx => {
    tx.update(inspectionPick)
      .set({
        result,
        foundBy: storedWay({ result, foundBy }),
        noteCipher: note === null ? null : seal({ campaignId }, noteSlot(place), note),
        checkedAt: campaignNow(),
        enteredAt: enteredAt ?? null,
        checkedBy: actor.kind === 'person' ? actor.accountId : null,
        // found as the record is now: an edit after an earlier finding no longer concerns it
        setAsideAt: null,
      })
      .where(and(eq(inspectionPick.inspectionId, place.inspectionId), eq(inspectionPick.helpId, place.helpId)))
      .run()
    tx.update(inspectionMember)
      .set({ signedAt: null })
      .where(eq(inspectionMember.inspectionId, place.inspectionId))
      .run()
    if (pick.origin !== 'risk') redrawIn(tx, sight.row, pick.stratum)
    logEvent(tx, actor, {
      verb: 'record',
      subject: 'inspection',
      subjectId: place.inspectionId,
      campaignId,
      data: { helpId: place.helpId, result, foundBy },
    })
  })
  return { ok: true }
}

/** Draws as many more in a stratum as there are not reached without one drawn in their place. */
function redrawIn(tx: FactTx, row: typeof inspection.$inferSelect, stratum: string) {
  const picks = picksOf(row.id)
  const drawn = picks.filter(pick => pick.stratum === stratum && pick.origin !== 'risk')
  const missing = drawn.filter(({ result }) => result === 'not_reached').length
  if (missing <= drawn.filter(({ origin }) => origin === 'redraw').length) return
  const picked = new Set(picks.map(({ helpId }) => helpId))
  const next = redraw(drawablesOf(drawOf(row)), { seed: row.seed, stratum, picked })
  if (next === undefined) return
  const place = Math.max(...picks.map(pick => pick.place)) + 1
  tx.insert(inspectionPick).values({ inspectionId: row.id, helpId: next.id, origin: 'redraw', stratum, place }).run()
}

/**
 * A member signs the results. With the second signature the inspection is concluded: verdicts follow, and a finding of
 * true sets the citizen's standing "no" aside (domain 5, reason 4).
 */
export function signInspection(actor: Actor, campaignId: number, inspectionId: number): Result<object, InputProblem> {
  return transact(() => {
    const { own } = asMember(actor, campaignId, inspectionId)
    if (own === undefined) throw forbidden()
    return signFor(actor, campaignId, { inspectionId, accountId: own.accountId })
  })
}

/**
 * Notes a member's signature on the results, given in the application or with their certificate on the minutes, which
 * any of the team hands in. Throws 404 where the account is no member who may still inspect the unit.
 */
export function signFor(
  actor: Actor,
  campaignId: number,
  { inspectionId, accountId }: { inspectionId: number; accountId: number },
): Result<object, InputProblem> {
  return transact(tx => {
    const { row, members, unitPath } = asMember(actor, campaignId, inspectionId)
    const signer = found(members.find(member => member.accountId === accountId))
    if (checkInspector(inspectorOf(campaignId, accountId, unitPath)) !== null) throw notFound()
    const picks = picksOf(inspectionId)
    const problem = checkSigning({
      openPicks: picks.filter(({ result }) => result === null).length,
      hasSigned: signer.signedAt !== null,
      isConcluded: row.concludedAt !== null,
      isSecond: isSecondToSigners(accountId, members),
    })
    if (problem !== null) return { ok: false, problem }
    tx.update(inspectionMember)
      .set({ signedAt: campaignNow() })
      .where(and(eq(inspectionMember.inspectionId, inspectionId), eq(inspectionMember.accountId, accountId)))
      .run()
    logEvent(tx, actor, {
      verb: 'sign',
      subject: 'inspection',
      subjectId: inspectionId,
      campaignId,
      data: { accountId },
    })
    const signatures = members.filter(({ signedAt }) => signedAt !== null).length + 1
    if (concludes(signatures)) conclude(actor, campaignId, inspectionId, picks)
    return { ok: true }
  })
}

/** Hashes of the citizens of those drawn records that have this result. */
function citizensOf(picks: ReturnType<typeof picksOf>, wanted: PickResult): string[] {
  const helpIds = picks.filter(({ result }) => result === wanted).map(({ helpId }) => helpId)
  return db
    .select({ hash: help.citizenHash })
    .from(help)
    .where(inArray(help.id, helpIds))
    .all()
    .map(({ hash }) => hash)
}

function conclude(actor: Actor, campaignId: number, inspectionId: number, picks: ReturnType<typeof picksOf>) {
  const helpIds = picks.map(({ helpId }) => helpId)
  const citizens = db.select({ hash: help.citizenHash }).from(help).where(inArray(help.id, helpIds)).all()
  change(campaignId, { citizens: citizens.map(({ hash }) => hash) }, tx => {
    const at = campaignNow()
    tx.update(inspection)
      .set({ concludedAt: at, answerDueOn: answerDueOn(dayOf(at), rulesOf(campaignId).regulation.daysOff) })
      .where(eq(inspection.id, inspectionId))
      .run()
    tx.update(citizenAnswer)
      .set({ setAsideAt: Date.now() })
      .where(
        and(
          inArray(
            citizenAnswer.helpId,
            picks.filter(({ result }) => result === 'true').map(({ helpId }) => helpId),
          ),
          eq(citizenAnswer.answer, 'no'),
          isNull(citizenAnswer.setAsideAt),
        ),
      )
      .run()
    clearContradictions(tx, campaignId, citizensOf(picks, 'true'), at)
    logEvent(tx, actor, {
      verb: 'conclude',
      subject: 'inspection',
      subjectId: inspectionId,
      campaignId,
      data: { count: picks.length, untrue: countUntrue(picks) },
    })
  })
}
