import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { type Actor, accountOf, permit } from '#app/access/policy.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { forbidden, found, notFound, type Result, refused } from '#app/domain/refusal.ts'
import {
  canonicalJson,
  isEarly,
  periodSlug,
  type ReportContent,
  type ReportIndicator,
  type SigningState,
} from '#app/domain/report.ts'
import type { ReportInput, SignedPaper, Signing } from '#app/domain/report-input.ts'
import { db, type Tx, transact } from '#db/client.server.ts'
import { account, campaign, report } from '#db/schema.ts'
import { figureOf } from './aggregate.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { listExemptions } from './exemption.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { findReport, isHeadOf, reportStates } from './report.server.ts'
import { dropSignedReport, type StrippedContent, storeSignedReport } from './stored-file.server.ts'

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

/** Writes the draft's row (null words: none), or creates a new version if there is none, and returns its id. */
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
 * very unit may sign; a report without a draft is signed without remarks. Before the period's last day it takes a reason.
 */
export function signReport(actor: Actor, campaignId: number, { earlyReason, ...asked }: Asked & Signing): Result {
  return transact((tx): Result => {
    const page = pageOf(actor, campaignId, asked)
    permit(actor, 'report.sign', { unitPath: page.unit.path })
    if (!isHeadOf(actor, page.unit.id)) throw forbidden()
    const problem = checkFreezing(page, earlyReason)
    if (problem) return problem
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
      earlyReason,
      signedFileId: null,
    })
    return { ok: true }
  })
}

/**
 * Freezes a report as it was prepared and signed with a certificate, by the one whom the signature names; the paper's own
 * write has asked for leave, kept the file, and looked at what keeps it from being signed.
 */
export function freezePrepared(
  tx: Tx,
  actor: Actor,
  campaignId: number,
  {
    signerName,
    signerCapacity,
    earlyReason,
    fileId,
    paper,
    ...asked
  }: Asked & {
    signerName: string
    signerCapacity: SignedPaper['signerCapacity']
    earlyReason: string | null
    fileId: number
    paper: PaperContent
  },
): void {
  freeze(tx, actor, campaignId, pageOf(actor, campaignId, asked), {
    signerName,
    signerCapacity,
    documentNumber: null,
    documentOn: null,
    earlyReason,
    signedFileId: fileId,
    paper,
  })
}

/** Returns what still waits for the unit as it signs, and which words are empty; 403 for all but its own head. */
export function signingState(actor: Actor, campaignId: number, asked: Asked): { page: Page; state: SigningState } {
  const page = pageOf(actor, campaignId, asked)
  permit(actor, 'report.sign', { unitPath: page.unit.path })
  if (!isHeadOf(actor, page.unit.id)) throw forbidden()
  const { id, path } = page.unit
  const { periods, units } = reportStates(actor, campaignId, path)
  const column = periods.findIndex(period => periodSlug(period) === page.slug)
  const below = units.filter(one => one.parentId === id).map(one => one.cells[column]?.state)
  const waiting = {
    help: page.live.awaiting,
    obligations: figureOf(campaignId, 'unit', id).people.awaiting,
    exemptions: listExemptions(actor, campaignId, { unitPath: path, state: 'asked', limit: 200 }).rows.length,
    reports_below: below.filter(state => state === 'awaited' || state === 'draft' || state === 'missing').length,
  }
  const { difficulties, proposals } = page.draft ?? { difficulties: '', proposals: '' }
  return { page, state: { waiting, isEmpty: { difficulties: difficulties === '', proposals: proposals === '' } } }
}

/** Returns why a report cannot be frozen now, by either way of signing; undefined if it can (domain 8). */
export function checkFreezing(page: Page, earlyReason: string | null): Result | undefined {
  if (!page.isOpen) return refused('', 'report_not_open')
  if (!page.draft && page.signed.length > 0) return refused('', 'report_signed')
  if (isEarly(page.period, page.at) && earlyReason === null) return refused('earlyReason', 'early_reason_needed')
  return undefined
}

/**
 * Takes the newest signature back, by who gave it or the unit's head: the version is a draft again. For ten minutes,
 * while nobody above has opened it (domain 8). A signed scan is deleted with it.
 */
