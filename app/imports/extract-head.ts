import type { ColumnMap, ExtractColumn } from '#app/domain/extract.ts'
import type { RememberedHeads } from '#app/domain/list.ts'
import { foldWords } from '#app/domain/name.ts'
import type { ExtractSource } from '#app/domain/vocabulary.ts'
import { EXTRACT_SPECS } from './extract-spec.ts'
import { findHead, HEAD_ROWS, type Head } from './list-head.ts'
import { readTops } from './table.ts'
import type { Row } from './workbook.ts'

export type ExtractHead = {
  sheet: string
  /** the last row of the head */
  row: number
  /** the words over each column; blank where none is known, because the row may be a person's */
  cells: string[]
  /** what each column holds: dates, words that repeat, the shape of numbers; never a row's content */
  shapes: string[][]
  others: string[]
}

/**
 * Finds the head of an extract in the sheet with the best one, by its first rows alone: a file has up to a million.
 * Undefined for a file without a filled row. Throws UnreadableTable.
 */
export async function readExtractHead(
  bytes: Uint8Array,
  source: ExtractSource,
  remembered: RememberedHeads,
): Promise<{ head: ExtractHead; guess: ColumnMap } | undefined> {
  const sheets = await readTops(bytes, HEAD_ROWS)
  let best: { name: string; rows: Row[]; head: Head<ExtractColumn> } | undefined
  for (const { name, rows } of sheets) {
    const head = findHead(EXTRACT_SPECS[source], rows, { remembered })
    if (head && head.columns.size > (best?.head.columns.size ?? 0)) best = { name, rows, head }
  }
  const others = (name: string) => sheets.map(sheet => sheet.name).filter(other => other !== name)
  if (best) {
    const { name, rows, head } = best
    const guess = Object.fromEntries([...head.columns].filter(([column]) => column in EXTRACT_SPECS[source].columns))
    const below = rows.filter(({ number }) => number > head.lastRow)
    const width = rows.reduce((most, row) => Math.max(most, row.cells.length), head.words.length)
    const cells = Array.from({ length: width }, (_, at) => head.words[at] ?? '')
    return {
      head: { sheet: name, row: head.lastRow, cells, shapes: shapesOf(below, width), others: others(name) },
      guess,
    }
  }
  const [first] = sheets
  const fullest = first?.rows.reduce((most, row) => (filled(row) > filled(most) ? row : most))
  if (!first || !fullest) return undefined
  const width = fullest.cells.length
  const shapes = shapesOf(first.rows, width)
  const cells = Array.from({ length: width }, () => '')
  return { head: { sheet: first.name, row: fullest.number, cells, shapes, others: others(first.name) }, guess: {} }
}

const filled = ({ cells }: Row) => cells.filter(cell => cell !== undefined).length

/** A word that so many rows have is of a list of states, and no person's. */
const REPEATED = 3

function shapesOf(rows: readonly Row[], width: number): string[][] {
  return Array.from({ length: width }, (_, at) => {
    const texts = rows.flatMap(({ cells }) => cells[at]?.text ?? [])
    const count = (text: string) => texts.filter(other => foldWords(other) === foldWords(text)).length
    const shapes = texts.flatMap(text => {
      const digits = text.replace(/[\s.'-]/g, '')
      if (/^\d{6,}$/.test(digits)) return `${digits.length} chữ số`
      if (/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b/.test(text)) return 'ngày'
      return text.length <= 30 && count(text) >= REPEATED ? text : []
    })
    return [...new Set(shapes)].slice(0, 3)
  })
}
