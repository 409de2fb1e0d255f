import { gunzipSync, gzipSync } from 'node:zlib'
import { and, eq } from 'drizzle-orm'
import { type Action, type Actor, can, permit } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { ListChoice, ListView } from '#app/domain/list.ts'
import { found, notFound } from '#app/domain/refusal.ts'
import type { SettledChoice } from '#app/domain/roster/choice.ts'
import type { RosterPlan } from '#app/domain/roster/plan.ts'
import type { RosterFileReason, RosterReading } from '#app/domain/roster/row.ts'
import type { Association } from '#app/domain/vocabulary.ts'
import { db, nextId, prepared, type Tx, transact } from '#db/client.server.ts'
import { type KeyOwner, seal, unseal } from '#db/keys.server.ts'
import { importBatch, unit } from '#db/schema.ts'
import { logEvent } from './event.server.ts'
import { startJob } from './job.server.ts'
import { keepHeads } from './list-heads.server.ts'

/** The kinds of uploaded lists, each with the right that it takes at the unit. */
const RIGHTS = {
  roster: 'roster.edit',
  help: 'help.record_for',
  worklist: 'worklist.import',
  units: 'unit.edit',
  localities: 'unit.edit',
} as const satisfies Record<string, Action>
type BatchKind = keyof typeof RIGHTS

/* ---------- sealed content ---------- */

/** Contents from this size on (bytes) are compressed, so that storing a long list's plan is brief. */
const COMPRESSED_FROM = 64 * 1024
const GZIP = 0x1f

const slotOf = (batchId: number) => ({ table: 'import_batch', column: 'plan', rowId: batchId })

/** Seals a batch's content; takes long for a long list, so it is called before the transaction that stores it. */
export function sealContent(owner: KeyOwner, batchId: number, content: unknown): Buffer {
  const text = Buffer.from(JSON.stringify(content))
  return seal(owner, slotOf(batchId), text.length < COMPRESSED_FROM ? text : gzipSync(text, { level: 1 }))
}

/** A batch's content without its unit; null: applied, or no longer kept. */
export function contentOf<Content>(batchId: number): Content | null {
  const cipher = prepared<Buffer>('select plan_cipher from import_batch where id = ?').pluck().one(batchId)
  return openContent(batchId, cipher)
}

function openContent<Content>(batchId: number, cipher: Buffer): Content | null {
  if (cipher.length === 0) return null
  const plain = unseal(slotOf(batchId), cipher)
  return JSON.parse((plain[0] === GZIP ? gunzipSync(plain) : plain).toString('utf8')) as Content
}

/** Stores a sealed content over the one with this revision; false, with nothing stored, if that one was replaced. */
function storeContent(batchId: number, revision: number, cipher: Buffer): boolean {
  const { changes } = prepared(
    'update import_batch set plan_cipher = ?, revision = revision + 1 where id = ? and revision = ? and applied_at is null',
  ).run(cipher, batchId, revision)
  return changes === 1
}

type Stored = { id: number; revision: number }

/** How often a content is made again because another write replaced the one that it was made from. */
const TRIES = 5

/**
 * Replaces a batch's content. `find` and `make` read, plan and seal while others may write; only storing the result
 * takes the writer, together with `also`. If the content was replaced meanwhile, both run again. `make` returns
 * undefined to leave the content; so does this function then.
 */
export function replaceContent<Batch extends Stored, T>(
  find: () => Batch,
  make: (batch: Batch) => Buffer | undefined,
  also: (tx: Tx) => T,
): T | undefined {
  for (let tries = 1; tries <= TRIES; tries++) {
    const batch = find()
    const cipher = make(batch)
    if (!cipher) return undefined
    const stored = transact(tx => (storeContent(batch.id, batch.revision, cipher) ? { value: also(tx) } : undefined))
    if (stored) return stored.value
  }
  throw new Error(`batch ${find().id} was replaced by others ${TRIES} times`)
}

/**
 * Keeps an uploaded file of a unit as a new batch with its first content, and logs it; the content is sealed before the
 * write begins. `start` starts the job that reads it, in the same transaction. Throws `not_found` without the unit,
 * `forbidden` without the right.
 */
