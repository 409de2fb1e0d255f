import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { queryIn } from '#tests/e2e/person.ts'
import { isLoaded } from '#tests/e2e/province.ts'
import { startServer } from '#tests/e2e/server-process.ts'
import { type Browser, sees, waitFor } from './engines/browser.ts'
import { firefox } from './engines/firefox.ts'
import { openLine } from './engines/line.ts'
import { findPrograms } from './engines/programs.ts'
import { webkit } from './engines/webkit.ts'

/**
 * `npm run test:engines`: the main journeys in Firefox and WebKit, on the built server with the synthetic province, behind
 * a line that can be cut. They are signing in, recording a citizen, confirming, and the outbox of a phone without a
 * network. Pictures of each step go into a folder that the last line names. Arguments name the engines to test.
 */
const PORT = Number(process.env.E2E_PORT ?? '3187')
const PASSWORD = 'demo-4phu'
const PHONE = 360
const DESK = 1280

const pictures = mkdtempSync(join(tmpdir(), 'engines-'))
const origin = `https://127.0.0.1:${PORT + 2}`
const server = await startServer({ DEMO: '1', PUBLIC_URL: origin, TRUST_PROXY: '1', LOG_LEVEL: 'warn' })
const database = join(server.folder, 'demo.sqlite')
const line = await openLine(PORT + 2, server.port)
const rows = <Row>(text: string, ...values: unknown[]) => queryIn<Row>(database, text, ...values)

let serial = 0
/** A citizen whom no other journey records. */
const citizen = () => {
  serial += 1
  return { name: `Thị Hai Máy ${'ABCDEFGH'[serial]}`, number: `07009099000${serial}` }
}

async function signIn(browser: Browser, login: string) {
  await browser.open('/dang-nhap')
  await browser.type({ field: 'Mã cán bộ hoặc số điện thoại' }, login)
  await browser.type({ field: 'Mật khẩu' }, PASSWORD)
  await browser.click({ button: 'Đăng nhập' })
  await waitFor(
    () => browser.run<boolean>("return !location.pathname.startsWith('/dang-nhap')"),
    () => `${browser.name}: ${login} is not signed in`,
  )
}

async function fill(browser: Browser, { name, number }: ReturnType<typeof citizen>) {
  await browser.open('/ho-tro/moi')
  await browser.type({ field: 'Họ và tên' }, name)
  await browser.type({ field: 'Số định danh' }, number)
  await browser.run(
    `const [field] = [...document.querySelectorAll('select')].filter(one => one.labels[0].textContent.includes('Nơi hỗ trợ'))
     field.value = 'home'
     field.dispatchEvent(new Event('change', { bubbles: true }))`,
  )
  for (const group of [
    'Cài đặt ứng dụng VNeID',
    'Kích hoạt tài khoản định danh điện tử',
    'SIM chính chủ tích hợp chữ ký số',
  ])
    await browser.click({ choice: 'Đạt nhờ hỗ trợ', group })
  await browser.click({ choice: 'Trên điện thoại của người dân', group: 'Cách thể hiện đồng ý' })
  await browser.click({ box: 'Người dân đồng ý' })
}

/** Resolves to true once the phone holds what it needs without a network: the pages, the own records, codes for citizens. */
const IS_EQUIPPED = `
  return (async () => {
    if (!navigator.serviceWorker?.controller || !(await caches.match('/ngoai-tuyen'))) return false
    if (!(await indexedDB.databases()).some(({ name }) => name === 'ngoai-tuyen')) return false
    return new Promise(resolve => {
      const opening = indexedDB.open('ngoai-tuyen')
      opening.onerror = () => resolve(false)
      opening.onsuccess = () => {
        const asked = opening.result.transaction('sealed').objectStore('sealed').getAllKeys()
        asked.onsuccess = () => {
          opening.result.close()
          resolve(['codes', 'copy'].every(slot => asked.result.some(key => String(key).endsWith(slot))))
        }
      }
    })
  })()`

