import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { preparedPart } from '#app/documents/paper-seal.ts'
import { paperOfFile, signaturesOf } from '#app/queries/prepared-paper.server.ts'
import { findReport } from '#app/queries/report.server.ts'
import { exportPaper } from '#app/queries/report-export.server.ts'
import { draftReport, signReport, undoSigning } from '#app/queries/report-signing.server.ts'
import { paperSealer } from '#app/queries/signed-pledge.server.ts'
import { addSigner } from '#app/queries/signer.server.ts'
import * as reportPage from '#app/routes/report/sign-digitally.tsx'
import { action as confirm } from '#app/routes/signed-paper/confirm.ts'
import { loader as toSign } from '#app/routes/signed-paper/prepared.pdf.ts'
import * as page from '#app/routes/signed-paper/show.tsx'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropChecked, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'
import { certificateOf, signedBy, trustRoot } from '#tests/trusted.ts'
import { visitor, withFile } from '#tests/visitor.ts'

beforeEach(() => makeProvince())
afterEach(dropChecked)

const COMMUNE = 'UBND xã Tân Thành'
const SLUG = 'tuan-2024-06-07'
const unitId = () => unitNamed(COMMUNE).id
const someone = () => makeOfficial(unitId())
/** The unit's head, and who drafts its reports. */
function scene() {
  trustRoot()
  const head = someone()
  return {
    head,
    headActor: grantTo(head.actor, 'head', unitId()),
    keeper: grantTo(someone().actor, 'coordinator', unitId()),
  }
}

async function prepare(actor: Person): Promise<number> {
  const path = `/don-vi/${unitId()}/bao-cao/${SLUG}/ky-so`
  const to = await (await visitor(actor)).send(reportPage.action, path, { unitId: String(unitId()), period: SLUG }, {})
  return Number(/van-ban\/(\d+)/.exec(to)?.[1])
}
const params = (paperId: number) => ({ paperId: String(paperId) })
const fileOf = async (actor: Person, paperId: number) =>
  Buffer.from(await (await visitor(actor)).download(toSign, `/van-ban/${paperId}.pdf`, params(paperId)))
const upload = async (actor: Person, paperId: number, file: Buffer) =>
  await (await visitor(actor)).ask(
    page.action,
    `/van-ban/${paperId}`,
    params(paperId),
    withFile(new Uint8Array(file), {}, 'bao-cao.pdf'),
  )
const shown = async (actor: Person, paperId: number) => await (await visitor(actor)).open(page.loader, params(paperId))

function rectOf(file: Buffer) {
  const place = preparedPart(file, paperSealer(CAMPAIGN))?.places.at(-1)
  if (!place) throw new Error('no place')
  return [[place.left + 4, place.bottom + 4, place.right - 4, place.top - 4], place.page] as const
}
const signedOff = (actor: Person) => findReport(actor, CAMPAIGN, { unitId: unitId(), slug: SLUG })?.signed[0]
const register = (name: string, capacity: 'deputy' | 'authorised') =>
  addSigner(grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'campaign_office', 1), unitId(), {
    name,
    title: 'Phó Chủ tịch',
    capacity,
    fromOn: '2024-04-01',
    toOn: null,
  })

