import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, Person } from '#app/access/policy.ts'
import { answerOf } from '#app/access/refusal.server.ts'
import { listSessions, startSession } from '#app/access/session.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import type { Role } from '#app/domain/vocabulary.ts'
import {
  activate,
  createOfficeAccount,
  disableAccount,
  enableAccount,
  findActivation,
  issueActivation,
  personOf,
} from '#app/queries/account.server.ts'
import { findAccount, listAccounts } from '#app/queries/account-list.server.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { appointCoordinator, endGrant, grantRole, listCoordinators, listGrants } from '#app/queries/grant.server.ts'
import {
  countAdministrators,
  countGrantRequests,
  decideGrantRequest,
  listGrantRequests,
  requestsFor,
} from '#app/queries/grant-request.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { account } from '#db/schema.ts'
import {
  CAMPAIGN,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  NOW,
  problemOf,
  system,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const TODAY = '2024-06-12'
const always = { fromOn: '2024-01-01', toOn: null }

/** An account without an official that administers a unit's subtree, as the operator's command makes it. */
function administrator(login: string, unitId = rootUnit().id): Person {
  const made = createOfficeAccount(system, { login, displayName: `Quản trị ${login}` })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  grantRole(system, { accountId: made.accountId, role: 'admin', unitId, ...always })
  const person = personOf(made.accountId, TODAY)
  if (!person) throw new Error('no account')
  return person
}

const rolesOf = (accountId: number, on = TODAY) => personOf(accountId, on)?.grants.map(grant => grant.role)

/** The second person gives every role that waits. */
function giveAll(second: Person) {
  for (const { id } of listGrantRequests(second))
    expect(decideGrantRequest(second, { requestId: id, gives: true }).ok).toBe(true)
}

/** 'done', 'refused: <reason>' or the status of the Response that was thrown. */
function fate(work: () => { ok: boolean; problems?: { reason: string }[] } | object | undefined): string {
  try {
    const result = work()
    if (result && 'ok' in result && !result.ok) return `refused: ${result.problems?.map(p => p.reason)}`
    return 'done'
  } catch (error) {
    if (error instanceof Refusal) return String(answerOf(error).status)
    throw error
  }
}

describe('grantRole', () => {
  it.each<{ who: string; actor: () => Actor; over: string; fate: string }>([
    { who: 'the province’s administrator', actor: () => administrator('ad'), over: 'Sở Nội vụ', fate: 'done' },
    {
      who: 'an administrator of that unit',
      actor: () => administrator('ad', unitNamed('Sở Nội vụ').id),
      over: 'Sở Nội vụ',
      fate: 'done',
    },
    {
      who: 'an administrator of that unit, over the province',
      actor: () => administrator('ad', unitNamed('Sở Nội vụ').id),
      over: 'Tỉnh Bình Phước',
      fate: '403',
    },
    {
      who: 'an administrator of another unit',
      actor: () => administrator('ad', unitNamed('Sở Tài chính').id),
      over: 'Sở Nội vụ',
      fate: '403',
    },
    {
      who: 'the head of the unit',
      actor: () => grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'head', unitNamed('Sở Nội vụ').id),
      over: 'Sở Nội vụ',
      fate: '403',
    },
    { who: 'nobody', actor: () => ({ kind: 'anonymous' }), over: 'Sở Nội vụ', fate: '403' },
  ])('$who makes a head at $over of somebody of Sở Nội vụ: $fate', ({ actor, over, fate: expected }) => {
    const somebody = makeOfficial(unitNamed('Sở Nội vụ').id)
    const by = actor()
    const input = { accountId: somebody.accountId, role: 'head' as Role, unitId: unitNamed(over).id, ...always }
    expect(fate(() => grantRole(by, input))).toBe(expected)
    expect(rolesOf(somebody.accountId)).toEqual(expected === 'done' ? ['head'] : [])
  })

  it('lets no administrator grant to themself, official or not', () => {
    const office = administrator('ad')
    expect(fate(() => grantRole(office, { accountId: office.accountId, role: 'head', unitId: 1, ...always }))).toBe(
      '403',
    )
    const person = makeOfficial(unitNamed('Sở Nội vụ').id)
    const official = grantTo(person.actor, 'admin', 1)
    expect(fate(() => grantRole(official, { accountId: person.accountId, role: 'head', unitId: 1, ...always }))).toBe(
      '403',
    )
  })

  it('reaches armed-forces people only from within their own tree, which gets an administrator from outside', () => {
    const police = unitNamed('Công an tỉnh (thường trực Tổ công tác Đề án 06)')
    const officer = makeOfficial(police.id)
    const outside = administrator('ad')
    const toOfficer = { accountId: officer.accountId, role: 'campaign_office' as Role, unitId: police.id, ...always }
    expect(fate(() => grantRole(outside, toOfficer))).toBe('403')
    expect(findAccount(outside, officer.accountId)).toBeUndefined()
    expect(listAccounts(outside, { search: officer.name }).rows).toEqual([])

    const office = createOfficeAccount(outside, { login: 'ca', displayName: 'Quản trị Công an tỉnh' })
    if (!office.ok) throw new Error('refused')
    grantRole(outside, { accountId: office.accountId, role: 'admin', unitId: police.id, ...always })
    giveAll(administrator('ad2'))
    const inside = personOf(office.accountId, TODAY)
    if (!inside) throw new Error('no account')
    expect(fate(() => grantRole(inside, toOfficer))).toBe('done')
    expect(listAccounts(inside, {}).rows.map(row => row.displayName)).toEqual([officer.name])
  })

  it.each([
    { grant: 'from today on', fromOn: TODAY, toOn: null, holds: { '2024-06-11': false, '2024-06-12': true } },
    { grant: 'one day', fromOn: TODAY, toOn: TODAY, holds: { '2024-06-12': true, '2024-06-13': false } },
    { grant: 'next week', fromOn: '2024-06-19', toOn: null, holds: { '2024-06-12': false, '2024-06-19': true } },
  ])('holds as dated: $grant', ({ fromOn, toOn, holds }) => {
    const somebody = makeOfficial(unitNamed('Sở Nội vụ').id)
    grantRole(system, { accountId: somebody.accountId, role: 'head', unitId: 1, fromOn, toOn })
    for (const [day, expected] of Object.entries(holds))
      expect(rolesOf(somebody.accountId, day)).toEqual(expected ? ['head'] : [])
  })

  it.each([
    { second: 'the same span', fromOn: '2024-06-01', toOn: '2024-06-30', fate: 'refused: already_granted' },
    { second: 'overlapping by a day', fromOn: '2024-06-30', toOn: null, fate: 'refused: already_granted' },
    { second: 'the day after', fromOn: '2024-07-01', toOn: null, fate: 'done' },
    { second: 'ends before it starts', fromOn: '2024-08-02', toOn: '2024-08-01', fate: 'refused: ends_before_start' },
  ])('a second grant of the same role over June’s: $second – $fate', ({ fromOn, toOn, fate: expected }) => {
    const { accountId } = makeOfficial(unitNamed('Sở Nội vụ').id)
    grantRole(system, { accountId, role: 'head', unitId: 1, fromOn: '2024-06-01', toOn: '2024-06-30' })
    expect(fate(() => grantRole(system, { accountId, role: 'head', unitId: 1, fromOn, toOn }))).toBe(expected)
  })
})

