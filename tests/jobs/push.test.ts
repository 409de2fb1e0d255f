import { createPublicKey, verify } from 'node:crypto'
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { isPublicAddress, publicLookup } from '#app/access/public-address.server.ts'
import { revokeAllSessions } from '#app/access/session.server.ts'
import { isEndpoint, PUSH_HOSTS, readHosts } from '#app/domain/push.ts'
import { pushServiceInput } from '#app/domain/push-input.ts'
import { sendPushes } from '#app/jobs/push.server.ts'
import { nudgeOfficials } from '#app/queries/nudge.server.ts'
import {
  findPushKey,
  findPushSettings,
  listOwnBrowsers,
  setPushSettings,
  subscribe,
  unsubscribe,
} from '#app/queries/push.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  makeReader,
  statusOf,
  toldBy,
  unitNamed,
} from '#tests/make.ts'

/** What came to the push service that the test runs. */
type Received = { path: string; method: string; headers: IncomingHttpHeaders; body: string }
let service: Server
let received: Received[] = []
let answers: number[] = []

beforeEach(async () => {
  makeProvince()
  received = []
  answers = []
  service = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => (body += chunk))
    request.on('end', () => {
      received.push({ path: request.url ?? '', method: request.method ?? '', headers: request.headers, body })
      response.statusCode = answers.shift() ?? 201
      response.end()
    })
  })
  await new Promise<void>(resolve => service.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  await new Promise(resolve => service.close(resolve))
  dropProvince()
})

const send = (at = Date.now()) =>
  sendPushes(at, ({ pathname }, options, answered) => {
    const { port } = service.address() as AddressInfo
    return httpRequest({ ...options, host: '127.0.0.1', port, path: pathname }, answered)
  })

const HOSTS = ['push.test.vn', '*.push.test.vn']
const turn = (isOn: boolean, hosts = HOSTS) =>
  setPushSettings(makeReader('admin'), { isOn, contact: 'vanhanh@binhphuoc.gov.vn', hosts })
const ENDPOINT = 'https://push.test.vn/send/aB3_very-long-and-random'

function scene() {
  const unit = unitNamed('UBND xã Tân Thành')
  const head = grantTo(makeOfficial(unit.id).actor, 'head', unit.id)
  const { actor, officialId } = makeOfficial(unit.id, { name: 'Bùi Văn Bình' })
  prepared("update account set password_hash = 'x' where official_id = ?").run(officialId)
  const nudge = () => nudgeOfficials(head, CAMPAIGN, { unitId: unit.id, officialIds: [officialId] }).nudged
  return { actor, head, nudge, officialId }
}

