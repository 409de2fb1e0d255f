import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Person } from '#app/access/policy.ts'
import { Dice } from '#app/jobs/demo/dice.ts'
import { personName } from '#app/jobs/demo/names.ts'
import { readExtract } from '#app/jobs/extract.server.ts'
import { runJob } from '#app/jobs/run.server.ts'
import { handInExtract, mapColumns, startApplying } from '#app/queries/extract.server.ts'
import { uploadRoster } from '#app/queries/import-batch.server.ts'
import { takeJob } from '#app/queries/job.server.ts'
import { startApply } from '#app/queries/roster-apply.server.ts'
import { previewBatch } from '#app/queries/roster-preview.server.ts'
import { nameHolds } from '#app/queries/steps.server.ts'
import { prepared } from '#db/client.server.ts'
import { zipOf } from '#tests/fixtures/zip.ts'
import type { Report } from './figures.ts'
import { CAMPAIGN, numberOf } from './province.ts'

const seconds = (start: number) => (performance.now() - start) / 1000

/** A workbook of one sheet, its cells as inline text. */
function workbookOf(rows: Iterable<readonly string[]>): Buffer {
  const lines: string[] = []
  let number = 0
  for (const cells of rows) {
    number += 1
    lines.push(
      `<row r="${number}">${cells.map((cell, n) => `<c r="${String.fromCharCode(65 + n)}${number}" t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`,
    )
  }
  const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const rels = 'http://schemas.openxmlformats.org/package/2006/relationships'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return zipOf([
    {
      name: '[Content_Types].xml',
      content: `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      content: `${xml}<Relationships xmlns="${rels}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="DS" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `${xml}<Relationships xmlns="${rels}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `${xml}<worksheet xmlns="${main}"><sheetData>${lines.join('')}</sheetData></worksheet>`,
    },
  ])
}

async function finishJobs() {
  for (let job = takeJob(); job; job = takeJob()) {
    await runJob(job)
    const { state, result } = prepared('select state, result from job where id = ?').get(job.id) as Record<
      string,
      string
    >
    if (state !== 'done') throw new Error(result)
  }
}

/** A roster of new officials of one unit, from the upload to the last account; `mark` keeps two rosters' people apart. */
export async function measureRoster(report: Report, coordinator: Person, rows: number, mark = 9) {
  const head = ['Mã cán bộ', 'Họ và tên', 'Ngày sinh', 'Số định danh', 'Chức vụ', 'Đơn vị', 'Loại']
  const people = Array.from({ length: rows }, (_, n) => [
    `moi${mark}x${n}`,
    personName(new Dice(n), 'female', 0.02),
    '1990',
    numberOf(mark, n).replace(/^(.{4})../, '$190'),
    'Chuyên viên',
    '',
    'Công chức',
  ])
  const bytes = workbookOf([head, ...people])
  const unitId = coordinator.grants[0]?.unitId ?? 1
  const start = performance.now()
  uploadRoster(coordinator, unitId, { fileName: 'ds.xlsx', bytes, association: null, fromOn: '2024-04-04' })
  await finishJobs()
  const batchId = (prepared('select max(id) as id from import_batch').get() as { id: number }).id
  const planned = previewBatch(coordinator, batchId, { view: 'all', from: 0 })?.planned
  if (!planned) throw new Error('the roster was not planned')
  const begun = startApply(coordinator, { batchId, planKey: planned.planKey, hasConsent: true })
  if (!begun.ok) throw new Error(begun.problem)
  await finishJobs()
  report.note('long work', `roster of ${rows} rows, read, planned and applied`, seconds(start), 's', { most: 30 })
}

/** Has the jobs that wait done in this process. */
export async function doJobs() {
  await finishJobs()
  // what is written until the next job is not this one's
  nameHolds('other')
}

/** Reads and stages an extract of so many citizens of the province; starts applying it and returns its id. */
export async function stageExtract(report: Report, police: Person, rows: number): Promise<number> {
  const cells = Array.from({ length: rows }, (_, n) => `${numberOf(6, n + 1)};05/04/2024`)
  nameHolds('extract_upload')
  const uploaded = await handInExtract(police, CAMPAIGN, {
    input: { source: 'police', asOfOn: '2024-06-10', isFullList: false, localities: [], carriers: [] },
    fileName: 'kich-hoat.csv',
    bytes: Buffer.from(['Số định danh;Ngày kích hoạt', ...cells].join('\n')),
  })
  if (!uploaded.ok) throw new Error(JSON.stringify(uploaded.problems))
  const { extractId } = uploaded
  const start = performance.now()
  const columns = { number: 0, activatedOn: 1 }
  nameHolds('extract_read')
  await readExtract({ extractId }, undefined, () => undefined)
  mapColumns(police, CAMPAIGN, { extractId, columns })
  await readExtract({ extractId, columns, headRow: 1 }, undefined, () => undefined)
  prepared("update job set state = 'done' where state in ('queued', 'running')").run()
  report.note('long work', `extract of ${rows} rows, read and staged`, seconds(start), 's')
  return extractId
}

/** Starts applying a staged extract; answers when a worker elsewhere is through, with how long that took (s). */
export async function applyElsewhere(police: Person, extractId: number): Promise<number> {
  const start = performance.now()
  startApplying(police, CAMPAIGN, extractId)
  for (;;) {
    const { state } = prepared('select state from extract where id = ?').get(extractId) as { state: string }
    if (state === 'applied') return seconds(start)
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

/** Memory that reading a large workbook row by row adds to a process of its own, beside holding its bytes. */
export function measureReading(report: Report, rows: number) {
  const file = join('.cache/bench', `${rows}.xlsx`)
  if (!existsSync(file)) {
    const lines = function* () {
      yield ['Số định danh', 'Họ và tên', 'Ngày kích hoạt']
      for (let n = 0; n < rows; n++) yield [numberOf(6, n), `Nguyễn Văn ${n}`, '05/04/2024']
    }
    writeFileSync(file, workbookOf(lines()))
  }
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/bench/reading.ts', file], {
    encoding: 'utf8',
  })
  if (!stdout) throw new Error(stderr)
  const { read, ms, mb } = JSON.parse(stdout) as { read: number; ms: number; mb: number }
  if (read !== rows + 1) throw new Error(`${read} rows were read`)
  report.note('long work', `xlsx of ${rows} rows: reading it`, ms / 1000, 's')
  report.note('long work', `xlsx of ${rows} rows: memory more`, mb, 'MB', { most: 100 })
}
