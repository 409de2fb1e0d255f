import { and, eq, isNull } from 'drizzle-orm'
import { type Actor, accountOf, can } from '#app/access/policy.ts'
import { revokeAllSessions } from '#app/access/session.server.ts'
import { type CorrectionChange, fillGaps, isFurther } from '#app/domain/correction.ts'
import type { MergeInput } from '#app/domain/correction-input.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { type Result, refused } from '#app/domain/refusal.ts'
import type { Association, ObligationState } from '#app/domain/vocabulary.ts'
import { type FactTx, prepared, type Tx, transact } from '#db/client.server.ts'
import { unsealText } from '#db/keys.server.ts'
import {
  account,
  activationCode,
  membership,
  official,
  officialCorrection,
  officialMatch,
  posting,
  teamMember,
} from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { changesColumns, settleCorrection } from './correction-trace.server.ts'
import { logEvent, textHash } from './event.server.ts'
import { dropRequests } from './grant-request.server.ts'
import { settleOffer } from './join-offer.server.ts'
import { campaignIds, change, changePeople } from './judging/index.server.ts'
import { settleEverywhere } from './obligation-evidence.server.ts'
import { targetOf } from './official.server.ts'
import { fillColumns } from './official-columns.server.ts'
import { isUnderReview } from './review.server.ts'
import { dropWaiting } from './transfer.server.ts'

/** The entry that goes on, the one that ends in it, and the account that goes on (null: neither has one). */
type Merge = { keptId: number; endingId: number; keptAccountId: number | null }

/** A correction of the kind `merge`, as `carryOutMerge` reads it. */
type Waiting = { id: number; officialId: number; otherId: number | null; keptAccountId: number | null }

/* ---------- asking ---------- */

/**
 * Asks that the entry of another staff code ends in this official's, because both are one person (domain 3). It waits
 * for the person or for somebody independent. The asker must have charge of both entries, and be neither.
 */
export function askMerge(
  actor: Actor,
  { officialId, input }: { officialId: number; input: MergeInput },
): Result<{ correctionId: number }> {
  return transact(tx => {
    const endingId = prepared<number>('select id from official where staff_code = ? and merged_into_id is null')
      .pluck()
      .get(input.staffCode)
    if (endingId === undefined || endingId === officialId) return refused('staffCode', 'merge_not_found')
    const today = campaignToday()
    const isReached = (id: number) => can(actor, 'official.correct', targetOf(id, today))
    if (![officialId, endingId].every(isReached)) return refused('staffCode', 'merge_over_reach')
    const keptAccountId = accountIdOf(input.account === 'this' ? officialId : endingId)
    if (keptAccountId === null) return refused('account', 'merge_account_needed')
    const merge = { keptId: officialId, endingId, keptAccountId }
    const problem = hindranceOf(merge) ?? (isWaiting(merge) ? 'correction_waits' : undefined)
    if (problem) return refused('', problem)
    const changes: CorrectionChange[] = [
      { field: 'entry', from: entryText(endingId), to: entryText(officialId) },
      { field: 'login', from: endingLogin(merge), to: loginOf(keptAccountId) },
    ]
    const { id } = tx
      .insert(officialCorrection)
      .values({
        officialId,
        kind: 'merge',
        otherId: endingId,
        keptAccountId,
        ...changesColumns(changes),
        reason: input.reason,
        state: 'asked',
        askedAt: campaignNow(),
        askedBy: accountOf(actor),
      })
      .returning({ id: officialCorrection.id })
      .get()
    logEvent(tx, actor, {
      verb: 'ask',
      subject: 'correction',
      subjectId: id,
      data: { officialId, otherId: endingId, kind: 'merge', reason: textHash(input.reason) },
    })
    return { ok: true, correctionId: id }
  })
}

const accountIdOf = (officialId: number): number | null =>
  prepared<number>('select id from account where official_id = ?').pluck().get(officialId) ?? null

const loginOf = (accountId: number): string =>
  prepared<string>('select login from account where id = ?').pluck().one(accountId)

function endingLogin({ keptId, endingId, keptAccountId }: Merge): string | null {
  const ending = [accountIdOf(endingId), accountIdOf(keptId)].find(id => id !== null && id !== keptAccountId)
  return ending === undefined || ending === null ? null : loginOf(ending)
}

function entryText(officialId: number): string {
  const row = prepared<{ name: string; code: string }>(
    'select name, staff_code as code from official where id = ?',
  ).one(officialId)
  return `${row.name}, mã ${row.code}`
}

function isWaiting({ keptId, endingId }: Merge): boolean {
  return (
    prepared(
      `select 1 from official_correction where state = 'asked' and kind = 'merge'
          and (official_id in (@keptId, @endingId) or other_id in (@keptId, @endingId))`,
    ).get({ keptId, endingId }) !== undefined
  )
}

