import { resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { readRoot } from '#app/documents/root-certificate.ts'
import type { CertificateKind } from '#app/domain/vocabulary.ts'
import { lookAgainWhenDue, withdrawnIn } from '#app/jobs/signatures.server.ts'
import { checkSignedFile, checkSignedFilesInThread } from '#app/jobs/signed-file.server.ts'
import { peopleFiguresOf } from '#app/queries/aggregate.server.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { officialFacts, recount, rulesOf } from '#app/queries/judging/index.server.ts'
import { storedStanding } from '#app/queries/judging/standing.server.ts'
import { signaturesOf } from '#app/queries/kept-signature.server.ts'
import {
  confirmObligations,
  declareObligation,
  findObligations,
  returnObligations,
} from '#app/queries/obligation.server.ts'
import { settledOf } from '#app/queries/obligation-evidence.server.ts'
import { ownSums } from '#app/queries/own-waiting.server.ts'
import { signPledge } from '#app/queries/pledge.server.ts'
import { listRevocationLists } from '#app/queries/revocation-list.server.ts'
import { applyRevocationLists, lookAtKindsAgain } from '#app/queries/signature-again.server.ts'
import {
  agreeSignatureKind,
  endSignatureKind,
  enterSignatureKind,
  listSignatureKinds,
} from '#app/queries/signature-kind.server.ts'
import { agreeTrustedRoot, enterTrustedRoot, listTrustedRoots } from '#app/queries/trusted-root.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import * as rootsPage from '#app/routes/admin/trusted-roots.tsx'
import * as page from '#app/routes/pledge/digital.tsx'
import { loader as paper } from '#app/routes/pledge/own.pdf.ts'
import { explainAssessment } from '#app/text/assessment.ts'
import { ownSentence } from '#app/text/home.ts'
import { explainPart } from '#app/text/obligation.ts'
import { explainKept } from '#app/text/signed-paper.ts'
import { prepared } from '#db/client.server.ts'
import { DAY, type Identity, issue, listOf } from '#tests/authority.ts'
import {
  CAMPAIGN,
  done,
  dropChecked,
  grantTo,
  makeOfficial,
  makeProvince,
  NOW,
  statusOf,
  unitNamed,
} from '#tests/make.ts'
import { people, RECEIVED, TRUST, thirty } from '#tests/signature-scene.ts'
import { PLACES, preparedPaper, signed } from '#tests/signed-pdf.ts'
import { visitor, withFile } from '#tests/visitor.ts'

const COMMUNE = 'UBND xã Tân Thành'
const PLEDGE = { citizens: 10, simSignatureBy: '2024-06-15', phone4gBy: '2024-06-15', portalLoginBy: '2024-07-03' }
const administrator = () => grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'admin', rootUnit().id)

let person: ReturnType<typeof makeOfficial>
let head: Person
let admins: [Person, Person]

beforeEach(() => {
  makeProvince()
  person = makeOfficial(unitNamed(COMMUNE).id)
  head = grantTo(makeOfficial(unitNamed(COMMUNE).id).actor, 'head', unitNamed(COMMUNE).id)
  signPledge(person.actor, CAMPAIGN, { officialId: person.officialId, input: PLEDGE })
  admins = [administrator(), administrator()]
  const root = readRoot(people.root.der)
  if (!root.ok) throw new Error(root.reason)
  done(enterTrustedRoot(admins[0], root.root, 'Trang của Bộ'))
  agreeTrustedRoot(admins[1], listTrustedRoots(admins[1])[0]?.id ?? 0)
})
afterEach(() => {
  expect(recount(CAMPAIGN)).toEqual([])
  expect(settledOf(CAMPAIGN, [person.officialId])).toEqual([])
  dropChecked()
})

function know(kind: CertificateKind, issuer = 'Cap thu nghiem') {
  const input = { issuer, policy: null, kind, validFromOn: '2024-01-01', source: 'Văn bản của đơn vị cấp' }
  done(enterSignatureKind(admins[0], input))
  agreeSignatureKind(admins[1], listSignatureKinds(admins[1])[0]?.id ?? 0)
}

