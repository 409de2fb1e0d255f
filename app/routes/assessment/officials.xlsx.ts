import { writeOfficialAssessments } from '#app/documents/assessment-export.ts'
import { logExport } from '#app/queries/aggregate.server.ts'
import { indicatorNames } from '#app/queries/campaign-indicator.server.ts'
import { collectFrozenOfficials } from '#app/queries/closing.server.ts'
import { guardedUnits } from '#app/queries/frozen-figures.server.ts'
import { collectAssessments } from '#app/queries/official-assessment.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { unitPlaces } from '#app/queries/unit.server.ts'
import { guardedNote, isFrozenVersion, officialLabels, previewNote, quotaReadings } from '#app/text/assessment.ts'
import { versionName } from '#app/text/closing.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { chooseClosing, readOfficials } from './list.server.ts'

const MOST_ROWS = 10_000

export const loader = reads(async (visit, { url }) => {
  const { actor, campaign, regulation, terms, at } = visit
  const { unit, filter, version, logged } = readOfficials(visit, url)
  const { closing } = chooseClosing(visit, { version })
  const lines = closing
    ? await collectFrozenOfficials(actor, closing.id, { ...filter, limit: MOST_ROWS })
    : await collectAssessments(actor, campaign.id, { ...filter, limit: MOST_ROWS })
  await retryBusy(() =>
    logExport(actor, campaign.id, {
      subject: 'assessment',
      subjectId: unit.id,
      data: { ...logged, version: closing?.version ?? null, rows: lines.length },
    }),
  )
  const guarded = guardedUnits(actor, campaign.id, { unitPath: unit.path, closing })
  const { inForce, other } = quotaReadings(regulation, terms.names)
  const bytes = await writeOfficialAssessments(
    {
      title: closing ? `ĐÁNH GIÁ CÁ NHÂN (${versionName(closing).toUpperCase()})` : 'ĐÁNH GIÁ CÁ NHÂN (BẢN XEM TRƯỚC)',
      subtitle: [
        filter.result
          ? `${unit.name}: ${officialLabels(isFrozenVersion(closing))[filter.result].toLowerCase()}`
          : unit.name,
        ...(guarded.length > 0 ? [guardedNote(guarded)] : []),
        closing ? `${closing.note} Mã kiểm chứng (SHA-256): ${closing.hash}` : previewNote(campaign),
      ],
      campaign: campaign.code,
      // frozen figures are of the day on which they were frozen
      asOf: closing?.frozenAt ?? at,
      readings: { inForce: inForce.label, other: other.label },
      plan: findPlan(campaign.id),
      terms,
      places: unitPlaces(lines.map(({ unitId }) => unitId)),
      nameOf: indicatorNames(campaign.id),
      isFrozen: isFrozenVersion(closing),
    },
    lines,
  )
  return workbookResponse(bytes, `danh-gia-ca-nhan-${unit.id}`, campaign)
})
