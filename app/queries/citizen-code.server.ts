import { createHash } from 'node:crypto'
import { and, asc, eq, isNull } from 'drizzle-orm'
import { can, type Person, permit } from '#app/access/policy.ts'
import { readDenied } from '#app/domain/citizen-answer.ts'
import {
  encodeCode,
  LINK_HOURS,
  MOST_PHONE_CODES,
  MOST_SLIPS,
  PHONE_CODES,
  readCode,
  refuseCode,
} from '#app/domain/citizen-code.ts'
import { forbidden, notFound, type Result } from '#app/domain/refusal.ts'
import { db, nextId, prepared, type Tx, transact } from '#db/client.server.ts'
import { matchHash, unsealText } from '#db/keys.server.ts'
import { citizenAnswer, citizenCode, help } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { targetOf } from './official.server.ts'

const HOUR_MS = 3_600_000

/** A code by its row: derived with the campaign's key, so that it can be shown again and is not stored. */
function codeOf(campaignId: number, codeId: number): string {
  return encodeCode(Buffer.from(matchHash({ campaignId }, 'citizen code', String(codeId)), 'base64url'))
}

export const hashOf = (code: string) => createHash('sha256').update(code).digest('base64url')

function issue(
  tx: Tx,
  row: {
    campaignId: number
    kind: 'link' | 'slip' | 'phone'
    officialId: number
    helpId: number | null
    expiresAt: number | null
    handedAt?: number
    networkHash?: string | null
  },
): string {
  const id = nextId(citizenCode)
  const code = codeOf(row.campaignId, id)
  tx.insert(citizenCode)
    .values({ id, ...row, codeHash: hashOf(code), issuedAt: campaignNow() })
    .run()
  return code
}

/** Returns the citizen's newest valid answer: what it says did not happen, their own words, and its flag. */
export function standingAnswer(helpId: number) {
  const row = db
    .select({
      id: citizenAnswer.id,
      answer: citizenAnswer.answer,
      outcome: citizenAnswer.outcome,
      answeredAt: citizenAnswer.answeredAt,
      flag: citizenAnswer.flag,
      wordsCipher: citizenAnswer.wordsCipher,
    })
    .from(citizenAnswer)
    .where(and(eq(citizenAnswer.helpId, helpId), isNull(citizenAnswer.setAsideAt)))
    .orderBy(asc(citizenAnswer.id))
    .all()
    .at(-1)
  if (!row) return undefined
  const { id, outcome, wordsCipher, ...answer } = row
  const slot = { table: 'citizen_answer', column: 'words', rowId: id }
  return { ...answer, denied: readDenied(outcome), words: unsealText(slot, wordsCipher) }
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

/** Ends the codes and links that wait for the record's answer at `at` (campaign clock, ms). */
export function endCodes(helpId: number, at: number) {
  prepared(
    `update citizen_code set expires_at = @at
      where help_id = @helpId and used_at is null and (expires_at is null or expires_at > @at)`,
  ).run({ helpId, at })
}

/**
 * Issues a link to one of the actor's own records, valid for 48 hours; a link that still waits expires. Refuses a
 * withdrawn record or one with a valid answer and says which. `network`: where the official is (`networkOf`); null: not
 * known.
 */
export function issueCitizenLink(
  actor: Person,
  campaignId: number,
  helpId: number,
  network: string | null = null,
): Result<object, 'withdrawn' | 'answered'> {
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
    if (refusal !== null) return { ok: false, problem: refusal }
    const at = campaignNow()
    endCodes(helpId, at)
    issue(tx, {
      campaignId,
      kind: 'link',
      officialId: row.officialId,
      helpId,
      expiresAt: at + LINK_HOURS * HOUR_MS,
      handedAt: at,
      networkHash: networkHashOf(campaignId, network),
    })
    logEvent(tx, actor, { verb: 'issue', subject: 'citizen_code', subjectId: helpId, campaignId })
    return { ok: true }
  })
}

/** Sees to it that a link waits for the citizen's answer to a record just saved; one that waits already stays. */
export function offerCitizenLink(
  actor: Person,
  campaignId: number,
  record: { helpId: number; network: string | null },
) {
  const { helpId, network } = record
  const known = findCitizenLink(actor, campaignId, { id: helpId, officialId: actor.officialId ?? -1 })
  if (known.code === null) issueCitizenLink(actor, campaignId, helpId, network)
}

/** A network is kept as a keyed hash: only whether two are the same is asked (domain 6.1). */
const networkHashOf = (campaignId: number, network: string | null) =>
  network === null ? null : matchHash({ campaignId }, 'network', network)

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
 * hours from then. Binding it again changes nothing, because the answer to the first attempt may have been lost.
 * Refused if the code is neither, or is bound to another record.
 */
export function bindSlip(
  actor: Person,
  campaignId: number,
  { helpId, code, network = null }: { helpId: number; code: string; network?: string | null },
): Result<object, 'slip_unknown'> {
  const plain = readCode(code)
  if (plain === null || actor.officialId === null) return { ok: false, problem: 'slip_unknown' }
  const owner = db.select({ officialId: help.officialId }).from(help).where(eq(help.id, helpId)).get()
  if (owner?.officialId !== actor.officialId) throw notFound()
  const { changes } = prepared(
    `update citizen_code
        set help_id = @helpId, handed_at = coalesce(handed_at, @at), network_hash = coalesce(network_hash, @network),
            expires_at = case when kind = 'phone' and help_id is null then @expiresAt else expires_at end
      where code_hash = @hash and kind in ('slip', 'phone') and (help_id is null or (kind = 'phone' and help_id = @helpId))
        and official_id = @officialId and campaign_id = @campaignId`,
  ).run({
    helpId,
    hash: hashOf(plain),
    officialId: actor.officialId,
    campaignId,
    at: campaignNow(),
    network: networkHashOf(campaignId, network),
    expiresAt: campaignNow() + LINK_HOURS * HOUR_MS,
  })
  return changes === 1 ? { ok: true } : { ok: false, problem: 'slip_unknown' }
}
