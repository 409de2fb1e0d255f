import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, idsOfAll, sessionCookie, test, urlOf } from './person.ts'
import { ROUTE_ACCESS } from './route-access.ts'
import { type ServerProcess, startServer } from './server-process.ts'

/** Thirty texts that run where a page takes them for anything but text; each would leave its mark on the window. */
const RUN = 'window.ran=1'
const PAYLOADS = [
  `<script>${RUN}</script>`,
  `</script><script>${RUN}</script>`,
  `<ScRiPt>${RUN}</sCrIpT>`,
  `<img src=x onerror=${RUN}>`,
  `<img src=x onerror="${RUN}"//`,
  `<svg onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<body onload=${RUN}>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>">`,
  `<iframe src="javascript:parent.${RUN}">`,
  `<a href="javascript:${RUN}">x</a>`,
  `<details open ontoggle=${RUN}>`,
  `<input autofocus onfocus=${RUN}>`,
  `<video><source onerror=${RUN}>`,
  `<math><mtext><script>${RUN}</script>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<template><script>${RUN}</script></template>`,
  `<style>@import 'javascript:${RUN}'</style>`,
  `<object data="javascript:${RUN}">`,
  `<form action="javascript:${RUN}"><button autofocus>`,
  `"><script>${RUN}</script>`,
  `' onmouseover=${RUN} x='`,
  `" autofocus onfocus=${RUN} x="`,
  `--><script>${RUN}</script><!--`,
  `]]><script>${RUN}</script>`,
  `\u2028${RUN}//`,
  `{{constructor.constructor('${RUN}')()}}`,
  `\${${RUN}}`,
  `<!--<script>${RUN}`,
]

/** Where people write freely, or what a browser or a file says of itself. */
const FIELDS: Record<string, readonly string[]> = {
  account: ['display_name'],
  api_token: ['name'],
  award: ['name', 'decision_number'],
  campaign: ['name'],
  candidate: ['form', 'outside', 'achievement'],
  candidate_step: ['reason'],
  chapter: ['name'],
  citizen_request: ['answer'],
  closing: ['note'],
  collection_point: ['name', 'place', 'hours'],
  difficulty: ['title', 'body', 'answer'],
  difficulty_text: ['title', 'body'],
  dispute: ['reason', 'decision_reason'],
  exemption: ['reason_text', 'document_number', 'decision_reason'],
  extract: ['file_name'],
  go_live_item: ['document_number', 'note'],
  help: ['hamlet', 'return_reason'],
  import_batch: ['file_name'],
  inspection: ['unit_answer'],
  inspection_appeal: ['reason', 'decision_reason'],
  legal_basis: ['citation'],
  obligation: ['device_maker', 'device_model', 'return_reason'],
  offer: ['name', 'terms', 'document_number'],
  offer_request: ['hamlet'],
  official: ['name', 'hamlet'],
  outreach: ['place', 'note'],
  posting: ['position'],
  regulation: ['document_number', 'note'],
  reconsideration: ['reason', 'decision_reason'],
  report: ['reason', 'difficulties', 'proposals', 'signer_name', 'document_number'],
  review_step: ['body', 'document_number'],
  round: ['name', 'decision_number'],
  scenario: ['name'],
  session: ['user_agent'],
  table_layout: ['name'],
  target_decision: ['document_number', 'reason'],
  team: ['name', 'hamlet', 'decision_number'],
  unit: ['name', 'head_title'],
  untrue_report_finding: ['reason', 'withdrawal_reason'],
  worklist: ['name', 'legal_basis'],
}

const dataDir = mkdtempSync(join(tmpdir(), 'e2e-scripts-'))
const LOGINS = ['thutruong', 'congan', 'noivu', 'quantri'] as const
const cookies = new Map<string, { name: string; value: string }>()
let server: ServerProcess | undefined
let written = 0

/** A copy of the province with a payload in every free text, served by a process of its own. */
test.beforeAll(async () => {
  for (const login of LOGINS) cookies.set(login, sessionCookie(login))
  const file = join(dataDir, 'demo.sqlite')
  const source = new Database(process.env.E2E_DATABASE ?? '', { readonly: true })
  source.prepare('vacuum into ?').run(file)
  source.close()
  const copy = new Database(file)
  // what is written once may be written here
  for (const name of copy
    .prepare("select name from sqlite_master where type = 'trigger' and name like '%_no_update'")
    .pluck()
    .all())
    copy.exec(`drop trigger ${name}`)
  copy.function('payload', (n: unknown) => PAYLOADS[Number(n) % PAYLOADS.length])
  for (const [table, columns] of Object.entries(FIELDS)) {
    for (const column of columns)
      written += copy
        .prepare(`update ${table} set ${column} = payload(rowid) where ${column} is not null and ${column} <> ''`)
        .run().changes
  }
  copy.close()
  server = await startServer({ DEMO: '1', LOG_LEVEL: 'silent' }, dataDir)
})

test.afterAll(() => server?.drop())

for (const login of LOGINS)
  test(`stored scripts stay text on every page of ${login}`, async ({ browser }) => {
    test.setTimeout(300_000)
    expect(written).toBeGreaterThan(1000)
    const ids = idsOfAll()
    const origin = server?.origin ?? ''
    const context = await browser.newContext({ baseURL: origin })
    await context.addInitScript(() => {
      const seen: string[] = []
      Object.assign(window, { violations: seen })
      document.addEventListener('securitypolicyviolation', event =>
        seen.push(`${event.violatedDirective} ${event.blockedURI}`),
      )
    })
    const page = await context.newPage()
    const protocol = await context.newCDPSession(page)
    const cookie = { url: origin, secure: true, httpOnly: true, path: '/', name: '', value: '', ...cookies.get(login) }
    await protocol.send('Network.setCookie', cookie)
    const dialogs: string[] = []
    page.on('dialog', dialog => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    let opened = 0
    for (const row of ROUTE_ACCESS) {
      if (row.posts || !row.opens?.split(' ').includes(login)) continue
      const url = urlOf(row, ids)
      if (/\.(xlsx|docx|pdf|csv|zip|ics|json)$|^\/(api|tep)|document|healthz/.test(url)) continue
      const answer = await page.goto(url)
      if (!answer?.headers()['content-type']?.startsWith('text/html')) continue
      opened += 1
      const marks = await page.evaluate(() => {
        const mark = (name: string): unknown => Reflect.get(window, name)
        return { ran: mark('ran') ?? 0, violations: mark('violations') }
      })
      expect(marks, url).toEqual({ ran: 0, violations: [] })
    }
    expect(opened).toBeGreaterThan(5)
    expect(dialogs).toEqual([])
    await context.close()
  })
