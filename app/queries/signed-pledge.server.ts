import { type Actor, can } from '#app/access/policy.ts'
import { notFound } from '#app/domain/refusal.ts'
import type { ExpectedSigner, KeptCheck } from '#app/domain/signed-paper.ts'
import { prepared, type Tx } from '#db/client.server.ts'
import { hasKeys, matchHash } from '#db/keys.server.ts'
import { signatureCheck } from '#db/schema.ts'
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

/** What a check found, with the certificate that signed and the root that it leads to, each by its SHA-256. */
export type NewCheck = KeptCheck & { fingerprint: string; root: string }

/** Keeps beside an evidence file what its signature came to; the write that keeps the file has asked for leave. */
export function keepCheck(tx: Tx, fileId: number, { root, ...check }: NewCheck): void {
  const rootId = prepared<number>('select id from trusted_root where fingerprint = ?').pluck().one(root)
  tx.insert(signatureCheck)
    .values({ fileId, rootId, ...check })
    .run()
}

/** What the signatures of evidence files came to, by file; one that is no signed file is not among them. */
export function checksOf(fileIds: readonly (number | null)[]): ReadonlyMap<number, KeptCheck> {
  const known = fileIds.filter(id => id !== null)
  if (known.length === 0) return new Map()
  const rows = prepared<Omit<KeptCheck, Flag> & Record<Flag, number> & { fileId: number }>(
    `select c.file_id as fileId, c.valid_from_on as validFromOn, c.valid_to_on as validToOn, c.stamped_at as stampedAt,
            c.is_sure as isSure, c.is_revocation_known as isRevocationKnown, c.checked_at as checkedAt
       from json_each(?) j join signature_check c on c.file_id = j.value`,
  ).all(JSON.stringify(known))
  return new Map(
    rows.map(({ fileId, ...row }) => [
      fileId,
      { ...row, isSure: row.isSure === 1, isRevocationKnown: row.isRevocationKnown === 1 },
    ]),
  )
}

type Flag = 'isSure' | 'isRevocationKnown'
