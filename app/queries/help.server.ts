import { and, asc, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { type Actor, can, isRoot, permit } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import { changesVerdict, checkHelp, checkWithdrawal, claimedAtAfter, type HelpInput } from '#app/domain/help.ts'
import type { FieldProblem } from '#app/domain/problem.ts'
import { CONSENT_VERSIONS, type ConsentVersion, type VerdictKind, type VerdictReason } from '#app/domain/vocabulary.ts'
import { db, oncePerConnection, prepared, type Tx, transact } from '#db/client.server.ts'
import { inserterOf } from '#db/inserter.server.ts'
import { matchHash, seal, unsealName, unsealText } from '#db/keys.server.ts'
import { help, helpOutcome, locality, official, unit } from '#db/schema.ts'
import { settleAssignments } from './assignment-closing.server.ts'
import { rulesOf } from './campaign-rules.server.ts'
import { outcomesOf } from './citizen-facts.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { findLocality } from './locality.server.ts'
import { targetOf } from './official.server.ts'
import { everPostedIn, unitIdOn } from './placement.server.ts'
import { signalsAmong } from './signal.server.ts'
import { companionsOf, matesOf, writeCompanions } from './team-mate.server.ts'
import { change } from './verdict.server.ts'

/** The wording of consent that the form shows now. */
export const CONSENT_VERSION: ConsentVersion = CONSENT_VERSIONS[0]

/** A queue holds so many of the oldest waiting records, and signals are looked for among them; the rest follows as these are done. */
const SEARCHED = 1000

type Outcome<T> = ({ ok: true } & T) | { ok: false; problems: FieldProblem[] }

/**
 * Records that an official helped a citizen (plan IV.1, IV.2): checks the input, saves the facts sealed, judges this
 * record and whoever shares the credit, moves the tallies and logs the event, in one transaction. A submission key
 * seen before returns the record that it made. `officialId` other than the actor's own is entry in another's name.
 * `companionIds` went along; those who were not of a team with the official that day are left out. The citizen's item
 * on a worklist is done with it.
 * `typed` is given where the form was filled in without a network: when (campaign clock, ms), and the wording of consent
 * that the citizen agreed to then; a day that rests on a doubted clock is refused.
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
): Outcome<{ helpId: number }> {
  return transact(() => {
    const target = targetOf(officialId, campaignToday())
    const isOwn = actor.kind === 'person' && actor.officialId === officialId
    permit(actor, isOwn ? 'help.record' : 'help.record_for', target)
    const known = prepared(
      'select id, official_id as officialId, campaign_id as campaignId from help where submission_key = ?',
    ).get(input.submissionKey) as { id: number; officialId: number; campaignId: number } | undefined
    if (known)
      return known.officialId === officialId && known.campaignId === campaignId
        ? { ok: true, helpId: known.id }
        : { ok: false, problems: [{ field: 'submissionKey', reason: 'not_a_key' }] }
    const problems = problemsOf(campaignId, officialId, input)
    if (typed?.isDayDoubted) problems.push({ field: 'helpedOn', reason: 'clock_disagrees' })
    if (problems.length > 0) return { ok: false, problems }
    const citizenHash = matchHash({ campaignId }, 'number', input.citizen.number)
    const helpId = change(campaignId, { citizens: [citizenHash] }, tx => {
      const at = campaignNow()
      const { regulation } = rulesOf(campaignId)
      const { id: next } = prepared('select coalesce(max(id), 0) + 1 as id from help').get() as { id: number }
      inserterOf(help)({
        id: next,
        campaignId,
        officialId,
        submissionKey: input.submissionKey,
        consentVersion: typed?.consentVersion ?? CONSENT_VERSION,
        enteredAt: typed?.enteredAt ?? null,
        recordedBy: isOwn || actor.kind !== 'person' ? null : actor.accountId,
        receivedAt: at,
        claimedAt: claimedAtAfter(null, { citizen: citizenHash, outcomes: input.outcomes }, at, regulation),
        ...UNJUDGED,
        ...columnsOf(campaignId, next, input),
      })
      writeOutcomes(next, input)
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
  return checkHelp(input, {
    today: campaignToday(),
    isSelf: own?.hash === matchHash({ campaignId }, 'number', input.citizen.number),
    isKnownLocality: findLocality(input.citizen.localityCode)?.level === 'commune',
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

function writeOutcomes(helpId: number, { outcomes }: HelpInput) {
  prepared('delete from help_outcome where help_id = ?').run(helpId)
  const insert = prepared('insert into help_outcome (help_id, outcome, value, on_day) values (?, ?, ?, ?)')
  for (const [outcome, fact] of Object.entries(outcomes)) if (fact) insert.run(helpId, outcome, fact.value, fact.on)
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

function required<T>(found: T | undefined): T {
  if (found === undefined) throw new Response(null, { status: 404, statusText: 'Not Found' })
  return found
}

/**
 * Continues or corrects a record (more outcomes later, a mended date). Where a field changes that `judge` reads, the
 * unit's confirmation, the citizen's yes and an inspection's "true" are reset; a returned record counts as corrected. `revision` names the
 * version that the form showed: an older one is refused rather than overwriting somebody's change.
 */
export function editHelp(
  actor: Actor,
  campaignId: number,
  { helpId, revision, input }: { helpId: number; revision: number; input: HelpInput },
): Outcome<{ hasReset: boolean }> | { ok: false; problems: 'outdated' | 'withdrawn' | 'erased' } {
  const { row, target } = required(visible(actor, campaignId, helpId))
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
    if (resets) setEvidenceAside(helpId)
    writeOutcomes(helpId, input)
    settleAssignments(campaignId, [row.citizenHash, citizenHash])
    logEvent(tx, actor, { verb: 'edit', subject: 'help', subjectId: helpId, campaignId, data: { hasReset: resets } })
    return resets
  })
  return { ok: true, hasReset }
}

