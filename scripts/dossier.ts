import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { chromium } from '@playwright/test'
import { type HTMLElement, parse } from 'node-html-parser'
import type { Person } from '#app/access/policy.ts'
import { startSession } from '#app/access/session.server.ts'
import { openZip } from '#app/imports/zip-archive.ts'
import { loadDemo } from '#app/jobs/demo/province.ts'
import { personOf } from '#app/queries/account.server.ts'
import { addRegulation } from '#app/queries/campaign.server.ts'
import { moveClock, startClock } from '#app/queries/clock.server.ts'
import { foundProvince } from '#app/queries/founding.server.ts'
import { rejudgeCampaign, rulesOf } from '#app/queries/judging/index.server.ts'
import { closeDatabase, openDatabase, prepared } from '#db/client.server.ts'
import { useMasterKey } from '#db/keys.server.ts'
import { migrateDatabase } from '#db/migration.server.ts'
import { readReference } from '#db/reference.server.ts'
import { CLOSING_DAY, signFinals } from '#tests/closing.ts'
import { printInto } from '#tests/documents/office.ts'
import { MASTER_KEY, type ServerProcess, startServer } from '#tests/e2e/server-process.ts'
import { CAMPAIGN, done } from '#tests/make.ts'

/**
 * `npm run test:dossier`: from the close of a campaign to a zip of papers for `LEAST` people or more, over HTTP on the
 * production build. Counts the acts of the provincial offices and the time (s), opens every paper, and has LibreOffice
 * print one of each kind into the folder that `DOSSIER` names (default: a new one).
 */
const LEAST = 500
const MOST_ACTS = 50
const MOST_SECONDS = 20 * 60
/** How long a person takes for an act: to find the field or button, and to write (s). */
const SECONDS_PER_ACT = 10
/** Lower than plan 128's, so that enough people are eligible in the demo. */
const QUOTA = 5

const say = (text: string) => process.stdout.write(`${text}\n`)

/** Makes the demo's province as it is on the day of the close; returns who acts, signed in. */
async function foundDemo(file: string) {
  useMasterKey(MASTER_KEY)
  openDatabase(file)
  migrateDatabase('db/migrations')
  foundProvince(readReference('db/reference'))
  startClock(Date.parse('2024-06-12T09:00+07:00'))
  await loadDemo(() => undefined)
  const called = (login: string): Person => {
    const id = prepared<number>('select id from account where login = ?').pluck().one(login)
    const person = personOf(id, '2024-06-12')
    if (!person) throw new Error(`no ${login}`)
    return person
  }
  const { version, regulation } = rulesOf(CAMPAIGN)
  done(
    addRegulation(called('congan'), CAMPAIGN, {
      parameters: { ...regulation, quota: QUOTA },
      basedOn: version,
      documentNumber: '1',
      decidedOn: '2024-06-12',
      note: '',
    }),
  )
  prepared("update job set state = 'done' where state = 'queued'").run()
  await rejudgeCampaign({ kind: 'system' }, CAMPAIGN, () => undefined)
  signFinals()
  moveClock(called('quantri'), Date.parse(`${CLOSING_DAY}T09:00+07:00`))
  const options = { campaignId: CAMPAIGN, userAgent: 'dossier', isProven: true }
  const cookieOf = async (accountId: number) => (await startSession(accountId, options)).split(';')[0] ?? ''
  const heads = prepared<{ accountId: number; name: string }>(
    `select min(g.account_id) as accountId, u.name from role_grant g join unit u on u.id = g.unit_id
      where g.role = 'head' and u.parent_id = 1 and g.to_on is null group by u.id order by u.id`,
  ).all()
  return {
    office: await cookieOf(called('congan').accountId),
    home: await cookieOf(called('noivu').accountId),
    heads: await Promise.all(heads.map(async ({ accountId, name }) => ({ name, cookie: await cookieOf(accountId) }))),
  }
}

/** Somebody at a screen; each address that is typed, each field and each button is an act. */
class Clerk {
  acts = 0
  path = ''
  page: HTMLElement = parse('')

  constructor(
    readonly origin: string,
    readonly cookie: string,
  ) {}

