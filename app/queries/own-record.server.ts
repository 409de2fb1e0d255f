import type { OwnRecord } from '#app/domain/early-check.ts'
import { prepared } from '#db/client.server.ts'

type Found = Omit<OwnRecord, 'lacks'>

/** The official's own record of this citizen, the newest one that is not withdrawn. */
export function ownRecordOf(officialId: number, campaignId: number, citizenHash: string): Found | undefined {
  return prepared<Found>(
    `select id as helpId, helped_on as helpedOn from help
      where campaign_id = ? and citizen_hash = ? and official_id = ? and withdrawn_at is null and erased_at is null
      order by id desc limit 1`,
  ).get(campaignId, citizenHash, officialId)
}