/**
 * A changed record was never answered about nor found true: the citizen's yes and "not quite" lapse, and an inspection's
 * "true". A no stands until a finding, an "untrue" until an appeal.
 */
function setEvidenceAside(helpId: number) {
  const at = Date.now()
  prepared(
    `update citizen_answer set set_aside_at = ? where help_id = ? and set_aside_at is null and answer <> 'no'`,
  ).run(at, helpId)
  prepared(
    `update inspection_pick set set_aside_at = ? where help_id = ? and set_aside_at is null and result = 'true'`,
  ).run(at, helpId)
}

/** Drawn for an inspection: the record and its citizen stand as they were drawn. */
function isDrawn(helpId: number): boolean {
  return prepared('select 1 from inspection_pick where help_id = ?').get(helpId) !== undefined
}

/** Withdraws a record; not possible once it was drawn for inspection or denied by the citizen (domain 5). */
export function withdrawHelp(actor: Actor, campaignId: number, helpId: number): Outcome<object> {
  const { row, target } = required(visible(actor, campaignId, helpId))
  permit(actor, 'help.edit', target)
  const reason = checkWithdrawal({ isDrawn: isDrawn(helpId), isDenied: row.verdictReason === 'citizen_denied' })
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
  const { row, target } = required(visible(actor, campaignId, helpId))
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
 * Confirms records on behalf of their unit (domain 6.2), as many as are named; those already confirmed, returned or
 * withdrawn stay as they are. Entry in another's name is confirmed by somebody else than who entered it. Returns how
 * many were confirmed, and the ids that were left.
 */
export function confirmHelp(actor: Actor, campaignId: number, helpIds: readonly number[]) {
  return transact(() => {
    const left: number[] = []
    const rows = [...new Set(helpIds)].map(helpId => required(visible(actor, campaignId, helpId)))
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
  })
}

/**
 * Sends records back to their officials with a reason; they count again when corrected and confirmed. Withdrawn ones
 * stay as they are. Returns how many were sent back.
 */
export function returnHelp(
  actor: Actor,
  campaignId: number,
  { helpIds, reason }: { helpIds: readonly number[]; reason: string },
): number {
  const rows = [...new Set(helpIds)].map(helpId => required(visible(actor, campaignId, helpId)))
  for (const { target } of rows) permit(actor, 'help.confirm', target)
  const open = rows.flatMap(({ row }) => (row.withdrawnAt === null ? [row] : []))
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
  return open.length
}

const opened = (row: { id: number; citizenNameCipher: Buffer }) =>
  unsealName({ table: 'help', column: 'citizenName', rowId: row.id }, row.citizenNameCipher)

/** One record whole, for its page; undefined where out of sight. The number shows its last three digits only. */
export function findHelp(actor: Actor, campaignId: number, helpId: number) {
  const found = visible(actor, campaignId, helpId)
  if (!found) return undefined
  const { row, target } = found
  const slot = (column: string) => ({ table: 'help', column, rowId: row.id })
  const place = findLocality(row.localityCode)
  const owner = db.select({ name: official.name }).from(official).where(eq(official.id, row.officialId)).get()
  const holder =
    row.verdictReason === 'duplicate_claim'
      ? (prepared(
          'select claimed_at as at from help where campaign_id = ? and citizen_hash = ? and holds_credit = 1',
        ).get(campaignId, row.citizenHash) as { at: number | null } | undefined)
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
    companions: companionsOf(row.id),
    locality: place ? { code: place.code, name: `${place.type} ${place.name}` } : null,
    officialName: owner?.name ?? '',
    unitId: target.unitId,
    /** for a duplicate claim: when the citizen was already recorded; never by whom */
    alreadyRecordedAt: holder?.at ?? null,
    allowed: {
      edit: can(actor, 'help.edit', target) && row.withdrawnAt === null && row.erasedAt === null,
      confirm: can(actor, 'help.confirm', target) && row.withdrawnAt === null,
    },
  }
}

