import type { Day } from '#app/domain/calendar.ts'
import type { ProofMeans } from '#app/domain/proof-way.ts'
import { prepared } from '#db/client.server.ts'
import { portalPartsInForce } from './portal-issuer.server.ts'

/** Returns what is there on a day to prove parts of a campaign with. Asks no right: it says nothing of a person. */
export function proofMeans(campaignId: number, day: Day): ProofMeans {
  const { hasRoots, hasExtracts } = prepared<{ hasRoots: number; hasExtracts: number }>(
    `select exists (select 1 from trusted_root where agreed_at is not null and ended_at is null
                       and valid_from_on <= @day and valid_to_on >= @day) as hasRoots,
            exists (select 1 from extract where campaign_id = @campaignId and source = 'telecom'
                       and state = 'applied') as hasExtracts`,
  ).one({ campaignId, day })
  return { portals: portalPartsInForce(day), hasRoots: hasRoots === 1, hasExtracts: hasExtracts === 1 }
}
