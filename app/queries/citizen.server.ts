import { createHash } from 'node:crypto'
import { and, asc, eq, isNull } from 'drizzle-orm'
import { type Actor, can, type Person, permit, permitSomewhere } from '#app/access/policy.ts'
import { dayOf } from '#app/domain/calendar.ts'
import {
  encodeCode,
  LINK_HOURS,
  MOST_PHONE_CODES,
  MOST_SLIPS,
  PHONE_CODES,
  readCode,
  refuseCode,
  requestDue,
} from '#app/domain/citizen-code.ts'
import { claimsAfter } from '#app/domain/help.ts'
import { forbidden, notFound } from '#app/domain/refusal.ts'
import type { AnswerFlag, CitizenAnswer, CitizenRequestKind, Outcome } from '#app/domain/vocabulary.ts'
import { db, type FactTx, nextId, prepared, type Tx, transact } from '#db/client.server.ts'
import { matchHash, seal, unsealName, unsealText } from '#db/keys.server.ts'
import { campaign, citizenAnswer, citizenCode, citizenRequest, help, official, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { change, claimedBefore, outcomesOf, rulesOf } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'
import { rootUnit } from './unit.server.ts'

const HOUR_MS = 3_600_000

/** A code by its row: derived with the campaign's key, so that it can be shown again and is not stored. */
function codeOf(campaignId: number, codeId: number): string {
  return encodeCode(Buffer.from(matchHash({ campaignId }, 'citizen code', String(codeId)), 'base64url'))
}

const hashOf = (code: string) => createHash('sha256').update(code).digest('base64url')

function issue(
  tx: Tx,
  row: {
    campaignId: number
    kind: 'link' | 'slip' | 'phone'
    officialId: number
    helpId: number | null
    expiresAt: number | null
  },
): string {
  const id = nextId(citizenCode)
  const code = codeOf(row.campaignId, id)
  tx.insert(citizenCode)
    .values({ id, ...row, codeHash: hashOf(code), issuedAt: campaignNow() })
    .run()
  return code
}

/** Returns the citizen's newest valid answer, and its flag. */
function standingAnswer(helpId: number) {
  return db
    .select({
      answer: citizenAnswer.answer,
      outcome: citizenAnswer.outcome,
      answeredAt: citizenAnswer.answeredAt,
      flag: citizenAnswer.flag,
    })
    .from(citizenAnswer)
    .where(and(eq(citizenAnswer.helpId, helpId), isNull(citizenAnswer.setAsideAt)))
    .orderBy(asc(citizenAnswer.id))
    .all()
    .at(-1)
}

/**
 * Returns the state of the citizen's confirmation of a record: the answer, or the code that waits for it. Domain 6.1.
 */
export function findCitizenLink(actor: Person, campaignId: number, record: { id: number; officialId: number }) {
  const target = targetOf(record.officialId, campaignToday())
  const answer = standingAnswer(record.id)
  const isOwn = actor.officialId === record.officialId
  const seesFlag = can(actor, 'help.confirm', target)
  const shown = answer && { ...answer, flag: seesFlag ? answer.flag : null }
  if (!isOwn || answer) return { answer: shown, code: null, expiresAt: null }
  const open = db
    .select({ id: citizenCode.id, expiresAt: citizenCode.expiresAt })
    .from(citizenCode)
    .where(and(eq(citizenCode.helpId, record.id), isNull(citizenCode.usedAt)))
    .all()
    .filter(code => code.expiresAt === null || code.expiresAt > campaignNow())
    .at(-1)
  return {
    answer: undefined,
    code: open ? codeOf(campaignId, open.id) : null,
    expiresAt: open?.expiresAt ?? null,
  }
}

/**
 * Issues a link to one of the actor's own records, valid for 48 hours; a link that still waits expires. Refuses a
 * withdrawn record or one with a valid answer, and returns which; null: issued.
 */
export function issueCitizenLink(actor: Person, campaignId: number, helpId: number): 'withdrawn' | 'answered' | null {
  const row = db
    .select({ officialId: help.officialId, withdrawnAt: help.withdrawnAt })
    .from(help)
    .where(and(eq(help.id, helpId), eq(help.campaignId, campaignId)))
    .get()
  if (!row || row.officialId !== actor.officialId) throw notFound()
  permit(actor, 'help.edit', targetOf(row.officialId, campaignToday()))
  return transact(tx => {
    const refusal = refuseCode({
      isWithdrawn: row.withdrawnAt !== null,
      answer: standingAnswer(helpId)?.answer ?? null,
    })
    if (refusal !== null) return refusal
    const at = campaignNow()
    prepared(
      `update citizen_code set expires_at = ? where help_id = ? and used_at is null
          and (expires_at is null or expires_at > ?)`,
    ).run(at, helpId, at)
    issue(tx, { campaignId, kind: 'link', officialId: row.officialId, helpId, expiresAt: at + LINK_HOURS * HOUR_MS })
    logEvent(tx, actor, { verb: 'issue', subject: 'citizen_code', subjectId: helpId, campaignId })
    return null
  })
}

/** The slips that an official holds and no record uses yet, oldest first. */
export function listSlips(actor: Person, campaignId: number): string[] {
  if (actor.officialId === null) return []
  return db
    .select({ id: citizenCode.id })
    .from(citizenCode)
    .where(
      and(
        eq(citizenCode.campaignId, campaignId),
        eq(citizenCode.officialId, actor.officialId),
        eq(citizenCode.kind, 'slip'),
        isNull(citizenCode.helpId),
      ),
    )
    .orderBy(asc(citizenCode.id))
    .all()
    .map(row => codeOf(campaignId, row.id))
}

/** Fills the official's own slips up to 20, for use without network. Returns how many were made. */
export function issueSlips(actor: Person, campaignId: number): number {
  const { officialId } = actor
  if (officialId === null) throw forbidden()
  permit(actor, 'help.record', targetOf(officialId, campaignToday()))
  return transact(tx => {
    const wanted = MOST_SLIPS - listSlips(actor, campaignId).length
    for (let n = 0; n < wanted; n++) issue(tx, { campaignId, kind: 'slip', officialId, helpId: null, expiresAt: null })
    if (wanted > 0)
      logEvent(tx, actor, {
        verb: 'issue',
        subject: 'citizen_code',
        subjectId: officialId,
        campaignId,
        data: { count: wanted },
      })
    return wanted
  })
}

/**
 * Issues codes to one phone of the official, for use without network: each is handed out once, so that no two phones,
 * and no printed slip, show the same one. None where many of the last day's are still unused.
 */
export function issuePhoneCodes(actor: Person, campaignId: number): string[] {
  const { officialId } = actor
  if (officialId === null) throw forbidden()
  permit(actor, 'help.record', targetOf(officialId, campaignToday()))
  return transact(tx => {
    const { unused } = prepared<{ unused: number }>(
      `select count(*) as unused from citizen_code
        where official_id = ? and campaign_id = ? and kind = 'phone' and help_id is null and issued_at > ?`,
    ).one(officialId, campaignId, campaignNow() - 24 * HOUR_MS)
    if (unused >= MOST_PHONE_CODES) return []
    logEvent(tx, actor, {
      verb: 'issue',
      subject: 'citizen_code',
      subjectId: officialId,
      campaignId,
      data: { count: PHONE_CODES },
    })
    return Array.from({ length: PHONE_CODES }, () =>
      issue(tx, { campaignId, kind: 'phone', officialId, helpId: null, expiresAt: null }),
    )
  })
}

/**
 * Binds an unused slip or phone's code of the official to one of their records. A phone's code may be answered for 48
 * hours from then. Binding it again changes nothing, because the answer to the first attempt may have been lost. False
 * if the code is neither, or is bound to another record.
 */
export function bindSlip(
  actor: Person,
  campaignId: number,
  { helpId, code }: { helpId: number; code: string },
): boolean {
  const plain = readCode(code)
  if (plain === null || actor.officialId === null) return false
  const owner = db.select({ officialId: help.officialId }).from(help).where(eq(help.id, helpId)).get()
  if (owner?.officialId !== actor.officialId) throw notFound()
  const { changes } = prepared(
    `update citizen_code
        set help_id = @helpId,
            expires_at = case when kind = 'phone' and help_id is null then @expiresAt else expires_at end
      where code_hash = @hash and kind in ('slip', 'phone') and (help_id is null or (kind = 'phone' and help_id = @helpId))
        and official_id = @officialId and campaign_id = @campaignId`,
  ).run({
    helpId,
    hash: hashOf(plain),
    officialId: actor.officialId,
    campaignId,
    expiresAt: campaignNow() + LINK_HOURS * HOUR_MS,
  })
  return changes === 1
}

/** Returns the record behind a code, for the citizen who holds it: which official reports which help. */
export function findByCode(text: string) {
  const code = readCode(text)
  if (code === null) return undefined
  const row = db
    .select()
    .from(citizenCode)
    .where(eq(citizenCode.codeHash, hashOf(code)))
    .get()
  if (!row) return undefined
  if (row.helpId === null) return { state: 'unbound' as const, code }
  const record = db
    .select({
      id: help.id,
      helpedOn: help.helpedOn,
      citizenNameCipher: help.citizenNameCipher,
      citizenNumberCipher: help.citizenNumberCipher,
      withdrawnAt: help.withdrawnAt,
      officialName: official.name,
      campaignCode: campaign.code,
    })
    .from(help)
    .innerJoin(official, eq(official.id, help.officialId))
    .innerJoin(campaign, eq(campaign.id, help.campaignId))
    .where(eq(help.id, row.helpId))
    .get()
  if (!record) return undefined
  const target = targetOf(row.officialId, record.helpedOn)
  const isExpired = row.expiresAt !== null && row.expiresAt <= campaignNow()
  const answer = standingAnswer(record.id)
  const slot = (column: string) => ({ table: 'help', column, rowId: record.id })
  return {
    state: row.usedAt !== null || answer ? ('used' as const) : isExpired ? ('expired' as const) : ('open' as const),
    code,
    codeId: row.id,
    helpId: record.id,
    campaignId: row.campaignId,
    officialId: row.officialId,
    campaignCode: record.campaignCode,
    officialName: record.officialName,
    unitName: db.select({ name: unit.name }).from(unit).where(eq(unit.id, target.unitId)).get()?.name ?? '',
    citizenName: unsealName(slot('citizenName'), record.citizenNameCipher),
    numberTail: unsealText(slot('citizenNumber'), record.citizenNumberCipher)?.slice(-3) ?? '',
    helpedOn: record.helpedOn,
    outcomes: outcomesOf(record.id),
    answer: answer?.answer ?? null,
  }
}
type OpenCode = Exclude<NonNullable<ReturnType<typeof findByCode>>, { state: 'unbound' }>

/**
 * Stores the citizen's answer and uses up the code. A "no" excludes the record at once. With "not quite" the outcome
 * named becomes not_yet, and the unit confirms again. An answer from a browser that the official signed in from, or
 * that has answered for another citizen, is kept and flagged. Null if the code is no longer open. Domain 6.1.
 */
export function answerByCode(
  text: string,
  given: { answer: CitizenAnswer; outcome: Outcome | null; consentVersion: string; deviceHash: string },
): { answer: CitizenAnswer } | null {
  return transact(tx => {
    const found = findByCode(text)
    if (found?.state !== 'open') return null
    const { helpId, campaignId } = found
    const row = tx.select().from(help).where(eq(help.id, helpId)).get()
    if (!row) return null
    const answeredAt = campaignNow()
    change(campaignId, { citizens: [row.citizenHash] }, tx => {
      tx.insert(citizenAnswer)
        .values({
          helpId,
          codeId: found.codeId,
          answer: given.answer,
          outcome: given.answer === 'not_quite' ? given.outcome : null,
          answeredAt,
          consentVersion: given.consentVersion,
          deviceHash: given.deviceHash,
          flag: flagOf(found, row, given.deviceHash),
        })
        .run()
      tx.update(citizenCode).set({ usedAt: answeredAt }).where(eq(citizenCode.id, found.codeId)).run()
      if (given.answer === 'not_quite' && given.outcome !== null) takeBack(tx, row, given.outcome)
      logEvent(
        tx,
        { kind: 'anonymous' },
        { verb: 'answer', subject: 'help', subjectId: helpId, campaignId, data: { answer: given.answer } },
      )
    })
    return { answer: given.answer }
  })
}

/** The outcome did not happen: it becomes not_yet, and what was confirmed is confirmed no longer. */
function takeBack(tx: FactTx, row: typeof help.$inferSelect, outcome: Outcome) {
  const { regulation } = rulesOf(row.campaignId)
  const before = claimedBefore(row, regulation)
  tx.write(
    `update help_outcome set value = 'not_yet', on_day = null, claimed_at = null where help_id = ? and outcome = ?`,
  ).run(row.id, outcome)
  const claims = claimsAfter(
    { citizen: row.citizenHash, ...before },
    { citizen: row.citizenHash, outcomes: outcomesOf(row.id) },
    campaignNow(),
  )
  tx.update(help)
    .set({
      claimedAt: claims[regulation.mustAchieve] ?? null,
      confirmedAt: null,
      confirmedBy: null,
      revision: row.revision + 1,
    })
    .where(eq(help.id, row.id))
    .run()
}

function flagOf(code: OpenCode, row: typeof help.$inferSelect, deviceHash: string): AnswerFlag | null {
  const isOfficial = prepared(
    `select 1 from device_account d join account a on a.id = d.account_id
      where d.device_hash = ? and (a.official_id = ? or a.id = ?)`,
  ).get(deviceHash, code.officialId, row.recordedBy)
  if (isOfficial) return 'official_device'
  const isShared = prepared(
    `select 1 from citizen_answer a join help h on h.id = a.help_id
      where a.device_hash = ? and h.campaign_id = ? and h.citizen_hash <> ?`,
  ).get(deviceHash, code.campaignId, row.citizenHash)
  return isShared ? 'shared_device' : null
}

/**
 * Opens a request about the citizen's own data, by the code that they hold; false if the code opens no record. Domain
 * 11.
 */
export function askByCode(text: string, asked: { kind: CitizenRequestKind; message: string }): boolean {
  const found = findByCode(text)
  if (!found || found.state === 'unbound') return false
  const { helpId, campaignId } = found
  transact(tx => {
    const id = nextId(citizenRequest)
    const slot = { table: 'citizen_request', column: 'message', rowId: id }
    tx.insert(citizenRequest)
      .values({
        id,
        campaignId,
        helpId,
        kind: asked.kind,
        messageCipher: asked.message === '' ? null : seal({ campaignId }, slot, asked.message),
        askedAt: campaignNow(),
      })
      .run()
    logEvent(
      tx,
      { kind: 'anonymous' },
      { verb: 'ask', subject: 'citizen_request', subjectId: id, campaignId, data: { kind: asked.kind } },
    )
  })
  return true
}

/** Lists citizens' requests of a campaign with their due days: open ones first, by the next due day. */
export function listCitizenRequests(actor: Actor, campaignId: number) {
  permitSomewhere(actor, 'citizen_request.handle')
  return db
    .select()
    .from(citizenRequest)
    .where(eq(citizenRequest.campaignId, campaignId))
    .orderBy(asc(citizenRequest.id))
    .all()
    .map(({ messageCipher, ...row }) => {
      const due = requestDue(row.kind, dayOf(row.askedAt))
      return {
        ...row,
        message: unsealText({ table: 'citizen_request', column: 'message', rowId: row.id }, messageCipher) ?? '',
        ...due,
        /** by which day something is owed next: an acknowledgement, then what was asked for */
        dueBy: row.acknowledgedAt === null ? due.acknowledgeBy : due.meetBy,
      }
    })
    .sort((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null) || a.dueBy.localeCompare(b.dueBy))
}

/** Acknowledges a citizen's request, or closes it with what was done. One that is closed stays as it is. */
export function handleCitizenRequest(
  actor: Person,
  campaignId: number,
  { requestId, answer }: { requestId: number; answer: string | null },
) {
  permit(actor, 'citizen_request.handle', { unitPath: rootUnit().path })
  transact(tx => {
    const at = campaignNow()
    const { changes } = tx
      .update(citizenRequest)
      .set(answer === null ? { acknowledgedAt: at } : { closedAt: at, closedBy: actor.accountId, answer })
      .where(
        and(
          eq(citizenRequest.id, requestId),
          eq(citizenRequest.campaignId, campaignId),
          isNull(citizenRequest.closedAt),
        ),
      )
      .run()
    if (changes === 0) throw notFound()
    logEvent(tx, actor, {
      verb: answer === null ? 'acknowledge' : 'close_request',
      subject: 'citizen_request',
      subjectId: requestId,
      campaignId,
    })
  })
}