/** Throws where the page is wider than its window, or a text in a field of its width is cut off. */
async function looksWell(browser: Browser) {
  const wide = await browser.run<number>(
    'return document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  if (wide > 0) throw new Error(`${browser.name}: the page is ${wide} px wider than its window`)
}

const JOURNEYS: Record<string, (browser: Browser) => Promise<void>> = {
  'a record, seen and confirmed': async browser => {
    const who = citizen()
    await browser.fresh(PHONE)
    await signIn(browser, 'canbo')
    await looksWell(browser)
    await fill(browser, who)
    await looksWell(browser)
    await browser.screenshot(join(pictures, `${browser.name}-form.png`))
    await browser.click({ button: 'Lưu trường hợp' })
    await sees(browser, 'Chờ đơn vị xác nhận')
    await browser.screenshot(join(pictures, `${browser.name}-record.png`))
    const [unit] = rows<{ id: number }>(
      "select p.unit_id as id from account a join posting p on p.official_id = a.official_id where a.login = 'canbo' and p.to_on is null",
    )
    await browser.fresh(DESK)
    await signIn(browser, 'thutruong')
    await browser.open(`/don-vi/${unit?.id}/xac-nhan`)
    await browser.click({ box: who.name })
    await browser.screenshot(join(pictures, `${browser.name}-queue.png`))
    await browser.run(
      `const form = [...document.querySelectorAll('form')].find(one => one.textContent.includes(arguments[0]) || document.querySelector('input[form="' + one.id + '"][aria-label*="' + arguments[0] + '"]'))
       const button = [...form.querySelectorAll('button')].find(one => one.textContent.trim().startsWith('Xác nhận'))
       button.setAttribute('aria-label', 'confirm this one')`,
      who.name,
    )
    await browser.click({ button: 'confirm this one' })
    await sees(browser, 'Đã xác nhận 1 mục.')
  },
  'a fault in a form is shown with its label': async browser => {
    await browser.fresh(PHONE)
    await signIn(browser, 'canbo')
    await browser.open('/ho-tro/moi')
    await browser.click({ button: 'Lưu trường hợp' })
    await waitFor(
      () =>
        browser.run<boolean>(
          `const field = document.activeElement
           const label = field?.labels?.[0]
           return label != null && label.getBoundingClientRect().top >= 0 && field.getBoundingClientRect().bottom <= innerHeight`,
        ),
      () => `${browser.name}: the label of the first faulty field is out of sight`,
    )
    await browser.screenshot(join(pictures, `${browser.name}-fault.png`))
  },
  'the outbox of a phone without a network': async browser => {
    const who = citizen()
    const newest = () => rows<{ id: number }>('select max(id) as id from help')[0]?.id ?? 0
    await browser.fresh(PHONE)
    await signIn(browser, 'canbo')
    await browser.open('/')
    await waitFor(
      () => browser.run<boolean>(IS_EQUIPPED),
      () => `${browser.name}: the phone is not equipped for a place without a network`,
    )
    const before = newest()
    line.cut()
    await fill(browser, who)
    await browser.click({ button: 'Lưu trên máy và gửi' })
    await sees(browser, who.name)
    await sees(browser, 'Chờ gửi')
    await browser.screenshot(join(pictures, `${browser.name}-outbox.png`))
    if (newest() !== before) throw new Error('the record arrived through a line that is cut')
    line.mend()
    await browser.open('/')
    await waitFor(
      async () => newest() === before + 1,
      () => `${browser.name}: the record of the outbox does not arrive`,
    )
    await browser.open('/ngoai-tuyen#cho-gui')
    await sees(browser, 'Đã gửi')
  },
}

const programs = findPrograms()
const asked = process.argv.slice(2)
const engines: Record<string, () => Promise<Browser>> = {
  firefox: () => firefox(programs.firefox, origin),
  webkit: () => webkit({ ...programs, browser: programs.webkit, port: PORT + 3 }, origin),
}
let failed = 0
try {
  await isLoaded(server.child, database)
  for (const [name, start] of Object.entries(engines).filter(([one]) => asked.length === 0 || asked.includes(one))) {
    const browser = await start()
    for (const [journey, walk] of Object.entries(JOURNEYS)) {
      const fault = await walk(browser).then(
        () => null,
        (error: unknown) => String(error),
      )
      if (fault) {
        failed += 1
        await browser.screenshot(join(pictures, `${name}-failed-${failed}.png`)).catch(() => undefined)
      }
      process.stdout.write(`${fault ? 'FAIL' : 'ok  '} ${name}: ${journey}${fault ? `: ${fault}` : ''}\n`)
    }
    await browser.quit()
  }
} finally {
  await line.close()
  await server.drop()
}
process.stdout.write(`pictures: ${pictures}\n`)
process.exitCode = failed > 0 ? 1 : 0
