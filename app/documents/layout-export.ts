import ExcelJS from 'exceljs'

/** Cells as another system lays them out: the first row are the heads; whole numbers become numbers, all else text. */
export async function writeCells(cells: readonly (readonly string[])[]): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('Số liệu')
  for (const row of cells)
    sheet.addRow(row.map(cell => (/^(0|[1-9]\d{0,8})$/.test(cell) ? Number(cell) : cell || null)))
  sheet.getRow(1).font = { bold: true }
  for (const column of sheet.columns) column.width = 22
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}
