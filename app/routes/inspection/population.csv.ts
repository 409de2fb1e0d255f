import { writePopulation } from '#app/documents/inspection-population.ts'
import { exportPopulation } from '#app/queries/inspection.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { download } from '../_web/download.server.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'

/** Returns the population of a draw, so that it can be replayed; ids only, and logged. */
export const loader = reads(async ({ actor, campaign }, { params }) => {
  const inspectionId = idOf(params.inspectionId)
  const population = found(await retryBusy(() => exportPopulation(actor, campaign.id, inspectionId)))
  return download(writePopulation(population), { name: `tong-the-${inspectionId}`, ending: 'csv', campaign })
})
