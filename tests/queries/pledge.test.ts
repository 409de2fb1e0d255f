import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PledgeInput } from '#app/domain/pledge.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { findPledges, recordPledgeList, signPledge } from '#app/queries/pledge.server.ts'
import { openFile } from '#app/queries/stored-file.server.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const PLEDGE: PledgeInput = {
  citizens: 10,
  simSignatureBy: '2024-06-15',
  phone4gBy: '2024-06-15',
  portalLoginBy: '2024-07-03',
}
const SCAN = { mediaType: 'application/pdf' as const, content: Buffer.from('%PDF-1.7') }
const forbidden = expect.objectContaining({ kind: 'forbidden' })

const someone = (category?: 'member') => makeOfficial(unitNamed('Sở Nội vụ').id, { category })
const sign = ({ actor, officialId }: ReturnType<typeof someone>, changes: Partial<PledgeInput> = {}) =>
  signPledge(actor, CAMPAIGN, { officialId, input: { ...PLEDGE, ...changes } })

describe('signPledge', () => {
  it('keeps earlier versions; the newest is in force', () => {
    const official = someone()
    expect(sign(official)).toEqual({ ok: true })
    expect(sign(official, { citizens: 14 })).toEqual({ ok: true })
    const found = findPledges(official.actor, CAMPAIGN, official.officialId)
    expect(found?.versions.map(({ citizens, listFileId }) => ({ citizens, listFileId }))).toEqual([
      { citizens: 14, listFileId: null },
      { citizens: 10, listFileId: null },
    ])
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it.each<[string, Partial<PledgeInput>, { field: string; reason: string }[]]>([
    ['fewer citizens than the target', { citizens: 9 }, [{ field: 'citizens', reason: 'pledge_below_target' }]],
    ['no number of citizens', { citizens: null }, [{ field: 'citizens', reason: 'required' }]],
    ['a day before the campaign', { phone4gBy: '2024-04-03' }, [{ field: 'phone4gBy', reason: 'outside_campaign' }]],
    ['a day after it', { portalLoginBy: '2024-07-04' }, [{ field: 'portalLoginBy', reason: 'outside_campaign' }]],
    ['no day for an obligation', { simSignatureBy: null }, [{ field: 'simSignatureBy', reason: 'required' }]],
  ])('refuses %s', (_label, changes, problems) => {
    expect(sign(someone(), changes)).toEqual({ ok: false, problems })
  })

  it('measures the citizens by the target that the head assigned', () => {
    const official = someone()
    prepared(`insert into target_decision (campaign_id, official_id, citizens, created_at) values (1, ?, 15, 1)`).run(
      official.officialId,
    )
    expect(sign(official, { citizens: 14 })).toMatchObject({ problems: [{ reason: 'pledge_below_target' }] })
    expect(sign(official, { citizens: 15 })).toEqual({ ok: true })
  })

  it('asks a member only for citizens: members bear no obligations', () => {
    const blank = { simSignatureBy: null, phone4gBy: null, portalLoginBy: null }
    const member = someone('member')
    expect(sign(member, blank)).toEqual({ ok: true })
    expect(findPledges(member.actor, CAMPAIGN, member.officialId)?.terms).toEqual({ target: 10, obligations: [] })
  })

  it('is over with the campaign', () => {
    const official = someone()
    prepared('update clock set campaign_at = ?').run(Date.parse('2024-07-04T00:00+07:00'))
    expect(sign(official)).toEqual({ ok: false, problems: [{ field: 'signed', reason: 'campaign_over' }] })
  })

  it('is signed by nobody else, not even the head', () => {
    const official = someone()
    const head = grantTo(someone().actor, 'head', 1)
    expect(() => signPledge(head, CAMPAIGN, { officialId: official.officialId, input: PLEDGE })).toThrow(forbidden)
    expect(findPledges(someone().actor, CAMPAIGN, official.officialId)).toBeUndefined()
  })
})

describe('recordPledgeList', () => {
  const { citizens: _, ...days } = PLEDGE
  const record = (actor: Parameters<typeof recordPledgeList>[0], officialIds: number[]) =>
    recordPledgeList(actor, CAMPAIGN, { unitId: unitNamed('Sở Nội vụ').id, officialIds, days, file: SCAN })

  it('is the pledge of everyone named, each for their own target', () => {
    const people = [someone(), someone()]
    const coordinator = grantTo(someone().actor, 'coordinator', unitNamed('Sở Nội vụ').id)
    expect(
      record(
        coordinator,
        people.map(person => person.officialId),
      ),
    ).toEqual({ ok: true, bound: 2, kept: 0 })
    for (const { actor, officialId } of people)
      expect(findPledges(actor, CAMPAIGN, officialId)?.versions).toMatchObject([{ citizens: 10, listFileId: 1 }])
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('does not replace what somebody promised beyond it on the app; they alone sign for less', () => {
    const [more, earlier, same, fewer] = [someone(), someone(), someone(), someone()]
    sign(more, { citizens: 15, phone4gBy: '2024-07-03' })
    sign(earlier, { simSignatureBy: '2024-06-14' })
    sign(same)
    sign(fewer, { simSignatureBy: '2024-06-14' })
    prepared(`insert into target_decision (campaign_id, official_id, citizens, created_at) values (1, ?, 12, 1)`).run(
      fewer.officialId,
    )
    const coordinator = grantTo(someone().actor, 'coordinator', unitNamed('Sở Nội vụ').id)
    const ids = [more, earlier, same, fewer].map(({ officialId }) => officialId)
    expect(record(coordinator, ids)).toEqual({ ok: true, bound: 2, kept: 2 })
    const inForce = ({ actor, officialId }: ReturnType<typeof someone>) =>
      findPledges(actor, CAMPAIGN, officialId)?.versions[0]
    expect([more, earlier, same, fewer].map(who => [inForce(who)?.citizens, inForce(who)?.listFileId])).toEqual([
      [15, null],
      [10, null],
      [10, 1],
      [12, 1],
    ])
    expect(record(coordinator, [more.officialId])).toEqual({
      ok: false,
      problems: [{ field: 'chon', reason: 'own_pledges_kept' }],
    })
    expect(() => record(more.actor, [more.officialId])).toThrow(forbidden)
    expect(prepared('select count(*) as n from stored_file').get()).toEqual({ n: 1 })
    sign(more, { citizens: 10 })
    expect(record(coordinator, [more.officialId])).toMatchObject({ bound: 1 })
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('is opened by those for whom it speaks, as by who uploaded it, and by no colleague', () => {
    const [bound, colleague] = [someone(), someone()]
    const coordinator = grantTo(someone().actor, 'coordinator', unitNamed('Sở Nội vụ').id)
    record(coordinator, [bound.officialId])
    expect(openFile(bound.actor, CAMPAIGN, 1)?.content.equals(SCAN.content)).toBe(true)
    expect(openFile(coordinator, CAMPAIGN, 1)).toBeDefined()
    expect(openFile(colleague.actor, CAMPAIGN, 1)).toBeUndefined()
    expect(openFile(bound.actor, CAMPAIGN + 1, 1)).toBeUndefined()
  })

  it('is refused whole where one of them works elsewhere, or the actor has no role there', () => {
    const person = someone()
    const coordinator = grantTo(someone().actor, 'coordinator', unitNamed('Sở Nội vụ').id)
    const elsewhere = makeOfficial(unitNamed('Sở Tư pháp').id)
    expect(() => record(coordinator, [person.officialId, elsewhere.officialId])).toThrow(
      expect.objectContaining({ kind: 'not_found' }),
    )
    expect(() => record(person.actor, [person.officialId])).toThrow(forbidden)
    expect(prepared('select count(*) as n from pledge').get()).toEqual({ n: 0 })
    expect(prepared('select count(*) as n from stored_file').get()).toEqual({ n: 0 })
  })
})
