import { type Actor, can, permit } from '#app/access/policy.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { type PreparedReport, type ReportObstacle, reportObstacle } from '#app/domain/prepared-paper.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import { isEarly } from '#app/domain/report.ts'
import type { SignerCapacity } from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { campaignNow } from './clock.server.ts'
import { rulesOf } from './judging/index.server.ts'
import {
  confirmSigners,
  type Expected,
  expectedOfficials,
  insertPaper,
  isKnown,
  type KeptSignature,
  keepSignatures,
  type NewSignature,
  noteSigned,
  type PaperRow,
  signaturesOf,
} from './prepared-paper.server.ts'
import { findReport } from './report.server.ts'
import { checkFreezing, freezePrepared } from './report-signing.server.ts'
import { currentSigner } from './signer.server.ts'
import { type StrippedContent, storeSignedReport, targetOfUnit } from './stored-file.server.ts'

/** What a prepared report says. */
export const reportContent = (row: Pick<PaperRow, 'content'>): PreparedReport =>
  JSON.parse(row.content) as PreparedReport

/**
 * Prepares a unit's report of a period as a paper to be signed with a certificate: with the figures of this moment, which
 * are frozen once it is signed. By who drafts it; before the period's last day it takes a reason. Returns the paper's id.
 */
export function prepareReport(
  actor: Actor,
  campaignId: number,
  { earlyReason, ...asked }: { unitId: number; slug: string; earlyReason: string | null },
): Result<{ paperId: number }> {
  return transact(tx => {
    const page = found(findReport(actor, campaignId, asked))
    permit(actor, 'report.draft', { unitPath: page.unit.path })
    const problem = checkFreezing(page, earlyReason)
    if (problem && !problem.ok) return problem
    const signer = currentSigner(page.unit.id, dayOf(page.at))
    const content: PreparedReport = {
      at: page.at,
      version: nextVersion(page),
      unitName: page.unit.name,
      regulationId: rulesOf(campaignId).id,
      figures: page.live,
      indicators: page.liveIndicators,
      difficulties: page.draft?.difficulties ?? '',
      proposals: page.draft?.proposals ?? '',
      reason: page.draft?.reason ?? '',
      earlyReason: isEarly(page.period, page.at) ? earlyReason : null,
      signer: signer && { name: signer.name, capacity: signer.capacity },
    }
    const paperId = insertPaper(tx, actor, {
      campaignId,
      kind: 'report',
      unitId: page.unit.id,
      subject: page.slug,
      content,
    })
    return { ok: true, paperId }
  })
}

type Page = NonNullable<ReturnType<typeof findReport>>
const nextVersion = ({ signed }: Pick<Page, 'signed'>) => (signed[0]?.version ?? 0) + 1

/** True for who may see a prepared report: who drafts it; once it is signed, who may read the unit's reports. */
export const maySeeReport = (actor: Actor, row: PaperRow): boolean =>
  can(actor, row.signedAt === null ? 'report.draft' : 'report.view', targetOfUnit(row.unitId))

/** True for who prepares a unit's reports, uploads them signed and confirms who signed. */
export const mayKeepReport = (actor: Actor, row: PaperRow): boolean =>
  can(actor, 'report.draft', targetOfUnit(row.unitId))

/**
 * Whom a prepared report expects: those who head this very unit now, and whom the register of signers named when it was
 * prepared (KT., TL., TUQ.) — as the one official of that name in the unit, else by name alone.
 */
export function reportSigners(row: PaperRow): Expected[] {
  const { signer } = reportContent(row)
  const heads = expectedOfficials(headsOf(row.unitId))
  if (signer === null || heads.some(({ name }) => name === signer.name)) return heads
  const named = prepared<number>(
    `select o.id from official o join posting p on p.official_id = o.id and p.to_on is null
      where p.unit_id = ? and o.name = ?`,
  )
    .pluck()
    .all(row.unitId, signer.name)
  const known = named.length === 1 ? expectedOfficials(named) : []
  return [...heads, ...(known.length === 1 ? known : [{ officialId: null, name: signer.name, hasNumber: null }])]
}

