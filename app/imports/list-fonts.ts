import { type Converted, convertLegacy, convertLegacyColumn } from '#app/domain/vietnamese-encoding.ts'
import type { Cell, Row } from './workbook.ts'

export type UnicodeSheet = {
  rows: Row[]
  /** each cell that was in a legacy encoding, and what it was */
  converted: Map<Cell, Converted & { from: string }>
}

/** What is a letter or a byte in a legacy encoding, and nothing in Unicode. */
const BYTES = /[\u0080-\u00A0\u00AD]/
const withoutBytes = (text: string) =>
  text
    .replaceAll('\u00AD', '')
    .replace(/[\s\u0080-\u009F]+/g, ' ')
    .trim()

/** Reads the rows of a sheet in Unicode, whatever fonts they were typed in. */
export function inUnicode(rows: readonly Row[]): UnicodeSheet {
  const textsOf = (column: number) =>
    rows.map(row => (row.cells[column]?.kind === 'text' ? row.cells[column].text : ''))
  const width = rows.reduce((most, row) => Math.max(most, row.cells.length), 0)
  const columns = Array.from({ length: width }, (_, column) => textsOf(column))
  const encodings = new Set(columns.flat().flatMap(text => convertLegacy(text)?.encoding ?? []))
  const hasUnicode = columns.flat().some(text => /[\u0102-\u01B0\u1EA0-\u1EF9]/.test(text))
  const [fallback] = encodings.size === 1 && !hasUnicode ? encodings : []
  const converted: UnicodeSheet['converted'] = new Map()
  const readings = columns.map(texts => convertLegacyColumn(texts, fallback))
  const unicodeRows = rows.map((row, n) => ({
    ...row,
    cells: Array.from(row.cells, (cell, column) => {
      const reading = readings[column]?.[n]
      if (cell?.kind !== 'text') return cell
      if (!reading) return BYTES.test(cell.text) ? { ...cell, text: withoutBytes(cell.text) } : cell
      const unicode = { ...cell, text: reading.text }
      converted.set(unicode, { ...reading, from: cell.text })
      return unicode
    }),
  }))
  return { rows: unicodeRows, converted }
}