/** The citizen's whole number, for the form in which its own official corrects the record. Logged. */
export function openNumber(actor: Actor, campaignId: number, helpId: number): string {
  const { row, target } = required(visible(actor, campaignId, helpId))
  permit(actor, 'help.edit', target)
  transact(tx =>
    logEvent(tx, actor, { verb: 'open', subject: 'help', subjectId: row.id, campaignId, data: { field: 'number' } }),
  )
  return unsealText({ table: 'help', column: 'citizenNumber', rowId: row.id }, row.citizenNumberCipher) ?? ''
}

/** What the index of records that do not count asks for, word for word, beside their reason. */
const IS_NOT_COUNTED = sql`${help.verdictKind} <> 'counts'`
const COUNTING: readonly VerdictReason[] = ['verified', 'confirmed']

export type HelpFilter = {
  officialId?: number
  unitPath?: string
  localityPath?: string
  kind?: VerdictKind
  reason?: VerdictReason
  /** only what the widest of the three figures holds: neither withdrawn nor outside the period */
  isReported?: boolean
  /** records whose id is below (keyset, newest first) */
  before?: number
  limit?: number
}

const LIST_COLUMNS = {
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
}

const openRow = <Row extends { id: number; citizenNameCipher: Buffer }>({ citizenNameCipher, ...row }: Row) => ({
  ...row,
  citizenName: opened({ id: row.id, citizenNameCipher }),
})

const listRows = oncePerConnection(() =>
  db
    .select(LIST_COLUMNS)
    .from(help)
    .innerJoin(official, eq(official.id, help.officialId))
    .innerJoin(unit, eq(unit.id, unitIdOn(help.officialId, help.helpedOn)))
    .innerJoin(locality, eq(locality.code, help.localityCode))
    .where(sql`${help.id} in (select value from json_each(${sql.placeholder('ids')}))`)
    .orderBy(desc(help.id))
    .prepare(),
)

/**
 * A page of the records of a subtree, looked for among the newest of whoever was ever posted there, in steps that grow:
 * an index tells those by itself, while where a record lies is worked out for each.
 */
function amongNewest(campaignId: number, { unitPath = '', before }: HelpFilter, limit: number, pageOf: PageOf) {
  for (let most = 4 * limit; ; most *= 16) {
    const newest = db
      .select({ id: help.id })
      .from(help)
      .where(
        and(
          eq(help.campaignId, campaignId),
          everPostedIn(help.officialId, unitPath),
          before === undefined ? undefined : lt(help.id, before),
        ),
      )
      .orderBy(desc(help.id))
      .limit(most)
      .all()
      .map(row => row.id)
    const ids = pageOf(sql`${help.id} in (select value from json_each(${JSON.stringify(newest)}))`)
    if (ids.length > limit || newest.length < most) return ids
  }
}
type PageOf = (among: SQL) => number[]

/**
 * Records that the actor may see, newest first, one page. A record lies where its official worked on the day helped, as
 * in the figures (domain 3); it is seen from there, and from where the official works today.
 */
