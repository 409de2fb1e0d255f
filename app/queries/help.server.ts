import { and, eq, sql } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import { canonical } from '#app/domain/closing.ts'
import {
  type Claims,
  changesVerdict,
  checkHelp,
  checkWithdrawal,
  claimsAfter,
  type HelpInput,
} from '#app/domain/help.ts'
import type { FieldProblem } from '#app/domain/problem.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import {
  CONSENT_VERSIONS,
  type ConsentVersion,
  OUTCOMES,
  type Outcome,
  type VerdictReason,
} from '#app/domain/vocabulary.ts'
import { db, type FactTx, nextId, oncePerConnection, prepared, transact } from '#db/client.server.ts'
import { insertFact } from '#db/inserter.server.ts'
import { matchHash, seal, unsealName, unsealText } from '#db/keys.server.ts'
import { help, official } from '#db/schema.ts'
import { settleAssignments } from './assignment-closing.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { mayConfirm, permitConfirming } from './confirmer.server.ts'
import { logEvent } from './event.server.ts'
import { secondsOf } from './independence.server.ts'
import { change, claimedBefore, outcomesOf, rulesOf } from './judging/index.server.ts'
import { findLocality } from './locality.server.ts'
import { targetOf } from './official.server.ts'
import { withinReach } from './reach.server.ts'
import { companionsOf, matesOf, writeCompanions } from './team-mate.server.ts'

/** The wording of consent that the form shows now. */
export const CONSENT_VERSION: ConsentVersion = CONSENT_VERSIONS[0]

/**
 * Records that an official helped a citizen (plan IV.1, IV.2). One transaction checks the input, saves the sealed
 * facts, judges this record and those that share the credit, moves the tallies and logs the event.
 *
 * A submission key seen before returns the record that it made; with other content it is refused. An `officialId`
 * other than the actor's own means entry in another's name.
 * `companionIds` went along; officials outside the official's team on that day are left out. The citizen's worklist
 * item becomes done.
 * `typed` is given if the form was filled in offline: the time (campaign clock, ms), and the consent wording that the
 * citizen agreed to then. A day that depends on a doubtful clock is refused.
 */
export function recordHelp(
  actor: Actor,
  campaignId: number,
  {
    officialId,
    input,
    companionIds = [],
    typed,
  }: {
    officialId: number
    input: HelpInput
    companionIds?: readonly number[]
    typed?: { enteredAt: number; consentVersion: ConsentVersion; isDayDoubted: boolean }
  },
): Result<{ helpId: number }> {
  return transact(() => {
    const target = targetOf(officialId, campaignToday())
    const isOwn = actor.kind === 'person' && actor.officialId === officialId
    permit(actor, isOwn ? 'help.record' : 'help.record_for', target)
    const digest = digestOf(campaignId, input, companionIds)
    const known = submitted(input.submissionKey)
    if (known) {
      if (known.officialId !== officialId || known.campaignId !== campaignId)
        return { ok: false, problems: [{ field: 'submissionKey', reason: 'not_a_key' }] }
      // null: saved before digests were kept, or erased since
      return known.digest === null || known.digest === digest
        ? { ok: true, helpId: known.id }
        : { ok: false, problems: [{ field: 'submissionKey', reason: 'submission_used' }] }
    }
    const problems = problemsOf(campaignId, officialId, input)
    if (typed?.isDayDoubted) problems.push({ field: 'helpedOn', reason: 'clock_disagrees' })
    if (problems.length > 0) return { ok: false, problems }
    const citizenHash = matchHash({ campaignId }, 'number', input.citizen.number)
    const helpId = change(campaignId, { citizens: [citizenHash] }, tx => {
      const at = campaignNow()
      const claims = claimsAfter(null, { citizen: citizenHash, outcomes: input.outcomes }, at)
      const next = nextId(help)
      insertFact(tx, help, {
        id: next,
        campaignId,
        officialId,
        submissionKey: input.submissionKey,
        consentVersion: typed?.consentVersion ?? CONSENT_VERSION,
        enteredAt: typed?.enteredAt ?? null,
        recordedBy: isOwn || actor.kind !== 'person' ? null : actor.accountId,
        receivedAt: at,
        claimedAt: claims[rulesOf(campaignId).regulation.mustAchieve] ?? null,
        submissionDigest: digest,
        ...UNJUDGED,
        ...columnsOf(campaignId, next, input),
      })
      writeOutcomes(tx, next, input, claims)
      writeCompanions(next, companionIds, matesOf(campaignId, officialId, input.helpedOn))
      settleAssignments(campaignId, [citizenHash])
      logEvent(tx, actor, {
        verb: 'record',
        subject: 'help',
        subjectId: next,
        campaignId,
        data: { officialId, helpedOn: input.helpedOn, locality: input.citizen.localityCode, isOwn },
      })
      return next
    })
    return { ok: true, helpId }
  })
}

