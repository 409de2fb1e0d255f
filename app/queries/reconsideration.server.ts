import { and, asc, eq, isNull } from 'drizzle-orm'
import { type Actor, accountOf, can, permit, permitSomewhere } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { checkReconsideration, offersOf } from '#app/domain/reconsideration.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import type { Decision, ReconsiderationKind } from '#app/domain/vocabulary.ts'
import { db, type FactTx, prepared, transact } from '#db/client.server.ts'
import { help, reconsideration, unit } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { checkedDaysOf, noteOutcomeChange } from './help-change.server.ts'
import { visibleHelp } from './help-view.server.ts'
import { isSecondTo } from './independence.server.ts'
import { failingInspection } from './inspection-outcome.server.ts'
import { change, clearContradictions, hasKeptContradiction, outcomesOf, rulesOf } from './judging/index.server.ts'
import { unitIdOn } from './official-posting.server.ts'
import { titleOfUnit } from './unit-title.server.ts'
import { readTerms } from './waiting-term.server.ts'

type HelpRow = typeof help.$inferSelect

/**
 * What the record's own official may ask the inspecting body now, and what was asked before, the newest first. `isOwn`:
 * the actor is that official.
 */
export function findReconsiderationsOf(actor: Actor, campaignId: number, helpId: number) {
  const seen = visibleHelp(actor, campaignId, helpId)
  if (!seen || !can(actor, 'help.edit', seen.target)) return { isOwn: false, mayAsk: [], asked: [] }
  const asked = askedOf(helpId)
  const facts = { ...factsOf(campaignId, seen.row), asked }
  const mayAsk = offersOf(facts).filter(kind => checkReconsideration(kind, facts) === null)
  const termOf = readTerms()
  return { isOwn: true, mayAsk, asked: asked.toReversed().map(row => ({ ...row, ...termOf(row.raisedAt) })) }
}

function askedOf(helpId: number) {
  return db
    .select({
      id: reconsideration.id,
      kind: reconsideration.kind,
      proposedOn: reconsideration.proposedOn,
      reason: reconsideration.reason,
      raisedAt: reconsideration.raisedAt,
      decision: reconsideration.decision,
      decisionReason: reconsideration.decisionReason,
      decidedAt: reconsideration.decidedAt,
    })
    .from(reconsideration)
    .where(eq(reconsideration.helpId, helpId))
    .orderBy(asc(reconsideration.id))
    .all()
}

/** What decides which requests a record allows (`offersOf`). */
function factsOf(campaignId: number, row: HelpRow) {
  const { mustAchieve } = rulesOf(campaignId).regulation
  const { officialId, citizenHash } = row
  const isClaimed = outcomesOf(row.id)[mustAchieve]?.value === 'achieved'
  return {
    isWithdrawn: row.withdrawnAt !== null,
    isErased: row.erasedAt !== null,
    reason: row.verdictReason,
    hasOwnAppeal: row.verdictReason === 'inspection_failed' && failingInspection(row.id) !== undefined,
    isContradictionKept: row.verdictReason === 'not_in_extract' && hasKeptContradiction(campaignId, citizenHash),
    isDayChecked: isClaimed && checkedDaysOf(campaignId, { officialId, citizenHash }).length > 0,
  }
}

/**
 * Asks the inspecting body to look again at what bars a record, or to change a day that extracts spoke about (domain 5).
 * The record's own official alone asks, with a reason.
 */
export function askReconsideration(
  actor: Actor,
  campaignId: number,
  asked: { helpId: number; kind: ReconsiderationKind; proposedOn: Day | null; reason: string },
): Result<object, InputProblem> {
  const { row, target } = found(visibleHelp(actor, campaignId, asked.helpId))
  permit(actor, 'help.edit', target)
  return transact(tx => {
    const problem = checkReconsideration(asked.kind, {
      ...factsOf(campaignId, row),
      asked: askedOf(row.id),
    })
    if (problem !== null) return { ok: false, problem }
    const proposedOn = asked.kind === 'day' ? asked.proposedOn : null
    if (asked.kind === 'day' && proposedOn === dayOfRecord(campaignId, row))
      return { ok: false, problem: 'day_unchanged' }
    const { id } = tx
      .insert(reconsideration)
      .values({
        campaignId,
        helpId: row.id,
        kind: asked.kind,
        proposedOn,
        reason: asked.reason,
        raisedAt: campaignNow(),
        raisedBy: accountOf(actor),
      })
      .returning({ id: reconsideration.id })
      .get()
    logEvent(tx, actor, {
      verb: 'ask',
      subject: 'reconsideration',
      subjectId: id,
      campaignId,
      data: { helpId: row.id, kind: asked.kind },
    })
    return { ok: true }
  })
}

/** The day that a record gives for the must-achieve outcome; null: it does not claim it. */
function dayOfRecord(campaignId: number, row: HelpRow): Day | null {
  const fact = outcomesOf(row.id)[rulesOf(campaignId).regulation.mustAchieve]
  return fact?.value === 'achieved' ? (fact.on ?? row.helpedOn) : null
}

/** Requests that wait for the inspecting body, the oldest first; none of a citizen's data. */
export function openReconsiderations(actor: Actor, campaignId: number) {
  permitSomewhere(actor, 'inspection.decide')
  const termOf = readTerms()
  return waiting(campaignId)
    .filter(row => isDecidable(actor, campaignId, row))
    .map(row => ({ ...shownOf(row), ...termOf(row.raisedAt) }))
}

