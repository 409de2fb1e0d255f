import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { readRoot } from '#app/documents/root-certificate.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { signaturesOf } from '#app/queries/kept-signature.server.ts'
import { findObligations, listWaitingObligations } from '#app/queries/obligation.server.ts'
import { signPledge } from '#app/queries/pledge.server.ts'
import { openFile } from '#app/queries/stored-file.server.ts'
import {
  agreeTrustedRoot,
  endTrustedRoot,
  enterTrustedRoot,
  listTrustedRoots,
  trustedRoots,
} from '#app/queries/trusted-root.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import * as rootsPage from '#app/routes/admin/trusted-roots.tsx'
import * as declarePage from '#app/routes/obligation/declare.tsx'
import * as page from '#app/routes/pledge/digital.tsx'
import { loader as paper } from '#app/routes/pledge/own.pdf.ts'
import { prepared } from '#db/client.server.ts'
import { DAY, type Identity, issue } from '#tests/authority.ts'
import { CAMPAIGN, dropChecked, grantTo, makeOfficial, makeProvince, NOW, statusOf, unitNamed } from '#tests/make.ts'
import { people } from '#tests/signature-scene.ts'
import { signed } from '#tests/signed-pdf.ts'
import { visitor, withFile } from '#tests/visitor.ts'

beforeEach(() => makeProvince())
afterEach(dropChecked)

const PLEDGE = { citizens: 10, simSignatureBy: '2024-06-15', phone4gBy: '2024-06-15', portalLoginBy: '2024-07-03' }
const COMMUNE = 'UBND xã Tân Thành'
const RECT = [80, 60, 230, 90] as const

const administrator = () => grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'admin', rootUnit().id)

function enter(actor: Person, root: Identity = people.root) {
  const read = readRoot(root.der)
  if (!read.ok) throw new Error(read.reason)
  return enterTrustedRoot(actor, read.root, 'Trang của Bộ, đã đối chiếu')
}

/** A root that two administrators agreed to. */
function trust(root?: Identity) {
  const [first, second] = [administrator(), administrator()]
  expect(enter(first, root)).toEqual({ ok: true })
  agreeTrustedRoot(second, listTrustedRoots(second)[0]?.id ?? 0)
  return { first, second }
}

function pledged() {
  const official = makeOfficial(unitNamed(COMMUNE).id)
  signPledge(official.actor, CAMPAIGN, { officialId: official.officialId, input: PLEDGE })
  return official
}

const certificateOf = ({ name, number }: { name: string; number: string }, to = NOW + 400 * DAY) =>
  issue({ subject: { CN: name, UID: `CCCD:${number}` }, issuer: people.issuer, from: NOW - 100 * DAY, to })

const byOwnCertificate = (file: Uint8Array, signer: Identity) =>
  signed(Buffer.from(file), signer, { rect: RECT, message: { along: [people.issuer], signedAt: NOW - 60_000 } })

const download = async (actor: Person) => (await visitor(actor)).download(paper, '/cam-ket.pdf', {})

async function check(actor: Person, file: Buffer) {
  const form = withFile(new Uint8Array(file), {}, 'cam-ket.pdf')
  const answer = await (await visitor(actor)).ask(page.action, '/cam-ket/ky-so', {}, form)
  return { flaw: answer.flaw, ...answer.checked }
}

