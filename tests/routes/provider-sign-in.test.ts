import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AppLoadContext, LoaderFunctionArgs } from '@remix-run/node'
import Provider from 'oidc-provider'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ProviderSettings, providerSettings } from '#app/access/provider.server.ts'
import { activate, issueActivation } from '#app/queries/account.server.ts'
import { loader as leave } from '#app/routes/sign-in/provider.ts'
import { loader as comeBack } from '#app/routes/sign-in/provider-return.ts'
import { prepared } from '#db/client.server.ts'
import { dropProvince, grantTo, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'

const APP = 'http://127.0.0.1:3230'
const RETURN = `${APP}/dang-nhap/cong-tinh/tra-ve`
const SECRET = 'a secret of the provider and us, long enough'

/** Who signs in at the provider next, and by which methods. */
let person: { username: string | undefined; sub?: string; amr?: string[] } = { username: undefined }
let server: Server
let issuer = ''

/** Starts the province's provider: it asks nothing and signs in the person that `person` names. */
beforeAll(async () => {
  // the provider warns that its keys and its store are for development, which a test is
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(console, 'info').mockImplementation(() => {})
  server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: '4phu', client_secret: SECRET, redirect_uris: [RETURN] }],
    cookies: { keys: ['a key of the test'] },
    claims: { openid: ['sub', 'amr'], profile: ['preferred_username'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: person.username }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: '4phu', accountId: oidc.session?.accountId })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response)
    void provider.interactionFinished(request, response, {
      login: { accountId: person.sub ?? 'one person', amr: person.amr },
    })
  })
})
afterAll(() => {
  vi.restoreAllMocks()
  server.closeAllConnections()
  server.close()
})

beforeEach(() => {
  makeProvince()
  person = { username: undefined }
})
afterEach(dropProvince)

const settings = () =>
  providerSettings({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: '4phu', OIDC_CLIENT_SECRET: SECRET }) as ProviderSettings

const argsOf = (url: string, cookie = '', provider: ProviderSettings | undefined = settings()) =>
  ({
    request: new Request(url, { headers: { Cookie: cookie } }),
    params: {},
    context: {
      publicUrl: APP,
      address: '10.0.0.1',
      asksFactor: true,
      provider,
      note: () => undefined,
    } as Partial<AppLoadContext> as AppLoadContext,
  }) as LoaderFunctionArgs

const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .filter(cookie => !cookie?.endsWith('='))
    .join('; ')

/** The provider's pages as a browser walks through them, until it is sent back to us. */
async function walk(url: string): Promise<string> {
  const jar = new Map<string, string>()
  for (let next = url; ; ) {
    if (next.startsWith(RETURN)) return next
    const response: Response = await fetch(next, {
      redirect: 'manual',
      headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? []
      jar.set(name, value)
    }
    const location = response.headers.get('Location')
    if (location === null) throw new Error(`the provider stopped at ${response.status}: ${await response.text()}`)
    next = new URL(location, next).href
  }
}

/** Leaves for the provider and comes back; `den` is where the sign-in leads. */
async function goThere(den = '/') {
  const left = await leave(argsOf(`${APP}/dang-nhap/cong-tinh?den=${encodeURIComponent(den)}`))
  return { url: await walk(left.headers.get('Location') ?? ''), cookie: cookiesOf(left) }
}

const outcome = (response: Response) => ({
  to: response.headers.get('Location'),
  hasSession: cookiesOf(response).includes('__Host-phien='),
})
const sessions = () =>
  (prepared('select is_proven from session').all() as { is_proven: number }[]).map(row => row.is_proven)

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

  it('a privileged role is asked for our second factor, unless the provider asked for one', async () => {
    const { login, actor } = makeAccount()
    grantTo(actor, 'home_affairs', unitNamed('Sở Nội vụ').id)
    person = { username: login, amr: ['pwd'] }
    const plain = await goThere()
    expect(outcome(await comeBack(argsOf(plain.url, plain.cookie)))).toEqual({
      to: '/dang-nhap/cai-dat',
      hasSession: false,
    })
    expect(sessions()).toEqual([])
    person = { username: login, amr: ['pwd', 'otp', 'mfa'] }
    const strong = await goThere()
    expect(outcome(await comeBack(argsOf(strong.url, strong.cookie)))).toEqual({ to: '/', hasSession: true })
    expect(sessions()).toEqual([1])
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