/** What keeps two entries from being made one now; undefined: nothing. */
function hindranceOf({ keptId, endingId, keptAccountId }: Merge): InputProblem | undefined {
  const ids = [keptId, endingId]
  const any = (text: string) => prepared(text).get({ ids: JSON.stringify(ids), keptAccountId, today: campaignToday() })
  if (any(HELD_ROLE)) return 'merge_roles_held'
  if (isUnderReview(ids)) return 'merge_in_review'
  if (prepared('select 1 from closing where frozen_at is null').get()) return 'merge_while_closing'
  if (any(DRAWN) || any(APPEALED)) return 'merge_in_inspection'
  if (any(DISPUTED)) return 'merge_in_dispute'
  return any(PROPOSED) ? 'merge_in_round' : undefined
}

const OF_BOTH = '(select value from json_each(@ids))'
const HELD_ROLE = `
  select 1 from role_grant g join account a on a.id = g.account_id
   where a.official_id in ${OF_BOTH} and a.id is not @keptAccountId and (g.to_on is null or g.to_on >= @today)`
const DRAWN = `
  select 1 from help h cross join inspection_pick p on p.help_id = h.id join inspection i on i.id = p.inspection_id
   where h.official_id in ${OF_BOTH} and i.concluded_at is null`
const APPEALED = `
  select 1 from help h cross join inspection_appeal p on p.help_id = h.id
   where h.official_id in ${OF_BOTH} and p.decided_at is null`
const DISPUTED = `
  select 1 from help h cross join dispute d on d.help_id = h.id join help r on r.id = d.holder_id
   where h.official_id in ${OF_BOTH} and r.official_id in ${OF_BOTH} and d.decided_at is null`
const PROPOSED = `
  select 1 from candidate c join round r on r.id = c.round_id
   where c.official_id in ${OF_BOTH} and c.ended is null and r.decided_at is null`

/* ---------- carrying out ---------- */

/**
 * Makes two entries one: what the kept one says holds, what only the other has moves to it, the rest stays behind with
 * the ended entry. Every record's citizen is judged again, sums follow in every campaign, frozen figures stay. Returns
 * what keeps it from that now.
 */
export function carryOutMerge(actor: Actor, row: Waiting): InputProblem | undefined {
  if (row.otherId === null) return 'correction_answered'
  const merge: Merge = { keptId: row.officialId, endingId: row.otherId, keptAccountId: row.keptAccountId }
  const problem = hindranceOf(merge)
  if (problem) return problem
  const { keptId, endingId } = merge
  const both = [keptId, endingId]
  changePeople(both, tx => {
    moveRecords(tx, merge)
    movePostings(tx, merge)
    moveMemberships(tx, merge)
    moveDuties(tx, merge)
    moveDetails(tx, merge)
    moveOthers(tx, actor, merge)
    joinAccounts(tx, actor, merge)
    logEvent(tx, actor, {
      verb: 'merge',
      subject: 'official',
      subjectId: keptId,
      data: { correctionId: row.id, otherId: endingId, keptAccountId: merge.keptAccountId },
    })
  })
  // a verdict looks at the other records of the same official
  for (const campaignId of campaignIds())
    change(campaignId, { citizens: citizensOf(campaignId, keptId) }, () => undefined)
  settleEverywhere(both)
  return undefined
}

function citizensOf(campaignId: number, officialId: number): string[] {
  return prepared<string>('select distinct citizen_hash from help where campaign_id = ? and official_id = ?')
    .pluck()
    .all(campaignId, officialId)
}

/** Records and their slips move. What one of the two accounts confirmed was confirmed by the person: it waits again. */
function moveRecords(tx: FactTx, { keptId, endingId }: Merge) {
  const ids = { keptId, endingId }
  tx.write('update help set official_id = @keptId where official_id = @endingId').run(ids)
  tx.write(
    `update help set confirmed_at = null, confirmed_by = null, revision = revision + 1 where official_id = @keptId
        and confirmed_by in (select id from account where official_id in (@keptId, @endingId))`,
  ).run(ids)
  tx.write(
    `delete from help_companion where official_id in (@keptId, @endingId)
        and (help_id in (select id from help where official_id = @keptId)
             or (official_id = @endingId and help_id in (select help_id from help_companion where official_id = @keptId)))`,
  ).run(ids)
  // the official is part of the row's key: changed in place, the former row would be gone without an event
  tx.write(
    `insert into help_companion (help_id, official_id, agreed_at, declined_at)
      select help_id, @keptId, agreed_at, declined_at from help_companion where official_id = @endingId`,
  ).run(ids)
  tx.write('delete from help_companion where official_id = ?').run(endingId)
  tx.write('update citizen_code set official_id = @keptId where official_id = @endingId').run(ids)
}