export function undoSigning(actor: Actor, campaignId: number, asked: Asked): Result {
  return transact((tx): Result => {
    const page = pageOf(actor, campaignId, asked)
    permit(actor, 'report.draft', { unitPath: page.unit.path })
    const [newest] = page.signed
    if (!newest || !page.undo) throw notFound()
    if (!page.undo.isOwn && !isHeadOf(actor, page.unit.id)) throw forbidden()
    if (page.undo.problem !== null) return refused('', page.undo.problem)
    tx.update(report).set(UNSIGNED).where(eq(report.id, newest.id)).run()
    if (newest.signedFileId !== null) dropSignedReport(tx, actor, newest.signedFileId)
    logEvent(tx, actor, {
      verb: 'undo',
      subject: 'report',
      subjectId: newest.id,
      campaignId,
      data: { unitId: page.unit.id, period: page.slug, version: newest.version, hash: newest.hash },
    })
    return { ok: true }
  })
}

/** The columns of a version that is a draft: nothing signed, nothing opened. */
const UNSIGNED = {
  signedAt: null,
  signedBy: null,
  signerCapacity: null,
  signerName: null,
  documentNumber: null,
  documentOn: null,
  signedFileId: null,
  regulationId: null,
  figures: null,
  hash: null,
  earlyReason: null,
  openedAt: null,
  openedBy: null,
} as const

/** The coordinator hands in the report signed on paper: its PDF, number, date, who signed and as what; frozen alike. */
export function fileReport(
  actor: Actor,
  campaignId: number,
  { input, file, ...asked }: Asked & { input: SignedPaper; file: StrippedContent },
): Result {
  return transact((tx): Result => {
    const page = pageOf(actor, campaignId, asked)
    permit(actor, 'report.draft', { unitPath: page.unit.path })
    const problem = checkFreezing(page, input.earlyReason)
    if (problem) return problem
    if (file.mediaType !== 'application/pdf') return refused('file', 'document_needs_pdf')
    if (input.documentOn > dayOf(page.at)) return refused('documentOn', 'in_future')
    freeze(tx, actor, campaignId, page, {
      ...input,
      signedFileId: storeSignedReport(actor, campaignId, page.unit.id, file),
    })
    return { ok: true }
  })
}

/** The words and figures with which a paper was prepared, which are frozen in place of the present ones. */
export type PaperContent = Pick<ReportContent, 'difficulties' | 'proposals' | 'reason' | 'figures'> & {
  at: number
  indicators: readonly ReportIndicator[]
}

/**
 * Freezes content and figures of the draft under its hash; creates the draft if there is none. `paper`: what was
 * prepared and signed with a certificate; null: the present words and figures.
 */
function freeze(
  tx: Tx,
  actor: Actor,
  campaignId: number,
  page: Page,
  {
    signedFileId,
    earlyReason,
    paper = null,
    ...signer
  }: Pick<ReportContent, 'signerName' | 'documentNumber' | 'documentOn'> & {
    earlyReason: string | null
    signerCapacity: SignedPaper['signerCapacity']
    signedFileId: number | null
    paper?: PaperContent | null
  },
) {
  const words = paper ?? { difficulties: null, proposals: null, reason: null }
  const id = page.draft && paper === null ? page.draft.id : saveDraft(tx, actor, campaignId, page, words)
  const row = tx.select().from(report).where(eq(report.id, id)).get()
  const code = tx.select({ code: campaign.code }).from(campaign).where(eq(campaign.id, campaignId)).get()?.code
  if (!row || code === undefined) throw notFound()
  const signedAt = campaignNow()
  // a reason that was typed on or after the last day says nothing
  const reason = isEarly(page.period, page.at) ? earlyReason : null
  const indicators = paper?.indicators ?? page.liveIndicators
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
    signerTitle: page.unit.headTitle,
    earlyReason: reason,
    regulationId: rulesOf(campaignId).id,
    figures: paper?.figures ?? page.live,
    ...(paper && { figuresAt: paper.at }),
    ...(indicators.length > 0 && { indicators }),
  }
  const figures = canonicalJson(content)
  const hash = hashOf(figures)
  tx.update(report)
    .set({
      ...signer,
      earlyReason: reason,
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
    data: { unitId: page.unit.id, period: page.slug, version: row.version, hash, isEarly: reason !== null },
  })
}

/** SHA-256 (hex) of a text's UTF-8 bytes. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
