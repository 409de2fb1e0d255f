import type { LoaderFunctionArgs } from '@remix-run/node'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ProviderSettings, providerSettings } from '#app/access/provider.server.ts'
import { startSession } from '#app/access/session.server.ts'
import { activate, issueActivation } from '#app/queries/account.server.ts'
import { loader as leave } from '#app/routes/sign-in/provider.ts'
import { loader as comeBack } from '#app/routes/sign-in/provider-return.ts'
import { prepared } from '#db/client.server.ts'
import { makeContext } from '#tests/context.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'
import {
  type AtProvider,
  cookiesOf,
  PROVIDER_SECRET,
  startProvider,
  type TestProvider,
  walkProvider,
} from '#tests/oidc-provider.ts'

const APP = 'http://127.0.0.1:3230'
const RETURN = `${APP}/dang-nhap/cong-tinh/tra-ve`
const SECRET = PROVIDER_SECRET

let provider: TestProvider
/** Who signs in at the provider next, and by which methods. */
let person: AtProvider
let issuer = ''

beforeAll(async () => {
  for (const method of ['warn', 'info'] as const) vi.spyOn(console, method).mockImplementation(() => {})
  provider = await startProvider([RETURN])
  issuer = provider.issuer
})
afterAll(() => {
  vi.restoreAllMocks()
  provider.stop()
})

beforeEach(() => {
  makeProvince()
  person = { username: undefined }
})
afterEach(dropProvince)

const settings = () =>
  providerSettings({
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: '4phu',
    OIDC_CLIENT_SECRET: SECRET,
    OIDC_FACTOR_AMR: 'mfa',
    OIDC_FACTOR_ACR: 'urn:province:two urn:province:card',
  }) as ProviderSettings

const argsOf = (url: string, cookie = '', provider: ProviderSettings | undefined = settings()) =>
  ({
    request: new Request(url, { headers: { Cookie: cookie } }),
    params: {},
    context: makeContext({ publicUrl: APP, asksFactor: true, provider }),
  }) as LoaderFunctionArgs

/** Leaves for the provider and comes back; `den` is where the sign-in leads. */
async function goThere(den = '/') {
  provider.person = person
  const left = await leave(argsOf(`${APP}/dang-nhap/cong-tinh?den=${encodeURIComponent(den)}`))
  return { url: await walkProvider(left.headers.get('Location') ?? '', RETURN), cookie: cookiesOf(left) }
}

const outcome = (response: Response) => ({
  to: response.headers.get('Location'),
  hasSession: cookiesOf(response).includes('__Host-phien='),
})
function makeAccount() {
  const made = makeOfficial(unitNamed('Sở Nội vụ').id)
  const { login } = prepared('select login from account where id = ?').get(made.accountId) as { login: string }
  return { ...made, login }
}

