import { type ColumnMap, type ExtractColumn, type ExtractHead, WORDED_COLUMNS } from '#app/domain/extract.ts'
import { grouped } from '#app/domain/grouping.ts'
import { cutText } from '#app/domain/letters.ts'
import type { RememberedHeads } from '#app/domain/list.ts'
import { foldWords } from '#app/domain/name.ts'
import type { ExtractSource } from '#app/domain/vocabulary.ts'
import { EXTRACT_SPECS } from './extract-spec.ts'
import { inUnicode, type UnicodeSheet } from './list-fonts.ts'
import { findHead, HEAD_ROWS, type Head } from './list-head.ts'
import { readTops } from './table.ts'
import type { Row } from './workbook.ts'

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
  let best: ({ name: string; head: Head<ExtractColumn> } & UnicodeSheet) | undefined
  for (const { name, rows } of sheets) {
    const unicode = inUnicode(rows)
    const head = findHead(EXTRACT_SPECS[source], unicode.rows, { remembered })
    if (head && head.columns.size > (best?.head.columns.size ?? 0)) best = { name, head, ...unicode }
  }
  const others = (name: string) => sheets.map(sheet => sheet.name).filter(other => other !== name)
  if (best) {
    const { name, rows, head } = best
    const guess = Object.fromEntries([...head.columns].filter(([column]) => column in EXTRACT_SPECS[source].columns))
    const below = rows.filter(({ number }) => number > head.lastRow)
    const width = rows.reduce((most, row) => Math.max(most, row.cells.length), head.words.length)
    const cells = Array.from({ length: width }, (_, at) => head.words[at] ?? '')
    return {
      head: {
        sheet: name,
        row: head.lastRow,
        cells,
        shapes: shapesOf(below, width),
        others: others(name),
        ...fontsOf(best),
      },
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

/**
 * What of a sheet's words is in a legacy encoding, of those that are no person's: its head, and words that repeat in
 * columns of results.
 */
function fontsOf({ rows, converted, head }: UnicodeSheet & { head: Head<ExtractColumn> }): Partial<ExtractHead> {
  const results = WORDED_COLUMNS.flatMap(column => head.columns.get(column) ?? [])
  const isHead = ({ number }: Row) => head.firstRow <= number && number <= head.lastRow
  const told = rows.flatMap(row => (isHead(row) ? row.cells : results.map(at => row.cells[at])))
  const shown = told.flatMap(cell => (cell && converted.get(cell)) ?? [])
  const times = grouped(shown, ({ from }) => from)
  const heads = new Set(rows.filter(isHead).flatMap(({ cells }) => cells.flatMap(cell => cell?.text ?? [])))
  const words = [...times.values()].flatMap(([first, ...more]) =>
    first && (heads.has(first.text) || isRepeatedWord(first.from, more.length + 1)) ? first : [],
  )
  const [encoding, ...others] = new Set(words.map(word => word.encoding))
  if (encoding === undefined) return {}
  return {
    fonts: words.slice(0, FONTS_SHOWN).map(({ from, text }) => ({ from: cutText(from, 100), to: cutText(text, 100) })),
    ...(others.length === 0 && { encoding }),
  }
}

const filled = ({ cells }: Row) => cells.filter(cell => cell !== undefined).length

/** A word that so many rows have is of a list of states, and no person's. */
const REPEATED = 3
/** The shape of a column whose cells may say who a row is about. */
const NOT_SHOWN = 'có nội dung, không hiện ở đây'
/** Words in a lost font that are shown for consent, at most. */
const FONTS_SHOWN = 10
const isRepeatedWord = (text: string, times: number) => text.length <= 30 && times >= REPEATED

function shapesOf(rows: readonly Row[], width: number): string[][] {
  return Array.from({ length: width }, (_, at) => {
    const texts = rows.flatMap(({ cells }) => cells[at]?.text ?? [])
    const count = (text: string) => texts.filter(other => foldWords(other) === foldWords(text)).length
    const shapes = texts.flatMap(text => {
      const digits = text.replace(/[\s.'-]/g, '')
      if (/^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})\b/.test(text)) return 'ngày'
      if (/^\d{6,}$/.test(digits)) return `${digits.length} chữ số`
      return isRepeatedWord(text, count(text)) ? text : []
    })
    const shown = [...new Set(shapes)].slice(0, 3)
    return texts.length > 0 && shown.length === 0 ? [NOT_SHOWN] : shown
  })
}
