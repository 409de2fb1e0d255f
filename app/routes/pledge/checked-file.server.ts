import { preparedPart } from '#app/documents/paper-seal.ts'
import { PLEDGE_PLACES } from '#app/documents/prepared-pledge.ts'
import type { ReadSignature } from '#app/documents/signed-file.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { revocationByLists } from '#app/domain/signature-proof.ts'
import { judgeSignature, PLEDGE_FILE_BYTES, personalNumber, type SignatureVerdict } from '#app/domain/signed-paper.ts'
import { checkSignedFile } from '#app/jobs/signed-file.server.ts'
import { campaignNow } from '#app/queries/clock.server.ts'
import type { NewCheck } from '#app/queries/kept-signature.server.ts'
import { keptListReader } from '#app/queries/revocation-list.server.ts'
import { expectedSigner, paperSealer } from '#app/queries/signed-pledge.server.ts'
import { trustedRoots } from '#app/queries/trusted-root.server.ts'
import { largePledgeText, othersPledgeText, signedFileFlawTexts } from '#app/text/signed-paper.ts'
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
  const known = preparedPart(file, paperSealer(campaign.id))
  if (known === null) return { ok: false, isPrepared: false, flaw: signedFileFlawTexts.rewritten }
  const signer = expectedSigner(actor, campaign.id, known.pledgeId)
  if (signer === undefined) return { ok: false, isPrepared: true, flaw: othersPledgeText }
  if (file.length > PLEDGE_FILE_BYTES) return { ok: false, isPrepared: true, flaw: largePledgeText }
  const trust = { roots: trustedRoots(), lists: [] }
  const input = { prepared: known.prepared, file, places: PLEDGE_PLACES }
  const reading = await checkSignedFile(input, trust, campaignNow())
  if (!reading.ok) return { ok: false, isPrepared: true, flaw: signedFileFlawTexts[reading.flaw] }
  const { officialId, name } = signer
  const listOf = keptListReader()
  const judged = (read: ReadSignature) => {
    const { state } = revocationByLists(read.way, read.facts.at, listOf)
    const facts = { ...read.facts, revocation: state }
    return { ...read, facts, verdict: judgeSignature(facts, signer, { endsOn }) }
  }
  return { ok: true, officialId, name, signatures: reading.signatures.map(judged) }
}

/** What is kept of the first signature that is taken; null: none is. */
export function keptOf(signatures: readonly Judged[]): NewCheck | null {
  const taken = signatures.find(({ verdict, root }) => verdict.isTaken && root !== null)
  if (!taken || taken.root === null || taken.fingerprint === null) return null
  const { facts, verdict, stampedAt, root, fingerprint, origin, way } = taken
  return {
    fingerprint,
    root,
    validFromOn: dayOf(facts.validFrom),
    validToOn: dayOf(facts.validTo),
    stampedAt,
    isSure: verdict.match === 'same',
    number: personalNumber(facts.holder),
    origin,
    way,
    checkedAt: campaignNow(),
  }
}
