import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { type Actor, accountOf, permit } from '#app/access/policy.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { forbidden, found, notFound, type Result, refused } from '#app/domain/refusal.ts'
import { canonicalJson, type ReportContent } from '#app/domain/report.ts'
import type { ReportInput, SignedPaper } from '#app/domain/report-input.ts'
import { db, type Tx, transact } from '#db/client.server.ts'
import { account, campaign, report } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { findReport, isHeadOf } from './report.server.ts'
import { type StrippedContent, storeSignedReport } from './stored-file.server.ts'

type Asked = { unitId: number; slug: string }
type Page = NonNullable<ReturnType<typeof findReport>>

function pageOf(actor: Actor, campaignId: number, asked: Asked): Page {
  return found(findReport(actor, campaignId, asked))
}

/**
 * Keeps the words of a unit's report as its draft, by its head or coordinator or those above. A period that was signed
 * already gets the draft of a correction, which needs a reason; what was signed stays as it is (domain 8).
 */
export function draftReport(actor: Actor, campaignId: number, { input, ...asked }: Asked & { input: ReportInput }) {
  return transact((tx): Result => {
    const page = pageOf(actor, campaignId, asked)
    permit(actor, 'report.draft', { unitPath: page.unit.path })
    if (!page.isOpen) return refused('', 'report_not_open')
    if (page.signed.length > 0 && input.reason === null) return refused('reason', 'required')
    saveDraft(tx, actor, campaignId, page, input)
    return { ok: true }
  })
}

/** Writes the draft's row, or creates a new version if there is none, and returns its id. */
function saveDraft(tx: Tx, actor: Actor, campaignId: number, page: Page, input: ReportInput): number {
  const words = {
    difficulties: input.difficulties ?? '',
    proposals: input.proposals ?? '',
    reason: page.signed.length > 0 ? (input.reason ?? '') : '',
    preparedAt: campaignNow(),
    preparedBy: accountOf(actor),
  }
  if (page.draft) tx.update(report).set(words).where(eq(report.id, page.draft.id)).run()
  const id =
    page.draft?.id ??
    tx
      .insert(report)
      .values({
        campaignId,
        unitId: page.unit.id,
        kind: page.period.kind,
        endsOn: page.period.endsOn,
        version: (page.signed[0]?.version ?? 0) + 1,
        ...words,
      })
      .returning({ id: report.id })
      .get().id
  logEvent(tx, actor, {
    verb: page.draft ? 'edit' : 'create',
    subject: 'report',
    subjectId: id,
    campaignId,
    data: { unitId: page.unit.id, period: page.slug },
  })
  return id
}

/** Deletes the draft of a correction, so that only the signed report remains; also deletes an unsigned report. */
export function dropDraft(actor: Actor, campaignId: number, asked: Asked) {
  transact(tx => {
    const page = pageOf(actor, campaignId, asked)
    permit(actor, 'report.draft', { unitPath: page.unit.path })
    if (!page.draft) throw notFound()
    tx.delete(report).where(eq(report.id, page.draft.id)).run()
    logEvent(tx, actor, {
      verb: 'withdraw',
      subject: 'report',
      subjectId: page.draft.id,
      campaignId,
      data: { unitId: page.unit.id, period: page.slug },
    })
  })
}

/**
 * Signs the unit's report in the app: freezes the present figures with the regulation in force. Only the head of this
 * very unit may sign; a report without a draft is signed without remarks.
 */
export function signReport(actor: Actor, campaignId: number, asked: Asked): Result<object, InputProblem> {
  return transact(tx => {
    const page = pageOf(actor, campaignId, asked)
    permit(actor, 'report.sign', { unitPath: page.unit.path })
    if (!isHeadOf(actor, page.unit.id)) throw forbidden()
    if (!page.isOpen) return { ok: false, problem: 'report_not_open' }
    if (!page.draft && page.signed.length > 0) return { ok: false, problem: 'report_signed' }
    const row = db
      .select({ name: account.displayName })
      .from(account)
      .where(eq(account.id, accountOf(actor)))
      .get()
    freeze(tx, actor, campaignId, page, {
      signerName: row?.name ?? '',
      signerCapacity: 'head',
      documentNumber: null,
      documentOn: null,
      signedFileId: null,
    })
    return { ok: true }
  })
}

/** The coordinator hands in the report signed on paper: its PDF, number, date, who signed and as what; frozen alike. */
export function fileReport(
  actor: Actor,
  campaignId: number,
  { input, file, ...asked }: Asked & { input: SignedPaper; file: StrippedContent },
): Result {
  return transact((tx): Result => {
    const page = pageOf(actor, campaignId, asked)
    permit(actor, 'report.draft', { unitPath: page.unit.path })
    if (!page.isOpen) return refused('', 'report_not_open')
    if (!page.draft && page.signed.length > 0) return refused('', 'report_signed')
    if (file.mediaType !== 'application/pdf') return refused('file', 'document_needs_pdf')
    if (input.documentOn > dayOf(page.at)) return refused('documentOn', 'in_future')
    freeze(tx, actor, campaignId, page, { ...input, signedFileId: storeSignedReport(actor, page.unit.id, file) })
    return { ok: true }
  })
}

/** Freezes content and figures of the draft under its hash; creates the draft if there is none. */
function freeze(
  tx: Tx,
  actor: Actor,
  campaignId: number,
  page: Page,
  {
    signedFileId,
    ...signer
  }: Pick<ReportContent, 'signerName' | 'documentNumber' | 'documentOn'> & {
    signerCapacity: SignedPaper['signerCapacity']
    signedFileId: number | null
  },
) {
  const id =
    page.draft?.id ?? saveDraft(tx, actor, campaignId, page, { difficulties: null, proposals: null, reason: null })
  const row = tx.select().from(report).where(eq(report.id, id)).get()
  const code = tx.select({ code: campaign.code }).from(campaign).where(eq(campaign.id, campaignId)).get()?.code
  if (!row || code === undefined) throw notFound()
  const signedAt = campaignNow()
  const content: ReportContent = {
    campaign: code,
    unitId: page.unit.id,
    unitName: page.unit.name,
    kind: row.kind,
    endsOn: row.endsOn,
    version: row.version,
    reason: row.reason,
    difficulties: row.difficulties,
    proposals: row.proposals,
    signedAt,
    ...signer,
    regulationId: rulesOf(campaignId).id,
    figures: page.live,
  }
  const figures = canonicalJson(content)
  const hash = hashOf(figures)
  tx.update(report)
    .set({
      ...signer,
      signedAt,
      signedBy: accountOf(actor),
      signedFileId,
      regulationId: content.regulationId,
      figures,
      hash,
    })
    .where(eq(report.id, id))
    .run()
  logEvent(tx, actor, {
    verb: page.signed.length > 0 ? 'correct' : 'sign',
    subject: 'report',
    subjectId: id,
    campaignId,
    data: { unitId: page.unit.id, period: page.slug, version: row.version, hash },
  })
}

/** SHA-256 (hex) of a text's UTF-8 bytes. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
