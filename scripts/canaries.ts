import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { Person } from '#app/access/policy.ts'
import { startSession } from '#app/access/session.server.ts'
import { sheetOf, writeWorkbook } from '#app/documents/workbook.ts'
import { writeWorklistTemplate } from '#app/documents/worklist-template.ts'
import { HELP_COLUMNS } from '#app/domain/help-import.ts'
import { helpHeaders } from '#app/text/help-import.ts'
import { closeDatabase, openDatabase, prepared } from '#db/client.server.ts'
import { CANARIES, type Canary, tracesIn } from '#tests/canary-search.ts'
import { inTcvn3 } from '#tests/fixtures/lost-fonts.ts'
import { type Line, workbookOf } from '#tests/fixtures/sheets.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

/**
 * `npm run test:canaries`: sends fifty invented citizens through the built server as people would: by forms, files,
 * searches and exports. Then no trace of them may be in clear in the database, its log, uploads beside it, a backup,
 * temporary files or the server's log. Needs `npm run build`; listens on PORT (3197).
 */
const PORT = Number(process.env.PORT ?? 3197)
const ORIGIN = `http://127.0.0.1:${PORT}`
const DAY = '2024-04-04'
const COMMUNE = '25195'
const WAIT_MS = 60_000

const folder = mkdtempSync(join(tmpdir(), 'canaries-'))
const [dataDir, tempDir] = [join(folder, 'data'), join(folder, 'tmp')]
const database = join(dataDir, 'campaign.sqlite')
const env: NodeJS.ProcessEnv = {
  PATH: process.env.PATH ?? '',
  NODE_ENV: 'production',
  DATA_DIR: dataDir,
  TMPDIR: tempDir,
  MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
  PORT: String(PORT),
  PUBLIC_URL: ORIGIN,
  SECOND_FACTOR: 'off',
  LOG_LEVEL: 'trace',
}

const say = (line: string) => process.stdout.write(`${line}\n`)
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
function must(holds: boolean, what: string) {
  if (!holds) throw new Error(what)
}

let log = ''
function start(): ChildProcess {
  const child = spawn(process.execPath, ['build/server/main.js'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      log += chunk.toString('utf8')
    })
  return child
}

async function until(holds: () => boolean | Promise<boolean>, what: string) {
  for (const end = Date.now() + WAIT_MS; !(await holds()); await pause(100)) must(Date.now() < end, `${what}: ${log}`)
}

type Fields = Record<string, string> | FormData

/** Sends a form, or opens a page where there is none; the answer must have this status. */
async function visit(cookie: string, path: string, expected: number, fields?: Fields): Promise<Response> {
  const answer = await fetch(ORIGIN + path, {
    headers: { Cookie: cookie, Origin: ORIGIN },
    redirect: 'manual',
    ...(fields && { method: 'POST', body: fields instanceof FormData ? fields : new URLSearchParams(fields) }),
  })
  if (answer.status !== expected) {
    const page = await answer.text()
    const errors = page.match(/class="[^"]*error[^"]*"[^>]*>[^<]*/g) ?? [page.slice(0, 500)]
    throw new Error(`${path}: ${answer.status} instead of ${expected}: ${errors.join(', ')}`)
  }
  return answer
}

const cookieOf = async ({ accountId }: Person) =>
  (await startSession(accountId, { campaignId: CAMPAIGN, userAgent: 'canaries', isProven: true })).split(';')[0] ?? ''

const count = (table: string) => prepared(`select count(*) from ${table}`).pluck().get() as number
const last = (table: string) => prepared(`select max(id) from ${table}`).pluck().get() as number

async function untilWorked() {
  const open = prepared("select count(*) from job where state in ('queued', 'running')").pluck()
  await until(() => open.get() === 0, 'jobs')
  must(prepared("select count(*) from job where state = 'failed'").pluck().get() === 0, `a job failed: ${log}`)
}

