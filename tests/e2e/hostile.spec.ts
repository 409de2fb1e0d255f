import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import routes from '#app/routes.ts'
import { expect, idsOfAll, sessionCookie, test, urlOf } from './person.ts'
import { ROUTE_ACCESS } from './route-access.ts'

const PORT = Number(process.env.E2E_PORT ?? 3187)
const HOST = `127.0.0.1:${PORT}`
const KB = 1024

type Headers = Record<string, string>
type Plain = { status: number; headers: Headers; text: string }

/** A request with these headers and no others of a browser. */
function ask(method: string, path: string, headers: Headers = {}, body = ''): Promise<Plain> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ host: '127.0.0.1', port: PORT, method, path, headers }, response => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Headers,
          text: Buffer.concat(pieces).toString(),
        }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** Returns what a raw connection gets back until it is closed, and how long that took. */
function talk(lines: string, more?: (write: (text: string) => boolean) => void): Promise<{ text: string; ms: number }> {
  const start = performance.now()
  return new Promise(resolve => {
    let text = ''
    const socket = connect(PORT, '127.0.0.1', () => {
      socket.write(lines)
      more?.(piece => !socket.destroyed && socket.write(piece))
    })
    socket.on('data', piece => {
      text += piece.toString()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve({ text, ms: performance.now() - start }))
  })
}

test.describe('a write', () => {
  const rows = [...new Map(ROUTE_ACCESS.map(row => [row.route, row])).values()]
  for (const [from, headers] of [
    ['another site', { Origin: 'https://example.org' }],
    ['a sandboxed frame', { Origin: 'null' }],
    ['another port', { Origin: 'http://127.0.0.1:1' }],
    ['nowhere', {}],
    ['another site that sends no Origin', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling site', { 'Sec-Fetch-Site': 'same-site' }],
  ] as const)
    test(`from ${from} is refused on every route`, async () => {
      const ids = idsOfAll()
      const { name, value } = sessionCookie('congan')
      const taken: string[] = []
      for (const row of rows.filter(({ route }) => !route.startsWith('api/v1')))
        for (const method of ['POST', 'PUT', 'DELETE']) {
          const path = urlOf(row, ids)
          const { status, text } = await ask(method, path, { ...headers, Cookie: `${name}=${value}` } as Headers)
          if (status !== 403 || !text.includes('không đến từ trang')) taken.push(`${method} ${path}: ${status}`)
        }
      expect(taken).toEqual([])
      expect(rows.length).toBeGreaterThanOrEqual(routes.length)
    })

  test('to the interface counts for nothing without a token, whatever cookie comes along', async () => {
    const { name, value } = sessionCookie('congan')
    const { status } = await ask('POST', '/api/v1/extracts', { Cookie: `${name}=${value}` })
    expect(status).toBe(401)
  })
})

test.describe('the content policy', () => {
  const others: [what: string, ask: () => Promise<Plain>, status: number][] = [
    ['a page that is not there', () => ask('GET', '/khong-co-trang-nay'), 404],
    ['a file that is not there', () => ask('GET', '/tep/999999', cookieOf('congan')), 404],
    ['an address that cannot be read', () => ask('GET', '/don-vi/%'), 400],
    ['a write from elsewhere', () => ask('POST', '/dang-nhap', { Origin: 'https://example.org' }), 403],
    [
      'a body that is too large',
      () => ask('POST', '/dang-nhap', { Origin: `http://${HOST}`, 'Content-Length': String(KB * KB) }),
      413,
    ],
    [
      'a form that breaks off',
      () =>
        ask('POST', '/dang-nhap', { Origin: `http://${HOST}`, 'Content-Type': 'multipart/form-data; boundary=x' }, 'x'),
      400,
    ],
    ['a page that takes no form', () => ask('POST', '/huong-dan', own('canbo')), 405],
    ['a step that is no page', () => ask('GET', '/dang-xuat', cookieOf('canbo')), 400],
    ['what one may not do', () => ask('GET', '/quan-tri', cookieOf('canbo')), 403],
    ['the interface', () => ask('GET', '/api/v1/units'), 401],
  ]
  for (const [what, asked, status] of others)
    test(`binds ${what}, which says in Vietnamese what to do`, async () => {
      const answer = await asked()
      expect(answer.status).toBe(status)
      expectBound(answer, '/khac')
      expect(answer.text).toMatch(/[ạ-ỹ].*\s/)
      expect(answer.text).not.toMatch(/\n\s+at |Unexpected Server Error"}$/)
    })

  for (const login of ['nobody', 'canbo', 'congan', 'quantri'])
    test(`binds every route that ${login} asks for; only the public pages stand in frames`, async () => {
      test.setTimeout(180_000)
      const ids = idsOfAll()
      const headers = login === 'nobody' ? {} : cookieOf(login)
      for (const row of new Map(ROUTE_ACCESS.map(one => [one.route, one])).values()) {
        const path = urlOf(row, ids)
        expectBound(await ask('GET', path, headers), path)
      }
    })

  test('gives each answer a nonce of its own, and every script of a page has it', async () => {
    const pages = await Promise.all([1, 2].map(() => ask('GET', '/', cookieOf('canbo'))))
    const nonces = pages.map(({ headers }) => nonceOf(headers))
    expect(nonces[0]).not.toBe(nonces[1])
    for (const [n, { text }] of pages.entries()) {
      const inline = [...text.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)].map(([, attributes = '']) => attributes)
      expect(inline.length).toBeGreaterThan(0)
      for (const attributes of inline) expect(attributes).toContain(`nonce="${nonces[n]}"`)
    }
  })
})

const cookieOf = (login: string): Headers => {
  const { name, value } = sessionCookie(login)
  return { Cookie: `${name}=${value}` }
}
const own = (login: string): Headers => ({ ...cookieOf(login), Origin: `http://${HOST}` })
const nonceOf = (headers: Headers) => /'nonce-([\w+/=]{20,})'/.exec(headers['content-security-policy'] ?? '')?.[1]

function expectBound({ headers }: Plain, path: string) {
  const policy = headers['content-security-policy'] ?? ''
  expect(headers['content-security-policy-report-only'], path).toBeUndefined()
  expect(policy, path).toContain("default-src 'none'")
  expect(policy, path).toContain("base-uri 'none'")
  expect(policy, path).not.toMatch(/unsafe-inline|unsafe-eval|unsafe-hashes|\*(?!$|;)/)
  expect(nonceOf(headers), path).toBeDefined()
  expect(headers['x-content-type-options'], path).toBe('nosniff')
  const isPublic = /^\/cong-khai(?:\/|$)/.test(path)
  expect(policy, path).toContain(`frame-ancestors ${isPublic ? '*' : "'none'"}`)
  expect(headers['x-frame-options'], path).toBe(isPublic ? undefined : 'DENY')
}

test.describe('a body', () => {
  const head = (path: string, ...more: string[]) =>
    [`POST ${path} HTTP/1.1`, `Host: ${HOST}`, `Origin: http://${HOST}`, ...more, '', ''].join('\r\n')
  const LARGE: [path: string, limit: number][] = [
    ['/dang-nhap', 256 * KB],
    ['/ho-tro/gui', 256 * KB],
    ['/api/v1/indicators/figures', 256 * KB],
    ['/nghia-vu/phone_4g', 6 * KB * KB],
    ['/xem-xet/1/y-kien', 6 * KB * KB],
    ['/don-vi/1/bao-cao/tuan-2024-06-07/ban-ky', 6 * KB * KB],
    ['/don-vi/1/cam-ket', 6 * KB * KB],
    ['/van-ban/1', 6 * KB * KB],
    ['/van-ban/1.data', 6 * KB * KB],
    ['/cam-ket/ky-so', KB * KB],
    ['/don-vi/1/tuyen-truyen/nhap', 5 * KB * KB],
    ['/don-vi/1/nguoi-thuc-hien/nhap', 12 * KB * KB],
    ['/don-vi/1/phan-cong/nhap', 12 * KB * KB],
    ['/doi-chieu/moi', 65 * KB * KB],
    ['/api/v1/extracts', 65 * KB * KB],
  ]
  for (const [path, limit] of LARGE)
    test(`that says it is over ${limit / KB} KB is refused at once on ${path}`, async () => {
      const { text, ms } = await talk(head(path, `Content-Length: ${limit + 1}`))
      expect(text).toMatch(/^HTTP\/1\.1 413 /)
      expect(text).toMatch(/^connection: close/im)
      expect(text).toContain('Anh/chị chia nhỏ hoặc nén tệp')
      expect(ms).toBeLessThan(1000)
      // one byte less is let through to the route, which then waits for it
      const within = await Promise.race([
        talk(head(path, `Content-Length: ${limit}`)).then(({ text: told }) => told.slice(0, 12)),
        new Promise(resolve => setTimeout(() => resolve('waits'), 300)),
      ])
      expect(within).not.toBe('HTTP/1.1 413')
    })

  test('that never ends is cut off when it passes the limit', async () => {
    let sent = 0
    const piece = `10000\r\n${'a'.repeat(0x10000)}\r\n`
    const { text } = await talk(
      head('/dang-nhap', 'Content-Type: application/x-www-form-urlencoded', 'Transfer-Encoding: chunked'),
      write => {
        const go = setInterval(() => {
          const isOpen = write(piece)
          sent += 0x10000
          if (!isOpen || sent > 64 * KB * KB) clearInterval(go)
        }, 1)
      },
    )
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
    expect(sent).toBeLessThan(8 * KB * KB)
  })

  test('with two lengths, or a length and chunks, is no request', async () => {
    const two = await talk(head('/dang-nhap', 'Content-Length: 3', 'Content-Length: 4'))
    const both = await talk(head('/dang-nhap', 'Content-Length: 3', 'Transfer-Encoding: chunked'))
    expect([two.text.slice(0, 12), both.text.slice(0, 12)]).toEqual(['HTTP/1.1 400', 'HTTP/1.1 400'])
  })
})

test('headers that come drop by drop are not waited for', async () => {
  test.setTimeout(60_000)
  const { text, ms } = await talk(`GET / HTTP/1.1\r\nHost: ${HOST}\r\n`, write => {
    const drop = setInterval(() => {
      if (!write('X-A: b\r\n')) clearInterval(drop)
    }, 500)
  })
  expect(text).toMatch(/^HTTP\/1\.1 408 /)
  expect(ms).toBeLessThan(30_000)
})

test.describe('a right password leads to no other site', () => {
  const OTHER = 'localhost:1'
  const WAYS = [
    `/%09/${OTHER}/dang-nhap`,
    `/%0A/${OTHER}`,
    `/%5C${OTHER}`,
    `%5C%5C${OTHER}`,
    `//${OTHER}`,
    `/.//${OTHER}`,
    `/a/..//${OTHER}`,
    `/%252F${OTHER}`,
    `/%252F%252F${OTHER}`,
    `/%255C${OTHER}`,
    `/%2500/${OTHER}`,
    `http://${OTHER}`,
    `javascript:alert(1)`,
    `/%E2%80%A8/${OTHER}`,
  ]
  for (const javaScriptEnabled of [true, false])
    test(javaScriptEnabled ? 'with scripts' : 'without', async ({ browser }) => {
      test.setTimeout(180_000)
      for (const way of WAYS) {
        const context = await browser.newContext({ javaScriptEnabled })
        const page = await context.newPage()
        await page.goto(`/dang-nhap?den=${way}`)
        await page.getByLabel('Mã cán bộ hoặc số điện thoại').fill('canbo')
        await page.getByLabel('Mật khẩu').fill('demo-4phu')
        await page.getByRole('button', { name: 'Đăng nhập' }).click()
        await page.waitForURL(url => url.pathname !== '/dang-nhap')
        expect(new URL(page.url()).host, way).toBe(HOST)
        await context.close()
      }
    })
})
