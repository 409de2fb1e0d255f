import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { deviceOf } from '#app/access/device.server.ts'
import { hashPassword } from '#app/access/password.server.ts'
import { startSession } from '#app/access/session.server.ts'
import { disableAccount } from '#app/queries/account.server.ts'
import { rememberDevice } from '#app/queries/remembered-device.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { reads } from '#app/routes/_web/visit.server.ts'
import { action as signInByPassword, loader as signInPageLoader } from '#app/routes/sign-in/password.tsx'
import { action as signInByPin } from '#app/routes/sign-in/pin.ts'
import { prepared } from '#db/client.server.ts'
import { makeContext, ORIGIN } from '#tests/context.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, system, unitNamed } from '#tests/make.ts'

const HOUR = 3_600_000
const DEVICE = '__Host-may=aaaaaaaaaaaaaaaaaaaaaa'
const PASSWORD = 'mật khẩu của cán bộ'
const PIN = '407283'

beforeEach(() => {
  makeProvince()
  noted = []
})
afterEach(() => {
  vi.useRealTimers()
  dropProvince()
})

/** What requests have added to their lines in the log. */
let noted: object[] = []
const contextOf = (asksFactor: boolean) => makeContext({ asksFactor, note: facts => noted.push(facts) })

const somebody = () => makeOfficial(unitNamed('Sở Nội vụ').id)

/** The answer of a page for people who are signed in: 200, or where it leads. */
async function open(cookie: string, asksFactor = true): Promise<number | string | null> {
  const request = new Request(`${ORIGIN}/quan-tri?a=b`, { headers: { Cookie: cookie } })
  const page = reads(() => 200)
  try {
    return await page({ request, params: {}, context: contextOf(asksFactor) } as LoaderFunctionArgs)
  } catch (thrown) {
    return (thrown as Response).headers.get('Location')
  }
}

const begin = async (accountId: number, isProven: boolean) =>
  (await startSession(accountId, { campaignId: CAMPAIGN, userAgent: 'x', isProven })).split(';')[0] ?? ''

describe('a page opens', () => {
  it('to a privileged role in a session that began with the second factor, where it is asked for', async () => {
    const { accountId, actor } = somebody()
    const [plain, proven] = [await begin(accountId, false), await begin(accountId, true)]
    expect(await open(plain)).toBe(200)
    // the role is given to an account in use: its next request leads to the second factor
    grantTo(actor, 'home_affairs', rootUnit().id)
    expect(await open(plain)).toBe('/dang-nhap?den=%2Fquan-tri%3Fa%3Db&hai-lop=')
    expect(await open(plain, false)).toBe(200)
    expect(await open(proven)).toBe(200)
  })

  it('to other roles without it', async () => {
    const { accountId, actor } = somebody()
    grantTo(actor, 'head', rootUnit().id)
    expect(await open(await begin(accountId, false))).toBe(200)
  })

  it('to a privileged role for twelve hours without use; to anybody else for a week', async () => {
    const [one, other] = [somebody(), somebody()]
    grantTo(one.actor, 'inspector', rootUnit().id)
    const [short, long] = [await begin(one.accountId, true), await begin(other.accountId, false)]
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * HOUR })
    expect(await open(short)).toBe(200)
    vi.setSystemTime(Date.now() + 11 * HOUR)
    expect(await open(short)).toBe(200)
    vi.setSystemTime(Date.now() + 12 * HOUR)
    expect(await open(short)).toBe('/dang-nhap?den=%2Fquan-tri%3Fa%3Db')
    expect(await open(long)).toBe(200)
  })

  it('to no disabled account', async () => {
    const { accountId } = somebody()
    const cookie = await begin(accountId, false)
    disableAccount(system, accountId)
    expect(await open(cookie)).toBe('/dang-nhap?den=%2Fquan-tri%3Fa%3Db')
  })
})

type Action = (args: ActionFunctionArgs) => unknown

/** The answer to a form of signing in: where it leads, and whether a session began. */
async function post(action: Action, form: Record<string, string>, asksFactor = true, session = '', hasCookies = true) {
  const request = new Request(`${ORIGIN}/dang-nhap`, {
    method: 'POST',
    headers: hasCookies ? { Cookie: `${DEVICE}; ${session}` } : {},
    body: new URLSearchParams(form),
  })
  const answer = await action({ request, params: {}, context: contextOf(asksFactor) } as ActionFunctionArgs)
  if (!(answer instanceof Response)) return { to: null, hasSession: false }
  const cookies = answer.headers.getSetCookie().join()
  return {
    to: answer.headers.get('Location'),
    hasSession: cookies.includes('__Host-phien='),
    hasTicket: cookies.includes('__Host-buoc-hai='),
  }
}

