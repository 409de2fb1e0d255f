import { Secret, TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { listSessions, readSession, startSession } from '#app/access/session.server.ts'
import { ticketOf } from '#app/access/ticket.server.ts'
import { isPrivileged } from '#app/domain/second-factor.ts'
import { ROLES } from '#app/domain/vocabulary.ts'
import { personOf } from '#app/queries/account.server.ts'
import { endGrant, grantRole } from '#app/queries/grant.server.ts'
import {
  findOwnFactor,
  findTicket,
  hasFactor,
  issueTicket,
  needsFactor,
  proveFactor,
  renewRecoveryCodes,
  resetFactor,
  setUpFactor,
} from '#app/queries/second-factor.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  statusOf,
  system,
  unitNamed,
} from '#tests/make.ts'

const TODAY = '2024-06-12'
const HERE = 'hash of this browser'
const START = Date.parse('2026-03-02T08:00:10+07:00')
const STEP_MS = 30_000

beforeEach(() => {
  makeProvince()
  vi.useFakeTimers({ toFake: ['Date'], now: START })
})
afterEach(() => {
  vi.useRealTimers()
  dropProvince()
})

const somebody = () => makeOfficial(unitNamed('Sở Nội vụ').id)
const requestWith = (setCookie: string) =>
  new Request('http://127.0.0.1/', { headers: { Cookie: setCookie.split(';')[0] ?? '' } })

/** The ticket of a sign-in whose first step is done in this browser. */
function ticketFor(accountId: number, deviceHash = HERE) {
  const { setCookie, isNew } = issueTicket(accountId, deviceHash)
  return { shown: { ticketHash: ticketOf(requestWith(setCookie)), deviceHash }, isNew }
}

const codeAt = (secret: string, at = Date.now()) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at })
const wrongAt = (secret: string) => String((Number(codeAt(secret)) + 500_000) % 1_000_000).padStart(6, '0')

/** Makes an account with its authenticator set up; the clock is then two steps later. */
function enrol(person = somebody()) {
  const { shown } = ticketFor(person.accountId)
  const secret = findTicket(shown)?.setUp?.secret ?? ''
  const codes = setUpFactor(shown, codeAt(secret))?.codes ?? []
  vi.setSystemTime(Date.now() + 2 * STEP_MS)
  return { ...person, secret, codes }
}

describe('who needs a second factor', () => {
  it.each(ROLES)('%s', role => {
    const needs = ['campaign_office', 'home_affairs', 'admin', 'inspector'].includes(role)
    expect(isPrivileged([{ role }])).toBe(needs)
    const { accountId, actor } = somebody()
    expect(needsFactor(accountId, TODAY)).toBe(false)
    grantTo(actor, role, rootUnit().id)
    expect(needsFactor(accountId, TODAY)).toBe(needs)
  })

  it('whoever has one, without a role too', () => {
    const { accountId } = enrol()
    expect(needsFactor(accountId, TODAY)).toBe(true)
  })
})

describe('setting up', () => {
  it('takes a right code of the secret of this ticket, and gives eight codes once', () => {
    const { accountId, actor } = somebody()
    const { shown, isNew } = ticketFor(accountId)
    expect(isNew).toBe(true)
    const { secret = '', uri = '' } = findTicket(shown)?.setUp ?? {}
    expect(uri).toContain(`secret=${secret}`)
    expect(setUpFactor(shown, wrongAt(secret))).toBeUndefined()
    expect(hasFactor(accountId)).toBe(false)
    const done = setUpFactor(shown, codeAt(secret))
    expect(done?.accountId).toBe(accountId)
    expect(new Set(done?.codes).size).toBe(8)
    expect(findOwnFactor(actor)).toEqual({ isSetUp: true, isRequired: false, codesLeft: 8 })
    // used up
    expect(findTicket(shown)).toBeUndefined()
    expect(setUpFactor(shown, codeAt(secret))).toBeUndefined()
  })

  it('each ticket has a secret of its own: whoever saw another does not know the one in use', () => {
    const { accountId } = somebody()
    const [one, other] = [ticketFor(accountId, 'a thief’s browser'), ticketFor(accountId)]
    const [seen, mine] = [findTicket(one.shown)?.setUp?.secret ?? '', findTicket(other.shown)?.setUp?.secret ?? '']
    expect(seen).not.toBe(mine)
    expect(setUpFactor(other.shown, codeAt(mine))).toBeDefined()
    // the thief's ticket ended with it
    expect(setUpFactor(one.shown, codeAt(seen))).toBeUndefined()
  })

  it('ends every session of before', async () => {
    const person = somebody()
    await startSession(person.accountId, { campaignId: CAMPAIGN, userAgent: 'old', isProven: false })
    enrol(person)
    expect(listSessions(person.accountId)).toEqual([])
  })

  it('neither secret nor codes lie in the database in clear', () => {
    const { secret, codes } = enrol()
    const rows = (table: string) =>
      JSON.stringify(prepared(`select * from ${table}`).all(), (_, value) =>
        value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
      )
    const all = ['second_factor', 'recovery_code', 'sign_in_ticket', 'event'].map(rows).join()
    expect(all).not.toContain(secret)
    for (const code of codes) {
      expect(all).not.toContain(code)
      expect(all).not.toContain(code.replaceAll('-', ''))
    }
  })
})

