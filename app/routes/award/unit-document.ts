import { permit } from '#app/access/policy.ts'
import { partOf, UNIT_PAPERS, writeUnitPaper } from '#app/jobs/papers/unit.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { findRound } from '#app/queries/round.server.ts'
import { collectRound, logRoundExport } from '#app/queries/round-list.server.ts'
import { unitForPaper } from '#app/queries/unit.server.ts'
import { paperDay, paperResponse } from '../_web/paper.server.ts'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'

/** One paper of a unit's own proposal, for who proposes there; logged. */
export const loader = reads(async ({ actor, campaign }, { params, url }) => {
  const round = found(findRound(actor, campaign.id, idOf(params.roundId)))
  if (round.kind === 'review') throw notFound()
  const document = found(UNIT_PAPERS.find(name => name === params.unitPaper))
  const unit = unitForPaper(idOf(params.unitId))
  permit(actor, 'candidate.propose', { unitPath: unit.path })
  const list = partOf(await collectRound(actor, campaign.id, { roundId: round.id, isWhole: true }), unit.path)
  const rows = list.persons.length + list.collectives.length
  await retryBusy(() =>
    logRoundExport(actor, campaign.id, { roundId: round.id, document: `${unit.id}/${document}`, rows }),
  )
  const bytes = await writeUnitPaper(list, unit.id, { document, datedOn: paperDay(url) })
  return paperResponse(bytes, `${document.replace(/\.docx$/, '')}-${round.id}-${unit.id}`, campaign)
})
