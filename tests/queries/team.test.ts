import { afterEach, beforeEach, expect, it } from 'vitest'
import { answerOffer, offersToAnswer, withdrawOffer } from '#app/queries/join-offer.server.ts'
import { addMember, endMember, findTeam, formTeam, listTeamOffers, searchMembers } from '#app/queries/team.server.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, statusOf, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

function scene() {
  const commune = unitNamed('UBND xã Tân Thành')
  const coordinator = grantTo(makeOfficial(commune.id).actor, 'coordinator', commune.id)
  const teamId = formTeam(coordinator, CAMPAIGN, {
    unitId: commune.id,
    input: { kind: 'volunteer', name: 'Tổ 1', hamlet: '', decisionNumber: '' },
  })
  const outsider = makeOfficial(unitNamed('Sở Y tế').id, { name: 'Phạm Thị Nơi Khác' })
  const code = prepared('select staff_code from official where id = ?').pluck().get(outsider.officialId) as string
  const find = (search: string) => searchMembers(coordinator, CAMPAIGN, { teamId, search })
  const invite = (officialId: number) =>
    addMember(coordinator, CAMPAIGN, {
      teamId,
      input: { officialId, isLeader: false, isPaid: false, fromOn: '2024-06-12', toOn: null },
    })
  const members = () => findTeam(coordinator, CAMPAIGN, teamId)?.members.map(({ name }) => name)
  return { commune, coordinator, teamId, outsider, code, find, invite, members }
}

it('names the people of the own units, and of others nobody', () => {
  const { commune, code, outsider, find } = scene()
  makeOfficial(commune.id, { name: 'Phạm Thị Gần Đây' })
  expect(find('Phạm Thị').candidates.map(({ name }) => name)).toEqual(['Phạm Thị Gần Đây'])
  expect(find('Nơi Khác').candidates).toEqual([])
  expect(find(code).candidates).toEqual([
    { officialId: outsider.officialId, code, name: null, unitName: '', position: '' },
  ])
})

it('looks outside twenty times a day', () => {
  const { code, find } = scene()
  for (let n = 0; n < 20; n++) expect(find(n === 19 ? code : `khong${n}`).isSpent).toBe(false)
  expect(find(code)).toEqual({ candidates: [], isSpent: true })
})

it('invites somebody of another unit, whose name shows once they accept', () => {
  const { coordinator, teamId, outsider, code, invite, members } = scene()
  expect(invite(outsider.officialId)).toEqual({ ok: true, isOffered: true })
  expect(invite(outsider.officialId)).toMatchObject({ ok: false })
  expect(members()).toEqual([])
  const [offer] = listTeamOffers(coordinator, CAMPAIGN, teamId)
  expect(offer).toMatchObject({ code, fromOn: '2024-06-12', dueOn: '2024-06-19', isOverdue: false })
  expect(Object.keys(offer ?? {}).sort()).toEqual(['code', 'dueOn', 'fromOn', 'id', 'isOverdue', 'offeredAt'])
  const offerId = offer?.id ?? 0
  expect(statusOf(() => answerOffer(coordinator, CAMPAIGN, { offerId, isAccepted: true }))).toBe(404)
  answerOffer(outsider.actor, CAMPAIGN, { offerId, isAccepted: true })
  expect(members()).toEqual([outsider.name])
})

it('lets their unit answer, and the inviting one withdraw', () => {
  const { coordinator, teamId, outsider, invite, members } = scene()
  invite(outsider.officialId)
  const unit = unitNamed('Sở Y tế')
  const theirs = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
  const [offer] = offersToAnswer(theirs, CAMPAIGN)
  answerOffer(theirs, CAMPAIGN, { offerId: offer?.id ?? 0, isAccepted: false })
  invite(outsider.officialId)
  const [again] = listTeamOffers(coordinator, CAMPAIGN, teamId)
  expect(statusOf(() => withdrawOffer(theirs, CAMPAIGN, again?.id ?? 0))).toBe(403)
  withdrawOffer(coordinator, CAMPAIGN, again?.id ?? 0)
  expect(offersToAnswer(outsider.actor, CAMPAIGN)).toEqual([])
  expect(members()).toEqual([])
})

it('has one leader at a time, of its own units or invited', () => {
  const { commune, coordinator, teamId, outsider } = scene()
  const lead = (officialId: number, fromOn: string, toOn: string | null = null) =>
    addMember(coordinator, CAMPAIGN, { teamId, input: { officialId, isLeader: true, isPaid: false, fromOn, toOn } })
  const first = makeOfficial(commune.id).officialId
  const second = makeOfficial(commune.id).officialId
  const refusal = { ok: false, problems: [{ reason: 'team_has_leader' }] }
  const invited = lead(outsider.officialId, '2024-06-15')
  expect(invited).toEqual({ ok: true, isOffered: true })
  expect(lead(first, '2024-06-12')).toMatchObject({ ok: true })
  expect(lead(second, '2024-06-12')).toMatchObject(refusal)
  expect(lead(second, '2024-06-01', '2024-06-11')).toMatchObject({ ok: true })
  const offerId = listTeamOffers(coordinator, CAMPAIGN, teamId)[0]?.id ?? 0
  answerOffer(outsider.actor, CAMPAIGN, { offerId, isAccepted: true })
  const leaders = findTeam(coordinator, CAMPAIGN, teamId)?.members.filter(({ isLeader }) => isLeader)
  expect(leaders?.map(({ officialId }) => officialId).sort()).toEqual([first, second].sort())
  endMember(coordinator, CAMPAIGN, { teamId, officialId: first, fromOn: '2024-06-12' })
  const third = makeOfficial(commune.id).officialId
  expect(lead(third, '2024-06-12')).toMatchObject(refusal)
  expect(lead(third, '2024-06-13')).toMatchObject({ ok: true })
})

it('ends somebody’s time with the day on which they leave, not the day before', () => {
  const { commune, coordinator, teamId } = scene()
  const begun = ['2024-06-01', '2024-06-12', '2024-06-20'].map(fromOn => {
    const { officialId } = makeOfficial(commune.id)
    addMember(coordinator, CAMPAIGN, {
      teamId,
      input: { officialId, isLeader: false, isPaid: false, fromOn, toOn: null },
    })
    endMember(coordinator, CAMPAIGN, { teamId, officialId, fromOn })
    return officialId
  })
  const members = findTeam(coordinator, CAMPAIGN, teamId)?.members ?? []
  expect(begun.map(id => members.find(({ officialId }) => officialId === id)?.toOn)).toEqual([
    '2024-06-12',
    '2024-06-12',
    '2024-06-20',
  ])
})

it('adds the people of the own units at once', () => {
  const { commune, invite, members } = scene()
  const { officialId, name } = makeOfficial(commune.id)
  expect(invite(officialId)).toEqual({ ok: true, isOffered: false })
  expect(members()).toEqual([name])
})
