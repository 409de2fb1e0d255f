import { and, desc, eq, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { type Actor, can, type Target } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import { type CaseState, caseState, type OpenStep, type StepTaker, TAKER_OF } from '#app/domain/due-process.ts'
import type { ReviewDecision, ReviewStep } from '#app/domain/vocabulary.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { account, official, reviewCase, reviewStep, unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { subjectTarget } from './gate.server.ts'
import { rulesOf, type Subject, termsOf } from './judging/index.server.ts'
import { assessedTarget } from './official.server.ts'
import { rootUnit } from './unit.server.ts'
import { unitTitles } from './unit-title.server.ts'

type CaseRow = typeof reviewCase.$inferSelect

/** A step on record, with who took it. */
type StepRow = typeof reviewStep.$inferSelect & { takenByName: string }

export const subjectOf = ({ officialId, unitId }: Pick<CaseRow, 'officialId' | 'unitId'>): Subject =>
  officialId === null ? { unitId } : { officialId }

function stepsOf(caseId: number): StepRow[] {
  return db
    .select({ step: reviewStep, takenByName: account.displayName })
    .from(reviewStep)
    .innerJoin(account, eq(account.id, reviewStep.takenBy))
    .where(eq(reviewStep.caseId, caseId))
    .orderBy(reviewStep.id)
    .all()
    .map(row => ({ ...row.step, takenByName: row.takenByName }))
}

/** Computes the present state of a case from its steps. */
function stateOf(campaignId: number, { id, steps }: { id: number; steps: readonly StepRow[] }): CaseState {
  const taken = steps.map(({ kind, decision, takenOn }) => ({ kind, decision, on: takenOn }))
  return caseState(taken, campaignToday(), termsOf(id, rulesOf(campaignId).regulation))
}

/** True while due process about one of these officials runs, in any campaign. */
export function isUnderReview(officialIds: readonly number[]): boolean {
  return db
    .select()
    .from(reviewCase)
    .where(and(inArray(reviewCase.officialId, [...officialIds]), isNull(reviewCase.withdrawnAt)))
    .all()
    .some(({ id, campaignId }) => !stateOf(campaignId, { id, steps: stepsOf(id) }).isClosed)
}

const parentPath = (path: string) => {
  const ids = path.split('/').filter(id => id !== '')
  return `/${(ids.length > 1 ? ids.slice(0, -1) : ids).join('/')}/`
}

/** True for a head of the province itself. */
export const headsProvince = (actor: Actor): boolean => headsUnit(actor, rootUnit().id)

const headsUnit = (actor: Actor, unitId: number) =>
  actor.kind === 'person' && actor.grants.some(grant => grant.role === 'head' && grant.unitId === unitId)

/**
 * Returns the target of a permission check about the subject of a case: an official has the posting used for
 * assessment.
 */
export function reviewTarget(campaignId: number, subject: Subject): Target & { unitId: number } {
  return 'officialId' in subject ? assessedTarget(campaignId, subject.officialId) : subjectTarget(subject)
}

/**
 * Returns the subjects whose case steps the actor may take (plan V.4, domain 10). An official answers for themself, a
 * collective by the head of that very unit. An official's head decides about the official; a head above decides about
 * a head or a collective.
 * An appeal goes above the head who made the finding, at the root to another head of the province. No actor decides
 * about themself. An official transferred since the cut-off is heard in the former unit.
 */
export function takersOf(
  actor: Actor,
  campaignId: number,
  { subject, steps }: { subject: Subject; steps: readonly Pick<StepRow, 'kind' | 'takenBy' | 'takenOn'>[] },
): Record<StepTaker, boolean> {
  const own = reviewTarget(campaignId, subject)
  const isOwnHead = 'unitId' in subject && headsUnit(actor, subject.unitId)
  // decisions about a collective are made above it
  const target: Target = 'unitId' in subject ? { unitPath: parentPath(own.unitPath) } : own
  const finding = steps.findLast(({ kind }) => kind === 'finding_decision')
  return {
    notifier: !isOwnHead && can(actor, 'review.notify', target) && (headsProvince(actor) || !leadsProvince(subject)),
    concerned: 'unitId' in subject ? isOwnHead : can(actor, 'review.answer', own),
    head: !isOwnHead && can(actor, 'review.decide', target),
    above:
      !isOwnHead &&
      finding !== undefined &&
      !(actor.kind === 'person' && steps.some(step => step.takenBy === actor.accountId)) &&
      can(actor, 'review.decide_appeal', { ...target, unitPath: aboveFinder(target.unitPath, finding) }),
  }
}

/**
 * True for who leads the province: its leaders at the root, and holders of a head's role there. Nobody below is their
 * superior, so only another head of the province gives them notice (domain 9).
 */
function leadsProvince(subject: Subject): boolean {
  if (!('officialId' in subject)) return false
  return (
    prepared(`select 1 from official o where o.id = ? and ${LEADS_PROVINCE('o.id')}`).get(subject.officialId) !==
    undefined
  )
}

/** SQL: an official, by the column of their id, leads the province. */
export const LEADS_PROVINCE = (officialId: string) => `(exists (
    select 1 from posting p join unit r on r.id = p.unit_id
     where p.official_id = ${officialId} and r.parent_id is null and p.is_leader and p.to_on is null)
  or exists (
    select 1 from role_grant g join account a on a.id = g.account_id join unit r on r.id = g.unit_id
     where a.official_id = ${officialId} and g.role = 'head' and r.parent_id is null
       and (g.to_on is null or g.to_on >= g.from_on)))`

/**
 * Returns the path one level above the head who made the finding: of their head grants over the subject, the highest
 * counts.
 */
function aboveFinder(subjectPath: string, { takenBy, takenOn }: Pick<StepRow, 'takenBy' | 'takenOn'>): string {
  const row = prepared<{ path: string }>(
    `select u.path from role_grant g join unit u on u.id = g.unit_id
      where g.account_id = ? and g.role = 'head' and g.from_on <= ? and (g.to_on is null or g.to_on >= ?)
        and substr(?, 1, length(u.path)) = u.path
      order by length(u.path) limit 1`,
  ).get(takenBy, takenOn, takenOn, subjectPath)
  return parentPath(row?.path ?? subjectPath)
}

/** The unit responsible for a case: an official's at the cut-off, as stored in the standing; a collective itself. */
const CASE_UNIT = sql`coalesce(
  (select s.unit_id from standing s where s.campaign_id = ${reviewCase.campaignId} and s.official_id = ${reviewCase.officialId}),
  ${reviewCase.unitId})`

const COLUMNS = {
  id: reviewCase.id,
  officialId: reviewCase.officialId,
  unitId: unit.id,
  openedAt: reviewCase.openedAt,
  withdrawnAt: reviewCase.withdrawnAt,
  name: official.name,
}

/** Cases that the actor may see: people's by their unit, collectives' by the unit itself. */
function visible(actor: Actor, campaignId: number): SQL | undefined {
  return and(
    eq(reviewCase.campaignId, campaignId),
    within(actor, 'review.view', { unitPath: unit.path, guardPath: unit.guardPath, officialId: reviewCase.officialId }),
  )
}

/** Filter of the overview: a subtree, and the last step; `before` is the last case of the page before. */
type ReviewFilter = {
  unitPath?: string
  last?: ReviewStep
  decision?: ReviewDecision
  isCollective?: boolean
  before?: number
  limit?: number
}

const LAST_STEP = sql`(select max(s.id) from review_step s where s.case_id = ${reviewCase.id})`

/**
 * Lists cases of due process that the actor may see, newest first, one page, each with its state and the next actor.
 */
export function listReviews(actor: Actor, campaignId: number, filter: ReviewFilter) {
  const limit = filter.limit ?? 50
  const rows = db
    .select(COLUMNS)
    .from(reviewCase)
    .innerJoin(unit, eq(unit.id, CASE_UNIT))
    .innerJoin(reviewStep, eq(reviewStep.id, LAST_STEP))
    .leftJoin(official, eq(official.id, reviewCase.officialId))
    .where(
      and(
        visible(actor, campaignId),
        filter.unitPath ? inSubtree(unit.path, filter.unitPath) : undefined,
        filter.last ? eq(reviewStep.kind, filter.last) : undefined,
        filter.decision ? eq(reviewStep.decision, filter.decision) : undefined,
        filter.isCollective === undefined
          ? undefined
          : filter.isCollective
            ? isNull(reviewCase.officialId)
            : sql`${reviewCase.officialId} is not null`,
        filter.before === undefined ? undefined : lt(reviewCase.id, filter.before),
      ),
    )
    .orderBy(desc(reviewCase.id))
    .limit(limit + 1)
    .all()
  const titleOf = unitTitles(rows.map(row => row.unitId))
  const page = rows.slice(0, limit).map(row => {
    const steps = stepsOf(row.id)
    const state = stateOf(campaignId, { id: row.id, steps })
    return {
      ...row,
      unitName: titleOf(row.unitId),
      last: steps.at(-1) ?? null,
      state,
      mine: mineOf(actor, campaignId, { ...row, steps, state }),
    }
  })
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

/** The open steps of a case that are the actor's to take. */
function mineOf(
  actor: Actor,
  campaignId: number,
  {
    steps,
    state: { open },
    ...row
  }: Pick<CaseRow, 'officialId' | 'unitId'> & { steps: readonly StepRow[]; state: CaseState },
): OpenStep[] {
  if (open.length === 0) return []
  const takers = takersOf(actor, campaignId, { subject: subjectOf(row), steps })
  return open.filter(step => takers[TAKER_OF[step.kind]])
}

/** Counts the visible cases by their last step. */
export function countReviews(actor: Actor, campaignId: number, unitPath?: string) {
  return db
    .select({ last: reviewStep.kind, decision: reviewStep.decision, count: sql<number>`count(*)` })
    .from(reviewCase)
    .innerJoin(unit, eq(unit.id, CASE_UNIT))
    .innerJoin(reviewStep, eq(reviewStep.id, LAST_STEP))
    .where(and(visible(actor, campaignId), unitPath ? inSubtree(unit.path, unitPath) : undefined))
    .groupBy(reviewStep.kind, reviewStep.decision)
    .all()
}

/** Returns one case with every step and the actor's possible actions; undefined if not visible. */
export function findReview(actor: Actor, campaignId: number, caseId: number) {
  const row = db
    .select(COLUMNS)
    .from(reviewCase)
    .innerJoin(unit, eq(unit.id, CASE_UNIT))
    .leftJoin(official, eq(official.id, reviewCase.officialId))
    .where(and(visible(actor, campaignId), eq(reviewCase.id, caseId)))
    .get()
  if (!row) return undefined
  const steps = stepsOf(caseId)
  const state = stateOf(campaignId, { id: caseId, steps })
  return {
    ...row,
    unitName: unitTitles([row.unitId])(row.unitId),
    steps,
    state,
    mine: mineOf(actor, campaignId, { ...row, steps, state }),
  }
}

/** The newest standing case of a subject, as far as the actor may see it. */
export function findReviewOf(actor: Actor, campaignId: number, subject: Subject) {
  const whose =
    'officialId' in subject
      ? eq(reviewCase.officialId, subject.officialId)
      : and(isNull(reviewCase.officialId), eq(reviewCase.unitId, subject.unitId))
  const row = db
    .select({ id: reviewCase.id })
    .from(reviewCase)
    .where(and(eq(reviewCase.campaignId, campaignId), whose, isNull(reviewCase.withdrawnAt)))
    .orderBy(desc(reviewCase.id))
    .get()
  return row && findReview(actor, campaignId, row.id)
}

/** Maximum of cases that a reminder reads. */
const MOST = 300

/** Lists the actor's open steps in due process, the nearest term first: the lines of their home page. */
export function waitingReviews(actor: Actor, campaignId: number): { caseId: number; name: string; step: OpenStep }[] {
  if (actor.kind !== 'person') return []
  const isOpen = sql`(${reviewStep.kind} in ('notice', 'explanation', 'appeal')
    or (${reviewStep.kind} = 'explanation_decision' and ${reviewStep.decision} = 'rejected')
    or (${reviewStep.kind} = 'finding_decision' and ${reviewStep.decision} = 'made'))`
  const rows = db
    .select(COLUMNS)
    .from(reviewCase)
    .innerJoin(unit, eq(unit.id, CASE_UNIT))
    .innerJoin(reviewStep, eq(reviewStep.id, LAST_STEP))
    .leftJoin(official, eq(official.id, reviewCase.officialId))
    .where(and(visible(actor, campaignId), isNull(reviewCase.withdrawnAt), isOpen))
    .orderBy(reviewCase.id)
    .limit(MOST)
    .all()
  const titleOf = unitTitles(rows.map(row => row.unitId))
  return rows
    .flatMap(row => {
      const steps = stepsOf(row.id)
      const state = stateOf(campaignId, { id: row.id, steps })
      const step = mineOf(actor, campaignId, { ...row, steps, state }).find(({ kind }) => kind !== 'withdrawal')
      return step ? [{ caseId: row.id, name: row.name ?? titleOf(row.unitId), step }] : []
    })
    .sort((a, b) => (a.step.dueOn ?? '').localeCompare(b.step.dueOn ?? ''))
}

/** Notes that a paper of a case was taken out. */
export function logReviewPaper(
  actor: Actor,
  campaignId: number,
  { caseId, document }: { caseId: number; document: string },
) {
  transact(tx =>
    logEvent(tx, actor, { verb: 'export', subject: 'review_case', subjectId: caseId, campaignId, data: { document } }),
  )
}
