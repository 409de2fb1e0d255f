import { and, desc, eq, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { type Actor, accountOf, can, type Person, permit, type Target } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import { checkExemption, type ExemptionDecision, type ExemptionInput } from '#app/domain/exemption.ts'
import { forbidden, found, notFound, type Result } from '#app/domain/refusal.ts'
import type { ExemptionState } from '#app/domain/vocabulary.ts'
import { db } from '#db/client.server.ts'
import { account, exemption, official, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { type Decidable, type Deciders, decidables, ExemptionDeciders } from './exemption-decider.server.ts'
import type { secondsOf } from './independence.server.ts'
import { change, rulesOf, writeUnjudged } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'
import { unitIdOn } from './official-posting.server.ts'
import { type StrippedContent, storeExemptionScan } from './stored-file.server.ts'
import { unitTitles } from './unit-title.server.ts'
import { readTerms } from './waiting-term.server.ts'

/**
 * Asks for an official to be exempted from obligation parts or the quota, by a numbered document and for a span of days
 * (domain 3): one request a part, each decided by somebody else. Without a scan of the document a reminder asks for it.
 */
export function askExemption(
  actor: Actor,
  campaignId: number,
  { officialId, input, scan = null }: { officialId: number; input: ExemptionInput; scan?: StrippedContent | null },
): Result {
  const target = targetOf(officialId, campaignToday())
  if (!can(actor, 'official.view', target)) throw notFound()
  permit(actor, 'exemption.ask', target)
  const asked = db
    .select({ part: exemption.part })
    .from(exemption)
    .where(
      and(eq(exemption.campaignId, campaignId), eq(exemption.officialId, officialId), eq(exemption.state, 'asked')),
    )
    .all()
    .map(row => row.part)
  const problems = checkExemption(input, asked)
  if (problems.length > 0) return { ok: false, problems }
  change(campaignId, { standings: [officialId] }, tx => {
    const scanFileId = scan && storeExemptionScan(actor, campaignId, officialId, scan)
    for (const part of input.parts) {
      const row = tx
        .insert(exemption)
        .values({
          campaignId,
          officialId,
          part,
          reason: input.reason,
          reasonText: input.reasonText ?? '',
          documentNumber: input.documentNumber,
          fromOn: input.fromOn,
          toOn: input.toOn,
          state: 'asked',
          askedAt: campaignNow(),
          askedBy: actor.kind === 'person' ? actor.accountId : null,
          scanFileId,
        })
        .returning({ id: exemption.id })
        .get()
      logEvent(tx, actor, {
        verb: 'ask',
        subject: 'exemption',
        subjectId: row.id,
        campaignId,
        data: { officialId, part, reason: input.reason },
      })
    }
  })
  return { ok: true }
}

/** The stored row with its official's target; 404 where it is out of the actor's sight. */
function visible(actor: Actor, campaignId: number, exemptionId: number) {
  const row = db
    .select()
    .from(exemption)
    .where(and(eq(exemption.id, exemptionId), eq(exemption.campaignId, campaignId)))
    .get()
  const target = row && targetOf(row.officialId, campaignToday())
  if (!target || !can(actor, 'official.view', target)) throw notFound()
  return { row, target }
}

/**
 * The unit by whose charge an actor decides on an exemption (`ExemptionDeciders`); undefined where it is not theirs to
 * decide, or only to reject. `campaign_office` decides for the root.
 */
function chargeOf(actor: Actor, deciders: Deciders, target: Target, decision: ExemptionDecision['decision']) {
  if (actor.kind !== 'person') return undefined
  const allowed = decision === 'approved' ? deciders.approving : deciders.deciding
  const own = allowed.find(({ accountId }) => accountId === actor.accountId)
  if (own) return own.unitId
  return deciders.isOffice && deciders.isSecond(actor.accountId) && can(actor, 'exemption.decide_last', target)
    ? actor.grants.find(({ role }) => role === 'campaign_office')?.unitId
    : undefined
}

function decidersOf(campaignId: number, exemptionId: number): Deciders {
  const rows = decidables(campaignId, { ids: [exemptionId] })
  return new ExemptionDeciders(campaignId, rows).of(found(rows[0]))
}

/**
 * Whether an actor is asked to decide on an exemption: the nearest who may approve, or the campaign office where there is
 * none; after the last day everybody who may.
 */
function turnOf(
  actor: Actor,
  row: Pick<Decidable, 'officialId' | 'unitPath' | 'guardPath'>,
  { deciders, term }: { deciders: Deciders; term: { isOverdue: boolean } },
) {
  const { unitPath, guardPath, officialId } = row
  const mayApprove = chargeOf(actor, deciders, { unitPath, guardPath, officialId }, 'approved') !== undefined
  return { mayApprove, isTurn: mayApprove && (deciders.isOffice || term.isOverdue || isNearest(actor, deciders)) }
}

/** The last days of those exemptions (`rows`, which wait) that a person is asked to decide on. */
export function exemptionsDue(
  actor: Person,
  campaignId: number,
  { seconds, rows }: { seconds: ReturnType<typeof secondsOf>; rows: readonly Decidable[] },
): Day[] {
  const seen = rows.filter(row =>
    can(actor, 'official.view', { unitPath: row.unitPath, guardPath: row.guardPath, officialId: row.officialId }),
  )
  const all = new ExemptionDeciders(campaignId, seen, seconds)
  const termOf = readTerms()
  return seen.flatMap(row => {
    const term = termOf(row.askedAt)
    return turnOf(actor, row, { deciders: all.of(row), term }).isTurn ? [term.dueOn] : []
  })
}

/**
 * Approves or rejects a request, or revokes an approval; a later decision replaces an earlier one, and the event log
 * keeps both. A level above is not overruled from below. An approved exemption that covers the cut-off removes the part
 * from the official's denominator; nothing is pro-rated (domain 3).
 */
export function decideExemption(
  actor: Actor,
  campaignId: number,
  { exemptionId, decision, decisionReason }: ExemptionDecision & { exemptionId: number },
) {
  const { row, target } = visible(actor, campaignId, exemptionId)
  const decidedUnitId = chargeOf(actor, decidersOf(campaignId, row.id), target, decision)
  if (decidedUnitId === undefined) throw forbidden('exemption.decide')
  if (row.state === decision) return
  change(campaignId, { standings: [row.officialId] }, tx => {
    tx.update(exemption)
      .set({
        state: decision,
        decisionReason,
        decidedAt: campaignNow(),
        decidedBy: accountOf(actor),
        decidedUnitId,
      })
      .where(eq(exemption.id, exemptionId))
      .run()
    logEvent(tx, actor, {
      verb: decision === 'approved' ? 'approve' : 'reject',
      subject: 'exemption',
      subjectId: exemptionId,
      campaignId,
      data: { officialId: row.officialId, part: row.part, from: row.state, unitId: decidedUnitId },
    })
  })
}

/** Adds the scan of the document to a request that has none yet; 404 where it has one. */
export function addExemptionScan(actor: Actor, campaignId: number, exemptionId: number, scan: StrippedContent) {
  const { row, target } = visible(actor, campaignId, exemptionId)
  permit(actor, 'exemption.ask', target)
  if (row.scanFileId !== null) throw notFound()
  writeUnjudged(tx => {
    const scanFileId = storeExemptionScan(actor, campaignId, row.officialId, scan)
    tx.update(exemption)
      .set({ scanFileId })
      .where(
        and(
          eq(exemption.campaignId, campaignId),
          eq(exemption.officialId, row.officialId),
          eq(exemption.documentNumber, row.documentNumber),
          isNull(exemption.scanFileId),
        ),
      )
      .run()
    logEvent(tx, actor, {
      verb: 'store',
      subject: 'exemption',
      subjectId: exemptionId,
      campaignId,
      data: { officialId: row.officialId, scanFileId },
    })
  })
}

/**
 * SQL: the document's scan of the exemption `e` is still owed: asked for, or approved since scans are asked for.
 */
export const OWES_SCAN = (e: string) => `(${e}.scan_file_id is null
  and (${e}.state = 'asked' or (${e}.state = 'approved' and ${e}.decided_unit_id is not null)))`

/** Which exemptions: of a subtree's people, or of one person; in one state; ids below `before` (keyset, newest first). */
type ExemptionFilter = {
  unitPath?: string
  officialId?: number
  exemptionId?: number
  state?: ExemptionState
  before?: number
  limit?: number
}

/**
 * Exemptions that the actor may see, newest first, one page. `isEffective`: approved and covering the cut-off.
 * `mayDecide`: this actor may reject or revoke it; `mayApprove`: and approve it; `isTurn`: they are asked to.
 */
export function listExemptions(actor: Actor, campaignId: number, filter: ExemptionFilter) {
  const limit = filter.limit ?? 50
  const { endsOn } = rulesOf(campaignId).regulation
  const columns = { unitPath: unit.path, guardPath: unit.guardPath, officialId: exemption.officialId }
  const termOf = readTerms()
  const rows = db
    .select({
      id: exemption.id,
      officialId: exemption.officialId,
      officialName: official.name,
      unitId: unit.id,
      part: exemption.part,
      reason: exemption.reason,
      reasonText: exemption.reasonText,
      documentNumber: exemption.documentNumber,
      fromOn: exemption.fromOn,
      toOn: exemption.toOn,
      state: exemption.state,
      askedAt: exemption.askedAt,
      askedBy: account.displayName,
      scanFileId: exemption.scanFileId,
      owesScan: sql.raw(OWES_SCAN('exemption')) as SQL<number>,
      unitPath: unit.path,
      guardPath: unit.guardPath,
      decidedAt: exemption.decidedAt,
      decisionReason: exemption.decisionReason,
    })
    .from(exemption)
    .innerJoin(official, eq(official.id, exemption.officialId))
    .innerJoin(unit, eq(unit.id, unitIdOn(exemption.officialId, campaignToday())))
    .leftJoin(account, eq(account.id, exemption.askedBy))
    .where(
      and(
        eq(exemption.campaignId, campaignId),
        within(actor, 'official.view', columns),
        filter.unitPath ? inSubtree(unit.path, filter.unitPath) : undefined,
        filter.officialId === undefined ? undefined : eq(exemption.officialId, filter.officialId),
        filter.exemptionId === undefined ? undefined : eq(exemption.id, filter.exemptionId),
        filter.state ? eq(exemption.state, filter.state) : undefined,
        filter.before === undefined ? undefined : lt(exemption.id, filter.before),
      ),
    )
    .orderBy(desc(exemption.id))
    .limit(limit + 1)
    .all()
  const shown = rows.slice(0, limit)
  const asked = decidables(campaignId, { ids: shown.map(({ id }) => id) })
  const all = new ExemptionDeciders(campaignId, asked)
  const byId = new Map(asked.map(row => [row.id, all.of(row)]))
  const titleOf = unitTitles([
    ...shown.map(({ unitId }) => unitId),
    ...[...byId.values()].flatMap(({ approving }) => approving[0]?.unitId ?? []),
  ])
  const page = shown.flatMap(({ unitPath, guardPath, ...row }) => {
    const deciders = byId.get(row.id)
    if (!deciders) return []
    const term = termOf(row.askedAt)
    const target = { unitPath, guardPath, officialId: row.officialId }
    return {
      ...row,
      unitName: titleOf(row.unitId),
      owesScan: row.owesScan === 1,
      mayDecide: chargeOf(actor, deciders, target, 'rejected') !== undefined,
      /** the unit whose head decides, the nearest; null: the campaign office, or nobody yet */
      waitsFor: deciders.approving[0] ? titleOf(deciders.approving[0].unitId) : null,
      isOffice: deciders.isOffice,
      /** the last day on which the nearest decides alone; after it those above are reminded besides */
      ...term,
      ...turnOf(actor, target, { deciders, term }),
      isEffective: row.state === 'approved' && row.fromOn <= endsOn && endsOn <= row.toOn,
    }
  })
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

/** True where the actor is a head of the nearest unit that may approve. */
function isNearest(actor: Actor, { approving }: Deciders): boolean {
  return approving.some(({ accountId, unitId }) => accountId === accountOf(actor) && unitId === approving[0]?.unitId)
}

/** One exemption; undefined where it is out of the actor's sight. */
export function findExemption(actor: Actor, campaignId: number, exemptionId: number) {
  return listExemptions(actor, campaignId, { exemptionId, limit: 1 }).rows[0]
}
