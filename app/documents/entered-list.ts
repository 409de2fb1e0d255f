import type { InputProblem } from '#app/domain/problem.ts'
import { Issuers, issuerKeyOf, maySignLists, type ReadCertificate, readCertificate } from './certificate-chain.ts'
import { derOfList, nameInWords, readList } from './revocation-list.ts'
import { derOfCertificate } from './root-certificate.ts'

/** Bytes of a list that an administrator enters. */
const MAX_LIST_BYTES = 5 * 1024 * 1024

type ListProblem = Extract<
  InputProblem,
  'required' | 'list_unreadable' | 'list_partial' | 'list_issuer_missing' | 'list_not_trusted'
>

/** A list that its issuer signed, with the issuer's certificate (DER); moments in milliseconds. */
type EnteredList = {
  issuer: string
  name: string
  certificate: Buffer
  content: Buffer
  thisUpdate: number
  nextUpdate: number | null
  count: number
}

/**
 * Reads the file of a list of withdrawn certificates, DER or PEM, and checks it against the certificate that signed it
 * and the way up from there to a trusted root (DER). `offered`: the issuer's certificate as it came along; empty: none
 * did, so `known` and the roots are looked through. Asks nothing of the network.
 */
export function readEnteredList(
  { file, offered }: { file: Buffer; offered: Buffer },
  { roots, known }: { roots: readonly Buffer[]; known: readonly Buffer[] },
): { ok: true; list: EnteredList } | { ok: false; field: 'list' | 'certificate'; reason: ListProblem } {
  if (file.length === 0) return { ok: false, field: 'list', reason: 'required' }
  const content = derOfList(file)
  const list = readList(content, MAX_LIST_BYTES)
  if (list === null) return { ok: false, field: 'list', reason: 'list_unreadable' }
  if (list.isPartial) return { ok: false, field: 'list', reason: 'list_partial' }
  const read = (ders: readonly Buffer[]) => ders.flatMap(der => readCertificate(der) ?? [])
  const trusted = read(roots)
  const between = read([...(offered.length > 0 ? [derOfCertificate(offered)] : []), ...known])
  const named = [...between, ...trusted].filter(({ subject }) => subject.equals(list.issuer))
  if (named.length === 0) return { ok: false, field: 'certificate', reason: 'list_issuer_missing' }
  const isTrusted = (certificate: ReadCertificate) => {
    if (trusted.some(({ fingerprint }) => fingerprint === certificate.fingerprint)) return true
    const { state, isWeak } = new Issuers(trusted, between, []).chainOf(certificate, list.thisUpdate)
    return state === 'trusted' && !isWeak
  }
  const signer = named.find(
    certificate => maySignLists(certificate) && list.isSignedBy(certificate.key) && isTrusted(certificate),
  )
  if (!signer) return { ok: false, field: 'list', reason: 'list_not_trusted' }
  const { thisUpdate, nextUpdate } = list
  return {
    ok: true,
    list: {
      issuer: issuerKeyOf(signer),
      name: nameInWords(list.issuer),
      certificate: signer.der,
      content,
      thisUpdate,
      nextUpdate,
      count: list.withdrawn.size,
    },
  }
}