export function keepUpload<T>(
  actor: Actor,
  { kind, unitId, fileName, owner, data }: NewBatch,
  content: unknown,
  start: (batch: { batchId: number; accountId: number }) => T,
): T {
  const foreseen = nextId(importBatch)
  const sealed = sealContent(owner, foreseen, content)
  return transact(tx => {
    const row = found(tx.select().from(unit).where(eq(unit.id, unitId)).get())
    permit(actor, RIGHTS[kind], { unitPath: row.path, guardPath: row.guardPath })
    if (actor.kind !== 'person') throw new Error('a list is uploaded by a person')
    const { accountId } = actor
    const campaignId = owner === 'staff' ? null : owner.campaignId
    const batchId = nextId(importBatch)
    tx.insert(importBatch)
      .values({
        id: batchId,
        kind,
        unitId,
        fileName: fileName.normalize('NFC').slice(0, 200),
        planCipher: batchId === foreseen ? sealed : sealContent(owner, batchId, content),
        createdAt: Date.now(),
        createdBy: accountId,
        campaignId,
      })
      .run()
    logEvent(tx, actor, {
      verb: 'store',
      subject: 'import_batch',
      subjectId: batchId,
      campaignId,
      data: { unitId, ...data },
    })
    return start({ batchId, accountId })
  })
}
type NewBatch = {
  kind: BatchKind
  unitId: number
  fileName: string
  owner: KeyOwner
  data?: Record<string, unknown>
}

/** A file's bytes as a content holds them. */
export const asText = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

/**
 * A batch with its unit; undefined where there is none of that kind, or the actor may not import there. `content` null:
 * applied, or a week old, and so no longer kept.
 */
