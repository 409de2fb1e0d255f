import { chromium } from '@playwright/test'
import Database from 'better-sqlite3'
import { createHash, randomBytes } from 'node:crypto'
const [,, file, base, out, login, ...paths] = process.argv
const db = new Database(file, { timeout: 5000 })
function cookie(login) { const id = randomBytes(20).toString('hex'); const a = db.prepare('select id from account where login=?').get(login); db.prepare('insert into session (id, account_id, campaign_id, expires_at, created_at, user_agent) values (?,?,1,?,?,?)').run(createHash('sha256').update(id).digest('base64url'), a.id, Date.now()+864e5, Date.now(), 'shot'); return id }
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] })
for (const [w,h] of [[360,780],[1280,900]]) {
  const c = await b.newContext({ viewport: { width: w, height: h }, locale: 'vi-VN' })
  const p = await c.newPage()
  if (login !== '-') { const s = await c.newCDPSession(p); console.log(await s.send('Network.setCookie', { url: base, name: '__Host-phien', value: cookie(login), secure: true, httpOnly: true, path: '/', sameSite: 'Lax' })) }
  p.on('console', m => m.type()==='error' && console.log('CONSOLE', p.url(), m.text()))
  p.on('pageerror', e => console.log('PAGEERROR', p.url(), e.message))
  for (const path of paths) {
    const r = await p.goto(base + path)
    await p.waitForLoadState('networkidle')
    const name = (path.replace(/[^a-z0-9]+/gi, '_') || 'home') + '-' + w
    const over = await p.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    console.log(r.status(), path, w, r.headers()['server-timing'], over > 0 ? 'OVERFLOW ' + over : '')
    await p.screenshot({ path: `${out}/${login}${name}.png`, fullPage: true })
  }
  await c.close()
}
await b.close()