/** The officials who hold the head's grant of this very unit today. */
const headsOf = (unitId: number): number[] =>
  prepared<number>(
    `select distinct a.official_id from role_grant g join account a on a.id = g.account_id
      where g.unit_id = @unitId and g.role = 'head' and a.official_id is not null
        and g.from_on <= @today and (g.to_on is null or g.to_on >= @today)`,
  )
    .pluck()
    .all({ unitId, today: dayOf(campaignNow()) })

/** The signatures of a prepared report, each with why it does not count; null: the report is signed by it. */
export function reportSignatures(row: PaperRow): (KeptSignature & { obstacle: ReportObstacle | null })[] {
  const { signer } = reportContent(row)
  const byFile = new Set(
    prepared<number>(
      `select r.signed_file_id from report r
         join (select distinct file_id from paper_signature where paper_id = ?) s on s.file_id = r.signed_file_id`,
    )
      .pluck()
      .all(row.id),
  )
  return signaturesOf(row.id).map(signature => ({
    ...signature,
    name: signature.name ?? signer?.name ?? null,
    obstacle: byFile.has(signature.fileId) ? null : isKnown(signature) ? obstacleNow(row) : 'unconfirmed',
  }))
}

/** What keeps a prepared report from being signed now; null: nothing does, or it is signed. */
export const reportClosed = (row: PaperRow): ReportObstacle | null => (row.signedAt === null ? obstacleNow(row) : null)

function obstacleNow(row: PaperRow): ReportObstacle | null {
  const [version, isOpen] = versionNow(row)
  const now = { at: campaignNow(), nextVersion: version, regulationId: rulesOf(row.campaignId).id, isOpen }
  return reportObstacle(reportContent(row), now)
}

/** The version that is signed next in a prepared report's period, and whether the period is open. */
function versionNow(row: PaperRow): [number, boolean] {
  const page = findReport({ kind: 'system' }, row.campaignId, { unitId: row.unitId, slug: row.subject })
  return page ? [nextVersion(page), page.isOpen] : [0, false]
}

/**
 * Keeps a signed report with its new signatures; a known signature of the head, or of whom the register named, counts as
 * its sign-off (domain 8), with the figures of the paper. By who drafts the report. Nothing is stored without a new one.
 */
export function keepSignedPaperReport(
  actor: Actor,
  row: PaperRow,
  { file, signatures }: { file: StrippedContent; signatures: readonly NewSignature[] },
): void {
  transact(tx => {
    permit(actor, 'report.draft', targetOfUnit(row.unitId))
    if (signatures.length === 0) return
    const fileId = storeSignedReport(actor, row.campaignId, row.unitId, file)
    keepSignatures(tx, actor, row, { fileId, signatures })
    signOff(actor, row)
  })
}

/** Confirms who signed a report where only the name agrees; never about oneself (403). The report is signed then. */
export function confirmReportSigners(actor: Actor, row: PaperRow, signatureIds: readonly number[]): void {
  transact(tx => {
    permit(actor, 'report.draft', targetOfUnit(row.unitId))
    confirmSigners(tx, actor, row, signatureIds)
    signOff(actor, row)
  })
}

/** Freezes the report by the first known signature of its paper, where nothing keeps it from that. */
function signOff(actor: Actor, row: PaperRow): void {
  const signature = reportSignatures(row).find(isKnown)
  if (!signature || row.signedAt !== null || obstacleNow(row) !== null) return
  const content = reportContent(row)
  const { signer, earlyReason, at, figures, indicators, difficulties, proposals, reason } = content
  const isHead = signature.officialId !== null && headsOf(row.unitId).includes(signature.officialId)
  transact(tx => {
    freezePrepared(tx, actor, row.campaignId, {
      unitId: row.unitId,
      slug: row.subject,
      signerName: signature.name ?? '',
      signerCapacity: isHead ? 'head' : capacityOf(signer),
      earlyReason,
      fileId: signature.fileId,
      paper: { at, figures, indicators, difficulties, proposals, reason },
    })
    noteSigned(tx, row)
  })
}

/** A report knows three capacities: whom the register authorises (TUQ.) signs by order. */
const capacityOf = (signer: PreparedReport['signer']): SignerCapacity =>
  signer === null ? 'head' : signer.capacity === 'authorised' ? 'by_order' : signer.capacity
