import type { ReadSignature } from '#app/documents/signed-file.ts'
import { judgeSignature, PLEDGE_FILE_BYTES, type SignatureVerdict } from '#app/domain/signed-paper.ts'
import { checkOf, knownPaper, readSignatures } from '#app/jobs/papers/signed-paper.server.ts'
import type { NewCheck } from '#app/queries/kept-signature.server.ts'
import { expectedSigner } from '#app/queries/signed-pledge.server.ts'
import { largePledgeText, othersPledgeText, severalsPaperText, signedFileFlawTexts } from '#app/text/signed-paper.ts'
import type { Visit } from '../_web/visit.server.ts'

type Judged = ReadSignature & { verdict: SignatureVerdict }
/** Of whom a signed pledge is, and its signatures in their order. */
export type CheckedPledge = { officialId: number; name: string; signatures: Judged[] }
type Checked =
  | ({ ok: true } & CheckedPledge)
  /** `isPrepared`: it begins with a paper of this server */
  | { ok: false; isPrepared: boolean; flaw: string }

/**
 * Checks the file of a signed pledge: of whom it is and what each signature comes to, or in words why it is not taken.
 * A paper of somebody whose evidence the visitor may not open is not looked at.
 */
export async function checkSignedPledge(
  { actor, campaign, regulation: { endsOn } }: Visit,
  file: Buffer,
): Promise<Checked> {
  const known = knownPaper(campaign.id, file)
  if (known === null) return { ok: false, isPrepared: false, flaw: signedFileFlawTexts.rewritten }
  if (known.kind !== 'pledge') return { ok: false, isPrepared: true, flaw: severalsPaperText }
  const signer = expectedSigner(actor, campaign.id, known.id)
  if (signer === undefined) return { ok: false, isPrepared: true, flaw: othersPledgeText }
  if (file.length > PLEDGE_FILE_BYTES) return { ok: false, isPrepared: true, flaw: largePledgeText }
  const reading = await readSignatures(known, file)
  if (!reading.ok) return { ok: false, isPrepared: true, flaw: signedFileFlawTexts[reading.flaw] }
  const { officialId, name } = signer
  const judged = (read: ReadSignature) => ({ ...read, verdict: judgeSignature(read.facts, signer, { endsOn }) })
  return { ok: true, officialId, name, signatures: reading.signatures.map(judged) }
}

/** What is kept of the first signature that is taken; null: none is. */
export function keptOf(signatures: readonly Judged[]): NewCheck | null {
  for (const { verdict, ...read } of signatures) {
    const check = checkOf(read, { ...verdict, isSure: verdict.match === 'same' })
    if (check) return check
  }
  return null
}