type Submitted = { id: number; officialId: number; campaignId: number; digest: string | null }

/** The record that a submission key made; undefined where it made none. */
const submitted = (key: string) =>
  prepared<Submitted>(
    `select id, official_id as officialId, campaign_id as campaignId, submission_digest as digest
       from help where submission_key = ?`,
  ).get(key)

/**
 * Returns a keyed digest of a form's content: distinguishes a repeated submission from another one under the same key.
 */
function digestOf(campaignId: number, input: HelpInput, companionIds: readonly number[]): string {
  return matchHash({ campaignId }, 'submission', canonical({ ...input, companionIds: [...companionIds].sort() }))
}

/** Before `judge` has spoken; `change` stores its verdict in the same transaction. */
const UNJUDGED = {
  verdictKind: 'pending',
  verdictReason: 'outcome_missing',
  holdsCredit: false,
  isReported: false,
  countsAny: false,
} as const

function problemsOf(campaignId: number, officialId: number, input: HelpInput): FieldProblem[] {
  const { regulation } = rulesOf(campaignId)
  const own = prepared<{ hash: string }>(
    'select number_hash as hash from official_match where campaign_id = ? and official_id = ?',
  ).get(campaignId, officialId)
  return checkHelp(input, {
    today: campaignToday(),
    isSelf: own?.hash === matchHash({ campaignId }, 'number', input.citizen.number),
    isKnownLocality: findLocality(input.citizen.localityCode, campaignToday())?.level === 'commune',
    regulation,
  })
}

function columnsOf(campaignId: number, helpId: number, { citizen, ...input }: HelpInput) {
  const owner = { campaignId }
  const slot = (column: string) => ({ table: 'help', column, rowId: helpId })
  return {
    citizenHash: matchHash(owner, 'number', citizen.number),
    citizenNameCipher: seal(owner, slot('citizenName'), citizen.name),
    citizenNumberCipher: seal(owner, slot('citizenNumber'), citizen.number),
    citizenPhoneCipher: citizen.phone ? seal(owner, slot('citizenPhone'), citizen.phone) : null,
    citizenPhoneHash: citizen.phone ? matchHash(owner, 'phone', citizen.phone) : null,
    citizenBirthOn: citizen.birthOn,
    citizenBirthYear: citizen.birthYear,
    carrier: citizen.carrier,
    localityCode: citizen.localityCode,
    hamlet: citizen.hamlet ?? '',
    helpedOn: input.helpedOn,
    place: input.place,
    consentChannel: input.consentChannel,
    noteCipher: input.note ? seal(owner, slot('note'), input.note) : null,
  }
}

function writeOutcomes(tx: FactTx, helpId: number, { outcomes }: HelpInput, claims: Claims) {
  tx.write('delete from help_outcome where help_id = ?').run(helpId)
  const insert = tx.write(
    'insert into help_outcome (help_id, outcome, value, on_day, claimed_at) values (?, ?, ?, ?, ?)',
  )
  for (const outcome of OUTCOMES) {
    const fact = outcomes[outcome]
    if (fact) insert.run(helpId, outcome, fact.value, fact.on, claims[outcome] ?? null)
  }
}

const wholeRow = oncePerConnection(() =>
  db
    .select()
    .from(help)
    .where(and(eq(help.id, sql.placeholder('helpId')), eq(help.campaignId, sql.placeholder('campaignId'))))
    .prepare(),
)

/** The stored row with what the access matrix asks about it; undefined where it is out of the actor's sight. */
function visible(actor: Actor, campaignId: number, helpId: number) {
  const row = wholeRow().get({ helpId, campaignId })
  if (!row) return undefined
  const target = targetOf(row.officialId, row.helpedOn)
  const today = targetOf(row.officialId, campaignToday())
  return can(actor, 'help.view', target) || can(actor, 'help.view', today) ? { row, target } : undefined
}

