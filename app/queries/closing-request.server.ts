import { can, type Person, permit } from '#app/access/policy.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import type { ClosingProblem } from '#app/domain/closing.ts'
import { type DestructionBar, destructionBar } from '#app/domain/closing-check.ts'
import { Refusal, type Result } from '#app/domain/refusal.ts'
import type { ClosingAct, Role } from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { closingRequest } from '#db/schema.ts'
import { personOf } from './account.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { closingProblem, listClosings, startAgreedClose } from './closing.server.ts'
import { closingLines, countOpenAppeals } from './closing-check.server.ts'
import { logEvent } from './event.server.ts'
import { isSettledIn, isTwoPeople } from './independence.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { rootUnit } from './unit.server.ts'
import { readTerms } from './waiting-term.server.ts'

/*
 * The close, and the destruction of the worklists: one person proposes, another one confirms (domain 9, 10).
 */

/** Why an act at the end of a campaign cannot be proposed or confirmed now. */
export type RequestProblem =
  | ClosingProblem
  | DestructionBar
  | 'close_items_open'
  | 'close_proposed'
  | 'close_not_proposed'
  | 'close_same_person'
  | 'close_not_second_person'

/** Roles of which a second person is, and which must have been held for three days. */
const SECONDS: readonly Role[] = ['campaign_office', 'home_affairs']

const wholeTree = () => ({ unitPath: rootUnit().path })

type Waiting = { id: number; withLate: number; proposedAt: number; proposedBy: number; proposedByName: string }

function waitingRequest(campaignId: number, act: ClosingAct): Waiting | undefined {
  return prepared<Waiting>(
    `select r.id, r.with_late as withLate, r.proposed_at as proposedAt, r.proposed_by as proposedBy,
            a.display_name as proposedByName
       from closing_request r join account a on a.id = r.proposed_by
      where r.campaign_id = ? and r.act = ? and r.confirmed_at is null and r.withdrawn_at is null`,
  ).get(campaignId, act)
}

/** The day on which the first version that decides was frozen; null: none is. */
export function closedOn(campaignId: number): Day | null {
  const first = listClosings(campaignId).findLast(row => row.version > 0 && row.frozenAt !== null && !row.isProvisional)
  return first?.frozenAt == null ? null : dayOf(first.frozenAt)
}

/** Why the worklists of a campaign cannot be destroyed today; null if they can. */
export function worklistBar(campaignId: number): DestructionBar | null {
  return destructionBar(
    campaignToday(),
    { closedOn: closedOn(campaignId), open: countOpenAppeals(campaignId) },
    rulesOf(campaignId).regulation,
  )
}

/** Why an act can be done by nobody today; null if it can. */
function barOf(campaignId: number, act: ClosingAct, withLate: boolean): RequestProblem | null {
  if (act === 'worklists') return worklistBar(campaignId)
  const problem = closingProblem(campaignId, { reason: 'close', withLate, isAgreed: true })
  if (problem !== null) return problem
  return closingLines(campaignId).some(({ state }) => state === 'open') ? 'close_items_open' : null
}

/** An act that waits for its second person: who proposed it, until when, what keeps the actor from confirming it. */
export function findRequest(actor: Person, campaignId: number, act: ClosingAct) {
  const found = waitingRequest(campaignId, act)
  if (!found) return null
  return {
    proposedAt: found.proposedAt,
    proposedByName: found.proposedByName,
    withLate: found.withLate === 1,
    ...readTerms()(found.proposedAt),
    /** null: the actor may confirm it */
    problem: can(actor, 'closing.confirm', wholeTree()) ? confirmProblem(actor, campaignId, act, found) : null,
    mayConfirm: can(actor, 'closing.confirm', wholeTree()),
    /** names of who may be the second person, three at most */
    seconds: secondsTo(found.proposedBy),
  }
}

/** The last day of acts that wait for this person as the second one. */
export function requestsDue(actor: Person, campaignId: number): Day[] {
  if (!can(actor, 'closing.confirm', wholeTree())) return []
  const termOf = readTerms()
  return (['close', 'worklists'] as const).flatMap(act => {
    const found = waitingRequest(campaignId, act)
    if (!found || found.proposedBy === actor.accountId || !isTwoPeople(actor.accountId, found.proposedBy)) return []
    return [termOf(found.proposedAt).dueOn]
  })
}

