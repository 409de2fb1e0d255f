import { gunzipSync, gzipSync } from 'node:zlib'
import type { Actor } from '#app/access/policy.ts'
import { writeCells } from '#app/documents/layout-export.ts'
import type { Indicator } from '#app/domain/campaign-indicator.ts'
import { type ListChoice, type ListView, questionsOf } from '#app/domain/list.ts'
import { type LayoutRow, writeByLayout } from '#app/domain/table-layout.ts'
import type { ExchangedTable } from '#app/domain/vocabulary.ts'
import { type Exchanged, exchangeSpec, readExchanged, type TableSource } from '#app/imports/exchange-spec.ts'
import { UnreadableTable } from '#app/imports/table.ts'
import { explainHeads, type ReadTable, rememberedHeads } from '#app/queries/list-heads.server.ts'
import { findLayout } from '#app/queries/table-layout.server.ts'
import { tableReasons } from '#app/text/extract.ts'
import { columnsSentence } from '#app/text/list.ts'
import { layoutLabels } from '#app/text/table-layout.ts'
import type { WholeValue } from '#app/ui/list-columns.tsx'
import { type AskedColumns, type ReadColumns, tableFields } from '#app/ui/table-columns.tsx'
import { textsOf } from './form.server.ts'
import { columnQuestion, readColumnForm } from './list-columns.server.ts'
import { layoutPage } from './params.ts'

type Read =
  | { ok: true; rows: Exchanged['rows']; columns: ReadColumns }
  | { ok: false; message: string }
  | { ok: false; asked: AskedColumns }

type Asking = {
  table: ReadTable
  /** whose list it is, and so for which unit its heads are remembered; undefined: for none */
  unitId: number | undefined
  /** what may be given once for the whole list */
  whole?: readonly WholeValue[]
  /** other fields of the form that go along while columns are asked about */
  along?: readonly string[]
  /** the indicators of the campaign whose figures it holds */
  indicators?: readonly Indicator[]
}

/** Letters of a file that goes along in a form, and bytes of what it unpacks to. */
const MOST_KEPT = 1_000_000
const MOST_BYTES = 20 << 20

const NOTHING = 'Anh/chị dán một bảng hoặc chọn tệp.'
const TOO_LARGE = 'Cần hỏi lại về các cột nhưng tệp quá lớn. Anh/chị chia bảng nhỏ hơn rồi tải lên lại.'
const NO_HEAD = 'Không tìm thấy dòng tiêu đề với các cột nêu ở trên. Anh/chị chép cả dòng tiêu đề, hoặc lập mẫu bảng.'

/**
 * Reads the rows of a table from a form: pasted, or a file, by a saved layout or by the heads of our own fields. What is
 * not certain of its columns is asked first (`asked`), by the same page as for every list; nothing is kept on the server
 * meanwhile: the table goes along in the form. What is said about heads is remembered for the unit.
 */
