import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Action, type Actor, can, MATRIX, type Person } from '#app/access/policy.ts'
import { within } from '#app/access/scope.server.ts'
import { ROLES } from '#app/domain/vocabulary.ts'
import { targetOf } from '#app/queries/official.server.ts'
import { db } from '#db/client.server.ts'
import { official, posting, unit } from '#db/schema.ts'
import { dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

const ACTIONS = Object.keys(MATRIX) as Action[]
const PLACES = [
  'Tỉnh Bình Phước',
  'Sở Nội vụ',
  'Công an tỉnh (thường trực Tổ công tác Đề án 06)',
  'Phòng Tham mưu Công an tỉnh',
  'Bộ Chỉ huy Quân sự tỉnh',
  'Thành phố Đồng Xoài',
  'UBND xã Tân Thành',
  'UBND phường Tân Phú',
]

type Member = ReturnType<typeof makeOfficial> & { place: string }
let members: Member[] = []
let heads: { person: Person; place: string }[] = []
let actors: { name: string; actor: Actor }[] = []

beforeAll(() => {
  makeProvince()
  members = PLACES.flatMap(place => [0, 1].map(() => ({ ...makeOfficial(unitNamed(place).id), place })))
  heads = PLACES.map(place => {
    const made = makeOfficial(unitNamed(place).id, { isLeader: true })
    members.push({ ...made, place })
    return { place, person: grantTo(made.actor, 'head', unitNamed(place).id) }
  })
  actors = [
    { name: 'anonymous', actor: { kind: 'anonymous' } },
    { name: 'system', actor: { kind: 'system' } },
    ...members.slice(0, 16).map(member => ({ name: `official of ${member.place}`, actor: member.actor as Actor })),
    ...ROLES.filter(role => role !== 'head').flatMap(role =>
      PLACES.map(place => ({
        name: `${role} at ${place}`,
        actor: grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, role, unitNamed(place).id) as Actor,
      })),
    ),
    ...heads.map(({ person, place }) => ({ name: `head at ${place}`, actor: person as Actor })),
  ]
})
afterAll(dropProvince)

describe('can and within', () => {
  it.each(ACTIONS)('agree on %s for every role and every official of the tree', action => {
    for (const { name, actor } of actors) {
      const listed = db
        .select({ id: official.id })
        .from(official)
        .innerJoin(posting, eq(posting.officialId, official.id))
        .innerJoin(unit, eq(unit.id, posting.unitId))
        .where(within(actor, action, { unitPath: unit.path, guardPath: unit.guardPath, officialId: official.id }))
        .all()
        .map(row => row.id)
        .sort((a, b) => a - b)
      const allowed = db
        .select({ id: official.id })
        .from(official)
        .all()
        .map(row => row.id)
        .filter(id => can(actor, action, targetOf(id, '2024-06-12')))
        .sort((a, b) => a - b)
      expect(listed, `${action} for ${name}`).toEqual(allowed)
    }
  })
})

