import Database from 'better-sqlite3'
import ExcelJS from 'exceljs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { HELP_COLUMNS, type HelpColumn } from '#app/domain/help-import.ts'
import { cellName, readMending } from '#app/domain/mending.ts'
import { ROSTER_COLUMNS } from '#app/domain/roster/row.ts'
import { WORKLIST_COLUMNS } from '#app/domain/worklist.ts'
import { readHelpCells } from '#app/imports/help-table.ts'
import { readRosterCells } from '#app/imports/roster.ts'
import { runJob } from '#app/jobs/run.server.ts'
import { findHelpBatch, mendHelp, startHelpApply, uploadHelp } from '#app/queries/help-batch.server.ts'
import { existingImport, replaceContent, sealContent, uploadRoster } from '#app/queries/import-batch.server.ts'
import { takeJob } from '#app/queries/job.server.ts'
import { settleProposals } from '#app/queries/roster.server.ts'
import { mendBatch } from '#app/queries/roster-mending.server.ts'
import {
  findWorklistBatch,
  mendWorklist,
  startWorklistApply,
  uploadWorklist,
} from '#app/queries/worklist-import.server.ts'
import { helpHeaders } from '#app/text/help-import.ts'
import { db, prepared } from '#db/client.server.ts'
import { CAMPAIGN, citizenNumber, dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

let other: Database.Database
beforeEach(() => {
  makeProvince()
  other = new Database(db.$client.name, { timeout: 0 })
})
afterEach(() => {
  other.close()
  dropProvince()
})

/** Returns the statements that `work` prepared while it kept the other connection from writing. */
async function held(work: () => unknown): Promise<string[]> {
  const statements: string[] = []
  const client = db.$client
  const prepare = client.prepare
  client.prepare = ((text: string) => {
    if (client.inTransaction && !isFree()) statements.push(text)
    return prepare(text)
  }) as typeof client.prepare
  await work()
  client.prepare = prepare
  return statements
}

function isFree(): boolean {
  try {
    other.exec('begin immediate; rollback')
    return true
  } catch {
    return false
  }
}

async function work() {
  for (let job = takeJob(); job; job = takeJob()) await runJob(job)
}

/** The reads that take long for a long list: who and what its rows may name. */
const LONG = /from "?(official|posting|help|official_match)"?\b|^select.*plan_cipher/is
/** Reads of the limit on questions about others (domain 10): at most thirty numbers, and the account's own questions. */
const BOUNDED = /e\.verb = 'look_up'|citizen_hash = \? and official_id is not \?/
const slow = (statements: readonly string[]) => statements.filter(text => LONG.test(text) && !BOUNDED.test(text))

const lastBatch = () => prepared('select max(id) from import_batch').pluck().get() as number
const coordinator = (unitId: number) => grantTo(makeOfficial(unitId).actor, 'coordinator', unitId)
const bytesOf = (lines: readonly string[][]) =>
  new TextEncoder().encode(lines.map(cells => cells.join('\t')).join('\n'))

it('finds a read under the lock', async () => {
  expect(slow(await held(() => replaceUnder('immediate')))).toHaveLength(1)
  expect(slow(await held(() => replaceUnder('deferred')))).toEqual([])
})
const replaceUnder = (kind: 'immediate' | 'deferred') =>
  db.$client.transaction(() => prepared(`select '${kind}' from official`).all())[kind]()

it('a roster is read, planned and settled before the write', async () => {
  const { id } = unitNamed('Sở Nội vụ')
  const actor: Person = coordinator(id)
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('Danh sách').addRows([
    ['Họ và tên', 'Năm sinh', 'Loại', 'Số định danh'],
    ['Nguyễn Văn Mẫn', '1985', 'Công chức'],
    ['Trần Thị Hoa', 'không rõ', 'Công chức'],
  ])
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer())
  const statements = await held(async () => {
    uploadRoster(actor, id, { fileName: 'ds.xlsx', bytes, association: null, fromOn: '2024-04-04' })
    await work()
    const { content } = existingImport<{ stage: string }>(actor, 'roster', lastBatch())
    if (content?.stage !== 'planned') throw new Error(JSON.stringify(content))
    settleProposals(actor, lastBatch(), [])
    await work()
    const asked = readMending([[cellName('birth', '3!Danh sách'), '1990']], ROSTER_COLUMNS)
    expect(mendBatch(actor, lastBatch(), { mending: asked, left: [] }, readRosterCells)).toBeDefined()
    await work()
  })
  expect(statements.some(text => text.includes('update import_batch set plan_cipher'))).toBe(true)
  expect(slow(statements)).toEqual([])
})

