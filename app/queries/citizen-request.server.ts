import { asc, eq } from 'drizzle-orm'
import { type Actor, type Person, permit, permitSomewhere } from '#app/access/policy.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { requestDue } from '#app/domain/citizen-code.ts'
import { type AskProblem, checkAsked, isMetByAnswer } from '#app/domain/citizen-right.ts'
import type { LiftInput } from '#app/domain/citizen-right-input.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import type { CitizenRequestKind } from '#app/domain/vocabulary.ts'
import { db, nextId, prepared, type Tx, transact } from '#db/client.server.ts'
import { seal, unsealText } from '#db/keys.server.ts'
import { citizenRequest } from '#db/schema.ts'
import { findByCode } from './citizen-answer.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { rootUnit } from './unit.server.ts'

/**
 * Opens a request about the citizen's own data, by the code that they hold. One record has one open request of a kind, so
 * that a code cannot flood the office. Refused where one waits, or where the code opens no record. Domain 11.
 */
export function askByCode(
  text: string,
  asked: { kind: CitizenRequestKind; message: string },
): Result<object, 'code_unbound' | 'request_waits' | AskProblem> {
  const holder = findByCode(text)
  if (!holder || holder.state === 'unbound') return { ok: false, problem: 'code_unbound' }
  const { helpId, campaignId } = holder
  const problem = checkAsked(asked, { isRestricted: isRecordRestricted(helpId) })
  if (problem) return { ok: false, problem }
  return transact(tx => {
    if (isOpen(helpId, asked.kind)) return { ok: false, problem: 'request_waits' as const }
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
    return { ok: true as const }
  })
}

/** True where the citizen of a record asked that their data be restricted, and it is. */
function isRecordRestricted(helpId: number): boolean {
  return (
    prepared(
      `select 1 from help h join citizen_restriction r on r.campaign_id = h.campaign_id and r.citizen_hash = h.citizen_hash
        where h.id = ?`,
    ).get(helpId) !== undefined
  )
}

/** True while a request of this kind about a record waits for its answer. */
function isOpen(helpId: number, kind: CitizenRequestKind): boolean {
  return (
    prepared('select 1 from citizen_request where help_id = ? and kind = ? and closed_at is null').get(helpId, kind) !==
    undefined
  )
}

/** Lists citizens' requests of a campaign with their due days: open ones first, by the next due day. */
export function listCitizenRequests(actor: Actor, campaignId: number) {
  permitSomewhere(actor, 'citizen_request.handle')
  const restricting = new Set(
    prepared<number>('select request_id from citizen_restriction where campaign_id = ?').pluck().all(campaignId),
  )
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
        /** met, and the restriction still holds */
        isRestricting: restricting.has(row.id),
        message: unsealText({ table: 'citizen_request', column: 'message', rowId: row.id }, messageCipher) ?? '',
        ...due,
        /** by which day something is owed next: an acknowledgement, then what was asked for */
        dueBy: row.acknowledgedAt === null ? due.acknowledgeBy : due.meetBy,
      }
    })
    .sort((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null) || a.dueBy.localeCompare(b.dueBy))
}

type Open = { id: number; kind: CitizenRequestKind; helpId: number; citizenHash: string }

/** An open request, for the campaign office; throws 404 if there is none with that id. */
export function openRequest(actor: Actor, campaignId: number, requestId: number): Open {
  permit(actor, 'citizen_request.handle', { unitPath: rootUnit().path })
  return found(
    prepared<Open>(
      `select r.id, r.kind, r.help_id as helpId, h.citizen_hash as citizenHash
         from citizen_request r join help h on h.id = r.help_id
        where r.id = ? and r.campaign_id = ? and r.closed_at is null`,
    ).get(requestId, campaignId),
  )
}

/**
 * Acknowledges a citizen's request (`answer` null), or answers it; the page of their code shows both. `isMet` shows or
 * restricts their data; a correction and an erasure are met by acts of their own. Domain 11.
 */
