import ExcelJS from 'exceljs'
import { expect } from 'vitest'
import { prepared } from '#db/client.server.ts'
import { grantTo, makeOfficial, unitNamed } from './make.ts'
import { visitor } from './visitor.ts'

/** Somebody who is head and coordinator of a unit, at its pages. */
export async function deskAt(name: string) {
  const { id } = unitNamed(name)
  const keeper = grantTo(grantTo(makeOfficial(id, { name: 'Hoàng Thị Thử Mối' }).actor, 'head', id), 'coordinator', id)
  return { id, params: { unitId: String(id) }, keeper, desk: await visitor(keeper) }
}

/** The batch that was uploaded last, as addresses name it. */
export const batchId = () => String(prepared('select max(id) from import_batch').pluck().get())

type Cells = Readonly<Record<string, string>>

/** Finds the head of a table by one of its words: its sheet and row, and the column of each head. */
function headOf(workbook: ExcelJS.Workbook, anchor: string) {
  for (const sheet of workbook.worksheets.filter(({ state }) => state === 'visible')) {
    let headAt = 0
    sheet.eachRow((row, n) => {
      row.eachCell(cell => {
        if (cell.text.trim() === anchor && headAt === 0) headAt = n
      })
    })
    if (headAt === 0) continue
    const columnOf = new Map<string, number>()
    sheet.getRow(headAt).eachCell((cell, at) => columnOf.set(cell.text.trim(), at))
    return { sheet, headAt, columnOf }
  }
  throw new Error(`no head ${anchor}`)
}

async function opened(bytes: Uint8Array<ArrayBuffer>) {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes.buffer)
  return workbook
}

/** Fills the first free row below the head of a workbook, by the words of its columns. */
export async function filled(template: Uint8Array<ArrayBuffer>, anchor: string, cells: Cells) {
  const workbook = await opened(template)
  const { sheet, headAt, columnOf } = headOf(workbook, anchor)
  for (const head of Object.keys(cells)) expect([...columnOf.keys()]).toContain(head)
  let free = headAt + 1
  while (sheet.getRow(free).hasValues) free += 1
  for (const [head, text] of Object.entries(cells)) sheet.getRow(free).getCell(columnOf.get(head) ?? 1).value = text
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

/** Writes cells of the row that has `name` below `anchor` again, by the words of its columns. */
export async function rewritten(
  exported: Uint8Array<ArrayBuffer>,
  { anchor, name }: { anchor: string; name: string },
  change: (cells: Record<string, string>) => Cells,
) {
  const workbook = await opened(exported)
  const { sheet, headAt, columnOf } = headOf(workbook, anchor)
  for (let n = headAt + 1; n <= sheet.rowCount; n += 1) {
    const row = sheet.getRow(n)
    if (row.getCell(columnOf.get(anchor) ?? 1).text !== name) continue
    const own = Object.fromEntries([...columnOf].map(([head, at]) => [head, row.getCell(at).text]))
    for (const [head, text] of Object.entries(change(own))) row.getCell(columnOf.get(head) ?? 1).value = text
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

/** The rows of an exported table below the head that `anchor` is in, by the words of its columns. */
export async function rowsIn(exported: Uint8Array<ArrayBuffer>, anchor: string) {
  const { sheet, headAt, columnOf } = headOf(await opened(exported), anchor)
  const rows: Record<string, string>[] = []
  for (let n = headAt + 1; n <= sheet.rowCount; n += 1) {
    const row = sheet.getRow(n)
    if (!row.hasValues) continue
    rows.push(Object.fromEntries([...columnOf].map(([head, at]) => [head, row.getCell(at).text])))
  }
  return rows
}
