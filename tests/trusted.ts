/** Certificates of people of the tests, under a root that two administrators agreed to, and files signed with them. */
import type { Person } from '#app/access/policy.ts'
import { readRoot } from '#app/documents/root-certificate.ts'
import { agreeTrustedRoot, enterTrustedRoot, listTrustedRoots } from '#app/queries/trusted-root.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { DAY, type Identity, issue } from './authority.ts'
import { grantTo, makeOfficial, NOW, unitNamed } from './make.ts'
import { people } from './signature-scene.ts'
import { type SignatureWish, signed } from './signed-pdf.ts'

export const administrator = () => grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'admin', rootUnit().id)

/** Enters a root, which waits for a second administrator. */
export function enterRoot(actor: Person, root: Identity = people.root) {
  const read = readRoot(root.der)
  if (!read.ok) throw new Error(read.reason)
  return enterTrustedRoot(actor, read.root, 'Trang của Bộ, đã đối chiếu')
}

/** A root that two administrators agreed to. */
export function trustRoot(root?: Identity) {
  const [first, second] = [administrator(), administrator()]
  const entered = enterRoot(first, root)
  if (!entered.ok) throw new Error('the root is known')
  agreeTrustedRoot(second, listTrustedRoots(second)[0]?.id ?? 0)
  return { first, second }
}

/** A person's certificate; `number` null: it bears none. */
export const certificateOf = ({ name, number }: { name: string; number: string | null }, to = NOW + 400 * DAY) =>
  issue({
    subject: { CN: name, ...(number === null ? {} : { UID: `CCCD:${number}` }) },
    issuer: people.issuer,
    from: NOW - 100 * DAY,
    to,
  })

/** The file with one more signature by a certificate, where `rect` says, on a page counted from 0. */
export const signedBy = (file: Uint8Array, signer: Identity, rect: SignatureWish['rect'], page = 0) =>
  signed(Buffer.from(file), signer, { rect, page, message: { along: [people.issuer], signedAt: NOW - 60_000 } })