describe('the address of a browser', () => {
  it.each([
    ['https://push.test.vn/a', true],
    ['https://eu.push.test.vn/a', true],
    ['http://push.test.vn/a', false],
    ['https://push.test.vn:8443/a', false],
    ['https://a:b@push.test.vn/a', false],
    ['https://evilpush.test.vn/a', false],
    ['https://push.test.vn.evil.com/a', false],
    ['https://127.0.0.1/a', false],
    ['https://localhost/a', false],
    ['push.test.vn', false],
    [`https://push.test.vn/${'a'.repeat(1000)}`, false],
  ])('%s: %s', (endpoint, isOne) => {
    expect(isEndpoint(endpoint, HOSTS)).toBe(isOne)
  })

  it('is at a named service; names alone are hosts', () => {
    expect(readHosts(PUSH_HOSTS.join('\n'))).toEqual([...PUSH_HOSTS])
    expect(readHosts(' Push.Example.COM \n\n push.example.com')).toEqual(['push.example.com'])
    for (const text of ['', '*', '*.com', '*.*.vn', '10.0.0.1', 'localhost', 'https://a.vn', 'a.vn:443', 'a.vn/x'])
      expect(readHosts(text), text).toBeUndefined()
    const typed = { isOn: 'on', contact: 'vanhanh@binhphuoc.gov.vn', hosts: 'push.test.vn' }
    expect(pushServiceInput.safeParse(typed).data).toEqual({ ...typed, isOn: true, hosts: ['push.test.vn'] })
    expect(pushServiceInput.safeParse({ ...typed, hosts: 'localhost' }).success).toBe(false)
    expect(pushServiceInput.safeParse({ ...typed, contact: 'x' }).success).toBe(false)
  })

  it.each([
    ['8.8.8.8', true],
    ['10.1.2.3', false],
    ['100.64.0.1', false],
    ['127.0.0.1', false],
    ['169.254.169.254', false],
    ['172.31.255.255', false],
    ['172.32.0.1', true],
    ['192.168.1.1', false],
    ['0.0.0.0', false],
    ['239.1.1.1', false],
    ['2404:6800:4005:80a::200a', true],
    ['::1', false],
    ['::ffff:10.0.0.1', false],
    ['::ffff:8.8.8.8', false],
    ['64:ff9b::a00:1', false],
    ['fd00::1', false],
    ['fe80::1', false],
    ['2002:a00:1::', false],
    ['2001:db8::1', false],
  ])('leads to %s: %s', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic)
  })

  it('is not called where its name leads into the own network', async () => {
    const resolved = (all: boolean) =>
      new Promise(resolve => publicLookup('localhost', { all }, error => resolve(error?.code)))
    expect([await resolved(true), await resolved(false)]).toEqual(['ENOTPUBLIC', 'ENOTPUBLIC'])
  })
})

