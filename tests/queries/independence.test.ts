import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, Person } from '#app/access/policy.ts'
import type { Role } from '#app/domain/vocabulary.ts'
import {
  activate,
  createOfficeAccount,
  grantsOf,
  issueActivation,
  issueActivations,
  personOf,
} from '#app/queries/account.server.ts'
import { listAccountNotices } from '#app/queries/account-notice.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { listHeldElsewhere } from '#app/queries/confirmer.server.ts'
import { appointCoordinator, grantRole, listGrants } from '#app/queries/grant.server.ts'
import { decideGrantRequest } from '#app/queries/grant-request.server.ts'
import { requireRights } from '#app/queries/held-rights.server.ts'
import { waitingHelp } from '#app/queries/help-list.server.ts'
import { isSecondTo, isTwoPeople, secondsOf } from '#app/queries/independence.server.ts'
import { confirmObligations, declareObligation, listWaitingObligations } from '#app/queries/obligation.server.ts'
import { findVouchers, listOfficeReceipts, listReceipts, vouchForReceipt } from '#app/queries/receipt.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  confirmNow,
  done,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  recordMany,
  statusOf,
  system,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const PASSWORD = 'mot cau de nho 2024'
const anonymous = { kind: 'anonymous' } as const

describe('ties of the database', () => {
  it('comes of a code in force, its use, and a role; not of the system, nor of a code that was replaced', async () => {
    const commune = unitNamed('UBND phường Tân Phú')
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

/** Holders of roles have signed in once, as in a province at work. */
const signedIn = (...people: { accountId: number }[]) => {
  for (const { accountId } of people) prepared("update account set password_hash = 'x' where id = ?").run(accountId)
}
const activateFor = async (actor: Parameters<typeof issueActivations>[0], person: { officialId: number }) => {
  const [slip] = issueActivations(actor, [person.officialId])
  await activate(anonymous, slip?.code ?? '', PASSWORD)
}
/** Confirms records as they are now. */
const confirm = (actor: Actor, helpIds: readonly number[]) => confirmNow(actor, CAMPAIGN, helpIds)
const placed = (unitId: number, role?: 'head' | 'coordinator') => {
  const made = makeOfficial(unitId)
  return { ...made, actor: role ? grantTo(made.actor, role, unitId) : made.actor }
}
const declare = (person: { actor: ReturnType<typeof makeOfficial>['actor']; officialId: number }) => {
  done(
    declareObligation(person.actor, CAMPAIGN, {
      officialId: person.officialId,
      declaration: { part: 'portal_national', firstLoginOn: '2024-05-01' },
      evidence: null,
    }),
  )
  return prepared<number>('select max(id) from obligation').pluck().one()
}

describe('a unit with one head, who hands out every slip', () => {
  it('waits for the level above, named, until that level has noted that people received their accounts', async () => {
    const commune = unitNamed('UBND phường Tân Phú')
    const district = unitNamed('Thành phố Đồng Xoài')
    const head = placed(commune.id, 'head')
    const above = placed(district.id, 'head')
    signedIn(head, above)
    const person = placed(commune.id)
    await activateFor(head.actor, person)
    const helpIds = recordMany(person, 2)
    const part = declare(person)

    expect(waitingHelp(head.actor, CAMPAIGN, { unitPath: commune.path }).total).toBe(0)
    expect(listWaitingObligations(head.actor, CAMPAIGN, { unitPath: commune.path }).total).toBe(0)
    expect(confirm(head.actor, helpIds)).toEqual({ confirmed: 0, left: helpIds })
    expect(confirmObligations(head.actor, CAMPAIGN, [part])).toEqual({ confirmed: 0, left: [part] })
    expect(listHeldElsewhere(head.actor, CAMPAIGN, commune.path)).toMatchObject({
      total: 1,
      rows: [{ officialId: person.officialId, help: 2, obligations: 1, confirmers: [{ accountId: above.accountId }] }],
    })
    const reminded = (actor: Person) =>
      listReminders(actor, CAMPAIGN, '2024-06-12').filter(row => row.kind === 'receipts')
    expect(reminded(above.actor)).toMatchObject([{ count: 1, unit: { id: district.id } }])
    expect(reminded(head.actor)).toEqual([])
    // the head cannot vouch for the codes that they gave
    expect(listReceipts(head.actor, commune.id)).toMatchObject({ open: [], own: 1 })
    expect(vouchForReceipt(head.actor, [person.accountId])).toEqual({ noted: 0, left: [person.accountId] })

    expect(confirm(above.actor, [helpIds[0] ?? 0])).toEqual({ confirmed: 1, left: [] })
    expect(vouchForReceipt(above.actor, [person.accountId])).toEqual({ noted: 1, left: [] })
    expect(listHeldElsewhere(head.actor, CAMPAIGN, commune.path).total).toBe(0)
    expect(waitingHelp(head.actor, CAMPAIGN, { unitPath: commune.path }).total).toBe(1)
    expect(confirm(head.actor, helpIds)).toMatchObject({ confirmed: 1 })
    expect(confirmObligations(head.actor, CAMPAIGN, [part])).toEqual({ confirmed: 1, left: [] })
  })
})

describe('a unit with head and coordinator', () => {
  it('gets on by itself: the head confirms what the coordinator’s slips opened, and either vouches', async () => {
    const commune = unitNamed('UBND phường Tân Phú')
    const [head, coordinator, person] = [
      placed(commune.id, 'head'),
      placed(commune.id, 'coordinator'),
      placed(commune.id),
    ]
    signedIn(head, coordinator)
    await activateFor(coordinator.actor, person)
    const [first = 0, second = 0] = recordMany(person, 2)
    expect(confirm(coordinator.actor, [first])).toEqual({ confirmed: 0, left: [first] })
    expect(confirm(head.actor, [first])).toEqual({ confirmed: 1, left: [] })
    expect(vouchForReceipt(head.actor, [person.accountId])).toEqual({ noted: 1, left: [] })
    expect(confirm(coordinator.actor, [second])).toEqual({ confirmed: 1, left: [] })
  })

  it('no coordinator opens another’s account, and who replaced two passwords is not two people', async () => {
    const commune = unitNamed('UBND phường Tân Phú')
    const [head, one, two, person] = [
      placed(commune.id, 'head'),
      placed(commune.id, 'coordinator'),
      placed(commune.id, 'coordinator'),
      placed(commune.id),
    ]
    signedIn(head, one, two, person)
    expect(statusOf(() => issueActivations(one.actor, [two.officialId]))).toBe(403)
    await activateFor(head.actor, two)
    await activateFor(head.actor, person)
    expect(listAccountNotices(person.actor)).toMatchObject([{ kind: 'own_reset', by: head.name }])
    const [helpId = 0] = recordMany(person, 1)
    expect(confirm(two.actor, [helpId])).toEqual({ confirmed: 0, left: [helpId] })
    // nor does the second account vouch for what the same head opened
    expect(vouchForReceipt(two.actor, [person.accountId])).toEqual({ noted: 0, left: [person.accountId] })
    expect(confirm(one.actor, [helpId])).toEqual({ confirmed: 1, left: [] })
  })
})

describe('at the top', () => {
  it('another root head confirms, else the campaign office', () => {
    const root = unitNamed('Tỉnh Bình Phước')
    const health = unitNamed('Sở Y tế')
    const chair = placed(root.id, 'head')
    const office = grantTo(makeOfficial(health.id).actor, 'campaign_office', root.id)
    signedIn(chair)
    const [first = 0, second = 0] = recordMany(chair, 2)
    expect(waitingHelp(office, CAMPAIGN, { unitPath: root.path }).total).toBe(2)
    expect(confirm(office, [first])).toEqual({ confirmed: 1, left: [] })
    const other = placed(root.id, 'head')
    signedIn(other)
    expect(waitingHelp(office, CAMPAIGN, { unitPath: root.path }).total).toBe(0)
    expect(statusOf(() => confirm(office, [second]))).toBe(404)
    expect(confirm(other.actor, [second])).toEqual({ confirmed: 1, left: [] })
  })

  it('of an armed-forces tree another holder of a role there confirms, else the campaign office', () => {
    const command = unitNamed('Bộ Chỉ huy Quân sự tỉnh')
    const root = unitNamed('Tỉnh Bình Phước')
    const commander = placed(command.id, 'head')
    const office = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'campaign_office', root.id)
    const outside = grantTo(makeOfficial(root.id).actor, 'head', root.id)
    signedIn(commander, outside)
    const [first = 0, second = 0] = recordMany(commander, 2)
    const part = declare(commander)
    expect(statusOf(() => confirm(outside, [first]))).toBe(404)
    expect(confirm(office, [first])).toEqual({ confirmed: 1, left: [] })
    expect(confirmObligations(office, CAMPAIGN, [part])).toEqual({ confirmed: 1, left: [] })
    const adjutant = placed(command.id, 'coordinator')
    signedIn(adjutant)
    expect(statusOf(() => confirm(office, [second]))).toBe(404)
    expect(confirm(adjutant.actor, [second])).toEqual({ confirmed: 1, left: [] })
  })

  it('the campaign office vouches for accounts that a root head opened, and no other', async () => {
    const root = unitNamed('Tỉnh Bình Phước')
    const office = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'campaign_office', root.id)
    const chair = placed(root.id, 'head')
    const [person, elsewhere] = [placed(root.id), placed(unitNamed('UBND phường Tân Phú').id)]
    const local = placed(unitNamed('UBND phường Tân Phú').id, 'head')
    signedIn(chair, local)
    await activateFor(chair.actor, person)
    await activateFor(local.actor, elsewhere)
    expect(listReceipts(office, root.id)?.open.map(row => row.accountId)).toEqual([person.accountId])
    expect(statusOf(() => vouchForReceipt(office, [elsewhere.accountId]))).toBe(404)
    expect(vouchForReceipt(office, [person.accountId])).toEqual({ noted: 1, left: [] })
  })
})

it('an administrator replaces no password of a unit’s role holder whom somebody above can serve', () => {
  const root = unitNamed('Tỉnh Bình Phước')
  const admin = grantTo(makeOfficial(root.id).actor, 'admin', root.id)
  const [chair, local] = [placed(root.id, 'head'), placed(unitNamed('UBND phường Tân Phú').id, 'head')]
  expect(statusOf(() => issueActivation(admin, local.accountId))).toBeNull()
  signedIn(local)
  expect(statusOf(() => issueActivation(admin, local.accountId))).toBeNull()
  signedIn(chair)
  expect(statusOf(() => issueActivation(admin, local.accountId))).toBe(403)
  expect(statusOf(() => issueActivation(admin, chair.accountId))).toBeNull()
})

it('an administrator who replaces an official’s and a coordinator’s password is not two people', async () => {
  const commune = unitNamed('UBND phường Tân Phú')
  const admin = grantTo(makeOfficial(unitNamed('Tỉnh Bình Phước').id).actor, 'admin', unitNamed('Tỉnh Bình Phước').id)
  const [coordinator, person] = [placed(commune.id, 'coordinator'), placed(commune.id)]
  signedIn(coordinator, person)
  for (const { accountId } of [coordinator, person]) {
    const { code } = issueActivation(admin, accountId)
    await activate(anonymous, code, PASSWORD)
  }
  const [helpId = 0] = recordMany(person, 1)
  expect(confirm(coordinator.actor, [helpId])).toEqual({ confirmed: 0, left: [helpId] })
})

describe('a role that one administrator could act by', () => {
  const root = () => unitNamed('Tỉnh Bình Phước')
  const makeAdmin = () => placedAt(root().id, 'admin')
  const placedAt = (unitId: number, role: Role) => {
    const made = makeOfficial(unitId)
    signedIn(made)
    return { ...made, actor: grantTo(made.actor, role, root().id) }
  }
  const open = async (admin: Person, accountId: number) =>
    done(await activate(anonymous, issueActivation(admin, accountId).code, PASSWORD))
  const give = (admin: Person, accountId: number, unitId: number) =>
    grantRole(admin, { accountId, role: 'head', unitId, fromOn: campaignToday(), toOn: null })
  const rolesOf = (accountId: number) => personOf(accountId, campaignToday())?.grants.map(({ role }) => role)

  it.each(['role first', 'code first'])('sleeps until a second person ticks the receipt: %s', async order => {
    const commune = unitNamed('UBND phường Tân Phú')
    const [admin, second] = [makeAdmin(), makeAdmin()]
    const person = makeOfficial(commune.id)
    if (order === 'code first') await open(admin.actor, person.accountId)
    give(admin.actor, person.accountId, commune.id)
    expect(rolesOf(person.accountId)).toEqual(order === 'code first' ? [] : ['head'])
    if (order === 'role first') await open(admin.actor, person.accountId)

    expect(rolesOf(person.accountId)).toEqual([])
    expect(grantsOf(person.accountId, campaignToday())).toMatchObject([{ role: 'head' }])
    expect(listAccountNotices({ ...person.actor, grants: [] })).toMatchObject([
      { kind: 'asleep', role: 'head', unitName: titleOfUnit(commune.id), by: [second.name] },
    ])
    expect(listGrants(second.actor, person.accountId)).toMatchObject([{ waitsFor: [second.name] }])
    const reminded = (actor: Person) => listReminders(actor, CAMPAIGN, '2024-06-12').map(({ kind }) => kind)
    expect(reminded(second.actor)).toContain('receipts')
    expect(reminded(admin.actor)).not.toContain('receipts')
    // who is of the campaign office as well is reminded once
    const both = grantTo(second.actor, 'campaign_office', root().id)
    expect(reminded(both).filter(kind => kind === 'receipts')).toEqual(['receipts'])
    expect(vouchForReceipt(admin.actor, [person.accountId])).toEqual({ noted: 0, left: [person.accountId] })
    expect(listOfficeReceipts(second.actor).open).toMatchObject([{ accountId: person.accountId }])
    expect(vouchForReceipt(second.actor, [person.accountId])).toEqual({ noted: 1, left: [] })
    expect(rolesOf(person.accountId)).toEqual(['head'])
    expect(listGrants(second.actor, person.accountId)).toMatchObject([{ waitsFor: null }])
  })

  it('names the other role holder first, then those above; nobody: a second administrator', async () => {
    const commune = unitNamed('UBND phường Tân Phú')
    const admin = makeAdmin()
    const person = makeOfficial(commune.id)
    give(admin.actor, person.accountId, commune.id)
    await open(admin.actor, person.accountId)
    expect(findVouchers(person.accountId)).toEqual([])
    const office = placedAt(root().id, 'campaign_office')
    expect(findVouchers(person.accountId)).toEqual([office.name])
    const above = placed(unitNamed('Thành phố Đồng Xoài').id, 'head')
    const coordinator = placed(commune.id, 'coordinator')
    signedIn(above, coordinator)
    expect(findVouchers(person.accountId)).toEqual([coordinator.name, above.name, office.name])
    expect(vouchForReceipt(office.actor, [person.accountId])).toEqual({ noted: 1, left: [] })
    expect(findVouchers(person.accountId)).toBeNull()
  })

  it('is awake where somebody else gave it, or a second person agreed to it', async () => {
    const commune = unitNamed('UBND phường Tân Phú')
    const [admin, second] = [makeAdmin(), makeAdmin()]
    const [one, two] = [makeOfficial(commune.id), makeOfficial(commune.id)]
    give(second.actor, one.accountId, commune.id)
    await open(admin.actor, one.accountId)
    expect(rolesOf(one.accountId)).toEqual(['head'])
    grantRole(admin.actor, {
      accountId: two.accountId,
      role: 'campaign_office',
      unitId: root().id,
      fromOn: campaignToday(),
      toOn: null,
    })
    const requestId = prepared<number>('select max(id) from grant_request').pluck().one()
    done(decideGrantRequest(second.actor, { requestId, gives: true }))
    await open(admin.actor, two.accountId)
    expect(rolesOf(two.accountId)).toEqual(['campaign_office'])
  })

  it('sleeps once an administrator replaced its holder’s password, by another’s code or a tick it wakes', async () => {
    const [admin, second] = [makeAdmin(), makeAdmin()]
    const office = placedAt(root().id, 'campaign_office')
    const { code } = issueActivation(admin.actor, office.accountId)
    // a code that is not used yet takes nothing from its owner
    expect(rolesOf(office.accountId)).toEqual(['campaign_office'])
    await activate(anonymous, code, PASSWORD)
    expect(rolesOf(office.accountId)).toEqual([])
    expect(statusOf(() => requireRights(office.actor, ''))).toBe(403)
    expect(vouchForReceipt(second.actor, [office.accountId])).toEqual({ noted: 1, left: [] })
    expect(rolesOf(office.accountId)).toEqual(['campaign_office'])
    await open(admin.actor, office.accountId)
    expect(rolesOf(office.accountId)).toEqual([])
    done(await activate(anonymous, issueActivation(system, office.accountId).code, PASSWORD))
    expect(rolesOf(office.accountId)).toEqual(['campaign_office'])
  })
})

it('a coordinator whom a head appointed and opened is no second to the people whose slips that head gave', async () => {
  const commune = unitNamed('UBND phường Tân Phú')
  const district = unitNamed('Thành phố Đồng Xoài')
  const [head, above] = [placed(commune.id, 'head'), placed(district.id, 'head')]
  const [coordinator, person] = [makeOfficial(commune.id), makeOfficial(commune.id)]
  signedIn(head, above)
  await activateFor(head.actor, coordinator)
  done(appointCoordinator(head.actor, { officialId: coordinator.officialId, unitId: commune.id }))
  await activateFor(head.actor, person)
  const [helpId = 0] = recordMany(person, 1)
  const acting = personOf(coordinator.accountId, campaignToday())
  if (!acting) throw new Error('no account')
  expect(acting.grants).toMatchObject([{ role: 'coordinator' }])
  expect(confirm(acting, [helpId])).toEqual({ confirmed: 0, left: [helpId] })
  expect(vouchForReceipt(above.actor, [coordinator.accountId])).toEqual({ noted: 1, left: [] })
  expect(confirm(acting, [helpId])).toEqual({ confirmed: 1, left: [] })
})