/**
 * Continues or corrects a record: more outcomes, or a corrected date. If a field that `judge` reads changes, the
 * unit's confirmation, the citizen's "yes" and an inspection's "true" are reset. A returned record counts as
 * corrected.
 * `revision` names the version that the form showed. An older one is refused, so that no other change is overwritten.
 */
export function editHelp(
  actor: Actor,
  campaignId: number,
  { helpId, revision, input }: { helpId: number; revision: number; input: HelpInput },
): Result<{ hasReset: boolean }> | { ok: false; problems: 'outdated' | 'withdrawn' | 'erased' } {
  const { row, target } = found(visible(actor, campaignId, helpId))
  permit(actor, 'help.edit', target)
  if (row.withdrawnAt !== null) return { ok: false, problems: 'withdrawn' }
  if (row.erasedAt !== null) return { ok: false, problems: 'erased' }
  if (row.revision !== revision) return { ok: false, problems: 'outdated' }
  const problems = problemsOf(campaignId, row.officialId, input)
  const citizenHash = matchHash({ campaignId }, 'number', input.citizen.number)
  if (citizenHash !== row.citizenHash && isDrawn(helpId))
    problems.push({ field: 'citizenNumber', reason: 'citizen_drawn' })
  if (problems.length > 0) return { ok: false, problems }
  const { regulation } = rulesOf(campaignId)
  const hasReset = change(campaignId, { citizens: [row.citizenHash, citizenHash] }, tx => {
    const at = campaignNow()
    const before = {
      citizen: row.citizenHash,
      phone: row.citizenPhoneHash,
      carrier: row.carrier,
      localityCode: row.localityCode,
      helpedOn: row.helpedOn,
      ...claimedBefore(row, regulation),
    }
    const columns = columnsOf(campaignId, helpId, input)
    const after = { ...columns, citizen: citizenHash, phone: columns.citizenPhoneHash, outcomes: input.outcomes }
    const resets = changesVerdict(before, after, regulation)
    const claims = claimsAfter(before, after, at)
    tx.update(help)
      .set({
        ...columns,
        claimedAt: claims[regulation.mustAchieve] ?? null,
        revision: row.revision + 1,
        returnedAt: null,
        returnReason: null,
        ...(resets ? { confirmedAt: null, confirmedBy: null } : {}),
      })
      .where(eq(help.id, helpId))
      .run()
    if (resets) setEvidenceAside(tx, helpId)
    if (citizenHash !== row.citizenHash) endCodes(helpId, at)
    writeOutcomes(tx, helpId, input, claims)
    settleAssignments(campaignId, [row.citizenHash, citizenHash])
    logEvent(tx, actor, { verb: 'edit', subject: 'help', subjectId: helpId, campaignId, data: { hasReset: resets } })
    return resets
  })
  return { ok: true, hasReset }
}

/**
 * Sets evidence about a changed record aside, because it concerned the former content. The citizen's "yes" and "not
 * quite" lapse, and so does an inspection's "true". A "no" remains until a finding, an "untrue" until an appeal.
 */
function setEvidenceAside(tx: FactTx, helpId: number) {
  const at = Date.now()
  tx.write(
    `update citizen_answer set set_aside_at = ? where help_id = ? and set_aside_at is null and answer <> 'no'`,
  ).run(at, helpId)
  tx.write(
    `update inspection_pick set set_aside_at = ? where help_id = ? and set_aside_at is null and result = 'true'`,
  ).run(at, helpId)
}

/** Ends the codes and links that wait for the record's answer: their holder is not the citizen it names now. */
function endCodes(helpId: number, at: number) {
  prepared(
    `update citizen_code set expires_at = ? where help_id = ? and used_at is null and (expires_at is null or expires_at > ?)`,
  ).run(at, helpId, at)
}

/** Returns true if the record was drawn for an inspection: it and its citizen then stay as they were drawn. */
function isDrawn(helpId: number): boolean {
  return prepared('select 1 from inspection_pick where help_id = ?').get(helpId) !== undefined
}

/** True while a citizen's "no" is in force, whatever the verdict names first. */
function isDenied(helpId: number): boolean {
  return (
    prepared(`select 1 from citizen_answer where help_id = ? and set_aside_at is null and answer = 'no'`).get(
      helpId,
    ) !== undefined
  )
}

