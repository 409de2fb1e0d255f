import { eq } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import { canonical } from '#app/domain/closing.ts'
import {
  type Claims,
  changesVerdict,
  checkCitizenChange,
  checkHelp,
  claimsAfter,
  fitsCheckedDays,
  type HelpInput,
  heldInput,
} from '#app/domain/help.ts'
import { isTypedInTime, type LateDocument } from '#app/domain/late-entry.ts'
import type { FieldProblem } from '#app/domain/problem.ts'
import { found, notFound, type Result, refused } from '#app/domain/refusal.ts'
import { isLostFont } from '#app/domain/vietnamese-encoding.ts'
import { CONSENT_VERSIONS, type ConsentVersion, OUTCOMES } from '#app/domain/vocabulary.ts'
import { type FactTx, nextId, prepared, transact } from '#db/client.server.ts'
import { insertFact } from '#db/inserter.server.ts'
import { matchHash, seal } from '#db/keys.server.ts'
import { help } from '#db/schema.ts'
import { settleAssignments } from './assignment-closing.server.ts'
import { endCodes } from './citizen-code.server.ts'
import { isRestricted } from './citizen-right.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { checkedDaysOf, citizenChangeFacts, noteChange, saysAlready } from './help-change.server.ts'
import { citizenNameOf, visibleHelp } from './help-view.server.ts'
import { change, claimedBefore, keepContradictions, rulesOf } from './judging/index.server.ts'
import { lateColumns } from './late-entry.server.ts'
import { findLocality } from './locality.server.ts'
import { targetOf } from './official.server.ts'
import { ownRecordOf } from './own-record.server.ts'
import { matesOf, writeCompanions } from './team-mate.server.ts'

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
 * `isOnlyNew` refuses a citizen whom the official recorded before: that record is continued instead (domain 5).
 * `lateDocument` allows an entry after the last day; a phone's record that was typed in time waits for a head instead.
 */
