import { and, desc, eq, or } from 'drizzle-orm'
import { type Actor, can, isRoot, permit } from '#app/access/policy.ts'
import { subtreeEnd } from '#app/access/scope.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import {
  type Claim,
  checkDispute,
  type DisputeDecider,
  type DisputeState,
  deciderOf,
  disputeState,
  nearestCommonPath,
} from '#app/domain/dispute.ts'
import { NAME_RESTRICTED } from '#app/domain/name.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { forbidden, notFound, type Result } from '#app/domain/refusal.ts'
import type { Decision } from '#app/domain/vocabulary.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { unsealName, unsealText } from '#db/keys.server.ts'
import { creditPin, dispute, help, official, unit } from '#db/schema.ts'
import { isAwake } from './asleep.server.ts'
import { isRestricted } from './citizen-right.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent, textHash } from './event.server.ts'
import { change, claimedBefore, outcomesOf, rulesOf } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'
import { lastPostingOn } from './official-posting.server.ts'
import { idsOfPath, titleOfUnit } from './unit-title.server.ts'
import { readTerms } from './waiting-term.server.ts'

type HelpRow = typeof help.$inferSelect
type DisputeRow = typeof dispute.$inferSelect

function helpOf(campaignId: number, helpId: number): HelpRow | undefined {
  return db
    .select()
    .from(help)
    .where(and(eq(help.id, helpId), eq(help.campaignId, campaignId)))
    .get()
}

const claimOf = ({ id, officialId, revision }: HelpRow): Claim => ({ helpId: id, officialId, revision })

/** Returns the record that holds the credit instead of this duplicate; undefined if the record is not a duplicate. */
function holderOf(row: HelpRow): HelpRow | undefined {
  if (row.verdictReason !== 'duplicate_claim') return undefined
  return db
    .select()
    .from(help)
    .where(and(eq(help.campaignId, row.campaignId), eq(help.citizenHash, row.citizenHash), eq(help.holdsCredit, true)))
    .get()
}

/** Returns every dispute that involves the record on either side, newest first. */
function disputesOf(helpId: number): DisputeRow[] {
  return db
    .select()
    .from(dispute)
    .where(or(eq(dispute.helpId, helpId), eq(dispute.holderId, helpId)))
    .orderBy(desc(dispute.id))
    .all()
}

function problemOf(row: HelpRow): InputProblem | null {
  const holder = holderOf(row)
  return checkDispute(claimOf(row), holder ? claimOf(holder) : null, disputesOf(row.id))
}

/**
 * Asks the head of the nearest common unit whether a citizen counts for the actor's record rather than for the one that
 * holds the credit (domain 5). Nothing changes before it is decided.
 */
export function raiseDispute(
  actor: Actor,
  campaignId: number,
  { helpId, reason }: { helpId: number; reason: string },
): Result<{ disputeId: number }, InputProblem> {
  return transact(tx => {
    const row = helpOf(campaignId, helpId)
    const target = row && targetOf(row.officialId, row.helpedOn)
    if (!target || !can(actor, 'help.view', target) || actor.kind !== 'person') throw notFound()
    permit(actor, 'dispute.raise', target)
    const holder = holderOf(row)
    const problem = problemOf(row)
    if (problem !== null || holder === undefined) return { ok: false, problem: problem ?? 'dispute_without_holder' }
    const common = nearestCommonPath(target.unitPath, targetOf(holder.officialId, holder.helpedOn).unitPath)
    const made = tx
      .insert(dispute)
      .values({
        campaignId,
        helpId,
        holderId: holder.id,
        helpRevision: row.revision,
        holderRevision: holder.revision,
        unitId: Number(common.split('/').at(-2)),
        reason,
        raisedAt: campaignNow(),
        raisedBy: actor.accountId,
      })
      .returning({ id: dispute.id })
      .get()
    logEvent(tx, actor, {
      verb: 'ask',
      subject: 'dispute',
      subjectId: made.id,
      campaignId,
      data: { helpId, holderId: holder.id },
    })
    return { ok: true, disputeId: made.id }
  })
}

/**
 * Returns the dispute for a record's page: the newest that the record raised, or the newest decided against it. Never
 * names the other official. Checks no permission: call it only for records that `findHelp` has returned. `mayRaise`:
 * this actor may raise one now.
 */
