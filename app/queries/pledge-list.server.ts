import { and, count, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { type Actor, can } from '#app/access/policy.ts'
import { db } from '#db/client.server.ts'
import { account, pledge, storedFile } from '#db/schema.ts'

/** The signed lists that a unit has uploaded, newest first, each with how many pledges it holds. Plan V.1. */
export function listPledgeLists(actor: Actor, campaignId: number, unit: { id: number; path: string }) {
  if (!can(actor, 'pledge.upload_list', { unitPath: unit.path })) return []
  return db
    .select({
      fileId: storedFile.id,
      uploadedBy: account.displayName,
      pledges: count(pledge.id),
      signedAt: pledge.signedAt,
      /** the prepared list that was signed with certificates; null: a scan */
      paperId: sql<number | null>`(select paper_id from paper_signature s where s.file_id = ${storedFile.id} limit 1)`,
    })
    .from(storedFile)
    .innerJoin(pledge, eq(pledge.listFileId, storedFile.id))
    .leftJoin(account, eq(account.id, storedFile.createdBy))
    .where(and(eq(storedFile.unitId, unit.id), eq(pledge.campaignId, campaignId)))
    .groupBy(storedFile.id)
    .orderBy(desc(storedFile.id))
    .all()
}

/** Of these officials, those who have signed a pledge: whether by a list, and for how many citizens. */
export function pledgesOf(
  campaignId: number,
  officialIds: readonly number[],
): Map<number, { isByList: boolean; citizens: number }> {
  const rows = db
    .select({ officialId: pledge.officialId, isByList: isNotNull(pledge.listFileId), citizens: pledge.citizens })
    .from(pledge)
    .where(and(eq(pledge.campaignId, campaignId), inArray(pledge.officialId, [...officialIds])))
    .orderBy(pledge.id)
    .all()
  return new Map(rows.map(row => [row.officialId, { isByList: Boolean(row.isByList), citizens: row.citizens }]))
}
