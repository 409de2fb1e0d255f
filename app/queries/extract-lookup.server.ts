import type { Actor } from '#app/access/policy.ts'
import type { LookupPurpose } from '#app/domain/extract.ts'
import { codeOf } from '#app/domain/record-code.ts'
import type { ExtractSource } from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { unsealText } from '#db/keys.server.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { permitExtracts } from './extract.server.ts'
import { findLocality, liesIn } from './locality.server.ts'

/** Rows of one look-up: opening more at once would hold everybody up. */
export const MOST_LOOKED_UP = 5000

export type LookupRow = { code: string; number: string; phone: string | null }

/**
 * Codes and numbers of a locality's records, by where it belonged on the day helped, that no extract or inspection has verified yet, for an office that looks
 * them up on its own network and gives back codes and states only (domain 6.3). Logged with its purpose. The phone is
 * opened for telecom alone. Undefined where there is no such locality.
 */
export function listForLookup(
  actor: Actor,
  campaignId: number,
  { source, localityCode, purpose }: { source: ExtractSource; localityCode: string; purpose: LookupPurpose },
): LookupRow[] | undefined {
  permitExtracts(actor, source)
  if (!findLocality(localityCode, campaignToday())) return undefined
  return transact(tx => {
    const rows = prepared<{ id: number; number: Buffer; phone: Buffer | null }>(
      `select h.id, h.citizen_number_cipher as number, h.citizen_phone_cipher as phone
         from help h
        where h.campaign_id = ? and h.erased_at is null
          and not exists (select 1 from citizen_restriction cr
            where cr.campaign_id = h.campaign_id and cr.citizen_hash = h.citizen_hash) and h.is_reported = 1 and h.verdict_kind <> 'rejected' and h.verdict_reason <> 'verified'
          and ${liesIn('h.locality_code', '?', 'h.helped_on')} order by h.id limit ?`,
    ).all(campaignId, localityCode, MOST_LOOKED_UP)
    logEvent(tx, actor, {
      verb: 'export',
      subject: 'extract',
      subjectId: localityCode,
      campaignId,
      data: { source, localityCode, purpose, count: rows.length },
    })
    return rows.map(({ id, number, phone }) => ({
      code: codeOf(id),
      number: unsealText({ table: 'help', column: 'citizenNumber', rowId: id }, number) ?? '',
      phone: source === 'telecom' ? unsealText({ table: 'help', column: 'citizenPhone', rowId: id }, phone) : null,
    }))
  })
}
