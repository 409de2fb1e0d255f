import { and, desc, eq, isNull } from 'drizzle-orm'
import { type Actor, accountOf, permit } from '#app/access/policy.ts'
import { addDays } from '#app/domain/calendar.ts'
import { forbidden, found, notFound, type Result, refused } from '#app/domain/refusal.ts'
import { needsConsent } from '#app/domain/transfer.ts'
import type { TransferAnswer, TransferInput } from '#app/domain/transfer-input.ts'
import { waitsUntil } from '#app/domain/waiting.ts'
import { type FactTx, type Tx, transact } from '#db/client.server.ts'
import { posting, transfer, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { changePeople } from './judging/index.server.ts'
import { settleEverywhere } from './obligation-evidence.server.ts'
import { targetOf } from './official.server.ts'
import { existingTransfer } from './transfer-list.server.ts'
import { daysOff } from './waiting-term.server.ts'

type Asked = TransferInput & { officialId: number }
/** What became of a transfer that was asked for: the id and last day of one that waits; null: it was carried out. */
type Moved = { waits: { transferId: number; dueOn: string } | null }
/**
 * Moves an official to another unit from `fromOn` on, or asks that unit for it. Earlier records stay with the former
 * unit; obligations and assessment go with the posting of the assessment (domain 3). No official moves themself, and
 * heads are moved from above.
 *
 * A move takes effect at once within one unit, as a first posting, and by the system. Any other, ordered from above too,
 * waits for the receiving unit, and until then changes nothing.
 */
export function transferOfficial(actor: Actor, asked: Asked): Result<Moved> {
  return transact(tx => {
    const target = targetOf(asked.officialId, campaignToday())
    permit(actor, 'official.transfer', target)
    const problem = findProblem(tx, asked)
    if (problem) return problem
    const destination = found(tx.select().from(unit).where(eq(unit.id, asked.unitId)).get())
    if (!needsConsent(target.unitId, destination.id) || actor.kind === 'system') {
      move(actor, asked)
      return { ok: true, waits: null }
    }
    if (waitingOf(tx, asked.officialId)) return refused('unitId', 'transfer_waits')
    const dueOn = waitsUntil(campaignToday(), { daysOff: daysOff() })
    const row = tx
      .insert(transfer)
      .values({
        ...asked,
        fromUnitId: target.unitId,
        state: 'asked',
        askedAt: campaignNow(),
        askedBy: accountOf(actor),
        dueOn,
      })
      .returning({ id: transfer.id })
      .get()
    logEvent(tx, actor, {
      verb: 'ask',
      subject: 'transfer',
      subjectId: row.id,
      data: { officialId: asked.officialId, fromUnit: target.unitId, toUnit: asked.unitId, fromOn: asked.fromOn },
    })
    return { ok: true, waits: { transferId: row.id, dueOn } }
  })
}

/** What keeps a posting from being made: no such open unit, or the latest one begins no earlier. */
function findProblem(tx: Tx, { officialId, unitId, fromOn }: Pick<Asked, 'officialId' | 'unitId' | 'fromOn'>) {
  const isOpen = tx
    .select({ id: unit.id })
    .from(unit)
    .where(and(eq(unit.id, unitId), isNull(unit.closedOn)))
    .get()
  if (!isOpen) return refused('unitId', 'unit_unknown')
  const latest = latestPosting(tx, officialId)
  return latest && latest.fromOn >= fromOn ? refused('fromOn', 'before_present_posting') : undefined
}

function latestPosting(tx: Tx, officialId: number) {
  return tx
    .select()
    .from(posting)
    .where(eq(posting.officialId, officialId))
    .orderBy(desc(posting.fromOn))
    .limit(1)
    .get()
}

/** Ends the present posting on the day before and begins the new one; a transfer that waited is overtaken. */
function move(actor: Actor, { officialId, unitId, position, category, isLeader, fromOn }: Asked) {
  changePeople([officialId], tx => {
    const latest = latestPosting(tx, officialId)
    if (latest && (latest.toOn === null || latest.toOn >= fromOn))
      tx.update(posting)
        .set({ toOn: addDays(fromOn, -1) })
        .where(eq(posting.id, latest.id))
        .run()
    tx.insert(posting).values({ officialId, unitId, position, category, isLeader, fromOn }).run()
    logEvent(tx, actor, {
      verb: 'transfer',
      subject: 'official',
      subjectId: officialId,
      data: { fromUnit: latest?.unitId ?? null, toUnit: unitId, fromOn },
    })
    dropWaiting(tx, actor, officialId)
  })
  settleEverywhere([officialId])
}

const waitingOf = (tx: Tx, officialId: number) =>
  tx
    .select({ id: transfer.id })
    .from(transfer)
    .where(and(eq(transfer.officialId, officialId), eq(transfer.state, 'asked')))
    .get()

/** Withdraws what waits for an official who was posted elsewhere meanwhile; nothing where nothing waits. */
export function dropWaiting(tx: FactTx, actor: Actor, officialId: number) {
  const waiting = waitingOf(tx, officialId)
  if (waiting) settle(tx, actor, waiting.id, { state: 'withdrawn', reason: null })
}

function settle(
  tx: Tx,
  actor: Actor,
  transferId: number,
  { state, reason }: { state: 'accepted' | 'refused' | 'withdrawn'; reason: string | null },
) {
  tx.update(transfer)
    .set({
      state,
      answeredAt: campaignNow(),
      answeredBy: actor.kind === 'person' ? actor.accountId : null,
      answerReason: reason,
    })
    .where(eq(transfer.id, transferId))
    .run()
  const verb = { accepted: 'approve', refused: 'reject', withdrawn: 'withdraw' } as const
  logEvent(tx, actor, { verb: verb[state], subject: 'transfer', subjectId: transferId })
}

/**
 * Answers for the receiving unit; after the last day, or where nobody else can, those above both units do (domain 3).
 * An accepted move runs from the day asked for. 404 where the actor has nothing to do with it, 403 where it is another's
 * to answer; refused where it has been answered, or the official is posted elsewhere by now.
 */
export function answerTransfer(
  actor: Actor,
  { transferId, answer, reason }: TransferAnswer & { transferId: number },
): Result<{ officialId: number }> {
  return transact(tx => {
    const row = existingTransfer(actor, transferId)
    if (row.state !== 'asked') return refused('answer', 'transfer_answered')
    if (!row.mayAnswer) throw forbidden('transfer.answer')
    const { officialId, unitId, position, category, isLeader, fromOn } = row
    if (answer === 'accepted') {
      if (latestPosting(tx, officialId)?.unitId !== row.fromUnitId || findProblem(tx, row))
        return refused('answer', 'transfer_overtaken')
      settle(tx, actor, transferId, { state: answer, reason })
      move(actor, { officialId, unitId, position, category, isLeader, fromOn })
    } else settle(tx, actor, transferId, { state: answer, reason })
    return { ok: true, officialId }
  })
}

/** Takes a transfer back that waits: who asked for it, or another of the unit that the official would leave. */
export function withdrawTransfer(actor: Actor, transferId: number): { officialId: number } {
  return transact(tx => {
    const row = existingTransfer(actor, transferId)
    if (!row.mayWithdraw) throw row.state === 'asked' ? forbidden('official.transfer') : notFound()
    settle(tx, actor, transferId, { state: 'withdrawn', reason: null })
    return { officialId: row.officialId }
  })
}
