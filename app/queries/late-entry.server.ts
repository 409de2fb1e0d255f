import { and, asc, count, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import { checkLateDocument, isLateEntry, type LateDocument } from '#app/domain/late-entry.ts'
import type { FieldProblem } from '#app/domain/problem.ts'
import { db, prepared } from '#db/client.server.ts'
import { help, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { unitIdOn } from './official-posting.server.ts'
import { rootUnit } from './unit.server.ts'
import { titled } from './unit-title.server.ts'

/**
 * Returns the columns of an entry made now: empty up to the last day of entry. `document` null: none is asked, a head
 * confirms it. What its document lacks is added to `problems`.
 */
export function lateColumns(campaignId: number, document: LateDocument | null, problems: FieldProblem[]) {
  const today = campaignToday()
  if (!isLateEntry(today, rulesOf(campaignId).regulation)) return {}
  if (document !== null) problems.push(...checkLateDocument(document, today))
  return {
    lateAt: campaignNow(),
    lateDocumentNumber: document?.number ?? null,
    lateDocumentOn: document?.on ?? null,
  }
}

/** Counted records in which something was entered after the last day of entry; a number only, no permission is asked. */
export function countLate(campaignId: number): number {
  return prepared<number>(
    `select count(*) from help where campaign_id = ? and late_at is not null and verdict_kind = 'counts'`,
  )
    .pluck()
    .one(campaignId)
}

/**
 * Lists the entries after the last day by unit and document, for those who prepare the close; `documentNumber` null:
 * typed in time without a network. `counted`: how many of them count now. Contains no person's data.
 */
export function listLateEntries(actor: Actor, campaignId: number) {
  permit(actor, 'closing.view', { unitPath: rootUnit().path })
  const rows = db
    .select({
      unitId: unit.id,
      documentNumber: help.lateDocumentNumber,
      documentOn: help.lateDocumentOn,
      count: count(),
      counted: sql<number>`sum(${help.verdictKind} = 'counts')`,
    })
    .from(help)
    .innerJoin(unit, eq(unit.id, unitIdOn(help.officialId, help.helpedOn)))
    .where(and(eq(help.campaignId, campaignId), isNotNull(help.lateAt), isNull(help.withdrawnAt)))
    .groupBy(unit.id, help.lateDocumentNumber, help.lateDocumentOn)
    .orderBy(asc(unit.name), asc(help.lateDocumentNumber))
    .all()
  return titled(rows)
}
