import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { preparedPart } from '#app/documents/paper-seal.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { findInspection } from '#app/queries/inspection.server.ts'
import { drawInspection } from '#app/queries/inspection-draw.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { signaturesOf } from '#app/queries/prepared-paper.server.ts'
import { paperSealer } from '#app/queries/signed-pledge.server.ts'
import { openFile } from '#app/queries/stored-file.server.ts'
import { action as prepareMinutes } from '#app/routes/inspection/sign-minutes.ts'
import { action as confirm } from '#app/routes/signed-paper/confirm.ts'
import { loader as toSign } from '#app/routes/signed-paper/prepared.pdf.ts'
import * as page from '#app/routes/signed-paper/show.tsx'
import {
  CAMPAIGN,
  checkNow,
  confirmNow,
  done,
  dropChecked,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  unitNamed,
} from '#tests/make.ts'
import { certificateOf, signedBy, trustRoot } from '#tests/trusted.ts'
import { visitor, withFile } from '#tests/visitor.ts'

beforeEach(() => makeProvince())
afterEach(dropChecked)

/** An inspection of an agency with three records, each sheet with its result, and its team of two. */
function scene() {
  trustRoot()
  const unit = unitNamed('Sở Y tế')
  const official = makeOfficial(unit.id)
  const head = grantTo(makeOfficial(unit.id, { isLeader: true }).actor, 'head', unit.id)
  const office = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', 1)
  const helpIds = [1, 2, 3].map(
    n => done(recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: helpForm(n) })).helpId,
  )
  confirmNow(head, CAMPAIGN, helpIds)
  const [first, second] = [1, 2].map(() => {
    const person = makeOfficial(unitNamed('Thanh tra tỉnh').id)
    return { ...person, actor: grantTo(person.actor, 'inspector', 1) }
  }) as [ReturnType<typeof makeOfficial>, ReturnType<typeof makeOfficial>]
  const { inspectionId } = done(
    drawInspection(office, CAMPAIGN, {
      unitId: unit.id,
      input: {
        certainty: 0.95,
        untrueShare: 0.05,
        riskPicks: 0,
        memberIds: [first.accountId, second.accountId],
      },
    }),
  )
  const check = (result: 'true' | 'untrue') => {
    for (const { helpId } of findInspection(first.actor, CAMPAIGN, inspectionId)?.picks ?? [])
      checkNow(first.actor, { inspectionId, helpId, result })
  }
  check('true')
  return { head, office, first, second, inspectionId, check }
}

async function prepare(actor: Person, inspectionId: number): Promise<number> {
  const path = `/kiem-tra/${inspectionId}/bien-ban/ky-so`
  const to = await (await visitor(actor)).send(prepareMinutes, path, { inspectionId: String(inspectionId) }, {})
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
    withFile(new Uint8Array(file), {}, 'bien-ban.pdf'),
  )
const shown = async (actor: Person, paperId: number) => await (await visitor(actor)).open(page.loader, params(paperId))

function rectOf(file: Buffer, n: number) {
  const place = preparedPart(file, paperSealer(CAMPAIGN))?.places.at(-1)
  if (!place) throw new Error('no place')
  const left = place.left + 4 + n * 200
  return [[left, place.bottom + 10, left + 180, place.bottom + 60], place.page] as const
}

describe('minutes that two inspectors sign on one file', () => {
  it('conclude the inspection with the second signature', async () => {
    const { head, first, second, inspectionId } = scene()
    const paperId = await prepare(first.actor, inspectionId)
    const file = await fileOf(first.actor, paperId)
    const once = signedBy(file, certificateOf(first), ...rectOf(file, 0))
    const twice = signedBy(once, certificateOf(second), ...rectOf(file, 1))
    expect(await upload(first.actor, paperId, once)).toMatchObject({ fresh: 1 })
    const found = () => findInspection(first.actor, CAMPAIGN, inspectionId)
    expect(found()).toMatchObject({ concludedAt: null })
    await expect(shown(head, paperId)).rejects.toMatchObject({ kind: 'not_found' })
    expect(await upload(second.actor, paperId, twice)).toMatchObject({ fresh: 1 })
    expect(found()?.concludedAt).not.toBeNull()
    expect(found()?.members.every(({ signedAt }) => signedAt !== null)).toBe(true)
    expect((await shown(second.actor, paperId)).signatures.map(({ obstacle }) => obstacle)).toEqual([null, null])
    // the inspected unit sees them once they count
    const fileId = signaturesOf(paperId).at(-1)?.fileId ?? 0
    expect(await shown(head, paperId)).toMatchObject({ mayKeep: false, expected: 2 })
    expect(openFile(head, CAMPAIGN, fileId)?.content.equals(twice)).toBe(true)
    expect(openFile(makeOfficial(unitNamed('Sở Y tế').id).actor, CAMPAIGN, fileId)).toBeUndefined()
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('say nothing of results that were recorded after they were prepared', async () => {
    const { first, second, inspectionId, check } = scene()
    const paperId = await prepare(first.actor, inspectionId)
    const file = await fileOf(first.actor, paperId)
    check('untrue')
    const once = signedBy(file, certificateOf(first), ...rectOf(file, 0))
    await upload(first.actor, paperId, signedBy(once, certificateOf(second), ...rectOf(file, 1)))
    expect(findInspection(first.actor, CAMPAIGN, inspectionId)).toMatchObject({ concludedAt: null })
    const { closed, signatures } = await shown(first.actor, paperId)
    expect(closed).toContain('sau khi lập biên bản')
    expect(signatures.map(({ obstacle }) => obstacle)).toEqual([closed, closed])
    await expect(fileOf(first.actor, paperId)).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('take a name without a number only from who bears it', async () => {
    const { first, second, inspectionId } = scene()
    const paperId = await prepare(first.actor, inspectionId)
    const file = await fileOf(first.actor, paperId)
    const once = signedBy(file, certificateOf(first), ...rectOf(file, 0))
    await upload(first.actor, paperId, signedBy(once, certificateOf({ ...second, number: null }), ...rectOf(file, 1)))
    const isDone = () => findInspection(first.actor, CAMPAIGN, inspectionId)?.concludedAt !== null
    expect(isDone()).toBe(false)
    const id = signaturesOf(paperId).at(-1)?.id ?? 0
    const form = new FormData()
    form.set('chon', String(id))
    const send = async (actor: Person) =>
      await (await visitor(actor)).send(confirm, `/van-ban/${paperId}/nguoi-ky`, params(paperId), form)
    expect((await shown(first.actor, paperId)).signatures.at(-1)).toMatchObject({ isToConfirm: false })
    await expect(send(first.actor)).rejects.toMatchObject({ kind: 'forbidden' })
    expect(isDone()).toBe(false)
    await send(second.actor)
    expect(isDone()).toBe(true)
    expect(recount(CAMPAIGN)).toEqual([])
  })
})