export async function readTableForm(actor: Actor, form: FormData, asking: Asking): Promise<Read> {
  const kept = await keptOf(form, asking.along ?? [])
  if (!kept) return { ok: false, message: NOTHING }
  const layout = findLayout(asking.table, Number(kept[tableFields.layout]))?.columns
  const isOwn = layout !== undefined || kept[tableFields.own] !== undefined
  const remembered = isOwn || asking.unitId === undefined ? {} : rememberedHeads(asking.unitId, asking.table)
  const { indicators } = asking
  const read = (choice?: ListChoice) =>
    readExchanged(asking.table, sourceOf(kept), { indicators, layout, remembered, choice })
  try {
    const first = await read()
    if (!first) return { ok: false, message: NO_HEAD }
    const asked = {
      spec: exchangeSpec(asking.table, { indicators, layout }),
      whole: asking.whole ?? [],
      asksFonts: true,
    }
    const ask = (view: ListView, more: Partial<AskedColumns> & { choice?: ListChoice } = {}): Read => {
      const { choice, ...answer } = more
      const question = { ...columnQuestion({ view, choice }, asked), ...answer }
      const isLarge = Object.values(kept).some(text => text.length > MOST_KEPT)
      return isLarge ? { ok: false, message: TOO_LARGE } : { ok: false, asked: { ...question, kept } }
    }
    const said = saidIn(form, kept)
    if (said.get(tableFields.said) === null) {
      const isOpen = questionsOf(first.view).length > 0
      return isOpen ? ask(first.view) : { ok: true, rows: first.rows, columns: columnsOf(first.view, kept, {}) }
    }
    const typed = textsOf(said)
    if (said.get(tableFields.said) === 'xem') return ask(first.view, { typed })
    const answer = readColumnForm(said, first.view, asked)
    if (!answer.ok) return ask(first.view, { problem: answer.problem, missing: answer.missing, typed })
    const { choice } = answer
    if (!isOwn && asking.unitId !== undefined)
      explainHeads(actor, {
        unitId: asking.unitId,
        list: asking.table,
        heads: first.view.heads,
        columns: choice.columns,
      })
    const chosen = await read(choice)
    if (!chosen) return { ok: false, message: NO_HEAD }
    const isOpen = questionsOf(chosen.view, choice).length > 0
    if (isOpen) return ask(chosen.view, { choice, typed })
    return { ok: true, rows: chosen.rows, columns: columnsOf(chosen.view, kept, typed) }
  } catch (error) {
    if (error instanceof UnreadableTable) return { ok: false, message: tableReasons[error.reason] }
    throw error
  }
}

/** The table of a form, as it goes along in the next one; undefined where there is none. */
async function keptOf(form: FormData, along: readonly string[]): Promise<Record<string, string> | undefined> {
  const texts = (names: readonly string[]) =>
    Object.fromEntries(
      names.flatMap(name => {
        const text = form.get(name)
        return typeof text === 'string' && text !== '' ? [[name, text]] : []
      }),
    )
  const beside = texts([tableFields.layout, tableFields.own, ...along])
  const file = form.get('file')
  if (file instanceof File && file.size > 0)
    return {
      ...beside,
      [tableFields.file]: gzipSync(await file.arrayBuffer()).toString('base64'),
      [tableFields.fileName]: file.name.slice(0, 200),
    }
  const kept = texts([tableFields.file, tableFields.fileName])
  if (kept[tableFields.file] !== undefined) return { ...beside, ...kept }
  const pasted = texts([tableFields.pasted])
  return pasted[tableFields.pasted]?.trim() ? { ...beside, ...pasted } : undefined
}

/** Throws UnreadableTable where what came along is no file of ours. */
function sourceOf(kept: Readonly<Record<string, string>>): TableSource {
  const file = kept[tableFields.file]
  if (file === undefined) return { pasted: kept[tableFields.pasted] ?? '' }
  try {
    return { bytes: new Uint8Array(gunzipSync(Buffer.from(file, 'base64'), { maxOutputLength: MOST_BYTES })) }
  } catch {
    throw new UnreadableTable('too_large')
  }
}

/** What a form says beside the table. */
function saidIn(form: FormData, kept: Readonly<Record<string, string>>): FormData {
  const said = new FormData()
  for (const [name, text] of form) if (typeof text === 'string' && kept[name] === undefined) said.append(name, text)
  return said
}

const columnsOf = (view: ListView, kept: Record<string, string>, typed: Record<string, string>): ReadColumns => ({
  note: columnsSentence(view),
  kept: { ...typed, ...kept, [tableFields.said]: 'xem' },
})

/** The rows of a table under our own heads, as they go through the second form when they are saved. */
export function textOf(rows: readonly { row: LayoutRow }[], table: ExchangedTable): string {
  const columns = Object.entries(layoutLabels(table, [])).map(([field, header]) => ({ header, field, fixed: '' }))
  return writeByLayout(
    columns,
    rows.map(({ row }) => row),
  )
    .map(line => line.map(cell => cell.replace(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n')
}

/** The workbook of `rows` in the saved layout that `mau` names; undefined where it names none of this table. */
export function laidOut(url: URL, table: ExchangedTable, rows: readonly LayoutRow[]): Promise<Uint8Array> | undefined {
  const layout = findLayout(table, layoutPage.read(url).layoutId ?? 0)
  return layout && writeCells(writeByLayout(layout.columns, rows))
}