describe('the second step', () => {
  it('takes a code once, and none of a step before it', () => {
    const { accountId, secret } = enrol()
    const at = Date.now()
    const now = codeAt(secret)
    expect(proveFactor(ticketFor(accountId).shown, now)?.accountId).toBe(accountId)
    expect(proveFactor(ticketFor(accountId).shown, now)).toBeUndefined()
    expect(proveFactor(ticketFor(accountId).shown, codeAt(secret, at - STEP_MS))).toBeUndefined()
    vi.setSystemTime(at + STEP_MS)
    expect(proveFactor(ticketFor(accountId).shown, codeAt(secret))?.accountId).toBe(accountId)
  })

  it('a code used while the clock stood three days ahead bars nobody when it is set back', () => {
    const { accountId, secret } = enrol()
    const at = Date.now()
    vi.setSystemTime(at + 3 * 86_400_000)
    expect(proveFactor(ticketFor(accountId).shown, codeAt(secret))?.accountId).toBe(accountId)
    vi.setSystemTime(at + 2 * STEP_MS)
    expect(proveFactor(ticketFor(accountId).shown, codeAt(secret))?.accountId).toBe(accountId)
    expect(proveFactor(ticketFor(accountId).shown, codeAt(secret))).toBeUndefined()
  })

  it('the code of the set-up is used up too', () => {
    const { accountId } = somebody()
    const { shown } = ticketFor(accountId)
    const secret = findTicket(shown)?.setUp?.secret ?? ''
    const code = codeAt(secret)
    setUpFactor(shown, code)
    expect(proveFactor(ticketFor(accountId).shown, code)).toBeUndefined()
  })

  it.each([
    ['half a minute slow', -STEP_MS, true],
    ['half a minute fast', STEP_MS, true],
    ['a minute and a half off', 3 * STEP_MS, false],
  ])('a phone whose clock is %s', (_, off, passes) => {
    const { accountId, secret } = enrol()
    vi.setSystemTime(Date.now() + 10 * STEP_MS)
    const proven = proveFactor(ticketFor(accountId).shown, codeAt(secret, Date.now() + off))
    expect(proven !== undefined).toBe(passes)
  })

  it('a recovery code opens once, however it is typed, and is told in the log', () => {
    const { accountId, codes } = enrol()
    const [code = ''] = codes
    expect(codes).toHaveLength(8)
    for (const each of codes) expect(each).toMatch(/^([A-HJKMNP-Z2-9]{4}-){5}[A-HJKMNP-Z2-9]{4}$/)
    expect(proveFactor(ticketFor(accountId).shown, code.toLowerCase().replaceAll('-', ' '))?.left).toBe(7)
    expect(proveFactor(ticketFor(accountId).shown, code)).toBeUndefined()
    const told = prepared("select count(*) as n from event where verb = 'use' and subject = 'recovery_code'").get()
    expect(told).toEqual({ n: 1 })
  })

  it('a recovery code is its own account’s only', () => {
    const [one, other] = [enrol(), enrol()]
    expect(proveFactor(ticketFor(other.accountId).shown, one.codes[0] ?? '')).toBeUndefined()
  })

  it('new recovery codes end the old ones, and need a code of the application', () => {
    const { accountId, actor, secret, codes } = enrol()
    expect(renewRecoveryCodes(actor, wrongAt(secret))).toBeUndefined()
    const renewed = renewRecoveryCodes(actor, codeAt(secret)) ?? []
    expect(renewed).toHaveLength(8)
    expect(proveFactor(ticketFor(accountId).shown, codes[0] ?? '')).toBeUndefined()
    expect(proveFactor(ticketFor(accountId).shown, renewed[0] ?? '')).toBeDefined()
  })
})

describe('a ticket', () => {
  it.each<[string, (shown: { ticketHash: string | undefined; deviceHash: string }) => typeof shown]>([
    ['in another browser', shown => ({ ...shown, deviceHash: 'another' })],
    ['that is none', shown => ({ ...shown, ticketHash: 'invented' })],
    ['that is missing', shown => ({ ...shown, ticketHash: undefined })],
    [
      'after five minutes',
      shown => {
        vi.setSystemTime(Date.now() + 5 * 60_000)
        return shown
      },
    ],
  ])('%s opens nothing', (_, change) => {
    const { accountId, secret } = enrol()
    const shown = change(ticketFor(accountId).shown)
    expect(findTicket(shown)).toBeUndefined()
    expect(proveFactor(shown, codeAt(secret))).toBeUndefined()
  })

  it('is used up by a right code, and ends with the next one in the same browser', () => {
    const { accountId, secret } = enrol()
    const first = ticketFor(accountId).shown
    const second = ticketFor(accountId).shown
    expect(findTicket(first)).toBeUndefined()
    expect(proveFactor(second, codeAt(secret))).toBeDefined()
    vi.setSystemTime(Date.now() + STEP_MS)
    expect(proveFactor(second, codeAt(secret))).toBeUndefined()
  })

  it('of an account that was barred meanwhile opens nothing', () => {
    const { accountId, secret } = enrol()
    const { shown } = ticketFor(accountId)
    prepared('update account set disabled_at = 1 where id = ?').run(accountId)
    expect(proveFactor(shown, codeAt(secret))).toBeUndefined()
  })

  it('for setting up does not stand for a second step', () => {
    const { accountId } = somebody()
    const { shown } = ticketFor(accountId)
    const secret = findTicket(shown)?.setUp?.secret ?? ''
    expect(proveFactor(shown, codeAt(secret))).toBeUndefined()
  })
})

