import { writePledgeList } from '#app/documents/pledge-paper.ts'
import { PLEDGE_LIST_ROWS } from '#app/domain/pledge.ts'
import { citedPlan, unitIssuing } from '#app/jobs/papers/issuing.server.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listOfficials } from '#app/queries/official.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { logUnitPaper } from '#app/queries/unit-result.server.ts'
import { paperResponse } from '../_web/paper.server.ts'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { pledgePaper } from './params.ts'

/**
 * Returns the list on which a unit's people sign their pledges by hand, or the part numbered `phan` (from 1). Logged,
 * because it names them.
 */
export const loader = reads(async (visit, { params, url }) => {
  const { actor, campaign } = visit
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.pledge) throw notFound()
  const { part = 1 } = pledgePaper.read(url)
  const before = (part - 1) * PLEDGE_LIST_ROWS
  const { rows } = listOfficials(actor, campaign.id, {
    unitPath: heading.path,
    sort: 'name',
    skip: before,
    limit: PLEDGE_LIST_ROWS,
  })
  if (rows.length === 0 && part > 1) throw notFound()
  await retryBusy(() =>
    logUnitPaper(actor, campaign.id, { unitId: heading.id, document: 'danh-sach-cam-ket.docx', rows: rows.length }),
  )
  const bytes = await writePledgeList({
    plan: citedPlan(visit.campaign.id),
    issuing: unitIssuing(heading.id, null),
    before,
    obligations: visit.terms.obligations.map(obligation => visit.terms.names.obligation[obligation]),
    rows: rows.map(row => ({ name: row.name, position: row.position, citizens: row.target })),
  })
  return paperResponse(bytes, `danh-sach-cam-ket-${heading.id}${part > 1 ? `-phan-${part}` : ''}`, campaign)
})
