import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { plainAddPlaceholder } from '@signpdf/placeholder-plain'
import { SignPdf } from '@signpdf/signpdf'
import { Signer } from '@signpdf/utils'
import { expect, it } from 'vitest'
import type { Identity } from '../authority.ts'
import { outcomeOf, people, TRUST, wordsOf } from '../signature-scene.ts'
import { preparedPaper } from '../signed-pdf.ts'

/* Tools that the project did not write sign the paper: one appends the update, another makes the message. */

const pem = (label: string, der: Buffer) =>
  `-----BEGIN ${label}-----\n${der.toString('base64')}\n-----END ${label}-----\n`

/** Signs by OpenSSL, as CAdES: the digest, the certificate's name and the issuer's certificate inside. */
class OpensslSigner extends Signer {
  readonly #identity: Identity

  constructor(identity: Identity) {
    super()
    this.#identity = identity
  }

  override sign(content: Buffer): Promise<Buffer> {
    const folder = mkdtempSync(join(tmpdir(), 'ky-'))
    const at = (name: string) => join(folder, name)
    try {
      writeFileSync(at('content'), content)
      writeFileSync(at('issuer.pem'), pem('CERTIFICATE', people.issuer.der))
      writeFileSync(at('signer.pem'), pem('CERTIFICATE', this.#identity.der))
      const key = this.#identity.keys.privateKey.export({ type: 'pkcs8', format: 'pem' })
      writeFileSync(at('key.pem'), key, { mode: 0o600 })
      const words = 'cms -sign -binary -cades -nosmimecap -md sha256 -outform DER'.split(' ')
      const files = ['-in', at('content'), '-signer', at('signer.pem'), '-inkey', at('key.pem')]
      return Promise.resolve(execFileSync('openssl', [...words, ...files, '-certfile', at('issuer.pem')]))
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
}

async function foreignSigned(file: Buffer, identity: Identity, widgetRect: number[]): Promise<Buffer> {
  const withPlace = plainAddPlaceholder({
    pdfBuffer: file,
    reason: 'Cam ket',
    contactInfo: 'x',
    name: 'Nguoi ky',
    location: 'Binh Phuoc',
    widgetRect,
  })
  return await new SignPdf().sign(withPlace, new OpensslSigner(identity))
}

it.each<[string, Identity]>([
  ['an RSA key', people.goodRsa],
  ['an elliptic key', people.good],
])('a file that other tools signed with %s is taken', async (_name, identity) => {
  const prepared = await preparedPaper()
  const file = await foreignSigned(prepared, identity, [60, 60, 200, 100])
  const outcome = outcomeOf(prepared, file, TRUST)
  expect(wordsOf(outcome)).toBe('taken')
  expect('verdicts' in outcome && outcome.verdicts[0]?.match).toBe('same')
})

it('a mark that another tool put over the text is not taken', async () => {
  const prepared = await preparedPaper()
  expect(wordsOf(outcomeOf(prepared, await foreignSigned(prepared, people.goodRsa, [60, 700, 300, 800])))).toBe(
    'outside_place',
  )
})