describe('an administrator', () => {
  const administrator = () => grantTo(somebody().actor, 'admin', rootUnit().id)

  it('resets a lost factor: sessions and codes end, and the next sign-in sets up anew', async () => {
    const admin = administrator()
    const { accountId, codes } = enrol()
    await startSession(accountId, { campaignId: CAMPAIGN, userAgent: 'x', isProven: true })
    resetFactor(admin, accountId)
    expect(hasFactor(accountId)).toBe(false)
    expect(listSessions(accountId)).toEqual([])
    const { shown, isNew } = ticketFor(accountId)
    expect(isNew).toBe(true)
    expect(proveFactor(shown, codes[0] ?? '')).toBeUndefined()
    const told = prepared(
      "select account_id, subject_id from event where verb = 'reset' and subject = 'second_factor'",
    ).get()
    expect(told).toEqual({ account_id: admin.accountId, subject_id: String(accountId) })
  })

  it('not their own, and nobody else may', () => {
    const admin = administrator()
    expect(statusOf(() => resetFactor(admin, admin.accountId))).toBe(403)
    const head = grantTo(somebody().actor, 'head', rootUnit().id)
    const { accountId } = enrol()
    expect(statusOf(() => resetFactor(head, accountId))).toBe(403)
    expect(hasFactor(accountId)).toBe(true)
  })
})

describe('a session', () => {
  const HOUR = 3_600_000
  const begin = async (accountId: number) =>
    requestWith(await startSession(accountId, { campaignId: CAMPAIGN, userAgent: 'x', isProven: true }))

  it('tells whether it began with the second factor', async () => {
    const { accountId } = somebody()
    const proven = await begin(accountId)
    const plain = requestWith(await startSession(accountId, { campaignId: CAMPAIGN, userAgent: 'x', isProven: false }))
    expect((await readSession(proven))?.isProven).toBe(true)
    expect((await readSession(plain))?.isProven).toBe(false)
  })

  it('ends after a week without use, and after thirty days in any case', async () => {
    const { accountId } = somebody()
    const idle = await begin(accountId)
    vi.setSystemTime(START + 7 * 24 * HOUR - 1)
    expect(await readSession(idle)).toBeDefined()
    vi.setSystemTime(START + 15 * 24 * HOUR)
    expect(await readSession(idle)).toBeUndefined()

    vi.setSystemTime(START)
    const busy = await begin(accountId)
    for (let day = 1; day < 30; day++) {
      vi.setSystemTime(START + day * 24 * HOUR)
      expect(await readSession(busy), `day ${day}`).toBeDefined()
    }
    vi.setSystemTime(START + 30 * 24 * HOUR)
    expect(await readSession(busy)).toBeUndefined()
  })

  it('notes its use every ten minutes and no more often, with a new cookie', async () => {
    const { accountId } = somebody()
    const request = await begin(accountId)
    const seen = () => (prepared('select seen_at from session').get() as { seen_at: number | null }).seen_at
    vi.setSystemTime(START + 9 * 60_000)
    expect((await readSession(request))?.setCookie).toBeNull()
    expect(seen()).toBeNull()
    vi.setSystemTime(START + 10 * 60_000)
    expect((await readSession(request))?.setCookie).toContain('__Host-phien=')
    expect(seen()).toBe(START + 10 * 60_000)
    vi.setSystemTime(START + 19 * 60_000)
    expect((await readSession(request))?.setCookie).toBeNull()
  })

  it('of a disabled account is refused at the next request; a revoked role is gone at the next', async () => {
    const person = somebody()
    const request = await begin(person.accountId)
    const made = grantRole(system, {
      accountId: person.accountId,
      role: 'home_affairs',
      unitId: rootUnit().id,
      fromOn: TODAY,
      toOn: null,
    })
    if (!made.ok) throw new Error('not granted')
    expect(personOf(person.accountId, TODAY)?.grants).toHaveLength(1)
    endGrant(system, made.grantId ?? 0)
    expect(personOf(person.accountId, TODAY)?.grants).toEqual([])
    prepared('update account set disabled_at = 1 where id = ?').run(person.accountId)
    expect(await readSession(request)).toBeUndefined()
  })
})
