import { type Person, permit } from '#app/access/policy.ts'
import { notFound } from '#app/domain/refusal.ts'
import type { SignatureWord } from '#app/domain/signature-proof.ts'
import { prepared } from '#db/client.server.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { change, rulesOf } from './judging/index.server.ts'
import { keepCheck, keptSignatures, type NewCheck, wordIn } from './kept-signature.server.ts'
import { settleObligations } from './obligation-evidence.server.ts'
import { targetOf } from './official.server.ts'
import { type StrippedContent, storeEvidence } from './stored-file.server.ts'

/**
 * Keeps one's own signed file, whose signature was taken, and returns what it says (plan IV.1). It proves the signature
 * of one's own part by this act; what the SIM's own name rests on stays as it was, and nothing that was declared or
 * confirmed is lost. The same certificate is kept once. Throws 403 for all but the official, 404 where the part does not hold.
 */
export function keepSignature(
  actor: Person,
  campaignId: number,
  { officialId, file, check }: { officialId: number; file: StrippedContent; check: NewCheck },
): SignatureWord {
  permit(actor, 'obligation.declare', targetOf(officialId, campaignToday()))
  const { regulation } = rulesOf(campaignId)
  if (!regulation.heldParts.includes('sim_signature')) throw notFound()
  const keptOf = () => keptSignatures(campaignId, [officialId]).get(officialId) ?? []
  const wordOf = (row: ReturnType<typeof keptOf>[number]) =>
    wordIn(row, confirmedAt(campaignId, officialId), regulation)
  const same = keptOf().find(row => row.fingerprint === check.fingerprint)
  if (same) return wordOf(same)
  return change(campaignId, { standings: [officialId] }, tx => {
    const fileId = storeEvidence(actor, campaignId, officialId, file)
    keepCheck(tx, fileId, check)
    const [row] = keptOf().filter(kept => kept.fileId === fileId)
    if (!row) throw new Error('what was kept is not there')
    const word = wordOf(row)
    logEvent(tx, actor, {
      verb: word === 'proof' ? 'prove' : 'record',
      subject: 'signature_check',
      subjectId: fileId,
      campaignId,
      data: { officialId, part: 'sim_signature', word },
    })
    settleObligations(campaignId, [officialId])
    return word
  })
}

/** When the unit confirmed the part of the signature (ms); null: it did not. */
const confirmedAt = (campaignId: number, officialId: number) =>
  prepared<number | null>(
    `select confirmed_at from obligation where campaign_id = ? and official_id = ? and part = 'sim_signature'`,
  )
    .pluck()
    .get(campaignId, officialId) ?? null
