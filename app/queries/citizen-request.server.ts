import { and, asc, eq, isNull } from 'drizzle-orm'
import { type Actor, type Person, permit, permitSomewhere } from '#app/access/policy.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { requestDue } from '#app/domain/citizen-code.ts'
import { notFound, type Result } from '#app/domain/refusal.ts'
import type { CitizenRequestKind } from '#app/domain/vocabulary.ts'
import { db, nextId, transact } from '#db/client.server.ts'
import { seal, unsealText } from '#db/keys.server.ts'
import { citizenRequest } from '#db/schema.ts'
import { findByCode } from './citizen-answer.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { rootUnit } from './unit.server.ts'

/**
 * Opens a request about the citizen's own data, by the code that they hold; false if the code opens no record. Domain
 * 11.
 */
export function askByCode(
  text: string,
  asked: { kind: CitizenRequestKind; message: string },
): Result<object, 'code_unbound'> {
  const found = findByCode(text)
  if (!found || found.state === 'unbound') return { ok: false, problem: 'code_unbound' }
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
  return { ok: true }
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