/** Withdraws a record; not possible once it was drawn for inspection or denied by the citizen (domain 5). */
export function withdrawHelp(actor: Actor, campaignId: number, helpId: number): Result {
  const { row, target } = found(visible(actor, campaignId, helpId))
  permit(actor, 'help.edit', target)
  const reason = checkWithdrawal({ isDrawn: isDrawn(helpId), isDenied: isDenied(helpId) })
  if (reason !== null) return { ok: false, problems: [{ field: 'helpId', reason }] }
  change(campaignId, { citizens: [row.citizenHash] }, tx => {
    tx.update(help)
      .set({ withdrawnAt: campaignNow(), revision: row.revision + 1 })
      .where(eq(help.id, helpId))
      .run()
    settleAssignments(campaignId, [row.citizenHash])
    logEvent(tx, actor, { verb: 'withdraw', subject: 'help', subjectId: helpId, campaignId })
  })
  return { ok: true }
}

/** Takes a withdrawal back; the record keeps the place in the queue for the credit that it had. */
export function restoreHelp(actor: Actor, campaignId: number, helpId: number) {
  const { row, target } = found(visible(actor, campaignId, helpId))
  permit(actor, 'help.edit', target)
  change(campaignId, { citizens: [row.citizenHash] }, tx => {
    tx.update(help)
      .set({ withdrawnAt: null, revision: row.revision + 1 })
      .where(eq(help.id, helpId))
      .run()
    settleAssignments(campaignId, [row.citizenHash])
    logEvent(tx, actor, { verb: 'restore', subject: 'help', subjectId: helpId, campaignId })
  })
}

/**
 * Returns a record that the actor may confirm or return; throws 404 if it is not visible, 403 if the actor may not
 * confirm it.
 */
function confirmable(actor: Actor, campaignId: number, helpId: number) {
  const { row, target } = found(visible(actor, campaignId, helpId) ?? leftVisible(actor, campaignId, helpId))
  permitConfirming(actor, 'help.confirm', target)
  return row
}

/** A record out of the actor's sight that nobody but their office may confirm; undefined for any other. */
function leftVisible(actor: Actor, campaignId: number, helpId: number) {
  const row = wholeRow().get({ helpId, campaignId })
  if (!row) return undefined
  const target = targetOf(row.officialId, row.helpedOn)
  return mayConfirm(actor, 'help.confirm', target) ? { row, target } : undefined
}

/**
 * Confirms the named records on behalf of their unit (domain 6.2). Skips records already confirmed, returned or
 * withdrawn, and those that the actor may not confirm (moved to another unit's day, for example). The official, and
 * whoever entered the record in their name, must be independent of the actor (domain 10).
 * Returns how many were confirmed, and the ids that were skipped. Throws 403 or 404 if the actor may confirm none.
 */
export function confirmHelp(
  actor: Actor,
  campaignId: number,
  helpIds: readonly number[],
): { confirmed: number; left: number[] } {
  return transact(() => {
    const { rows, left } = withinReach(helpIds, helpId => confirmable(actor, campaignId, helpId))
    const seconds = secondsOf()
    const open = rows.filter(row => {
      const isSecond =
        seconds.mayConfirm(actor, row.officialId, row.receivedAt) &&
        (actor.kind !== 'person' || seconds.isSecond(actor.accountId, row.recordedBy, row.receivedAt))
      const isOpen = row.confirmedAt === null && row.returnedAt === null && row.withdrawnAt === null && isSecond
      if (!isOpen) left.push(row.id)
      return isOpen
    })
    change(campaignId, { citizens: open.map(row => row.citizenHash) }, tx => {
      for (const row of open) {
        tx.update(help)
          .set({
            confirmedAt: campaignNow(),
            confirmedBy: actor.kind === 'person' ? actor.accountId : null,
            revision: row.revision + 1,
          })
          .where(eq(help.id, row.id))
          .run()
        logEvent(tx, actor, { verb: 'confirm', subject: 'help', subjectId: row.id, campaignId })
      }
    })
    return { confirmed: open.length, left }
  })
}

