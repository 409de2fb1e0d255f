import { eq, sql } from 'drizzle-orm'
import { type Action, type Actor, can, permit, type Target } from '#app/access/policy.ts'
import { db, transact } from '#db/client.server.ts'
import { seal, unseal } from '#db/keys.server.ts'
import { storedFile, unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { targetOf } from './official.server.ts'

/** A file without metadata, as `stripFile` of the documents makes it. */
export type StoredContent = { mediaType: (typeof storedFile.$inferSelect)['mediaType']; content: Buffer }
/** Whose file it is: one official's evidence, or the signed list of a unit. */
export type FileOwner = { kind: 'evidence'; officialId: number } | { kind: 'pledge_list'; unitId: number }

const slotOf = (fileId: number) => ({ table: 'stored_file', column: 'content', rowId: fileId })

/** Keeps a file sealed under the staff's key and returns its id; in the caller's transaction or its own. */
export function storeFile(actor: Actor, owner: FileOwner, { mediaType, content }: StoredContent): number {
  return transact(tx => {
    const officialId = owner.kind === 'evidence' ? owner.officialId : null
    const target = officialId === null && owner.kind === 'pledge_list' ? unitTarget(owner.unitId) : targetOf(officialId ?? -1, campaignToday())
    permit(actor, owner.kind === 'evidence' ? 'obligation.declare' : 'pledge.upload_list', target)
    const fileId = tx.select({ next: sql<number>`coalesce(max(id), 0) + 1` }).from(storedFile).get()?.next ?? 1
    tx.insert(storedFile)
      .values({
        id: fileId,
        kind: owner.kind,
        officialId,
        unitId: target.unitId,
        mediaType,
        size: content.length,
        contentCipher: seal('staff', slotOf(fileId), content),
        createdAt: Date.now(),
        createdBy: actor.kind === 'person' ? actor.accountId : null,
      })
      .run()
    logEvent(tx, actor, { verb: 'store', subject: 'stored_file', subjectId: fileId, data: { kind: owner.kind, officialId } })
    return fileId
  })
}
