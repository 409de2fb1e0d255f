import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { hash, verify } from '@node-rs/argon2'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { countRequest, noteWrongToken, waitForAddress } from '#app/access/api-token.server.ts'
import { noteDevice } from '#app/access/device.server.ts'
import { hashPassword } from '#app/access/password.server.ts'
import { answerOf } from '#app/access/refusal.server.ts'
import { busy, type Refusal } from '#app/domain/refusal.ts'
import { checkSignIn, disableAccount, loginKey } from '#app/queries/account.server.ts'
import { rememberDevice } from '#app/queries/remembered-device.server.ts'
import {
  findWithin,
  noteSignInFrom,
  pinCounts,
  secretCounts,
  signInCounts,
  tryWithin,
} from '#app/queries/sign-in-limit.server.ts'
import { closeDatabase, db, openDatabase, prepared } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'
import { dropProvince, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'

vi.mock('@node-rs/argon2', async original => {
  const real = await original<typeof import('@node-rs/argon2')>()
  return { ...real, hash: vi.fn(real.hash), verify: vi.fn(real.verify) }
})

const PASSWORD = 'mật khẩu của cán bộ'
const STRANGER = 'hash of a stranger’s browser'
const KNOWN = 'hash of the victim’s browser'

beforeEach(() => makeProvince())
afterEach(dropProvince)

async function makeAccount() {
  const { accountId } = makeOfficial(unitNamed('Sở Nội vụ').id)
  const passwordHash = await hashPassword(PASSWORD)
  prepared('update account set password_hash = ? where id = ?').run(passwordHash, accountId)
  const { login } = prepared('select login from account where id = ?').get(accountId) as { login: string }
  return { accountId, login }
}

const trySignIn = (login: string, password: string, { address = '10.0.0.1', device = STRANGER } = {}) =>
  tryWithin(signInCounts(login, address, device), () => checkSignIn(login, password))

async function hammer(login: string, address = '10.0.0.1', times = 8) {
  for (let n = 0; n < times; n++) await trySignIn(login, 'sai', { address })
}

describe('limits of a sign-in', () => {
  it('five wrong passwords of an account, then nobody unknown tries it, wherever they are and however it is typed', async () => {
    const { login } = await makeAccount()
    await hammer(login, '10.0.0.1', 5)
    for (const typed of [login, login.toUpperCase(), ` ${login} `]) {
      const { waitMs, found } = await trySignIn(typed, PASSWORD, { address: '10.0.0.2' })
      expect(waitMs).toBeGreaterThan(14 * 60_000)
      expect(found).toBeUndefined()
    }
  })

  it('all spellings of a phone number are one count', () => {
    expect(
      new Set(['0912345678', '84912345678', '+84 912 345 678', '0912.345.678', '091-2345678'].map(loginKey)).size,
    ).toBe(1)
  })

  it('a browser that the account knows still enters while strangers hammer it, from the same address too', async () => {
    const { accountId, login } = await makeAccount()
    noteDevice(KNOWN, accountId)
    for (let n = 0; n < 12; n++) await hammer(`${login}`, '10.0.0.1', 1)
    for (let n = 0; n < 60; n++) await tryWithin(secretCounts(`somebody ${n}`, '10.0.0.1'), () => undefined)
    expect((await trySignIn(login, PASSWORD)).waitMs).toBeGreaterThan(0)
    expect(await trySignIn(login, PASSWORD, { device: KNOWN })).toEqual({
      waitMs: 0,
      isNetworks: false,
      found: { accountId },
    })
  })

  it('a known browser has a count of its own, which ends too', async () => {
    const { accountId, login } = await makeAccount()
    noteDevice(KNOWN, accountId)
    for (let n = 0; n < 5; n++) await trySignIn(login, 'sai', { device: KNOWN })
    expect((await trySignIn(login, PASSWORD, { device: KNOWN })).waitMs).toBeGreaterThan(0)
    // and what it used up is not the account's
    expect((await trySignIn(login, PASSWORD)).found).toEqual({ accountId })
  })

  it('a browser known to one account is a stranger to another', async () => {
    const [one, other] = [await makeAccount(), await makeAccount()]
    noteDevice(KNOWN, one.accountId)
    await hammer(other.login)
    expect((await trySignIn(other.login, PASSWORD, { device: KNOWN })).waitMs).toBeGreaterThan(0)
  })

  it('fifty wrong tries from one address, whatever the accounts', async () => {
    for (let n = 0; n < 50; n++) await tryWithin(secretCounts(`login ${n}`, '10.0.0.9'), () => undefined)
    expect((await tryWithin(secretCounts('another', '10.0.0.9'), () => true)).waitMs).toBeGreaterThan(0)
    expect((await tryWithin(secretCounts('another', '10.0.0.8'), () => true)).waitMs).toBe(0)
  })

  it('one network is one /64 of IPv6', async () => {
    for (let n = 0; n < 50; n++)
      await tryWithin(secretCounts(`login ${n}`, `2001:db8:1:2::${n.toString(16)}`), () => undefined)
    const tried = (address: string) => tryWithin(secretCounts('another', address), () => true)
    expect(await tried('2001:db8:1:2:ffff::1')).toMatchObject({ isNetworks: true, found: undefined })
    expect((await tried('2001:db8:1:3::1')).found).toBe(true)
  })

  it('code and phone number of one account are one count', async () => {
    const { accountId, login } = await makeAccount()
    const phoneHash = matchHash('staff', 'phone', '0912345678')
    prepared('update official set phone_hash = ? where id = (select official_id from account where id = ?)').run(
      phoneHash,
      accountId,
    )
    for (let n = 0; n < 5; n++) await trySignIn(n % 2 ? login : '0912 345 678', 'sai')
    for (const typed of [login, '+84912345678'])
      expect(await trySignIn(typed, PASSWORD)).toMatchObject({ found: undefined, isNetworks: false })
  })

  it('a network may try more with each account that signed in from there, 500 at most', async () => {
    const most = async (address: string) => {
      let looked = 0
      for (let n = 0; n < 520; n++)
        if ((await tryWithin(secretCounts(`${address} ${n}`, address), () => undefined)).waitMs === 0) looked += 1
      return looked
    }
    for (let n = 0; n < 10; n++) noteSignInFrom('10.1.0.1', n)
    noteSignInFrom('10.1.0.1', 3)
    for (let n = 0; n < 400; n++) noteSignInFrom('10.1.0.2', n)
    expect([await most('10.1.0.1'), await most('10.1.0.2'), await most('10.1.0.3')]).toEqual([80, 500, 50])
  })

  it('an activation code is looked at first, and counted apart from passwords', async () => {
    for (let n = 0; n < 60; n++) await findWithin('10.2.0.1', () => undefined)
    expect((await findWithin('10.2.0.1', () => undefined)).waitMs).toBeGreaterThan(0)
    expect(await findWithin('10.2.0.1', () => 'account')).toEqual({ waitMs: 0, found: 'account' })
    expect((await tryWithin(secretCounts('somebody', '10.2.0.1'), () => true)).found).toBe(true)
    for (let n = 0; n < 60; n++) await tryWithin(secretCounts(`login ${n}`, '10.2.0.2'), () => undefined)
    expect((await findWithin('10.2.0.2', () => undefined)).waitMs).toBe(0)
  })

  it('a PIN on its remembered device is counted by itself', async () => {
    const { actor } = makeOfficial(unitNamed('Sở Nội vụ').id)
    expect(await rememberDevice(actor, KNOWN, '407283')).toEqual({ ok: true })
    for (let n = 0; n < 60; n++) await tryWithin(secretCounts(`login ${n}`, '10.3.0.1'), () => undefined)
    expect((await tryWithin(pinCounts(KNOWN, actor.accountId, '10.3.0.1'), () => true)).found).toBe(true)
    expect((await tryWithin(pinCounts(STRANGER, actor.accountId, '10.3.0.1'), () => true)).waitMs).toBeGreaterThan(0)
  })

  it('a right try takes itself back and forgives the wrong ones of the account', async () => {
    const { login } = await makeAccount()
    for (let round = 0; round < 3; round++) {
      await hammer(login, '10.0.0.1', 4)
      expect((await trySignIn(login, PASSWORD)).found).toBeDefined()
    }
  })

  it('many at once are no more than five', async () => {
    let looked = 0
    await Promise.all(
      Array.from({ length: 30 }, () =>
        tryWithin(secretCounts('at once', '10.0.0.1'), async () => {
          looked += 1
          await new Promise(resolve => setTimeout(resolve, 5))
          return undefined
        }),
      ),
    )
    expect(looked).toBe(5)
  })

  it('a try that could not be looked at does not count', async () => {
    const fails = () => Promise.reject(busy(2))
    for (let n = 0; n < 10; n++)
      await expect(tryWithin(secretCounts('busy', '10.0.0.1'), fails)).rejects.toMatchObject({ kind: 'busy' })
    expect((await tryWithin(secretCounts('busy', '10.0.0.1'), () => true)).found).toBe(true)
  })

  it('other processes see the counts, and a restart forgets none', async () => {
    const file = db.$client.name
    const elsewhere = async (times: number) => {
      const run = await promisify(execFile)(process.execPath, [
        '--import=tsx',
        'tests/fixtures/wrong-try.ts',
        file,
        'shared',
        '10.0.0.1',
        String(times),
      ])
      return run.stdout.trim().split('\n')
    }
    expect(await elsewhere(3)).toEqual(['tried', 'tried', 'tried'])
    for (let n = 0; n < 2; n++)
      expect((await tryWithin(secretCounts('shared', '10.0.0.1'), () => undefined)).waitMs).toBe(0)
    expect(await elsewhere(1)).toEqual(['wait'])
    closeDatabase()
    openDatabase(file)
    expect((await tryWithin(secretCounts('shared', '10.0.0.1'), () => true)).waitMs).toBeGreaterThan(0)
  })

  it('waits for a database that somebody else holds, and then says 503', async () => {
    const other = new Database(db.$client.name)
    other.exec('begin immediate')
    setTimeout(() => other.exec('commit'), 250)
    expect((await tryWithin(secretCounts('held', '10.0.0.1'), () => true)).found).toBe(true)
    other.exec('begin immediate')
    await expect(tryWithin(secretCounts('held', '10.0.0.1'), () => true)).rejects.toMatchObject({ kind: 'busy' })
    other.exec('rollback')
    other.close()
  })

  it('tokens of the interface are counted there too', async () => {
    for (let n = 0; n < 300; n++) expect(await countRequest(7)).toBe(0)
    expect(await countRequest(7)).toBeGreaterThan(0)
    expect(await countRequest(8)).toBe(0)
    for (let n = 0; n < 30; n++) await noteWrongToken('10.0.0.1')
    const file = db.$client.name
    closeDatabase()
    openDatabase(file)
    expect(await countRequest(7)).toBeGreaterThan(0)
    expect(await waitForAddress('10.0.0.1')).toBeGreaterThan(800)
    expect(await waitForAddress('10.0.0.2')).toBe(0)
  })

  it('neither logins nor addresses can be read in the table', async () => {
    await hammer('somebody.known', '203.0.113.7')
    const rows = JSON.stringify(prepared('select * from rate_limit').all())
    expect(rows).not.toContain('somebody.known')
    expect(rows).not.toContain('203.0.113.7')
  })
})

describe('the work of a sign-in', () => {
  /** Statements run and argon2 verifications made. */
  async function workOf(login: string, password: string) {
    vi.mocked(verify).mockClear()
    const prepare = vi.spyOn(db.$client, 'prepare')
    const counts = signInCounts(login, '10.0.0.1', STRANGER)
    const found = await checkSignIn(login, password)
    const statements = prepare.mock.calls.map(([text]) => text)
    prepare.mockRestore()
    const [against] = vi.mocked(verify).mock.calls[0] ?? []
    const cost = String(against).split('$').slice(0, 4).join('$')
    return {
      found: found !== undefined,
      work: { statements, limits: counts.length, verified: vi.mocked(verify).mock.calls.length, cost },
    }
  }

  it('is the same whether an account exists, is barred, not activated, or there is none', async () => {
    const right = await makeAccount()
    const barred = await makeAccount()
    disableAccount(system, barred.accountId)
    const fresh = makeOfficial(unitNamed('Sở Nội vụ').id)
    const { login: freshLogin } = prepared('select login from account where id = ?').get(fresh.accountId) as {
      login: string
    }
    await checkSignIn('warm', 'warm')
    const first = await workOf(right.login, 'sai')
    expect(first.work.verified).toBe(1)
    expect(first.work.cost).toBe('$argon2id$v=19$m=19456,t=2,p=1')
    for (const login of ['khong.co', '0912345678', barred.login, freshLogin])
      expect(await workOf(login, PASSWORD), login).toEqual({ found: false, work: first.work })
    expect(await workOf(right.login, PASSWORD)).toEqual({ found: true, work: first.work })
  })
})

describe('the queue of hashes', () => {
  it('runs few at once, lets forty wait, and sends the next away with 503 and Retry-After', async () => {
    let [running, most] = [0, 0]
    vi.mocked(hash).mockImplementation(async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise(resolve => setTimeout(resolve, 5))
      running -= 1
      return 'a hash'
    })
    const answers = await Promise.allSettled(Array.from({ length: 100 }, () => hashPassword('x')))
    const refused = answers
      .filter(answer => answer.status === 'rejected')
      .map(answer => answerOf(answer.reason as Refusal))
    expect(most).toBeLessThanOrEqual(3)
    expect(answers.length - refused.length).toBeLessThanOrEqual(43)
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(40)
    for (const response of refused) {
      expect(response.status).toBe(503)
      expect(response.headers.get('Retry-After')).toBe('5')
    }
    expect(await hashPassword('x')).toBe('a hash')
    vi.mocked(hash).mockReset()
  })
})
