import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { activate, createOfficeAccount, issueActivation, issueActivations } from '#app/queries/account.server.ts'
import { appointCoordinator } from '#app/queries/grant.server.ts'
import { isSecondTo, isTwoPeople, secondsOf } from '#app/queries/independence.server.ts'
import { done, dropProvince, grantTo, makeOfficial, makeProvince, system, unitNamed } from '../make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const PASSWORD = 'mot cau de nho 2024'
const anonymous = { kind: 'anonymous' } as const

describe('ties of the database', () => {
  it('comes of a code in force, its use, and a role; not of the system, nor of a code that was replaced', async () => {
    const commune = unitNamed('Phường Tân Bình')
    const head = grantTo(makeOfficial(commune.id).actor, 'head', commune.id)
    const coordinator = grantTo(makeOfficial(commune.id).actor, 'coordinator', commune.id)
    const person = makeOfficial(commune.id)
    expect(isSecondTo(coordinator, person.accountId)).toBe(true)
    issueActivation(system, person.accountId)
    expect(isSecondTo(coordinator, person.accountId)).toBe(true)

    const [slip] = issueActivations(coordinator, [person.officialId])
    expect(isSecondTo(coordinator, person.accountId)).toBe(false)
    expect(isSecondTo(head, person.accountId)).toBe(true)
    expect([...secondsOf().dependentOfficials(coordinator).keys()]).toContain(person.officialId)
    await activate(anonymous, slip?.code ?? '', PASSWORD)
    expect(isSecondTo(coordinator, person.accountId)).toBe(false)

    const [next] = issueActivations(head, [person.officialId])
    await activate(anonymous, next?.code ?? '', PASSWORD)
    expect(isSecondTo(head, person.accountId)).toBe(false)
    expect(isSecondTo(coordinator, person.accountId, Date.parse('2099-01-01'))).toBe(true)
    // what was done under the first code is not theirs to confirm
    expect(isSecondTo(coordinator, person.accountId, 0)).toBe(false)

    const other = makeOfficial(commune.id)
    done(appointCoordinator(head, { officialId: other.officialId, unitId: commune.id }))
    expect(isSecondTo(head, other.accountId)).toBe(false)
    expect(isSecondTo(other.actor, head.accountId)).toBe(false)
  })

  it('of two office accounts: one administrator made both', () => {
    const root = unitNamed('Tỉnh Bình Phước')
    const admin = grantTo(makeOfficial(root.id).actor, 'admin', root.id)
    const other = grantTo(makeOfficial(root.id).actor, 'admin', root.id)
    const make = (actor: typeof admin, login: string) =>
      done(createOfficeAccount(actor, { login, displayName: login })).accountId
    const [one, two, three] = [make(admin, 'thu1'), make(admin, 'thu2'), make(other, 'thu3')]
    expect(isTwoPeople(one, two)).toBe(false)
    expect(isTwoPeople(one, admin.accountId)).toBe(false)
    expect(isTwoPeople(one, three)).toBe(true)
  })
})