describe.each(['password', 'PIN'] as const)('a right %s', way => {
  async function signIn(person: ReturnType<typeof somebody>, asksFactor = true) {
    const { login } = prepared('select login from account where id = ?').get(person.accountId) as { login: string }
    const passwordHash = await hashPassword(PASSWORD)
    prepared('update account set password_hash = ? where id = ?').run(passwordHash, person.accountId)
    const device = deviceOf(new Request(ORIGIN, { headers: { Cookie: DEVICE } })).hash
    expect(await rememberDevice(person.actor, device, PIN)).toEqual({ ok: true })
    return way === 'PIN'
      ? await post(signInByPin, { accountId: String(person.accountId), pin: PIN }, asksFactor)
      : await post(signInByPassword, { login, password: PASSWORD }, asksFactor)
  }

  it('begins a session for whoever needs no second factor', async () => {
    expect(await signIn(somebody())).toEqual({ to: '/', hasSession: true, hasTicket: false })
  })

  it('is the first step only for a privileged role', async () => {
    const person = somebody()
    grantTo(person.actor, 'admin', rootUnit().id)
    expect(await signIn(person)).toEqual({ to: '/dang-nhap/cai-dat', hasSession: false, hasTicket: true })
    expect(prepared('select count(*) as n from session').get()).toEqual({ n: 0 })
    // a demo asks for none
    expect(await signIn(person, false)).toEqual({ to: '/', hasSession: true, hasTicket: false })
  })
})

describe('a browser that brought no cookie', () => {
  const look = async (cookie: string, publicUrl = ORIGIN) => {
    const request = new Request(`${ORIGIN}/dang-nhap?den=%2Fho-tro&thu=1`, {
      headers: cookie ? { Cookie: cookie } : {},
    })
    try {
      const context = { ...contextOf(true), publicUrl }
      return (await signInPageLoader({ request, params: {}, context } as LoaderFunctionArgs)).cookieFault
    } catch (thrown) {
      return (thrown as Response).headers.get('Location')
    }
  }

  it('comes by the sign-in page, which leads on or says that none is kept', async () => {
    const person = somebody()
    const { login } = prepared('select login from account where id = ?').get(person.accountId) as { login: string }
    prepared('update account set password_hash = ? where id = ?').run(await hashPassword(PASSWORD), person.accountId)
    const answer = await post(signInByPassword, { login, password: PASSWORD }, false, '', false)
    expect(answer).toMatchObject({ to: '/dang-nhap?den=%2F&thu=1', hasSession: true })
    expect(await look(DEVICE)).toBe('/ho-tro')
    expect(await look('')).toBe('browser')
  })

  it.each([
    ['http://10.1.2.3', 'address'],
    ['http://4phu.lan:8080', 'address'],
    ['http://127.0.0.1:3000', 'browser'],
    ['http://localhost:3000', 'browser'],
  ])('is told of the address where it cannot keep any: %s', async (publicUrl, fault) =>
    expect(await look('', publicUrl)).toBe(fault),
  )
})

describe('signing in', () => {
  async function withPassword() {
    const person = somebody()
    const { login } = prepared('select login from account where id = ?').get(person.accountId) as { login: string }
    const passwordHash = await hashPassword(PASSWORD)
    prepared('update account set password_hash = ? where id = ?').run(passwordHash, person.accountId)
    return { ...person, login }
  }

  it('ends the session that the browser held, whoever’s it was', async () => {
    const { accountId, login } = await withPassword()
    const held = await begin(somebody().accountId, false)
    await post(signInByPassword, { login, password: PASSWORD }, true, held)
    expect(prepared('select account_id as id from session').all()).toEqual([{ id: accountId }])
  })

  it('is told in the log, and being refused, without a login', async () => {
    const { accountId, login } = await withPassword()
    await post(signInByPassword, { login, password: 'không phải' })
    await post(signInByPin, { accountId: String(accountId), pin: '000000' })
    await post(signInByPassword, { login, password: PASSWORD })
    expect(noted).toEqual([{ signIn: 'refused' }, { accountId, signIn: 'refused' }, { accountId, signIn: 'begun' }])
  })

  it('puts whose request it is into the log, of a refused one too', async () => {
    const { accountId } = somebody()
    await open(await begin(accountId, false))
    expect(noted).toEqual([{ accountId }])
  })
})
