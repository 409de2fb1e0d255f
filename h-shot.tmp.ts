import { chromium, type Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { execSync } from 'node:child_process'
const base = 'http://127.0.0.1:3205'
const db = new Database('/tmp/h-roster/demo.sqlite', { readonly: true })
const unitId = (db.prepare(`select g.unit_id as id from role_grant g join account a on a.id=g.account_id where a.login='daumoi'`).get() as {id:number}).id
console.log('unit', unitId, db.prepare('select name from unit where id=?').get(unitId))
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] })
const width = Number(process.argv[2] ?? 1280)
const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: process.argv[3] !== 'nojs' })
const page = await context.newPage()
page.on('console', m => { if (m.type() === 'error') console.log('CONSOLE', m.text()) })
page.on('pageerror', e => console.log('PAGEERROR', e.message))
const shot = async (name: string) => { await page.waitForTimeout(300); await page.screenshot({ path: `/tmp/h-shots/${name}-${width}.png`, fullPage: true }); const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth); console.log(name, page.url().replace(base,''), 'overflow', over) }
await page.goto(`${base}/dang-nhap`)
await page.fill('[name=login]', 'daumoi'); await page.fill('[name=password]', 'demo-4phu')
await page.click('button[type=submit]'); await page.waitForURL(`${base}/`)
const upload = async (file: string, kind = 'staff') => {
  await page.goto(`${base}/don-vi/${unitId}/nguoi-thuc-hien/nhap`)
  await page.setInputFiles('input[type=file]', file)
  await page.check(`input[value=${kind}]`)
  await page.click('button[type=submit]:has-text("Tải lên")')
  await page.waitForURL(/lo-nhap|\?lo=|nhap$/, { timeout: 60000 })
  await page.waitForLoadState('networkidle')
}
const F = '/work/main/tests/fixtures/rosters/'
await page.goto(`${base}/don-vi/${unitId}/nguoi-thuc-hien/nhap`); await shot('1-upload')
for (const [n, f, kind] of [['2-xls','legacy.xls'],['3-truncated','truncated.xlsx'],['4-problems','problems.xlsx'],['5-libreoffice','libreoffice.xlsx'],['6-tcvn3','tcvn3.xlsx'],['7-two-row','two-row-header.xlsx'],['8-women','association.xlsx','women'],['9-missing','missing-columns.xlsx']] as const) {
  await upload(F + f, kind); await shot(n)
}
await browser.close()