export function findImport<Content>(actor: Actor, kind: BatchKind, batchId: number) {
  const row = db
    .select({
      id: importBatch.id,
      fileName: importBatch.fileName,
      createdAt: importBatch.createdAt,
      createdBy: importBatch.createdBy,
      appliedAt: importBatch.appliedAt,
      revision: importBatch.revision,
      cursor: importBatch.cursor,
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
  if (!row || !can(actor, RIGHTS[kind], { unitPath: row.unit.path, guardPath: row.unit.guardPath })) return undefined
  const { planCipher, ...batch } = row
  return { ...batch, content: openContent<Content>(batchId, planCipher) }
}

/** Passes where a batch is of this campaign, or of every campaign; throws `not_found` for another's. */
export function permitBatch(campaignId: number, batchId: number) {
  const row = prepared<{ campaignId: number | null }>(
    'select campaign_id as campaignId from import_batch where id = ?',
  ).get(batchId)
  if (row && row.campaignId !== null && row.campaignId !== campaignId) throw notFound()
}

/** The same where it must be there; throws `not_found`. */
export const existingImport = <Content>(actor: Actor, kind: BatchKind, batchId: number) =>
  found(findImport<Content>(actor, kind, batchId))

/** Forgets what a batch held. */
export function forgetContent(batchId: number) {
  prepared("update import_batch set plan_cipher = x'', revision = revision + 1 where id = ?").run(batchId)
}

/** Marks a batch applied and forgets what it held; `kept`: sealed content that takes its place. */
export function closeBatch(batchId: number, kept?: Buffer) {
  forgetContent(batchId)
  if (kept) prepared('update import_batch set plan_cipher = ? where id = ?').run(kept, batchId)
  prepared('update import_batch set applied_at = ? where id = ?').run(Date.now(), batchId)
}

/* ---------- what a file's columns are ---------- */

/** A file that is kept until its rows are applied, how it was understood, and what was said about it. */
export type KeptFile = { file: string; view?: ListView; choice?: ListChoice }
/** `asking`: read as far as its heads; a person must say what its columns are. */
export type UnreadFile = { stage: 'uploaded' | 'asking' } & KeptFile

/** What any kind of batch may hold. */
type Content = { stage: string; campaignId?: number } & Partial<KeptFile>

const ownerOf = ({ campaignId }: Content): KeyOwner => (campaignId === undefined ? 'staff' : { campaignId })

/** Keeps how the file of a batch was understood, for a person to say what its columns are. */
export function askColumns(actor: Actor, kind: BatchKind, batchId: number, view: ListView) {
  replaceContent(
    () => existingImport<Content>(actor, kind, batchId),
    ({ content }) =>
      content?.stage === 'uploaded'
        ? sealContent(ownerOf(content), batchId, { ...content, stage: 'asking', view })
        : undefined,
    () => true,
  )
}

/**
 * A batch whose columns can be looked at and changed: its file is kept and not being applied. Undefined where there is
 * none, or the actor may not import there.
 */
export function findColumns(actor: Actor, kind: BatchKind, batchId: number) {
  const batch = findImport<Content>(actor, kind, batchId)
  const columns = batch && columnsOf(batch)
  return columns && { id: batch.id, fileName: batch.fileName, unit: batch.unit, ...columns }
}

/** The same of a batch that was found already: opening a long one takes its time. */
export function columnsOf({ content, cursor }: { content: Content | null; cursor: number | null }) {
  if (!content?.view || content.file === undefined || !canChange(content, { cursor })) return undefined
  return { view: content.view, choice: content.choice, isAsked: content.stage === 'asking' }
}

const canChange = ({ stage }: Content, { cursor }: { cursor: number | null }) => stage !== 'applying' && cursor === null

/**
 * Keeps what a person said about the columns of a batch's file, remembers its heads for the unit's next list, and reads
 * the file again (`start`). A plan made before is dropped. Returns the job's id.
 */
export function chooseColumns(
  actor: Actor,
  { kind, batchId, choice }: { kind: BatchKind; batchId: number; choice: ListChoice },
  start: (batch: { batchId: number; accountId: number }) => number,
): number {
  const { view, unit: at } = found(findColumns(actor, kind, batchId))
  const jobId = replaceContent(
    () => existingImport<Content>(actor, kind, batchId),
    batch => {
      const { content } = batch
      if (!content?.file || !canChange(content, batch)) return undefined
      // the rest of a content is what one kind of list says of its upload
      const { rows, unread, cells, plan, planKey, foreseen, others, reading, choices, ...kept } = content as Content &
        Record<string, unknown>
      return sealContent(ownerOf(content), batchId, { ...kept, stage: 'uploaded', choice })
    },
    tx => {
      if (actor.kind !== 'person') throw new Error('columns are explained by a person')
      keepHeads({ unitId: at.id, list: kind, heads: view.heads, columns: choice.columns })
      logEvent(tx, actor, {
        verb: 'store',
        subject: 'import_batch',
        subjectId: batchId,
        data: { unitId: at.id, columns: Object.keys(choice.columns).length },
      })
      return start({ batchId, accountId: actor.accountId })
    },
  )
  return found(jobId)
}

/* ---------- rosters ---------- */

/** The coordinator's details about a list; `association` null: the unit's staff. */
export type ListKind = {
  association: Association | null
  /** from when new people and new members are listed */
  fromOn: Day
}

/** The sealed content of a roster's batch. `planKey` names one state of the plan, so that exactly the plan shown is applied. */
export type BatchContent = ListKind &
  (
    | UnreadFile
    | { stage: 'refused'; reason: RosterFileReason }
    | ({
        stage: 'planned'
        reading: RosterReading
        choices: SettledChoice[]
        plan: RosterPlan
        planKey: string
      } & Partial<KeptFile>)
  )
export type PlannedContent = Extract<BatchContent, { stage: 'planned' }>

/**
 * Keeps an uploaded roster of a unit and starts the job that reads and plans it; nothing else is written before the
 * plan is applied. Returns the job's id.
 */
export function uploadRoster(
  actor: Actor,
  unitId: number,
  { fileName, bytes, association, fromOn }: ListKind & { fileName: string; bytes: Uint8Array },
): number {
  return keepUpload(
    actor,
    { kind: 'roster', unitId, fileName, owner: 'staff', data: { association } },
    { association, fromOn, stage: 'uploaded', file: asText(bytes) } satisfies BatchContent,
    asked => startJob(actor, 'roster_plan', asked),
  )
}

/** A roster's batch: `findImport`. */
export const findBatch = (actor: Actor, batchId: number) => findImport<BatchContent>(actor, 'roster', batchId)
export type Batch = NonNullable<ReturnType<typeof findBatch>>
