import { type Actor, can } from '#app/access/policy.ts'
import { notFound } from '#app/domain/refusal.ts'
import type { ExpectedSigner } from '#app/domain/signed-paper.ts'
import { prepared } from '#db/client.server.ts'
import { hasKeys, matchHash } from '#db/keys.server.ts'
import { campaignToday } from './clock.server.ts'
import { targetOf } from './official.server.ts'

/** Computes the seal of a prepared paper's digest, by the key with which its campaign matches; 404 once that is gone. */
export const paperSealer =
  (campaignId: number) =>
  (digest: string): string => {
    if (!hasKeys({ campaignId })) throw notFound()
    return matchHash({ campaignId }, 'prepared paper', digest)
  }

/**
 * Returns whom the certificate under a pledge should name (plan IV.1). Undefined where the campaign has no such pledge, or
 * the actor may not open the evidence of its official.
 */
export function expectedSigner(actor: Actor, campaignId: number, pledgeId: number) {
  const row = prepared<{ officialId: number; name: string; numberHash: string | null }>(
    `select o.id as officialId, o.name, o.number_hash as numberHash from pledge p join official o on o.id = p.official_id
      where p.id = ? and p.campaign_id = ?`,
  ).get(pledgeId, campaignId)
  if (!row || !can(actor, 'evidence.open', targetOf(row.officialId, campaignToday()))) return undefined
  const { officialId, name, numberHash } = row
  const signer: ExpectedSigner = {
    name,
    hasNumber: numberHash === null ? null : number => matchHash('staff', 'number', number) === numberHash,
  }
  return { officialId, ...signer }
}