describe('a role of an office', () => {
  const ask = (actor: Actor, accountId: number) =>
    grantRole(actor, { accountId, role: 'campaign_office', unitId: rootUnit().id, fromOn: TODAY, toOn: null })
  const requestId = () => prepared<number>('select max(id) from grant_request').pluck().one()
  const give = (actor: Person) => fate(() => decideGrantRequest(actor, { requestId: requestId(), gives: true }))

  it('waits for a second administrator, whom the first did not make', () => {
    const admin = administrator('ad')
    const { accountId } = makeOfficial(unitNamed('Sở Nội vụ').id)
    expect(ask(admin, accountId)).toEqual({ ok: true, grantId: null })
    expect(rolesOf(accountId)).toEqual([])
    expect(requestsFor(accountId)).toMatchObject([{ role: 'campaign_office', askedByName: 'Quản trị ad' }])
    expect(give(admin)).toBe('403')

    const minted = createOfficeAccount(admin, { login: 'ad.minh', displayName: 'Tự lập' })
    if (!minted.ok) throw new Error('refused')
    grantRole(system, { accountId: minted.accountId, role: 'admin', unitId: rootUnit().id, ...always })
    const puppet = personOf(minted.accountId, TODAY)
    if (!puppet) throw new Error('no account')
    expect(listGrantRequests(puppet)).toMatchObject([{ refusal: 'not_second' }])
    expect(countGrantRequests(puppet)).toBe(1)
    expect(give(puppet)).toBe('403')
    expect(give(makeOfficial(unitNamed('Sở Nội vụ').id).actor)).toBe('404')

    expect(give(administrator('ad2'))).toBe('done')
    expect(rolesOf(accountId)).toEqual(['campaign_office'])
    expect(listGrantRequests(admin)).toEqual([])
    expect(give(administrator('ad3'))).toBe('404')
  })

  it('or for the head of the office where the person works; who sees it may drop it', () => {
    const admin = administrator('ad')
    const office = unitNamed('Sở Nội vụ')
    const head = grantTo(makeOfficial(office.id).actor, 'head', office.id)
    const elsewhere = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'head', unitNamed('Sở Y tế').id)
    const { accountId } = makeOfficial(office.id)
    ask(admin, accountId)
    expect(give(elsewhere)).toBe('404')
    expect(give(head)).toBe('done')
    const other = makeOfficial(office.id)
    ask(admin, other.accountId)
    expect(decideGrantRequest(admin, { requestId: requestId(), gives: false }).ok).toBe(true)
    expect(rolesOf(other.accountId)).toEqual([])
    expect(requestsFor(other.accountId)).toEqual([])
  })

  it('of a database with one administrator waits; a unit’s role does not', () => {
    const admin = administrator('ad')
    expect(countAdministrators(TODAY)).toBe(1)
    administrator('ad2')
    expect(countAdministrators(TODAY)).toBe(2)
    const { accountId } = makeOfficial(unitNamed('Sở Nội vụ').id)
    grantRole(admin, { accountId, role: 'head', unitId: unitNamed('Sở Nội vụ').id, fromOn: TODAY, toOn: null })
    expect(rolesOf(accountId)).toEqual(['head'])
  })
})