/** [who, with which grant, does what, to an official of, may] */
const ROWS: readonly [role: string, place: string, action: Action, target: string, isAllowed: boolean][] = [
  ['head', 'UBND xã Tân Thành', 'official.view', 'UBND xã Tân Thành', true],
  ['head', 'UBND xã Tân Thành', 'official.view', 'UBND phường Tân Phú', false],
  ['head', 'Thành phố Đồng Xoài', 'official.view', 'UBND xã Tân Thành', true],
  ['head', 'Tỉnh Bình Phước', 'official.view', 'UBND xã Tân Thành', true],
  ['head', 'Tỉnh Bình Phước', 'official.view', 'Bộ Chỉ huy Quân sự tỉnh', false],
  ['head', 'Tỉnh Bình Phước', 'unit.view', 'Bộ Chỉ huy Quân sự tỉnh', true],
  ['head', 'Bộ Chỉ huy Quân sự tỉnh', 'official.view', 'Bộ Chỉ huy Quân sự tỉnh', true],
  ['head', 'Phòng Tham mưu Công an tỉnh', 'official.view', 'Phòng Tham mưu Công an tỉnh', true],
  ['campaign_office', 'Tỉnh Bình Phước', 'official.view', 'Sở Nội vụ', true],
  ['campaign_office', 'Tỉnh Bình Phước', 'help.view', 'Sở Nội vụ', false],
  ['home_affairs', 'Tỉnh Bình Phước', 'assessment.view', 'UBND xã Tân Thành', true],
  ['home_affairs', 'Tỉnh Bình Phước', 'help.view', 'UBND xã Tân Thành', false],
  ['home_affairs', 'Tỉnh Bình Phước', 'assessment.view', 'Bộ Chỉ huy Quân sự tỉnh', false],
  ['province_leader', 'Tỉnh Bình Phước', 'unit.view', 'UBND xã Tân Thành', true],
  ['province_leader', 'Tỉnh Bình Phước', 'official.view', 'UBND xã Tân Thành', false],
  ['auditor', 'Tỉnh Bình Phước', 'event.view', 'Tỉnh Bình Phước', true],
  ['auditor', 'Tỉnh Bình Phước', 'access_log.view', 'Sở Nội vụ', true],
  ['admin', 'Tỉnh Bình Phước', 'access_log.view', 'Sở Nội vụ', false],
  ['campaign_office', 'Tỉnh Bình Phước', 'access_log.view', 'Sở Nội vụ', false],
  ['auditor', 'Tỉnh Bình Phước', 'unit.view', 'Tỉnh Bình Phước', false],
  ['admin', 'Tỉnh Bình Phước', 'account.manage', 'Sở Nội vụ', true],
  ['admin', 'Tỉnh Bình Phước', 'help.view', 'Sở Nội vụ', false],
  ['admin', 'Tỉnh Bình Phước', 'official.view', 'Sở Nội vụ', false],
  ['admin', 'Tỉnh Bình Phước', 'system.operate', 'Sở Nội vụ', true],
  ['auditor', 'Tỉnh Bình Phước', 'system.operate', 'Sở Nội vụ', false],
  ['campaign_office', 'Tỉnh Bình Phước', 'system.operate', 'Sở Nội vụ', false],
  ['coordinator', 'Sở Nội vụ', 'help.confirm', 'Sở Nội vụ', true],
  ['coordinator', 'Sở Nội vụ', 'target.assign', 'Sở Nội vụ', false],
  ['coordinator', 'Sở Nội vụ', 'exemption.decide', 'Sở Nội vụ', false],
  ['campaign_office', 'Tỉnh Bình Phước', 'extract.manage_police', 'Sở Nội vụ', true],
  ['campaign_office', 'Tỉnh Bình Phước', 'extract.manage_telecom', 'Sở Nội vụ', false],
  ['telecom_office', 'Tỉnh Bình Phước', 'extract.manage_telecom', 'Sở Nội vụ', true],
  ['telecom_office', 'Tỉnh Bình Phước', 'extract.manage_police', 'Sở Nội vụ', false],
  ['inspector', 'Sở Nội vụ', 'help.view', 'Sở Nội vụ', false],
  ['head', 'UBND xã Tân Thành', 'report.sign', 'UBND xã Tân Thành', true],
  ['coordinator', 'Sở Nội vụ', 'report.sign', 'Sở Nội vụ', false],
  ['coordinator', 'Sở Nội vụ', 'report.draft', 'Sở Nội vụ', true],
  ['campaign_office', 'Tỉnh Bình Phước', 'report.view', 'Sở Nội vụ', true],
  ['campaign_office', 'Tỉnh Bình Phước', 'report.draft', 'Sở Nội vụ', false],
  ['campaign_office', 'Tỉnh Bình Phước', 'report.remind', 'Sở Nội vụ', true],
  ['home_affairs', 'Tỉnh Bình Phước', 'report.remind', 'Sở Nội vụ', true],
  ['province_leader', 'Tỉnh Bình Phước', 'report.remind', 'Sở Nội vụ', false],
  ['head', 'UBND xã Tân Thành', 'report.remind', 'Thành phố Đồng Xoài', false],
  ['coordinator', 'Sở Nội vụ', 'outreach.log', 'UBND xã Tân Thành', false],
  ['telecom_office', 'Tỉnh Bình Phước', 'offer.edit', 'Sở Nội vụ', true],
  ['campaign_office', 'Tỉnh Bình Phước', 'offer.hand_over', 'Sở Nội vụ', false],
  ['telecom_office', 'Tỉnh Bình Phước', 'difficulty.answer_campaign', 'Sở Nội vụ', false],
  ['head', 'UBND xã Tân Thành', 'candidate.propose', 'UBND xã Tân Thành', true],
  ['head', 'UBND xã Tân Thành', 'candidate.propose', 'UBND phường Tân Phú', false],
  ['home_affairs', 'Tỉnh Bình Phước', 'candidate.propose', 'UBND xã Tân Thành', false],
  ['home_affairs', 'Tỉnh Bình Phước', 'candidate.decide', 'UBND xã Tân Thành', true],
  ['home_affairs', 'Tỉnh Bình Phước', 'candidate.view', 'Bộ Chỉ huy Quân sự tỉnh', false],
  ['campaign_office', 'Tỉnh Bình Phước', 'candidate.review', 'UBND xã Tân Thành', true],
  ['campaign_office', 'Tỉnh Bình Phước', 'candidate.decide', 'UBND xã Tân Thành', false],
  ['province_leader', 'Tỉnh Bình Phước', 'candidate.view', 'UBND xã Tân Thành', false],
  ['province_leader', 'Tỉnh Bình Phước', 'round.view', 'UBND xã Tân Thành', true],
  ['head', 'Tỉnh Bình Phước', 'round.manage', 'UBND xã Tân Thành', false],
  ['campaign_office', 'Tỉnh Bình Phước', 'legal_basis.edit', 'UBND xã Tân Thành', false],
  ['admin', 'Tỉnh Bình Phước', 'trusted_root.edit', 'Tỉnh Bình Phước', true],
  ['campaign_office', 'Tỉnh Bình Phước', 'trusted_root.edit', 'Tỉnh Bình Phước', false],
  ['admin', 'Tỉnh Bình Phước', 'portal_issuer.edit', 'Tỉnh Bình Phước', true],
  ['campaign_office', 'Tỉnh Bình Phước', 'portal_issuer.edit', 'Tỉnh Bình Phước', false],
  ['coordinator', 'UBND xã Tân Thành', 'worklist.import', 'UBND xã Tân Thành', true],
  ['campaign_office', 'Tỉnh Bình Phước', 'worklist.import', 'UBND xã Tân Thành', true],
  ['campaign_office', 'Tỉnh Bình Phước', 'worklist.view', 'Bộ Chỉ huy Quân sự tỉnh', false],
  ['campaign_office', 'Tỉnh Bình Phước', 'worklist.share', 'UBND xã Tân Thành', false],
  ['campaign_office', 'Tỉnh Bình Phước', 'worklist.purge', 'UBND xã Tân Thành', true],
  ['head', 'Thành phố Đồng Xoài', 'worklist.view', 'UBND xã Tân Thành', true],
  ['home_affairs', 'Tỉnh Bình Phước', 'closing.confirm', 'Tỉnh Bình Phước', true],
  ['home_affairs', 'Tỉnh Bình Phước', 'closing.compute', 'Tỉnh Bình Phước', false],
  ['province_leader', 'Tỉnh Bình Phước', 'closing.confirm', 'Tỉnh Bình Phước', false],
  ['head', 'UBND xã Tân Thành', 'worklist.purge', 'UBND xã Tân Thành', false],
  ['home_affairs', 'Tỉnh Bình Phước', 'worklist.view', 'UBND xã Tân Thành', false],
  ['telecom_office', 'Tỉnh Bình Phước', 'worklist.view', 'UBND xã Tân Thành', false],
  ['province_leader', 'Tỉnh Bình Phước', 'worklist.view', 'UBND xã Tân Thành', false],
  ['campaign_office', 'Tỉnh Bình Phước', 'keys.propose_destruction', 'UBND xã Tân Thành', true],
  ['admin', 'Tỉnh Bình Phước', 'keys.propose_destruction', 'UBND xã Tân Thành', false],
  ['admin', 'Tỉnh Bình Phước', 'keys.confirm_destruction', 'UBND xã Tân Thành', true],
  ['home_affairs', 'Tỉnh Bình Phước', 'keys.confirm_destruction', 'UBND xã Tân Thành', false],
  ['coordinator', 'UBND xã Tân Thành', 'team.edit', 'UBND xã Tân Thành', true],
  ['inspector', 'UBND xã Tân Thành', 'assignment.contact', 'UBND xã Tân Thành', false],
]

