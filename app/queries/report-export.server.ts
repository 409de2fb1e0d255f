import { and, asc, eq, isNotNull } from 'drizzle-orm'
import type { Actor } from '#app/access/policy.ts'
import { inSubtree } from '#app/access/scope.server.ts'
import { found } from '#app/domain/refusal.ts'
import { periodSlug, type ReportContent } from '#app/domain/report.ts'
import { db, transact } from '#db/client.server.ts'
import { report, unit } from '#db/schema.ts'
import { logEvent } from './event.server.ts'
import { findReport, reportStates } from './report.server.ts'
import { noteOpening } from './report-opening.server.ts'
import { unitPlaces } from './unit.server.ts'
import { unitTitles } from './unit-title.server.ts'

type Asked = { unitId: number; slug: string; version?: number }

/**
 * Exports a signed version: its content, the exact text that was hashed, and the hash; logged. `version` undefined:
 * the newest. Undefined if not visible, or if there is no such version.
 */
export function exportReport(
  actor: Actor,
  campaignId: number,
  { version, format, ...asked }: Asked & { format: 'xlsx' | 'json' },
) {
  return transact(tx => {
    const page = findReport(actor, campaignId, asked)
    const signed = page?.signed.find(row => version === undefined || row.version === version)
    const row = signed && tx.select({ figures: report.figures }).from(report).where(eq(report.id, signed.id)).get()
    if (!page || !signed || !row?.figures) return undefined
    logEvent(tx, actor, {
      verb: 'export',
      subject: 'report',
      subjectId: signed.id,
      campaignId,
      data: { unitId: page.unit.id, period: page.slug, version: signed.version, format },
    })
    noteOpening(actor, page.unit, [signed.id])
    return { content: signed.content, text: row.figures, hash: signed.hash, period: page.period }
  })
}

/**
 * Returns a report for a document: the draft with present figures if there is one or nothing is signed yet, else the
 * newest signed version. `version` selects a signed one. Logged. Undefined as for `exportReport`.
 */
export function exportPaper(actor: Actor, campaignId: number, { version, ...asked }: Asked) {
  return transact(tx => {
    const page = findReport(actor, campaignId, asked)
    if (!page) return undefined
    const isDraft = version === undefined && (page.draft !== null || page.signed.length === 0)
    const signed = isDraft ? undefined : page.signed.find(row => version === undefined || row.version === version)
    if (!isDraft && !signed) return undefined
    logEvent(tx, actor, {
      verb: 'export',
      subject: 'report',
      subjectId: signed?.id ?? page.draft?.id ?? `${page.unit.id}/${page.slug}`,
      campaignId,
      data: { unitId: page.unit.id, period: page.slug, version: signed?.version ?? null, format: 'docx' },
    })
    if (signed) noteOpening(actor, page.unit, [signed.id])
    return {
      ...addressOf(page),
      ...(signed ? signedPaper(signed) : draftPaper(page)),
    }
  })
}

/** To whom a report goes, and of which period; 404 where there is no such report. It shows no figure. */
export function reportAddress(campaignId: number, asked: Omit<Asked, 'version'>) {
  return addressOf(found(findReport({ kind: 'system' }, campaignId, asked)))
}

function addressOf({ unit: of, period }: Page) {
  const above = db
    .select({ name: unit.name, parentId: unit.parentId })
    .from(unit)
    .where(eq(unit.id, of.parentId ?? 0))
    .get()
  return {
    aboveName: above?.name ?? '',
    isToProvince: above?.parentId === null,
    kind: period.kind,
    endsOn: period.endsOn,
  }
}

type Page = NonNullable<ReturnType<typeof findReport>>

const draftPaper = ({ unit: of, at, live, liveIndicators, draft }: Page) => ({
  unitName: of.name,
  at,
  figures: live,
  indicators: liveIndicators,
  difficulties: draft?.difficulties ?? '',
  proposals: draft?.proposals ?? '',
  signed: null,
})

const signedPaper = ({ content, signedFileId, hash }: Page['signed'][number]) => ({
  unitName: content.unitName,
  at: content.figuresAt ?? content.signedAt,
  figures: content.figures,
  indicators: content.indicators ?? [],
  difficulties: content.difficulties,
  proposals: content.proposals,
  signed: {
    at: content.signedAt,
    name: content.signerName,
    capacity: content.signerCapacity,
    title: content.signerTitle ?? null,
    isOnPaper: signedFileId !== null,
    documentNumber: content.documentNumber,
    documentOn: content.documentOn,
    hash,
  },
})

/**
 * Returns the table of reports of a subtree: a line for each unit that must report and each period that has begun.
 * Each line has the state and, if one is signed, the figures of the newest version, which is opened with it. Contains no
 * person's name.
 */
export function listReportTable(actor: Actor, campaignId: number, unitPath: string) {
  const { periods, units } = reportStates(actor, campaignId, unitPath)
  const signed = new Map(
    db
      .select({
        id: report.id,
        unitId: report.unitId,
        unitPath: unit.path,
        kind: report.kind,
        endsOn: report.endsOn,
        figures: report.figures,
      })
      .from(report)
      .innerJoin(unit, eq(unit.id, report.unitId))
      .where(and(eq(report.campaignId, campaignId), inSubtree(unit.path, unitPath), isNotNull(report.figures)))
      .orderBy(asc(report.version))
      .all()
      .map(row => [`${row.unitId}/${periodSlug(row)}`, row]),
  )
  const shown = units.flatMap(row => {
    const own = periods.flatMap(period => signed.get(`${row.unitId}/${periodSlug(period)}`) ?? [])
    return own.length === 0 ? [] : [{ unit: { id: row.unitId, path: row.path }, reportIds: own.map(({ id }) => id) }]
  })
  transact(() => {
    for (const { unit: of, reportIds } of shown) noteOpening(actor, of, reportIds)
  })
  const titleOf = unitTitles(units.map(({ unitId }) => unitId))
  const places = unitPlaces(units.map(row => row.unitId))
  return units.flatMap(row =>
    periods.flatMap((period, n) => {
      const cell = row.cells[n]
      if (!cell || cell.state === 'not_open' || cell.state === 'not_owed') return []
      const text = signed.get(`${row.unitId}/${periodSlug(period)}`)?.figures ?? null
      const figures = text === null ? null : (JSON.parse(text) as ReportContent).figures
      return [{ unitName: titleOf(row.unitId), place: places.get(row.unitId) ?? null, period, ...cell, figures }]
    }),
  )
}