type Wish = { name?: string; number?: string | null; to?: number; keys?: Identity }
const certificateOf = ({ name = person.name, number = person.number, to = NOW + 400 * DAY }: Wish = {}) =>
  issue({
    subject: number === null ? { CN: name } : { CN: name, UID: `CCCD:${number}` },
    issuer: people.issuer,
    from: NOW - 100 * DAY,
    to,
  })

async function upload(certificate: Identity, actor: Person = person.actor) {
  const file = await (await visitor(person.actor)).download(paper, '/cam-ket.pdf', {})
  const message = { along: [people.issuer], signedAt: NOW - 60_000 }
  const whole = signed(Buffer.from(file), certificate, { rect: [80, 60, 230, 90], message })
  const form = withFile(new Uint8Array(whole), {}, 'cam-ket.pdf')
  const answer = await (await visitor(actor)).ask(page.action, '/cam-ket/ky-so', {}, form)
  return { flaw: answer.flaw, word: answer.checked?.word ?? null, signatures: answer.checked?.signatures }
}

const declare = () =>
  done(
    declareObligation(person.actor, CAMPAIGN, {
      officialId: person.officialId,
      declaration: {
        part: 'sim_signature',
        phone: '0912345678',
        carrier: 'viettel',
        isOwnName: true,
        provider: 'Nhà khác',
        certificateKind: 'remote',
        validFromOn: '2024-01-01',
        validToOn: '2024-12-31',
      },
      evidence: null,
    }),
  )
const part = () => findObligations(person.actor, CAMPAIGN, person.officialId)?.find(row => row.part === 'sim_signature')
const confirm = () => confirmObligations(head, CAMPAIGN, [part()?.declared?.id ?? 0])
const words = () => (signaturesOf(CAMPAIGN, [person.officialId]).get(person.officialId) ?? []).map(({ word }) => word)
const sentences = () => {
  const { standing, declared } = part() ?? {}
  if (!standing || !declared) throw new Error('no part')
  return explainPart(standing, declared, '2024-07-03').sentences.join(' ')
}
const told = () =>
  prepared<{ verb: string; subject: string }>(
    "select verb, subject from event where subject in ('signature_check', 'obligation') order by id",
  )
    .all()
    .map(({ verb, subject }) => `${verb} ${subject}`)