describe('a report signed with a certificate', () => {
  it('counts as signed by the head, with the figures of the paper, without number or scan', async () => {
    const { head, keeper } = scene()
    draftReport(keeper, CAMPAIGN, {
      unitId: unitId(),
      slug: SLUG,
      input: { difficulties: 'Sóng yếu.', proposals: null, reason: null },
    })
    const paperId = await prepare(keeper)
    const file = await fileOf(keeper, paperId)
    const before = findReport(keeper, CAMPAIGN, { unitId: unitId(), slug: SLUG })?.live.officials ?? 0
    someone()
    expect(findReport(keeper, CAMPAIGN, { unitId: unitId(), slug: SLUG })?.live.officials).toBe(before + 1)
    expect(await upload(keeper, paperId, signedBy(file, certificateOf(head), ...rectOf(file)))).toMatchObject({
      fresh: 1,
    })
    const signed = signedOff(keeper)
    expect(signed?.content).toMatchObject({
      signerName: head.name,
      signerCapacity: 'head',
      documentNumber: null,
      difficulties: 'Sóng yếu.',
      figures: { officials: before },
    })
    expect(paperOfFile(signed?.signedFileId ?? 0)).toBe(paperId)
    // its docx says the figures of the paper, of the moment when they were frozen
    const docx = exportPaper(keeper, CAMPAIGN, { unitId: unitId(), slug: SLUG })
    expect(docx).toMatchObject({ figures: { officials: before }, at: signed?.content.figuresAt })
  })

  it('is signed for the head by whom the register names, once the unit confirms a name without a number', async () => {
    const { head, keeper } = scene()
    register('Phạm Văn Thử', 'deputy')
    const paperId = await prepare(keeper)
    const file = await fileOf(keeper, paperId)
    const certificate = certificateOf({ name: 'Phạm Văn Thử', number: null })
    expect(await upload(keeper, paperId, signedBy(file, certificate, ...rectOf(file)))).toMatchObject({ fresh: 1 })
    expect(signedOff(keeper)).toBeUndefined()
    const { signatures } = await shown(keeper, paperId)
    expect(signatures).toMatchObject([{ name: 'Phạm Văn Thử', isToConfirm: true }])
    const form = new FormData()
    form.set('chon', String(signatures[0]?.id))
    const to = await (await visitor(keeper)).send(confirm, `/van-ban/${paperId}/nguoi-ky`, params(paperId), form)
    expect(to).toContain('da-xac-nhan')
    expect(signedOff(keeper)?.content).toMatchObject({ signerName: 'Phạm Văn Thử', signerCapacity: 'deputy' })
    expect(head.name).not.toBe('Phạm Văn Thử')
  })

  it('is signed by nobody else, and says so', async () => {
    const { keeper } = scene()
    const paperId = await prepare(keeper)
    const file = await fileOf(keeper, paperId)
    const answer = await upload(keeper, paperId, signedBy(file, certificateOf(someone()), ...rectOf(file)))
    expect(answer.seen?.[0]?.sentences[0]).toContain('không khớp họ tên hoặc số định danh của ai')
    expect(signedOff(keeper)).toBeUndefined()
    expect(prepared<number>('select count(*) from stored_file').pluck().one()).toBe(0)
  })

  it('keeps a signature that comes too late, and says why it does not count', async () => {
    const { head, headActor, keeper } = scene()
    const paperId = await prepare(keeper)
    const file = await fileOf(keeper, paperId)
    const signed = signedBy(file, certificateOf(head), ...rectOf(file))
    expect(signReport(headActor, CAMPAIGN, { unitId: unitId(), slug: SLUG, earlyReason: null })).toEqual({ ok: true })
    await upload(keeper, paperId, signed)
    expect((await shown(keeper, paperId)).signatures).toMatchObject([
      { obstacle: expect.stringContaining('báo cáo khác được ký') },
    ])
    expect(signedOff(keeper)).toMatchObject({ version: 1, signedFileId: null })
    // one of long ago
    undoSigning(headActor, CAMPAIGN, { unitId: unitId(), slug: SLUG })
    prepared(`update prepared_paper set content = json_set(content, '$.at', json_extract(content, '$.at') - ?)`).run(
      8 * 86_400_000,
    )
    expect((await shown(keeper, paperId)).signatures).toMatchObject([
      { obstacle: expect.stringContaining('quá 7 ngày') },
    ])
  })

  it('is taken back with its file and what its signatures came to, and may be uploaded again', async () => {
    const { head, headActor, keeper } = scene()
    const paperId = await prepare(keeper)
    const file = await fileOf(keeper, paperId)
    const signed = signedBy(file, certificateOf(head), ...rectOf(file))
    await upload(keeper, paperId, signed)
    expect(undoSigning(headActor, CAMPAIGN, { unitId: unitId(), slug: SLUG })).toEqual({ ok: true })
    expect(signaturesOf(paperId)).toEqual([])
    expect(signedOff(keeper)).toBeUndefined()
    expect(await upload(keeper, paperId, signed)).toMatchObject({ fresh: 1 })
    expect(signedOff(keeper)).toMatchObject({ version: 1 })
  })

  it('is seen unsigned by the unit alone, and signed by who may read its reports', async () => {
    const { head, keeper } = scene()
    const paperId = await prepare(keeper)
    const reader = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'province_leader', 1)
    await expect(shown(reader, paperId)).rejects.toMatchObject({ kind: 'not_found' })
    const file = await fileOf(keeper, paperId)
    await upload(keeper, paperId, signedBy(file, certificateOf(head), ...rectOf(file)))
    expect(await shown(reader, paperId)).toMatchObject({ mayKeep: false, signatures: [{ name: head.name }] })
  })
})