describe('endGrant', () => {
  it('ends at once, stays on record, is logged, and can be given again the same day', () => {
    const admin = administrator('ad')
    const { accountId } = makeOfficial(unitNamed('Sở Nội vụ').id)
    const made = grantRole(admin, { accountId, role: 'head', unitId: 1, fromOn: TODAY, toOn: null })
    if (!made.ok) throw new Error('refused')
    endGrant(admin, made.grantId ?? 0)
    expect(rolesOf(accountId)).toEqual([])
    expect(listGrants(admin, accountId)).toMatchObject([{ state: 'ended' }])
    expect(grantRole(admin, { accountId, role: 'head', unitId: 1, fromOn: TODAY, toOn: null }).ok).toBe(true)
    expect(prepared("select verb from event where subject = 'role_grant' order by id desc limit 3").all()).toEqual([
      { verb: 'grant' },
      { verb: 'end' },
      { verb: 'grant' },
    ])
  })

  it('is not for one’s own grants', () => {
    const admin = administrator('ad')
    const own = listGrants(admin, admin.accountId)?.[0]
    expect(fate(() => endGrant(admin, own?.id ?? 0))).toBe('403')
  })
})

describe('appointCoordinator', () => {
  const commune = () => unitNamed('UBND xã Tân Thành')
  const district = () => unitNamed('Thành phố Đồng Xoài')
  const headOf = (unitId: number) => grantTo(makeOfficial(unitId).actor, 'head', unitId)

  it.each<{ who: string; head: () => Person; fate: string }>([
    { who: 'the unit’s head', head: () => headOf(commune().id), fate: 'done' },
    { who: 'the head one level up', head: () => headOf(district().id), fate: 'done' },
    { who: 'the head of another unit', head: () => headOf(unitNamed('Sở Nội vụ').id), fate: '403' },
    {
      who: 'the unit’s coordinator',
      head: () => grantTo(makeOfficial(commune().id).actor, 'coordinator', commune().id),
      fate: '403',
    },
  ])('by $who: $fate', ({ head, fate: expected }) => {
    const person = makeOfficial(commune().id)
    const by = head()
    const input = { officialId: person.officialId, unitId: commune().id }
    expect(fate(() => appointCoordinator(by, input))).toBe(expected)
    expect(rolesOf(person.accountId)).toEqual(expected === 'done' ? ['coordinator'] : [])
  })

  it('is neither for oneself, nor for somebody of elsewhere, nor for a unit of elsewhere', () => {
    const head = headOf(commune().id)
    const stranger = makeOfficial(unitNamed('Sở Nội vụ').id)
    const own = makeOfficial(commune().id)
    const appoint = (officialId: number, unitId: number) => fate(() => appointCoordinator(head, { officialId, unitId }))
    expect(appoint(head.officialId ?? 0, commune().id)).toBe('403')
    expect(appoint(stranger.officialId, commune().id)).toBe('403')
    expect(appoint(own.officialId, district().id)).toBe('403')
  })

  it('is ended by the head, who ends no other role', () => {
    const head = headOf(commune().id)
    const person = makeOfficial(commune().id)
    const made = appointCoordinator(head, { officialId: person.officialId, unitId: commune().id })
    if (!made.ok) throw new Error('refused')
    const inspector = grantRole(system, {
      accountId: person.accountId,
      role: 'inspector',
      unitId: commune().id,
      ...always,
    })
    if (!inspector.ok) throw new Error('refused')
    expect(listCoordinators(head, commune().id)).toMatchObject([
      { accountId: person.accountId, allowed: { end: true } },
    ])
    endGrant(head, made.grantId)
    expect(listCoordinators(head, commune().id)).toEqual([])
    expect(fate(() => endGrant(head, inspector.grantId ?? 0))).toBe('403')
  })
})

