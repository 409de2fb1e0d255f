import { writeHelpList } from '#app/documents/help-export.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { exportHelp } from '#app/queries/help-export.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { workbookResponse } from '../_web/workbook.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { listedFilter } from './listed-filter.ts'
import { unitHelpList } from './params.ts'
import { helpScope } from './scope.server.ts'

/** A unit's records as they are narrowed, to download; logged. */
export const loader = reads(async (visit, { params, url }) => {
  const { actor, campaign, at } = visit
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.records) throw notFound()
  const filter = { ...listedFilter(unitHelpList.read(url)), unitPath: heading.path }
  const asked = { subject: 'unit' as const, subjectId: heading.id, filter }
  const listed = await retryBusy(() => exportHelp(actor, campaign.id, asked))
  await noteShown(actor, { what: 'help_list', subjectId: heading.id, count: listed.rows.length })
  const title = `TRƯỜNG HỢP HỖ TRỢ – ${titleOfUnit(heading.id).toLocaleUpperCase('vi')}`
  const bytes = await writeHelpList({ title, campaign: campaign.code, asOf: at, ...listed, scope: helpScope(visit) })
  return workbookResponse(bytes, `truong-hop-${heading.id}`, campaign)
})
