import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, expectWell, type Page, test, watch } from './person.ts'
import { type ServerProcess, startServer } from './server-process.ts'

/*
 * Three ways in which nobody can sign in though the password is right: a browser that keeps no cookie, an address that no
 * cookie can be kept for, a proxy that drops the host. Each is said in words.
 */

const PHONE = { viewport: { width: 360, height: 640 } }

async function signIn(page: Page) {
  await page.getByLabel(/Mã cán bộ/).fill('canbo')
  await page.getByLabel(/Mật khẩu/).fill('demo-4phu')
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
}

for (const javaScriptEnabled of [true, false])
  test(`a browser that keeps no cookie is told so at the sign-in, scripts ${javaScriptEnabled ? 'on' : 'off'}`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ ...PHONE, javaScriptEnabled, serviceWorkers: 'block' })
    await context.route(/./, async route => {
      const answer = await route.fetch({ maxRedirects: 0 })
      const body = await answer.body()
      // the answer's cookies are in the context by now
      await context.clearCookies()
      const { 'set-cookie': _, ...headers } = answer.headers()
      await route.fulfill({ status: answer.status(), headers, body })
    })
    const page = watch(await context.newPage())
    await page.goto('/ho-tro')
    await expect(page.getByText('Trình duyệt chưa giữ cookie')).toHaveCount(0)
    await signIn(page)
    await expect(page.getByText('Trình duyệt chưa giữ cookie')).toBeVisible()
    await expect(page.getByText(/bật cookie cho trang này/)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Đăng nhập' })).toBeVisible()
    if (javaScriptEnabled) await expectWell(page)
    await context.unrouteAll({ behavior: 'ignoreErrors' })
    await context.close()
  })

test('a PUBLIC_URL that no cookie can be kept for is told in the log, and before anybody types', async ({ page }) => {
  const server = await startServer({ PUBLIC_URL: 'http://10.1.2.3:3111' })
  try {
    await expect.poll(() => server.said()).toContain('browsers drop Secure cookies over http')
    await page.setViewportSize(PHONE.viewport)
    await page.goto(`${server.origin}/dang-nhap`)
    await expect(page.getByText('Địa chỉ này chưa dùng https')).toBeVisible()
    await expect(page.getByText(/đặt PUBLIC_URL là địa chỉ https/)).toBeVisible()
  } finally {
    await server.drop()
  }
})

/** A proxy before a server, which names itself and not the address that was asked. */
async function proxyTo(server: () => ServerProcess | undefined): Promise<Server> {
  const proxy = createServer((incoming, outgoing) => {
    const port = server()?.port
    const forwarded = request(
      {
        port,
        host: '127.0.0.1',
        path: incoming.url,
        method: incoming.method,
        headers: { ...incoming.headers, host: 'app:3000' },
      },
      answer => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    forwarded.on('error', () => outgoing.destroy())
    incoming.pipe(forwarded)
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  return proxy
}

for (const javaScriptEnabled of [true, false])
  test(`a proxy that drops the host is told in words, scripts ${javaScriptEnabled ? 'on' : 'off'}`, async ({
    browser,
  }) => {
    let server: ServerProcess | undefined
    const proxy = await proxyTo(() => server)
    const { port } = proxy.address() as AddressInfo
    server = await startServer({ PUBLIC_URL: `http://127.0.0.1:${port}` })
    const context = await browser.newContext({ ...PHONE, javaScriptEnabled, serviceWorkers: 'block' })
    try {
      const page = await context.newPage()
      await page.goto(`http://127.0.0.1:${port}/dang-nhap`)
      await signIn(page)
      await expect(page.getByText(/máy chủ trung gian \(proxy\) .*chuyển đúng tên miền/)).toBeVisible()
    } finally {
      await context.close()
      proxy.close()
      await server.drop()
    }
  })
