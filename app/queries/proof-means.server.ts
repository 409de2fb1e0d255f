import type { Day } from '#app/domain/calendar.ts'
import type { ProofMeans } from '#app/domain/proof-way.ts'
import { prepared } from '#db/client.server.ts'
import { portalPartsInForce } from './portal-issuer.server.ts'

/** SQL, columns of any statement: whether there are roots for signatures on @day, and extracts of telecoms. */
export const PROOF_MEANS = `
  exists (select 1 from trusted_root where agreed_at is not null and ended_at is null
             and valid_from_on <= @day and valid_to_on >= @day) as hasRoots,
  exists (select 1 from extract where campaign_id = @campaignId and source = 'telecom' and state = 'applied') as hasExtracts`

export type ProofMeansRow = { hasRoots: number; hasExtracts: number }

/** What is there to prove parts with on a day, from the columns of `PROOF_MEANS`. */
export const proofMeansOf = ({ hasRoots, hasExtracts }: ProofMeansRow, day: Day): ProofMeans => ({
  portals: portalPartsInForce(day),
  hasRoots: hasRoots === 1,
  hasExtracts: hasExtracts === 1,
})

/** Returns what is there on a day to prove parts of a campaign with. Asks no right: it says nothing of a person. */
export const proofMeans = (campaignId: number, day: Day): ProofMeans =>
  proofMeansOf(prepared<ProofMeansRow>(`select ${PROOF_MEANS}`).one({ campaignId, day }), day)
