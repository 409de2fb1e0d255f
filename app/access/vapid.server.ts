import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'

/** The key pair by which push services know this installation (RFC 8292): a P-256 point and its private key. */
export type VapidKeys = { publicKey: string; privateKey: Buffer }

/** Makes a key pair: the public point (base64url, uncompressed), the private key as PKCS #8. */
export function makeVapidKeys(): VapidKeys {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return { publicKey: point.toString('base64url'), privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }) }
}

/** A service refuses more than a day. */
const LIFE_MS = 12 * 3_600_000

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

/**
 * Returns the header by which a message to `endpoint` is known to be this installation's at the instant `at` (ms).
 * `contact`: the address of mail to which the service may write.
 */
export function vapidHeader(
  endpoint: string,
  { publicKey, privateKey }: VapidKeys,
  { contact, at }: { contact: string; at: number },
): string {
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor((at + LIFE_MS) / 1000), sub: `mailto:${contact}` }
  const text = `${encoded({ typ: 'JWT', alg: 'ES256' })}.${encoded(claims)}`
  const key = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' })
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  return `vapid t=${text}.${signature}, k=${publicKey}`
}
