import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deviceOf } from '#app/access/device.server.ts'
import { endSession, readSession, startSession } from '#app/access/session.server.ts'
import { personOf } from '#app/queries/account.server.ts'
import { wayIn } from '#app/routes/sign-in/session-start.server.ts'
import { prepared } from '#db/client.server.ts'
import { CAMPAIGN, dropProvince, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const person = () => makeOfficial(unitNamed('Sở Nội vụ').id)
/** Signs the account in; the header that sets its cookie. */
const signIn = (accountId: number) =>
  startSession(accountId, { campaignId: CAMPAIGN, userAgent: 'test', isProven: false })
const requestWith = (setCookie: string) =>
  new Request('http://127.0.0.1/', { headers: { Cookie: setCookie.split(';')[0] ?? '' } })
const idIn = (setCookie: string) => /^__Host-phien=([^;]+)/.exec(setCookie)?.[1] ?? ''
const attributesOf = (setCookie: string) => setCookie.split('; ').slice(1)

describe('a session', () => {
  it('is the cookie’s that was handed out, another one each time', async () => {
    const { accountId } = person()
    const [one, other] = [await signIn(accountId), await signIn(accountId)]
    expect(idIn(one)).not.toBe(idIn(other))
    expect(await readSession(requestWith(one))).toMatchObject({ accountId, campaignId: CAMPAIGN })
    expect(await readSession(requestWith('__Host-phien=khong-co'))).toBeUndefined()
  })

  it('is for this host alone, over TLS, out of the reach of scripts and of other sites’ forms', async () => {
    const setCookie = await signIn(person().accountId)
    expect(attributesOf(setCookie)).toEqual(expect.arrayContaining(['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']))
    expect(setCookie).not.toContain('Domain')
  })

  it('is stored as a hash: what the database holds signs nobody in', async () => {
    const setCookie = await signIn(person().accountId)
    const { id } = prepared('select id from session').get() as { id: string }
    expect(id).not.toContain(idIn(setCookie))
    expect(await readSession(requestWith(`__Host-phien=${id}`))).toBeUndefined()
  })

  it('ends with the sign-out, on the server too', async () => {
    const setCookie = await signIn(person().accountId)
    expect(attributesOf(await endSession(requestWith(setCookie)))).toContain('Max-Age=0')
    expect(await readSession(requestWith(setCookie))).toBeUndefined()
    expect(prepared('select count(*) as n from session').get()).toEqual({ n: 0 })
  })

  it('ends when its time is over', async () => {
    const setCookie = await signIn(person().accountId)
    prepared('update session set expires_at = ?').run(Date.now() - 1)
    expect(await readSession(requestWith(setCookie))).toBeUndefined()
  })

  it('is nobody’s any more once the account is disabled, though its row is still there', async () => {
    const { accountId } = person()
    const setCookie = await signIn(accountId)
    prepared('update account set disabled_at = 1 where id = ?').run(accountId)
    expect(await readSession(requestWith(setCookie))).toBeUndefined()
    expect(personOf(accountId, '2024-06-12')).toBeUndefined()
  })
})

describe('a browser’s own cookie', () => {
  it('is for this host alone, over TLS, out of the reach of scripts, and stored as a hash', () => {
    const { hash, setCookie } = deviceOf(new Request('http://127.0.0.1/'))
    expect(setCookie).toMatch(/^__Host-may=[\w-]{22}; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax$/)
    expect(setCookie).not.toContain(hash)
    expect(deviceOf(requestWith(setCookie ?? ''))).toEqual({ hash, setCookie: null })
  })
})

describe('a sign-in leads', () => {
  it.each([
    ['/don-vi/12?trang=2', '/don-vi/12?trang=2'],
    ['//ke-xau.example', '/'],
    ['/\\ke-xau.example', '/'],
    ['https://ke-xau.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/\t/ke-xau.example', '/'],
    ['/\n/ke-xau.example', '/'],
    ['\t//ke-xau.example', '/'],
    ['/.//ke-xau.example', '/'],
    ['/a/..//ke-xau.example', '/'],
    ['/%2e%2e//ke-xau.example', '/'],
    ['/\\/ke-xau.example', '/'],
    ['/a\\b', '/'],
    ['/a\u0000b', '/'],
    ['/%09/ke-xau.example', '/%09/ke-xau.example'],
    ['/%2F/ke-xau.example', '/%2F/ke-xau.example'],
    ['/%5Cke-xau.example', '/%5Cke-xau.example'],
    ['/ho-tro?tim=Điểu#a', '/ho-tro?tim=%C4%90i%E1%BB%83u#a'],
    ['/a\u2028b', '/a%E2%80%A8b'],
    ['', '/'],
    [undefined, '/'],
  ])('with %s to %s', (asked, led) => expect(wayIn(asked)).toBe(led))
})
