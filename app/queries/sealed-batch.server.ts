import { and, eq } from 'drizzle-orm'
import { type Action, type Actor, can, permit } from '#app/access/policy.ts'
import { found } from '#app/domain/refusal.ts'
import { db, nextId, type Tx } from '#db/client.server.ts'
import { type KeyOwner, seal, unseal } from '#db/keys.server.ts'
import { importBatch, unit } from '#db/schema.ts'

/** The kinds of uploaded lists, each with the right that it takes at the unit. */
const RIGHTS = {
  roster: 'roster.edit',
  help: 'help.record_for',
  worklist: 'worklist.import',
} as const satisfies Record<string, Action>

const GONE = Buffer.alloc(0)
const slotOf = (batchId: number) => ({ table: 'import_batch', column: 'plan', rowId: batchId })

/** The batches of one kind: what a file said and what is planned with it, sealed under its owner's key. */
export function batchesOf<Content>(kind: keyof typeof RIGHTS, ownerOf: (content: Content) => KeyOwner) {
  const sealed = (batchId: number, content: Content) => seal(ownerOf(content), slotOf(batchId), JSON.stringify(content))
  const opened = (batchId: number, cipher: Buffer) =>
    cipher.length === 0 ? null : (JSON.parse(unseal(slotOf(batchId), cipher).toString('utf8')) as Content)
  return {
    opened,

    /** Keeps an uploaded file for a unit. Throws 404 without the unit, 403 without the right. */
    open(
      tx: Tx,
      actor: Actor,
      { unitId, fileName, bytes }: { unitId: number; fileName: string; bytes: Uint8Array },
      contentOf: (file: string) => Content,
    ): { batchId: number; accountId: number } {
      const row = found(tx.select().from(unit).where(eq(unit.id, unitId)).get())
      permit(actor, RIGHTS[kind], { unitPath: row.path, guardPath: row.guardPath })
      if (actor.kind !== 'person') throw new Error(`a ${kind} is uploaded by a person`)
      const batchId = nextId(importBatch)
      const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
      tx.insert(importBatch)
        .values({
          id: batchId,
          kind,
          unitId,
          fileName: fileName.normalize('NFC').slice(0, 200),
          planCipher: sealed(batchId, contentOf(file)),
          createdAt: Date.now(),
          createdBy: actor.accountId,
        })
        .run()
      return { batchId, accountId: actor.accountId }
    },

    store(tx: Tx, batchId: number, content: Content) {
      tx.update(importBatch)
        .set({ planCipher: sealed(batchId, content) })
        .where(eq(importBatch.id, batchId))
        .run()
    },

    /** A batch with its unit; undefined without the right there. `content` null: applied, or no longer kept. */
    find(actor: Actor, batchId: number) {
      const row = db
        .select({
          id: importBatch.id,
          fileName: importBatch.fileName,
          createdAt: importBatch.createdAt,
          createdBy: importBatch.createdBy,
          appliedAt: importBatch.appliedAt,
          planCipher: importBatch.planCipher,
          unit: {
            id: unit.id,
            name: unit.name,
            path: unit.path,
            guardPath: unit.guardPath,
            localityCode: unit.localityCode,
          },
        })
        .from(importBatch)
        .innerJoin(unit, eq(unit.id, importBatch.unitId))
        .where(and(eq(importBatch.id, batchId), eq(importBatch.kind, kind)))
        .get()
      if (!row || !can(actor, RIGHTS[kind], { unitPath: row.unit.path, guardPath: row.unit.guardPath }))
        return undefined
      const { planCipher, ...batch } = row
      return { ...batch, content: opened(batchId, planCipher) }
    },
  }
}

/** Marks a batch applied and forgets what it held. */
export function closeBatch(tx: Tx, batchId: number) {
  tx.update(importBatch).set({ appliedAt: Date.now(), planCipher: GONE }).where(eq(importBatch.id, batchId)).run()
}