/** Requests that wait, with what a decision on each reads; the oldest first. `id`: that one alone. */
function waiting(campaignId: number, id?: number) {
  return db
    .select({
      id: reconsideration.id,
      kind: reconsideration.kind,
      proposedOn: reconsideration.proposedOn,
      reason: reconsideration.reason,
      raisedAt: reconsideration.raisedAt,
      raisedBy: reconsideration.raisedBy,
      helpId: help.id,
      helpedOn: help.helpedOn,
      citizenHash: help.citizenHash,
      officialId: help.officialId,
      verdictReason: help.verdictReason,
      unitId: unit.id,
      unitPath: unit.path,
    })
    .from(reconsideration)
    .innerJoin(help, eq(help.id, reconsideration.helpId))
    .innerJoin(unit, eq(unit.id, unitIdOn(help.officialId, help.helpedOn)))
    .where(
      and(
        eq(reconsideration.campaignId, campaignId),
        isNull(reconsideration.decidedAt),
        id === undefined ? undefined : eq(reconsideration.id, id),
      ),
    )
    .orderBy(asc(reconsideration.id))
    .all()
}

type Waiting = ReturnType<typeof waiting>[number]

/**
 * Whether the actor decides on a request: one of the inspecting body who is independent of who asked (domain 10), and
 * checked none of the records.
 */
function isDecidable(actor: Actor, campaignId: number, row: Waiting): boolean {
  if (actor.kind !== 'person' || !isSecondTo(actor, row.raisedBy)) return false
  const hasChecked =
    prepared(
      `select 1 from help h join inspection_pick p on p.help_id = h.id
         join inspection_member m on m.inspection_id = p.inspection_id
        where h.campaign_id = ? and h.citizen_hash = ? and h.official_id = ? and m.account_id = ?`,
    ).get(campaignId, row.citizenHash, row.officialId, actor.accountId) !== undefined
  const target = { unitPath: row.unitPath, officialId: row.officialId }
  return !hasChecked && can(actor, 'inspection.decide', target)
}

/** What a page shows of a request: nothing that tells which citizen, or which official, it is about. */
const shownOf = ({ id, kind, proposedOn, reason, raisedAt, helpId, helpedOn, verdictReason, unitId }: Waiting) => ({
  id,
  kind,
  proposedOn,
  reason,
  raisedAt,
  helpId,
  helpedOn,
  verdictReason,
  unitName: titleOfUnit(unitId),
})

/** The request for the person who decides on it; undefined for all others. */
function decidable(actor: Actor, campaignId: number, id: number): Waiting | undefined {
  return waiting(campaignId, id).find(row => isDecidable(actor, campaignId, row))
}

/** One request that waits, for the person who decides on it; undefined for all others. */
export function findReconsideration(actor: Actor, campaignId: number, id: number) {
  const row = decidable(actor, campaignId, id)
  return row && shownOf(row)
}

/**
 * The inspecting body decides on a request, with a reason. Upheld, what bars the official's records of this citizen
 * falls: the citizen's "no" is set aside, an "untrue" overturned, kept contradictions are cleared. Or the day asked for
 * is written, and the unit confirms again. Throws 404 where it is not the actor's to decide.
 */
export function decideReconsideration(
  actor: Actor,
  campaignId: number,
  { id, decision, reason }: { id: number; decision: Decision; reason: string },
) {
  const subject = found(decidable(actor, campaignId, id))
  const decidedBy = accountOf(actor)
  change(campaignId, { citizens: [subject.citizenHash] }, tx => {
    const at = campaignNow()
    tx.update(reconsideration)
      .set({ decision, decisionReason: reason, decidedAt: at, decidedBy })
      .where(eq(reconsideration.id, id))
      .run()
    if (decision === 'upheld')
      (subject.kind === 'day' ? changeDay : liftBars)(tx, campaignId, { ...subject, at, decidedBy })
    logEvent(tx, actor, {
      verb: decision === 'upheld' ? 'approve' : 'reject',
      subject: 'reconsideration',
      subjectId: id,
      campaignId,
      data: { helpId: subject.helpId, kind: subject.kind },
    })
  })
}

type Decided = Waiting & { at: number; decidedBy: number }

function liftBars(tx: FactTx, campaignId: number, { citizenHash, officialId, at }: Decided) {
  const own = 'select id from help where campaign_id = ? and citizen_hash = ? and official_id = ?'
  tx.write(
    `update citizen_answer set set_aside_at = ? where answer = 'no' and set_aside_at is null and help_id in (${own})`,
  ).run(Date.now(), campaignId, citizenHash, officialId)
  tx.write(
    `update inspection_pick set overturned_at = ? where result = 'untrue' and overturned_at is null and help_id in (${own})
        and inspection_id in (select id from inspection where concluded_at is not null)`,
  ).run(at, campaignId, citizenHash, officialId)
  clearContradictions(tx, campaignId, [citizenHash], at)
}

/** Writes the day asked for; every record of the citizen by this official keeps to it from now on. */
function changeDay(
  tx: FactTx,
  campaignId: number,
  { helpId, citizenHash, officialId, proposedOn, at, decidedBy }: Decided,
) {
  const row = tx.select().from(help).where(eq(help.id, helpId)).get()
  if (!row) return
  const { mustAchieve } = rulesOf(campaignId).regulation
  const before = outcomesOf(helpId)
  tx.write(`update help_outcome set on_day = ? where help_id = ? and outcome = ? and value = 'achieved'`).run(
    proposedOn,
    helpId,
    mustAchieve,
  )
  noteOutcomeChange(tx, { row, before, after: outcomesOf(helpId), at, changedBy: decidedBy })
  tx.write('update help set checked_day = null where campaign_id = ? and citizen_hash = ? and official_id = ?').run(
    campaignId,
    citizenHash,
    officialId,
  )
  tx.update(help)
    .set({ confirmedAt: null, confirmedBy: null, checkedDay: proposedOn, revision: row.revision + 1 })
    .where(eq(help.id, helpId))
    .run()
}