describe('signing in by the province', () => {
  it('finds the account of the staff code, whatever its case, and leads on', async () => {
    const { login, accountId } = makeAccount()
    person = { username: login.toUpperCase() }
    const { url, cookie } = await goThere('/nghia-vu')
    const back = await comeBack(argsOf(url, cookie))
    expect(outcome(back)).toEqual({ to: '/nghia-vu', hasSession: true })
    expect(prepared('select account_id from session').all()).toEqual([{ account_id: accountId }])
    // good for one return
    expect(back.headers.getSetCookie().join()).toContain('__Host-cong=; Path=/; Max-Age=0')
  })

  it('never leads to another site', async () => {
    const { login } = makeAccount()
    person = { username: login }
    const { url, cookie } = await goThere('//example.org/')
    expect(outcome(await comeBack(argsOf(url, cookie))).to).toBe('/')
  })

  it.each([
    ['that is nobody’s', 'khong.phai.ai'],
    ['that is missing', undefined],
  ])('makes no account for a staff code %s', async (_, username) => {
    const before = prepared('select count(*) as n from account').get()
    person = { username }
    const { url, cookie } = await goThere()
    expect(outcome(await comeBack(argsOf(url, cookie)))).toEqual({
      to: '/dang-nhap?cong-tinh=unknown',
      hasSession: false,
    })
    expect(prepared('select count(*) as n from account').get()).toEqual(before)
  })

  it('lets no disabled account in', async () => {
    const { login, accountId } = makeAccount()
    prepared('update account set disabled_at = 1 where id = ?').run(accountId)
    person = { username: login }
    const { url, cookie } = await goThere()
    expect(outcome(await comeBack(argsOf(url, cookie)))).toEqual({
      to: '/dang-nhap?cong-tinh=unknown',
      hasSession: false,
    })
  })

  it('keeps a staff code to the person who came with it first, until it is activated anew', async () => {
    const [one, other] = [makeAccount(), makeAccount()]
    const come = async (login: string, sub: string) => {
      person = { username: login, sub }
      const { url, cookie } = await goThere()
      return outcome(await comeBack(argsOf(url, cookie))).to
    }
    const elsewhere = '/dang-nhap?cong-tinh=another'
    expect([await come(one.login, 'an'), await come(one.login, 'an')]).toEqual(['/', '/'])
    // the province gave the code to somebody else, or the same person another code
    expect([await come(one.login, 'bình'), await come(other.login, 'an')]).toEqual([elsewhere, elsewhere])
    expect(await come(other.login, 'chi')).toBe('/')
    const bound = prepared("select subject_id from event where verb = 'bind' order by id").pluck().all()
    expect(bound).toEqual([one, other].map(row => String(row.accountId)))
    expect(JSON.stringify(prepared('select * from account').all())).not.toMatch(/\b(an|chi)\b/)

    const { code } = issueActivation(system, one.accountId)
    expect(await come(one.login, 'bình')).toBe(elsewhere)
    expect((await activate(system, code, 'mưa rào tháng sáu')).ok).toBe(true)
    expect([await come(one.login, 'bình'), await come(one.login, 'an')]).toEqual(['/', elsewhere])
  })

  describe('an account with a role', () => {
    const unsure = { to: '/dang-nhap?cong-tinh=unsure', hasSession: false }
    const come = async (own = '') => {
      const { url, cookie } = await goThere()
      const back = await comeBack(argsOf(url, [cookie, own].filter(Boolean).join('; ')))
      return { ...outcome(back), cookie: cookiesOf(back) }
    }
    const begun = (accountId: number) =>
      startSession(accountId, { campaignId: CAMPAIGN, userAgent: '', isProven: true }).then(
        cookie => cookie.split(';')[0],
      )

    it.each(['admin', 'head', 'coordinator'] as const)(
      'is bound by its own session and never by the first coming: %s',
      async role => {
        const { login, actor, accountId } = makeAccount()
        grantTo(actor, role, unitNamed('Sở Nội vụ').id)
        person = { username: login, sub: 'mallory', amr: ['mfa'] }
        expect(await come()).toMatchObject(unsure)
        expect(await come(await begun(makeAccount().accountId))).toMatchObject(unsure)
        expect(prepared('select provider_hash from account where id = ?').pluck().get(accountId)).toBeNull()
        person = { username: login, sub: 'an', amr: ['mfa'] }
        expect(await come(await begun(accountId))).toMatchObject({ to: '/', hasSession: true })
        expect(await come()).toMatchObject({ to: '/', hasSession: true })
        person = { username: login, sub: 'mallory', amr: ['mfa'] }
        expect((await come()).to).toBe('/dang-nhap?cong-tinh=another')
      },
    )

    it('is bound anew where the role came after a first coming, whose own session does not do', async () => {
      const { login, actor, accountId } = makeAccount()
      person = { username: login, sub: 'mallory', amr: ['mfa'] }
      const first = await come()
      expect(first.to).toBe('/')
      grantTo(actor, 'head', unitNamed('Sở Nội vụ').id)
      expect(await come()).toMatchObject(unsure)
      expect(await come(first.cookie)).toMatchObject(unsure)
      expect(await come(await begun(accountId))).toMatchObject({ to: '/', hasSession: true })
    })
  })

  it.each<[string, { amr?: string[]; acr?: string }, boolean]>([
    ['a password', { amr: ['pwd'] }, false],
    ['a code alone', { amr: ['otp'] }, false],
    ['a configured method', { amr: ['pwd', 'otp', 'mfa'] }, true],
    ['a configured class', { acr: 'urn:province:two' }, true],
    ['a class that has the word in it', { acr: 'urn:province:no-mfa' }, false],
    ['a class that says the opposite', { acr: 'pwd not otp' }, false],
    ['part of a configured class', { acr: 'urn:province' }, false],
  ])('our second factor is spared by exactly what is configured: %s', async (_, said, isSpared) => {
    const { login, actor, accountId } = makeAccount()
    grantTo(actor, 'home_affairs', unitNamed('Sở Nội vụ').id)
    person = { username: login, ...said }
    const { url, cookie } = await goThere()
    const own = await startSession(accountId, { campaignId: CAMPAIGN, userAgent: '', isProven: true })
    const back = await comeBack(argsOf(url, `${cookie}; ${own.split(';')[0]}`))
    expect(outcome(back)).toEqual(
      isSpared ? { to: '/', hasSession: true } : { to: '/dang-nhap/cai-dat', hasSession: false },
    )
  })
})

