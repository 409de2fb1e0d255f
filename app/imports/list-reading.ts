import {
  type ListChoice,
  type ListConversion,
  type ListHead,
  type ListNotice,
  type ListView,
  type RememberedHeads,
  type TableReason,
  UNSAVED_FORMULA,
} from '#app/domain/list.ts'
import { foldWords } from '#app/domain/name.ts'
import { entriesOf, type HeadedSheet, type ListEntry } from './list.ts'
import { unclearDays, withDaysFirst } from './list-days.ts'
import { type ListSheet, readSheets } from './list-file.ts'
import { inUnicode, type UnicodeSheet } from './list-fonts.ts'
import { findHead, type Head, looseHead } from './list-head.ts'
import { columnsIn, type Heading, isOfOthers, isOutOfPlace, type ListSpec } from './list-spec.ts'

export type ListReading<Column extends string> = {
  ok: true
  view: ListView
  entries: ListEntry<Column>[]
  notices: ListNotice[]
}

/** What was said about the file, about heads of this source before, and what blank cells are taken as. */
export type ReadingOptions = {
  choice?: ListChoice
  remembered?: RememberedHeads
  /** the text of blank cells by column, judged by the file; `choice.values` come first */
  given?: (view: ListView) => Readonly<Record<string, string>>
}

type Candidate<Column extends string> = { sheet: ListSheet; unicode: UnicodeSheet; head: Head<Column> }

const SAMPLES = 3
const CONVERSIONS_SHOWN = 5

/**
 * Reads the list of a file: the visible sheet with the best head, or the one that `choice` names. Text of blank cells
 * is that of `choice.values`. Refused as `no_header` where no row looks like a head.
 */
export async function readList<Column extends string>(
  bytes: Uint8Array,
  spec: ListSpec<Column>,
  options: ReadingOptions = {},
): Promise<ListReading<Column> | { ok: false; reason: TableReason | 'no_header' }> {
  const file = await readSheets(bytes)
  return file.ok ? readListSheets(file.sheets, spec, options) : file
}

/** Reads the list in sheets that are read already: `readList`. */
export function readListSheets<Column extends string>(
  sheets: readonly ListSheet[],
  spec: ListSpec<Column>,
  { choice, remembered, given }: ReadingOptions,
): ListReading<Column> | { ok: false; reason: 'no_rows' | 'no_header' } {
  const visible = sheets.filter(({ isHidden, rows }) => !isHidden && rows.length > 0)
  if (visible.length === 0) return { ok: false, reason: 'no_rows' }
  const best = choice ? chosenSheet(visible, spec, { choice, remembered }) : bestSheet(visible, spec, remembered)
  if (!best) return { ok: false, reason: 'no_header' }
  const { sheet, unicode, head } = best
  const headed: HeadedSheet<Column> = { name: sheet.name, merges: sheet.merges, ...unicode, head }
  const { entries: all, notices } = entriesOf(headed, spec)
  const unclear = unclearDays(all, head, spec)
  const entries = all.filter(({ isHidden }) => choice?.withHidden !== false || !isHidden)
  const others = sheets.flatMap(({ name, rows }) =>
    name === sheet.name || rows.length === 0 ? [] : [{ sheet: name, rows: rows.length }],
  )
  const [footer] = notices.flatMap(({ kind, row, rows }) => (kind === 'footer_skipped' ? [{ row, rows }] : []))
  const found = { ...viewOf(headed, spec, { all, others, unclear, remembered }), ...(footer && { footer }) }
  const view = { ...found, values: { ...given?.(found), ...choice?.values } }
  if (others.length > 0)
    notices.push({ sheet: sheet.name, row: head.lastRow, kind: 'sheet_read', rows: entries.length })
  for (const other of others) notices.push({ sheet: other.sheet, row: 1, kind: 'sheet_skipped', rows: other.rows })
  const read = (entry: ListEntry<Column>) => withValues(withDaysFirst(entry, unclear, choice?.dayOrders), view.values)
  return { ok: true, view, entries: entries.map(read), notices }
}

/** The sheet with the head that names most columns, the first of them. */
function bestSheet<Column extends string>(
  sheets: readonly ListSheet[],
  spec: ListSpec<Column>,
  remembered: RememberedHeads | undefined,
): Candidate<Column> | undefined {
  let best: Candidate<Column> | undefined
  for (const find of [findHead, looseHead]) {
    for (const sheet of sheets) {
      const unicode = inUnicode(sheet.rows)
      const head = find(spec, unicode.rows, { merges: sheet.merges, remembered })
      if (head && head.columns.size > (best?.head.columns.size ?? 0)) best = { sheet, unicode, head }
    }
    if (best) return best
  }
  return undefined
}