const outcomes = {
  outcome_vneid_installed: 'achieved',
  outcome_eid_activated: 'achieved',
  outcome_sim_signature: 'not_yet',
}
const shared = { localityCode: COMMUNE, helpedOn: DAY, place: 'home', consentChannel: 'own_phone', consent: 'on' }
const own = ({ name, number, phone }: Canary) => ({
  submissionKey: randomUUID(),
  citizenName: name,
  citizenNumber: number,
  birthYear: '1990',
  phone,
  carrier: 'vinaphone',
})

/** The help form, and the same refused: the page that comes back shows what was typed, the disk does not. */
async function byForm(cookie: string, people: readonly Canary[]) {
  for (const person of people) {
    const note = `Nhà ông ${person.name}, ${person.phone}`
    const form = { ...own(person), ...shared, ...outcomes, note }
    const days = { outcome_vneid_installed_on: DAY, outcome_eid_activated_on: DAY }
    const refused = await visit(cookie, '/ho-tro/moi', 400, { ...form, ...days, helpedOn: '2025-01-01' })
    must((await refused.text()).includes(person.name), 'a refused form does not come back')
    await visit(cookie, '/ho-tro/moi', 302, { ...form, ...days })
  }
  const shown = await visit(cookie, `/ho-tro/${last('help')}`, 200)
  must((await shown.text()).includes(people.at(-1)?.name ?? '?'), 'the record does not show its citizen')
}

async function bySession(cookie: string, people: readonly Canary[]) {
  const lines = people.flatMap((person, n) =>
    Object.entries(own(person)).map(([field, text]) => [`lines[${n}].${field}`, text]),
  )
  await visit(cookie, '/ho-tro/buoi', 302, { ...shared, ...outcomes, ...Object.fromEntries(lines) })
}

function fileForm(fields: Record<string, string>, name: string, bytes: Uint8Array | string): FormData {
  const form = new FormData()
  for (const [field, text] of Object.entries(fields)) form.set(field, text)
  form.set('file', new File([bytes as BlobPart], name))
  return form
}

/** Uploads a table, waits for its plan and applies it as its preview shows it. */
async function byTable(cookie: string, path: string, form: FormData) {
  await visit(cookie, path, 302, form)
  await untilWorked()
  const preview = `${path}/${last('import_batch')}`
  const [, planKey = ''] = /name="planKey" value="([^"]+)"/.exec(await (await visit(cookie, preview, 200)).text()) ?? []
  await visit(cookie, `${preview}/ap-dung`, 302, { planKey })
  await untilWorked()
}

async function helpTable(officialName: string, people: readonly Canary[]): Promise<Uint8Array> {
  const rows: Partial<Record<(typeof HELP_COLUMNS)[number], string>>[] = people.map(({ name, number, phone }) => ({
    officialName,
    citizenName: name,
    citizenNumber: number,
    phone,
    birth: '1990',
    district: 'Đồng Xoài',
    commune: 'Tân Thành',
    helpedOn: '10/4/2024',
    place: 'Tại nhà',
    vneid_installed: 'x',
    eid_activated: '12/4/2024',
    sim_signature: 'Đã có từ trước',
    consentChannel: 'Bằng văn bản',
    consent: 'x',
    note: `Nhà ông ${name}`,
  }))
  const columns = HELP_COLUMNS.map(column => ({
    kind: 'text' as const,
    header: helpHeaders[column].header,
    width: 20,
    value: (row: (typeof rows)[number]) => row[column] ?? null,
  }))
  return writeWorkbook({
    title: 'Nhập hộ',
    campaign: null,
    asOf: Date.now(),
    sheets: [sheetOf({ name: 'Dữ liệu', rows, columns })],
  })
}

function worklistTable(people: readonly Canary[]): Promise<Uint8Array> {
  return writeWorklistTemplate(
    people.map(person => ({
      ...person,
      birth: '1990',
      commune: '',
      hamlet: 'Ấp 1',
      address: `Nhà ${person.name}`,
      lacks: ['eid_activation'],
    })),
  )
}

/** A list in TCVN3 whose words and names only its uploader can vouch for. */
function lostExtract(): Line[] {
  const head = ['Số định danh', 'Họ và tên', 'Trạng thái', 'Điện thoại']
  const rows = CANARIES.map(({ number, name, phone }) => [number, name, 'Đã kích hoạt', phone])
  return [head, ...rows].map(line => line.map(inTcvn3))
}