describe('signing one’s own pledge', () => {
  it('proves the signature without a word of the unit; the own name is declared and confirmed', async () => {
    know('sim')
    expect(await upload(certificateOf())).toMatchObject({ flaw: null, word: 'proof' })
    expect(part()).toMatchObject({ standing: 'missing', declared: null, signatures: [{ word: 'proof', kind: 'sim' }] })
    declare()
    // the certificate that signed takes the place of what was typed
    expect(part()).toMatchObject({
      standing: 'declared',
      declared: { isSignatureProven: true, certificateKind: 'sim', validFromOn: '2024-03-04', validToOn: '2025-07-17' },
    })
    expect(sentences()).toContain('Còn SIM chính chủ')
    const standing = officialFacts(CAMPAIGN, person.officialId, rulesOf(CAMPAIGN).regulation).standing
    const { state } = ownSums(CAMPAIGN, person.officialId, {
      standing,
      regulation: rulesOf(CAMPAIGN).regulation,
      today: '2024-06-12',
    })
    expect(ownSentence(20, state)).toContain('chữ ký số đã chứng minh, còn SIM chính chủ')
    const reason = {
      code: 'obligation_unmet',
      obligation: 'sim_signature',
      standing: 'declared',
      isSignatureProven: true,
    } as const
    expect(explainAssessment(reason, { obligation: { sim_signature: 'SIM' } } as never, String)).toBe(
      'SIM: chờ xác nhận (chữ ký số đã chứng minh, còn SIM chính chủ).',
    )
    expect(standing.isSignatureProven).toBe(true)
    confirm()
    expect(part()?.standing).toBe('verified')
    expect(sentences()).toContain('SIM chính chủ theo xác nhận của đơn vị')
    expect(storedStanding(CAMPAIGN, person.officialId)).toMatchObject({
      simSignature: 'verified',
      simSignatureProven: 1,
    })
    expect(peopleFiguresOf(CAMPAIGN, 'unit', ['1'])[0]).toMatchObject({
      simSignatureMet: 1,
      simSignatureVerified: 1,
      simSignatureProven: 1,
    })
    expect(told()).toEqual(['prove signature_check', 'declare obligation', 'confirm obligation'])
  })

  it('keeps what was declared and confirmed before, and is kept once', async () => {
    know('remote')
    declare()
    confirm()
    expect(part()?.standing).toBe('met')
    const certificate = certificateOf()
    expect((await upload(certificate)).word).toBe('proof')
    expect(part()).toMatchObject({ standing: 'verified', declared: { carrier: 'viettel' } })
    expect((await upload(certificate)).word).toBe('proof')
    expect(prepared<number>('select count(*) from stored_file').pluck().one()).toBe(1)
  })

  it('is looked at by a head, who keeps nothing of it', async () => {
    know('sim')
    expect(await upload(certificateOf(), head)).toMatchObject({ flaw: null, word: null })
    expect(words()).toEqual([])
  })

  it('needs the unit where the name alone agrees, after it was kept', async () => {
    know('sim')
    declare()
    expect((await upload(certificateOf({ number: null }))).word).toBe('waits_person')
    expect(part()).toMatchObject({ standing: 'declared', declared: { isSignatureProven: false } })
    expect(explainKept(part()?.signatures[0] as never)).toContain('chưa đối chiếu được số định danh')
    done(moveClock(head, NOW + 60_000))
    confirm()
    expect(words()).toEqual(['proof'])
    expect(part()?.standing).toBe('verified')
  })

  it('of an unknown kind goes to the unit, and is proven once two administrators enter the kind', async () => {
    declare()
    expect((await upload(certificateOf())).word).toBe('waits_kind')
    expect(explainKept(part()?.signatures[0] as never)).toContain('chưa rõ loại chữ ký số')
    know('sim')
    await lookAtKindsAgain()
    expect(words()).toEqual(['proof'])
    expect(part()).toMatchObject({
      standing: 'declared',
      declared: { isSignatureProven: true, certificateKind: 'sim' },
    })
    endSignatureKind(admins[0], listSignatureKinds(admins[0])[0]?.id ?? 0)
    await lookAtKindsAgain()
    expect(words()).toEqual(['waits_kind'])
    expect(part()).toMatchObject({ standing: 'declared', declared: { isSignatureProven: false } })
  })

  it.each<[string, CertificateKind, Wish, string, string]>([
    ['of a kind that is not accepted', 'government_token', {}, 'not_accepted', 'không thuộc loại được tính'],
    [
      'that ends before the cut-off',
      'sim',
      { to: Date.parse('2024-06-30T05:00:00Z') },
      'ends_early',
      'hết hạn trước ngày',
    ],
  ])('%s is kept, says so, and takes nothing from what is confirmed', async (_name, kind, wish, word, sentence) => {
    know(kind)
    declare()
    confirm()
    expect((await upload(certificateOf(wish))).word).toBe(word)
    expect(explainKept(part()?.signatures[0] as never)).toContain(sentence)
    expect(part()).toMatchObject({ standing: 'met', declared: { isSignatureProven: false, certificateKind: 'remote' } })
  })

  it.each<[string, Wish, string]>([
    ['an expired certificate', { to: NOW - DAY }, 'đã hết hạn ngày'],
    ['another person’s', { number: '070085009999' }, 'không khớp họ tên hoặc số định danh'],
  ])('with %s is kept nowhere', async (_name, wish, sentence) => {
    know('sim')
    const { word, signatures } = await upload(certificateOf(wish))
    expect([word, signatures?.[0]?.sentences.join(' ')]).toEqual([null, expect.stringContaining(sentence)])
    expect(words()).toEqual([])
  })

  it('does not make good what the unit sends back until it is declared again', async () => {
    know('sim')
    await upload(certificateOf())
    declare()
    returnObligations(head, CAMPAIGN, { obligationIds: [part()?.declared?.id ?? 0], reason: 'SIM của người khác' })
    expect(part()).toMatchObject({ standing: 'returned', signatures: [{ word: 'proof' }] })
    declare()
    confirm()
    expect(part()?.standing).toBe('verified')
  })
})