function chosenSheet<Column extends string>(
  sheets: readonly ListSheet[],
  spec: ListSpec<Column>,
  { choice, remembered }: { choice: ListChoice; remembered: RememberedHeads | undefined },
): Candidate<Column> | undefined {
  const sheet = sheets.find(({ name }) => name === choice.sheet)
  if (!sheet) return undefined
  const unicode = inUnicode(sheet.rows)
  const said = { merges: sheet.merges, remembered }
  const found = findHead(spec, unicode.rows, said) ?? looseHead(spec, unicode.rows, said)
  if (!found) return undefined
  const chosen = Object.entries(choice.columns) as [Heading<Column>, number][]
  const nameAt = spec.person && found.columns.get(spec.person.name)
  const isSameName = spec.person && choice.columns[spec.person.name] === nameAt
  return {
    sheet,
    unicode,
    head: { ...found, columns: new Map(chosen), repeated: [], nameSpan: isSameName ? found.nameSpan : 1 },
  }
}

/** An entry whose blank cells have the values given for the whole list. */
export function withValues<Column extends string>(
  entry: ListEntry<Column>,
  values: Readonly<Record<string, string>>,
): ListEntry<Column> {
  return {
    ...entry,
    cell: column => {
      const own = entry.cell(column)
      const value = values[column]
      return own ?? (value ? { kind: 'text', text: value, isComputed: false } : undefined)
    },
    text: column => entry.text(column) || (values[column] ?? ''),
  }
}

type Found<Column extends string> = {
  all: readonly ListEntry<Column>[]
  others: ListView['others']
  unclear: readonly Heading<Column>[]
}

function viewOf<Column extends string>(
  sheet: HeadedSheet<Column>,
  spec: ListSpec<Column>,
  { all, others, unclear, remembered = {} }: Pick<ReadingOptions, 'remembered'> & Found<Column>,
): ListView {
  const { head, rows } = sheet
  const columnAt = new Map([...head.columns].map(([column, at]) => [at, column]))
  const listed = new Set(all.map(({ ref }) => ref.row))
  const width = rows.reduce((most, row) => Math.max(most, row.cells.length), head.words.length)
  const heads = Array.from({ length: width }, (_, at): ListHead => {
    const texts = rows.flatMap(row => (listed.has(row.number) ? (row.cells[at]?.text ?? []) : []))
    const words = head.words[at] ?? ''
    const column = columnAt.get(at) ?? null
    const samples = [...new Set(texts)].slice(0, SAMPLES)
    const isOpen = column === null && samples.length > 0 && remembered[foldWords(words)] === undefined
    return { at, words, samples, column, isWanted: isOpen && isWanted(words, head, spec) }
  })
  const conversions: ListConversion<Column>[] = all.flatMap(entry => entry.conversions)
  return {
    sheet: sheet.name,
    headRow: head.lastRow,
    heads: heads.filter(({ words, samples }) => words !== '' || samples.length > 0),
    missing: spec.missing(column => head.columns.has(column)),
    others,
    hidden: all.filter(({ isHidden }) => isHidden).length,
    converted: conversions.length,
    conversions: conversions.slice(0, CONVERSIONS_SHOWN).map(({ from, to }) => ({ from, to })),
    unclearDays: [...unclear],
    rows: all.length,
    values: {},
    title: rows
      .filter(row => row.number < head.firstRow)
      .flatMap(row => row.cells.flatMap(cell => cell?.text ?? []))
      .join(' · ')
      .slice(0, 500),
  }
}

/** True if an unused head has words of a column that no head names. */
function isWanted<Column extends string>(words: string, head: Head<Column>, spec: ListSpec<Column>): boolean {
  const text = ` ${foldWords(words)} `
  if (isOfOthers(words)) return false
  return columnsIn(spec).some(column => {
    const { header, synonyms, parts = [] } = spec.columns[column]
    const known = [foldWords(header), ...synonyms, ...parts].filter(word => word.length >= 5)
    const isOut = isOutOfPlace(spec, column, other => head.columns.has(other))
    return !isOut && !head.columns.has(column) && known.some(word => text.includes(` ${word} `))
  })
}

/** True if a formula of these cells was saved without its result. */
export const isUnsaved = (text: string | undefined) => text === UNSAVED_FORMULA
