import { request } from 'node:http'
import { dirname } from 'node:path'
import { JSON_BODIES, type Shaped, shapesOf } from '../fuzz/heavy-bodies.ts'
import { expect, query, sessionCookie, test } from './person.ts'
import { type ServerProcess, startServer } from './server-process.ts'

/** A server of its own beside that of all specs, on the same database: what ended it would end the other specs too. */
let server: ServerProcess
const KB = 1024
const SOON_MS = 1000

test.beforeAll(async () => {
  const env = { DEMO: '1', PORT: String(Number(process.env.E2E_PORT ?? '3187') + 8), LOG_LEVEL: 'silent' }
  server = await startServer(env, dirname(process.env.E2E_DATABASE ?? ''))
  // what is compiled at its first use is not what is measured
  await fetch(`${server.origin}/dang-nhap`)
})

test.afterAll(async () => {
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
})

async function post(path: string, { type, text }: Shaped, cookie = '') {
  const headers = { Origin: server.origin, 'Content-Type': type, Cookie: cookie }
  const body = text()
  const start = performance.now()
  const response = await fetch(server.origin + path, { method: 'POST', headers, body, redirect: 'manual' })
  return { status: response.status, text: await response.text(), ms: performance.now() - start }
}

const cookieOf = (login: string) => {
  const { name, value } = sessionCookie(login)
  return `${name}=${value}`
}

for (const path of ['/dang-nhap', '/kich-hoat'])
  for (const body of shapesOf(path === '/dang-nhap' ? 'login' : 'code'))
    test(`a stranger’s ${body.name} at ${path} is refused within a second, and the server lives`, async () => {
      const { status, text, ms } = await post(path, body)
      expect(status).toBe(400)
      expect(text).toMatch(/[ạ-ỹ].*\s/)
      expect(ms).toBeLessThan(SOON_MS)
      expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
      expect(server.child.exitCode).toBeNull()
    })

for (const body of shapesOf('maker', 5.5 * KB * KB).slice(0, 10))
  test(`an official’s ${body.name}, where files are taken, is refused within a second`, async () => {
    const { status, ms } = await post('/nghia-vu/phone_4g', body, cookieOf('canbo'))
    expect(status).toBe(400)
    expect(ms).toBeLessThan(SOON_MS)
  })

for (const body of JSON_BODIES)
  test(`a phone’s ${body.name} is refused within a second`, async () => {
    const { status, ms } = await post('/ho-tro/gui', body, cookieOf('canbo'))
    expect(status).toBe(400)
    expect(ms).toBeLessThan(SOON_MS)
  })

test('a file of 11 MB that one may not send is refused in words, not by a cut', async () => {
  const [unit] = query<{ id: number }>("select id from unit where name = 'UBND xã Lộc Hiệp'")
  const body = { name: 'a file', type: 'multipart/form-data; boundary=x', text: () => 'a'.repeat(11 * KB * KB) }
  const { status, text } = await post(`/don-vi/${unit?.id}/nguoi-thuc-hien/nhap`, body, cookieOf('daumoi'))
  expect(status).toBe(404)
  expect(text).toMatch(/[ạ-ỹ].*\s/)
})

test('TRACE from a page of ours is refused in words', async () => {
  const status = await new Promise(resolve => {
    const sent = request(
      { port: server.port, method: 'TRACE', path: '/', headers: { Origin: server.origin } },
      answer => {
        answer.resume()
        resolve(answer.statusCode)
      },
    )
    sent.end()
  })
  expect(status).toBe(405)
})

test('nothing that says nothing about caches is kept by them; data of pages too', async () => {
  const headers = { Cookie: cookieOf('canbo') }
  const keptOf = async (path: string) =>
    (await fetch(server.origin + path, { headers, redirect: 'manual' })).headers.get('Cache-Control')
  for (const path of [
    '/ho-tro.data',
    '/_root.data',
    '/ho-tro',
    '/khong-co',
    '/tai-khoan.data',
    '/don-vi/%',
    '/dang-xuat',
  ])
    expect(await keptOf(path), path).toBe('no-store')
  const page = await (await fetch(`${server.origin}/dang-nhap`)).text()
  expect(await keptOf(/\/assets\/[^"]+\.js/.exec(page)?.[0] ?? '')).toBe('public, max-age=31536000, immutable')
})
