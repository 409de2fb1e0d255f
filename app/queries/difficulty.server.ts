import { and, desc, eq, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { type Action, type Actor, accountOf, can, permit } from '#app/access/policy.ts'
import { within } from '#app/access/scope.server.ts'
import type { DifficultyInput } from '#app/domain/difficulty-input.ts'
import { foldName } from '#app/domain/name.ts'
import { forbidden, found, notFound } from '#app/domain/refusal.ts'
import type { DifficultyRoute } from '#app/domain/vocabulary.ts'
import { db, type Tx, transact } from '#db/client.server.ts'
import { difficulty, difficultyText, unit } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { rootUnit } from './unit.server.ts'
import { titled, titleOfUnit } from './unit-title.server.ts'

const PAGE = 30
const ANSWERING: Record<DifficultyRoute, Action> = {
  campaign_office: 'difficulty.answer_campaign',
  telecom_office: 'difficulty.answer_telecom',
}

/** Returns true if the actor belongs to the office that answers a difficulty: offices answer for the whole tree. */
function answers(actor: Actor, route: DifficultyRoute): boolean {
  return can(actor, ANSWERING[route], { unitPath: rootUnit().path })
}

/**
 * Answered ones are for everyone signed in; open ones for their unit, those above it and the offices. A withdrawn one is
 * for nobody.
 */
const seen = (actor: Actor): SQL | undefined =>
  and(
    isNull(difficulty.withdrawnAt),
    or(isNotNull(difficulty.answeredAt), within(actor, 'difficulty.view', { unitPath: unit.path })),
  )

type DifficultyFilter = {
  search?: string
  state?: 'open' | 'answered'
  route?: DifficultyRoute
  before?: number
}

/**
 * Difficulties that the actor sees, the latest first, one page; every word of `search` is found anywhere in title, body
 * or answer, with marks or without.
 */
export function listDifficulties(actor: Actor, campaignId: number, filter: DifficultyFilter) {
  const words = foldName(filter.search ?? '')
    .split(/\s+/)
    .filter(Boolean)
  const rows = db
    .select({
      id: difficulty.id,
      title: difficulty.title,
      route: difficulty.route,
      unitId: unit.id,
      raisedAt: difficulty.raisedAt,
      answeredAt: difficulty.answeredAt,
    })
    .from(difficulty)
    .innerJoin(unit, eq(unit.id, difficulty.unitId))
    .where(
      and(
        eq(difficulty.campaignId, campaignId),
        seen(actor),
        filter.state === 'open' ? isNull(difficulty.answeredAt) : undefined,
        filter.state === 'answered' ? isNotNull(difficulty.answeredAt) : undefined,
        filter.route ? eq(difficulty.route, filter.route) : undefined,
        filter.before === undefined ? undefined : lt(difficulty.id, filter.before),
        ...words.map(word => sql`instr(${difficulty.folded}, ${word}) > 0`),
      ),
    )
    .orderBy(desc(difficulty.id))
    .limit(PAGE + 1)
    .all()
  const page = rows.slice(0, PAGE)
  return { rows: titled(page), next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null }
}

/**
 * Returns one difficulty with its answer, whether the actor's office must answer it, and whether the actor may correct or
 * withdraw it; undefined if not visible. `former`: what it and its answer said before they were corrected, newest
 * first, for its unit, those above it and the offices; others see when alone. Contains no person's name.
 */
export function findDifficulty(actor: Actor, campaignId: number, difficultyId: number) {
  const row = db
    .select({
      id: difficulty.id,
      title: difficulty.title,
      body: difficulty.body,
      route: difficulty.route,
      unitId: unit.id,
      raisedAt: difficulty.raisedAt,
      answer: difficulty.answer,
      answeredAt: difficulty.answeredAt,
      editedAt: difficulty.editedAt,
      answerEditedAt: difficulty.answerEditedAt,
      unitPath: unit.path,
    })
    .from(difficulty)
    .innerJoin(unit, eq(unit.id, difficulty.unitId))
    .where(and(eq(difficulty.id, difficultyId), eq(difficulty.campaignId, campaignId), seen(actor)))
    .get()
  if (!row) return undefined
  const { unitPath, ...told } = row
  return {
    ...told,
    unitName: titleOfUnit(told.unitId),
    mayAnswer: answers(actor, row.route),
    mayEdit: can(actor, 'difficulty.raise', { unitPath }),
    former: can(actor, 'difficulty.view', { unitPath }) ? formerTexts(difficultyId) : [],
  }
}

function formerTexts(difficultyId: number) {
  return db
    .select({
      id: difficultyText.id,
      part: difficultyText.part,
      title: difficultyText.title,
      body: difficultyText.body,
      replacedAt: difficultyText.replacedAt,
    })
    .from(difficultyText)
    .where(eq(difficultyText.difficultyId, difficultyId))
    .orderBy(desc(difficultyText.id))
    .all()
}

/** Keeps what is about to be replaced, so that nothing that was read disappears. */
function keepFormer(
  tx: Tx,
  actor: Actor,
  former: Pick<typeof difficultyText.$inferInsert, 'difficultyId' | 'part' | 'title' | 'body'>,
) {
  tx.insert(difficultyText)
    .values({ ...former, replacedAt: campaignNow(), replacedBy: accountOf(actor) })
    .run()
}

/** Returns how many difficulties wait for the actor's office; 0 for all other actors. */
export function countToAnswer(actor: Actor, campaignId: number): number {
  const routes = (Object.keys(ANSWERING) as DifficultyRoute[]).filter(route => answers(actor, route))
  return routes.reduce((sum, route) => {
    const [row] = db
      .select({ count: sql<number>`count(*)` })
      .from(difficulty)
      .where(
        and(
          eq(difficulty.campaignId, campaignId),
          eq(difficulty.route, route),
          isNull(difficulty.answeredAt),
          isNull(difficulty.withdrawnAt),
        ),
      )
      .all()
    return sum + (row?.count ?? 0)
  }, 0)
}

const folded = (...texts: string[]) => foldName(texts.join(' '))

/** A unit raises a difficulty, at any time (plan V, last paragraph). */
export function raiseDifficulty(
  actor: Actor,
  campaignId: number,
  { unitId, route, title, body }: DifficultyInput,
): number {
  const input = { route, title, body }
  return transact(tx => {
    const row = tx.select({ path: unit.path }).from(unit).where(eq(unit.id, unitId)).get()
    if (!row || !can(actor, 'unit.view', { unitPath: row.path })) throw notFound()
    permit(actor, 'difficulty.raise', { unitPath: row.path })
    const { id } = tx
      .insert(difficulty)
      .values({
        campaignId,
        unitId,
        ...input,
        folded: folded(input.title, input.body),
        raisedAt: campaignNow(),
        raisedBy: accountOf(actor),
      })
      .returning({ id: difficulty.id })
      .get()
    logEvent(tx, actor, {
      verb: 'add',
      subject: 'difficulty',
      subjectId: id,
      campaignId,
      data: { unitId, route: input.route },
    })
    return id
  })
}

/** Stores or rewords the answer of the office to which the difficulty was sent; the former words stay on record. */
export function answerDifficulty(
  actor: Actor,
  campaignId: number,
  { difficultyId, answer }: { difficultyId: number; answer: string },
) {
  transact(tx => {
    const row = found(findDifficulty(actor, campaignId, difficultyId))
    if (!row.mayAnswer) throw forbidden()
    if (row.answer === answer) return
    if (row.answer !== null) keepFormer(tx, actor, { difficultyId, part: 'answer', title: '', body: row.answer })
    const at = campaignNow()
    tx.update(difficulty)
      .set({
        answer,
        folded: folded(row.title, row.body, answer),
        answeredAt: row.answeredAt ?? at,
        answeredBy: accountOf(actor),
        answerEditedAt: row.answer === null ? null : at,
      })
      .where(eq(difficulty.id, difficultyId))
      .run()
    logEvent(tx, actor, {
      verb: row.answer === null ? 'answer' : 'edit',
      subject: 'difficulty',
      subjectId: difficultyId,
      campaignId,
    })
  })
}

/** Returns a difficulty that its raiser may correct or withdraw; throws 404 if not visible, 403 for others. */
function raised(actor: Actor, campaignId: number, difficultyId: number) {
  const row = found(findDifficulty(actor, campaignId, difficultyId))
  if (!row.mayEdit) throw forbidden()
  return row
}

/** Corrects a difficulty; its readers see when, and the former words stay on record. The answer stays. */
export function editDifficulty(
  actor: Actor,
  campaignId: number,
  { difficultyId, title, body }: { difficultyId: number; title: string; body: string },
) {
  transact(tx => {
    const row = raised(actor, campaignId, difficultyId)
    if (row.title === title && row.body === body) return
    keepFormer(tx, actor, { difficultyId, part: 'question', title: row.title, body: row.body })
    tx.update(difficulty)
      .set({ title, body, folded: folded(title, body, row.answer ?? ''), editedAt: campaignNow() })
      .where(eq(difficulty.id, difficultyId))
      .run()
    logEvent(tx, actor, { verb: 'correct', subject: 'difficulty', subjectId: difficultyId, campaignId })
  })
}

/** Takes a difficulty with its answer out of every list; the row stays on record. */
export function withdrawDifficulty(actor: Actor, campaignId: number, difficultyId: number) {
  transact(tx => {
    raised(actor, campaignId, difficultyId)
    tx.update(difficulty).set({ withdrawnAt: campaignNow() }).where(eq(difficulty.id, difficultyId)).run()
    logEvent(tx, actor, { verb: 'withdraw', subject: 'difficulty', subjectId: difficultyId, campaignId })
  })
}
