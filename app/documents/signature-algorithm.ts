import { constants, type KeyObject, verify } from 'node:crypto'
import { type AlgorithmIdentifier, RSASSAPSSParams } from 'pkijs'

type Hash = 'sha256' | 'sha384' | 'sha512'

/** Digests that are taken, by their number; any other is weak or not known here. */
const HASHES: Record<string, Hash> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

const PSS = '1.2.840.113549.1.1.10'
/** Signature algorithms that say their digest; null: the digest is said beside them. */
const SIGNATURES: Record<string, { key: 'rsa' | 'ec'; hash: Hash | null }> = {
  '1.2.840.113549.1.1.1': { key: 'rsa', hash: null },
  '1.2.840.113549.1.1.11': { key: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', hash: 'sha512' },
  '1.2.840.10045.2.1': { key: 'ec', hash: null },
  '1.2.840.10045.4.3.2': { key: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', hash: 'sha512' },
}

const CURVES = ['prime256v1', 'secp384r1', 'secp521r1']

/** The digest that an algorithm names; null: weak, or not known here. */
export const hashOf = ({ algorithmId }: AlgorithmIdentifier): Hash | null => HASHES[algorithmId] ?? null

function pssOf({ algorithmParams }: AlgorithmIdentifier): { hash: Hash; saltLength: number } | null {
  try {
    const params = new RSASSAPSSParams({ schema: algorithmParams })
    const hash = hashOf(params.hashAlgorithm)
    return hash === null ? null : { hash, saltLength: params.saltLength }
  } catch {
    return null
  }
}

/** True for the algorithm of a signature that is still held to be safe: RSA or ECDSA over SHA-256 or longer. */
export function isStrongAlgorithm(algorithm: AlgorithmIdentifier): boolean {
  return algorithm.algorithmId === PSS ? pssOf(algorithm) !== null : algorithm.algorithmId in SIGNATURES
}

/** True for a key that is long enough: RSA from 2,048 bits, the three common curves. */
export function isStrongKey(key: KeyObject): boolean {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'rsa') return modulusLength >= 2048
  return key.asymmetricKeyType === 'ec' && CURVES.includes(namedCurve)
}

/** Checks a signature over data; `digest`: what is said beside the algorithm; null: nothing is. False for any error. */
export function verifies({
  algorithm,
  digest,
  data,
  key,
  signature,
}: {
  algorithm: AlgorithmIdentifier
  digest: AlgorithmIdentifier | null
  data: Buffer
  key: KeyObject
  signature: Buffer
}): boolean {
  try {
    if (algorithm.algorithmId === PSS) {
      const pss = pssOf(algorithm)
      if (pss === null || key.asymmetricKeyType !== 'rsa') return false
      const padding = constants.RSA_PKCS1_PSS_PADDING
      return verify(pss.hash, data, { key, padding, saltLength: pss.saltLength }, signature)
    }
    const known = SIGNATURES[algorithm.algorithmId]
    const said = digest === null ? null : hashOf(digest)
    const hash = known?.hash ?? said
    if (!known || hash === null || (digest !== null && said !== hash)) return false
    return known.key === key.asymmetricKeyType && verify(hash, data, key, signature)
  } catch {
    return false
  }
}
