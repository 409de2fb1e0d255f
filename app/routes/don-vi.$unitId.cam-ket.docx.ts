import { writePledgeList } from '#app/documents/pledge-paper.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listOfficials } from '#app/queries/official.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { logUnitPaper } from '#app/queries/unit-result.server.ts'
import { citedPlan, paperResponse } from './paper.server.ts'
import { found, idOf, notFound, reads } from './visit.server.ts'

const MOST_ROWS = 2000

/** The list on which a unit's people sign their pledges by hand; logged, for it names them. */
export const loader = reads(async (visit, { params }) => {
  const { actor, campaign } = visit
  const heading = found(findUnitHeading(actor, idOf(params.unitId)))
  if (!heading.allowed.pledge) throw notFound()
  const { rows } = listOfficials(actor, campaign.id, { unitPath: heading.path, sort: 'name', limit: MOST_ROWS })
  await retryBusy(() =>
    logUnitPaper(actor, campaign.id, { unitId: heading.id, document: 'danh-sach-cam-ket.docx', rows: rows.length }),
  )
  const bytes = await writePledgeList({
    plan: citedPlan(visit),
    unitName: heading.name,
    rows: rows.map(row => ({ name: row.name, position: row.position, citizens: row.target })),
  })
  return paperResponse(bytes, `danh-sach-cam-ket-${heading.id}`)
})
