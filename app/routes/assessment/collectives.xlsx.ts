import { writeCollectiveAssessments } from '#app/documents/assessment-export.ts'
import { logExport } from '#app/queries/aggregate.server.ts'
import { indicatorNames } from '#app/queries/campaign-indicator.server.ts'
import { listFrozenCollectives } from '#app/queries/closing.server.ts'
import { listCollectives } from '#app/queries/collective-assessment.server.ts'
import { newestFigureOn } from '#app/queries/indicator-evidence.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { unitPlaces } from '#app/queries/unit.server.ts'
import {
  collectiveGaps,
  collectiveTargetLabels,
  isFrozenVersion,
  previewNote,
  quotaReadings,
} from '#app/text/assessment.ts'
import { versionName } from '#app/text/closing.ts'
import { reads, type Visit } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { chooseClosing, readCollectives } from './list.server.ts'

export const loader = reads(async (visit, { url }) => {
  const { actor, campaign, regulation, terms, at, today } = visit
  const { unit, filter, result, version, logged } = readCollectives(visit, url)
  const { closing } = chooseClosing(visit, { version })
  const lines = closing
    ? listFrozen(visit, closing.id, { ...filter, result })
    : listCollectives(actor, campaign.id, { ...filter, result })
  await retryBusy(() =>
    logExport(actor, campaign.id, {
      subject: 'assessment',
      subjectId: unit.id,
      data: { ...logged, version: closing?.version ?? null, rows: lines.length },
    }),
  )
  const { inForce, other } = quotaReadings(regulation, terms.names)
  const bytes = await writeCollectiveAssessments(
    {
      title: `ĐÁNH GIÁ TẬP THỂ (${closing ? versionName(closing).toUpperCase() : 'BẢN XEM TRƯỚC'})`,
      subtitle: closing
        ? [unit.name, `${closing.note} Mã kiểm chứng (SHA-256): ${closing.hash}`]
        : [unit.name, previewNote(campaign), collectiveGaps(newestFigureOn(campaign.id), today)],
      campaign: campaign.code,
      // frozen figures are of the day on which they were frozen
      asOf: closing?.frozenAt ?? at,
      readings: { inForce: inForce.label, other: other.label },
      plan: findPlan(campaign.id),
      terms,
      places: unitPlaces(lines.map(({ unitId }) => unitId)),
      nameOf: indicatorNames(campaign.id),
      isFrozen: isFrozenVersion(closing),
      otherTarget: collectiveTargetLabels[regulation.collectiveTarget === 'sum' ? 'every_member' : 'sum'].toLowerCase(),
    },
    lines,
  )
  return workbookResponse(bytes, `danh-gia-tap-the-${unit.id}`, campaign)
})

/** Frozen collectives as lines; what was not frozen of them is left blank. */
function listFrozen({ actor }: Visit, closingId: number, filter: Parameters<typeof listFrozenCollectives>[2]) {
  return listFrozenCollectives(actor, closingId, filter).map(({ facts: _facts, sums, ...row }) => ({
    ...row,
    people: {
      officials: sums.officials,
      women: sums.women,
      targets: sums.target,
      reported: sums.reported,
      counted: sums.counted,
      verified: sums.verified,
      countedAny: null,
      quotaBearers: null,
      reached: null,
      obligationBearers: null,
      allMet: null,
    },
    resultAny: null,
    resultOtherTarget: null,
  }))
}