function movePostings(tx: FactTx, { keptId, endingId }: Merge) {
  const of = (officialId: number) =>
    tx.select().from(posting).where(eq(posting.officialId, officialId)).orderBy(posting.fromOn).all()
  const parts = fillGaps(of(keptId), of(endingId))
  tx.delete(posting).where(eq(posting.officialId, endingId)).run()
  for (const { id: _, ...part } of parts)
    tx.insert(posting)
      .values({ ...part, officialId: keptId })
      .run()
}

type Membership = { chapterId: number; association: Association; fromOn: string; toOn: string | null }

/** Days on which the kept entry is in an association's chapter are the kept one's; the other's fill the gaps. */
function moveMemberships(tx: FactTx, { keptId, endingId }: Merge) {
  const of = (officialId: number) =>
    prepared<Membership>(
      `select c.id as chapterId, c.association, m.from_on as fromOn, m.to_on as toOn from membership m
         join chapter c on c.id = m.chapter_id where m.official_id = ?`,
    ).all(officialId)
  const [kept, ending] = [of(keptId), of(endingId)]
  tx.delete(membership).where(eq(membership.officialId, endingId)).run()
  for (const row of ending) {
    const same = kept.filter(({ association }) => association === row.association)
    for (const { chapterId, fromOn, toOn } of fillGaps(same, [row]))
      tx.insert(membership).values({ officialId: keptId, chapterId, fromOn, toOn }).run()
  }
}

type Part = { id: number; campaignId: number; part: string; state: ObligationState }

/**
 * Parts that the ended entry brought further, exemptions, and where the kept one has none, pledges and targets. What one
 * of the two accounts confirmed, cleared or approved of them waits again for somebody else.
 */
function moveDuties(tx: FactTx, { keptId, endingId }: Merge) {
  const ids = { keptId, endingId }
  const partsOf = (officialId: number) =>
    prepared<Part>('select id, campaign_id as campaignId, part, state from obligation where official_id = ?').all(
      officialId,
    )
  const kept = partsOf(keptId)
  const drop = tx.write('delete from obligation where id = ?')
  const move = tx.write('update obligation set official_id = ? where id = ?')
  for (const row of partsOf(endingId)) {
    const same = kept.find(({ campaignId, part }) => campaignId === row.campaignId && part === row.part)
    if (!isFurther(row.state, same?.state ?? null)) continue
    if (same) drop.run(same.id)
    move.run(keptId, row.id)
  }
  tx.write(`update or ignore portal_login set official_id = @keptId where official_id = @endingId`).run(ids)
  tx.write('delete from portal_login where official_id = ?').run(endingId)
  tx.write(
    `update obligation set state = 'declared', confirmed_at = null, confirmed_by = null, extract_id = null,
            extract_shows = null
      where official_id = @keptId and state in ('confirmed', 'verified')
        and confirmed_by in (select id from account where official_id in (@keptId, @endingId))`,
  ).run(ids)
  tx.write(
    `update obligation set cleared_extract_id = null, cleared_at = null, cleared_by = null
      where official_id = @keptId and cleared_by in (select id from account where official_id in (@keptId, @endingId))`,
  ).run(ids)
  tx.write('update exemption set official_id = @keptId where official_id = @endingId').run(ids)
  tx.write(
    `update exemption set state = 'asked', decided_at = null, decided_by = null, decided_unit_id = null,
            decision_reason = null
      where official_id = @keptId and state = 'approved'
        and decided_by in (select id from account where official_id in (@keptId, @endingId))`,
  ).run(ids)
  prepared('update paper_signature set official_id = @keptId where official_id = @endingId').run(ids)
  for (const table of ['pledge', 'target_decision'])
    tx.write(
      `update ${table} set official_id = @keptId where official_id = @endingId
          and campaign_id not in (select campaign_id from ${table} where official_id = @keptId)`,
    ).run(ids)
}