export function findDisputeOf(actor: Actor, campaignId: number, helpId: number) {
  const row = helpOf(campaignId, helpId)
  if (!row) return { latest: null, mayRaise: false }
  const newest = disputesOf(helpId).find(one => one.helpId === helpId || one.decision === 'upheld')
  const mayRaise = can(actor, 'dispute.raise', targetOf(row.officialId, row.helpedOn)) && problemOf(row) === null
  if (!newest) return { latest: null, mayRaise }
  const { decision, decidedAt, decisionReason, raisedAt } = newest
  const isRaiser = newest.helpId === helpId
  return {
    latest: {
      isRaiser,
      state: disputeState(newest, { holderId: holderOf(row)?.id ?? null }),
      raisedAt,
      ...readTerms()(raisedAt),
      reason: isRaiser ? newest.reason : null,
      decision,
      decidedAt,
      decisionReason,
    },
    mayRaise,
  }
}

/** A dispute with both records, its state, and who decides. */
type Case = { row: DisputeRow; own: HelpRow; holder: HelpRow; state: DisputeState; decider: DisputeDecider }

const RIGHT_OF = { head: 'dispute.decide', campaign_office: 'dispute.decide_last' } as const

function caseOf(row: DisputeRow): Case {
  const own = helpOf(row.campaignId, row.helpId)
  const holder = helpOf(row.campaignId, row.holderId)
  if (!own || !holder) throw new Error(`dispute ${row.id} has lost a record`)
  const path = db.select({ path: unit.path }).from(unit).where(eq(unit.id, row.unitId)).get()?.path ?? ''
  return {
    row,
    own,
    holder,
    state: disputeState(row, { holderId: holderOf(own)?.id ?? null }),
    decider: deciderOf(path, headsAbove(path), [own.officialId, holder.officialId]),
  }
}

type Head = { unitPath: string; officialId: number | null }

/** SQL: the role `g` of the account `a` is a head's today. */
const IS_HEAD = `g.role = 'head' and g.from_on <= @today and (g.to_on is null or g.to_on >= @today)
  and a.disabled_at is null and ${isAwake('g')}`

/** Returns the heads of a unit and of those above it today. */
function headsAbove(path: string): Head[] {
  return prepared<Head>(
    `select u.path as unitPath, a.official_id as officialId from role_grant g
       join account a on a.id = g.account_id join unit u on u.id = g.unit_id
      where ${IS_HEAD} and substr(@path, 1, length(u.path)) = u.path`,
  ).all({ today: campaignToday(), path })
}

/** True for those of the unit and role that decide who are no party. */
const mayDecide = (actor: Actor, { own, holder, decider }: Case) =>
  mayDecideAbout(actor, [own.officialId, holder.officialId], decider)

function mayDecideAbout(actor: Actor, parties: readonly number[], { unitPath, by }: DisputeDecider): boolean {
  if (actor.kind !== 'person') return false
  return (
    actor.grants.some(grant => grant.role === by && grant.unitPath === unitPath) &&
    parties.every(officialId => can(actor, RIGHT_OF[by], { unitPath, officialId }))
  )
}

/** True for those who decide, and for heads above them. */
const maySee = (actor: Actor, { decider: { unitPath, by } }: Case) => can(actor, RIGHT_OF[by], { unitPath })

/** True for who decides disputes of a unit; those that no head is left for come to the root alone. */
export const decidesDisputes = (actor: Actor, unitPath: string) =>
  can(actor, 'dispute.decide', { unitPath }) || (isRoot(unitPath) && can(actor, 'dispute.decide_last', { unitPath }))

const DECIDED_SHOWN = 50

/** The disputes below a unit that are decided there: the undecided, and as many of the newest decided ones. */
function casesOf(campaignId: number, unitPath: string): Case[] {
  const ids = prepared<{ id: number }>(
    `select d.id from dispute d join unit u on u.id = d.unit_id
      where d.campaign_id = ? and u.path >= ? and u.path < ? and (d.decided_at is null or d.id in (
        select id from dispute where campaign_id = d.campaign_id and decided_at is not null
         order by decided_at desc limit ?))
      order by d.id desc`,
  ).all(campaignId, unitPath, subtreeEnd(unitPath), DECIDED_SHOWN)
  return ids.flatMap(({ id }) => {
    const row = db.select().from(dispute).where(eq(dispute.id, id)).get()
    const found = row && caseOf(row)
    return found?.decider.unitPath === unitPath ? [found] : []
  })
}

