import { permitBatch } from '#app/queries/import-batch.server.ts'
import { idOf, type Visit } from './visit.server.ts'

/** The id of an uploaded list out of the URL; 404 where it was uploaded in another campaign than the visit's. */
export function batchIdOf({ campaign }: Pick<Visit, 'campaign'>, value: string | undefined): number {
  const batchId = idOf(value)
  permitBatch(campaign.id, batchId)
  return batchId
}