describe('reminders to phones', () => {
  it('are off until an administrator turns them on, and nobody else may', async () => {
    const { actor, nudge } = scene()
    expect(findPushKey()).toBeNull()
    expect(subscribe(actor, ENDPOINT)).toMatchObject({ problems: [{ reason: 'push_off' }] })
    expect(statusOf(() => setPushSettings(actor, { isOn: true, contact: 'a@b.vn', hosts: HOSTS }))).toBe(403)
    expect(statusOf(() => findPushSettings(grantTo(actor, 'campaign_office', 1)))).toBe(403)
    expect(findPushSettings(makeReader('admin'))).toMatchObject({ isOn: false, hosts: [...PUSH_HOSTS], browsers: 0 })
    turn(true)
    const key = findPushKey()
    expect(Buffer.from(key ?? '', 'base64url')).toHaveLength(65)
    expect(subscribe(actor, 'https://push.other.vn/a')).toMatchObject({
      problems: [{ reason: 'push_service_unknown' }],
    })
    expect(subscribe(actor, ENDPOINT)).toEqual({ ok: true })
    turn(false)
    expect(subscribe(actor, `${ENDPOINT}2`)).toMatchObject({ problems: [{ reason: 'push_off' }] })
    nudge()
    expect([findPushKey(), await send()]).toEqual([null, 0])
    turn(true)
    expect([findPushKey(), await send()]).toEqual([key, 0])
    expect(toldBy("subject = 'push_service'")).toHaveLength(3)
  })

  it('carry nothing at all, and prove whose they are', async () => {
    const { actor, nudge } = scene()
    turn(true)
    subscribe(actor, ENDPOINT)
    expect(await send()).toBe(0)
    expect(nudge()).toBe(1)
    expect(await send()).toBe(1)
    expect(await send()).toBe(0)
    expect(received).toHaveLength(1)
    const [message] = received
    expect(message).toMatchObject({ path: '/send/aB3_very-long-and-random', method: 'POST', body: '' })
    expect(Object.keys(message?.headers ?? {}).sort()).toEqual([
      'authorization',
      'connection',
      'content-length',
      'host',
      'topic',
      'ttl',
      'urgency',
    ])
    const [, head = '', claims = '', signature = '', key = ''] =
      /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(message?.headers.authorization ?? '') ?? []
    expect(key).toBe(findPushKey())
    const point = Buffer.from(key, 'base64url')
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(half => half.toString('base64url'))
    const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
    const isOurs = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    )
    expect(isOurs).toBe(true)
    const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud: string; exp: number; sub: string }
    expect(said).toMatchObject({ aud: 'https://push.test.vn', sub: 'mailto:vanhanh@binhphuoc.gov.vn' })
    expect(said.exp * 1000 - Date.now()).toBeLessThan(86_400_000)
  })

  it('go to every browser of who is reminded, and to nobody else', async () => {
    const { actor, head, nudge } = scene()
    turn(true)
    subscribe(actor, `${ENDPOINT}1`)
    subscribe(actor, `${ENDPOINT}2`)
    subscribe(head, `${ENDPOINT}3`)
    nudge()
    expect(await send()).toBe(2)
    expect(received.map(({ path }) => path.slice(-1)).sort()).toEqual(['1', '2'])
  })

  it.each([404, 410])('forget a browser that is gone for good (%d)', async status => {
    const { actor, nudge } = scene()
    turn(true)
    subscribe(actor, ENDPOINT)
    nudge()
    answers = [status]
    await send()
    expect(listOwnBrowsers(actor)).toEqual([])
  })

  it('are tried again ever later, then given up; the browser stays', async () => {
    const { actor, nudge } = scene()
    turn(true)
    subscribe(actor, ENDPOINT)
    nudge()
    answers = [503, 429, 301, 500]
    let at = Date.now()
    const sent: number[] = []
    for (const minutes of [0, 0.5, 1, 3, 4, 15, 16, 1000]) {
      at += minutes * 60_000
      sent.push(await send(at))
    }
    expect(sent).toEqual([1, 0, 1, 0, 1, 0, 1, 0])
    expect(received).toHaveLength(4)
    expect(listOwnBrowsers(actor)).toHaveLength(1)
  })

  it('are not sent to a service that was taken off the list', async () => {
    const { actor, nudge } = scene()
    turn(true)
    subscribe(actor, ENDPOINT)
    nudge()
    turn(true, ['push.other.vn'])
    await send()
    expect(received).toEqual([])
  })

  it('belong to one account, which ends them; a reset or a bar ends them too', () => {
    const { actor, head } = scene()
    turn(true)
    subscribe(actor, ENDPOINT)
    subscribe(actor, ENDPOINT)
    const [browser, ...others] = listOwnBrowsers(actor)
    expect(others).toEqual([])
    expect(browser).toMatchObject({ service: 'push.test.vn' })
    expect(Object.keys(browser ?? {}).sort()).toEqual(['createdAt', 'hash', 'id', 'service'])
    unsubscribe(head, browser?.id ?? 0)
    expect(listOwnBrowsers(actor)).toHaveLength(1)
    subscribe(head, ENDPOINT)
    expect([listOwnBrowsers(actor), listOwnBrowsers(head).length]).toEqual([[], 1])
    unsubscribe(head, listOwnBrowsers(head)[0]?.id ?? 0)
    subscribe(actor, ENDPOINT)
    revokeAllSessions(actor.accountId)
    expect(listOwnBrowsers(actor)).toEqual([])
    const told = (verb: string) => toldBy(`subject = 'push_subscription' and verb = '${verb}'`).length
    expect([told('remember'), told('forget')]).toEqual([3, 1])
  })

  it('are for ten browsers of an account at most, and their addresses are sealed', () => {
    const { actor }: { actor: Person } = scene()
    turn(true)
    for (let n = 0; n < 10; n++) expect(subscribe(actor, `${ENDPOINT}${n}`)).toEqual({ ok: true })
    expect(subscribe(actor, `${ENDPOINT}10`)).toMatchObject({ problems: [{ reason: 'push_enough' }] })
    const stored = prepared<Buffer>('select endpoint_cipher from push_subscription').pluck().all()
    for (const cipher of stored) expect(cipher.includes('push.test.vn')).toBe(false)
  })
})