describe('a return that is refused', () => {
  it.each<[string, (url: URL) => void]>([
    ['with another state', url => url.searchParams.set('state', 'made up')],
    ['without a state', url => url.searchParams.delete('state')],
  ])('%s', async (_, change) => {
    person = { username: makeAccount().login }
    const { url, cookie } = await goThere()
    const changed = new URL(url)
    change(changed)
    expect(outcome(await comeBack(argsOf(changed.href, cookie)))).toEqual({
      to: '/dang-nhap?cong-tinh=not_ours',
      hasSession: false,
    })
  })

  it('in a browser that did not leave for it', async () => {
    person = { username: makeAccount().login }
    const { url } = await goThere()
    const other = await goThere()
    for (const cookie of ['', '__Host-cong=xyz', other.cookie])
      expect(outcome(await comeBack(argsOf(url, cookie)))).toEqual({
        to: '/dang-nhap?cong-tinh=not_ours',
        hasSession: false,
      })
  })

  it('a code that was used', async () => {
    person = { username: makeAccount().login }
    const { url, cookie } = await goThere()
    expect(outcome(await comeBack(argsOf(url, cookie))).hasSession).toBe(true)
    expect(outcome(await comeBack(argsOf(url, cookie)))).toEqual({
      to: '/dang-nhap?cong-tinh=refused',
      hasSession: false,
    })
  })

  it('a code that is none, or another browser’s verifier', async () => {
    person = { username: makeAccount().login }
    const one = await goThere()
    const other = await goThere()
    const swapped = new URL(one.url)
    swapped.searchParams.set('code', new URL(other.url).searchParams.get('code') ?? '')
    const invented = new URL(other.url)
    invented.searchParams.set('code', 'invented')
    for (const [url, cookie] of [
      [swapped.href, one.cookie],
      [invented.href, other.cookie],
    ] as const)
      expect(outcome(await comeBack(argsOf(url, cookie)))).toEqual({
        to: '/dang-nhap?cong-tinh=refused',
        hasSession: false,
      })
  })

  it('a person who turned back at the provider', async () => {
    const { url, cookie } = await goThere()
    const refused = new URL(url)
    refused.searchParams.delete('code')
    refused.searchParams.set('error', 'access_denied')
    expect(outcome(await comeBack(argsOf(refused.href, cookie))).to).toBe('/dang-nhap?cong-tinh=refused')
  })
})

describe('a provider that cannot be reached', () => {
  const down = providerSettings({
    OIDC_ISSUER: 'http://127.0.0.1:9',
    OIDC_CLIENT_ID: '4phu',
    OIDC_CLIENT_SECRET: SECRET,
  })

  it('before one leaves, and on the way back', async () => {
    const left = await leave(argsOf(`${APP}/dang-nhap/cong-tinh`, '', down))
    expect(outcome(left)).toEqual({ to: '/dang-nhap?cong-tinh=unreachable', hasSession: false })
    person = { username: makeAccount().login }
    const { url, cookie } = await goThere()
    expect(outcome(await comeBack(argsOf(url, cookie, down))).to).toBe('/dang-nhap?cong-tinh=unreachable')
  })
})

describe('the settings', () => {
  it('none, half, without TLS', () => {
    expect(providerSettings({})).toBeUndefined()
    expect(() => providerSettings({ OIDC_ISSUER: 'https://sso.example' })).toThrow(/together/)
    const whole = { OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }
    expect(() => providerSettings({ ...whole, OIDC_ISSUER: 'http://sso.example' })).toThrow(/https/)
    expect(providerSettings({ ...whole, OIDC_ISSUER: 'https://sso.example' })?.loginClaim).toBe('preferred_username')
  })

  it('without them neither page is there', async () => {
    for (const loader of [leave, comeBack]) {
      const args = argsOf(`${APP}/dang-nhap/cong-tinh`)
      args.context.provider = undefined
      await expect(loader(args)).rejects.toMatchObject({ kind: 'not_found' })
    }
  })
})