/** SQL: the open disputes of a campaign, with what tells who decides them. */
const OPEN = `
  select d.raised_at as raisedAt, u.path, own.official_id as ownId, holder.official_id as holderId, (
           select json_group_array(json_object('unitPath', p.path, 'officialId', a.official_id)) from role_grant g
             join account a on a.id = g.account_id join unit p on p.id = g.unit_id
            where g.unit_id in (${idsOfPath('u.path')}) and ${IS_HEAD}) as heads
    from dispute d join unit u on u.id = d.unit_id
    join help own on own.id = d.help_id join help holder on holder.id = d.holder_id
   where d.campaign_id = @campaignId and d.decided_at is null and own.verdict_reason = 'duplicate_claim'
     and holder.holds_credit = 1 and holder.citizen_hash = own.citizen_hash
   order by d.id desc`

type OpenDisputes = { unitId: number; unitPath: string; due: Day[] }

/**
 * Disputes that wait for this actor's decision, for each unit where they decide: their last days. Units without
 * disputes are left out.
 */
export function openDisputes(actor: Actor, campaignId: number): OpenDisputes[] {
  if (actor.kind !== 'person') return []
  const places = actor.grants.filter(({ role }) => role in RIGHT_OF)
  if (places.length === 0) return []
  const rows = prepared<{ raisedAt: number; path: string; ownId: number; holderId: number; heads: string }>(OPEN)
    .all({ campaignId, today: campaignToday() })
    .filter(({ path }) => places.some(({ unitPath }) => path.startsWith(unitPath)))
  const termOf = readTerms()
  const cases = rows
    .map(({ raisedAt, path, ownId, holderId, heads }) => {
      const parties = [ownId, holderId]
      return { raisedAt, parties, decider: deciderOf(path, JSON.parse(heads) as Head[], parties) }
    })
    .filter(({ parties, decider }) => mayDecideAbout(actor, parties, decider))
  return places.flatMap(({ unitId, unitPath }) => {
    const due = cases
      .filter(({ decider }) => decider.unitPath === unitPath)
      .map(({ raisedAt }) => termOf(raisedAt).dueOn)
    return due.length === 0 ? [] : [{ unitId, unitPath, due }]
  })
}

/** True where any dispute of the campaign was ever raised below a unit. */
export function hasDisputes(campaignId: number, unitPath: string): boolean {
  return (
    prepared(
      'select 1 from dispute d join unit u on u.id = d.unit_id where d.campaign_id = ? and u.path >= ? and u.path < ?',
    ).get(campaignId, unitPath, subtreeEnd(unitPath)) !== undefined
  )
}

const sideOf = (row: HelpRow) => {
  const { id, officialId, helpedOn } = row
  const place = lastPostingOn(officialId, helpedOn)
  return {
    id,
    officialId,
    helpedOn,
    officialName:
      db.select({ name: official.name }).from(official).where(eq(official.id, officialId)).get()?.name ?? '',
    unitName: place ? titleOfUnit(place.unitId) : '',
  }
}

/** The citizen's name; of one whose data is restricted it is not shown (domain 11). */
const citizenOf = (row: HelpRow) =>
  isRestricted(row)
    ? NAME_RESTRICTED
    : unsealName({ table: 'help', column: 'citizenName', rowId: row.id }, row.citizenNameCipher)

/**
 * Lists the disputes that are decided at a unit and that this actor may see, newest first, with both officials.
 * Undefined for actors who decide none there.
 */
export function listDisputes(actor: Actor, campaignId: number, unitPath: string) {
  if (!decidesDisputes(actor, unitPath)) return undefined
  return casesOf(campaignId, unitPath)
    .filter(found => found.state !== 'lapsed' && maySee(actor, found))
    .map(found => ({
      id: found.row.id,
      state: found.state,
      raisedAt: found.row.raisedAt,
      decidedAt: found.row.decidedAt,
      citizenName: citizenOf(found.own),
      own: sideOf(found.own),
      holder: sideOf(found.holder),
      mayDecide: found.state === 'open' && mayDecide(actor, found),
    }))
}