/** Proposes an act; it waits for a second person. */
export function proposeAct(
  actor: Person,
  campaignId: number,
  { act, withLate }: { act: ClosingAct; withLate: boolean },
): Result<object, RequestProblem> {
  permit(actor, 'closing.compute', wholeTree())
  return transact(tx => {
    if (waitingRequest(campaignId, act)) return { ok: false, problem: 'close_proposed' }
    if (!isSettledIn(actor, SECONDS)) return { ok: false, problem: 'role_too_new' }
    const problem = barOf(campaignId, act, withLate)
    if (problem !== null) return { ok: false, problem }
    const { id } = tx
      .insert(closingRequest)
      .values({ campaignId, act, withLate, proposedAt: campaignNow(), proposedBy: actor.accountId })
      .returning({ id: closingRequest.id })
      .get()
    logEvent(tx, actor, { verb: 'propose', subject: 'closing', subjectId: id, campaignId, data: { act } })
    return { ok: true }
  })
}

/** Withdraws an act that waits; either side may. */
export function withdrawAct(actor: Person, campaignId: number, act: ClosingAct): Result<object, RequestProblem> {
  permit(actor, 'closing.confirm', wholeTree())
  return transact(tx => {
    const found = waitingRequest(campaignId, act)
    if (!found) return { ok: false, problem: 'close_not_proposed' }
    prepared('update closing_request set withdrawn_at = ?, withdrawn_by = ? where id = ?').run(
      campaignNow(),
      actor.accountId,
      found.id,
    )
    logEvent(tx, actor, { verb: 'withdraw', subject: 'closing', subjectId: found.id, campaignId, data: { act } })
    return { ok: true }
  })
}

/**
 * Confirms an act as the second person. Everything is asked once more, because time has passed since it was proposed.
 * The close begins to be computed (`jobId`); the worklists are the caller's to destroy.
 */
export function confirmAct(
  actor: Person,
  campaignId: number,
  act: ClosingAct,
): Result<{ jobId: number | null }, RequestProblem> {
  permit(actor, 'closing.confirm', wholeTree())
  return transact(tx => {
    const found = waitingRequest(campaignId, act)
    if (!found) return { ok: false, problem: 'close_not_proposed' }
    const problem = confirmProblem(actor, campaignId, act, found)
    if (problem !== null) return { ok: false, problem }
    const { changes } = prepared(
      `update closing_request set confirmed_at = ?, confirmed_by = ?
        where id = ? and confirmed_at is null and withdrawn_at is null`,
    ).run(campaignNow(), actor.accountId, found.id)
    if (changes === 0) throw new Refusal('conflict')
    logEvent(tx, actor, { verb: 'confirm', subject: 'closing', subjectId: found.id, campaignId, data: { act } })
    if (act === 'worklists') return { ok: true, jobId: null }
    const left = closingLines(campaignId).flatMap(({ item, count, tick }) =>
      tick === null || count === 0 ? [] : [{ item, count, reason: tick.reason }],
    )
    const started = startAgreedClose(tx, actor, campaignId, { withLate: found.withLate === 1, left })
    // whatever kept the close from beginning takes the confirmation back
    if (!started.ok) throw new Refusal('conflict')
    return started
  })
}

/** What keeps the actor from confirming; null: nothing. */
function confirmProblem(
  actor: Person,
  campaignId: number,
  act: ClosingAct,
  { proposedBy, withLate }: Waiting,
): RequestProblem | null {
  if (proposedBy === actor.accountId) return 'close_same_person'
  if (!isTwoPeople(actor.accountId, proposedBy)) return 'close_not_second_person'
  if (!isSettledIn(actor, SECONDS)) return 'role_too_new'
  return barOf(campaignId, act, withLate === 1)
}

/** Names of who may be the second person to a proposal, three at most. */
function secondsTo(proposedBy: number): string[] {
  const today = campaignToday()
  return prepared<number>(
    `select distinct g.account_id from role_grant g join account a on a.id = g.account_id
      where g.role in (select value from json_each(?)) and a.disabled_at is null order by g.account_id`,
  )
    .pluck()
    .all(JSON.stringify(SECONDS))
    .flatMap(id => personOf(id, today) ?? [])
    .filter(person => can(person, 'closing.confirm', wholeTree()))
    .filter(person => person.accountId !== proposedBy && isTwoPeople(person.accountId, proposedBy))
    .slice(0, 3)
    .map(({ displayName }) => displayName)
}
