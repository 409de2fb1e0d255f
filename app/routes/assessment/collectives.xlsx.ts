import { writeCollectiveAssessments } from '#app/documents/assessment-export.ts'
import { logExport } from '#app/queries/aggregate.server.ts'
import { listCollectives } from '#app/queries/collective-assessment.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { collectiveGaps, collectiveTargetLabels, previewNote, quotaReadings } from '#app/text/assessment.ts'
import { reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { readCollectives } from './list.server.ts'

export const loader = reads(async (visit, { url }) => {
  const { actor, campaign, regulation, terms, at } = visit
  const { unit, filter, result, logged } = readCollectives(visit, url)
  const lines = listCollectives(actor, campaign.id, { ...filter, result })
  await retryBusy(() =>
    logExport(actor, campaign.id, {
      subject: 'assessment',
      subjectId: unit.id,
      data: { ...logged, rows: lines.length },
    }),
  )
  const { inForce, other } = quotaReadings(regulation, terms.names)
  const bytes = await writeCollectiveAssessments(
    {
      title: 'ĐÁNH GIÁ TẬP THỂ (BẢN XEM TRƯỚC)',
      subtitle: [unit.name, previewNote(campaign), collectiveGaps],
      campaign: campaign.code,
      asOf: at,
      readings: { inForce: inForce.label, other: other.label },
      plan: findPlan(campaign.id),
      terms,
      otherTarget: collectiveTargetLabels[regulation.collectiveTarget === 'sum' ? 'every_member' : 'sum'].toLowerCase(),
    },
    lines,
  )
  return workbookResponse(bytes, `danh-gia-tap-the-${unit.id}`, campaign)
})