it('a worklist is planned, begun and its job started before the write', async () => {
  const { id } = unitNamed('UBND xã Tân Thành')
  const actor = coordinator(id)
  const rows = [
    ['Họ và tên', 'Số định danh', 'Năm sinh', 'Ấp', 'Chưa kích hoạt'],
    ['Nguyễn Thị Mơ', citizenNumber(1), '1990', 'Ấp 1', 'x'],
    ['Nguyễn Thị Mận', citizenNumber(2), '1990', '', 'x'],
  ]
  const statements = await held(async () => {
    const about = { name: 'Người dân', legalBasis: 'Kế hoạch 128', fileName: 'ds.csv' }
    uploadWorklist(actor, CAMPAIGN, { ...about, unitId: id, bytes: bytesOf(rows) })
    await work()
    const content = findWorklistBatch(actor, lastBatch())?.content
    if (content?.stage !== 'planned') throw new Error(JSON.stringify(content))
    const asked = readMending([[cellName('hamlet', '3'), 'Ấp 2']], WORKLIST_COLUMNS)
    expect(mendWorklist(actor, lastBatch(), asked)).toBeDefined()
    startWorklistApply(actor, { batchId: lastBatch(), planKey: content.planKey })
  })
  expect(slow(statements)).toEqual([])
})

it('a list of records is planned, mended, begun and ended before the write', async () => {
  const { id } = unitNamed('Sở Nội vụ')
  const helper = makeOfficial(id, { name: 'Lê Văn Hùng' })
  const actor = coordinator(id)
  expect(helper.officialId).toBeGreaterThan(0)
  const line: Partial<Record<HelpColumn, string>> = {
    officialName: 'Lê Văn Hùng',
    citizenName: 'Điểu Thị Mẫu',
    citizenNumber: citizenNumber(1),
    helpedOn: '',
  }
  const rows = [HELP_COLUMNS.map(column => helpHeaders[column].header), HELP_COLUMNS.map(column => line[column] ?? '')]
  const statements = await held(async () => {
    uploadHelp(actor, { campaignId: CAMPAIGN, unitId: id, fileName: 'ds.txt', bytes: bytesOf(rows) })
    await work()
    const content = findHelpBatch(actor, lastBatch())?.content
    if (content?.stage !== 'planned') throw new Error(JSON.stringify(content))
    const asked = readMending([[cellName('birth', '2'), '1990']], HELP_COLUMNS)
    expect(mendHelp(actor, lastBatch(), asked, readHelpCells)).toBeDefined()
    await work()
    // its one row is no record: applying begins, and leaves it to be mended
    expect(startHelpApply(actor, { batchId: lastBatch(), planKey: content.planKey }).ok).toBe(true)
    await work()
    expect(findHelpBatch(actor, lastBatch())?.content).toMatchObject({ stage: 'planned', plan: { creates: [] } })
  })
  expect(slow(statements)).toEqual([])
})

it('a content that was replaced meanwhile is made again from the newer one', () => {
  const { id } = unitNamed('Sở Nội vụ')
  const actor = coordinator(id)
  uploadRoster(actor, id, { fileName: 'a', bytes: new Uint8Array(), association: null, fromOn: '2024-04-04' })
  const find = () => existingImport<{ fromOn: string; seen?: string[] }>(actor, 'roster', lastBatch())
  const seen: (string | undefined)[] = []
  const add = (word: string, meanwhile: () => void) =>
    replaceContent(
      find,
      ({ id: batchId, content }) => {
        seen.push(content?.seen?.join())
        meanwhile()
        return sealContent('staff', batchId, { ...content, seen: [...(content?.seen ?? []), word] })
      },
      () => true,
    )
  let isFirst = true
  add('first', () => {
    if (isFirst) add('between', () => undefined)
    isFirst = false
  })
  expect(seen).toEqual([undefined, undefined, 'between'])
  expect(find().content?.seen).toEqual(['between', 'first'])
})

it('a long content is kept compressed, a short one as it is', () => {
  const { id } = unitNamed('Sở Nội vụ')
  const actor = coordinator(id)
  const keep = (bytes: Uint8Array) => {
    uploadRoster(actor, id, { fileName: 'a', bytes, association: null, fromOn: '2024-04-04' })
    const size = prepared('select length(plan_cipher) from import_batch where id = ?')
      .pluck()
      .get(lastBatch()) as number
    expect(existingImport<{ file: string }>(actor, 'roster', lastBatch()).content?.file).toHaveLength(
      Math.ceil(bytes.length / 3) * 4,
    )
    return size
  }
  expect(keep(new Uint8Array(3000))).toBeGreaterThan(4000)
  expect(keep(new Uint8Array(300_000))).toBeLessThan(40_000)
})
