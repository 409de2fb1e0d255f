import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { preparedPart } from '#app/documents/paper-seal.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { findPledges, recordPledgeList, signPledge } from '#app/queries/pledge.server.ts'
import { paperCode, signaturesOf } from '#app/queries/prepared-paper.server.ts'
import { prepareList } from '#app/queries/signed-list.server.ts'
import { paperSealer } from '#app/queries/signed-pledge.server.ts'
import { openFile } from '#app/queries/stored-file.server.ts'
import * as listPage from '#app/routes/pledge/sign-list.tsx'
import { loader as byCode } from '#app/routes/signed-paper/by-code.tsx'
import { action as confirm } from '#app/routes/signed-paper/confirm.ts'
import { loader as toSign } from '#app/routes/signed-paper/prepared.pdf.ts'
import * as page from '#app/routes/signed-paper/show.tsx'
import { prepared } from '#db/client.server.ts'
import { makeContext, ORIGIN } from '#tests/context.ts'
import { CAMPAIGN, done, dropChecked, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'
import { certificateOf, signedBy, trustRoot } from '#tests/trusted.ts'
import { visitor, withFile } from '#tests/visitor.ts'

beforeEach(() => makeProvince())
afterEach(dropChecked)

const COMMUNE = 'UBND xã Tân Thành'
const DAYS = { simSignatureBy: '2024-06-15', phone4gBy: '2024-06-15', portalLoginBy: '2024-07-03' }
type Official = ReturnType<typeof makeOfficial>

const someone = () => makeOfficial(unitNamed(COMMUNE).id)
const coordinator = () => grantTo(someone().actor, 'coordinator', unitNamed(COMMUNE).id)

/** Prepares a list as its page does, and returns the paper's id. */
async function prepare(actor: Person, officials: readonly Official[]): Promise<number> {
  const form = new FormData()
  for (const { officialId } of officials) form.append('chon', String(officialId))
  for (const [name, day] of Object.entries(DAYS)) form.set(name, day)
  const unitId = unitNamed(COMMUNE).id
  const to = await (await visitor(actor)).send(
    listPage.action,
    `/don-vi/${unitId}/cam-ket/ky-so`,
    { unitId: String(unitId) },
    form,
  )
  return Number(/van-ban\/(\d+)/.exec(to)?.[1])
}

const at = (paperId: number) => ({ path: `/van-ban/${paperId}`, params: { paperId: String(paperId) } })
const fileOf = async (actor: Person, paperId: number) =>
  Buffer.from(await (await visitor(actor)).download(toSign, `/van-ban/${paperId}.pdf`, at(paperId).params))
async function upload(actor: Person, paperId: number, file: Buffer) {
  const form = withFile(new Uint8Array(file), {}, 'danh-sach.pdf')
  return await (await visitor(actor)).ask(page.action, at(paperId).path, at(paperId).params, form)
}
const shown = async (actor: Person, paperId: number) =>
  await (await visitor(actor)).open(page.loader, at(paperId).params)

/** A rectangle in the column of signatures, for the line `n` of the list. */
function rectOf(file: Buffer, n: number) {
  const place = preparedPart(file, paperSealer(CAMPAIGN))?.places[0]
  if (!place) throw new Error('no place')
  const top = place.top - 2 - n * 34
  return [place.left + 3, top - 28, place.right - 3, top] as const
}

const inForce = ({ actor, officialId }: Official) => findPledges(actor, CAMPAIGN, officialId)?.versions[0]

/** Opens the page of a printed code without a session. */
const ask = async (text: string) =>
  await byCode({
    request: new Request(`${ORIGIN}/v/${text}`),
    params: { code: text },
    context: makeContext({}),
  } as never)

/** What poppler's own check says of each signature. */
function popplerSays(file: Buffer): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'danh-sach-'))
  try {
    writeFileSync(join(folder, 'a.pdf'), file)
    const said = execFileSync('pdfsig', ['-nocert', join(folder, 'a.pdf')], { encoding: 'utf8' })
    return [...said.matchAll(/Signature Validation: (.*)/g)].map(([, word = '']) => word)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const hasPoppler = (() => {
  try {
    execFileSync('pdfsig', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

describe('a unit’s list that several sign', () => {
  it('is the pledge of each who signed, revision after revision, with the file that speaks for them', async () => {
    trustRoot()
    const keeper = coordinator()
    const [one, two, three] = [someone(), someone(), someone()]
    const paperId = await prepare(keeper, [one, two, three])
    const file = await fileOf(keeper, paperId)
    const first = signedBy(file, certificateOf(one), rectOf(file, 0))
    expect(await upload(keeper, paperId, first)).toMatchObject({ flaw: null, fresh: 1, seen: [{ title: 'Hợp lệ' }] })
    const second = signedBy(first, certificateOf(two), rectOf(file, 1))
    expect(await upload(keeper, paperId, second)).toMatchObject({
      fresh: 1,
      seen: [{ title: 'Đã có từ trước' }, { title: 'Hợp lệ', tone: 'done' }],
    })
    expect(await upload(keeper, paperId, second)).toMatchObject({ fresh: 0 })
    const [a, b] = signaturesOf(paperId).map(({ fileId }) => fileId)
    expect(inForce(one)).toMatchObject({ citizens: 10, ...DAYS, listFileId: a, paperId })
    expect(inForce(two)).toMatchObject({ citizens: 10, listFileId: b, paperId })
    expect(inForce(three)).toBeUndefined()
    expect(openFile(one.actor, CAMPAIGN, a ?? 0)?.content.equals(first)).toBe(true)
    expect(openFile(two.actor, CAMPAIGN, b ?? 0)?.content.equals(second)).toBe(true)
    // who has not signed sees the paper, and no file of the others
    expect(openFile(three.actor, CAMPAIGN, b ?? 0)).toBeUndefined()
    expect(await shown(three.actor, paperId)).toMatchObject({ mayKeep: false, missing: [], expected: 3 })
    expect(await shown(keeper, paperId)).toMatchObject({ missing: [three.name] })
    expect(recount(CAMPAIGN)).toEqual([])
    if (hasPoppler) expect(popplerSays(second)).toEqual(['Signature is Valid.', 'Signature is Valid.'])
  })

  it('takes thirty signatures of one file at once', async () => {
    trustRoot()
    const keeper = coordinator()
    const officials = Array.from({ length: 30 }, someone)
    const paperId = await prepare(keeper, officials)
    // signatures that show nothing need no place
    const file = officials.reduce<Buffer>(
      (signed, official) => signedBy(signed, certificateOf(official), [0, 0, 0, 0]),
      await fileOf(keeper, paperId),
    )
    expect(await upload(keeper, paperId, file)).toMatchObject({ flaw: null, fresh: 30 })
    const fileId = signaturesOf(paperId)[0]?.fileId
    expect(officials.map(official => inForce(official)?.listFileId)).toEqual(officials.map(() => fileId))
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('waits for a confirmation where only the name agrees, never by the one who signed', async () => {
    trustRoot()
    const keeper = coordinator()
    const unnumbered = someone()
    const paperId = await prepare(keeper, [unnumbered])
    const file = await fileOf(keeper, paperId)
    const signed = signedBy(file, certificateOf({ ...unnumbered, number: null }), rectOf(file, 0))
    expect(await upload(keeper, paperId, signed)).toMatchObject({ fresh: 1, seen: [{ tone: 'doing' }] })
    expect(inForce(unnumbered)).toBeUndefined()
    const { signatures } = await shown(keeper, paperId)
    expect(signatures).toMatchObject([{ isToConfirm: true, obstacle: expect.stringContaining('xác nhận người ký') }])
    const form = new FormData()
    form.set('chon', String(signatures[0]?.id))
    const send = async (actor: Person) =>
      await (await visitor(actor)).send(confirm, `${at(paperId).path}/nguoi-ky`, at(paperId).params, form)
    const self = grantTo(unnumbered.actor, 'coordinator', unitNamed(COMMUNE).id)
    await expect(send(self)).rejects.toMatchObject({ kind: 'forbidden' })
    expect(await send(keeper)).toContain('da-xac-nhan')
    expect(inForce(unnumbered)).toMatchObject({ paperId })
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('is nobody’s pledge who is not on it, and of two of one name takes a number', async () => {
    trustRoot()
    const keeper = coordinator()
    const [one, two, stranger] = [someone(), someone(), someone()]
    prepared('update official set name = ? where id in (?, ?)').run('Lê Thị Hoa', one.officialId, two.officialId)
    const paperId = await prepare(keeper, [one, two])
    const file = await fileOf(keeper, paperId)
    const by = (who: { name: string; number: string | null }) => signedBy(file, certificateOf(who), rectOf(file, 0))
    const words = async (signed: Buffer) => (await upload(keeper, paperId, signed)).seen?.[0]?.sentences.join(' ')
    expect(await words(by(stranger))).toContain('không khớp họ tên hoặc số định danh của ai')
    expect(await words(by({ name: 'Lê Thị Hoa', number: null }))).toContain('từ hai người tên')
    expect(signaturesOf(paperId)).toEqual([])
    expect(prepared<number>('select count(*) from stored_file').pluck().one()).toBe(0)
    expect(await upload(keeper, paperId, by({ ...two, name: 'Lê Thị Hoa' }))).toMatchObject({ fresh: 1 })
    expect(inForce(two)).toMatchObject({ paperId })
  })

  it('leaves a pledge that one signed on the app after the list was prepared, and says so', async () => {
    trustRoot()
    const keeper = coordinator()
    const [newer, before] = [someone(), someone()]
    const sign = ({ actor, officialId }: Official, citizens: number) =>
      signPledge(actor, CAMPAIGN, { officialId, input: { citizens, ...DAYS } })
    sign(before, 12)
    prepared('update pledge set signed_at = signed_at - 1000').run()
    const paperId = await prepare(keeper, [newer, before])
    prepared('update prepared_paper set prepared_at = prepared_at - 500').run()
    sign(newer, 10)
    const file = await fileOf(keeper, paperId)
    const once = signedBy(file, certificateOf(newer), rectOf(file, 0))
    await upload(keeper, paperId, signedBy(once, certificateOf(before), rectOf(file, 1)))
    expect(inForce(newer)).toMatchObject({ listFileId: null })
    expect(inForce(before)).toMatchObject({ citizens: 10, paperId })
    expect((await shown(keeper, paperId)).signatures.map(({ obstacle }) => obstacle)).toEqual([
      expect.stringContaining('tự ký cam kết mới sau khi lập danh sách'),
      null,
    ])
  })

  it('refuses what is no file of this paper, changed, or signed twice by one, in words', async () => {
    trustRoot()
    const keeper = coordinator()
    const one = someone()
    const [paperId, other] = [await prepare(keeper, [one]), await prepare(keeper, [one])]
    const file = await fileOf(keeper, paperId)
    const flaw = async (content: Buffer) => (await upload(keeper, paperId, content)).flaw
    expect(await flaw(await fileOf(keeper, other))).toContain('của một văn bản khác')
    expect(await flaw(file)).toContain('chưa có chữ ký số nào')
    expect(await flaw(Buffer.from('%PDF-1.7'))).toContain('không giữ nguyên bản do hệ thống chuẩn bị')
    const signed = signedBy(file, certificateOf(one), rectOf(file, 0))
    expect(await flaw(Buffer.concat([signed, Buffer.from('\n1 0 obj\n<< >>\nendobj\n')]))).toContain('thêm hoặc sửa')
    expect(await flaw(signedBy(file, certificateOf(one), [80, 700, 200, 730]))).toContain('nằm ngoài khung')
    await upload(keeper, paperId, signed)
    const again = signedBy(signed, certificateOf(one), [rectOf(file, 0)[0], rectOf(file, 0)[1] - 1, 0, 0])
    expect(await flaw(again)).toContain('nằm ngoài khung')
  })

  it('is seen by nobody elsewhere, and its code tells anybody no name', async () => {
    trustRoot()
    const keeper = coordinator()
    const one = someone()
    const paperId = await prepare(keeper, [one])
    const file = await fileOf(keeper, paperId)
    await upload(keeper, paperId, signedBy(file, certificateOf(one), rectOf(file, 0)))
    const elsewhere = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'head', unitNamed('Sở Y tế').id)
    for (const actor of [elsewhere, someone().actor])
      await expect(shown(actor, paperId)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(fileOf(one.actor, paperId)).rejects.toMatchObject({ kind: 'not_found' })
    const code = paperCode(CAMPAIGN, paperId)
    const answer = await ask(code.toLowerCase())
    const body = await answer.text()
    expect(answer.status).toBe(200)
    expect(body).toContain(COMMUNE)
    expect(body).toContain('Có 1 chữ ký số hợp lệ.')
    expect(body).not.toContain(one.name)
    expect((await ask('ABCD-EFGH-JKMN-PQRS')).status).toBe(404)
    // the words under a scanned list stay a scan's
    recordPledgeList(keeper, CAMPAIGN, {
      unitId: unitNamed(COMMUNE).id,
      officialIds: [someone().officialId],
      days: DAYS,
      file: { mediaType: 'application/pdf', content: Buffer.from('%PDF-1.7') },
    })
  })

  it('tells of a unit of the armed forces neither its name nor a number', async () => {
    const unit = unitNamed('Bộ Chỉ huy Quân sự tỉnh')
    const keeper = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
    const { paperId } = done(
      prepareList(keeper, CAMPAIGN, {
        unitId: unit.id,
        officialIds: [makeOfficial(unit.id).officialId],
        days: DAYS,
      }),
    )
    const body = await (await ask(paperCode(CAMPAIGN, paperId))).text()
    expect(body).toContain('đơn vị lực lượng vũ trang')
    expect(body).not.toContain('Bộ Chỉ huy')
    expect(body).not.toContain('chữ ký số hợp lệ')
  })

  it('has its wrong codes counted, and its right one answered all the same', async () => {
    const keeper = coordinator()
    const paperId = await prepare(keeper, [someone()])
    let status = 404
    for (let n = 0; n < 200 && status === 404; n++) status = (await ask(`ABCD-EFGH-JKMN-${String(1000 + n)}`)).status
    expect(status).toBe(429)
    expect((await ask(paperCode(CAMPAIGN, paperId))).status).toBe(200)
  })
})
