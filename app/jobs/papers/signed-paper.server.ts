import { preparedPart, type SealedPaper } from '#app/documents/paper-seal.ts'
import type { ReadSignature, SignedFileReading } from '#app/documents/signed-file.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { type Assigned, assignSigner } from '#app/domain/prepared-paper.ts'
import { revocationByLists } from '#app/domain/signature-proof.ts'
import { personalNumber, type SignedFileFlaw } from '#app/domain/signed-paper.ts'
import { campaignNow } from '#app/queries/clock.server.ts'
import type { NewCheck } from '#app/queries/kept-signature.server.ts'
import { type Expected, type NewSignature, type PaperRow, signaturesOf } from '#app/queries/prepared-paper.server.ts'
import { keptListReader } from '#app/queries/revocation-list.server.ts'
import { paperSealer } from '#app/queries/signed-pledge.server.ts'
import { trustedRoots } from '#app/queries/trusted-root.server.ts'
import { checkSignedFile } from '../signed-file.server.ts'

type SealedFile = SealedPaper & { prepared: Buffer }

/** Knows a file again that begins with a paper prepared for a campaign, whatever its kind; null: with none of ours. */
export const knownPaper = (campaignId: number, file: Buffer): SealedFile | null =>
  preparedPart(file, paperSealer(campaignId))

/**
 * Reads the signatures on a prepared paper of any kind, by the roots that are trusted and the lists that are kept now
 * (plan IV.1); many of them in a thread.
 */
export async function readSignatures({ prepared, places }: SealedFile, file: Buffer): Promise<SignedFileReading> {
  const trust = { roots: trustedRoots(), lists: [] }
  const reading = await checkSignedFile({ prepared, file, places }, trust, campaignNow())
  if (!reading.ok) return reading
  const listOf = keptListReader()
  const signatures = reading.signatures.map(read => {
    const { state } = revocationByLists(read.way, read.facts.at, listOf)
    return { ...read, facts: { ...read.facts, revocation: state } }
  })
  return { ok: true, signatures }
}

/** What is kept of a signature that is taken; null: it is not. `isSure`: it is certain whose it is. */
export function checkOf(
  { facts, root, fingerprint, stampedAt, origin, way }: ReadSignature,
  { isTaken, isSure }: { isTaken: boolean; isSure: boolean },
): NewCheck | null {
  if (!isTaken || root === null || fingerprint === null) return null
  return {
    fingerprint,
    root,
    validFromOn: dayOf(facts.validFrom),
    validToOn: dayOf(facts.validTo),
    stampedAt,
    isSure,
    number: personalNumber(facts.holder),
    origin,
    way,
    checkedAt: campaignNow(),
  }
}

/** One signature of an uploaded file: whose it is, and whether it is new to the paper. */
export type SeenSignature = {
  read: ReadSignature
  assigned: Assigned
  signer: Expected | null
  /** `kept`: this signature was kept before; `again`: its signer's other one was; null: it is new, or not taken */
  before: 'kept' | 'again' | null
  /** what would be kept; null: it is not taken, or was kept before */
  fresh: NewSignature | null
}

export type SeenFile = { ok: true; signatures: SeenSignature[] } | { ok: false; flaw: SignedFileFlaw | 'other_paper' }

/**
 * Checks an uploaded file of a prepared paper that several may sign: each signature, whose it is among the expected, and
 * whether the paper has it already. Writes nothing.
 */
export async function seeSignedPaper(row: PaperRow, file: Buffer, expected: readonly Expected[]): Promise<SeenFile> {
  const known = knownPaper(row.campaignId, file)
  if (known === null) return { ok: false, flaw: 'rewritten' }
  if (known.kind !== row.kind || known.id !== row.id) return { ok: false, flaw: 'other_paper' }
  const reading = await readSignatures(known, file)
  if (!reading.ok) return reading
  const kept = signaturesOf(row.id)
  const fingerprints = new Set(kept.map(({ fingerprint }) => fingerprint))
  const signers = new Set(kept.map(({ officialId }) => officialId))
  return {
    ok: true,
    signatures: reading.signatures.map(read => {
      // a certificate counts as it was at the signing; until when it lasts says nothing here
      const assigned = assignSigner(read.facts, expected, { endsOn: dayOf(read.facts.validTo) })
      const signer = assigned.at === null ? null : (expected[assigned.at] ?? null)
      const check = signer && checkOf(read, { ...assigned.verdict, isSure: assigned.verdict.match === 'same' })
      if (!signer || !check) return { read, assigned, signer, before: null, fresh: null }
      const before = fingerprints.has(check.fingerprint) ? 'kept' : signers.has(signer.officialId) ? 'again' : null
      fingerprints.add(check.fingerprint)
      signers.add(signer.officialId)
      return { read, assigned, signer, before, fresh: before ? null : { ...check, officialId: signer.officialId } }
    }),
  }
}