/** A citizen asks for their data to be deleted with the code in their hand, and the office does it. */
async function byCitizen(official: string, office: string, helpId: number, { name, number }: Canary) {
  await visit(official, `/ho-tro/${helpId}/ma`, 302, {})
  const [, code = ''] = /\/x\/([\w-]+)/.exec(await (await visit(official, `/ho-tro/${helpId}`, 200)).text()) ?? []
  await visit('', `/x/${code}`, 200)
  await visit('', `/x/${code}/du-lieu`, 200, { kind: 'delete', message: `Tôi là ${name}, số ${number}` })
  await visit(office, '/yeu-cau', 200)
  const requestId = String(last('citizen_request'))
  await visit(office, `/yeu-cau/${requestId}/xoa`, 302, { typed: requestId, reachedBy: 'met' })
}

/** Every file that the server has left, and what it logged. */
function left(): { name: string; bytes: Buffer }[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  return [
    ...files.map(({ parentPath, name }) => ({
      name: relative(folder, join(parentPath, name)),
      bytes: readFileSync(join(parentPath, name)),
    })),
    { name: 'log', bytes: Buffer.from(log) },
  ]
}

/** Searches everything and returns the number of files. Throws if anything is in clear. */
function search(when: string) {
  const files = left()
  const traces = tracesIn(files)
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0)
  say(
    `${when}: ${files.length} files of ${Math.round(bytes / 2 ** 20)} MB searched, the log's ${log.split('\n').length} lines among them (${files.map(({ name }) => name).join(', ')}), ${traces.length} traces`,
  )
  must(traces.length === 0, traces.join('\n'))
}

