import { type IncomingHttpHeaders, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkAddress, checkOrigin, checkVerb, giveNonce, limitBody, protect, storeNothing } from '#app/server/guard.ts'

/** The guards of the real server in their real order before a handler that says how many bytes reached it. */
const HOST = '4phu.binhphuoc.example'
const OWN = `https://${HOST}`
let server: Server
let reached = 0

function listen(isTls: boolean): Promise<Server> {
  const application = express()
  application.use(storeNothing, giveNonce, protect(isTls), checkVerb, checkOrigin(OWN), limitBody)
  application.get('/assets/a.js', (_, response) => response.set('Cache-Control', 'immutable').send('a'))
  application.get('/by-hand', (_, response) => response.writeHead(200, { 'cache-control': 'private' }).end('a'))
  application.get('/empty', (_, response) => response.status(204).end())
  application.all('*', (incoming, response) => {
    reached += 1
    let bytes = 0
    incoming.on('data', (chunk: Buffer) => (bytes += chunk.length))
    incoming.on('end', () => response.json({ bytes }))
    incoming.resume()
  })
  return new Promise(resolve => {
    const opened = application.listen(0, '127.0.0.1', () => resolve(opened))
  })
}

beforeAll(async () => {
  server = await listen(true)
})
afterAll(() => server.close())

type Sent = { method?: string; path?: string; headers?: Record<string, string>; chunks?: Buffer[] }