describe('who may', () => {
  it.each(ROWS)('%s at %s, %s, an official of %s: %s', (role, place, action, target, isAllowed) => {
    const named = actors.find(({ name }) => name === `${role} at ${place}`)
    const member = members.find(row => row.place === target)
    if (!named || !member) throw new Error('no such actor or official')
    expect(can(named.actor, action, targetOf(member.officialId, '2024-06-12'))).toBe(isAllowed)
  })

  it('nobody confirms their own', () => {
    for (const { person, place } of heads)
      expect(can(person, 'help.confirm', targetOf(person.officialId ?? 0, '2024-06-12')), place).toBe(false)
  })

  it("a head's is confirmed one level up, not by their own coordinator", () => {
    const head = heads.find(({ place }) => place === 'UBND xã Tân Thành')?.person
    const target = targetOf(head?.officialId ?? 0, '2024-06-12')
    const named = (name: string) => actors.find(row => row.name === name)?.actor as Actor
    expect(can(named('coordinator at UBND xã Tân Thành'), 'obligation.confirm', target)).toBe(false)
    expect(can(named('head at Thành phố Đồng Xoài'), 'obligation.confirm', target)).toBe(true)
  })

  it("at the root a head's is confirmed by another grant of the root", () => {
    const head = heads.find(({ place }) => place === 'Tỉnh Bình Phước')?.person
    const target = targetOf(head?.officialId ?? 0, '2024-06-12')
    const other = actors.find(row => row.name === 'coordinator at Tỉnh Bình Phước')?.actor as Actor
    expect(can(head as Actor, 'obligation.confirm', target)).toBe(false)
    expect(can(other, 'obligation.confirm', target)).toBe(true)
  })
})