  async open(path: string) {
    this.acts += 1
    await this.follow(path)
  }

  /** Opens an address, unless the last form has led there already. */
  async reach(path: string) {
    if (this.path.split('?')[0] !== path) await this.open(path)
  }

  /** Looks again at a page that the person knows. */
  async follow(path: string): Promise<void> {
    const answer = await fetch(`${this.origin}${path}`, { headers: { Cookie: this.cookie }, redirect: 'manual' })
    const to = answer.headers.get('Location')
    if (answer.status >= 300 && answer.status < 400 && to) return await this.follow(to)
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
    this.path = path
    this.page = parse(await answer.text())
  }

  private formWith(button: RegExp): { form: HTMLElement; button: HTMLElement } | undefined {
    for (const form of this.page.querySelectorAll('form')) {
      const found = form.querySelectorAll('button').find(one => button.test(one.text.trim()))
      if (found) return { form, button: found }
    }
    return undefined
  }

  has = (button: RegExp) => this.formWith(button) !== undefined

  /** Fills these fields of the form with the button, and presses it; follows where it leads. */
  async press(button: RegExp, fields: Record<string, string> = {}) {
    const found = this.formWith(button)
    if (!found) throw new Error(`${this.path}: no button ${button}`)
    const { form } = found
    // a question is opened before it is answered
    const isAsked = form.closest('details') !== null
    this.acts += 1 + Object.keys(fields).length + (isAsked ? 1 : 0)
    const sent = valuesOf(form)
    const name = found.button.getAttribute('name')
    if (name) sent.set(name, found.button.getAttribute('value') ?? '')
    for (const [field, value] of Object.entries(fields)) sent.set(field, value)
    const action = found.button.getAttribute('formaction') ?? form.getAttribute('action') ?? this.path
    const answer = await fetch(`${this.origin}${action}`, {
      method: 'POST',
      headers: { Cookie: this.cookie, Origin: this.origin, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: sent,
      redirect: 'manual',
    })
    const to = answer.headers.get('Location')
    if (answer.status !== 302 || !to)
      throw new Error(`${action}: ${answer.status} ${noticeOf(parse(await answer.text()))}`)
    if (to.includes('khong-duoc=')) throw new Error(`${action}: ${to}`)
    await this.follow(to)
  }

  /** Waits for the job whose page is open. */
  async waits() {
    const job = Number(/\/cong-viec\/(\d+)/.exec(this.path)?.[1])
    for (;;) {
      await new Promise(resolve => setTimeout(resolve, 1000))
      await this.follow(`/cong-viec/${job}`).catch(() => undefined)
      if (/dừng giữa chừng/.test(this.page.text)) throw new Error(`job ${job}: ${this.page.text}`)
      if (!this.path.startsWith('/cong-viec/') || !/Đang chờ đến lượt|Đang chạy/.test(this.page.text)) return
    }
  }
}

const noticeOf = (page: HTMLElement) => page.querySelector('[role=alert], .notice, .field-error')?.text ?? ''

/** The fields that a form sends, unchanged. */
function valuesOf(form: HTMLElement): URLSearchParams {
  const values = new URLSearchParams()
  for (const field of form.querySelectorAll('input, textarea, select')) {
    const name = field.getAttribute('name')
    if (!name) continue
    const type = field.getAttribute('type')
    if ((type === 'checkbox' || type === 'radio') && !field.hasAttribute('checked')) continue
    if (field.tagName === 'SELECT')
      values.set(
        name,
        (field.querySelector('option[selected]') ?? field.querySelector('option'))?.getAttribute('value') ?? '',
      )
    else
      values.append(
        name,
        field.tagName === 'TEXTAREA' ? field.text : (field.getAttribute('value') ?? (type === 'checkbox' ? 'on' : '')),
      )
  }
  return values
}

/** Two people of two offices close the campaign, each line of the list that waits left with its own reason. */
async function close(office: Clerk, home: Clerk) {
  await office.open('/ket-thuc')
  await office.open('/ket-thuc/de-lai')
  const lines = office.page.querySelectorAll('main textarea').map(field => field.getAttribute('name') ?? '')
  await office.press(/Ghi lý do/, Object.fromEntries(lines.map(line => [line, `Đã xem, để lại: ${line}.`])))
  await office.press(/Đề nghị kết thúc/)
  await home.open('/ket-thuc')
  await home.press(/Xác nhận/)
  await home.waits()
}

/** The lists of a round: of persons, and of collectives. */
const PARTS = ['', '?phan=tap-the']

/** The unit's part, counted apart: everybody who is eligible in one act, passed on in one. */
async function propose(clerk: Clerk, base: string): Promise<number> {
  let proposed = 0
  for (const part of PARTS) {
    await clerk.open(`${base}/de-nghi${part}`)
    // a unit's own collective is proposed by the one above it
    if (!clerk.has(/^Đề nghị tất cả/)) continue
    await clerk.press(/^Đề nghị tất cả/)
    proposed += Number((/Đã đề nghị ([\d.]+) hồ sơ/.exec(clerk.page.text)?.[1] ?? '0').replaceAll('.', ''))
    await passAll(clerk, `${base}${part}`)
  }
  return proposed
}

/** Passes on everybody on a list on whom this clerk may; who is held back stays. */
async function passAll(clerk: Clerk, list: string) {
  await clerk.open(list)
  for (let before = ''; clerk.page.text !== before; await clerk.follow(list)) {
    before = clerk.page.text
    // a list of one has no button for all
    const alone = clerk.page.querySelectorAll('input[name=chon]:not([disabled])')
    if (clerk.has(/^Chuyển tiếp cả/)) await clerk.press(/^Chuyển tiếp cả/)
    else if (alone.length === 1 && clerk.has(/^Chuyển tiếp các hồ sơ/))
      await clerk.press(/^Chuyển tiếp các hồ sơ/, { chon: alone[0]?.getAttribute('value') ?? '' })
    else return
  }
}

const COUNCIL = ['Trần Thị Chủ Trì', 'Lê Văn Thư Ký', 'Phạm Thị Ba']

/** From the opened round to the recorded decision, by home affairs. */
async function decide(home: Clerk, base: string) {
  for (const part of PARTS) await passAll(home, `${base}${part}`)
  await home.reach(base)
  await home.press(/Chốt danh sách/, home.page.querySelector('input[name="early"]') ? { early: 'on' } : {})
  await home.open(`${base}/hop`)
  await home.press(/Ghi phiên họp/, {
    startedAt: '08:00',
    endedAt: '09:30',
    place: 'Phòng họp số 1',
    chair: 'Trần Thị Chủ Trì, Chủ tịch Hội đồng',
    secretary: 'Lê Văn Thư Ký',
    present: COUNCIL.join('\n'),
    isUnanimous: 'on',
  })
  await home.open(`${base}/quyet-dinh`)
  await home.press(/Ghi quyết định/, { decisionNumber: '1300/QĐ-UBND', decisionOn: CLOSING_DAY })
}

async function papers(home: Clerk, base: string): Promise<Uint8Array<ArrayBuffer>> {
  await home.reach(base)
  await home.press(/Lập trọn bộ/)
  await home.waits()
  await home.follow(base)
  home.acts += 1
  const answer = await fetch(`${home.origin}${base}/tron-bo.zip`, { headers: { Cookie: home.cookie } })
  if (answer.status !== 200) throw new Error(`the zip: ${answer.status}`)
  return new Uint8Array(await answer.arrayBuffer())
}

/** Keeps pictures of a page at the widths of a phone and a desk, where CHROMIUM names a browser. */
async function look({ origin, cookie }: Clerk, path: string, picture: string) {
  if (!process.env.CHROMIUM) return
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] })
  const [name = '', value = ''] = cookie.split('=')
  for (const width of [360, 1280]) {
    const page = await browser.newPage({ viewport: { width, height: 900 } })
    // a `__Host-` cookie has no domain, which only the protocol itself can say
    const protocol = await page.context().newCDPSession(page)
    await protocol.send('Network.setCookie', { url: origin, name, value, secure: true, httpOnly: true, path: '/' })
    await page.goto(`${origin}${path}`, { timeout: 120_000 })
    await page.screenshot({ path: `${picture}-${width}.png`, fullPage: true })
  }
  await browser.close()
}