describe('accounts', () => {
  it('an office account is made once for a login, and its code sets the first password', async () => {
    const admin = administrator('ad')
    const made = createOfficeAccount(admin, { login: 'kiemtoan2', displayName: 'Kiểm toán nội bộ' })
    if (!made.ok) throw new Error('refused')
    expect(fate(() => createOfficeAccount(admin, { login: 'kiemtoan2', displayName: 'Khác' }))).toBe(
      'refused: login_taken',
    )
    expect((await activate({ kind: 'anonymous' }, made.issued.code, 'một câu dễ nhớ')).ok).toBe(true)
    expect(findAccount(admin, made.accountId)).toMatchObject({ isActivated: true, unit: null })
  })

  it('disabling ends sessions and unused codes; enabling lets in again', async () => {
    const admin = administrator('ad')
    const { accountId } = makeOfficial(unitNamed('Sở Nội vụ').id)
    await startSession(accountId, { campaignId: CAMPAIGN, userAgent: 'test', isProven: false })
    const { code } = issueActivation(admin, accountId)
    expect(findActivation(code)?.accountId).toBe(accountId)
    disableAccount(admin, accountId)
    expect(listSessions(accountId)).toEqual([])
    expect(personOf(accountId, TODAY)).toBeUndefined()
    enableAccount(admin, accountId)
    expect(personOf(accountId, TODAY)?.accountId).toBe(accountId)
    expect(findActivation(code)).toBeUndefined()
  })

  it('an administrator does not get at an account that holds a role beyond their command', () => {
    const unit = unitNamed('Sở Nội vụ')
    const person = makeOfficial(unit.id)
    const admin = administrator('ad', unit.id)
    expect(fate(() => issueActivation(admin, person.accountId))).toBe('done')
    grantTo(person.actor, 'home_affairs', 1)
    expect(fate(() => issueActivation(admin, person.accountId))).toBe('403')
    expect(findAccount(admin, person.accountId)?.allowed.manage).toBe(false)
  })

  it('nobody disables themself or resets their own password as an administrator', () => {
    const admin = administrator('ad')
    expect(fate(() => disableAccount(admin, admin.accountId) as undefined)).toBe('403')
    expect(fate(() => issueActivation(admin, admin.accountId))).toBe('403')
  })

  it.each([
    { search: 'duc anh', finds: ['Lê Đức Anh'] },
    { search: 'Đức', finds: ['Lê Đức Anh'] },
    { search: 'quan tri', finds: ['Quản trị ad'] },
    { search: 'AD', finds: ['Quản trị ad'] },
    { search: 'khong co ai', finds: [] },
  ])('are found by “$search”', ({ search, finds }) => {
    const admin = administrator('ad')
    makeOfficial(unitNamed('Sở Nội vụ').id, { name: 'Lê Đức Anh' })
    makeOfficial(unitNamed('Sở Nội vụ').id, { name: 'Phạm Thị Bích' })
    expect(listAccounts(admin, { search }).rows.map(row => row.displayName)).toEqual(finds)
  })

  it('come page by page, each once, within the administrator’s units only', () => {
    const unit = unitNamed('Sở Nội vụ')
    const inside = Array.from({ length: 5 }, () => makeOfficial(unit.id).accountId)
    makeOfficial(unitNamed('Sở Tài chính').id)
    const admin = administrator('ad', unit.id)
    const seen: number[] = []
    let after: string | undefined
    do {
      const page = listAccounts(admin, { limit: 2, after })
      seen.push(...page.rows.map(row => row.id))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen.sort((a, b) => a - b)).toEqual(inside.sort((a, b) => a - b))
  })

  it('come with the roles that each holds today, and are narrowed by them', () => {
    const unit = unitNamed('Sở Nội vụ')
    const [head, former, nobody] = [0, 1, 2].map(() => makeOfficial(unit.id).accountId)
    const during = (accountId: number | undefined, role: Role, toOn: string | null) =>
      grantRole(system, { accountId: accountId ?? 0, role, unitId: unit.id, fromOn: '2024-01-01', toOn })
    during(head, 'head', null)
    during(head, 'inspector', TODAY)
    during(former, 'head', '2024-06-11')
    const admin = administrator('ad', unit.id)
    const rows = listAccounts(admin, {}).rows
    expect([head, former, nobody].map(id => rows.find(row => row.id === id)?.roles)).toEqual([
      ['head', 'inspector'],
      [],
      [],
    ])
    expect(listAccounts(admin, { role: 'head' }).rows.map(row => row.id)).toEqual([head])
  })

  it.each([
    { state: 'active' as const, n: 1 },
    { state: 'not_activated' as const, n: 2 },
    { state: 'disabled' as const, n: 1 },
  ])('are narrowed to $state', ({ state, n }) => {
    const unit = unitNamed('Sở Nội vụ')
    const [active, , disabled] = Array.from({ length: 4 }, () => makeOfficial(unit.id).accountId)
    db.update(account)
      .set({ passwordHash: 'x' })
      .where(eq(account.id, active ?? 0))
      .run()
    db.update(account)
      .set({ passwordHash: 'x', disabledAt: NOW })
      .where(eq(account.id, disabled ?? 0))
      .run()
    expect(listAccounts(administrator('ad', unit.id), { state }).rows).toHaveLength(n)
  })
})

describe('moveClock', () => {
  it.each([
    { to: '2024-07-04T09:00+07:00', problem: null },
    { to: '2024-06-12T08:59+07:00', problem: 'not_forward' },
    { to: '2025-12-12T09:00+07:00', problem: 'too_far' },
  ])('to $to: $problem', ({ to, problem }) => {
    const { actor } = makeOfficial(unitNamed('Sở Nội vụ').id)
    expect(problemOf(moveClock(actor, Date.parse(to)))).toBe(problem)
  })

  it('is 404 where no clock was set, as in production', () => {
    prepared('delete from clock').run()
    const { actor } = makeOfficial(unitNamed('Sở Nội vụ').id)
    expect(fate(() => moveClock(actor, Date.now() + 86_400_000))).toBe('404')
  })
})
