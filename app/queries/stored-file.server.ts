import { and, eq } from 'drizzle-orm'
import { type Actor, can, permit, type Target } from '#app/access/policy.ts'
import { found, Refusal } from '#app/domain/refusal.ts'
import { db, nextId, prepared, type Tx, transact } from '#db/client.server.ts'
import { seal, unseal } from '#db/keys.server.ts'
import { exemption, storedFile, unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { decidables, ExemptionDeciders } from './exemption-decider.server.ts'
import { sightOf } from './inspection.server.ts'
import { assessedTarget, targetOf } from './official.server.ts'
import { noteOpening, reportsOfFile } from './report-opening.server.ts'

type FileRow = typeof storedFile.$inferSelect

/** A file whose metadata has been removed (`stripFile` of the documents). */
export type StrippedContent = Pick<FileRow, 'mediaType'> & { content: Buffer }

const slotOf = (fileId: number) => ({ table: 'stored_file', column: 'content', rowId: fileId })

/** Keeps one official's evidence for an obligation and returns the file's id. Plan IV.1. */
export function storeEvidence(actor: Actor, campaignId: number, officialId: number, file: StrippedContent): number {
  const target = targetOf(officialId, campaignToday())
  permit(actor, 'obligation.declare', target)
  return store(actor, { kind: 'evidence', campaignId, officialId, unitId: target.unitId }, file)
}

/** Keeps the signed document of an official's exemption and returns the file's id. */
export function storeExemptionScan(
  actor: Actor,
  campaignId: number,
  officialId: number,
  file: StrippedContent,
): number {
  const target = targetOf(officialId, campaignToday())
  permit(actor, 'exemption.ask', target)
  return store(actor, { kind: 'evidence', campaignId, officialId, unitId: target.unitId }, file)
}

/** Keeps the scan of a unit's signed list of pledges and returns the file's id. Plan V.1. */
export function storePledgeList(actor: Actor, campaignId: number, unitId: number, file: StrippedContent): number {
  permit(actor, 'pledge.upload_list', targetOfUnit(unitId))
  return store(actor, { kind: 'pledge_list', campaignId, officialId: null, unitId }, file)
}

/** Keeps the signed PDF of a unit's report and returns the file's id. Plan IV.2, V.1. */
export function storeSignedReport(actor: Actor, campaignId: number, unitId: number, file: StrippedContent): number {
  permit(actor, 'report.draft', targetOfUnit(unitId))
  return store(actor, { kind: 'signed_report', campaignId, officialId: null, unitId }, file)
}

/** Keeps the signed PDF of an inspection's minutes, of the inspected unit; the minutes' own write has asked for leave. */
export function storeSignedMinutes(actor: Actor, campaignId: number, unitId: number, file: StrippedContent): number {
  return store(actor, { kind: 'round_document', campaignId, officialId: null, unitId }, file)
}

/** Deletes the PDF of a report whose signature was taken back, with what its signatures came to; the write that takes it back has asked for leave. */
export function dropSignedReport(tx: Tx, actor: Actor, fileId: number) {
  prepared(`update prepared_paper set signed_at = null
    where id in (select paper_id from paper_signature where file_id = ?)`).run(fileId)
  prepared('delete from paper_signature where file_id = ?').run(fileId)
  tx.delete(storedFile)
    .where(and(eq(storedFile.id, fileId), eq(storedFile.kind, 'signed_report')))
    .run()
  logEvent(tx, actor, { verb: 'remove', subject: 'stored_file', subjectId: fileId })
}

/** Keeps what the one concerned attaches to an explanation or an appeal; the step's write has asked for leave. */
export function storeExplanation(
  actor: Actor,
  campaignId: number,
  { officialId, unitId }: { officialId: number | null; unitId: number },
  file: StrippedContent,
): number {
  return store(actor, { kind: 'explanation', campaignId, officialId, unitId }, file)
}

function store(
  actor: Actor,
  owner: Pick<FileRow, 'kind' | 'campaignId' | 'officialId' | 'unitId'>,
  { mediaType, content }: StrippedContent,
): number {
  return transact(tx => {
    const fileId = nextId(storedFile)
    tx.insert(storedFile)
      .values({
        id: fileId,
        ...owner,
        mediaType,
        size: content.length,
        contentCipher: seal('staff', slotOf(fileId), content),
        createdAt: Date.now(),
        createdBy: actor.kind === 'person' ? actor.accountId : null,
      })
      .run()
    const { campaignId, ...data } = owner
    logEvent(tx, actor, { verb: 'store', subject: 'stored_file', subjectId: fileId, campaignId, data })
    return fileId
  })
}

/**
 * Returns the content of a stored file; each opening is logged. The owner and the heads and coordinators above may
 * open it, signed minutes who sees the inspection, a signed report's also those who may read the report, a signed list of pledges also those whom it binds, an
 * exemption's scan also the campaign office where it decides.
 * Undefined if it belongs to another campaign, or the actor may not see the person or unit; throws 403 if only the file
 * is not permitted, 410 where its content was erased after its term.
 */
export function openFile(actor: Actor, campaignId: number, fileId: number): StrippedContent | undefined {
  const row = db.select().from(storedFile).where(eq(storedFile.id, fileId)).get()
  if (!row || (row.campaignId !== null && row.campaignId !== campaignId)) return undefined
  if (!maySee(actor, campaignId, row)) return undefined
  if (row.contentCipher.length === 0) throw new Refusal('gone')
  return transact(tx => {
    logEvent(tx, actor, { verb: 'open', subject: 'stored_file', subjectId: fileId, campaignId })
    for (const { id, of } of reportsOfFile(fileId)) noteOpening(actor, of, [id])
    return { mediaType: row.mediaType, content: unseal(slotOf(fileId), row.contentCipher) }
  })
}

/** False where the actor may not know that a file exists; throws 403 where they may, and may not open it. */
function maySee(
  actor: Actor,
  campaignId: number,
  { id: fileId, kind, officialId, unitId }: Pick<FileRow, 'id' | 'kind' | 'officialId' | 'unitId'>,
): boolean {
  const target = officialId === null ? targetOfUnit(unitId) : targetOf(officialId, campaignToday())
  if (kind === 'explanation')
    return can(
      actor,
      'review.view',
      officialId === null ? { unitPath: target.unitPath } : caseTarget(fileId, officialId),
    )
  if (kind === 'round_document') return seesMinutes(actor, campaignId, fileId)
  if (kind === 'pledge_list' && speaksFor(actor, fileId)) return true
  if (!can(actor, officialId === null ? 'unit.view' : 'official.view', target)) return false
  if (!isScanForOffice(actor, { campaignId, fileId, target }))
    permit(actor, kind === 'signed_report' ? 'report.view' : 'evidence.open', target)
  return true
}

/** True for somebody whose pledge, in force or earlier, is this list's. */
function speaksFor(actor: Actor, fileId: number): boolean {
  if (actor.kind !== 'person' || actor.officialId === null) return false
  return (
    prepared('select 1 from pledge where list_file_id = ? and official_id = ?').get(fileId, actor.officialId) !==
    undefined
  )
}

/** True for the team of the inspection whose signed minutes this file is; once they count, for who sees the inspection. */
function seesMinutes(actor: Actor, campaignId: number, fileId: number): boolean {
  const row = prepared<{ subject: string; signedAt: number | null }>(
    `select p.subject, p.signed_at as signedAt from paper_signature s join prepared_paper p on p.id = s.paper_id
      where s.file_id = ? limit 1`,
  ).get(fileId)
  const sight = row && sightOf(actor, campaignId, Number(row.subject))
  return sight !== undefined && (sight.isMember || row?.signedAt !== null)
}

/** True where the file is the scan of an exemption on which the campaign office decides, and the actor for it. */
function isScanForOffice(
  actor: Actor,
  { campaignId, fileId, target }: { campaignId: number; fileId: number; target: Target },
): boolean {
  if (actor.kind !== 'person' || !can(actor, 'exemption.decide_last', target)) return false
  const ids = db
    .select({ id: exemption.id })
    .from(exemption)
    .where(and(eq(exemption.campaignId, campaignId), eq(exemption.scanFileId, fileId)))
    .all()
    .map(({ id }) => id)
  const rows = decidables(campaignId, { ids })
  const deciders = new ExemptionDeciders(campaignId, rows)
  return rows.map(row => deciders.of(row)).some(({ isOffice, isSecond }) => isOffice && isSecond(actor.accountId))
}

/**
 * Returns the target of a permission check about an attachment of due process: that of its case, by the posting of the
 * cut-off.
 */
function caseTarget(fileId: number, officialId: number): Target {
  const campaignId = prepared<number>(
    'select c.campaign_id from review_step s join review_case c on c.id = s.case_id where s.file_id = ?',
  )
    .pluck()
    .get(fileId)
  return campaignId === undefined ? targetOf(officialId, campaignToday()) : assessedTarget(campaignId, officialId)
}

/** Returns the target of a permission check about a unit; 404 where there is none. */
export function targetOfUnit(unitId: number): Target {
  const row = found(
    db.select({ unitPath: unit.path, guardPath: unit.guardPath }).from(unit).where(eq(unit.id, unitId)).get(),
  )
  return row
}
