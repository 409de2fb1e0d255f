import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import { type Actor, accountOf, can, permit } from '#app/access/policy.ts'
import { checkAppeal } from '#app/domain/inspection.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { forbidden, found, type Result } from '#app/domain/refusal.ts'
import type { Decision } from '#app/domain/vocabulary.ts'
import { db, transact } from '#db/client.server.ts'
import { help, inspection, inspectionAppeal, inspectionPick, unit, untrueReportFinding } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { isSecondTo } from './independence.server.ts'
import { findInspection, sightOf } from './inspection.server.ts'
import { change, writeUnjudged } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'
import { titleOfUnit } from './unit-title.server.ts'
import { readTerms } from './waiting-term.server.ts'

function page(actor: Actor, campaignId: number, inspectionId: number) {
  return found(findInspection(actor, campaignId, inspectionId))
}

/** The inspected unit's answer, once, by its head, within the days that it has (domain 6.4). */
export function answerInspection(
  actor: Actor,
  campaignId: number,
  { inspectionId, answer }: { inspectionId: number; answer: string },
): Result<object, InputProblem> {
  const { answering } = page(actor, campaignId, inspectionId)
  if (answering === undefined) throw forbidden()
  if (answering !== null) return { ok: false, problem: answering }
  writeUnjudged(tx => {
    tx.update(inspection)
      .set({ unitAnswer: answer, unitAnsweredAt: campaignNow(), unitAnsweredBy: accountOf(actor) })
      .where(eq(inspection.id, inspectionId))
      .run()
    logEvent(tx, actor, { verb: 'answer', subject: 'inspection', subjectId: inspectionId, campaignId })
  })
  return { ok: true }
}

/**
 * Stores the inspecting body's finding "báo cáo không đúng thực tế" on the unit, with its reason. While it is in
 * force, the unit is not considered for emulation. A person decides it; it is never computed. Plan IV.2.
 */
export function addFinding(
  actor: Actor,
  campaignId: number,
  { inspectionId, reason }: { inspectionId: number; reason: string },
): Result<object, InputProblem> {
  const { finding, unitId } = page(actor, campaignId, inspectionId)
  if (finding === undefined) throw forbidden()
  if (finding !== null) return { ok: false, problem: finding }
  transact(tx => {
    const row = tx
      .insert(untrueReportFinding)
      .values({ campaignId, unitId, inspectionId, reason, foundAt: campaignNow(), foundBy: accountOf(actor) })
      .returning({ id: untrueReportFinding.id })
      .get()
    logEvent(tx, actor, {
      verb: 'add',
      subject: 'untrue_report',
      subjectId: row.id,
      campaignId,
      data: { inspectionId, unitId },
    })
  })
  return { ok: true }
}

/** Takes the standing finding of an inspection back, with a reason; it stays on record. */
export function withdrawFinding(
  actor: Actor,
  campaignId: number,
  { inspectionId, reason }: { inspectionId: number; reason: string },
): Result<object, InputProblem> {
  const { finding, findings } = page(actor, campaignId, inspectionId)
  if (finding === undefined) throw forbidden()
  const standing = found(findings.find(({ withdrawnAt }) => withdrawnAt === null))
  transact(tx => {
    tx.update(untrueReportFinding)
      .set({ withdrawnAt: campaignNow(), withdrawalReason: reason })
      .where(eq(untrueReportFinding.id, standing.id))
      .run()
    logEvent(tx, actor, {
      verb: 'withdraw',
      subject: 'untrue_report',
      subjectId: standing.id,
      campaignId,
      data: { inspectionId },
    })
  })
  return { ok: true }
}

/**
 * Finds one drawn record with its result and its appeal. Visible to those who may contest it (its official, the head
 * above) and to those who have checked it. Also visible to the campaign office, which decides on it, but not to the
 * team that checked. Undefined for all others.
 */