describe('a list of withdrawn certificates', () => {
  const list = (withdrawn: { identity: Identity; at: number }[], more: { by?: Identity; from?: number } = {}) =>
    listOf(people.issuer, withdrawn, { from: NOW, to: NOW + 30 * DAY, ...more })
  async function enter(bytes: Buffer, certificate: Buffer | null = people.issuer.der, actor = admins[0]) {
    const form = new FormData()
    form.set('step', 'list')
    form.set('list', new File([new Uint8Array(bytes)], 'thu-hoi.crl'))
    if (certificate) form.set('certificate', new File([new Uint8Array(certificate)], 'cap.cer'))
    const at = '/quan-tri/chung-thu-goc'
    const answer = (await (await visitor(actor)).ask(rootsPage.action, at, {}, form)) as
      | { lastResult: { error: Record<string, string[]> } }
      | undefined
    return answer === undefined ? 'taken' : Object.values(answer.lastResult.error).flat()[0]
  }
  /** A proven and verified part. */
  async function verified() {
    know('sim')
    const certificate = certificateOf()
    await upload(certificate)
    declare()
    confirm()
    expect(part()?.standing).toBe('verified')
    expect(part()?.signatures[0]?.isRevocationKnown).toBe(false)
    return certificate
  }

  it('clears what was not known, in the worker', async () => {
    await verified()
    expect(await enter(list([{ identity: people.revoked, at: NOW - DAY }]))).toBe('taken')
    await applyRevocationLists(withdrawnIn)
    // of the issuer's own certificate its root speaks
    expect(part()?.signatures[0]?.isRevocationKnown).toBe(false)
    expect(await enter(listOf(people.root, [], { from: NOW, to: NOW + 30 * DAY }))).toBe('taken')
    expect(listRevocationLists(admins[0])).toMatchObject([
      { count: 0, appliedAt: null, nextUpdate: NOW + 30 * DAY },
      { count: 1 },
    ])
    expect(part()?.signatures[0]?.isRevocationKnown).toBe(false)
    await lookAgainWhenDue()
    expect(part()).toMatchObject({ standing: 'verified', signatures: [{ word: 'proof', isRevocationKnown: true }] })
    expect(listRevocationLists(admins[0])[0]?.appliedAt).not.toBeNull()
    // what is signed from now on is checked by it at once
    expect((await upload(certificateOf())).signatures?.[0]?.sentences.join(' ')).toContain('chưa bị thu hồi')
    expect((await upload(people.revoked)).word).toBeNull()
  })

  it('takes the proof back where it was withdrawn before it signed; the part is declared again', async () => {
    const certificate = await verified()
    await enter(list([{ identity: certificate, at: NOW - 2 * DAY }]))
    await applyRevocationLists(withdrawnIn)
    expect(part()).toMatchObject({
      standing: 'declared',
      declared: { isSignatureProven: false, confirmedAt: null, flaws: ['revoked'] },
      signatures: [{ word: 'revoked', revokedAt: NOW - 2 * DAY }],
    })
    expect(sentences()).toContain('Chứng thư số đã bị thu hồi')
    const standing = officialFacts(CAMPAIGN, person.officialId, rulesOf(CAMPAIGN).regulation).standing
    const sums = ownSums(CAMPAIGN, person.officialId, {
      standing,
      regulation: rulesOf(CAMPAIGN).regulation,
      today: '2024-06-12',
    })
    // its owner finds it on their list of what is to be done
    expect(sums.state.toDo).toContain('sim_signature')
    expect(told().slice(-2)).toEqual(['revoke signature_check', 'revoke obligation'])
    // the unit's word does not make it good; a new certificate does
    confirm()
    expect(part()?.standing).toBe('confirmed')
    await upload(certificateOf())
    expect(part()?.standing).toBe('verified')
  })

  it('keeps what was signed before it was withdrawn', async () => {
    const certificate = await verified()
    await enter(list([{ identity: certificate, at: NOW + DAY }]))
    await applyRevocationLists(withdrawnIn)
    expect(part()).toMatchObject({ standing: 'verified', signatures: [{ word: 'proof', revokedAt: null }] })
  })

  it('is taken from its issuer alone, newer than the last, DER or PEM', async () => {
    const own = list([])
    expect(await enter(Buffer.from('khong phai'))).toContain('chưa đọc được như một danh sách thu hồi')
    expect(await enter(Buffer.alloc(0))).toBeDefined()
    expect(await enter(own, null)).toContain('Chưa có chứng thư của đơn vị ký danh sách')
    expect(await enter(list([], { by: people.otherRoot }))).toContain('Chữ ký trên danh sách không khớp')
    const partial = listOf(people.issuer, [], { from: NOW, to: NOW + DAY, isPartial: true })
    expect(await enter(partial)).toContain('chỉ nói về một phần')
    const strange = listOf(people.otherRoot, [], { from: NOW, to: NOW + DAY })
    expect(await enter(strange, people.otherRoot.der)).toContain('không dẫn đến chứng thư gốc tin cậy')
    const pem = `-----BEGIN X509 CRL-----\n${own.toString('base64')}\n-----END X509 CRL-----\n`
    expect(await enter(Buffer.from(pem))).toBe('taken')
    // its issuer's certificate is known from now on
    expect(await enter(own, null)).toContain('Đã có danh sách cùng ngày hoặc mới hơn')
    expect(await enter(list([], { from: NOW + DAY }), null)).toBe('taken')
    const byRoot = listOf(people.root, [], { from: NOW, to: NOW + DAY })
    expect(await enter(byRoot, null)).toBe('taken')
  })
})

