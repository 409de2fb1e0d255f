import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { fillOpenForm } from './help-entry.ts'
import { contextOf, expect, query, test } from './person.ts'
import { startServer } from './server-process.ts'

const PORT = Number(process.env.E2E_PORT ?? '3187') + 8
const ORIGIN = `http://127.0.0.1:${PORT}`
/** The script of the page that shows a saved record, as the build's manifest names it. */
function nextPageScript(): string {
  const assets = 'build/client/assets'
  const manifest = readdirSync(assets).find(name => /^manifest-.*\.js$/.test(name)) ?? ''
  const module = /"routes\/help\/show":\{[^}]*?"module":"([^"]+)"/.exec(
    readFileSync(join(assets, manifest), 'utf8'),
  )?.[1]
  if (module === undefined) throw new Error('the build names no script for the page of a record')
  return module
}

const count = () => query<{ n: number }>('select count(*) as n from help')[0]?.n ?? 0

async function fillAndSave(page: Page, number: string) {
  await fillOpenForm(page, { name: 'Lý Thị Cập Nhật', number })
  await page.getByRole('button', { name: 'Lưu trường hợp' }).click()
}

async function expectSaved(page: Page, before: number) {
  await expect(page.getByText('Đã lưu')).toBeVisible()
  await expect(page).toHaveURL(/\/ho-tro\/\d+\?da-luu$/)
  expect(count()).toBe(before + 1)
}

/** The same build as another one would be: each script by another name, routes of another version. */
function nextBuild(): string {
  const code = mkdtempSync(join(tmpdir(), 'next-build-'))
  cpSync('build', join(code, 'build'), { recursive: true })
  for (const name of ['node_modules', 'db', 'package.json']) symlinkSync(resolve(name), join(code, name))
  const assets = join(code, 'build/client/assets')
  const renamed = new Map<string, string>()
  for (const name of readdirSync(assets))
    if (/-[\w-]{8}\.js$/.test(name)) renamed.set(name, name.replace(/.{5}\.js$/, 'moi00.js'))
  const files = readdirSync(join(code, 'build'), { recursive: true, withFileTypes: true }).filter(
    entry => entry.isFile() && entry.name.endsWith('.js'),
  )
  for (const { parentPath, name } of files) {
    const file = join(parentPath, name)
    let text = readFileSync(file, 'utf8')
    for (const [old, fresh] of renamed) text = text.replaceAll(old, fresh)
    text = text.replaceAll(/(["']?version["']?:\s*)"[0-9a-f]{8}"/g, '$1"00000moi"')
    writeFileSync(file, text)
  }
  for (const [old, fresh] of renamed) renameSync(join(assets, old), join(assets, fresh))
  return code
}

test('the script of the next page is gone: what was saved is said all the same', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', { serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto('/ho-tro/moi')
  // from here on the form is sent by the script, which asks for the next page's
  await expect(page.getByRole('button', { name: 'Chọn ảnh có mã QR' })).toBeVisible()
  let missed = 0
  await page.route(`**${nextPageScript()}`, route => {
    missed += 1
    return missed === 1 ? route.fulfill({ status: 404, body: '' }) : route.continue()
  })
  const before = count()
  await fillAndSave(page, '070185990011')
  await expectSaved(page, before)
  expect(missed).toBeGreaterThan(0)
  await context.close()
})

test('a page that was opened before an update still saves and says so', async ({ browser }) => {
  test.setTimeout(120_000)
  const folder = dirname(process.env.E2E_DATABASE ?? '')
  const env = { DEMO: '1', PORT: String(PORT), LOG_LEVEL: 'silent' }
  const code = nextBuild()
  const before = await startServer(env, folder)
  const context = await contextOf(browser, 'canbo', { serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto(`${ORIGIN}/ho-tro/moi`)
  const [own = ''] = (await page.content()).match(/\/assets\/entry\.client-[\w-]+\.js/) ?? []
  before.child.kill('SIGTERM')
  await before.ended
  const after = await startServer(env, folder, code)
  try {
    const fresh = await (await fetch(`${ORIGIN}/dang-nhap`)).text()
    expect(own).not.toBe('')
    expect(fresh).not.toContain(own)
    expect((await fetch(ORIGIN + own)).status).toBe(200)
    const stored = count()
    await fillAndSave(page, '070185990012')
    await expectSaved(page, stored)
  } finally {
    after.child.kill('SIGTERM')
    await after.ended
    await context.close()
    rmSync(code, { recursive: true, force: true })
  }
})