export function listHelp(actor: Actor, campaignId: number, filter: HelpFilter) {
  const limit = filter.limit ?? 50
  const today = alias(unit, 'today')
  const isWhole = filter.unitPath === undefined || isRoot(filter.unitPath)
  // the whole province's newest are read from the end of the table (the plus keeps the index on the campaign out of
  // it); a part's, or what is rare, by its index
  const isRare = filter.reason !== undefined && !COUNTING.includes(filter.reason)
  const isRead = isWhole && filter.officialId === undefined && !isRare
  const conditions: (SQL | undefined)[] = [
    isRead ? sql`+${help.campaignId} = ${campaignId}` : eq(help.campaignId, campaignId),
    or(
      within(actor, 'help.view', { unitPath: unit.path, guardPath: unit.guardPath, officialId: help.officialId }),
      within(actor, 'help.view', { unitPath: today.path, guardPath: today.guardPath, officialId: help.officialId }),
    ),
    filter.officialId === undefined ? undefined : eq(help.officialId, filter.officialId),
    filter.unitPath ? inSubtree(unit.path, filter.unitPath) : undefined,
    filter.unitPath && !isWhole ? everPostedIn(help.officialId, filter.unitPath) : undefined,
    filter.localityPath ? inSubtree(locality.path, filter.localityPath) : undefined,
    filter.kind ? eq(help.verdictKind, filter.kind) : undefined,
    filter.reason ? eq(help.verdictReason, filter.reason) : undefined,
    isRare ? IS_NOT_COUNTED : undefined,
    filter.isReported ? eq(help.isReported, true) : undefined,
    filter.before === undefined ? undefined : lt(help.id, filter.before),
  ]
  // the ids of the page first: SQLite would work out every column of every row before it sorts
  const pageOf = (among?: SQL) =>
    db
      .select({ id: help.id })
      .from(help)
      .innerJoin(unit, eq(unit.id, unitIdOn(help.officialId, help.helpedOn)))
      .innerJoin(today, eq(today.id, unitIdOn(help.officialId, campaignToday())))
      .innerJoin(locality, eq(locality.code, help.localityCode))
      .where(and(...conditions, among))
      .orderBy(desc(help.id))
      .limit(limit + 1)
      .all()
      .map(row => row.id)
  const isLookedFor = filter.unitPath !== undefined && !isWhole && filter.officialId === undefined && !isRare
  const ids = isLookedFor ? amongNewest(campaignId, filter, limit, pageOf) : pageOf()
  const rows = listRows()
    .all({ ids: JSON.stringify(ids.slice(0, limit)) })
    .map(openRow)
  return { rows, next: ids.length > limit ? (rows.at(-1)?.id ?? null) : null }
}

/**
 * What waits in a subtree for this actor's confirmation: records that wait for nothing else, the oldest of them. What the actor
 * may not confirm (their own, a head's, what they entered in another's name) is not in it. `questions` are the signals
 * among them, the most telling first, each with its records; `others` are the rest. `isCutOff`: there may be more.
 */
export function waitingHelp(
  actor: Actor,
  campaignId: number,
  { unitPath, officialId }: { unitPath: string; officialId?: number },
) {
  const waiting = db
    .select({ helpId: help.id, officialId: help.officialId })
    .from(help)
    .innerJoin(unit, eq(unit.id, unitIdOn(help.officialId, help.helpedOn)))
    .where(
      and(
        eq(help.campaignId, campaignId),
        eq(help.verdictReason, 'awaiting_confirmation'),
        IS_NOT_COUNTED,
        officialId === undefined ? undefined : eq(help.officialId, officialId),
        isRoot(unitPath) ? undefined : everPostedIn(help.officialId, unitPath),
        inSubtree(unit.path, unitPath),
        within(actor, 'help.confirm', { unitPath: unit.path, guardPath: unit.guardPath, officialId: help.officialId }),
        actor.kind === 'person' ? sql`${help.recordedBy} is not ${actor.accountId}` : undefined,
      ),
    )
    .orderBy(asc(help.id))
    .limit(SEARCHED)
    .all()
  const questions = signalsAmong(campaignId, waiting)
  const asked = new Set(questions.flatMap(question => question.helpIds))
  return {
    total: waiting.length,
    isCutOff: waiting.length === SEARCHED,
    questions,
    others: waiting.map(row => row.helpId).filter(helpId => !asked.has(helpId)),
  }
}

/** These records as far as the actor may confirm them, in the order named. */
export function listToConfirm(actor: Actor, campaignId: number, helpIds: readonly number[]) {
  const rows = db
    .select({ ...LIST_COLUMNS, place: help.place })
    .from(help)
    .innerJoin(official, eq(official.id, help.officialId))
    .innerJoin(unit, eq(unit.id, unitIdOn(help.officialId, help.helpedOn)))
    .innerJoin(locality, eq(locality.code, help.localityCode))
    .where(
      and(
        eq(help.campaignId, campaignId),
        inArray(help.id, [...helpIds]),
        within(actor, 'help.confirm', { unitPath: unit.path, guardPath: unit.guardPath, officialId: help.officialId }),
      ),
    )
    .all()
  const byId = new Map(rows.map(row => [row.id, row]))
  return helpIds.flatMap(helpId => {
    const row = byId.get(helpId)
    return row ? [openRow(row)] : []
  })
}