/**
 * Sends records back to their officials with a reason; they count again when corrected and confirmed. Withdrawn ones,
 * and those that are not the actor's to confirm, stay as they are. Returns how many were sent back, and the ids that
 * were left; throws 403 or 404 where none of them is the actor's.
 */
export function returnHelp(
  actor: Actor,
  campaignId: number,
  { helpIds, reason }: { helpIds: readonly number[]; reason: string },
): { returned: number; left: number[] } {
  return transact(() => {
    const { rows, left } = withinReach(helpIds, helpId => confirmable(actor, campaignId, helpId))
    const open = rows.filter(row => {
      if (row.withdrawnAt !== null) left.push(row.id)
      return row.withdrawnAt === null
    })
    change(campaignId, { citizens: open.map(row => row.citizenHash) }, tx => {
      for (const row of open) {
        tx.update(help)
          .set({
            returnedAt: campaignNow(),
            returnReason: reason,
            confirmedAt: null,
            confirmedBy: null,
            revision: row.revision + 1,
          })
          .where(eq(help.id, row.id))
          .run()
        logEvent(tx, actor, { verb: 'return', subject: 'help', subjectId: row.id, campaignId })
      }
    })
    return { returned: open.length, left }
  })
}

/** A citizen's name as it may be shown. */
export const citizenNameOf = (row: { id: number; citizenNameCipher: Buffer }) =>
  unsealName({ table: 'help', column: 'citizenName', rowId: row.id }, row.citizenNameCipher)

/**
 * Returns one complete record for its page; undefined if not visible. Shows only the last three digits of the number.
 */
export function findHelp(actor: Actor, campaignId: number, helpId: number) {
  const seen = visible(actor, campaignId, helpId)
  if (!seen) return undefined
  const { row, target } = seen
  const slot = (column: string) => ({ table: 'help', column, rowId: row.id })
  const place = findLocality(row.localityCode, campaignToday())
  const owner = db.select({ name: official.name }).from(official).where(eq(official.id, row.officialId)).get()
  const holder =
    row.verdictReason === 'duplicate_claim'
      ? prepared<{ at: number | null; reason: VerdictReason; outcome: Outcome | null }>(
          `select claimed_at as at, verdict_reason as reason, verdict_outcome as outcome from help
            where campaign_id = ? and citizen_hash = ? and holds_credit = 1`,
        ).get(campaignId, row.citizenHash)
      : undefined
  return {
    ...row,
    citizenNameCipher: undefined,
    citizenNumberCipher: undefined,
    citizenPhoneCipher: undefined,
    noteCipher: undefined,
    citizenHash: undefined,
    citizenPhoneHash: undefined,
    citizenName: citizenNameOf(row),
    numberTail: unsealText(slot('citizenNumber'), row.citizenNumberCipher)?.slice(-3) ?? '',
    phone: unsealText(slot('citizenPhone'), row.citizenPhoneCipher),
    note: unsealText(slot('note'), row.noteCipher),
    outcomes: outcomesOf(row.id),
    companions: companionsOf(row.id),
    locality: place ? { code: place.code, name: `${place.type} ${place.name}` } : null,
    officialName: owner?.name ?? '',
    unitId: target.unitId,
    /** for a duplicate claim: when the citizen was already recorded; never by whom */
    alreadyRecordedAt: holder?.at ?? null,
    /**
     * what the record that holds the credit still lacks before it counts; null: it counts, or no record holds the
     * credit
     */
    holderLacks:
      holder?.reason === 'outcome_missing' || holder?.reason === 'awaiting_confirmation'
        ? { reason: holder.reason, outcome: holder.outcome }
        : null,
    allowed: {
      edit: can(actor, 'help.edit', target) && row.withdrawnAt === null && row.erasedAt === null,
      confirm: can(actor, 'help.confirm', target) && row.withdrawnAt === null,
    },
  }
}

/** The citizen's whole number, for the form in which its own official corrects the record. Logged. */
export function openNumber(actor: Actor, campaignId: number, helpId: number): string {
  const { row, target } = found(visible(actor, campaignId, helpId))
  permit(actor, 'help.edit', target)
  transact(tx =>
    logEvent(tx, actor, { verb: 'open', subject: 'help', subjectId: row.id, campaignId, data: { field: 'number' } }),
  )
  return unsealText({ table: 'help', column: 'citizenNumber', rowId: row.id }, row.citizenNumberCipher) ?? ''
}