describe('a pledge signed with a certificate', () => {
  it('is the same file each time, and good as the official signed it', async () => {
    trust()
    const official = pledged()
    const file = await download(official.actor)
    expect(Buffer.from(file).equals(Buffer.from(await download(official.actor)))).toBe(true)
    const answer = await check(official.actor, byOwnCertificate(file, certificateOf(official)))
    expect(answer.signatures).toMatchObject([{ title: 'Hợp lệ', isMet: true }])
    expect(answer.signatures?.[0]?.sentences).toEqual([
      'Số định danh trong chứng thư số khớp với hồ sơ.',
      expect.stringContaining('Không có dấu thời gian tin cậy'),
      'Chưa rõ thu hồi: chưa có danh sách thu hồi nào nói về chứng thư số này.',
    ])
    // it is kept as the proof
    expect(prepared<number>('select count(*) from stored_file').pluck().one()).toBe(1)
  })

  it('stays known after a new pledge and another post', async () => {
    trust()
    const official = pledged()
    const file = await download(official.actor)
    signPledge(official.actor, CAMPAIGN, { officialId: official.officialId, input: { ...PLEDGE, citizens: 12 } })
    prepared("update account set display_name = 'Tên khác' where id = ?").run(official.accountId)
    const answer = await check(official.actor, byOwnCertificate(file, certificateOf(official)))
    expect(answer.signatures).toMatchObject([{ title: 'Hợp lệ' }])
  })

  it('is looked at by the head of the unit, and by no head elsewhere', async () => {
    trust()
    const official = pledged()
    const file = byOwnCertificate(await download(official.actor), certificateOf(official))
    const head = grantTo(makeOfficial(unitNamed(COMMUNE).id).actor, 'head', unitNamed(COMMUNE).id)
    expect((await check(head, file)).name).toBe(official.name)
    const elsewhere = grantTo(
      makeOfficial(unitNamed('UBND xã Lộc Tấn').id).actor,
      'head',
      unitNamed('UBND xã Lộc Tấn').id,
    )
    expect(await check(elsewhere, file)).toEqual({ flaw: expect.stringContaining('của người khác') })
    expect(await check(pledged().actor, file)).toEqual({ flaw: expect.stringContaining('của người khác') })
  })

  it('is of another person', async () => {
    trust()
    const official = pledged()
    const file = byOwnCertificate(
      await download(official.actor),
      certificateOf({ ...official, number: '070085009999' }),
    )
    const answer = await check(official.actor, file)
    expect(answer.signatures).toMatchObject([{ title: 'Chưa dùng được', isMet: false }])
    expect(answer.signatures?.[0]?.sentences[0]).toContain('không khớp họ tên hoặc số định danh')
  })

  it('ends before the cut-off: taken, and not met', async () => {
    trust()
    const official = pledged()
    const early = certificateOf(official, Date.parse('2024-06-30T05:00:00Z'))
    const answer = await check(official.actor, byOwnCertificate(await download(official.actor), early))
    expect(answer.signatures).toMatchObject([{ title: 'Hợp lệ', isMet: false }])
    expect(answer.signatures?.[0]?.sentences[0]).toContain('trước ngày kết thúc 03/7/2024')
  })

  it('is not known without a root that two people entered', async () => {
    const official = pledged()
    const file = byOwnCertificate(await download(official.actor), certificateOf(official))
    const unknown = expect.stringContaining('Chưa biết đơn vị cấp chứng thư số')
    expect((await check(official.actor, file)).signatures?.[0]?.sentences).toEqual([unknown])
    const first = administrator()
    enter(first)
    expect((await check(official.actor, file)).signatures?.[0]?.sentences).toEqual([unknown])
  })

  it.each<[string, (file: Buffer) => Buffer, string]>([
    ['as it was handed out', file => file, 'chưa có chữ ký số nào'],
    [
      'another PDF',
      () => Buffer.from('%PDF-1.7\n1 0 obj\nnull\nendobj\n'),
      'không giữ nguyên bản do hệ thống chuẩn bị',
    ],
    ['larger than 512 KB', file => Buffer.concat([file, Buffer.alloc(1024 * 1024, 10)]), 'lớn hơn'],
    [
      'with a seal of somebody’s own',
      file => Buffer.from(file.toString('latin1').replace(/4phu1:\d+/, '4phu1:9'), 'latin1'),
      'không giữ nguyên bản do hệ thống chuẩn bị',
    ],
  ])('says why a file is not taken: %s', async (_name, change, words) => {
    const official = pledged()
    const answer = await check(official.actor, change(Buffer.from(await download(official.actor))))
    expect(answer.flaw).toContain(words)
  })

  const DECLARED = {
    phone: '0912345678',
    carrier: 'viettel',
    ownName: 'on',
    provider: 'Nha cap',
    certificateKind: 'sim',
    validFromOn: '2024-01-01',
    validToOn: '2024-12-31',
  }
  function declaration(file: Uint8Array) {
    const form = new FormData()
    for (const [name, text] of Object.entries(DECLARED)) form.set(name, text)
    form.set('evidence', new File([new Uint8Array(file)], 'cam-ket.pdf'))
    return { form, path: '/nghia-vu/sim_signature', params: { part: 'sim_signature' } }
  }
  const simOf = ({ actor, officialId }: { actor: Person; officialId: number }) =>
    findObligations(actor, CAMPAIGN, officialId)?.find(({ part }) => part === 'sim_signature')?.declared

  it('is evidence of one’s own declaration, kept as it was signed, and shown to who confirms', async () => {
    trust()
    const official = pledged()
    const file = byOwnCertificate(await download(official.actor), certificateOf(official, NOW + 100 * DAY))
    const { form, path, params } = declaration(file)
    expect(await (await visitor(official.actor)).send(declarePage.action, path, params, form)).toContain('da-ke-khai')
    const declared = simOf(official)
    expect(declared).toMatchObject({ state: 'declared', validFromOn: '2024-03-04', validToOn: '2024-09-20' })
    expect(signaturesOf(CAMPAIGN, [official.officialId]).get(official.officialId)).toMatchObject([
      { word: 'waits_kind', isRevocationKnown: false, stampedAt: null, fileId: declared?.evidenceFileId },
    ])
    const kept = openFile(official.actor, CAMPAIGN, declared?.evidenceFileId ?? 0)
    expect(kept?.content.equals(file)).toBe(true)
    const unit = unitNamed(COMMUNE)
    const head = grantTo(makeOfficial(unit.id).actor, 'head', unit.id)
    const [waiting] = listWaitingObligations(head, CAMPAIGN, { unitPath: unit.path }).rows
    expect(waiting?.signature).toMatchObject({ word: 'waits_kind' })
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('is no evidence where its signature is not taken, or is another person’s', async () => {
    const official = pledged()
    const paper = await download(official.actor)
    const refused = async (file: Uint8Array) => {
      const { form, path, params } = declaration(file)
      const answer = (await (await visitor(official.actor)).ask(declarePage.action, path, params, form)) as {
        lastResult: { error: Record<string, string[]> }
      }
      return answer.lastResult.error.evidence?.[0]
    }
    const words = expect.stringContaining('Chữ ký số trong tệp chưa dùng được')
    // nobody entered its root
    expect(await refused(byOwnCertificate(paper, certificateOf(official)))).toEqual(words)
    trust()
    expect(await refused(Buffer.from(paper))).toEqual(words)
    expect(await refused(byOwnCertificate(paper, certificateOf({ ...official, number: '070085009999' })))).toEqual(
      words,
    )
    expect(simOf(official)).toBeNull()
    expect(prepared<number>('select count(*) from signature_check').pluck().one()).toBe(0)
  })

  it('asks for the file where none was chosen', async () => {
    const official = pledged()
    const answer = (await (await visitor(official.actor)).ask(page.action, '/cam-ket/ky-so', {}, { x: '' })) as {
      lastResult: { error: Record<string, string[]> }
    }
    expect(answer.lastResult.error.file).toHaveLength(1)
  })
})

describe('roots that are trusted', () => {
  it('take two administrators, independent of each other', () => {
    const [first, second] = [administrator(), administrator()]
    expect(enter(first)).toEqual({ ok: true })
    expect(trustedRoots()).toEqual([])
    const id = listTrustedRoots(first)[0]?.id ?? 0
    expect(listTrustedRoots(first)[0]?.mayAgree).toBe(false)
    expect(listTrustedRoots(second)[0]?.mayAgree).toBe(true)
    expect(statusOf(() => agreeTrustedRoot(first, id))).toBe(403)
    agreeTrustedRoot(second, id)
    expect(trustedRoots()).toEqual([people.root.der])
    expect(statusOf(() => agreeTrustedRoot(second, id))).toBe(404)
    endTrustedRoot(first, id)
    expect(trustedRoots()).toEqual([])
    expect(statusOf(() => endTrustedRoot(first, id))).toBe(404)
  })

  it('are agreed to by nobody whom the first one made', () => {
    const [first, second] = [administrator(), administrator()]
    prepared('update account set created_by = ? where id = ?').run(first.accountId, second.accountId)
    enter(first)
    expect(statusOf(() => agreeTrustedRoot(second, listTrustedRoots(second)[0]?.id ?? 0))).toBe(403)
  })

  it('are entered once, and again once they were ended', () => {
    const { first } = trust()
    expect(enter(first)).toEqual({ ok: false, problems: [{ field: 'file', reason: 'root_known' }] })
    endTrustedRoot(first, listTrustedRoots(first)[0]?.id ?? 0)
    expect(enter(first)).toEqual({ ok: true })
    expect(trustedRoots()).toEqual([])
  })

  it('are administrators’ alone', () => {
    expect(statusOf(() => enter(pledged().actor))).toBe(403)
    expect(statusOf(() => listTrustedRoots(pledged().actor))).toBe(403)
  })

  it('are read from DER and PEM, and nothing but a root is taken', () => {
    const pem = `-----BEGIN CERTIFICATE-----\n${people.root.der.toString('base64')}\n-----END CERTIFICATE-----\n`
    expect(readRoot(Buffer.from(pem))).toMatchObject({ ok: true, root: { name: 'C=VN, O=Bo thu, CN=Goc thu nghiem' } })
    expect(readRoot(people.good.der)).toEqual({ ok: false, reason: 'root_not_issuer' })
    expect(readRoot(people.issuer.der)).toEqual({ ok: false, reason: 'root_not_issuer' })
    expect(readRoot(Buffer.from('khong phai'))).toEqual({ ok: false, reason: 'root_unreadable' })
    expect(readRoot(Buffer.alloc(0))).toEqual({ ok: false, reason: 'required' })
  })

  it('come in on the page of one administrator, and are agreed to on that of another', async () => {
    const [first, second] = [administrator(), administrator()]
    const form = withFile(new Uint8Array(people.root.der), { source: 'Trang của Bộ' }, 'goc.cer')
    expect(await (await visitor(first)).send(rootsPage.action, '/quan-tri/chung-thu-goc', {}, form)).toContain(
      'da-them',
    )
    const [root] = listTrustedRoots(second)
    const agreed = { step: 'agree', rootId: String(root?.id) }
    expect(await (await visitor(second)).send(rootsPage.action, '/quan-tri/chung-thu-goc', {}, agreed)).toContain(
      'da-dong-y',
    )
    expect(trustedRoots()).toHaveLength(1)
  })
})
