import ExcelJS from 'exceljs'
import type { Person } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { readRoster } from '#app/imports/roster.ts'
import { uploadRoster } from '#app/queries/import-batch.server.ts'
import { planBatch } from '#app/queries/roster.server.ts'
import { applyBatch } from '#app/queries/roster-apply.server.ts'
import { previewBatch } from '#app/queries/roster-preview.server.ts'
import { prepared } from '#db/client.server.ts'

/** One person on a roster; a number that disagrees with the birth year makes a problem row. */
export type RosterPerson = {
  staffCode: string
  name: string
  birthYear: number
  number: string | null
  unit?: string
  role?: 'Người đứng đầu' | 'Đầu mối'
}

type Reading = Extract<Awaited<ReturnType<typeof readRoster>>, { ok: true }>

const HEADER = [
  'Mã cán bộ',
  'Họ và tên',
  'Ngày sinh',
  'Số định danh',
  'Chức vụ',
  'Đơn vị',
  'Loại',
  'Công đoàn',
  'Vai trò trong phần mềm',
]
const read = new Map<string, Reading>()

/** A roster of these people as it is read from its file; each list is written and read once. */
async function readingOf(people: readonly RosterPerson[]): Promise<Reading> {
  const key = JSON.stringify(people)
  const known = read.get(key)
  if (known) return known
  const workbook = new ExcelJS.Workbook()
  const lines = people.map(row => [
    row.staffCode,
    row.name,
    String(row.birthYear),
    row.number,
    'Chuyên viên',
    row.unit ?? null,
    'Công chức',
    null,
    row.role ?? null,
  ])
  workbook.addWorksheet('Danh sách').addRows([HEADER, ...lines])
  const reading = await readRoster(Buffer.from(await workbook.xlsx.writeBuffer()))
  if (!reading.ok) throw new Error(JSON.stringify(reading))
  read.set(key, reading)
  return reading
}

/** Imports a staff roster of a unit as its coordinator does: upload, plan, apply. Returns whether it was applied. */
export async function importRoster(
  actor: Person,
  unitId: number,
  people: readonly RosterPerson[],
  fromOn: Day,
): Promise<boolean> {
  const { batchId, planned } = await planRosterOf(actor, unitId, people, fromOn)
  return planned ? applyBatch(actor, { batchId, planKey: planned.planKey }).ok : false
}

/** Uploads and plans such a roster; `planned` is its preview. */
export async function planRosterOf(actor: Person, unitId: number, people: readonly RosterPerson[], fromOn: Day) {
  const { ok: _, ...reading } = await readingOf(people)
  uploadRoster(actor, unitId, { fileName: 'ds.xlsx', bytes: new Uint8Array(), association: null, fromOn })
  const batchId = prepared('select max(id) from import_batch').pluck().get() as number
  planBatch(actor, batchId, reading)
  return { batchId, planned: previewBatch(actor, batchId, { view: 'all', from: 0 })?.planned }
}