export function findAppeal(
  actor: Actor,
  campaignId: number,
  { inspectionId, helpId }: { inspectionId: number; helpId: number },
) {
  const row = db
    .select({
      pick: inspectionPick,
      concludedAt: inspection.concludedAt,
      unitId: inspection.unitId,
      officialId: help.officialId,
      helpedOn: help.helpedOn,
      citizenHash: help.citizenHash,
    })
    .from(inspectionPick)
    .innerJoin(inspection, eq(inspection.id, inspectionPick.inspectionId))
    .innerJoin(unit, eq(unit.id, inspection.unitId))
    .innerJoin(help, eq(help.id, inspectionPick.helpId))
    .where(
      and(
        eq(inspectionPick.inspectionId, inspectionId),
        eq(inspectionPick.helpId, helpId),
        eq(inspection.campaignId, campaignId),
        isNotNull(inspection.concludedAt),
      ),
    )
    .get()
  if (!row) return undefined
  const target = targetOf(row.officialId, row.helpedOn)
  const mayAppeal = can(actor, 'inspection.appeal', target)
  const sight = sightOf(actor, campaignId, inspectionId)
  const isOfBody = sight !== undefined && (sight.isMember || sight.isOffice)
  if (!mayAppeal && !isOfBody) return undefined
  const isOfTeam = actor.kind === 'person' && sight?.own !== undefined
  const appeal = db
    .select({
      id: inspectionAppeal.id,
      reason: inspectionAppeal.reason,
      raisedBy: inspectionAppeal.raisedBy,
      raisedAt: inspectionAppeal.raisedAt,
      decision: inspectionAppeal.decision,
      decisionReason: inspectionAppeal.decisionReason,
      decidedAt: inspectionAppeal.decidedAt,
    })
    .from(inspectionAppeal)
    .where(and(eq(inspectionAppeal.inspectionId, inspectionId), eq(inspectionAppeal.helpId, helpId)))
    .get()
  const facts = { isConcluded: row.concludedAt !== null, result: row.pick.result, isAppealed: appeal !== undefined }
  return {
    inspectionId,
    helpId,
    unitName: titleOfUnit(row.unitId),
    helpedOn: row.helpedOn,
    result: row.pick.result,
    overturnedAt: row.pick.overturnedAt,
    citizenHash: row.citizenHash,
    target,
    appeal: appeal ? { ...appeal, ...readTerms()(appeal.raisedAt) } : null,
    /** why the actor cannot appeal now; null: they can; undefined: it is not theirs */
    appealing: mayAppeal ? checkAppeal(facts) : undefined,
    mayDecide:
      appeal?.decision === null &&
      !isOfTeam &&
      can(actor, 'inspection.decide', target) &&
      isSecondTo(actor, appeal.raisedBy),
    seesInspection: sight !== undefined,
  }
}

/** An official, or the head of their unit, contests an 'untrue' with a reason. */
export function raiseAppeal(
  actor: Actor,
  campaignId: number,
  { inspectionId, helpId, reason }: { inspectionId: number; helpId: number; reason: string },
): Result<object, InputProblem> {
  const row = found(findAppeal(actor, campaignId, { inspectionId, helpId }))
  permit(actor, 'inspection.appeal', row.target)
  if (row.appealing) return { ok: false, problem: row.appealing }
  transact(tx => {
    const row = tx
      .insert(inspectionAppeal)
      .values({ inspectionId, helpId, reason, raisedAt: campaignNow(), raisedBy: accountOf(actor) })
      .returning({ id: inspectionAppeal.id })
      .get()
    logEvent(tx, actor, {
      verb: 'appeal',
      subject: 'inspection',
      subjectId: inspectionId,
      campaignId,
      data: { helpId, appealId: row.id },
    })
  })
  return { ok: true }
}

/** The campaign office decides on an appeal, with a reason, not the team that checked; upheld, the 'untrue' falls. */
export function decideAppeal(
  actor: Actor,
  campaignId: number,
  input: { inspectionId: number; helpId: number; decision: Decision; reason: string },
) {
  const row = found(findAppeal(actor, campaignId, input))
  if (!row.mayDecide || !row.appeal) throw forbidden()
  const { appeal, citizenHash } = row
  const { inspectionId, helpId, decision, reason } = input
  change(campaignId, { citizens: [citizenHash] }, tx => {
    tx.update(inspectionAppeal)
      .set({ decision, decisionReason: reason, decidedAt: campaignNow(), decidedBy: accountOf(actor) })
      .where(eq(inspectionAppeal.id, appeal.id))
      .run()
    if (decision === 'upheld')
      tx.update(inspectionPick)
        .set({ overturnedAt: campaignNow() })
        .where(and(eq(inspectionPick.inspectionId, inspectionId), eq(inspectionPick.helpId, helpId)))
        .run()
    logEvent(tx, actor, {
      verb: decision === 'upheld' ? 'approve' : 'reject',
      subject: 'inspection',
      subjectId: inspectionId,
      campaignId,
      data: { helpId, appealId: appeal.id },
    })
  })
}

/** The inspection by which a record fails, for its page: where its official or head may contest it. */
export function failingInspection(helpId: number): number | undefined {
  return db
    .select({ id: inspection.id })
    .from(inspectionPick)
    .innerJoin(inspection, eq(inspection.id, inspectionPick.inspectionId))
    .where(
      and(
        eq(inspectionPick.helpId, helpId),
        eq(inspectionPick.result, 'untrue'),
        isNull(inspectionPick.overturnedAt),
        isNotNull(inspection.concludedAt),
      ),
    )
    .orderBy(desc(inspection.concludedAt), desc(inspection.id))
    .get()?.id
}