let server: ChildProcess | undefined
try {
  must(existsSync('build/server/main.js'), 'run `npm run build` first')
  for (const dir of [dataDir, tempDir]) mkdirSync(dir)
  makeProvince()
  const unit = unitNamed('UBND xã Tân Thành')
  const official = makeOfficial(unit.id, { name: 'Lê Văn Hùng' })
  const coordinator = grantTo(makeOfficial(unit.id).actor, 'coordinator', unit.id)
  const officer = grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', 1)
  prepared('vacuum into ?').run(database)
  dropProvince()
  openDatabase(database)
  const [byOfficial, byCoordinator, byOffice] = [
    await cookieOf(official.actor),
    await cookieOf(coordinator),
    await cookieOf(officer),
  ]
  server = start()
  await until(
    () =>
      fetch(`${ORIGIN}/healthz`).then(
        answer => answer.ok,
        () => false,
      ),
    'the server does not start',
  )

  await byForm(byOfficial, CANARIES.slice(0, 10))
  say('10 by the help form, 10 times refused by it')
  await bySession(byOfficial, CANARIES.slice(10, 20))
  say('10 by the form of a whole session')
  const table = await helpTable('Lê Văn Hùng', CANARIES.slice(20, 30))
  await byTable(byCoordinator, `/don-vi/${unit.id}/truong-hop/nhap`, fileForm({}, 'nhap-ho.xlsx', table))
  must(count('help') === 30, `${count('help')} records instead of 30`)
  say('10 by an xlsx of help records, previewed and applied')
  const about = { name: 'Đợt 1', legalBasis: 'Kế hoạch 128/KH-UBND' }
  const list = await worklistTable(CANARIES.slice(30, 50))
  await byTable(byCoordinator, `/don-vi/${unit.id}/phan-cong/nhap`, fileForm(about, 'danh-sach.xlsx', list))
  must(count('assignment') === 20, `${count('assignment')} citizens on the list instead of 20`)
  await visit(byCoordinator, `/don-vi/${unit.id}/phan-cong/nhap`, 302, fileForm(about, 'danh-sach.xlsx', list))
  await untilWorked()
  say('20 by an xlsx of a worklist, applied, and uploaded once more and left in its preview')
  const rows = CANARIES.map(({ number, name, phone }) => `${number};05/04/2024;${name};${phone}`)
  const extract = ['Số định danh;Ngày kích hoạt;Họ tên;Điện thoại', ...rows].join('\n')
  await visit(
    byOffice,
    '/doi-chieu/moi',
    302,
    fileForm({ source: 'police', asOfOn: '2024-05-20', localities: '689' }, 'trich-xuat.csv', extract),
  )
  await untilWorked()
  say('50 by an extract')

  // words in a lost font and hidden rows are asked about: the file, its head and its words are kept meanwhile
  const waiting = await workbookOf({ lines: lostExtract(), hidden: [3] })
  const ofPolice = { source: 'police', asOfOn: '2024-05-20' }
  await visit(byOffice, '/doi-chieu/moi', 302, fileForm(ofPolice, 'ds.xlsx', waiting))
  await untilWorked()
  const columns = `/doi-chieu/${last('extract')}/cot`
  await visit(byOffice, columns, 302, { 'cot-0': 'number', 'cot-2': 'level', 'phong-chu': 'on' })
  await untilWorked()
  must((await (await visit(byOffice, columns, 200)).text()).includes('đang bị ẩn'), 'hidden rows are not asked about')
  say('50 by an extract that waits for what only its uploader can say')

  const [first, asking] = [CANARIES[30], CANARIES[0]]
  if (!first || !asking) throw new Error('no canaries')
  const found = await visit(byCoordinator, `/don-vi/${unit.id}/phan-cong`, 200, { tim: first.name })
  must((await found.text()).includes(first.name), 'the search finds nobody')
  say('1 looked for by name')
  for (const path of [
    'phan-cong.xlsx',
    'nguoi-thuc-hien.xlsx',
    'truong-hop.xlsx',
    'truong-hop',
    'xac-nhan',
    'phan-cong',
  ])
    await (await visit(byCoordinator, `/don-vi/${unit.id}/${path}`, 200)).arrayBuffer()
  const bytesAt = async (cookie: string, path: string) =>
    new Uint8Array(await (await visit(cookie, path, 200)).arrayBuffer())
  await bytesAt(byOfficial, '/ho-tro.xlsx')
  for (const list of ['don-vi', 'dia-ban']) await bytesAt(byOffice, `/quan-tri/danh-sach/${list}.xlsx`)
  for (const [path, fields] of [
    ['truong-hop', {}],
    ['phan-cong', about],
  ] as const) {
    const exported = await bytesAt(byCoordinator, `/don-vi/${unit.id}/${path}.xlsx`)
    await visit(byCoordinator, `/don-vi/${unit.id}/${path}/nhap`, 302, fileForm(fields, 'da-xuat.xlsx', exported))
    await untilWorked()
    await visit(byCoordinator, `/don-vi/${unit.id}/${path}/nhap/${last('import_batch')}`, 200)
  }
  await visit(byCoordinator, `/don-vi/${unit.id}/cam-ket.docx`, 200)
  const lookup = { source: 'police', localityCode: COMMUNE, purpose: 'verify', password: 'mot-cau-du-dai' }
  await visit(byOffice, '/doi-chieu/tra-cuu.zip', 200, lookup)
  say('exported: worklist, roster, records of the unit and of one official, lists of set-up (xlsx), pledges (docx),')
  say(
    'a look-up of numbers (zip); worklist and records brought back and left in their previews; queue and lists opened',
  )
  await byCitizen(byOfficial, byOffice, 1, asking)
  say('1 asked on the citizen’s page for deletion, and was deleted')
  say(execFileSync(process.execPath, ['build/server/command.js', 'backup'], { env, encoding: 'utf8' }).trim())
  search('with a backup, while running')

  const ended = new Promise(resolve => server?.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
  search('after the end')
  const inClear = { name: 'control', bytes: Buffer.from(`{"a":"${asking.name}"}`) }
  must(tracesIn([inClear]).length > 0, 'the search would find nothing')
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  server?.kill('SIGKILL')
  closeDatabase()
  rmSync(folder, { recursive: true, force: true })
}
