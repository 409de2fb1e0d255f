import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import { type Actor, accountOf, can } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import { checkNotice, checkStep, TAKER_OF } from '#app/domain/due-process.ts'
import { PARTS } from '#app/domain/figures.ts'
import { awaitedObligations } from '#app/domain/official-cause.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { forbidden, found, notFound, type Result } from '#app/domain/refusal.ts'
import { OBLIGATION_PARTS, type ReviewDecision, type ReviewStep, recordOf } from '#app/domain/vocabulary.ts'
import { db, type Tx, transact } from '#db/client.server.ts'
import { official, reviewCase, reviewStep, standing, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { listCollectives, liveResult } from './collective-assessment.server.ts'
import { logEvent } from './event.server.ts'
import { assessedPosting, markStanding, rulesOf, type Subject, standingCase, termsOf } from './judging/index.server.ts'
import { firstRefused } from './reach.server.ts'
import { findReview, headsProvince, LEADS_PROVINCE, reviewTarget, subjectOf, takersOf } from './review.server.ts'
import { type StrippedContent, storeExplanation } from './stored-file.server.ts'
import { unitTitles } from './unit-title.server.ts'

const VERBS = {
  notice: 'notify',
  explanation: 'explain',
  explanation_decision: 'decide',
  finding_decision: 'decide',
  appeal: 'appeal',
  appeal_decision: 'decide',
  withdrawal: 'withdraw',
} as const satisfies Record<ReviewStep, string>

type NewStep = {
  caseId: number
  kind: ReviewStep
  decision: ReviewDecision | null
  body: string
  documentNumber: string
  fileId: number | null
}

function insertStep(tx: Tx, actor: Actor, campaignId: number, subject: Subject, step: NewStep) {
  tx.insert(reviewStep)
    .values({ ...step, takenAt: campaignNow(), takenOn: campaignToday(), takenBy: accountOf(actor) })
    .run()
  if ('officialId' in subject) markStanding(tx, campaignId, subject.officialId)
  logEvent(tx, actor, {
    verb: VERBS[step.kind],
    subject: 'review_case',
    subjectId: step.caseId,
    campaignId,
    data: { ...subject, step: step.kind, decision: step.decision },
  })
}

/**
 * Opens due process on an official or a collective with the notice: its document, and the tasks that it calls
 * incomplete. Allowed only after the campaign's last day, if today's facts show something missing and no case is open.
 * Plan V.4.
 */
export function giveNotice(
  actor: Actor,
  campaignId: number,
  { subject, body, documentNumber }: { subject: Subject; body: string; documentNumber: string },
): Result<{ caseId: number }, InputProblem> {
  if (!isInSight(actor, campaignId, subject)) throw notFound()
  if (!takersOf(actor, campaignId, { subject, steps: [] }).notifier) throw forbidden()
  const today = campaignToday()
  return transact(tx => {
    const { id: regulationId, regulation } = rulesOf(campaignId)
    const early = checkNotice(today, regulation)
    if (early) return { ok: false, problem: early }
    if (standingCase(campaignId, subject, today)) return { ok: false, problem: 'review_open' }
    if (!isMissing(campaignId, subject)) return { ok: false, problem: 'nothing_missing' }
    const { id } = tx
      .insert(reviewCase)
      .values({ campaignId, ...placeOf(campaignId, subject), regulationId, openedAt: campaignNow() })
      .returning({ id: reviewCase.id })
      .get()
    insertStep(tx, actor, campaignId, subject, {
      caseId: id,
      kind: 'notice',
      decision: null,
      body,
      documentNumber,
      fileId: null,
    })
    return { ok: true, caseId: id }
  })
}

/** Gives the same notice to several subjects, all or none. */
export function giveNotices(
  actor: Actor,
  campaignId: number,
  { subjects, ...notice }: { subjects: readonly Subject[]; body: string; documentNumber: string },
): Result<object, InputProblem> {
  const refused = firstRefused(
    () => subjects,
    subject => giveNotice(actor, campaignId, { subject, ...notice }),
  )
  return refused?.refusal ?? { ok: true }
}

function isInSight(actor: Actor, campaignId: number, subject: Subject): boolean {
  const target = reviewTarget(campaignId, subject)
  return 'officialId' in subject
    ? can(actor, 'assessment.view', target) || can(actor, 'review.view', target)
    : can(actor, 'assessment.view_units', target)
}

function placeOf(campaignId: number, subject: Subject) {
  if ('unitId' in subject) return { officialId: null, unitId: subject.unitId }
  const place = found(assessedPosting(campaignId, subject.officialId))
  return { officialId: subject.officialId, unitId: place.unitId }
}

const MISSING = ['not_completed_open', 'not_completed', 'emulation_criterion']

function isMissing(campaignId: number, subject: Subject): boolean {
  const result = liveResult(campaignId, subject)
  return result !== undefined && MISSING.includes(result)
}

/**
 * Takes the next step of a case. The step must belong to the actor, be open on that day, and have a valid decision. A
 * decision needs reasons; an explanation or appeal may have an attachment. Throws 404 if the case is not visible, 403
 * if the step belongs to another actor. Plan V.4.
 */
export function takeStep(
  actor: Actor,
  campaignId: number,
  input: {
    caseId: number
    kind: ReviewStep
    decision: ReviewDecision | null
    body: string
    documentNumber: string
    file: StrippedContent | null
  },
): Result<object, InputProblem> {
  const { file, ...step } = input
  return transact(tx => {
    const review = found(findReview(actor, campaignId, step.caseId))
    const subject = subjectOf(review)
    const { steps } = review
    if (!takersOf(actor, campaignId, { subject, steps })[TAKER_OF[step.kind]]) throw forbidden()
    const taken = steps.map(({ kind, decision, takenOn }) => ({ kind, decision, on: takenOn }))
    const terms = termsOf(step.caseId, rulesOf(campaignId).regulation)
    const problem = checkStep(step, taken, campaignToday(), terms)
    if (problem) return { ok: false, problem }
    if (step.body.trim() === '') return { ok: false, problem: 'required' }
    const mayAttach = step.kind === 'explanation' || step.kind === 'appeal'
    const fileId = file && mayAttach ? storeExplanation(actor, campaignId, review, file) : null
    insertStep(tx, actor, campaignId, subject, { ...step, fileId })
    if (step.kind === 'withdrawal')
      tx.update(reviewCase).set({ withdrawnAt: campaignNow() }).where(eq(reviewCase.id, step.caseId)).run()
    return { ok: true }
  })
}

/**
 * People of a subtree who lack something by today's facts and have no standing case: whom a notice may go to. `awaited`:
 * how many of the `unmet` obligations wait for their unit alone.
 */
export function listUnnotified(
  actor: Actor,
  campaignId: number,
  { unitPath, after = 0, limit }: { unitPath: string; after?: number; limit: number },
) {
  const rows = db
    .select({
      officialId: standing.officialId,
      name: official.name,
      unitId: unit.id,
      counted: standing.counted,
      target: standing.target,
      unmet: standing.unmet,
      simSignature: standing.simSignature,
      phone4g: standing.phone4g,
      portalNational: standing.portalNational,
      portalProvincial: standing.portalProvincial,
    })
    .from(standing)
    .innerJoin(unit, eq(unit.id, standing.unitId))
    .innerJoin(official, eq(official.id, standing.officialId))
    .where(
      and(
        eq(standing.campaignId, campaignId),
        gt(standing.officialId, after),
        inArray(standing.result, ['not_completed_open', 'not_completed']),
        inSubtree(unit.path, unitPath),
        within(actor, 'review.notify', {
          unitPath: unit.path,
          guardPath: unit.guardPath,
          officialId: standing.officialId,
        }),
        headsProvince(actor) ? undefined : sql`not ${sql.raw(LEADS_PROVINCE('standing.official_id'))}`,
        sql`not exists (select 1 from review_case c where c.campaign_id = ${campaignId}
          and c.official_id = ${standing.officialId} and c.withdrawn_at is null)`,
      ),
    )
    .orderBy(standing.officialId)
    .limit(limit + 1)
    .all()
  const titleOf = unitTitles(rows.map(row => row.unitId))
  const page = rows.slice(0, limit).map(({ officialId, name, unitId, counted, target, unmet, ...row }) => ({
    officialId,
    name,
    unitId,
    unitName: titleOf(unitId),
    counted,
    target,
    unmet,
    awaited: awaitedObligations(recordOf(OBLIGATION_PARTS, part => row[PARTS[part].field])),
  }))
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.officialId ?? null) : null }
}

/** Collectives of a subtree that miss their target by today's facts and have no standing case. */
export function listUnnotifiedUnits(actor: Actor, campaignId: number, unitPath: string) {
  return listCollectives(actor, campaignId, { unitPath, result: 'emulation_criterion' })
    .filter(
      ({ unitId }) =>
        takersOf(actor, campaignId, { subject: { unitId }, steps: [] }).notifier &&
        !standingCase(campaignId, { unitId }, campaignToday()),
    )
    .map(({ unitId, name, people }) => ({ unitId, name, counted: people.counted, target: people.targets }))
}
