import { and, asc, desc, eq, gt, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import { changesVerdict, checkHelp, checkWithdrawal, claimedAtAfter, type HelpInput } from '#app/domain/help.ts'
import type { FieldProblem } from '#app/domain/problem.ts'
import { findBursts } from '#app/domain/signal.ts'
import type { VerdictKind, VerdictReason } from '#app/domain/vocabulary.ts'
import { db, prepared, type Tx } from '#db/client.server.ts'
import { matchHash, seal, unsealText } from '#db/keys.server.ts'
import { help, helpOutcome, locality, official, unit } from '#db/schema.ts'
import { rulesOf } from './campaign-rules.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { targetOf } from './official.server.ts'
import { change, outcomesOf } from './verdict.server.ts'

/** The wording of consent that citizens agree to; kept with each record. */
export const CONSENT_VERSION = '2024-04'

type Outcome<T> = ({ ok: true } & T) | { ok: false; problems: FieldProblem[] }

/**
 * Records that an official helped a citizen (plan IV.1, IV.2): checks the input, saves the facts sealed, judges this
 * record and whoever shares the credit, moves the tallies and logs the event, in one transaction. A submission key
 * seen before returns the record that it made. `officialId` other than the actor's own is entry in another's name.
 */
export function recordHelp(
  actor: Actor,
  campaignId: number,
  { officialId, input }: { officialId: number; input: HelpInput },
): Outcome<{ helpId: number }> {
  const target = targetOf(officialId, campaignToday())
  const isOwn = actor.kind === 'person' && actor.officialId === officialId
  permit(actor, isOwn ? 'help.record' : 'help.record_for', target)
  const known = db
    .select({ id: help.id, officialId: help.officialId, campaignId: help.campaignId })
    .from(help)
    .where(eq(help.submissionKey, input.submissionKey))
    .get()
  if (known)
    return known.officialId === officialId && known.campaignId === campaignId
      ? { ok: true, helpId: known.id }
      : { ok: false, problems: [{ field: 'submissionKey', reason: 'not_a_key' }] }
  const problems = problemsOf(campaignId, officialId, input)
  if (problems.length > 0) return { ok: false, problems }
  const citizenHash = matchHash({ campaignId }, 'number', input.citizen.number)
  const helpId = change(campaignId, { citizens: [citizenHash] }, tx => {
    const at = campaignNow()
    const { regulation } = rulesOf(campaignId)
    const next = tx.select({ id: sql<number>`coalesce(max(id), 0) + 1` }).from(help).get()?.id ?? 1
    tx.insert(help)
      .values({
        id: next,
        campaignId,
        officialId,
        submissionKey: input.submissionKey,
        consentVersion: CONSENT_VERSION,
        recordedBy: isOwn || actor.kind !== 'person' ? null : actor.accountId,
        receivedAt: at,
        claimedAt: claimedAtAfter(null, { citizen: citizenHash, outcomes: input.outcomes }, at, regulation),
        ...UNJUDGED,
        ...columnsOf(campaignId, next, input),
      })
      .run()
    writeOutcomes(tx, next, input)
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
  const own = prepared('select number_hash as hash from official_match where campaign_id = ? and official_id = ?').get(
    campaignId,
    officialId,
  ) as { hash: string } | undefined
  const commune = db
    .select({ level: locality.level })
    .from(locality)
    .where(eq(locality.code, input.citizen.localityCode))
    .get()
  return checkHelp(input, {
    today: campaignToday(),
    isSelf: own?.hash === matchHash({ campaignId }, 'number', input.citizen.number),
    isKnownLocality: commune?.level === 'commune',
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

function writeOutcomes(tx: Tx, helpId: number, { outcomes }: HelpInput) {
  tx.delete(helpOutcome).where(eq(helpOutcome.helpId, helpId)).run()
  for (const [outcome, fact] of Object.entries(outcomes))
    if (fact)
      tx.insert(helpOutcome)
        .values({ helpId, outcome: outcome as keyof HelpInput['outcomes'], value: fact.value, onDay: fact.on })
        .run()
}

/** The stored row with what the access matrix asks about it; undefined where it is out of the actor's sight. */
function visible(actor: Actor, campaignId: number, helpId: number) {
  const row = db
    .select()
    .from(help)
    .where(and(eq(help.id, helpId), eq(help.campaignId, campaignId)))
    .get()
  if (!row) return undefined
  const target = targetOf(row.officialId, row.helpedOn)
  const today = targetOf(row.officialId, campaignToday())
  return can(actor, 'help.view', target) || can(actor, 'help.view', today) ? { row, target } : undefined
}

function required<T>(found: T | undefined): T {
  if (found === undefined) throw new Response(null, { status: 404, statusText: 'Not Found' })
  return found
}

/**
 * Continues or corrects a record (more outcomes later, a mended date). Where a field changes that `judge` reads, the
 * unit's confirmation and the citizen's yes are reset; a returned record counts as corrected. `revision` names the
 * version that the form showed: an older one is refused rather than overwriting somebody's change.
 */
export function editHelp(
  actor: Actor,
  campaignId: number,
  { helpId, revision, input }: { helpId: number; revision: number; input: HelpInput },
): Outcome<{ hasReset: boolean }> | { ok: false; problems: 'outdated' | 'withdrawn' } {
  const { row, target } = required(visible(actor, campaignId, helpId))
  permit(actor, 'help.edit', target)
  if (row.withdrawnAt !== null) return { ok: false, problems: 'withdrawn' }
  if (row.revision !== revision) return { ok: false, problems: 'outdated' }
  const problems = problemsOf(campaignId, row.officialId, input)
  if (problems.length > 0) return { ok: false, problems }
  const { regulation } = rulesOf(campaignId)
  const citizenHash = matchHash({ campaignId }, 'number', input.citizen.number)
  const hasReset = change(campaignId, { citizens: [row.citizenHash, citizenHash] }, tx => {
    const at = campaignNow()
    const before = {
      citizen: row.citizenHash,
      phone: row.citizenPhoneHash,
      carrier: row.carrier,
      localityCode: row.localityCode,
      helpedOn: row.helpedOn,
      outcomes: outcomesOf(helpId),
      claimedAt: row.claimedAt,
    }
    const columns = columnsOf(campaignId, helpId, input)
    const after = { ...columns, citizen: citizenHash, phone: columns.citizenPhoneHash, outcomes: input.outcomes }
    const resets = changesVerdict(before, after, regulation)
    tx.update(help)
      .set({
        ...columns,
        claimedAt: claimedAtAfter(before, after, at, regulation),
        revision: row.revision + 1,
        returnedAt: null,
        returnReason: null,
        ...(resets ? { confirmedAt: null, confirmedBy: null } : {}),
      })
      .where(eq(help.id, helpId))
      .run()
    if (resets) setAnswersAside(helpId)
    writeOutcomes(tx, helpId, input)
    logEvent(tx, actor, { verb: 'edit', subject: 'help', subjectId: helpId, campaignId, data: { hasReset: resets } })
    return resets
  })
  return { ok: true, hasReset }
}

/** A changed record was never answered about: the citizen's yes and "not quite" lapse. A no stands until a finding. */
function setAnswersAside(helpId: number) {
  prepared(
    `update citizen_answer set set_aside_at = ? where help_id = ? and set_aside_at is null and answer <> 'no'`,
  ).run(Date.now(), helpId)
}

/** Withdraws a record; not possible once it was drawn for inspection or denied by the citizen (domain 5). */
export function withdrawHelp(actor: Actor, campaignId: number, helpId: number): Outcome<object> {
  const { row, target } = required(visible(actor, campaignId, helpId))
  permit(actor, 'help.edit', target)
  const isDrawn = prepared('select 1 from inspection_pick where help_id = ?').get(helpId) !== undefined
  const reason = checkWithdrawal({ isDrawn, isDenied: row.verdictReason === 'citizen_denied' })
  if (reason !== null) return { ok: false, problems: [{ field: 'helpId', reason }] }
  change(campaignId, { citizens: [row.citizenHash] }, tx => {
    tx.update(help)
      .set({ withdrawnAt: campaignNow(), revision: row.revision + 1 })
      .where(eq(help.id, helpId))
      .run()
    logEvent(tx, actor, { verb: 'withdraw', subject: 'help', subjectId: helpId, campaignId })
  })
  return { ok: true }
}

/** Takes a withdrawal back; the record keeps the place in the queue for the credit that it had. */
export function restoreHelp(actor: Actor, campaignId: number, helpId: number) {
  const { row, target } = required(visible(actor, campaignId, helpId))
  permit(actor, 'help.edit', target)
  change(campaignId, { citizens: [row.citizenHash] }, tx => {
    tx.update(help).set({ withdrawnAt: null, revision: row.revision + 1 }).where(eq(help.id, helpId)).run()
    logEvent(tx, actor, { verb: 'restore', subject: 'help', subjectId: helpId, campaignId })
  })
}

/**
 * Confirms records on behalf of their unit (domain 6.2), as many as are named; those already confirmed, returned or
 * withdrawn stay as they are. Entry in another's name is confirmed by somebody else than who entered it. Returns how
 * many were confirmed, and the ids that were left.
 */
export function confirmHelp(actor: Actor, campaignId: number, helpIds: readonly number[]) {
  const left: number[] = []
  const rows = helpIds.map(helpId => required(visible(actor, campaignId, helpId)))
  for (const { target } of rows) permit(actor, 'help.confirm', target)
  const open = rows.filter(({ row }) => {
    const isOwnEntry = actor.kind === 'person' && row.recordedBy === actor.accountId
    const isOpen = row.confirmedAt === null && row.returnedAt === null && row.withdrawnAt === null && !isOwnEntry
    if (!isOpen) left.push(row.id)
    return isOpen
  })
  change(campaignId, { citizens: open.map(({ row }) => row.citizenHash) }, tx => {
    for (const { row } of open) {
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
}

/** Sends a record back to the official with a reason; it counts again when corrected and confirmed. */
export function returnHelp(actor: Actor, campaignId: number, { helpId, reason }: { helpId: number; reason: string }) {
  const { row, target } = required(visible(actor, campaignId, helpId))
  permit(actor, 'help.confirm', target)
  if (row.withdrawnAt !== null) return
  change(campaignId, { citizens: [row.citizenHash] }, tx => {
    tx.update(help)
      .set({
        returnedAt: campaignNow(),
        returnReason: reason,
        confirmedAt: null,
        confirmedBy: null,
        revision: row.revision + 1,
      })
      .where(eq(help.id, helpId))
      .run()
    logEvent(tx, actor, { verb: 'return', subject: 'help', subjectId: helpId, campaignId })
  })
}

const opened = (row: { id: number; citizenNameCipher: Buffer }) =>
  unsealText({ table: 'help', column: 'citizenName', rowId: row.id }, row.citizenNameCipher) ?? ''

/** One record whole, for its page; undefined where out of sight. The number shows its last three digits only. */
export function findHelp(actor: Actor, campaignId: number, helpId: number) {
  const found = visible(actor, campaignId, helpId)
  if (!found) return undefined
  const { row, target } = found
  const slot = (column: string) => ({ table: 'help', column, rowId: row.id })
  const place = db.select().from(locality).where(eq(locality.code, row.localityCode)).get()
  const owner = db.select({ name: official.name }).from(official).where(eq(official.id, row.officialId)).get()
  const holder =
    row.verdictReason === 'duplicate_claim'
      ? (prepared('select claimed_at as at from help where campaign_id = ? and citizen_hash = ? and holds_credit = 1').get(
          campaignId,
          row.citizenHash,
        ) as { at: number | null } | undefined)
      : undefined
  return {
    ...row,
    citizenNameCipher: undefined,
    citizenNumberCipher: undefined,
    citizenPhoneCipher: undefined,
    noteCipher: undefined,
    citizenHash: undefined,
    citizenPhoneHash: undefined,
    citizenName: opened(row),
    numberTail: unsealText(slot('citizenNumber'), row.citizenNumberCipher)?.slice(-3) ?? '',
    phone: unsealText(slot('citizenPhone'), row.citizenPhoneCipher),
    note: unsealText(slot('note'), row.noteCipher),
    outcomes: outcomesOf(row.id),
    locality: place ? { code: place.code, name: `${place.type} ${place.name}` } : null,
    officialName: owner?.name ?? '',
    unitId: target.unitId,
    /** for a duplicate claim: when the citizen was already recorded; never by whom */
    alreadyRecordedAt: holder?.at ?? null,
    allowed: {
      edit: can(actor, 'help.edit', target) && row.withdrawnAt === null,
      confirm: can(actor, 'help.confirm', target) && row.withdrawnAt === null,
    },
  }
}

/** The citizen's whole number, for the form in which its own official corrects the record. Logged. */
export function openNumber(actor: Actor, campaignId: number, helpId: number): string {
  const { row, target } = required(visible(actor, campaignId, helpId))
  permit(actor, 'help.edit', target)
  return unsealText({ table: 'help', column: 'citizenNumber', rowId: row.id }, row.citizenNumberCipher) ?? ''
}

export type HelpFilter = {
  officialId?: number
  unitPath?: string
  localityPath?: string
  kind?: VerdictKind
  reason?: VerdictReason
  /** records whose id is below (keyset, newest first) */
  before?: number
  limit?: number
}

/** Records that the actor may see, newest first, one page. */
export function listHelp(actor: Actor, campaignId: number, filter: HelpFilter) {
  const limit = filter.limit ?? 50
  const place = sql`(select p.unit_id from posting p where p.official_id = ${help.officialId} and p.from_on <= ${campaignToday()} order by p.from_on desc limit 1)`
  const conditions: (SQL | undefined)[] = [
    eq(help.campaignId, campaignId),
    within(actor, 'help.view', { unitPath: unit.path, guardPath: unit.guardPath, officialId: help.officialId }),
    filter.officialId === undefined ? undefined : eq(help.officialId, filter.officialId),
    filter.unitPath ? inSubtree(unit.path, filter.unitPath) : undefined,
    filter.localityPath ? inSubtree(locality.path, filter.localityPath) : undefined,
    filter.kind ? eq(help.verdictKind, filter.kind) : undefined,
    filter.reason ? eq(help.verdictReason, filter.reason) : undefined,
    filter.before === undefined ? undefined : lt(help.id, filter.before),
  ]
  const rows = db
    .select({
      id: help.id,
      officialId: help.officialId,
      officialName: official.name,
      unitId: unit.id,
      unitName: unit.name,
      citizenNameCipher: help.citizenNameCipher,
      localityName: sql<string>`${locality.type} || ' ' || ${locality.name}`,
      hamlet: help.hamlet,
      helpedOn: help.helpedOn,
      receivedAt: help.receivedAt,
      recordedBy: help.recordedBy,
      verdictKind: help.verdictKind,
      verdictReason: help.verdictReason,
      verdictOutcome: help.verdictOutcome,
    })
    .from(help)
    .innerJoin(official, eq(official.id, help.officialId))
    .innerJoin(unit, eq(unit.id, place))
    .innerJoin(locality, eq(locality.code, help.localityCode))
    .where(and(...conditions))
    .orderBy(desc(help.id))
    .limit(limit + 1)
    .all()
  const page = rows
    .slice(0, limit)
    .map(({ citizenNameCipher, ...row }) => ({ ...row, citizenName: opened({ id: row.id, citizenNameCipher }) }))
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

/**
 * The queue to confirm in a subtree: records that wait for nothing else, those that raise a question (bursts) first,
 * then by receipt. What the actor may not confirm (their own, a head's) is not in it.
 */
export function listWaiting(actor: Actor, campaignId: number, { unitPath, limit = 100 }: { unitPath: string; limit?: number }) {
  const { regulation } = rulesOf(campaignId)
  const place = sql`(select p.unit_id from posting p where p.official_id = ${help.officialId} and p.from_on <= ${help.helpedOn} order by p.from_on desc limit 1)`
  const rows = db
    .select({
      id: help.id,
      officialId: help.officialId,
      officialName: official.name,
      unitName: unit.name,
      citizenNameCipher: help.citizenNameCipher,
      localityName: sql<string>`${locality.type} || ' ' || ${locality.name}`,
      hamlet: help.hamlet,
      helpedOn: help.helpedOn,
      receivedAt: help.receivedAt,
      recordedBy: help.recordedBy,
    })
    .from(help)
    .innerJoin(official, eq(official.id, help.officialId))
    .innerJoin(unit, eq(unit.id, place))
    .innerJoin(locality, eq(locality.code, help.localityCode))
    .where(
      and(
        eq(help.campaignId, campaignId),
        eq(help.verdictReason, 'awaiting_confirmation'),
        inSubtree(unit.path, unitPath),
        within(actor, 'help.confirm', { unitPath: unit.path, guardPath: unit.guardPath, officialId: help.officialId }),
      ),
    )
    .orderBy(asc(help.receivedAt), asc(help.id))
    .limit(1000)
    .all()
  const officialIds = [...new Set(rows.map(row => row.officialId))]
  const received = officialIds.length
    ? db
        .select({ helpId: help.id, officialId: help.officialId, receivedAt: help.receivedAt })
        .from(help)
        .where(and(eq(help.campaignId, campaignId), inArray(help.officialId, officialIds), gt(help.receivedAt, 0)))
        .all()
    : []
  const bursts = findBursts(received, regulation)
  const questionOf = (row: { id: number; officialId: number }) => {
    const burst = bursts.get(row.officialId)
    return burst?.helpIds.includes(row.id) ? { count: burst.count, minutes: burst.minutes } : null
  }
  const queue = rows.map(({ citizenNameCipher, ...row }) => ({
    ...row,
    citizenNameCipher,
    burst: questionOf(row),
  }))
  queue.sort((a, b) => Number(b.burst !== null) - Number(a.burst !== null))
  return {
    total: queue.length,
    rows: queue.slice(0, limit).map(({ citizenNameCipher, ...row }) => ({
      ...row,
      citizenName: opened({ id: row.id, citizenNameCipher }),
    })),
  }
}