export function handleCitizenRequest(
  actor: Person,
  campaignId: number,
  { requestId, answer, isMet = false }: { requestId: number; answer: string | null; isMet?: boolean },
) {
  transact(tx => {
    const request = openRequest(actor, campaignId, requestId)
    if (answer === null) {
      tx.update(citizenRequest).set({ acknowledgedAt: campaignNow() }).where(eq(citizenRequest.id, requestId)).run()
      logEvent(tx, actor, { verb: 'acknowledge', subject: 'citizen_request', subjectId: requestId, campaignId })
      return
    }
    const isDone = isMet && isMetByAnswer(request.kind)
    if (isDone && request.kind === 'restrict')
      prepared(
        `insert into citizen_restriction (campaign_id, citizen_hash, request_id, restricted_at) values (?, ?, ?, ?)
         on conflict do nothing`,
      ).run(campaignId, request.citizenHash, requestId, campaignNow())
    closeRequest(tx, actor, { campaignId, requestId, answer, isMet: isDone })
  })
}

/**
 * Lifts a citizen's restriction, after the citizen was reached other than by the code, which an official handed out:
 * at their request, or at their spoken wish (then `requestId` is the met one to restrict, and a request is kept).
 * Domain 11.
 * Throws 404 where the request is neither.
 */
export function liftRestriction(
  actor: Person,
  campaignId: number,
  { requestId, reachedBy, answer }: LiftInput & { requestId: number },
) {
  permit(actor, 'citizen_request.handle', { unitPath: rootUnit().path })
  transact(tx => {
    const { helpId, citizenHash, isAsked } = found(
      prepared<{ helpId: number; citizenHash: string; isAsked: number }>(
        `select r.help_id as helpId, h.citizen_hash as citizenHash, r.kind = 'lift' as isAsked
           from citizen_request r join help h on h.id = r.help_id
           left join citizen_restriction c on c.request_id = r.id
          where r.id = ? and r.campaign_id = ?
            and ((r.kind = 'lift' and r.closed_at is null) or (r.kind = 'restrict' and c.request_id is not null))`,
      ).get(requestId, campaignId),
    )
    prepared('delete from citizen_restriction where campaign_id = ? and citizen_hash = ?').run(campaignId, citizenHash)
    const liftId = isAsked === 1 ? requestId : openLift(tx, { campaignId, helpId })
    tx.update(citizenRequest).set({ reachedBy }).where(eq(citizenRequest.id, liftId)).run()
    closeRequest(tx, actor, { campaignId, requestId: liftId, answer, isMet: true })
  })
}

/** The request that waits to lift the restriction of a record's citizen, or one that is kept for their spoken wish. */
function openLift(tx: Tx, { campaignId, helpId }: { campaignId: number; helpId: number }): number {
  const waiting = prepared<number>(
    "select id from citizen_request where help_id = ? and kind = 'lift' and closed_at is null",
  )
    .pluck()
    .get(helpId)
  if (waiting !== undefined) return waiting
  const at = campaignNow()
  return tx
    .insert(citizenRequest)
    .values({ campaignId, helpId, kind: 'lift', askedAt: at, acknowledgedAt: at })
    .returning({ id: citizenRequest.id })
    .get().id
}

/** Closes a request with its answer, in the caller's transaction. */
export function closeRequest(
  tx: Tx,
  actor: Person,
  { campaignId, requestId, answer, isMet }: { campaignId: number; requestId: number; answer: string; isMet: boolean },
) {
  tx.update(citizenRequest)
    .set({ closedAt: campaignNow(), closedBy: actor.accountId, answer, isMet })
    .where(eq(citizenRequest.id, requestId))
    .run()
  logEvent(tx, actor, {
    verb: 'close_request',
    subject: 'citizen_request',
    subjectId: requestId,
    campaignId,
    data: { isMet },
  })
}