/** Returns the response; status 0 if the connection was cut. */
function send(
  { method = 'GET', path = '/', headers = {}, chunks = [] }: Sent,
  to = server,
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  const { port } = to.address() as AddressInfo
  return new Promise(resolve => {
    const outgoing = request({ port, host: '127.0.0.1', method, path, headers, agent: false }, answer => {
      let body = ''
      answer.on('data', chunk => (body += chunk))
      answer.on('close', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
    })
    outgoing.on('error', () => resolve({ status: 0, headers: {}, body: '' }))
    for (const chunk of chunks) outgoing.write(chunk)
    outgoing.end()
  })
}

describe('a write', () => {
  it.each<[string, Record<string, string>, number]>([
    ['from a page of ours', { Origin: OWN, Host: HOST }, 200],
    ['from the address that was asked', { Origin: 'http://4phu.lan', Host: '4phu.lan' }, 200],
    ['from a page of somebody else', { Origin: 'https://ke-xau.example' }, 403],
    ['from a host that begins like ours', { Origin: `${OWN}.ke-xau.example` }, 403],
    ['from a frame without an origin', { Origin: 'null' }, 403],
    ['without an origin, told to be of this site', { 'Sec-Fetch-Site': 'same-origin' }, 200],
    ['without an origin, from a sibling site', { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['without anything that tells', {}, 403],
  ])('%s', async (_, headers, status) => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const before = reached
      expect((await send({ method, headers, path: '/ho-tro/moi' })).status, method).toBe(status)
      expect(reached - before, `${method} reached the page`).toBe(status === 200 ? 1 : 0)
    }
  })

  it('of the interface needs no origin: it knows no cookie', async () => {
    expect((await send({ method: 'POST', path: '/api/v1/figures' })).status).toBe(200)
  })
})

describe('a method', () => {
  it.each([
    ['TRACE', 405],
    ['PROPFIND', 405],
    ['OPTIONS', 403],
  ])('%s that is no verb of ours is refused', async (method, status) => {
    const before = reached
    expect((await send({ method })).status).toBe(status)
    expect(reached).toBe(before)
  })

  it.each(['TRACE', 'PROPFIND'])(
    '%s is refused from a page of ours too, which the platform cannot read',
    async method => {
      expect((await send({ method, headers: { Origin: OWN, Host: HOST } })).status).toBe(405)
    },
  )
})

describe('a body', () => {
  const KB = 1024
  const headers = { Origin: OWN, Host: HOST }

  it.each([
    ['/ho-tro/moi', 256],
    ['/don-vi/12/nguoi-thuc-hien/nhap', 12 * KB],
    ['/nghia-vu/sim', 6 * KB],
  ])('of %s is taken up to %i KB and refused before it is read', async (path, limit) => {
    const taken = Buffer.alloc(limit * KB)
    const of = (bytes: number) => ({ ...headers, 'Content-Length': String(bytes) })
    const fits = await send({ method: 'POST', path, headers: of(taken.length), chunks: [taken] })
    expect(JSON.parse(fits.body)).toEqual({ bytes: taken.length })
    const before = reached
    const told = await send({ method: 'POST', path, headers: of(taken.length + 1) })
    expect(told.status).toBe(413)
    expect(told.body).toContain('KB')
    expect(reached).toBe(before)
  })

  it('without a length is cut off where it passes the limit', async () => {
    const chunks = Array.from({ length: 40 }, () => Buffer.alloc(16 * KB))
    const { status } = await send({ method: 'POST', path: '/ho-tro/moi', headers, chunks })
    expect([0, 413]).toContain(status)
  })
})

describe('every answer', () => {
  const policyOf = async (path = '/', to = server) => {
    const policy = String((await send({ path }, to)).headers['content-security-policy'])
    return new Map(
      policy.split(';').map(part => {
        const [name = '', ...values] = part.trim().split(' ')
        return [name, values.join(' ')]
      }),
    )
  }

  it('lets nothing run or load that is not ours: no inline script or style, no base, no plug-in', async () => {
    const policy = await policyOf()
    expect(policy.get('default-src')).toBe("'none'")
    expect(policy.get('script-src')).toMatch(/^'self' 'nonce-[\w+/=]{24}'$/)
    expect(policy.get('style-src')).toBe("'self'")
    expect(policy.get('base-uri')).toBe("'none'")
    expect(policy.get('form-action')).toBe("'self'")
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe|\*/)
  })

  it.each([
    ['/', 'no-store'],
    ['/ho-tro.data', 'no-store'],
    ['/empty', 'no-store'],
    ['/assets/a.js', 'immutable'],
    ['/by-hand', 'private'],
  ])('at %s is kept by caches as it says, else not at all: %s', async (path, kept) => {
    expect((await send({ path })).headers['cache-control']).toBe(kept)
  })

  it('has a nonce of its own', async () => {
    const [one, other] = [await policyOf(), await policyOf()]
    expect(one.get('script-src')).not.toBe(other.get('script-src'))
  })

  it('lets WebAssembly run in the reader of cards alone', async () => {
    expect((await policyOf('/assets/card-worker-Ab12.js')).get('script-src')).toContain("'wasm-unsafe-eval'")
    expect((await policyOf('/assets/card-worker-Ab12.js.map')).get('script-src')).not.toContain('unsafe')
  })

  it('stands in nobody’s frame but the public pages', async () => {
    for (const path of ['/', '/cong-khai-khac', '/dang-nhap', '/x/ABCD']) {
      expect((await policyOf(path)).get('frame-ancestors'), path).toBe("'none'")
      expect((await send({ path })).headers['x-frame-options'], path).toBe('DENY')
    }
    for (const path of ['/cong-khai', '/cong-khai/nhung'])
      expect((await policyOf(path)).get('frame-ancestors'), path).toBe('*')
  })

  it('is read as the kind that it says, and tells no other site where one came from', async () => {
    const { headers } = await send({})
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('same-origin')
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
  })

  it('asks for TLS for a year, subdomains too, where there is TLS', async () => {
    expect((await send({})).headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
    const plain = await listen(false)
    try {
      expect((await send({}, plain)).headers['strict-transport-security']).toBeUndefined()
      expect((await policyOf('/', plain)).has('upgrade-insecure-requests')).toBe(false)
    } finally {
      plain.close()
    }
  })
})

describe('an address behind a proxy', () => {
  const post = async (headers: Record<string, string>) => {
    const application = express()
    application.use(giveNonce, checkAddress(OWN)).all('*', (_, response) => response.send('taken'))
    const opened = await new Promise<Server>(resolve => {
      const made = application.listen(0, '127.0.0.1', () => resolve(made))
    })
    const answer = await send({ method: 'POST', path: '/ho-tro/moi', headers }, opened)
    opened.close()
    return answer
  }

  it.each([
    ['says that the proxy does not pass our host on', { Origin: OWN, Host: 'app:3000' }, 400, /proxy/],
    ['says nothing of a proxy to other sites', { Origin: 'https://ke-xau.example', Host: HOST }, 400, /không đọc được/],
    [
      'takes the host that is passed on beside',
      { Origin: OWN, Host: 'app:3000', 'X-Forwarded-Host': HOST },
      200,
      /taken/,
    ],
  ])('%s', async (_, headers, status, words) => {
    const answer = await post(headers)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatch(words)
  })
})