/** What the kept entry does not know of the person comes from the other; that one's number and phone are free again. */
function moveDetails(tx: FactTx, { keptId, endingId }: Merge) {
  const of = (officialId: number) => tx.select().from(official).where(eq(official.id, officialId)).get()
  const [kept, ending] = [of(keptId), of(endingId)]
  if (!kept || !ending) return
  const value = (column: 'number' | 'phone', cipher: Buffer | null) =>
    unsealText({ table: 'official', column, rowId: endingId }, cipher)
  const number = kept.numberHash === null ? value('number', ending.numberCipher) : null
  const phone = kept.phoneHash === null ? value('phone', ending.phoneCipher) : null
  const matches = (officialId: number) =>
    tx.select().from(officialMatch).where(eq(officialMatch.officialId, officialId)).all()
  const known = matches(keptId).map(({ campaignId }) => campaignId)
  const moving = matches(endingId).filter(({ campaignId }) => !known.includes(campaignId))
  tx.delete(officialMatch).where(eq(officialMatch.officialId, endingId)).run()
  for (const row of moving)
    tx.insert(officialMatch)
      .values({ ...row, officialId: keptId })
      .run()
  tx.update(official)
    .set({
      numberCipher: null,
      numberHash: null,
      phoneCipher: null,
      phoneHash: null,
      birthOn: null,
      birthYear: null,
      hamlet: null,
      mergedIntoId: keptId,
    })
    .where(eq(official.id, endingId))
    .run()
  tx.update(official).set({ mergedIntoId: keptId }).where(eq(official.mergedIntoId, endingId)).run()
  tx.update(official)
    .set({
      birthOn: kept.birthOn ?? (kept.birthYear === null || kept.birthYear === ending.birthYear ? ending.birthOn : null),
      birthYear: kept.birthYear ?? ending.birthYear,
      sex: kept.sex ?? ending.sex,
      hamlet: kept.hamlet ?? ending.hamlet,
      ...fillColumns('number', number, keptId),
      ...fillColumns('phone', phone, keptId),
    })
    .where(eq(official.id, keptId))
    .run()
}

/** What no figure rests on: assignments, teams, offers, files, gates, awards, closed cases, what waits. */
function moveOthers(tx: FactTx, actor: Actor, { keptId, endingId }: Merge) {
  const ids = { keptId, endingId }
  for (const table of ['assignment', 'stored_file', 'gate', 'award'])
    tx.write(`update ${table} set official_id = @keptId where official_id = @endingId`).run(ids)
  tx.write(
    `update review_case set official_id = @keptId where official_id = @endingId
        and campaign_id not in (select campaign_id from review_case where official_id = @keptId)`,
  ).run(ids)
  for (const offerId of sameOffers(ids)) settleOffer(tx, actor, offerId, 'withdrawn')
  tx.write("update join_offer set official_id = @keptId where official_id = @endingId and state = 'offered'").run(ids)
  tx.write('delete from official_clash where @endingId in (first_id, second_id)').run({ endingId })
  dropWaiting(tx, actor, endingId)
  const waiting = prepared<number>("select id from official_correction where official_id = ? and state = 'asked'")
    .pluck()
    .all(endingId)
  for (const id of waiting) settleCorrection(tx, actor, id, 'withdrawn')
  moveTeams(tx, ids)
}

/** Offers to the entry that ends which the one that goes on has as well. */
const sameOffers = (ids: Pick<Merge, 'keptId' | 'endingId'>) =>
  prepared<number>(
    `select e.id from join_offer e where e.official_id = @endingId and e.state = 'offered' and exists (
       select 1 from join_offer k where k.official_id = @keptId and k.state = 'offered'
          and k.chapter_id is e.chapter_id and k.team_id is e.team_id) order by e.id`,
  )
    .pluck()
    .all(ids)

/** Days on which the kept entry is in a team are the kept one's; the other's fill the gaps, so no timesheet loses a day. */
function moveTeams(tx: FactTx, { keptId, endingId }: Pick<Merge, 'keptId' | 'endingId'>) {
  const of = (officialId: number) => tx.select().from(teamMember).where(eq(teamMember.officialId, officialId)).all()
  const [kept, ending] = [of(keptId), of(endingId)]
  tx.delete(teamMember).where(eq(teamMember.officialId, endingId)).run()
  for (const row of ending) {
    const same = kept.filter(({ teamId }) => teamId === row.teamId)
    for (const part of fillGaps(same, [row]))
      tx.insert(teamMember)
        .values({ ...part, officialId: keptId })
        .run()
  }
}

/** The account chosen goes on with the kept entry; the other is barred, its sessions, unused code and asked roles end. */
function joinAccounts(tx: Tx, actor: Actor, { keptId, endingId, keptAccountId }: Merge) {
  const ending = [accountIdOf(keptId), accountIdOf(endingId)].find(id => id !== null && id !== keptAccountId)
  if (ending === undefined || ending === null || keptAccountId === null) return
  const name = prepared<string>('select name from official where id = ?').pluck().one(keptId)
  const assign = (accountId: number, officialId: number | null) =>
    tx.update(account).set({ officialId }).where(eq(account.id, accountId)).run()
  // no two accounts have one official at any time
  assign(ending, null)
  assign(keptAccountId, keptId)
  assign(ending, endingId)
  tx.update(account).set({ displayName: name }).where(eq(account.id, keptAccountId)).run()
  tx.update(account)
    .set({ disabledAt: Date.now() })
    .where(and(eq(account.id, ending), isNull(account.disabledAt)))
    .run()
  tx.update(activationCode)
    .set({ usedAt: Date.now() })
    .where(and(eq(activationCode.accountId, ending), isNull(activationCode.usedAt)))
    .run()
  dropRequests(tx, actor, ending)
  revokeAllSessions(ending)
}