describe('the table of kinds', () => {
  const INPUT = { issuer: 'Cap thu nghiem', policy: null, kind: 'sim', validFromOn: '2024-01-01', source: 'x' } as const

  it('takes two administrators, independent of each other, and one line once', () => {
    done(enterSignatureKind(admins[0], INPUT))
    const id = listSignatureKinds(admins[0])[0]?.id ?? 0
    expect(statusOf(() => agreeSignatureKind(admins[0], id))).toBe(403)
    expect(listSignatureKinds(admins[1])[0]?.mayAgree).toBe(true)
    expect(enterSignatureKind(admins[1], { ...INPUT, issuer: 'CAP  thu nghiem' })).toEqual({
      ok: false,
      problems: [{ field: 'issuer', reason: 'kind_known' }],
    })
    agreeSignatureKind(admins[1], id)
    expect(statusOf(() => agreeSignatureKind(admins[1], id))).toBe(404)
    endSignatureKind(admins[1], id)
    expect(statusOf(() => endSignatureKind(admins[0], id))).toBe(404)
    expect(statusOf(() => enterSignatureKind(head, INPUT))).toBe(403)
    expect(statusOf(() => listSignatureKinds(head))).toBe(403)
  })

  it('comes in on the page, and says what does not fit', async () => {
    const at = '/quan-tri/chung-thu-goc'
    const typed = {
      step: 'kind',
      issuer: 'Nhà Cấp',
      policy: '1.2.x',
      kind: 'sim',
      validFromOn: '2024-01-01',
      basis: 'y',
    }
    const answer = (await (await visitor(admins[0])).ask(rootsPage.action, at, {}, typed)) as {
      lastResult: { error: Record<string, string[]> }
    }
    expect(Object.keys(answer.lastResult.error)).toEqual(['policy'])
    const good = { ...typed, policy: '1.2.3' }
    expect(await (await visitor(admins[0])).send(rootsPage.action, at, {}, good)).toContain('da-them-loai')
    const kindId = String(listSignatureKinds(admins[1])[0]?.id)
    expect(await (await visitor(admins[1])).send(rootsPage.action, at, {}, { step: 'agree', kindId })).toContain(
      'da-dong-y-loai',
    )
    expect(listSignatureKinds(admins[0])).toMatchObject([
      { policy: '1.2.3', mayAgree: false, agreedAt: expect.any(Number) },
    ])
  })
})

describe('a signed file of many', () => {
  it('is checked in a thread while this one goes on, and comes to the same', { timeout: 60_000 }, async () => {
    const prepared = await preparedPaper()
    let file = prepared
    for (const signer of thirty()) file = signed(file, signer, { message: { along: [people.issuer] } })
    const input = { prepared, file, places: PLACES }
    const here = await checkSignedFile(input, TRUST, RECEIVED)
    checkSignedFilesInThread(resolve('app/jobs/signed-file-thread.ts'))
    let turns = 0
    const going = setInterval(() => (turns += 1), 1)
    const there = await checkSignedFile(input, TRUST, RECEIVED)
    clearInterval(going)
    expect(turns).toBeGreaterThan(20)
    expect(there).toEqual(here)
    expect(here.ok && here.signatures.length).toBe(30)
  })
})