/** A paper's kind: its name without the numbers that tell papers of one kind apart. */
const kindOf = (name: string) => (name.includes('/') ? `${dirname(name)}/…` : name)

/** Opens every paper of the zip; returns one of each kind, and how many there are. */
async function openPapers(content: Uint8Array<ArrayBuffer>) {
  const zip = await openZip(content, 2_000_000_000)
  const kinds = new Map<string, { count: number; name: string; bytes: Uint8Array }>()
  for (const name of zip.names.filter(name => name.endsWith('.docx'))) {
    const bytes = new Uint8Array((await zip.read(name)) ?? [])
    const document = String(await (await openZip(bytes, 100_000_000)).read('word/document.xml'))
    if (!document.includes('<w:p')) throw new Error(`${name} has no paragraph`)
    const kind = kindOf(name)
    kinds.set(kind, { count: (kinds.get(kind)?.count ?? 0) + 1, name, bytes })
  }
  return kinds
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-'))
  const kept = process.env.DOSSIER ?? join(folder, 'papers')
  mkdirSync(kept, { recursive: true })
  const people = await foundDemo(join(folder, 'demo.sqlite'))
  closeDatabase()
  let server: ServerProcess | undefined
  try {
    server = await startServer(
      { DEMO: '1', LOG_LEVEL: 'warn', ...(process.env.PORT ? { PORT: process.env.PORT } : {}) },
      folder,
    )
    const { origin } = server
    const clerk = (cookie: string) => new Clerk(origin, cookie)
    const [office, home] = [clerk(people.office), clerk(people.home)]
    const started = performance.now()

    await close(office, home)
    say(`closed: ${office.acts + home.acts} acts, ${seconds(started)} s`)
    await home.open('/khen-thuong/moi')
    await home.press(/Lập đợt xét/)
    const base = /^\/khen-thuong\/\d+/.exec(home.path)?.[0] ?? ''
    const unitsBegan = performance.now()
    let proposed = 0
    let unitActs = 0
    for (const { cookie } of people.heads) {
      const head = clerk(cookie)
      proposed += await propose(head, base)
      unitActs += head.acts
    }
    say(`proposed: ${proposed} by ${people.heads.length} units, ${unitActs} acts of theirs, ${seconds(unitsBegan)} s`)
    await look(home, `${base}?buoc=home_affairs`, join(kept, 'passing'))
    const looked = performance.now()
    await decide(home, base)
    const zip = await papers(home, base)
    const machine = (performance.now() - looked + unitsBegan - started) / 1000
    writeFileSync(join(kept, 'dossier.zip'), zip)
    await look(home, base, join(kept, 'decided'))
    const kinds = await openPapers(zip)
    for (const [kind, { count }] of kinds) say(`${count} × ${kind}`)
    const acts = office.acts + home.acts
    const whole = machine + acts * SECONDS_PER_ACT
    say(`acts of the provincial offices: ${acts} (at most ${MOST_ACTS})`)
    say(`time: ${machine.toFixed(0)} s of the machine, with ${SECONDS_PER_ACT} s an act ${(whole / 60).toFixed(1)} min`)
    for (const [n, { bytes }] of [...kinds.values()].entries())
      writeFileSync(join(kept, `${String(n).padStart(2, '0')}.docx`), bytes)
    const pages = printInto(
      kept,
      Object.fromEntries([...kinds.values()].map(({ bytes }, n) => [String(n).padStart(2, '0'), bytes])),
    )
    for (const [n, kind] of [...kinds.keys()].entries()) {
      const count = pages[String(n).padStart(2, '0')] ?? 0
      if (count === 0) throw new Error(`${kind} was not printed`)
      say(`${String(n).padStart(2, '0')} ${kind}: ${count} pages`)
    }
    say(`papers: ${kept}`)
    if (proposed < LEAST) throw new Error(`only ${proposed} were proposed`)
    if (acts > MOST_ACTS) throw new Error(`${acts} acts`)
    if (whole > MOST_SECONDS) throw new Error(`${(whole / 60).toFixed(1)} minutes`)
  } finally {
    await server?.drop()
  }
}

const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(0)

await main()