function caseAt(campaignId: number, disputeId: number) {
  const row = db
    .select()
    .from(dispute)
    .where(and(eq(dispute.id, disputeId), eq(dispute.campaignId, campaignId)))
    .get()
  return row && caseOf(row)
}

/**
 * Returns one dispute with both records side by side, for who decides it and for heads above. The decider sees
 * both records, whatever their units. Shows only the last three digits of the number. Undefined if not visible.
 */
export function findDispute(actor: Actor, campaignId: number, disputeId: number, unitPath: string) {
  const found = caseAt(campaignId, disputeId)
  if (!found || found.decider.unitPath !== unitPath || !maySee(actor, found)) return undefined
  const { reason, raisedAt, decision, decidedAt, decisionReason } = found.row
  const { regulation } = rulesOf(campaignId)
  const isHidden = isRestricted(found.own)
  const whole = (record: HelpRow) => ({
    ...sideOf(record),
    place: record.place,
    receivedAt: record.receivedAt,
    claimedAt: claimedBefore(record, regulation).claims[regulation.mustAchieve] ?? null,
    confirmedAt: record.confirmedAt,
    isEnteredByOther: record.recordedBy !== null,
    basis: record.basis,
    verdictKind: record.verdictKind,
    verdictReason: record.verdictReason,
    verdictOutcome: record.verdictOutcome,
    outcomes: outcomesOf(record.id),
    note: isHidden ? null : unsealText({ table: 'help', column: 'note', rowId: record.id }, record.noteCipher),
  })
  const { own } = found
  return {
    id: disputeId,
    state: found.state,
    reason,
    raisedAt,
    decision,
    decidedAt,
    decisionReason,
    citizenName: citizenOf(own),
    numberTail: isHidden
      ? ''
      : (unsealText({ table: 'help', column: 'citizenNumber', rowId: own.id }, own.citizenNumberCipher)?.slice(-3) ??
        ''),
    own: whole(own),
    holder: whole(found.holder),
    mayDecide: found.state === 'open' && mayDecide(actor, found),
  }
}

/**
 * Decides an open dispute (domain 5). Upheld: the credit is pinned to the disputing record as long as that is eligible.
 * Dismissed: it rests with the holder by its own right, and a pin to the disputing record from before goes. Returns
 * false where it was decided or lapsed meanwhile; nothing is changed then.
 */
export function decideDispute(
  actor: Actor,
  campaignId: number,
  { disputeId, decision, decisionReason }: { disputeId: number; decision: Decision; decisionReason: string },
): Result<object, 'dispute_closed'> {
  return transact(() => {
    const found = caseAt(campaignId, disputeId)
    if (!found || !maySee(actor, found)) throw notFound()
    if (!mayDecide(actor, found) || actor.kind !== 'person') throw forbidden()
    if (found.state !== 'open') return { ok: false, problem: 'dispute_closed' }
    const { own, holder } = found
    const pin = { helpId: own.id, reason: decisionReason, decidedAt: campaignNow(), decidedBy: actor.accountId }
    change(campaignId, { citizens: [own.citizenHash] }, tx => {
      tx.update(dispute)
        .set({ decision, decisionReason, decidedAt: pin.decidedAt, decidedBy: actor.accountId })
        .where(eq(dispute.id, disputeId))
        .run()
      if (decision === 'upheld')
        tx.insert(creditPin)
          .values({ campaignId, citizenHash: own.citizenHash, ...pin })
          .onConflictDoUpdate({ target: [creditPin.campaignId, creditPin.citizenHash], set: pin })
          .run()
      else
        tx.delete(creditPin)
          .where(and(eq(creditPin.campaignId, campaignId), eq(creditPin.helpId, own.id)))
          .run()
      logEvent(tx, actor, {
        verb: decision === 'upheld' ? 'approve' : 'reject',
        subject: 'dispute',
        subjectId: disputeId,
        campaignId,
        data: {
          helpId: own.id,
          holderId: holder.id,
          isPinned: decision === 'upheld',
          reasonHash: textHash(decisionReason),
        },
      })
    })
    return { ok: true }
  })
}