export function recordHelp(
  actor: Actor,
  campaignId: number,
  {
    officialId,
    input: typedInput,
    companionIds = [],
    typed,
    isOnlyNew = false,
    lateDocument = NO_DOCUMENT,
  }: {
    officialId: number
    input: HelpInput
    companionIds?: readonly number[]
    typed?: { enteredAt: number; contactAt: number | null; consentVersion: ConsentVersion; isDayDoubted: boolean }
    isOnlyNew?: boolean
    lateDocument?: LateDocument
  },
): Result<{ helpId: number }> {
  return transact(() => {
    const target = targetOf(officialId, campaignToday())
    const isOwn = actor.kind === 'person' && actor.officialId === officialId
    permit(actor, isOwn ? 'help.record' : 'help.record_for', target)
    const { regulation } = rulesOf(campaignId)
    const input = heldInput(typedInput, {}, regulation)
    const digest = digestOf(campaignId, typedInput, companionIds)
    const known = submitted(input.submissionKey)
    if (known) return answerAgain(known, { officialId, campaignId, digest })
    const citizenHash = matchHash({ campaignId }, 'number', input.citizen.number)
    const problems = problemsOf(campaignId, { officialId, row: null }, input)
    if (isOnlyNew && ownRecordOf(officialId, campaignId, citizenHash))
      problems.push({ field: 'citizenNumber', reason: 'own_record' })
    if (typed?.isDayDoubted) problems.push({ field: 'helpedOn', reason: 'clock_disagrees' })
    const isInTime = typed !== undefined && isTypedInTime(typed, regulation)
    const late = lateColumns(campaignId, isInTime ? null : lateDocument, problems)
    if (problems.length > 0) return { ok: false, problems }
    const helpId = change(campaignId, { citizens: [citizenHash] }, tx => {
      const at = campaignNow()
      keepContradictions(tx, campaignId, [citizenHash], at)
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
        claimedAt: claims[regulation.mustAchieve] ?? null,
        submissionDigest: digest,
        ...UNJUDGED,
        ...late,
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

/** Answers a submission that made a record before: as then, or with why it is another one. */
function answerAgain(
  known: Submitted,
  { officialId, campaignId, digest }: { officialId: number; campaignId: number; digest: string },
): Result<{ helpId: number }> {
  if (known.officialId !== officialId || known.campaignId !== campaignId) return refused('submissionKey', 'not_a_key')
  // null: saved before digests were kept, or erased since
  return known.digest === null || known.digest === digest
    ? { ok: true, helpId: known.id }
    : refused('submissionKey', 'submission_used')
}

/**
 * Returns a keyed digest of a form's content: distinguishes a repeated submission from another one under the same key.
 */
function digestOf(campaignId: number, input: HelpInput, companionIds: readonly number[]): string {
  const { nameTyped: _, ...citizen } = input.citizen
  return matchHash(
    { campaignId },
    'submission',
    canonical({ ...input, citizen, companionIds: [...companionIds].sort() }),
  )
}

const NO_DOCUMENT: LateDocument = { number: null, on: null }

/** Before `judge` has spoken; `change` stores its verdict in the same transaction. */
const UNJUDGED = {
  verdictKind: 'pending',
  verdictReason: 'outcome_missing',
  holdsCredit: false,
  isReported: false,
  countsAny: false,
} as const

/** What keeps a form from being stored: by itself, and by what is known of the citizen. `row` null: a new record. */
function problemsOf(
  campaignId: number,
  { officialId, row }: { officialId: number; row: typeof help.$inferSelect | null },
  input: HelpInput,
): FieldProblem[] {
  const { regulation } = rulesOf(campaignId)
  const citizenHash = matchHash({ campaignId }, 'number', input.citizen.number)
  const own = prepared<{ hash: string }>(
    'select number_hash as hash from official_match where campaign_id = ? and official_id = ?',
  ).get(campaignId, officialId)
  const problems = checkHelp(input, {
    today: campaignToday(),
    isSelf: own?.hash === citizenHash,
    isKnownLocality: findLocality(input.citizen.localityCode, campaignToday())?.level === 'commune',
    regulation,
  })
  if (isLostFont(input.citizen.hamlet ?? '')) problems.push({ field: 'hamlet', reason: 'hamlet_lost_font' })
  if (isLostFont(input.citizen.name)) problems.push({ field: 'citizenName', reason: 'name_lost_font' })
  if (row !== null && row.citizenHash !== citizenHash) {
    const refusal = checkCitizenChange(citizenChangeFacts(campaignId, row))
    if (refusal !== null) problems.push({ field: 'citizenNumber', reason: refusal })
  }
  const checkedDays = checkedDaysOf(campaignId, { officialId, citizenHash })
  if (!fitsCheckedDays(input, checkedDays, regulation))
    problems.push({ field: `outcome_${regulation.mustAchieve}_on`, reason: 'day_checked' })
  return problems
}

/** The columns of a record that hold its citizen's name, sealed: in title case, and as it was typed. */
export function citizenNameColumns(
  campaignId: number,
  helpId: number,
  { name, typed }: { name: string; typed: string | null },
) {
  const slot = (column: string) => ({ table: 'help', column, rowId: helpId })
  return {
    citizenNameCipher: seal({ campaignId }, slot('citizenName'), name),
    citizenNameTypedCipher: typed === null ? null : seal({ campaignId }, slot('citizenNameTyped'), typed),
  }
}

function columnsOf(campaignId: number, helpId: number, { citizen, ...input }: HelpInput) {
  const owner = { campaignId }
  const slot = (column: string) => ({ table: 'help', column, rowId: helpId })
  return {
    citizenHash: matchHash(owner, 'number', citizen.number),
    ...citizenNameColumns(campaignId, helpId, { name: citizen.name, typed: citizen.nameTyped ?? null }),
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

/** The typed form of a name stays where an edit leaves the name, which the form shows in title case. */
function keptNameTyped(row: typeof help.$inferSelect, { citizen }: HelpInput) {
  const isSame = citizen.nameTyped === undefined && citizenNameOf(row) === citizen.name
  return isSame ? { citizenNameTypedCipher: row.citizenNameTypedCipher } : {}
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

/**
 * Continues or corrects a record: more outcomes, or a corrected date. If a field that `judge` reads changes, the
 * unit's confirmation, the citizen's "yes" and an inspection's "true" are reset. A returned record counts as
 * corrected. After the last day of entry such a change needs a document, as a new record does.
 * `revision` names the version that the form showed. An older one is refused, so that no other change is overwritten.
 * If the record says all that the form says, the form was saved before and is answered so again.
 */
export function editHelp(
  actor: Actor,
  campaignId: number,
  {
    helpId,
    revision,
    input: typedInput,
    lateDocument = NO_DOCUMENT,
  }: { helpId: number; revision: number; input: HelpInput; lateDocument?: LateDocument },
): Result<{ hasReset: boolean }> | { ok: false; problems: 'outdated' | 'withdrawn' | 'erased' } {
  const { row, target } = found(visibleHelp(actor, campaignId, helpId))
  permit(actor, 'help.edit', target)
  if (isRestricted(row)) throw notFound()
  if (row.withdrawnAt !== null) return { ok: false, problems: 'withdrawn' }
  if (row.erasedAt !== null) return { ok: false, problems: 'erased' }
  const { regulation } = rulesOf(campaignId)
  const held = claimedBefore(row, regulation)
  const input = heldInput(typedInput, held.outcomes, regulation)
  if (row.revision !== revision)
    return saysAlready(row, held.outcomes, input) ? { ok: true, hasReset: false } : { ok: false, problems: 'outdated' }
  const problems = problemsOf(campaignId, { officialId: row.officialId, row }, input)
  const citizenHash = matchHash({ campaignId }, 'number', input.citizen.number)
  const before = {
    citizen: row.citizenHash,
    phone: row.citizenPhoneHash,
    carrier: row.carrier,
    localityCode: row.localityCode,
    helpedOn: row.helpedOn,
    ...held,
  }
  const columns = columnsOf(campaignId, helpId, input)
  const after = { ...columns, citizen: citizenHash, phone: columns.citizenPhoneHash, outcomes: input.outcomes }
  const resets = changesVerdict(before, after, regulation)
  const late = resets ? lateColumns(campaignId, lateDocument, problems) : {}
  if (problems.length > 0) return { ok: false, problems }
  const hasReset = change(campaignId, { citizens: [row.citizenHash, citizenHash] }, tx => {
    const at = campaignNow()
    const spoken = keepContradictions(tx, campaignId, [row.citizenHash, citizenHash], at).get(helpId)
    const isOther = citizenHash !== row.citizenHash
    const claims = claimsAfter(before, after, at)
    noteChange(tx, actor, {
      row,
      outcomes: before.outcomes,
      input,
      at,
      isAfterContradiction: spoken?.isContradicted ?? false,
    })
    tx.update(help)
      .set({
        ...columns,
        ...keptNameTyped(row, input),
        claimedAt: claims[regulation.mustAchieve] ?? null,
        revision: row.revision + 1,
        returnedAt: null,
        returnReason: null,
        checkedDay: isOther ? null : (row.checkedDay ?? spoken?.checkedDay ?? null),
        ...(isOther ? { citizenAt: at, numberChanges: row.numberChanges + 1 } : {}),
        ...(resets ? { confirmedAt: null, confirmedBy: null } : {}),
        ...late,
      })
      .where(eq(help.id, helpId))
      .run()
    if (resets) setEvidenceAside(tx, helpId)
    // their holder is not the citizen that the record names now
    if (isOther) endCodes(helpId, at)
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
